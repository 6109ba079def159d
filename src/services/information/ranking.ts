/** 排名 of a half-year: as it stands now, or as it was published. */
import { isDeepStrictEqual } from 'node:util';
import * as z from 'zod';
import {
  type InformationRankingRow,
  informationReads,
  informationWrites,
} from '../../../db/repositories/information.ts';
import { unitReads } from '../../../db/repositories/unit.ts';
import { type Ctx, type Reading, requireStaff, type Staff, today } from '../../ctx.ts';
import {
  type AdoptionPoints,
  adoptionKinds,
  type Half,
  halfPeriod,
  rankScores,
  scoreUnits,
} from '../../domain/information.ts';
import { Refused } from '../../refusals.ts';
import { recordOpener } from '../data-key/record-keys.ts';
import { appendLedger } from '../ledger/append.ts';
import { topChain } from '../ledger/top-chain.ts';
import {
  isOffice,
  officeUnitId,
  type RankingVersions,
  rankedUnits,
  rankingVersions,
  requireOffice,
  requireUnpublished,
} from './office.ts';
import { openCorrectionReason } from './text.ts';

const byKind = z.record(z.enum(adoptionKinds), z.number());
const rankedSchema = z.object({
  unitId: z.number(),
  name: z.string(),
  group: z.enum(['department', 'town']),
  submitted: z.number(),
  times: byKind,
  points: byKind,
  score: z.number(),
  place: z.number(),
});

/** A line of the ranking; `place` within its group, ties share one. */
export type RankedUnit = z.infer<typeof rankedSchema> & {
  readonly times: AdoptionPoints;
  readonly points: AdoptionPoints;
};

export interface InformationRanking {
  readonly half: Half;
  /** null: as it stands now. */
  readonly publishedAt: number | null;
  /** Departments, then towns, each from the first place down. */
  readonly rows: readonly RankedUnit[];
  /** Of a 更正: why, and what it stands in the place of. */
  readonly correction: {
    readonly reason: string;
    readonly before: { readonly publishedAt: number; readonly rows: readonly RankedUnit[] };
  } | null;
}

/** The ranking that was published last, or as it stands now. Of units that have neither sent in anything nor got points there is a line, too. */
export async function informationRanking(ctx: Pick<Reading, 'tx' | 'vault'>, half: Half): Promise<InformationRanking> {
  const { published, before } = await rankingVersions(ctx, half);
  if (!published) return { half, publishedAt: null, rows: await rowsOfNow(ctx, half), correction: null };
  const { publishedAt } = published;
  return {
    half,
    publishedAt,
    rows: rowsOf(published),
    correction: await correctionOf(ctx, { version: published, before }),
  };
}

/** What a 更正 that is open would publish now; undefined where none is. */
export async function openCorrection(
  ctx: Pick<Reading, 'tx' | 'vault'>,
  half: Half,
): Promise<InformationRanking | undefined> {
  const { published, open } = await rankingVersions(ctx, half);
  if (!open) return undefined;
  const correction = await correctionOf(ctx, { version: open, before: published });
  return { half, publishedAt: null, rows: await rowsOfNow(ctx, half), correction };
}

async function correctionOf(
  ctx: Pick<Reading, 'tx' | 'vault'>,
  { version, before }: { version: InformationRankingRow; before: RankingVersions['published'] },
): Promise<InformationRanking['correction']> {
  if (!before) return null;
  const reason = openCorrectionReason(await recordOpener(ctx), version);
  return { reason, before: { publishedAt: before.publishedAt, rows: rowsOf(before) } };
}

/** As they were published. */
export function rowsOf({ rows }: Pick<InformationRankingRow, 'rows'>): RankedUnit[] {
  return z.array(rankedSchema).parse(rows);
}

/** From what was sent in and used so far. */
export async function rowsOfNow({ tx }: Pick<Reading, 'tx'>, half: Half): Promise<RankedUnit[]> {
  const pieces = await informationReads.pieces(tx, { half });
  const adoptions = await informationReads.adoptions(tx, half);
  const settings = await informationReads.points(tx);
  const took = new Set([...pieces, ...adoptions].map(({ unitId }) => unitId));
  const units = rankedUnits(await unitReads.all(tx), took);
  return (['department', 'town'] as const).flatMap((group) => {
    const own = units.filter(({ level }) => level === group);
    const ids = own.map(({ id }) => id);
    const nameOf = (unitId: number) => own.find(({ id }) => id === unitId)?.name ?? '';
    const scored = scoreUnits(ids, { pieces, adoptions, settings });
    return rankScores(scored.map((row) => ({ ...row, name: nameOf(row.unitId), group })));
  });
}

/** What was published is for all staff; before that, and while a 更正 is open, the office alone sees what would be. Refuses `information_not_published`. */
export async function requireRanking(ctx: Ctx, half: Half): Promise<InformationRanking> {
  const staff = requireStaff(ctx);
  const ranking = (isOffice(staff) && (await openCorrection(ctx, half))) || (await informationRanking(ctx, half));
  if (!maySeeRanking(staff, ranking)) {
    throw new Refused('information_not_published', { half: halfPeriod(half).label });
  }
  return ranking;
}

export function maySeeRanking(staff: Staff, { publishedAt }: Pick<InformationRanking, 'publishedAt'>): boolean {
  return publishedAt !== null || isOffice(staff);
}

/**
 * 发布: fixes the ranking of a half-year that is over, or the 更正 of it. Refuses `information_too_early`, `information_published`, and
 * `information_correction_same` where a 更正 would change nothing.
 */
export async function publishRanking(ctx: Ctx, half: Half): Promise<InformationRanking> {
  const { agent, standsInFor } = requireOffice(ctx);
  const { to, label } = halfPeriod(half);
  if (today(ctx) <= to) throw new Refused('information_too_early', { half: label });
  await informationWrites.holdUnit(ctx.tx, await officeUnitId(ctx));
  await requireUnpublished(ctx, half);
  const { published, open } = await rankingVersions(ctx, half);
  const rows = await rowsOfNow(ctx, half);
  if (published && isDeepStrictEqual(rows, rowsOf(published))) throw new Refused('information_correction_same');
  const version = open?.version ?? 1;
  const set = { half, version, rows, publishedAt: ctx.now, publishedById: agent.id };
  if (open) await informationWrites.publishCorrection(ctx.tx, set);
  else await informationWrites.addRanking(ctx.tx, set);
  const payload = { half, version, rows, standsInFor };
  await appendLedger(ctx, { townId: await topChain(ctx), caseId: null, kind: 'publishInformation', payload });
  return informationRanking(ctx, half);
}
