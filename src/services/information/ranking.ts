/** 排名 of a half-year: as it stands now, or as it was published. */
import { isDeepStrictEqual } from 'node:util';
import * as z from 'zod';
import {
  type InformationRankingRow,
  informationReads,
  informationWrites,
} from '../../../db/repositories/information.ts';
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
  type HalfOf,
  holdOffice,
  keeps,
  type Office,
  officeFor,
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
  readonly bannerId: number;
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
export async function informationRanking(ctx: Pick<Reading, 'tx' | 'vault'>, of: HalfOf): Promise<InformationRanking> {
  const place = { bannerId: of.office.banner.id, half: of.half };
  const { published, before } = await rankingVersions(ctx, of);
  if (!published) return { ...place, publishedAt: null, rows: await rowsOfNow(ctx, of), correction: null };
  const { publishedAt } = published;
  return {
    ...place,
    publishedAt,
    rows: rowsOf(published),
    correction: await correctionOf(ctx, { version: published, before }),
  };
}

/** What a 更正 that is open would publish now; undefined where none is. */
export async function openCorrection(
  ctx: Pick<Reading, 'tx' | 'vault'>,
  of: HalfOf,
): Promise<InformationRanking | undefined> {
  const { published, open } = await rankingVersions(ctx, of);
  if (!open) return undefined;
  const correction = await correctionOf(ctx, { version: open, before: published });
  const place = { bannerId: of.office.banner.id, half: of.half };
  return { ...place, publishedAt: null, rows: await rowsOfNow(ctx, of), correction };
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
export async function rowsOfNow({ tx }: Pick<Reading, 'tx'>, { office, half }: HalfOf): Promise<RankedUnit[]> {
  const unitIds = office.units.map(({ id }) => id);
  const pieces = await informationReads.pieces(tx, { half, unitIds });
  const adoptions = await informationReads.adoptions(tx, { half, unitIds });
  const settings = await informationReads.points(tx, office.banner.id);
  const took = new Set([...pieces, ...adoptions].map(({ unitId }) => unitId));
  const units = rankedUnits(office, took);
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
  const of = { office: await officeFor(ctx, staff), half };
  const correction = keeps(staff, of.office) ? await openCorrection(ctx, of) : undefined;
  const ranking = correction ?? (await informationRanking(ctx, of));
  if (!maySeeRanking(staff, { ranking, office: of.office })) {
    throw new Refused('information_not_published', { half: halfPeriod(half).label });
  }
  return ranking;
}

/** @param of.office the one that the person sees, see `officeFor` */
export function maySeeRanking(
  staff: Staff,
  { ranking, office }: { ranking: Pick<InformationRanking, 'bannerId' | 'publishedAt'>; office: Office },
): boolean {
  return ranking.bannerId === office.banner.id && (ranking.publishedAt !== null || keeps(staff, office));
}

/**
 * 发布: fixes the ranking of a half-year that is over, or the 更正 of it. Refuses `information_too_early`, `information_published`, and
 * `information_correction_same` where a 更正 would change nothing.
 */
export async function publishRanking(ctx: Ctx, half: Half): Promise<InformationRanking> {
  const { agent, standsInFor, office } = await requireOffice(ctx);
  const of = { office, half };
  const { to, label } = halfPeriod(half);
  if (today(ctx) <= to) throw new Refused('information_too_early', { half: label });
  await holdOffice(ctx, office);
  await requireUnpublished(ctx, of);
  const { published, open } = await rankingVersions(ctx, of);
  const rows = await rowsOfNow(ctx, of);
  if (published && isDeepStrictEqual(rows, rowsOf(published))) throw new Refused('information_correction_same');
  const place = { bannerId: office.banner.id, half, version: open?.version ?? 1 };
  const set = { ...place, rows, publishedAt: ctx.now, publishedById: agent.id };
  if (open) await informationWrites.publishCorrection(ctx.tx, set);
  else await informationWrites.addRanking(ctx.tx, set);
  const payload = { ...place, rows, standsInFor };
  await appendLedger(ctx, { townId: await topChain(ctx), caseId: null, kind: 'publishInformation', payload });
  return informationRanking(ctx, of);
}
