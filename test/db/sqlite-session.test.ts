import Sqlite from 'better-sqlite3';
import { count, eq, sql } from 'drizzle-orm';
import { drizzle } from 'drizzle-orm/better-sqlite3';
import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createMemory } from '../../db/remembered.ts';
import { queriesOn } from '../../db/sqlite-session.ts';
import { keepStatements } from '../../db/statements.ts';

const people = sqliteTable('people', {
  id: integer('id').primaryKey(),
  name: text('name').notNull(),
  active: integer('active', { mode: 'boolean' }),
  tags: text('tags', { mode: 'json' }).$type<string[]>(),
  townId: integer('town_id'),
});
const towns = sqliteTable('towns', { id: integer('id').primaryKey(), name: text('name').notNull() });

let connection: Sqlite.Database;

beforeEach(() => {
  connection = new Sqlite(':memory:');
  connection.exec(
    `create table people (id integer primary key, name text not null, active integer, tags text, town_id integer);
     create table towns (id integer primary key, name text not null);
     insert into towns values (1, '白音镇');
     insert into people values (1, '张三', 1, '["老"]', 1), (2, '李四', 0, null, 1), (3, '王五', null, '[]', null);`,
  );
  keepStatements(connection);
});

afterEach(() => {
  connection.close();
});

describe('a query', () => {
  it('gives what drizzle’s own driver gives', async () => {
    const ours = queriesOn(connection, createMemory());
    const theirs = drizzle(connection);
    expect(await ours.select().from(people)).toEqual(theirs.select().from(people).all());
    const line = { person: people.name, town: towns.name, big: sql<string>`${people.id} * 10`.mapWith(String) };
    const joined = ours.select(line).from(people).innerJoin(towns, eq(towns.id, people.townId));
    expect(await joined).toEqual([
      { person: '张三', town: '白音镇', big: '10' },
      { person: '李四', town: '白音镇', big: '20' },
    ]);
    const named = ours
      .select({ n: count().as('n'), active: people.active })
      .from(people)
      .groupBy(people.active)
      .orderBy(people.active);
    expect(await named).toEqual([
      { n: 1, active: null },
      { n: 1, active: false },
      { n: 1, active: true },
    ]);
    expect(await ours.select().from(people).where(eq(people.id, 9))).toEqual([]);
  });

  it('binds its placeholders, each written as its column says', async () => {
    const ours = queriesOn(connection, createMemory());
    const { placeholder } = sql;
    const insert = ours
      .insert(people)
      .values({ id: placeholder('id'), name: placeholder('name'), active: placeholder('active'), tags: ['新'] })
      .returning()
      .prepare();
    const added = { id: 4, name: '赵六', active: false, tags: ['新'], townId: null };
    expect(await insert.execute({ id: 4, name: '赵六', active: false })).toEqual([added]);
    const byId = ours
      .select()
      .from(people)
      .where(eq(people.id, placeholder('id')))
      .prepare();
    expect(await byId.execute({ id: 4 })).toEqual([added]);
    expect(await byId.get({ id: 4 })).toEqual(added);
    expect(await byId.values({ id: 4 })).toEqual([[4, '赵六', 0, '["新"]', null]]);
  });

  it('gives what an insert has put into the table', async () => {
    const ours = queriesOn(connection, createMemory());
    const stored = async (id: number | undefined) =>
      (
        await ours
          .select()
          .from(people)
          .where(eq(people.id, id ?? 0))
      )[0];
    const full = { name: '赵六', active: true, tags: ['新'], townId: 1 };
    const insert = (row: typeof people.$inferInsert) => ours.insert(people).values(row);
    for (const row of [full, { name: '钱七' }, { ...full, id: 77, townId: null }]) {
      const [added] = await insert(row).returning();
      expect(added).toEqual({ active: null, tags: null, townId: null, ...row, id: expect.any(Number) });
      expect(added).toEqual(await stored(added?.id));
    }
    expect(await insert(full).returning({ id: people.id, town: people.townId })).toEqual([{ id: 78, town: 1 }]);
    expect(await insert(full).returning({ length: sql`length(name)`.mapWith(Number) })).toEqual([{ length: 2 }]);
    expect(await insert({ name: '孙八', townId: sql`40 + 2` as unknown as number }).returning()).toMatchObject([
      { name: '孙八', townId: 42 },
    ]);
    const joined = sql`${'孙'} || ${'八'}` as unknown as string;
    const computed = insert({ name: joined, townId: 7 }).returning({ id: people.id, town: people.townId });
    expect(await computed).toEqual([{ id: expect.any(Number), town: 7 }]);
    const two = ours.insert(people).values([{ name: '甲' }, { name: '乙' }]);
    expect(await two.returning({ name: people.name })).toEqual([{ name: '甲' }, { name: '乙' }]);
  });

  it('gives what an insert has done about a row that is there', async () => {
    const ours = queriesOn(connection, createMemory());
    const insert = (id: number) => ours.insert(people).values({ id, name: '新', active: false });
    const unless = (id: number) => insert(id).onConflictDoNothing({ target: people.id }).returning({ id: people.id });
    expect([await unless(1), await unless(9), await unless(9)]).toEqual([[], [{ id: 9 }], []]);
    const changed = insert(1).onConflictDoUpdate({ target: people.id, set: { name: '改了' } });
    expect(await changed.returning()).toEqual([{ id: 1, name: '改了', active: true, tags: ['老'], townId: 1 }]);
  });

  it('does not ask back what it knows', async () => {
    const asked: string[] = [];
    const watched = new Sqlite(connection.serialize(), { verbose: (text) => asked.push(String(text)) });
    await queriesOn(watched, createMemory()).insert(people).values({ name: '赵六', active: true }).returning();
    expect(asked).toEqual([expect.not.stringContaining('returning')]);
    watched.close();
  });

  it('refuses to run without a value, and rejects with SQLite’s own error', async () => {
    const ours = queriesOn(connection, createMemory());
    const byId = ours
      .select()
      .from(people)
      .where(eq(people.id, sql.placeholder('id')))
      .prepare();
    await expect(byId.execute({ other: 1 })).rejects.toThrow('no value for placeholder "id"');
    const twice = Promise.resolve(ours.insert(people).values({ id: 1, name: '甲', active: true }));
    await expect(twice).rejects.toMatchObject({ code: 'SQLITE_CONSTRAINT_PRIMARYKEY' });
    expect(await byId.execute({ id: 1 })).toHaveLength(1);
  });

  it('takes rows as objects where it names no columns, whatever the statement served before', async () => {
    const ours = queriesOn(connection, createMemory());
    const sameText = sql`select "id", "name" from "towns"`;
    expect(await ours.select().from(towns)).toEqual([{ id: 1, name: '白音镇' }]);
    expect(await ours.all(sameText)).toEqual([{ id: 1, name: '白音镇' }]);
    expect(await ours.values(sameText)).toEqual([[1, '白音镇']]);
    expect(await ours.select().from(towns)).toEqual([{ id: 1, name: '白音镇' }]);
    expect(await ours.run(sql`update towns set name = '东镇'`)).toMatchObject({ changes: 1 });
  });

  it('refuses rows within rows, and transactions that are not the lane’s', async () => {
    const ours = queriesOn(connection, createMemory());
    const nested = ours.select().from(people).innerJoin(towns, eq(towns.id, people.townId));
    await expect(Promise.resolve(nested)).rejects.toThrow('select people.id under a name of its own');
    expect(() => ours.transaction(async () => {})).toThrow('Database.write');
  });
});
