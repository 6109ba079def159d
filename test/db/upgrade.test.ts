/** Files and databases of earlier versions of the program, brought up to date with what was in them. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import pg from 'pg';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Database, openSqlite } from '../../db/client.ts';
import { openPostgres } from '../../db/postgres.ts';
import { ensureCounters } from '../../src/services/stats/rebuild.ts';
import { createVault } from '../../src/vault.ts';
import { createPostgresDatabase, engine } from '../support/databases.ts';
import { ZONE } from '../support/office.ts';

/** An empty database as the program once left it. */
interface Old {
  exec(statements: string): Promise<void>;
  /** As this program opens it. */
  open(): Promise<Database>;
  remove(): Promise<void>;
}

interface Migration {
  readonly tag: string;
  readonly when: number;
  readonly sql: string;
}

function migrationsBefore(of: 'sqlite' | 'postgres', index: number): Migration[] {
  const folder = new URL(`../../db/migrations/${of}/`, import.meta.url);
  const journal = JSON.parse(readFileSync(new URL('meta/_journal.json', folder), 'utf8')) as {
    entries: { idx: number; when: number; tag: string }[];
  };
  const earlier = journal.entries.filter(({ idx }) => idx < index);
  return earlier.map(({ tag, when }) => ({ tag, when, sql: readFileSync(new URL(`${tag}.sql`, folder), 'utf8') }));
}

function oldSqlite(index: number): Old {
  const place = mkdtempSync(join(tmpdir(), 'daiban-upgrade-'));
  const file = join(place, 'daiban.db');
  const connection = new Sqlite(file);
  connection.exec('create table __drizzle_migrations (id integer primary key, hash text not null, created_at numeric)');
  for (const { tag, when, sql } of migrationsBefore('sqlite', index)) {
    connection.exec(sql);
    connection.prepare('insert into __drizzle_migrations (hash, created_at) values (?, ?)').run(tag, when);
  }
  return {
    exec: async (statements) => void connection.exec(statements),
    async open() {
      connection.close();
      return openSqlite({ file });
    },
    remove: async () => rmSync(place, { recursive: true }),
  };
}

async function oldPostgres(index: number): Promise<Old> {
  const { url, drop } = await createPostgresDatabase({ template: false });
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query('create schema drizzle');
  await client.query('create table drizzle.__drizzle_migrations (id serial, hash text not null, created_at bigint)');
  for (const { tag, when, sql } of migrationsBefore('postgres', index)) {
    await client.query(sql);
    await client.query('insert into drizzle.__drizzle_migrations (hash, created_at) values ($1, $2)', [tag, when]);
  }
  return {
    exec: async (statements) => void (await client.query(statements)),
    async open() {
      await client.end();
      return openPostgres({ url, connectionsMax: 2 });
    },
    remove: drop,
  };
}

const opened: (() => Promise<void>)[] = [];

afterEach(async () => {
  for (const undo of opened.splice(0).reverse()) await undo();
});

/** @param index of the first migration that the database has not seen. */
async function oldDatabase(index: number): Promise<Old> {
  const old = await (engine === 'postgres' ? oldPostgres(index) : oldSqlite(index));
  opened.push(old.remove);
  return old;
}

async function bringUpToDate(old: Old): Promise<Database> {
  const db = await old.open();
  opened.push(() => db.close());
  return db;
}

const banner = `insert into units (code, level, name, center) values ('banner', 'banner', '旗', '旗中心')`;

