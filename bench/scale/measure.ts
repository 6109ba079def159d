/**
 * How long the questions of a working day take on a database of invented years, through the real program: a message or a
 * pressed button comes in, its answer lies in the outbox when the clock stops. One at a time; nothing is sent.
 */
import { statSync } from 'node:fs';
import { desc } from 'drizzle-orm';
import { pino } from 'pino';
import type { Database } from '../../db/database.ts';
import { openSqlite } from '../../db/sqlite/open.ts';
import { type App, buildApp } from '../../src/app.ts';
import type { Inbound } from '../../src/lark/port.ts';
import { openContent } from '../../src/services/message/content.ts';
import { createVault, type Vault } from '../../src/vault.ts';
import { DATA_KEY } from '../prepare.ts';
import { countWithoutCounters } from './brute-force.ts';
import { type Cast, castOf, type Question } from './cast.ts';
import { NOW } from './generate.ts';
import { ZONE } from './office-time.ts';

export interface Timed {
  readonly name: string;
  readonly medianMs: number;
  readonly p99Ms: number;
  /** Processor time of the process, which other programs on the machine disturb less. */
  readonly medianCpuMs: number;
  readonly p99CpuMs: number;
  /** Cases that the answers list, median; undefined for other answers. */
  readonly listed?: number | undefined;
}

export interface Measurement {
  readonly cases: number;
  readonly databaseMb: number;
  readonly timed: readonly Timed[];
  /** `/统计 今年` of the whole, from the rows of the cases instead of the counters. */
  readonly withoutCountersMs: number;
  readonly residentMb: number;
}

const WARM_UP = 300;
const RUNS = 300;
const BRUTE_RUNS = 5;

export async function measure(file: string): Promise<Measurement> {
  const db = openSqlite({ file });
  const vault = createVault(DATA_KEY);
  let now = NOW;
  const nothing = async () => ({ messageId: 'om_none' });
  const app = buildApp({
    ...{ db, vault, zone: ZONE, clock: { now: () => now++ }, log: pino({ level: 'error' }) },
    adminOpenIds: ['ou_bench_admin'],
    lark: {
      ...{ post: nothing, reply: nothing, update: async () => {} },
      ...{ upload: async () => ({ fileKey: 'file_none' }), postFile: nothing },
      download: () => Promise.reject(new Error('never called')),
    },
  });
  await app.prepare();
  const cast = await castOf(db, vault);
  const timed: Timed[] = [];
  for (const question of cast.questions) timed.push(await time({ app, db, vault, question }));
  timed.push(await timeRegistration({ app, db, cast }));
  const brute = [];
  for (let run = 0; run < BRUTE_RUNS; run++) {
    const began = performance.now();
    await db.read((tx) => countWithoutCounters(tx, '2026-01-01'));
    brute.push(performance.now() - began);
  }
  const cases = await db.read(({ q, t }) => q.$count(t.cases));
  await db.close();
  return {
    cases,
    databaseMb: statSync(file).size / 1e6,
    timed,
    withoutCountersMs: quantile(brute, 0.5),
    residentMb: process.memoryUsage.rss() / 1e6,
  };
}

async function time(scene: { app: App; db: Database; vault: Vault; question: Question }): Promise<Timed> {
  const { question, app, db, vault } = scene;
  const ask = (run: number): Inbound => {
    const { openId, text } = question.ask(run);
    const id = `${question.name}:${run}`;
    return {
      ...{ kind: 'message', eventId: `ev:${id}`, messageId: `om:${id}`, chatId: `oc_p2p_${openId}`, chatType: 'p2p' },
      ...{ openId, text, mentionsBot: true, files: [] },
    };
  };
  const listed = [];
  for (let run = 0; run < WARM_UP; run++) {
    await app.receive(ask(run));
    listed.push(await listedIn({ db, vault }, question));
  }
  const runs = [];
  for (let run = WARM_UP; run < WARM_UP + RUNS; run++) runs.push(await clocked(() => app.receive(ask(run))));
  return { ...summary(question.name, runs), listed: quantile(listed, 0.5) || undefined };
}

/** How many cases the last answer lists. A question that is answered with a refusal is no measurement. */
async function listedIn({ db, vault }: { db: Database; vault: Vault }, question: Question): Promise<number> {
  const [last] = await db.read(async ({ q, t }) => q.select().from(t.outbox).orderBy(desc(t.outbox.id)).limit(1));
  const words = JSON.stringify(last && openContent(vault, last)) ?? '';
  if (!question.answer.test(words)) throw new Error(`${question.name}: ${words.slice(0, 500)}`);
  return words.split('"case.open"').length - 1;
}

/** Only the pressing of 提交登记 counts; the card it stands on is asked for before. */
async function timeRegistration(scene: { app: App; db: Database; cast: Cast }): Promise<Timed> {
  const runs = [];
  for (let run = 0; run < WARM_UP + RUNS; run++) {
    const { openId, chatId, form } = scene.cast.registration(run);
    const id = `register:${run}`;
    const where = { chatId, openId };
    const card = { kind: 'message' as const, eventId: `ev:${id}`, messageId: `om:${id}`, text: '/登记' };
    await scene.app.receive({ ...card, ...where, chatType: 'group', mentionsBot: true, files: [] });
    const draftId = await newestDraft(scene.db);
    const press = { kind: 'action' as const, eventId: `ev:press:${run}`, messageId: `om:card:${run}` };
    const value = { v: 1, action: 'case.register', draftId };
    const pressed = await clocked(() => scene.app.receive({ ...press, ...where, value, form }));
    if (!pressed.result.toast?.content.includes('登记成功')) throw new Error(JSON.stringify(pressed.result.toast));
    if (run >= WARM_UP) runs.push(pressed);
  }
  return summary('提交登记', runs);
}

async function newestDraft(db: Database): Promise<number> {
  const [draft] = await db.read(async ({ q, t }) => q.select().from(t.drafts).orderBy(desc(t.drafts.id)).limit(1));
  if (!draft) throw new Error('no registration card was opened');
  return draft.id;
}

interface Clocked<Result> {
  readonly result: Result;
  readonly ms: number;
  readonly cpuMs: number;
}

async function clocked<Result>(work: () => Promise<Result>): Promise<Clocked<Result>> {
  const cpu = process.cpuUsage();
  const began = performance.now();
  const result = await work();
  const ms = performance.now() - began;
  const { user, system } = process.cpuUsage(cpu);
  return { result, ms, cpuMs: (user + system) / 1000 };
}

function summary(name: string, runs: readonly Clocked<unknown>[]): Timed {
  const [ms, cpu] = [runs.map((run) => run.ms), runs.map((run) => run.cpuMs)];
  const of = (values: number[]) => [quantile(values, 0.5), quantile(values, 0.99)] as const;
  const [medianMs, p99Ms] = of(ms);
  const [medianCpuMs, p99CpuMs] = of(cpu);
  return { name, medianMs, p99Ms, medianCpuMs, p99CpuMs };
}

function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
}
