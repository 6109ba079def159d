/** What `doctor` says of the events that came and of those that did not. */
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Database } from '../../db/database.ts';
import { inboxWrites } from '../../db/repositories/inbox.ts';
import { eventFindings } from '../../src/cli/doctor-connection.ts';
import { changeConnectionState } from '../../src/services/connection/state.ts';
import { emptyDatabase } from '../support/databases.ts';
import { at, ZONE } from '../support/office.ts';

let db: Database;
beforeEach(() => {
  db = emptyDatabase();
});
afterEach(() => db.close());

const MONDAY = at('2026-11-23T10:00');

async function said(now: number): Promise<string[]> {
  const found = await db.read((tx) => eventFindings({ tx, now, zone: ZONE }));
  return found.map(({ level, text }) => `${level} ${text}`);
}

type Change = Parameters<typeof changeConnectionState>[1];
const note = (change: Change) => db.write((tx) => changeConnectionState({ tx, now: MONDAY }, change));
const comes = (receivedAt: number) =>
  db.write((tx) => inboxWrites.claim(tx, { key: 'message:om_1', kind: 'message', receivedAt, status: 'done' }));

it('says nothing before a program has run, and when something came last after that', async () => {
  expect(await said(MONDAY)).toEqual([]);
  await comes(MONDAY);
  await note({});
  expect(await said(MONDAY + 300_000)).toEqual(['ok 事件：最近一次在5 分钟前']);
  await note({ checkedAt: MONDAY + 60_000 });
  expect(await said(MONDAY + 300_000)).toEqual(['ok 事件：最近一次在5 分钟前，私聊在4 分钟前核对过']);
});

it.each([
  ['2026-11-23T11:59', 'ok'],
  ['2026-11-23T14:30', 'note'],
  ['2026-11-23T20:00', 'ok'],
  ['2026-11-28T15:00', 'ok'],
])('at %s, after nothing since ten on Monday: %s', async (time, level) => {
  await comes(MONDAY);
  await note({});
  const [line = ''] = await said(at(time));
  expect(line.startsWith(level)).toBe(true);
  expect(line.includes('没有动静')).toBe(level === 'note');
});

it('names messages that never came as a fault for a day, and a gap that is still to be looked through', async () => {
  await comes(MONDAY);
  await note({ missed: { at: MONDAY, messages: 2 }, checkedAt: MONDAY, owed: { since: 1, until: 2 } });
  expect(await said(MONDAY)).toEqual([
    expect.stringMatching(/^fault .*刚才查到有 2 条飞书没有推过来.*重置 App Secret/),
  ]);
  await note({ checkedAt: MONDAY + 82_800_000 });
  expect(await said(MONDAY + 86_399_999)).toEqual([expect.stringMatching(/^fault .*23 小时前查到有 2 条/)]);
  expect(await said(MONDAY + 86_400_000)).toEqual([expect.stringMatching(/^note .*还没有补完/)]);
  await note({ owed: null, missed: null, deniedAt: MONDAY });
  expect(await said(MONDAY)).toEqual([expect.stringMatching(/^fault .*读不了私聊.*开通 im:message:readonly/)]);
});
