/** 排名 of a half-year: as it stands now, or as it was published. */
import * as z from 'zod';
import { informationReads, informationWrites } from '../../../db/repositories/information.ts';
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
import { appendLedger } from '../ledger/append.ts';
import { topChain } from '../ledger/top-chain.ts';
import { isOffice, officeUnitId, rankedUnits, requireOffice, requireUnpublished } from './office.ts';

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
}

/** Of units that have neither sent in anything nor got points there is a line, too. */
export async function informationRanking(ctx: Pick<Reading, 'tx'>, half: Half): Promise<InformationRanking> {
  const published = await informationReads.ranking(ctx.tx, half);
  if (published) {
    const rows = z.array(rankedSchema).parse(published.rows);
    return { half, publishedAt: published.publishedAt, rows };
  }
  const pieces = await informationReads.pieces(ctx.tx, { half });
  const adoptions = await informationReads.adoptions(ctx.tx, half);
  const settings = await informationReads.points(ctx.tx);
  const took = new Set([...pieces, ...adoptions].map(({ unitId }) => unitId));
  const units = rankedUnits(await unitReads.all(ctx.tx), took);
  const rows = (['department', 'town'] as const).flatMap((group) => {
    const own = units.filter(({ level }) => level === group);
    const ids = own.map(({ id }) => id);
    const nameOf = (unitId: number) => own.find(({ id }) => id === unitId)?.name ?? '';
    const scored = scoreUnits(ids, { pieces, adoptions, settings });
    return rankScores(scored.map((row) => ({ ...row, name: nameOf(row.unitId), group })));
  });
  return { half, publishedAt: null, rows };
}

/** What was published is for all staff; before that the office alone sees it. Refuses `information_not_published`. */
export async function requireRanking(ctx: Ctx, half: Half): Promise<InformationRanking> {
  const ranking = await informationRanking(ctx, half);
  if (!maySeeRanking(requireStaff(ctx), ranking)) {
    throw new Refused('information_not_published', { half: halfPeriod(half).label });
  }
  return ranking;
}

export function maySeeRanking(staff: Staff, { publishedAt }: Pick<InformationRanking, 'publishedAt'>): boolean {
  return publishedAt !== null || isOffice(staff);
}

/** 发布: fixes the ranking of a half-year that is over. Refuses `information_too_early` and `information_published`. */
export async function publishRanking(ctx: Ctx, half: Half): Promise<InformationRanking> {
  const { agent, standsInFor } = requireOffice(ctx);
  const { to, label } = halfPeriod(half);
  if (today(ctx) <= to) throw new Refused('information_too_early', { half: label });
  await informationWrites.holdUnit(ctx.tx, await officeUnitId(ctx));
  await requireUnpublished(ctx, half);
  const { rows } = await informationRanking(ctx, half);
  await informationWrites.publish(ctx.tx, { half, rows, publishedAt: ctx.now, publishedById: agent.id });
  const payload = { half, rows, standsInFor };
  await appendLedger(ctx, { townId: await topChain(ctx), caseId: null, kind: 'publishInformation', payload });
  return { half, publishedAt: ctx.now, rows };
}
