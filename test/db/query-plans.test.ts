/**
 * How SQLite goes about every query of every repository, kept as golden files (`vitest -u` writes them anew): a query or an
 * index that changes shows in review as a changed plan. Plans are made without statistics, as in production, where nobody
 * runs ANALYZE: the same query has the same plan on every banner's database.
 */
import { readdirSync } from 'node:fs';
import Sqlite from 'better-sqlite3';
import { drizzle } from 'drizzle-orm/better-sqlite3';
import { describe, expect, it } from 'vitest';
import type { Query, Tx } from '../../db/database.ts';
import { migrateSqlite } from '../../db/sqlite/migrate.ts';
import * as schema from '../../db/sqlite/tables.ts';
import { exercises } from './exercises.ts';
import { exercisesOf, repositoryFiles as files, type Repository, repositoriesOf } from './repositories-of.ts';

/** Whole tables that may be read, and rows that may be sorted, with the reason. Whatever else scans or sorts is a fault. */
const allowed: Readonly<Record<string, string>> = {
  'agentReads.activeAdmins: SCAN agents': 'for an alert to the administrators; a league has a few thousand agents',
  'agentReads.activeWithRole: USE TEMP B-TREE FOR ORDER BY': 'the managers of a line of units, a handful',
  'agentReads.activeWithUnit: SCAN agents': 'to find a colleague by name, which happens a few times a year',
  'agentReads.all: SCAN agents': 'everybody there ever was, for a file or a ranking',
  'agentWrites.takeAdmins: SCAN agents': 'when an administrator goes, who must not be the last one',
  'cardReads.living: USE TEMP B-TREE FOR ORDER BY': 'one subject has a card in three or four chats',
  'caseDigestReads.returnedAt: USE TEMP B-TREE FOR ORDER BY': 'once a working morning, what is returned now',
  'caseListReads.returned: USE TEMP B-TREE FOR GROUP BY':
    'when somebody opens the figure: the returns of a town in the period',
  'caseListReads.returned: USE TEMP B-TREE FOR ORDER BY': 'likewise',
  'caseReads.pageWithApplicants: SCAN cases': 'a page from the beginning, in the order in which they lie',
  'caseSearchReads.find: SCAN below': 'the units below a manager, gathered once a search',
  'checklistReads.itemsThatSayNothing: SCAN item_versions': 'when an administrator asks what is missing',
  'checklistReads.itemsThatSayNothing: USE TEMP B-TREE FOR ORDER BY': 'when an administrator asks what is missing',
  'checklistReads.withoutManager: SCAN units': 'when an administrator asks what is missing',
  'checklistReads.withoutStaff: SCAN units': 'when an administrator asks what is missing',
  'draftWrites.purge: SCAN drafts': 'once a night; every draft is gone after a week',
  'importReads.arrived: SCAN imports USING INDEX imports_arrived': 'lists that wait to be read, seldom one',
  'chatReads.joinedGroups: SCAN chats USING INDEX sqlite_autoindex_chats_1':
    'after the connection was gone for a while; a league has some hundred groups',
  'chatReads.privateOfStaff: SCAN agents': 'after the connection was gone for a while, all of them',
  'inboxReads.newest: SCAN inbox USING COVERING INDEX inbox_received': 'the newest row of it, at the start',
  'inboxReads.lastOfKind: SCAN inbox USING INDEX inbox_received':
    'when an operator asks, from the newest on, until the first of its kind',
  'importWrites.purge: SCAN imports': 'once a night; every list is gone after a week',
  'followUpCheckReads.all: SCAN follow_up_checks': 'only to verify the ledger: a twentieth of the good ratings',
  'followUpCheckReads.done: SCAN follow_up_checks':
    'when somebody of the banner opens the checks: some hundreds a year',
  'followUpCheckReads.done: USE TEMP B-TREE FOR GROUP BY': 'two results of some hundred units',
  'followUpCheckReads.open: SCAN follow_up_checks USING INDEX follow_up_checks_open':
    'the index holds only what is wanted',
  'informationReads.all: SCAN information_adoptions': 'only to verify the ledger',
  'informationReads.all: SCAN information_pieces': 'only to verify the ledger',
  'informationReads.all: SCAN information_points': 'only to verify the ledger',
  'informationReads.all: SCAN information_rankings': 'only to verify the ledger: two a year',
  'rosterReads.isEmpty: SCAN roster USING COVERING INDEX roster_unit': 'one row of it',
  'rosterReads.all: SCAN roster': 'the whole roster, for an import or a file',
  'caseReads.linked: USE TEMP B-TREE FOR ORDER BY': 'the few cases that are linked to one',
  'cronWrites.purge: SCAN cron_runs': 'once a night, some thousand rows',
  'unitListReads.all: SCAN unit_lists': 'the check of the ledger reads them all',
  'unitListReads.ofUnits: USE TEMP B-TREE FOR ORDER BY': 'the few lists of a unit and those above it',
  'unitListWrites.takeOfUnit: USE TEMP B-TREE FOR ORDER BY': 'the few lists of a unit',
  'itemReads.active: SCAN item_versions': 'the whole catalogue is what is wanted',
  'itemReads.active: USE TEMP B-TREE FOR ORDER BY': 'the catalogue in the order of the annex',
  'itemReads.offered: SCAN item_versions': 'the whole catalogue is what is wanted',
  'itemReads.offered: USE TEMP B-TREE FOR ORDER BY': 'the catalogue in the order of the annex',
  'itemReads.all: SCAN service_items': 'the whole catalogue is what is wanted',
  'itemReads.names: SCAN service_items': 'the whole catalogue is what is wanted',
  'itemReads.inEveryVersion: SCAN item_versions': 'a few for each item of the catalogue, all of them wanted',
  'itemReads.versions: SCAN item_versions': 'a few for each item of the catalogue, all of them wanted',
  'itemReads.planned: SCAN item_versions': 'a few for each item of the catalogue, when somebody changes it',
  'itemReads.untold: SCAN item_versions USING INDEX item_versions_untold': 'the index holds only what is wanted',
  'itemReads.versionsOf: USE TEMP B-TREE FOR ORDER BY': 'the few versions of an item',
  'itemWrites.takeVersions: USE TEMP B-TREE FOR ORDER BY': 'the few versions of an item',
  'itemReads.codes: SCAN service_items USING COVERING INDEX service_items_code_unique':
    'the whole catalogue, at the start',
  'ledgerReads.heads: SCAN ledger_heads': 'one row a town, all of them wanted',
  'ledgerReads.towns: SCAN ledger_entries USING COVERING INDEX sqlite_autoindex_ledger_entries_1':
    'only to verify the ledger, which reads all of it anyway',
  'ledgerReads.keys: SCAN ledger_keys': 'a handful, all of them wanted',
  'ledgerWrites.takeHead: SCAN ledger_keys': 'a handful, when a chain begins',
  'ledgerWrites.takeHeads: SCAN ledger_heads': 'one row a town, all of them wanted',
  'ledgerWrites.takeKey: SCAN ledger_keys': 'a handful',
  'outboxReads.attemptsSince: USE TEMP B-TREE FOR GROUP BY': 'four kinds of calls, for a look by hand or a scrape',
  'outboxReads.counts: SCAN outbox USING COVERING INDEX outbox_unsent': 'what is not delivered: it is counted',
  'outboxReads.dead: USE TEMP B-TREE FOR ORDER BY': 'what could not be delivered is rare, and looked at by hand',
  'outboxReads.nextAvailableAt: SCAN outbox USING INDEX outbox_lane': 'what is not finished: its lanes are told apart',
  'outboxReads.nextAvailableAt: USE TEMP B-TREE FOR GROUP BY': 'one row a lane that has something to send',
  'outboxReads.waiting: SCAN outbox USING INDEX outbox_lane': 'what is not finished: its lanes are told apart',
  'outboxReads.waiting: USE TEMP B-TREE FOR GROUP BY': 'one row a lane that has something to send',
  'outboxWrites.claim: SCAN outbox USING INDEX outbox_due':
    'in the order in which they are due, until there are enough',
  'paperReads.waitingSince: SCAN papers USING INDEX papers_due': 'what is still to be fetched: mostly nothing',
  'bulletinReads.issued: SCAN bulletins': 'only to verify the ledger: four a year',
  'readinessReads.allAnswers: SCAN readiness_answers': 'only to verify the ledger: some thousands a year',
  'readinessReads.lists: SCAN readiness_lists': 'a handful, all of them wanted',
  'taskReads.all: SCAN tasks': 'the tasks of a plan, a few dozen',
  'taskReads.allUpdates: SCAN task_updates': 'only to verify the ledger: some thousands a year',
  'taskReads.isEmpty: SCAN tasks': 'one row of it',
  'reportReads.all: SCAN monthly_reports': 'only to verify the ledger: 120 a year, or 1700 in a league',
  'reportReads.allVersions: SCAN report_versions USING INDEX sqlite_autoindex_report_versions_1':
    'only to verify the ledger: one or two a town and month',
  'outboxWrites.withdraw: SCAN outbox USING INDEX outbox_due':
    'what is not finished, when a group is gone or somebody leaves',
  'reportReads.ofMonth: SCAN monthly_reports': 'one row a town and month: 120 a year, or 1700 in a league',
  'sealedReads.count: SCAN applicants': 'whoever changes DATA_KEY asks what is left under the former one',
  'sealedReads.count: SCAN inbox': 'whoever changes DATA_KEY asks what is left under the former one',
  'sealedWrites.takeOthers: SCAN applicants': 'the first rows, in the order in which they lie',
  'standInReads.all: SCAN stand_ins':
    'who stood in for whom: a few hundred a year, once a morning and to verify the ledger',
  'standInReads.ofAbsent: USE TEMP B-TREE FOR ORDER BY': 'those who are away of a unit, seldom one',
  'standInReads.ofStandIns: USE TEMP B-TREE FOR ORDER BY': 'whom one person stands in for, seldom two',
  'standInReads.openOf: USE TEMP B-TREE FOR ORDER BY': 'what goes on or is to come of a few people',
  'standInReads.running: SCAN agents': 'once a working morning, for the digests',
  'statsReads.sums: USE TEMP B-TREE FOR GROUP BY': 'the counters of the period, added up by agent, item or way',
  'statsReads.sumsOfAll: USE TEMP B-TREE FOR GROUP BY': 'the counters of the period, added up by agent, item or way',
  'unitReads.all: SCAN units': 'the units of a league are some hundreds',
  'unitReads.byChats: USE TEMP B-TREE FOR ORDER BY': 'a chat has one unit, seldom two',
  'unitReads.idsByCode: SCAN units USING COVERING INDEX units_code_unique': 'all units, at the start',
  'unitReads.lineage: SCAN above': 'five levels at most',
  'unitReads.ofLevels: SCAN units': 'the units of a league are some hundreds',
  'unitReads.withAbove: SCAN above': 'the lines of a few units, five levels at most',
};

