import { sql } from 'drizzle-orm';
import pg from 'pg';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, inject, it } from 'vitest';
import type { Database, Tx } from '../../db/database.ts';
import { itemReads } from '../../db/repositories/item.ts';
import { settingReads, settingWrites } from '../../db/repositories/setting.ts';
import { unitReads } from '../../db/repositories/unit.ts';
import { FIRST_DAY } from '../../src/domain/item-version.ts';
import type { Inbound } from '../../src/lark/port.ts';
import { createPostgresDatabase, openPatiently } from '../support/databases.ts';
import { buttonOf, type Office, openOffice } from '../support/office.ts';
import { type Bouncer, openBouncer, pgbouncer } from '../support/pgbouncer.ts';

/** More processes, each with several connections, than PgBouncer has connections to the server. */
const PROCESSES = 3;
const CONNECTIONS = 2;
const REGISTRARS = ['ou_ada', 'ou_bai', 'ou_wu'];

let bouncer: Bouncer;
/** Past PgBouncer, and through it. */
let direct: string;
let through: string;
let drop: () => Promise<void>;
let processes: Database[] = [];

const missing = pgbouncer === undefined;
if (missing) process.stdout.write('PgBouncer is not installed: what holds behind it is not tested\n');

const set = (tx: Tx, key: string, value: unknown) => settingWrites.set(tx, { key, value });
const get = (db: Database, key: string) => db.read((tx) => settingReads.get(tx, key));
const openOne = () => openPatiently({ url: through, connectionsMax: 6 });

describe.skipIf(missing)('behind a stock PgBouncer in transaction mode', () => {
  beforeAll(async () => {
    bouncer = await openBouncer({ serverUrl: inject('postgresUrl'), connections: CONNECTIONS });
  });

  beforeEach(async () => {
    ({ url: direct, drop } = await createPostgresDatabase({ template: false }));
    through = bouncer.through(direct);
    processes = await Promise.all(Array.from({ length: PROCESSES }, openOne));
  });

  afterEach(async () => {
    await Promise.all(processes.splice(0).map((db) => db.close()));
    await drop();
  });

  afterAll(() => bouncer.close());

  it('several processes that start on an empty database at once migrate it once and hold nothing afterwards', async () => {
    expect(await ask(direct, 'SELECT count(*)::int AS count FROM drizzle.__drizzle_migrations')).toEqual([
      { count: 1 },
    ]);
    expect(await advisoryLocks()).toEqual([]);
  });

  it('a process that may not start holds nothing either', async () => {
    await ask(
      direct,
      "INSERT INTO drizzle.__drizzle_migrations (hash, created_at) VALUES ('of tomorrow', 99999999999999)",
    );
    await expect(openOne()).rejects.toThrow('升级程序');
    expect(await advisoryLocks()).toEqual([]);
  });

  it('writes of all processes share the few connections, and a refused savepoint undoes its own only', async () => {
    const write = (db: Database, n: number) =>
      db.write(async (tx) => {
        const refused = tx.savepoint(async () => {
          await set(tx, `refused${n}`, n);
          throw new Error('no');
        });
        await expect(refused).rejects.toThrow('no');
        await tx.savepoint(() => set(tx, `kept${n}`, n));
        return serverProcess(tx);
      });
    const writes = Array.from({ length: 60 }, (_, n) => write(at(n % PROCESSES), n));
    expect(new Set(await Promise.all(writes)).size).toBeLessThanOrEqual(CONNECTIONS);
    expect(await connectedClients()).toBeGreaterThan(CONNECTIONS);
    const rows = await at(0).read(async ({ q, t }) => q.select().from(t.settings));
    expect(rows.map((row) => row.key).sort()).toEqual(Array.from({ length: 60 }, (_, n) => `kept${n}`).sort());
  });

  it('a read keeps its snapshot while another process writes', async () => {
    await at(0).write((tx) => set(tx, 'k', 'old'));
    await at(1).read(async (tx) => {
      expect(await settingReads.get(tx, 'k')).toBe('old');
      await at(2).write((writing) => set(writing, 'k', 'new'));
      expect(await settingReads.get(tx, 'k')).toBe('old');
    });
    expect(await get(at(1), 'k')).toBe('new');
  });

  it('a transaction may not idle, and leaves that limit to nobody who has its connection next', async () => {
    const limit = sql<string>`current_setting('idle_in_transaction_session_timeout')`;
    const limitOf = async ({ q }: Tx) => (await q.select({ limit }).from(sql`(SELECT 1) AS once`))[0]?.limit;
    const used = processes.flatMap((db) => [db.write(limitOf), db.read(limitOf)]);
    expect(await Promise.all(used)).toEqual(used.map(() => '30s'));
    expect(await limitsOfConnections()).toEqual(Array.from({ length: CONNECTIONS }, () => '0'));
  });

  it('a transaction runs again when the server ends its connection', async () => {
    let runs = 0;
    await at(0).write(async (tx) => {
      await set(tx, `run${++runs}`, 1);
      if (runs === 1) await ask(direct, `SELECT pg_terminate_backend(${await serverProcess(tx)})`);
      await set(tx, 'k', runs);
    });
    expect(await Promise.all(['run1', 'run2', 'k'].map((key) => get(at(1), key)))).toEqual([undefined, 1, 2]);
  });

  it('processes that all get every delivery register each form once and send each message once', async () => {
    const offices = await Promise.all(processes.map((db) => openOffice({ db, keep: 1000 })));
    const forms = await openForms(offices);
    const deliveries = offices.flatMap((office) => forms.map((form) => office.app.receive(form)));
    const toasts = (await Promise.all(deliveries)).map((answer) => answer.toast?.content ?? '');
    const cases = await at(0).read(async ({ q, t }) => q.select().from(t.cases));
    expect(cases.map((record) => record.caseNumber).sort()).toEqual(['26-01-00001', '26-01-00002', '26-01-00003']);
    for (const { caseNumber } of cases) {
      expect(toasts.filter((text) => text.includes(caseNumber))).toHaveLength(PROCESSES);
    }
    expect((await offices[0]?.checkLedger())?.faults).toEqual([]);
    await expectSentOnce(offices);
  });
});

