/**
 * One piece of the bench of files in a process of its own, so that its memory is its own: the ledger written as Excel while buttons are
 * pressed, or a list of staff taken in. Prints one line of JSON.
 */

import { monitorEventLoopDelay } from 'node:perf_hooks';
import { Readable } from 'node:stream';
import { setTimeout as pause } from 'node:timers/promises';
import { desc } from 'drizzle-orm';
import { pino } from 'pino';
import type { Card } from '../cards/card.ts';
import type { Database } from '../db/database.ts';
import { unitReads } from '../db/repositories/unit.ts';
import { openSqlite } from '../db/sqlite/open.ts';
import { type App, buildApp } from '../src/app.ts';
import type { Inbound } from '../src/lark/port.ts';
import { createVault } from '../src/vault.ts';
import { annex5 } from '../test/imports/annex5.ts';
import { buttonOf } from '../test/support/office.ts';
import { workbookOf } from '../test/support/workbooks.ts';
import { type LedgerTiming, timeLedger } from './ledger-file.ts';
import { DATA_KEY } from './prepare.ts';
import { type Cast, castOf } from './scale/cast.ts';
import { NOW } from './scale/generate.ts';
import { ZONE } from './scale/office-time.ts';

export interface Presses {
  readonly count: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly maxMs: number;
}

export interface FileRun {
  readonly ledger: LedgerTiming;
  /** Before the file was begun. */
  readonly alone: Presses;
  readonly meanwhile: Presses;
}

export interface ImportRun {
  readonly people: number;
  readonly stations: number;
  /** From the file's arrival to the card that shows what it would do, ms. */
  readonly previewMs: number;
  /** From the press to the answer that shows the result, ms. */
  readonly confirmMs: number;
  /** Of it processor time, which other programs on the machine disturb less, ms. */
  readonly confirmCpuMs: number;
  /** The longest that anything else had to wait for its turn meanwhile, ms. */
  readonly othersMs: number;
}

const ADMIN = 'ou_bench_admin';
/** As many as a banner presses in its busiest minute, twenty times over. */
const PRESSES_A_SECOND = 20;
const PRESSES_MIN = 200;
const PRESSES_MAX = 1_500;
const PEOPLE = 600;
const STATIONS = 69;

interface Bench {
  readonly app: App;
  readonly db: Database;
  readonly posted: { readonly messageId: string; readonly target: string; readonly card: Card }[];
}

async function open(file: string, list?: Buffer): Promise<Bench> {
  const db = openSqlite({ file });
  const posted: { messageId: string; target: string; card: Card }[] = [];
  let now = NOW;
  const app = buildApp({
    ...{ db, vault: createVault(DATA_KEY), zone: ZONE, clock: { now: () => now++ }, log: pino({ level: 'error' }) },
    adminOpenIds: [ADMIN],
    lark: {
      async post({ target, card }) {
        const messageId = `om_bench_${posted.length}`;
        posted.push({ messageId, target, card });
        return { messageId };
      },
      reply: async () => ({ messageId: 'om_none' }),
      update: async () => {},
      upload: async () => ({ fileKey: 'file_none' }),
      postFile: async () => ({ messageId: 'om_none' }),
      download: async () => Readable.from([list ?? Buffer.alloc(0)]),
    },
  });
  await app.prepare();
  return { app, db, posted };
}

/** Registration cards that wait, each with what is to be pressed on it. */
async function openForms({ app, db }: Bench, cast: Cast): Promise<Inbound[]> {
  const presses: Inbound[] = [];
  for (let run = 0; run < PRESSES_MIN + PRESSES_MAX; run++) {
    const { openId, chatId, form } = cast.registration(run);
    const where = { chatId, openId };
    const message = { kind: 'message' as const, eventId: `ev:form:${run}`, messageId: `om:form:${run}` };
    await app.receive({ ...message, ...where, text: '/登记', chatType: 'group', mentionsBot: true, files: [] });
    const [draft] = await db.read(async ({ q, t }) => q.select().from(t.drafts).orderBy(desc(t.drafts.id)).limit(1));
    const value = { v: 1, action: 'case.register', draftId: draft?.id };
    presses.push({
      ...{ kind: 'action', eventId: `ev:press:${run}`, messageId: `om:card:${run}` },
      ...where,
      ...{ value, form },
    });
  }
  return presses;
}