interface Run {
  readonly sql: string;
  readonly plan: readonly string[];
}

const connection = new Sqlite(':memory:');
migrateSqlite(connection);
const seen: { sql: string; params: unknown[] }[] = [];
const logger = { logQuery: (sql: string, params: unknown[]) => void seen.push({ sql, params }) };
const tx: Tx = {
  q: drizzle(connection, { logger }) as unknown as Query,
  t: schema,
  savepoint: (work) => work(),
  forUpdate: (select) => select,
  // Asked on PostgreSQL only, but the plan is worth seeing.
  hold: async (select) => void (await select()),
};

/** Every statement of one method with its plan; a statement that comes several times counts once. */
async function plansOf(of: { repository: Repository; name: string; method: string }): Promise<Run[]> {
  const calls = exercisesOf(of.name, of.method);
  const run = of.repository[of.method];
  if (!run) throw new Error(`${of.name} has no ${of.method}`);
  const statements = new Map<string, Run>();
  // Nothing refers to rows that exist, so that every method can be tried on an empty database.
  connection.pragma('foreign_keys = OFF');
  for (const call of calls) {
    seen.length = 0;
    await run(tx, ...call).catch((error: unknown) => {
      if (!String(error).includes('does not exist')) throw error;
    });
    for (const { sql, params } of seen) statements.set(sql, { sql, plan: explain(sql, params) });
  }
  return [...statements.values()];
}

