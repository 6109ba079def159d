/** 更正 of a published ranking: while it is open, pieces, uses and points of the half-year change again; published, it stands beside the first. */
import { isDeepStrictEqual } from 'node:util';
import { informationWrites, type RankingVersion } from '../../../db/repositories/information.ts';
import type { Ctx } from '../../ctx.ts';
import { type Half, halfPeriod } from '../../domain/information.ts';
import { isNoReason } from '../../domain/typed.ts';
import { Refused } from '../../refusals.ts';
import { appendLedger } from '../ledger/append.ts';
import { digestOf } from '../ledger/bulletin-entry.ts';
import { topChain } from '../ledger/top-chain.ts';
import { type HalfOf, holdOffice, type RankingVersions, rankingVersions, requireOffice } from './office.ts';
import { rowsOf, rowsOfNow } from './ranking.ts';
import { sealCorrectionReason } from './text.ts';

/** Begins a 更正. Refuses `information_not_published`, `information_correction_open` and `information_correction_needs_reason`. */
export async function correctRanking(ctx: Ctx, { half, reason }: { half: Half; reason: string }): Promise<void> {
  const { agent, standsInFor, office } = await requireOffice(ctx);
  const detail = { half: halfPeriod(half).label };
  const { published, open } = await holdVersions(ctx, { office, half });
  if (!published) throw new Refused('information_not_published', detail);
  if (open) throw new Refused('information_correction_open', detail);
  if (isNoReason(reason)) throw new Refused('information_correction_needs_reason');
  const version = { bannerId: office.banner.id, half, version: published.version + 1 };
  const reasonSealed = await sealCorrectionReason(ctx, { ...version, reason });
  const opened = { openedAt: ctx.now, openedById: agent.id };
  await informationWrites.addRanking(ctx.tx, { ...version, ...opened, rows: [], reasonSealed });
  await record(ctx, {
    kind: 'correctInformation',
    payload: { ...version, reason: digestOf(reasonSealed), standsInFor },
  });
}

/** Gives up a 更正 that has changed nothing. Refuses `information_no_correction` and `information_correction_changed`. */
export async function dropCorrection(ctx: Ctx, half: Half): Promise<void> {
  const { standsInFor, office } = await requireOffice(ctx);
  const { published, open } = await holdVersions(ctx, { office, half });
  if (!open || !published) throw new Refused('information_no_correction', { half: halfPeriod(half).label });
  if (!isDeepStrictEqual(await rowsOfNow(ctx, { office, half }), rowsOf(published))) {
    throw new Refused('information_correction_changed');
  }
  const version: RankingVersion = { bannerId: office.banner.id, half, version: open.version };
  await informationWrites.dropCorrection(ctx.tx, version);
  await record(ctx, { kind: 'dropInformationCorrection', payload: { ...version, standsInFor } });
}

async function holdVersions(ctx: Ctx, of: HalfOf): Promise<RankingVersions> {
  await holdOffice(ctx, of.office);
  return rankingVersions(ctx, of);
}

async function record(
  ctx: Ctx,
  entry: { kind: 'correctInformation' | 'dropInformationCorrection'; payload: Readonly<Record<string, unknown>> },
): Promise<void> {
  await appendLedger(ctx, { ...entry, townId: await topChain(ctx), caseId: null });
}
