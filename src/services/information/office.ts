/** Who does what in the information work. */
import { type InformationRankingRow, informationReads } from '../../../db/repositories/information.ts';
import { lineOf, type UnitRow, unitReads } from '../../../db/repositories/unit.ts';
import { type Ctx, personOf, type Reading, type Staff } from '../../ctx.ts';
import { type Half, halfPeriod } from '../../domain/information.ts';
import { may, onBehalfOf } from '../../domain/rights.ts';
import { Refused } from '../../refusals.ts';
import { requireRight } from '../require-right.ts';

/** Levels that are ranked, each among its own (the 通报 of 2022 has a table of departments and one of towns). */
const rankedLevels = ['department', 'town'] as const;

/** The banner's office (政府办), in the own right or a colleague's. */
export function isOffice(staff: Staff): boolean {
  return may('keepInformation', personOf(staff));
}

/** Who acts for the office; `standsInFor`: in whose right, where not in the own. Refuses `information_office_only`. */
export function requireOffice(ctx: Ctx): { agent: Staff['agent']; standsInFor: number | undefined } {
  const staff = requireRight(ctx, { right: 'keepInformation', otherwise: 'information_office_only' });
  return { agent: staff.agent, standsInFor: onBehalfOf('keepInformation', personOf(staff)) };
}

/** For whom somebody sends in: the own department or town, a village's people for their town. undefined: for nobody. */
export async function sendingUnit({ tx }: Pick<Reading, 'tx'>, { unit }: Staff): Promise<UnitRow | undefined> {
  const line = await unitReads.lineage(tx, unit.id);
  return line.find(({ level }) => rankedLevels.some((ranked) => ranked === level));
}

/** Every unit that is ranked, and any that takes part no longer but did in the half-year. */
export function rankedUnits(units: readonly UnitRow[], took: ReadonlySet<number>): UnitRow[] {
  return units.filter(({ id, level, active }) => (active || took.has(id)) && rankedLevels.some((one) => one === level));
}

/** The banner whose office it is, by which all of it is done one after the other. */
export async function officeUnitId({ tx }: Pick<Reading, 'tx'>): Promise<number> {
  const units = await unitReads.all(tx);
  const banner = units.find(({ level, active }) => level === 'banner' && active) ?? units[0];
  if (!banner) throw new Error('there is no unit');
  return lineOf(banner.id, units)[0]?.id ?? banner.id;
}

/** The newest ranking of a half-year that was published, the one before it, and the 更正 that is open. */
export interface RankingVersions {
  readonly published: PublishedRow | undefined;
  readonly before: PublishedRow | undefined;
  readonly open: InformationRankingRow | undefined;
}
type PublishedRow = InformationRankingRow & { readonly publishedAt: number };

export async function rankingVersions({ tx }: Pick<Reading, 'tx'>, half: Half): Promise<RankingVersions> {
  const versions = await informationReads.rankings(tx, half);
  const [published, before] = versions.flatMap(({ publishedAt, ...row }) =>
    publishedAt === null ? [] : [{ ...row, publishedAt }],
  );
  return { published, before, open: versions.find(({ publishedAt }) => publishedAt === null) };
}

/** Whether the half-year was published, and no 更正 of it is open. */
export async function isClosed(ctx: Pick<Reading, 'tx'>, half: Half): Promise<boolean> {
  const { published, open } = await rankingVersions(ctx, half);
  return published !== undefined && open === undefined;
}

/** What was published changes by a 更正 alone. Refuses `information_published`. */
export async function requireUnpublished(ctx: Pick<Reading, 'tx'>, half: Half): Promise<void> {
  if (await isClosed(ctx, half)) throw new Refused('information_published', { half: halfPeriod(half).label });
}