function explain(sql: string, params: unknown[]): string[] {
  const rows = connection.prepare(`EXPLAIN QUERY PLAN ${sql}`).all(...params) as PlanRow[];
  const depths = new Map([[0, 0]]);
  return rows.map(({ id, parent, detail }) => {
    const depth = depths.get(parent) ?? 0;
    depths.set(id, depth + 1);
    return `${'  '.repeat(depth)}${detail}`;
  });
}

interface PlanRow {
  readonly id: number;
  readonly parent: number;
  readonly detail: string;
}

/** The statement as people read it: without quotes, and without the long lists of columns. */
function shortened(sql: string): string {
  const plain = sql.replaceAll('"', '');
  const listsCut = plain
    .replace(/^select (?:(?! from ).){60,} from /, 'select … from ')
    .replace(/^(insert into \w+) \(.*?\) values \(.*?\)(?= |$)/, '$1 (…)')
    .replace(/ returning .*$/, ' returning …');
  return listsCut.replace(/\((?:\?, )+\?\)/g, '(?, …)');
}

function goldenText(blocks: readonly { method: string; runs: readonly Run[] }[]): string {
  return blocks
    .map(({ method, runs }) => {
      const lines = runs.flatMap(({ sql, plan }) => [`  ${shortened(sql)}`, ...plan.map((line) => `      ${line}`)]);
      return [method, ...lines, ''].join('\n');
    })
    .join('\n');
}

