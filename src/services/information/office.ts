/** Who does what in the information work: each banner's is its office's (旗县政府办). */
import {
  type InformationRankingRow,
  informationReads,
  informationWrites,
} from '../../../db/repositories/information.ts';
import { lineOf, type UnitRow, unitReads } from '../../../db/repositories/unit.ts';
import { type Ctx, personOf, type Reading, requireStaff, type Staff } from '../../ctx.ts';
import { type Half, halfPeriod } from '../../domain/information.ts';
import { unitsOf } from '../../domain/permission.ts';
import { may, onBehalfOf, type Subject } from '../../domain/rights.ts';
import { Refused } from '../../refusals.ts';
import { bannersOf } from '../unit/banners.ts';
import { subtreeOf } from '../unit/tree.ts';

/** Levels that are ranked, each among its own (the 通报 of 2022 has a table of departments and one of towns). */
const rankedLevels = ['department', 'town'] as const;

/** The information work of a banner. */
export interface Office {
  readonly banner: UnitRow;
  /** The banner, then what lies above it: who keeps it manages one of these. */
  readonly line: readonly number[];
  /** The banner and all below it. */
  readonly units: readonly UnitRow[];
}

/** That of the banner, among units that have been read. */
function officeOf(banner: UnitRow, units: readonly UnitRow[]): Office {
  return { banner, line: lineOf(banner.id, units).map(({ id }) => id), units: subtreeOf(banner, units) };
}

/** That of the banner above a unit. Refuses `unit_without_banner`. */
export async function officeOver({ tx }: Pick<Reading, 'tx'>, unitId: number): Promise<Office> {
  const units = await unitReads.all(tx);
  const [banner] = bannersOf(unitId, units);
  if (!banner) {
    throw new Refused('unit_without_banner', { unit: units.find(({ id }) => id === unitId)?.name ?? '这个单位' });
  }
  return officeOf(banner, units);
}

/**
 * That which somebody sees: the one they keep, in the own right or a colleague's, else that of their unit. Of who works above several
 * banners the first one's.
 */
export async function officeFor({ tx }: Pick<Reading, 'tx'>, staff: Staff): Promise<Office> {
  const units = await unitReads.all(tx);
  const offices = unitsOf(personOf(staff)).flatMap((unitId) =>
    bannersOf(unitId, units)
      .slice(0, 1)
      .map((banner) => officeOf(banner, units)),
  );
  const own = offices.find((office) => keeps(staff, office)) ?? offices[0];
  if (!own) throw new Refused('no_banner');
  return own;
}

/** Whether somebody is of that office, in the own right or a colleague's. */
export function keeps(staff: Staff, office: Office): boolean {
  return may('keepInformation', personOf(staff), subjectOf(office));
}

function subjectOf({ line }: Office): Subject {
  return { unitLine: line };
}

/** Who acts for an office; `standsInFor`: in whose right, where not in the own. */
export interface Keeper {
  readonly agent: Staff['agent'];
  readonly standsInFor: number | undefined;
  readonly office: Office;
}

/** @param unitId whom it is about; without one it is the own office. Refuses `information_office_only`. */
export async function requireOffice(ctx: Ctx, unitId?: number): Promise<Keeper> {
  const staff = requireStaff(ctx);
  const office = await (unitId === undefined ? officeFor(ctx, staff) : officeOver(ctx, unitId));
  if (!keeps(staff, office)) throw new Refused('information_office_only');
  return { agent: staff.agent, standsInFor: onBehalfOf('keepInformation', personOf(staff), subjectOf(office)), office };
}

/** All of an office's is done one after the other: nobody else does any of it until the transaction ends. */
export async function holdOffice({ tx }: Pick<Ctx, 'tx'>, { banner }: Office): Promise<void> {
  await informationWrites.holdUnit(tx, banner.id);
}

/** For whom somebody sends in: the own department or town, a village's people for their town. undefined: for nobody. */
export async function sendingUnit({ tx }: Pick<Reading, 'tx'>, { unit }: Staff): Promise<UnitRow | undefined> {
  const line = await unitReads.lineage(tx, unit.id);
  return line.find(({ level }) => rankedLevels.some((ranked) => ranked === level));
}

/** Every unit that is ranked, and any that takes part no longer but did in the half-year. */
export function rankedUnits({ units }: Office, took: ReadonlySet<number>): UnitRow[] {
  const ranked = units.filter(
    ({ id, level, active }) => (active || took.has(id)) && rankedLevels.some((one) => one === level),
  );
  return ranked.sort((a, b) => a.id - b.id);
}

/** A half-year of an office. */
export interface HalfOf {
  readonly office: Office;
  readonly half: Half;
}

/** The newest ranking of a half-year that was published, the one before it, and the 更正 that is open. */
export interface RankingVersions {
  readonly published: PublishedRow | undefined;
  readonly before: PublishedRow | undefined;
  readonly open: InformationRankingRow | undefined;
}
type PublishedRow = InformationRankingRow & { readonly publishedAt: number };

export async function rankingVersions({ tx }: Pick<Reading, 'tx'>, { office, half }: HalfOf): Promise<RankingVersions> {
  const versions = await informationReads.rankings(tx, { bannerId: office.banner.id, half });
  const [published, before] = versions.flatMap(({ publishedAt, ...row }) =>
    publishedAt === null ? [] : [{ ...row, publishedAt }],
  );
  return { published, before, open: versions.find(({ publishedAt }) => publishedAt === null) };
}

/** Whether the half-year was published, and no 更正 of it is open. */
export async function isClosed(ctx: Pick<Reading, 'tx'>, of: HalfOf): Promise<boolean> {
  const { published, open } = await rankingVersions(ctx, of);
  return published !== undefined && open === undefined;
}

/** What was published changes by a 更正 alone. Refuses `information_published`. */
export async function requireUnpublished(ctx: Pick<Reading, 'tx'>, of: HalfOf): Promise<void> {
  if (await isClosed(ctx, of)) throw new Refused('information_published', { half: halfPeriod(of.half).label });
}
