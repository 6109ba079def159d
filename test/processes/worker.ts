/** One bot process of the multi-process tests: obeys its parent, one order at a time, and reports what it sent to whom and when. */

import { pino } from 'pino';
import type { Database } from '../../db/database.ts';
import { isBusy } from '../../db/errors.ts';
import { openPostgres } from '../../db/postgres/open.ts';
import { type App, buildApp } from '../../src/app.ts';
import { describeFault } from '../../src/fault.ts';
import type { CallbackAnswer, Inbound } from '../../src/lark/port.ts';
import { createVault } from '../../src/vault.ts';
import { noFiles } from '../support/no-files.ts';
import type { Order, Report, Sent } from './team.ts';

let now = 0;
let sent: Sent[] = [];
let count = 0;

/** Comparable between processes of one machine. */
const tick = () => performance.timeOrigin + performance.now();

async function send(uuid: string, target: string): Promise<{ messageId: string }> {
  const begun = tick();
  await new Promise((resolve) => setImmediate(resolve));
  const messageId = `om_${process.pid}_${++count}`;
  sent.push({ uuid, target, messageId, begun, ended: tick() });
  return { messageId };
}

let db: Database | undefined;
let app: App | undefined;

async function open(url: string): Promise<void> {
  await db?.close();
  // A busy machine is slow to connect, and that is no fault.
  db = await openPostgres({ url, connectionsMax: 6, connectWithinMs: 120_000 });
  app = buildApp({
    db,
    vault: createVault(Buffer.alloc(32, 7)),
    clock: { now: () => now },
    zone: 'Asia/Shanghai',
    log: pino({ level: 'silent' }),
    adminOpenIds: ['ou_admin'],
    lark: {
      post: ({ uuid, target }) => send(uuid, target),
      reply: ({ uuid, messageId }) => send(uuid, messageId),
      update: async () => {},
      ...noFiles,
    },
  });
}

async function obey(order: Order): Promise<Report> {
  now = order.now;
  sent = [];
  if (order.kind === 'open') {
    await open(order.url);
    return { answers: [], sent };
  }
  if (app === undefined) throw new Error('no database was opened');
  const opened = app;
  switch (order.kind) {
    case 'prepare':
      await opened.prepare();
      return { answers: [], sent };
    case 'receive':
      return { answers: await Promise.all(order.inbound.map((inbound) => untilSaved(opened, inbound))), sent };
    case 'drain':
      await opened.dispatcher.drain();
      return { answers: [], sent };
    case 'tick':
      await opened.scheduler.tick();
      return { answers: [], sent };
  }
}

/** People press again when they are told to, and the platform brings a message again. */
async function untilSaved(app: App, inbound: Inbound): Promise<CallbackAnswer> {
  for (;;) {
    const answer = await app.receive(inbound).catch((error: unknown) => {
      if (isBusy(error)) return undefined;
      throw error;
    });
    if (answer !== undefined && answer.toast?.content !== '现在忙，请再点一次') return answer;
  }
}

function report(message: unknown): void {
  // A parent that has given up listens no more.
  if (process.connected) process.send?.(message);
}

process.on('message', (order: Order) => {
  obey(order).then(report, (error: unknown) => report({ failed: JSON.stringify(describeFault(error)) }));
});
process.on('disconnect', () => process.exit(0));
report('ready');
