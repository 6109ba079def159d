import Sqlite from 'better-sqlite3';
import { expect, it } from 'vitest';
import { keepStatements } from '../../db/statements.ts';

it('gives the same statement again, as good as new', () => {
  const connection = new Sqlite(':memory:');
  keepStatements(connection);
  const first = connection.prepare('select 1 as one');
  expect(first.raw().all()).toEqual([[1]]);
  const second = connection.prepare('select 1 as one');
  expect(second).toBe(first);
  expect(second.all()).toEqual([{ one: 1 }]);
  connection.close();
});
