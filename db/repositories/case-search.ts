/** Looking for cases by what people know of them, within what the asker may see. */
import { and, desc, eq, gte, inArray, or, type SQL, sql } from 'drizzle-orm';
import type { CaseSight } from '../../src/domain/permission.ts';
import type { Tables, Tx } from '../database.ts';
import { prepared } from '../prepared.ts';
import { type CaseLine, lineColumns, selectLines } from './case-list.ts';

/** By which trace of a case somebody looks for it. */
export type CaseTrace =
  | { readonly by: 'caseNumber' | 'externalNumber'; readonly value: string }
  | { readonly by: 'nameHash' | 'phoneTailHash' | 'contactTailHash'; readonly value: string }
  /** `tail`: the hash of its last four digits, by which it is found. */
  | { readonly by: 'phoneHash' | 'contactPhoneHash'; readonly value: string; readonly tail: string };

type Reach = CaseSight['reach'];

function selectOfApplicants({ q, t }: Tx, applicantIds: readonly number[]) {
  return q
    .select(lineColumns(t))
    .from(t.applicants)
    .innerJoin(t.cases, eq(t.cases.applicantId, t.applicants.id))
    .innerJoin(t.serviceItems, eq(t.serviceItems.id, t.cases.itemId))
    .innerJoin(t.itemVersions, eq(t.itemVersions.id, t.cases.itemVersionId))
    .innerJoin(t.units, eq(t.units.id, t.cases.holderUnitId))
    .where(inArray(t.applicants.id, [...applicantIds]));
}

function buildSeen({ q, t }: Tx, by: CaseTrace['by'], reach: Reach) {
  const value = sql.placeholder('value');
  const limit = sql.placeholder('limit');
  if (by === 'caseNumber' || by === 'externalNumber') {
    const { applicantId, id } = t.cases;
    const seen = and(eq(t.cases[by], value), inSight(t, t.cases, { reach, ofItems: ofOwnItems(t) }));
    return q.select({ applicantId }).from(t.cases).where(seen).orderBy(desc(id)).limit(limit).prepare();
  }
  const applicantId = t.applicants.id;
  // One index the fewer to be kept at each registration: of a million people a hundred have the same last four digits.
  const tail = tailOf(t, by);
  const seen = and(
    tail && eq(tail, sql.placeholder('tail')),
    eq(t.applicants[by], value),
    inSight(t, t.applicants, { reach, ofItems: hasCase(t, ofOwnItems(t)) }),
  );
  return q.select({ applicantId }).from(t.applicants).where(seen).orderBy(desc(applicantId)).limit(limit).prepare();
}

/** By the last digits a whole number is found. */
function tailOf({ applicants }: Tables, by: CaseTrace['by']) {
  if (by === 'phoneHash') return applicants.phoneTailHash;
  return by === 'contactPhoneHash' ? applicants.contactTailHash : undefined;
}

const selectSeen = prepared((tx) => {
  const kept = new Map<string, ReturnType<typeof buildSeen>>();
  return (by: CaseTrace['by'], reach: Reach) => {
    const query = kept.get(`${by} ${reach}`) ?? buildSeen(tx, by, reach);
    kept.set(`${by} ${reach}`, query);
    return query;
  };
});

/** By what somebody's cases are found that may be the same errand: hashes, as they stand in the applicant's row. */
export interface ErrandOf {
  readonly itemId: number;
  readonly townId: number;
  readonly residenceUnitId: number;
  readonly nameHash: string;
  readonly phoneHash: string | null;
  readonly phoneTailHash: string | null;
  readonly idNumberHash: string | null;
  /** Of any item, if it was registered since (ms). */
  readonly since: number;
}

function buildAlike({ q, t }: Tx, withIdNumber: boolean) {
  const { id, nameHash, phoneHash, phoneTailHash, idNumberHash, townId } = t.applicants;
  const given = (column: keyof ErrandOf) => sql.placeholder(column);
  const those = (is: SQL | undefined) => q.select({ id }).from(t.applicants).where(is);
  const byPhone = those(and(eq(phoneTailHash, given('phoneTailHash')), eq(phoneHash, given('phoneHash'))));
  // Namesakes are many in a town, and few in a village.
  const namesakes = q
    .select({ id })
    .from(t.applicants)
    .innerJoin(t.cases, eq(t.cases.applicantId, id))
    .where(
      and(
        eq(nameHash, given('nameHash')),
        eq(townId, given('townId')),
        eq(t.cases.residenceUnitId, given('residenceUnitId')),
      ),
    );
  const person = byPhone.unionAll(namesakes);
  const whole = withIdNumber ? person.unionAll(those(eq(idNumberHash, given('idNumberHash')))) : person;
  const { applicantId, itemId, holderUnitId, registeredAt } = t.cases;
  return q
    .select({ ...lineColumns(t), nameHash, idNumberHash })
    .from(t.cases)
    .innerJoin(t.applicants, eq(t.applicants.id, applicantId))
    .innerJoin(t.serviceItems, eq(t.serviceItems.id, itemId))
    .innerJoin(t.itemVersions, eq(t.itemVersions.id, t.cases.itemVersionId))
    .innerJoin(t.units, eq(t.units.id, holderUnitId))
    .where(and(inArray(applicantId, whole), or(eq(itemId, given('itemId')), gte(registeredAt, given('since')))))
    .prepare();
}

