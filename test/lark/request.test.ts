import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Database } from '../../db/client.ts';
import { inRequest, requestId } from '../../src/lark/request.ts';
import { createLog } from '../../src/log.ts';
import { emptyDatabase } from '../support/office.ts';

let db: Database;
beforeEach(() => {
  db = emptyDatabase();
});
afterEach(() => db.close());

describe('the request id', () => {
  it('stands on every line of one delivery, and on none outside', async () => {
    const lines: Record<string, unknown>[] = [];
    const log = createLog('info', { write: (line: string) => void lines.push(JSON.parse(line)) });
    log.info('before');
    await inRequest(async () => {
      log.info('one');
      await new Promise(setImmediate);
      log.child({ component: 'x' }).warn('two');
    });
    const ids = lines.map((line) => line['request']);
    expect(ids).toEqual([undefined, expect.stringMatching(/^[0-9a-f]{12}$/), ids[1]]);
  });

  it('stays with its own work though deliveries share a transaction', async () => {
    const seen = await Promise.all(
      [1, 2, 3].map(() => inRequest(async () => [requestId(), await db.write(async () => requestId())])),
    );
    for (const [outside, inside] of seen) expect(inside).toBe(outside);
    expect(new Set(seen.flat()).size).toBe(3);
  });
});