/** A process as far as the server and PgBouncer can tell. */
function at(index: number): Database {
  const db = processes[index];
  if (!db) throw new Error(`no process ${index}`);
  return db;
}

async function serverProcess({ q }: Tx): Promise<number | undefined> {
  const rows = await q.select({ pid: sql<number>`pid` }).from(sql`pg_backend_pid() AS pid`);
  return rows[0]?.pid;
}

const advisoryLocks = () =>
  ask(
    direct,
    "SELECT pid FROM pg_locks JOIN pg_database ON oid = database WHERE locktype = 'advisory' AND datname = current_database()",
  );

async function connectedClients(): Promise<number> {
  const database = new URL(through).pathname.slice(1);
  const clients = await ask(bouncer.through(direct).replace(database, 'pgbouncer'), 'SHOW CLIENTS');
  return clients.filter((client) => client['database'] === database).length;
}

/** What somebody else finds set on each connection to the server, all taken at the same time. */
async function limitsOfConnections(): Promise<unknown[]> {
  const clients = Array.from({ length: CONNECTIONS }, () => new pg.Client({ connectionString: through }));
  const limits: unknown[] = [];
  for (const client of clients) {
    await client.connect();
    await client.query('BEGIN');
    const shown = await client.query('SHOW idle_in_transaction_session_timeout');
    limits.push(shown.rows[0]?.idle_in_transaction_session_timeout);
  }
  await Promise.all(clients.map((client) => client.end()));
  return limits;
}

/** A filled form in a registrar's private chat, as its button is delivered: to every process the same. */
async function openForms(offices: readonly Office[]): Promise<Inbound[]> {
  const [first] = offices;
  if (!first) throw new Error('no office');
  for (const openId of REGISTRARS) {
    await first.hire({ openId, name: openId, unit: '安达社区' });
    await first.says(openId, '/登记');
  }
  await settle(offices);
  const [village] = (await first.db.read((tx) => unitReads.ofLevels(tx, ['village']))).filter(isAnda);
  const item = (await first.db.read((tx) => itemReads.active(tx, FIRST_DAY))).find((one) => one.subItem === '失业登记');
  const common = { way: 'counter', consent: true, residence: String(village?.id), item: String(item?.id) };
  const posted = offices.flatMap((office) => office.posted);
  return REGISTRARS.map((openId, n) => {
    const form = { ...common, applicantName: `张三丰${n}`, phone: `138${String(n).padStart(8, '0')}` };
    const card = posted.find((message) => message.target === openId && buttonOf(message.card, '提交登记'));
    const value = buttonOf(card?.card, '提交登记');
    const messageId = card?.messageId ?? '';
    return { kind: 'action', eventId: `ev_${openId}`, messageId, chatId: `oc_p2p_${openId}`, openId, value, form };
  });
}

const isAnda = (unit: { name: string }) => unit.name === '安达社区';

/** All processes send at once, time and again, until nothing is left. */
async function settle(offices: readonly Office[]): Promise<void> {
  for (let round = 0; round < 50; round++) {
    const next = await Promise.all(offices.map((office) => office.app.dispatcher.drain()));
    const times = next.filter((time) => time !== undefined);
    if (times.length === 0) return;
    for (const { clock } of offices) clock.advance(Math.max(1, Math.min(...times) - clock.now()));
  }
  throw new Error('the outbox does not come to rest');
}

async function expectSentOnce(offices: readonly Office[]): Promise<void> {
  await settle(offices);
  const rows = await at(0).read(async ({ q, t }) => q.select().from(t.outbox));
  expect(rows.filter((row) => row.status !== 'sent')).toEqual([]);
  const posts = rows.filter((row) => row.operation !== 'update');
  expect(posts.length).toBeGreaterThan(REGISTRARS.length);
  expect(offices.flatMap((office) => office.posted)).toHaveLength(posts.length);
}

async function ask(url: string, statement: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const { rows } = await client.query(statement);
  await client.end();
  return rows;
}
