import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { eq } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Database, openSqlite, type Tx } from '../../db/client.ts';
import { createMemory, remember, tablesWritten } from '../../db/remembered.ts';
import { unitReads, unitWrites } from '../../db/repositories/unit.ts';
import { emptyDatabase } from '../support/databases.ts';

const banner = { code: '150724', level: 'banner', name: '鄂温克族自治旗', center: '政务服务中心' } as const;
const nameIn = async (tx: Tx) => (await unitReads.byId(tx, 1))?.name;
const rename = ({ q, t }: Tx, name: string) => q.update(t.units).set({ name }).where(eq(t.units.id, 1));

describe('within one transaction', () => {
  it('a row is the same until something is written to its table, by whatever statement', async () => {
    const db = await emptyDatabase();
    await db.write(async (tx) => {
      await unitWrites.addIfMissing(tx, banner);
      const [unit] = await unitReads.ofLevels(tx, ['banner']);
      const id = unit?.id ?? 0;
      const first = await unitReads.byId(tx, id);
      expect(await unitReads.byId(tx, id)).toBe(first);
      await tx.q.update(tx.t.units).set({ name: '新名' }).where(eq(tx.t.units.id, id));
      expect((await unitReads.byId(tx, id))?.name).toBe('新名');
      await tx.q.delete(tx.t.units);
      expect(await unitReads.byId(tx, id)).toBeUndefined();
      await tx.q.insert(tx.t.units).values({ ...banner, id });
      expect((await unitReads.byId(tx, id))?.name).toBe(banner.name);
    });
    await db.close();
  });
});

describe('from one transaction to the next, in a file', () => {
  let folder: string;
  let file: string;
  let db: Database;

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'daiban-'));
    file = join(folder, 'test.db');
    db = openSqlite({ file });
    await db.write((tx) => unitWrites.addIfMissing(tx, banner));
    await db.write(nameIn);
    await db.read(nameIn);
  });

  afterEach(async () => {
    await db.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it('a row is not read again', async () => {
    const known = async (tx: Tx) => tx.memory.of('units').has(1);
    expect([await db.write(known), await db.read(known)]).toEqual([true, true]);
  });

  it('readers see what was written here', async () => {
    await db.write((tx) => rename(tx, '新名'));
    expect([await db.write(nameIn), await db.read(nameIn)]).toEqual(['新名', '新名']);
  });

  it('everybody sees what another connection wrote', async () => {
    const other = new Sqlite(file);
    other.exec("update units set name = '别处改的'");
    other.close();
    expect([await db.write(nameIn), await db.read(nameIn)]).toEqual(['别处改的', '别处改的']);
  });

  it('nobody sees what was undone', async () => {
    const fails = (work: (tx: Tx) => Promise<unknown>) => expect(db.write(work)).rejects.toThrow('undone');
    const renameAndLook = async (tx: Tx) => {
      await rename(tx, '没有改成');
      expect(await nameIn(tx)).toBe('没有改成');
      throw new Error('undone');
    };
    await fails(renameAndLook);
    expect(await db.write(nameIn)).toBe(banner.name);
    await Promise.all([fails(renameAndLook), db.write(async (tx) => expect(await nameIn(tx)).toBe(banner.name))]);
    expect(await db.write(nameIn)).toBe(banner.name);
  });
});

describe('a memory', () => {
  const txWith = () => ({ memory: createMemory() }) as Tx;

  it('does not keep a failure', async () => {
    const tx = txWith();
    const ask = (read: () => Promise<string>) => remember(tx, { table: 'units', key: 1 }, read);
    await expect(ask(() => Promise.reject(new Error('disk I/O error')))).rejects.toThrow('disk');
    expect(await ask(async () => 'read')).toBe('read');
  });

  it('does not grow for ever', async () => {
    const tx = txWith();
    for (let key = 0; key < 25_000; key++) await remember(tx, { table: 'agents', key }, async () => undefined);
    expect(tx.memory.of('agents').size).toBeLessThanOrEqual(10_000);
  });
});

describe('the tables that a statement writes to', () => {
  it('are found in its text', () => {
    const cases = {
      'insert into "units" ("id") values (?) on conflict do nothing': ['units'],
      'update "agents" set "name" = ? where "agents"."id" = (select "id" from "units")': ['agents'],
      'with "old" as (select 1) delete from "chats" where "chat_id" in (select * from "old")': ['chats'],
      'select "id" from "units" for no key update': [],
      'insert into "cases" ("id") select "id" from "units"': [],
    };
    for (const [text, tables] of Object.entries(cases)) expect([text, tablesWritten(text)]).toEqual([text, tables]);
  });
});
