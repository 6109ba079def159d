/** Sends generated requests to the real router, over HTTP, and looks at what they have left behind. */
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import fc from 'fast-check';
import { pino } from 'pino';
import { closeServer, createHttpApp, listen } from '../../src/http/server.ts';
import { webhookRouter } from '../../src/lark/webhook.ts';
import { APP_ID, BOT, ENCRYPT_KEY, VERIFICATION_TOKEN } from '../lark/support.ts';
import { CLERK, openScene, type Scene, TOWN, VILLAGE } from '../support/scene.ts';
import { createStallMeter } from '../support/stalls.ts';
import { type Button, type Knock, knock, plan } from './deliveries.ts';
import { entriesWithoutRight } from './rights.ts';

export interface Figures {
  readonly cases: number;
  readonly byStatus: Readonly<Record<string, number>>;
  /** How the entrance ended what came through, by kind and status. */
  readonly dealt: Readonly<Record<string, number>>;
  readonly steps: Readonly<Record<string, number>>;
  readonly ledgerEntries: number;
  readonly chainFaults: number;
  readonly withoutRight: readonly string[];
  readonly serverErrors: readonly string[];
  readonly unhandled: readonly string[];
  /** Bytes of heap and buffers after a collection, at a tenth and at the end. */
  readonly heapAtTenth: number;
  readonly heapAtEnd: number;
  /** The longest standstill of the event loop while requests were dealt with, in processor time. */
  readonly worstStallMs: number;
  readonly casesPerSecond: number;
}

const BATCH = 100;
const SIDE_BY_SIDE = 8;
const MESSAGES_KEPT = 300;
const REST_ATTEMPTS = 8;
const APP_WINDOW_MS = 2_000;

export async function fuzz(of: { cases: number; seed: number }): Promise<Figures> {
  const scene = await openScene({ now: '2026-11-23T10:00', keep: MESSAGES_KEPT });
  const unhandled: string[] = [];
  const note = (reason: unknown) => void unhandled.push(String(reason));
  process.on('unhandledRejection', note);
  const log = pino({ level: 'silent' });
  const app = { appId: APP_ID, encryptKey: ENCRYPT_KEY, verificationToken: VERIFICATION_TOKEN, botOpenId: () => BOT };
  const { receive, keepUnreadable, passOver, metrics } = scene.app;
  const entrance = { receive, keepUnreadable, passOver, onRefused: metrics.webhookRefused };
  const router = webhookRouter({ ...app, ...entrance, clock: scene.clock, log });
  const at = { host: '127.0.0.1', port: 0 };
  const { server, url } = await listen(createHttpApp().use(router), at);
  const byStatus: Record<string, number> = {};
  const serverErrors: string[] = [];
  const stalls = createStallMeter();
  const collect = collector();
  let heapAtTenth = 0;
  const began = performance.now();
  try {
    const registration = scene.registration();
    for (let done = 0; done < of.cases; done += BATCH) {
      // What came before may have dissolved the group.
      await scene.bindGroup(VILLAGE, '安达社区');
      await scene.register();
      // So that what comes behind 接收 lies in reach of every other batch.
      if (done % (2 * BATCH) === 0) await scene.does(CLERK, { target: TOWN, label: '接收' });
      const plans = fc.sample(plan, { numRuns: Math.min(BATCH, of.cases - done), seed: of.seed + done });
      for (let at = 0; at < plans.length; at += SIDE_BY_SIDE) {
        scene.clock.advance(5_000);
        const buttons = buttonsOf(scene);
        const requests = plans
          .slice(at, at + SIDE_BY_SIDE)
          .map((one, index) => ({ now: scene.clock.now(), count: done + at + index, buttons, registration, one }))
          .map(({ one, ...seen }) => knock(one, seen));
        const sendAll = async (request: Knock, index: number) => {
          for (let time = 0; time < (request.replayed ? 2 : 1); time++) {
            const status = await send(`${url}/lark/events`, request);
            byStatus[status] = (byStatus[status] ?? 0) + 1;
            if (status >= 500) serverErrors.push(`seed ${of.seed + done}, case ${at + index}: ${status}`);
          }
        };
        await stalls.during(() => Promise.all(requests.map(sendAll)));
      }
      await rest(scene);
      if (heapAtTenth === 0 && done + BATCH >= of.cases / 10) heapAtTenth = collect();
    }
    const tookSeconds = (performance.now() - began) / 1000;
    return {
      ...{ cases: of.cases, byStatus, serverErrors, unhandled, heapAtTenth, heapAtEnd: collect() },
      ...{ worstStallMs: Math.round(stalls.worstMs), ...(await leftBehind(scene)) },
      casesPerSecond: Math.round(of.cases / tookSeconds),
    };
  } finally {
    process.off('unhandledRejection', note);
    await closeServer(server, 0);
    await scene.close();
  }
}

