/** What of a case's row stands in the ledger: each step writes the columns it sets, and the check compares the row with the sum of them. */
import type { CaseRow } from '../../../db/repositories/case.ts';
import type { Reading } from '../../ctx.ts';
import type { Records } from '../../vault.ts';

/**
 * `plain`: a fact that tells nobody who the resident is. `hashed`: a number that somebody typed. `no`: what the entry's own
 * columns say, what is sealed and checked by opening it, where a card stands, and what a job has noted to draw it by.
 */
const columns = {
  id: 'no',
  version: 'no',
  originTarget: 'no',
  missedDueAt: 'no',
  overdueRung: 'no',
  remarksSealed: 'no',
  otherErrandSealed: 'no',
  externalNumber: 'hashed',
  caseNumber: 'plain',
  state: 'plain',
  applicantId: 'plain',
  itemId: 'plain',
  itemVersionId: 'plain',
  otherDepartmentId: 'plain',
  linkedCaseId: 'plain',
  assistType: 'plain',
  way: 'plain',
  townId: 'plain',
  residenceUnitId: 'plain',
  registeringUnitId: 'plain',
  registrarId: 'plain',
  keeperId: 'plain',
  holderUnitId: 'plain',
  handlerId: 'plain',
  registeredAt: 'plain',
  registeredDay: 'plain',
  acceptBy: 'plain',
  acceptedAt: 'plain',
  dueAt: 'plain',
  remainingDays: 'plain',
  promisedDays: 'plain',
  completedAt: 'plain',
  completedOnTime: 'plain',
  deliveredAt: 'plain',
  followedUpAt: 'plain',
  rectifiedAt: 'plain',
  archivedAt: 'plain',
  withdrawnAt: 'plain',
  returnCount: 'plain',
  suspendedAt: 'plain',
  suspendReason: 'plain',
  suspendCount: 'plain',
  terminatedAt: 'plain',
  terminateReason: 'plain',
  urgedDay: 'plain',
  outcome: 'plain',
  deliveryWay: 'plain',
  followUpAgentId: 'plain',
  followedUpById: 'plain',
  rating: 'plain',
} as const satisfies Record<keyof CaseRow, 'plain' | 'hashed' | 'no'>;

export type RecordedColumn = {
  [Name in keyof CaseRow]: (typeof columns)[Name] extends 'no' ? never : Name;
}[keyof CaseRow];

/** By the columns' names; of a hashed one the keyed hash. */
export type RecordedFacts = Partial<Pick<CaseRow, RecordedColumn>>;

export const recordedColumns: readonly RecordedColumn[] = Object.entries(columns).flatMap(([name, how]) =>
  how === 'no' ? [] : [name as RecordedColumn],
);

/** A row's columns, or those that a step sets, as they stand in an entry's payload; others are left out. */
export function recordedFacts(
  { vault }: { readonly vault: { readonly records: Pick<Records, 'hashExternalNumber'> } },
  set: { readonly [Name in RecordedColumn]?: CaseRow[Name] | undefined },
): RecordedFacts {
  const facts = recordedColumns.flatMap((name) => {
    const value = set[name];
    if (value === undefined) return [];
    return [
      [name, columns[name] === 'hashed' && value !== null ? vault.records.hashExternalNumber(String(value)) : value],
    ];
  });
  return Object.fromEntries(facts) as RecordedFacts;
}

/** As `recordedFacts` of a row that is new: what is null was never set. */
export function firstFacts(ctx: Pick<Reading, 'vault'>, record: CaseRow): RecordedFacts {
  const facts = Object.entries(recordedFacts(ctx, record));
  return Object.fromEntries(facts.filter(([, value]) => value !== null)) as RecordedFacts;
}