it('before the shorter hashes: who was looked up by the longer ones is found by the shorter', async () => {
  const whole = 'sL-CDTe08kKmpNMzdLIpPMFw-QDaB2iCcC8cB81Enlc';
  const old = await oldDatabase(8);
  await old.exec(
    `insert into applicants (key_version, name_sealed, phone_sealed, name_hash, phone_hash, phone_tail_hash, id_number_hash,
       town_id, registering_unit_id, registrar_id, holder_unit_id)
     values (1, 'n', 'p', '${whole}', '${whole}', '${whole}', null, 1, 1, 1, 1),
       (1, 'n', 'p', null, null, null, '${whole}', 1, 1, 1, 1)`,
  );
  const db = await bringUpToDate(old);
  const rows = await db.read(async ({ q, t }) => q.select().from(t.applicants).orderBy(t.applicants.id));
  const hash = createVault(Buffer.alloc(32, 7)).hash('phone', '13812341234');
  expect(rows).toMatchObject([
    { nameHash: hash, phoneHash: hash, phoneTailHash: hash, idNumberHash: null },
    { nameHash: null, phoneHash: null, phoneTailHash: null, idNumberHash: hash },
  ]);
});

it('before the finer counters: they are made from the ledger', async () => {
  const old = await oldDatabase(2);
  await old.exec(banner);
  await old.exec(`insert into stat_counters (unit_id, day, dimension, registered) values (1, '2026-11-23', 'all', 3)`);
  const db = await bringUpToDate(old);
  await db.write((tx) => ensureCounters({ tx, zone: ZONE }));
  const kept = await db.read(async ({ q, t }) => ({
    units: await q.select().from(t.units),
    counters: await q.select().from(t.statCounters),
    settings: await q.select().from(t.settings),
  }));
  expect(kept).toMatchObject({ units: [{ name: '旗' }], counters: [], settings: [{ key: 'counters', value: 3 }] });
});

describe('before an applicant’s row told who may see the case', () => {
  let old: Old;

  beforeEach(async () => {
    old = await oldDatabase(6);
    for (const code of ['a', 'b', 'c', 'd'])
      await old.exec(`insert into units (code, level, name, center) values ('${code}', 'town', '镇', '中心')`);
    await old.exec(
      `insert into service_items (code, department, main_item, sub_item, item_type, levels, assist_type, materials)
       values ('x', 'x', 'x', 'x', 'x', '[]', 'local', '[]')`,
    );
    for (const openId of ['ou_1', 'ou_2'])
      await old.exec(
        `insert into agents (open_id, name, unit_id, role, employment, status, applied_at)
         values ('${openId}', '甲', 1, 'agent', 'fullTime', 'active', 0)`,
      );
  });

  it('the row is filled from the case', async () => {
    for (let id = 1; id <= 3; id++)
      await old.exec(
        `insert into applicants (key_version, name_sealed, phone_sealed, name_hash) values (1, 'n${id}', 'p', 'h')`,
      );
    // Applicants and cases are not numbered alike.
    for (const [number, applicant, town, unit, registrar, holder] of [
      ['26-01-00001', 2, 1, 2, 1, 3],
      ['26-01-00002', 3, 2, 3, 2, 4],
      ['26-01-00003', 1, 4, 4, 1, 4],
    ])
      await old.exec(
        `insert into cases (case_number, state, version, applicant_id, item_id, assist_type, way, town_id,
           residence_unit_id, registering_unit_id, registrar_id, holder_unit_id, origin_target, registered_at,
           registered_day, promised_days)
         values ('${number}', 'forwarded', 1, ${applicant}, 1, 'local', 'counter', ${town}, 1, ${unit}, ${registrar},
           ${holder}, 'oc_1', 1, '2026-11-23', 5)`,
      );
    const db = await bringUpToDate(old);
    const rows = await db.read(async ({ q, t }) => q.select().from(t.applicants).orderBy(t.applicants.id));
    expect(rows).toMatchObject([
      { nameSealed: 'n1', nameHash: 'h', townId: 4, registeringUnitId: 4, registrarId: 1, holderUnitId: 4 },
      { nameSealed: 'n2', nameHash: 'h', townId: 1, registeringUnitId: 2, registrarId: 1, holderUnitId: 3 },
      { nameSealed: 'n3', nameHash: 'h', townId: 2, registeringUnitId: 3, registrarId: 2, holderUnitId: 4 },
    ]);
  });
});