/** A burst may need more rounds than a story does; what still waits after all of them is named. */
async function rest(scene: Scene): Promise<void> {
  for (let attempt = 0; attempt < REST_ATTEMPTS; attempt++) {
    try {
      await scene.settle();
      return;
    } catch {
      // Looked at again below. At the app's limit nothing more goes out until its second has passed.
      scene.clock.advance(APP_WINDOW_MS);
    }
  }
  const rows = await scene.db.read(async ({ q, t }) => q.select().from(t.outbox));
  const unsent = rows.filter(({ status }) => status === 'waiting' || status === 'sending');
  const words = unsent.map((row) => `${row.operation} ${row.lane} attempts ${row.attempts}: ${row.error}`);
  throw new Error(['the outbox does not come to rest', ...words.slice(0, 10)].join('\n'));
}

async function leftBehind(scene: Scene) {
  const check = await scene.checkLedger();
  const steps: Record<string, number> = {};
  for (const { kind } of await scene.entries()) steps[kind] = (steps[kind] ?? 0) + 1;
  const dealt: Record<string, number> = {};
  for (const line of (await scene.app.metrics.text()).split('\n')) {
    const [, kind, status, n] = /^daiban_events_total\{kind="(\w+)",status="(\w+)"\} (\d+)/.exec(line) ?? [];
    if (kind !== undefined) dealt[`${kind} ${status}`] = Number(n);
  }
  return {
    ...{ steps, dealt, ledgerEntries: check.entries, chainFaults: check.faults.length },
    withoutRight: await scene.db.read(entriesWithoutRight),
  };
}

async function send(url: string, request: ReturnType<typeof knock>): Promise<number> {
  const { method, headers, body } = request;
  const withBody = method === 'GET' ? { method, headers } : { method, headers, body: new Uint8Array(body) };
  const response = await fetch(url, withBody);
  await response.arrayBuffer();
  return response.status;
}

/** Everything on the remembered cards that can be pressed. */
function buttonsOf(scene: Scene): Button[] {
  return scene.posted
    .slice(-60)
    .flatMap(({ card, target, messageId }) =>
      valuesIn(card).map((value) => ({ value, messageId, target: target.startsWith('oc_') ? target : '' })),
    );
}

function valuesIn(node: unknown): unknown[] {
  if (Array.isArray(node)) return node.flatMap(valuesIn);
  if (typeof node !== 'object' || node === null) return [];
  const { type, value } = node as { type?: unknown; value?: unknown };
  if (type === 'callback' && value !== undefined) return [value];
  return Object.values(node).flatMap(valuesIn);
}

/** A function that collects garbage and tells the bytes in use then, those of buffers included. The database lies beside both. */
function collector(): () => number {
  setFlagsFromString('--expose_gc');
  const gc = runInNewContext('gc') as () => void;
  return () => {
    gc();
    gc();
    const { heapUsed, external } = process.memoryUsage();
    return heapUsed + external;
  };
}