/** What a plan does that grows with a table: whole tables read, rows sorted. */
function costsOf(plan: readonly string[]): string[] {
  return plan.map((line) => line.trim()).filter((line) => /^SCAN (?!CONSTANT|\d+-ROW VALUES)|TEMP B-TREE/.test(line));
}

describe('the plan of every query', async () => {
  const costs: string[] = [];

  it.each(files)('of %s is the golden one', async (file) => {
    const blocks: { method: string; runs: Run[] }[] = [];
    for (const [name, repository] of await repositoriesOf(file)) {
      for (const method of Object.keys(repository)) {
        const runs = await plansOf({ repository, name, method });
        expect(runs.length, `${name}.${method} runs no query`).toBeGreaterThan(0);
        blocks.push({ method: `${name}.${method}`, runs });
        for (const { plan } of runs) costs.push(...costsOf(plan).map((line) => `${name}.${method}: ${line}`));
      }
    }
    await expect(goldenText(blocks)).toMatchFileSnapshot(`plans/${file.replace('.ts', '.txt')}`);
  });

  it('scans and sorts only what may be', () => {
    expect([...new Set(costs)].sort()).toEqual(Object.keys(allowed).sort());
  });

  it('knows every repository', async () => {
    const found = await Promise.all(files.map(repositoriesOf));
    const names = found.flat().map(([name]) => name);
    expect(names.length).toBeGreaterThan(25);
    expect(names.sort()).toEqual(Object.keys(exercises).sort());
    expect(readdirSync(new URL('plans/', import.meta.url)).sort()).toEqual(
      files.map((file) => file.replace('.ts', '.txt')),
    );
  });
});
