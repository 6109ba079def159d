import { expect, it } from 'vitest';
import { isAway, isUnreachable, TransactionLost } from '../../db/errors.ts';

const coded = (code: string) => Object.assign(new Error('internals'), { code });
const wrapped = (cause: Error) => new Error('Failed query: select …', { cause });

it.each([
  coded('57P01'),
  coded('57P03'),
  coded('08006'),
  coded('ECONNRESET'),
  coded('SQLITE_IOERR_READ'),
  new Error('timeout exceeded when trying to connect'),
  new Error('Connection terminated unexpectedly'),
  new Error('Query read timeout'),
  new Error('Client has encountered a connection error and is not queryable'),
  new TransactionLost('the connection broke'),
])('a database that is away is told from a fault: %s', (error) => {
  expect([isAway(error), isAway(wrapped(error))]).toEqual([true, true]);
});

it.each([new TypeError('x is not a function'), coded('23505'), coded('42703'), 'thrown text'])(
  'a fault is none of the database being away: %s',
  (error) => {
    expect(isAway(error)).toBe(false);
  },
);

it('what the server refuses at the door counts as unreachable also inside another error', () => {
  expect([isUnreachable(coded('42501')), isUnreachable(wrapped(coded('25006')))]).toEqual([true, true]);
  expect(isUnreachable(wrapped(coded('42703')))).toBe(false);
});
