import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Database } from '../../db/database.ts';
import { createEntrance } from '../../src/entrance.ts';
import { createDeliver } from '../../src/lark/deliver.ts';
import { requestLog } from '../../src/lark/request.ts';
import { createVault } from '../../src/vault.ts';
import { emptyDatabase } from '../support/databases.ts';
import { memoryLog, messageEnvelope, NOW } from './support.ts';

let db: Database;
beforeEach(() => {
  db = emptyDatabase();
});
afterEach(() => db.close());

describe('the request id', () => {
  it('stands on every line of one delivery and differs from the next one, though they share a transaction', async () => {
    const { log, lines } = memoryLog();
    const entrance = createEntrance({
      db,
      vault: createVault(Buffer.alloc(32, 1)),
      zone: 'Asia/Shanghai',
      clock: { now: () => NOW },
      log,
      wake: () => {},
    });
    const deliver = createDeliver({ ...entrance, botOpenId: () => undefined });
    const arrival = () => ({ log: requestLog(log) });
    const messages = ['om_1', 'om_2', 'om_3'];
    await Promise.all(messages.map((message_id) => deliver(messageEnvelope({ message_id }), arrival())));
    await deliver({ header: {} }, arrival());
    const told = lines.map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(told.map((line) => line['msg'])).toEqual([
      ...messages.map(() => 'a delivery was dealt with'),
      'a delivery could not be read and is kept aside',
    ]);
    for (const line of told) expect(line['request']).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}$/);
    expect(new Set(told.map((line) => line['request'])).size).toBe(4);
  });
});