const selectAlike = prepared((tx) => buildAlike(tx, false));
const selectAlikeWithIdNumber = prepared((tx) => buildAlike(tx, true));

/** A case that may be the same errand, with by what it may be the same person. */
export type AlikeCase = Awaited<ReturnType<ReturnType<typeof buildAlike>['execute']>>[number];

/** Both engines allow tens of thousands. */
const HASHES_AT_ONCE = 1_000;

export const caseSearchReads = {
  /**
   * Cases of that item, or registered lately, whose applicant is the same by phone, ID number or name within the village; newest first.
   * Whatever their state: asked of the database, it would begin with every open case there is.
   */
  async alike(tx: Tx, errand: ErrandOf): Promise<AlikeCase[]> {
    const query = errand.idNumberHash === null ? selectAlike(tx) : selectAlikeWithIdNumber(tx);
    return (await query.execute({ ...errand })).sort((a, b) => b.id - a.id);
  },

  /**
   * The applicants of those in sight, newest first; each has one case. By name or phone all of it is answered from the index of
   * the hash, so that thousands of namesakes whom the asker may not see cost next to nothing.
   */
  async find(tx: Tx, wanted: { trace: CaseTrace; sight: CaseSight; limit: number }): Promise<number[]> {
    const { trace, sight, limit } = wanted;
    const query = selectSeen(tx)(trace.by, sight.reach);
    const { by: _, ...values } = trace;
    const found = await query.execute({ ...values, unitId: sight.unitId, limit });
    return found.map(({ applicantId }) => applicantId);
  },

  /** Those of the hashes that are a name of somebody for whom a case was registered in one of the towns. */
  async namesOfTowns(tx: Tx, wanted: { townIds: readonly number[]; nameHashes: readonly string[] }): Promise<string[]> {
    const { nameHash, townId } = tx.t.applicants;
    const found: string[] = [];
    for (let from = 0; from < wanted.nameHashes.length; from += HASHES_AT_ONCE) {
      const some = wanted.nameHashes.slice(from, from + HASHES_AT_ONCE);
      const rows = await tx.q
        .selectDistinct({ nameHash })
        .from(tx.t.applicants)
        .where(and(inArray(nameHash, some), inArray(townId, [...wanted.townIds])));
      found.push(...rows.flatMap((row) => row.nameHash ?? []));
    }
    return found;
  },

  /**
   * The lines of these applicants' cases, newest first. Both are numbered as they are registered, so a case mostly has its
   * applicant's number; looked for by that first, it is found without the way through another index.
   */
  async ofApplicants(tx: Tx, applicantIds: readonly number[]): Promise<CaseLine[]> {
    const lines = (await selectLines(tx, applicantIds)).filter((line) => line.applicantId === line.id);
    const found = new Set(lines.map((line) => line.applicantId));
    const others = applicantIds.filter((applicantId) => !found.has(applicantId));
    if (others.length > 0) lines.push(...(await selectOfApplicants(tx, others)));
    return lines.sort((a, b) => b.id - a.id);
  },
};

type SightColumns = Pick<Tables['cases'] | Tables['applicants'], 'townId' | 'registeringUnitId' | 'holderUnitId'>;

const unitId = sql.placeholder('unitId');

/** The rule of `maySee` in `src/domain/permission.ts`, for the database to leave out what it would refuse. */
function inSight(
  t: Tables,
  columns: SightColumns,
  { reach, ofItems }: { reach: Reach; ofItems: SQL },
): SQL | undefined {
  if (reach === 'everything') return undefined;
  const ofTheUnit = or(
    eq(columns.registeringUnitId, unitId),
    eq(columns.holderUnitId, unitId),
    eq(columns.townId, unitId),
  );
  if (reach === 'unit') return ofTheUnit;
  if (reach === 'items') return or(ofTheUnit, ofItems);
  const below = sql`(with recursive below(id) as (select ${t.units.id} from ${t.units} where ${t.units.id} = ${unitId} union all select ${t.units.id} from ${t.units} inner join below on ${t.units.parentId} = below.id) select id from below)`;
  return or(ofTheUnit, sql`${columns.registeringUnitId} in ${below}`, sql`${columns.holderUnitId} in ${below}`);
}

/** A case is of an item that the department of the one who asks answers for. */
function ofOwnItems({ cases, itemVersions }: Tables): SQL {
  const { id, departmentUnitId } = itemVersions;
  return sql`${cases.itemVersionId} in (select ${id} from ${itemVersions} where ${departmentUnitId} = ${unitId})`;
}

/** An applicant's case is so; only for the namesakes whom nothing else brings into sight the case itself is read. */
function hasCase({ cases, applicants }: Tables, isSo: SQL): SQL {
  return sql`exists (select 1 from ${cases} where ${cases.applicantId} = ${applicants.id} and ${isSo})`;
}