/** At a fixed rate until it is enough; times count from when a press was due. */
async function press(app: App, presses: readonly Inbound[], isEnough: (count: number) => boolean): Promise<Presses> {
  const times: Promise<number>[] = [];
  const began = performance.now();
  for (const [n, inbound] of presses.entries()) {
    if (isEnough(n)) break;
    const dueAt = began + (n * 1000) / PRESSES_A_SECOND;
    await pause(Math.max(0, dueAt - performance.now()));
    times.push(
      app.receive(inbound).then(({ toast }) => {
        if (!toast?.content.includes('登记成功')) throw new Error(JSON.stringify(toast));
        return performance.now() - dueAt;
      }),
    );
  }
  const sorted = (await Promise.all(times)).sort((a, b) => a - b);
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
  return { count: sorted.length, p50Ms: at(0.5), p99Ms: at(0.99), maxMs: sorted.at(-1) ?? 0 };
}

async function runFile(file: string): Promise<FileRun> {
  const bench = await open(file);
  const { app, db } = bench;
  const vault = createVault(DATA_KEY);
  const presses = await openForms(bench, await castOf(db, vault));
  const alone = await press(app, presses.slice(0, PRESSES_MIN), () => false);
  let made: LedgerTiming | undefined;
  const making = timeLedger({ db, vault, now: NOW, full: true }).then((timing) => {
    made = timing;
  });
  // Those of a small file go on until they are enough for a p99; the file's own time is its own.
  const pressing = press(app, presses.slice(PRESSES_MIN), (count) => made !== undefined && count >= PRESSES_MIN);
  const [meanwhile] = await Promise.all([pressing, making]);
  await db.close();
  if (!made) throw new Error('the file was not made');
  return { ledger: made, alone, meanwhile };
}

/** Annex 5 of so many people, half of each row full-time, half part-time, over the first so many stations. */
async function staffList(db: Database): Promise<Buffer> {
  const units = await db.read((tx) => unitReads.ofLevels(tx, ['town', 'village']));
  const stations = units.slice(0, STATIONS);
  if (stations.length < STATIONS) throw new Error(`only ${stations.length} stations`);
  const rows = { town: [] as (string | number | null)[][], village: [] as (string | number | null)[][] };
  for (let n = 0; n < PEOPLE; n += 2) {
    const unit = stations[(n / 2) % STATIONS];
    if (unit?.level !== 'town' && unit?.level !== 'village') continue;
    const person = (k: number) => [
      `代办${k}`,
      `139${String(k).padStart(8, '0')}`,
      '聘用',
      '民政、医保',
      '低保、老年卡',
    ];
    rows[unit.level].push([n / 2 + 1, unit.name, ...person(n), ...person(n + 1), 2]);
  }
  return workbookOf(annex5('苏木\n乡镇', rows.town), annex5('嘎查\n社区', rows.village));
}

async function runImport(file: string): Promise<ImportRun> {
  const before = openSqlite({ file });
  const list = await staffList(before);
  await before.close();
  const { app, db, posted } = await open(file, list);
  const where = { chatId: `oc_p2p_${ADMIN}`, openId: ADMIN };
  const sent = { kind: 'file' as const, key: 'file_list', name: '代办人员.xlsx' };
  let began = performance.now();
  await app.receive({
    ...{ kind: 'message', eventId: 'ev:list', messageId: 'om:list', ...where, chatType: 'p2p', text: '' },
    ...{ wordless: 'file', files: [sent], mentionsBot: true },
  });
  await app.importer.drain();
  await app.dispatcher.drain();
  const previewMs = performance.now() - began;
  const shown = posted.findLast(({ card }) => buttonOf(card, '确认导入') !== undefined);
  if (!shown) throw new Error(`no card to confirm on: ${JSON.stringify(posted.at(-1)).slice(0, 2000)}`);
  const { messageId } = shown;
  const value = buttonOf(shown.card, '确认导入');
  const delay = monitorEventLoopDelay({ resolution: 1 });
  delay.enable();
  const cpu = process.cpuUsage();
  began = performance.now();
  const answer = await app.receive({ kind: 'action', eventId: 'ev:confirm', messageId, ...where, value, form: {} });
  const confirmMs = performance.now() - began;
  const { user, system } = process.cpuUsage(cpu);
  // The delay is noted in a turn of its own.
  await pause(5);
  delay.disable();
  if (answer.toast?.content !== '已导入') throw new Error(JSON.stringify(answer.toast));
  const people = await db.read(({ q, t }) => q.$count(t.roster));
  await db.close();
  return {
    people,
    stations: STATIONS,
    previewMs,
    confirmMs,
    confirmCpuMs: (user + system) / 1000,
    othersMs: delay.max / 1e6,
  };
}

const [what = '', file = ''] = process.argv.slice(2);
console.log(JSON.stringify(await (what === 'import' ? runImport(file) : runFile(file))));
