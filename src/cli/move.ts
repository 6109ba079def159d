/**
 * Copies everything from one database into another within one transaction on either side, and proves by digests that every row
 * arrived. The digest of what was copied is kept in the target, so that a repetition can tell an untouched copy, which it brings
 * up to date, from a database that somebody works on, which it leaves alone.
 */
import { createHash } from 'node:crypto';
import { type AnyColumn, asc, getTableColumns, type SQL, sql } from 'drizzle-orm';
import * as z from 'zod';
import type { Tables, Tx } from '../../db/database.ts';
import { MIGRATION_LOCK } from '../../db/postgres/migrate.ts';
import { settingReads, settingWrites } from '../../db/repositories/setting.ts';

/** Every table with its primary key, those first that others refer to. The compiler misses a table that is forgotten here. */
export const tableKeys = {
  units: ['id'],
  agents: ['id'],
  serviceItems: ['id'],
  itemVersions: ['id'],
  roster: ['id'],
  standIns: ['id'],
  applicants: ['id'],
  cases: ['id'],
  followUpChecks: ['caseId'],
  caseSequences: ['townId', 'year'],
  ledgerEntries: ['townId', 'seq'],
  ledgerKeys: ['id'],
  ledgerHeads: ['townId'],
  statCounters: ['unitId', 'dimension', 'period', 'key'],
  monthlyReports: ['id'],
  bulletins: ['id'],
  reportTexts: ['id'],
  reportVersions: ['reportId', 'number'],
  informationPieces: ['id'],
  informationAdoptions: ['id'],
  informationPoints: ['bannerId', 'kind', 'fromDay'],
  informationRankings: ['bannerId', 'half', 'version'],
  livingCards: ['id'],
  chats: ['chatId'],
  drafts: ['id'],
  unitLists: ['id'],
  tasks: ['id'],
  taskUpdates: ['id'],
  readinessLists: ['id'],
  readinessAnswers: ['id'],
  evidencePlaces: ['id'],
  paperRounds: ['id'],
  papers: ['id'],
  settings: ['key'],
  inbox: ['key'],
  outbox: ['id'],
  cronRuns: ['job', 'slot'],
  cronMarks: ['job'],
  imports: ['id'],
} as const satisfies { [Name in keyof Tables]: readonly (keyof Tables[Name]['$inferSelect'])[] };

type TableName = keyof typeof tableKeys;
const tableNames = Object.keys(tableKeys) as TableName[];

/** Rows of a page: so many columns as any table has stay below PostgreSQL's 65535 parameters. */
const PAGE = 1000;
const MARK = 'movedFrom';
const digestsSchema = z.record(z.string(), z.object({ rows: z.number(), hash: z.string() }));
/** Per table: how many rows, and one hash over all of them in whatever order. */
type Digests = z.infer<typeof digestsSchema>;

/** `unchanged`: an earlier move has brought all of it. */
export type MoveResult =
  | { readonly ok: true; readonly did: 'copied' | 'updated' | 'unchanged'; readonly rows: number }
  /** `foreign`: there are rows that no move has brought. `inUse`: the copy has been worked on since. */
  | { readonly ok: false; readonly problem: 'foreign' | 'inUse' };

/** @throws when the rows on the other side are not those of this one; then nothing is kept. */
export async function moveInto(target: Tx, source: Tx): Promise<MoveResult> {
  // A bot that starts on the target waits for this lock before it adds anything.
  await target.q
    .select({ one: sql`1` })
    .from(sql`(SELECT pg_advisory_xact_lock(${sql.raw(String(MIGRATION_LOCK))})) AS locked`);
  const wanted = await digestsOf(source);
  const there = await digestsOf(target);
  const rows = Object.values(wanted).reduce((sum, table) => sum + table.rows, 0);
  const mark = digestsSchema.safeParse(await settingReads.get(target, MARK));
  const empty = Object.values(there).every((table) => table.rows === 0);
  if (!empty && !mark.success) return { ok: false, problem: 'foreign' };
  if (!empty && mark.success && !same(mark.data, there)) return { ok: false, problem: 'inUse' };
  if (!empty && same(wanted, there)) return { ok: true, did: 'unchanged', rows };
  await clear(target);
  for (const name of tableNames) await copyTable({ source, target, name });
  await continueNumbers({ source, target });
  const arrived = await digestsOf(target);
  for (const name of tableNames) {
    if (!same({ [name]: wanted[name] }, { [name]: arrived[name] }))
      throw new Error(`rows of ${name} differ after the copy`);
  }
  await settingWrites.set(target, { key: MARK, value: wanted });
  return { ok: true, did: empty ? 'copied' : 'updated', rows };
}

