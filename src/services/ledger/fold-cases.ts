/** Adds up the entries of each case and compares its row with the sum. */
import type { ApplicantRow } from '../../../db/repositories/applicant.ts';
import { type CaseRow, caseReads } from '../../../db/repositories/case.ts';
import { type LedgerRow, ledgerReads } from '../../../db/repositories/ledger.ts';
import { type KeptPaper, paperReads } from '../../../db/repositories/paper.ts';
import type { Reading } from '../../ctx.ts';
import type { RecordKeys } from '../../vault.ts';
import { errandWords, toldChanges } from '../case/corrections.ts';
import { type RecordedColumn, recordedColumns, recordedFacts } from '../case/recorded.ts';
import { openApplicant, searchHashes } from '../case/secret.ts';
import { toldBy, toldNames } from '../case/told.ts';
import { formerRecordKeys } from '../data-key/record-keys.ts';
import { factsOf } from './facts.ts';
import type { CaseProblem, FaultList } from './fault.ts';

const PAGE = 200;

interface Found {
  readonly record: CaseRow;
  /** null where the row is gone. */
  readonly applicant: ApplicantRow | null;
  /** Oldest first. */
  readonly entries: readonly LedgerRow[];
  /** By which numbers were hashed before `DATA_KEY` was changed. */
  readonly formerKeys: readonly RecordKeys[];
}

/** Returns how many cases there are. */
export async function foldCases(
  ctx: Pick<Reading, 'tx' | 'vault'>,
  { faults, betweenPages }: { faults: FaultList; betweenPages?: () => Promise<unknown> },
): Promise<number> {
  const formerKeys = await formerRecordKeys(ctx);
  let cases = 0;
  // Not from 1: a row slipped in below it would never be looked at.
  let afterId: number | undefined;
  for (;;) {
    const page = await caseReads.pageWithApplicants(ctx.tx, { afterId, limit: PAGE });
    const ids = page.map(({ record }) => record.id);
    const entries = await entriesOf(ctx, ids);
    const papers = await paperReads.keptOfCases(ctx.tx, ids);
    for (const { record, applicant } of page) {
      const found = { record, applicant, entries: entries.get(record.id) ?? [], formerKeys };
      const about = { about: 'case' as const, caseId: record.id, caseNumber: record.caseNumber };
      for (const fault of caseFaults(ctx, found)) faults.add({ ...about, ...fault });
      const own = papers.filter(({ caseId }) => caseId === record.id);
      if (!haveCome(own, found.entries)) faults.add({ ...about, problem: 'other papers' });
    }
    cases += page.length;
    const upToId = page.length < PAGE ? undefined : ids.at(-1);
    for (const caseId of await ledgerReads.caseIdsWithoutCase(ctx.tx, { afterId, upToId, limit: PAGE })) {
      faults.add({ about: 'case', caseId, caseNumber: undefined, problem: 'no row' });
    }
    if (upToId === undefined) return cases;
    afterId = upToId;
    await betweenPages?.();
  }
}

async function entriesOf({ tx }: Pick<Reading, 'tx'>, ids: readonly number[]): Promise<Map<number, LedgerRow[]>> {
  const byCase = new Map<number, LedgerRow[]>(ids.map((id) => [id, []]));
  for (const entry of await ledgerReads.ofCases(tx, ids)) byCase.get(entry.caseId ?? 0)?.push(entry);
  return byCase;
}

/** What is wrong with one case; signatures are looked at elsewhere. */
export function* caseFaults(
  ctx: Pick<Reading, 'vault'>,
  found: Found,
): Generator<{ problem: CaseProblem; columns?: readonly RecordedColumn[] }> {
  const { record, applicant, entries } = found;
  const [first] = entries;
  if (first?.kind !== 'register') {
    yield { problem: 'no registration' };
    return;
  }
  if (entries.some(({ townId }) => townId !== first.townId)) yield { problem: 'other chain' };
  const columns = differing(ctx, found);
  if (columns.length > 0) yield { problem: 'differs', columns };
  if (applicant?.wrappedKey === null) {
    if (!entries.some(({ kind }) => kind === 'erase')) yield { problem: 'erased unsaid' };
  } else if (!applicant || !isRegistered(ctx, { record, applicant, entries })) yield { problem: 'other applicant' };
}

/** Whether the rows name the files that came, as the materials they were said to be. Of an erased person there are none. */
function haveCome(papers: readonly KeptPaper[], entries: readonly LedgerRow[]): boolean {
  const said = new Map<unknown, unknown>();
  for (const entry of entries) {
    const facts = factsOf(entry);
    if (entry.kind === 'erase') said.clear();
    if (entry.kind === 'attach') said.set(facts['paper'], facts['material']);
    const named = entry.kind === 'nameMaterial' && Array.isArray(facts['papers']) ? facts['papers'] : [];
    for (const paper of named) said.set(paper, facts['material']);
  }
  return said.size === papers.length && papers.every(({ hash, material }) => said.get(hash) === material);
}

/** The last word of the entries on each column is what the row has to say. */
function differing(ctx: Pick<Reading, 'vault'>, { record, entries, formerKeys }: Found): RecordedColumn[] {
  const said: Partial<Record<string, unknown>> = {};
  for (const entry of entries) Object.assign(said, factsOf(entry));
  const keys = [ctx.vault.records, ...formerKeys];
  const ways = keys.map((records) => recordedFacts({ vault: { records } }, record));
  return recordedColumns.filter((name) => ways.every((is) => (is[name] ?? null) !== (said[name] ?? null)));
}

/** As it comes out of a column: half a character that somebody typed does not survive UTF-8. */
function stored(text: string | null | undefined): string {
  return Buffer.from(text ?? '').toString();
}

const hashNames = [
  'nameHash',
  'phoneHash',
  'phoneTailHash',
  'idNumberHash',
  'contactPhoneHash',
  'contactTailHash',
] as const;

const copied = ['townId', 'registeringUnitId', 'holderUnitId'] as const;

/**
 * Whether the row is of the person who was registered, as corrected since. Its copies of the case's columns decide who finds it, and its hashes by
 * what.
 */
function isRegistered(
  ctx: Pick<Reading, 'vault'>,
  { record, applicant, entries }: Pick<Found, 'record' | 'entries'> & { applicant: ApplicantRow },
): boolean {
  if (copied.some((name) => applicant[name] !== record[name])) return false;
  try {
    const secrets = openApplicant(ctx, applicant);
    const [registration] = entries;
    if (!secrets.applicant || !registration?.sealed) return false;
    const said = { ...secrets.openNote(registration.sealed) };
    for (const changes of toldChanges(entries, secrets)) {
      for (const name of toldNames) if (changes[name]) said[name] = changes[name].to;
    }
    const is = toldBy(secrets.applicant, errandWords(record, secrets));
    if (toldNames.some((name) => stored(is[name]) !== stored(said[name]))) return false;
    return searchHashes(ctx, secrets.applicant).some((hashes) =>
      hashNames.every((name) => applicant[name] === hashes[name]),
    );
  } catch {
    return false;
  }
}