/** The ledger stays: its table lets nothing be deleted, and of an untouched copy nothing would have to be. */
async function clear({ q, t }: Tx): Promise<void> {
  for (const name of tableNames.toReversed()) if (name !== 'ledgerEntries') await q.delete(t[name]);
}

async function copyTable({ source, target, name }: { source: Tx; target: Tx; name: TableName }): Promise<void> {
  for await (const page of pagesOf(source, name)) {
    const insert = target.q.insert(target.t[name]).values(page as never);
    if (name === 'ledgerEntries') await insert.onConflictDoNothing();
    else await insert;
  }
}

/** New rows get numbers that the source never gave, not even to rows that are deleted: buttons in chats may still carry them. */
async function continueNumbers({ source, target }: { source: Tx; target: Tx }): Promise<void> {
  const given = await source.q.select({ table: sql<string>`name`, last: sql<number>`seq` }).from(sql`sqlite_sequence`);
  for (const { table, last } of given) {
    const sequence = sql`setval(pg_get_serial_sequence(${table}::text, 'id'), greatest(${last}::bigint, 1), ${last}::bigint > 0)`;
    await target.q.select({ last: sequence }).from(sql`(SELECT 1) AS once`);
  }
}

async function digestsOf(tx: Tx): Promise<Digests> {
  const digests: Digests = {};
  for (const name of tableNames) {
    const sum = Buffer.alloc(32);
    let rows = 0;
    for await (const page of pagesOf(tx, name)) {
      for (const row of page) {
        if (name === 'settings' && row['key'] === MARK) continue;
        rows++;
        const hash = createHash('sha256').update(canonical(row)).digest();
        // Keys sort differently in the two engines, so the order must not count; no row is there twice.
        for (let byte = 0; byte < sum.length; byte++) sum[byte] = (sum[byte] ?? 0) ^ (hash[byte] ?? 0);
      }
    }
    digests[name] = { rows, hash: sum.toString('hex') };
  }
  return digests;
}

/** The row as text, columns by name; U+0000 is left out, because PostgreSQL's texts cannot hold it. */
function canonical(row: Row): string {
  const columns = Object.keys(row).sort();
  return JSON.stringify(columns.map((column) => row[column])).replaceAll('\\u0000', '');
}

function same(a: Record<string, unknown>, b: Record<string, unknown>): boolean {
  const text = (digests: Record<string, unknown>) =>
    JSON.stringify(Object.entries(digests).sort(([one], [other]) => (one < other ? -1 : 1)));
  return text(a) === text(b);
}

type Row = Readonly<Record<string, unknown>>;

/** The table's rows in the order of its key. */
async function* pagesOf({ q, t }: Tx, name: TableName): AsyncGenerator<readonly Row[]> {
  const columns = keyColumns(t, name);
  let after: SQL | undefined;
  for (;;) {
    const page: readonly Row[] = await q
      .select()
      .from(t[name])
      .where(after)
      .orderBy(...columns.map((column) => asc(column)))
      .limit(PAGE);
    if (page.length > 0) yield page;
    const last = page.at(-1);
    if (last === undefined || page.length < PAGE) return;
    const values = tableKeys[name].map((key) => sql`${last[key]}`);
    after = sql`(${sql.join(columns, sql`, `)}) > (${sql.join(values, sql`, `)})`;
  }
}

function keyColumns(t: Tables, name: TableName): AnyColumn[] {
  const columns: Record<string, AnyColumn> = getTableColumns(t[name]);
  return tableKeys[name].flatMap((key) => columns[key] ?? []);
}
