import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { encodeAction } from '../../cards/action-values.ts';
import type { Database } from '../../db/database.ts';
import { itemReads } from '../../db/repositories/item.ts';
import { statsReads } from '../../db/repositories/stats.ts';
import { unitReads } from '../../db/repositories/unit.ts';
import type { Ctx } from '../../src/ctx.ts';
import { FIRST_DAY } from '../../src/domain/item-version.ts';
import type { CallbackAnswer, Inbound } from '../../src/lark/port.ts';
import { enrolAgent } from '../../src/services/agent/enrol.ts';
import { sealDraft } from '../../src/services/draft/content.ts';
import { verifyLedger } from '../../src/services/ledger/verify.ts';
import { openContent } from '../../src/services/message/content.ts';
import { setUnitChat } from '../../src/services/unit/bind.ts';
import { createVault } from '../../src/vault.ts';
import { createPostgresDatabase, openPatiently } from '../support/databases.ts';
import { at, ZONE } from '../support/office.ts';
import { type Sent, startTeam, type Team } from './team.ts';

const vault = createVault(Buffer.alloc(32, 7));

const SIZE = 3;
const CASES = 24;
const NOON = at('2026-11-23T12:00');
const TOWNS = ['巴彦托海镇', '大雁镇'];

let db: Database;
let drop: () => Promise<void>;
let team: Team;
let events = 0;

beforeAll(async () => {
  team = await startTeam({ size: SIZE });
});
afterAll(() => team.stop());

beforeEach(async () => {
  const created = await createPostgresDatabase();
  drop = created.drop;
  db = await openPatiently({ url: created.url, connectionsMax: 3 });
  await team.all(() => ({ kind: 'open', now: NOON, url: created.url }));
  await team.all(() => ({ kind: 'prepare', now: NOON }));
  await hireEverybody();
});

afterEach(async () => {
  await db.close();
  await drop();
});

describe('several processes on one database', () => {
  it('start on an empty one at the same time: everything is there once', async () => {
    await team.all(() => ({ kind: 'prepare', now: NOON }));
    const admins = await db.read(async ({ q, t }) => q.select().from(t.agents));
    expect(admins.filter((agent) => agent.openId === 'ou_admin')).toHaveLength(1);
    expect(await db.read((tx) => itemReads.active(tx, FIRST_DAY))).toHaveLength(40);
  });

  it('register every case once, however often it is delivered and pressed, and number them without a gap', async () => {
    const drafts = await openDrafts();
    const deliveries = drafts.map((draft) => submission(draft));
    const again = drafts.map((draft) => submission(draft));
    const reports = await team.all((process) => ({
      kind: 'receive',
      now: NOON,
      // Each process gets every delivery, and a second press of every form, each in an order of its own.
      inbound: rotated([...deliveries, ...again], process * 17),
    }));
    const toasts = reports.flatMap((report) => report.answers.map((answer) => answer.toast?.content ?? ''));
    expect(toasts.filter((text) => text.includes('出了点问题'))).toEqual([]);
    const cases = await db.read(async ({ q, t }) => q.select().from(t.cases));
    expect(cases.map((record) => record.caseNumber).sort()).toEqual(
      TOWNS.flatMap((_, town) =>
        Array.from({ length: CASES / 2 }, (_, n) => `26-0${town + 1}-${String(n + 1).padStart(5, '0')}`),
      ),
    );
    await expectChains();
    const [banner] = await db.read((tx) => unitReads.ofLevels(tx, ['banner']));
    const sums = await db.read((tx) =>
      statsReads.sums(tx, { unitIds: [banner?.id ?? 0], dimension: 'all', span: ['m2026-01', 'm2026-12'] }, 'unitId'),
    );
    expect([...sums.values()]).toMatchObject([{ registered: CASES }]);

    const accepted = await acceptEverywhere();
    expect(accepted.filter((answer) => answer.toast?.type === 'success')).toHaveLength(CASES);
    expect(accepted.filter((answer) => answer.toast?.content.includes('出了点问题'))).toEqual([]);
    const entries = await db.read(async ({ q, t }) => q.select().from(t.ledgerEntries));
    for (const record of cases) {
      const kinds = entries.filter((entry) => entry.caseId === record.id).map((entry) => entry.kind);
      expect(kinds.sort()).toEqual(['accept', 'forward', 'register']);
    }
    await expectChains();
    await expectSentOnceInOrder(cases.length);
  });

  it('run each slot of a job once', async () => {
    const before = at('2026-11-27T15:59');
    await team.all(() => ({ kind: 'tick', now: before }));
    for (const minute of [0, 1, 2]) {
      await team.all(() => ({ kind: 'tick', now: at('2026-11-27T16:00') + minute * 60_000 }));
    }
    const runs = await db.read(async ({ q, t }) => q.select().from(t.cronRuns));
    // Every ten minutes the second looks again, and tells of nothing.
    expect(runs.map((run) => run.job).sort()).toEqual(['item-changes', 'weekly-digest']);
    const queued = await db.read(async ({ q, t }) => q.select().from(t.outbox));
    expect(queued.filter((row) => JSON.stringify(openContent(vault, row)).includes('台账指纹'))).toHaveLength(1);
  });

  it('post one card where several bring the same case into the same chat', async () => {
    const [draft] = await openDrafts();
    if (draft === undefined) throw new Error('no draft');
    await team.all((process) => ({ kind: 'receive', now: NOON, inbound: process === 0 ? [submission(draft)] : [] }));
    await drainAll();
    const [record] = await db.read(async ({ q, t }) => q.select().from(t.cases));
    const value = encodeAction({ action: 'case.open', caseId: record?.id ?? 0 });
    await team.all(() => ({
      kind: 'receive',
      now: NOON,
      inbound: Array.from({ length: 10 }, () => click({ openId: 'ou_manager', chatId: 'oc_p2p_ou_manager', value })),
    }));
    const living = await db.read(async ({ q, t }) => q.select().from(t.livingCards));
    const private_ = living.filter((card) => card.target === 'ou_manager' && card.retiredAt === null);
    expect(private_).toHaveLength(1);
  });
});

async function hireEverybody(): Promise<void> {
  await db.write(async (tx) => {
    const ctx: Ctx = { tx, vault, now: NOON, zone: ZONE, actor: { kind: 'system', name: 'test' } };
    const units = await unitReads.ofLevels(tx, ['banner', 'town']);
    const idOf = (name: string) => units.find((unit) => unit.name === name)?.id ?? 0;
    const common = { employment: 'fullTime' as const, appliedAt: NOON };
    for (const [index, name] of TOWNS.entries()) {
      const unitId = idOf(name);
      for (const who of ['registrar', 'clerk0', 'clerk1', 'clerk2']) {
        await enrolAgent(ctx, { openId: `ou_${index}_${who}`, name: who, unitId, role: 'agent', ...common });
      }
      await setUnitChat(ctx, { unitId, chatId: `oc_town${index}` });
    }
    const unitId = idOf('鄂温克族自治旗');
    await enrolAgent(ctx, { openId: 'ou_manager', name: '旗管理', unitId, role: 'manager', ...common });
    await setUnitChat(ctx, { unitId, chatId: 'oc_banner' });
  });
}

interface Draft {
  readonly id: number;
  readonly town: number;
  readonly townId: number;
  readonly itemId: number;
}

/** One open registration form per case to come, in the registrars' private chats; half of them in either town. */
async function openDrafts(): Promise<Draft[]> {
  return db.write(async (tx) => {
    const items = await itemReads.active(tx, FIRST_DAY);
    const itemId = items.find((item) => item.subItem === '临时救助对象认定、救助金给付')?.id ?? 0;
    const agents = await tx.q.select().from(tx.t.agents);
    const drafts: Draft[] = [];
    for (let n = 0; n < CASES; n++) {
      const town = n % TOWNS.length;
      const agent = agents.find((one) => one.openId === `ou_${town}_registrar`);
      const place = { agentId: agent?.id ?? 0, createdAt: NOON, shared: false };
      const values = { ...place, contentSealed: sealDraft(vault, { ...place, content: {} }) };
      const [row] = await tx.q.insert(tx.t.drafts).values(values).returning();
      drafts.push({ id: row?.id ?? 0, town, townId: agent?.unitId ?? 0, itemId });
    }
    return drafts;
  });
}

function submission(draft: Draft): Inbound {
  const form = {
    ...{
      applicantName: `张三丰${draft.id}`,
      phone: `138${String(draft.id).padStart(8, '0')}`,
      way: 'counter',
      consent: true,
    },
    ...{ residence: String(draft.townId), item: String(draft.itemId) },
  };
  const value = encodeAction({ action: 'case.register', draftId: draft.id });
  const openId = `ou_${draft.town}_registrar`;
  return click({ openId, chatId: `oc_p2p_${openId}`, value, form });
}

function click(of: {
  openId: string;
  chatId: string;
  value: unknown;
  form?: Record<string, string | boolean>;
}): Inbound {
  return { kind: 'action', eventId: `ev${++events}`, messageId: `om_form${events}`, form: {}, ...of };
}

function rotated<Item>(items: readonly Item[], by: number): Item[] {
  const start = by % items.length;
  return [...items.slice(start), ...items.slice(0, start)];
}

/** In every process a clerk of its own presses 接收 on every case. */
async function acceptEverywhere(): Promise<CallbackAnswer[]> {
  const cases = await db.read(async ({ q, t }) => q.select().from(t.cases));
  const towns = await db.read((tx) => unitReads.ofLevels(tx, ['town']));
  const reports = await team.all((process) => ({
    kind: 'receive',
    now: NOON + 60_000,
    inbound: rotated(cases, process * 7).map((record) => {
      const town = TOWNS.indexOf(towns.find((unit) => unit.id === record.townId)?.name ?? '');
      const value = encodeAction({ action: 'case.accept', caseId: record.id, version: record.version });
      return click({ openId: `ou_${town}_clerk${process}`, chatId: `oc_town${town}`, value });
    }),
  }));
  return reports.flatMap((report) => report.answers);
}

async function expectChains(): Promise<void> {
  const check = await db.read((tx) => verifyLedger({ tx, vault }));
  expect(check.faults).toEqual([]);
  expect(check.chains).toBeGreaterThanOrEqual(TOWNS.length);
}

/** All processes send at once until nothing is left. */
async function drainAll(): Promise<Sent[]> {
  const sent: Sent[] = [];
  let now = NOON + 2 * 60_000;
  for (let round = 0; round < 400; round++) {
    const moment = now;
    const reports = await team.all(() => ({ kind: 'drain', now: moment }));
    sent.push(...reports.flatMap((report) => report.sent));
    const left = await db.read(async ({ q, t }) => q.select().from(t.outbox));
    const next = left.filter((row) => row.status === 'waiting' || row.status === 'sending');
    if (next.length === 0) return sent;
    now = Math.max(now + 200, Math.min(...next.map((row) => row.availableAt)));
  }
  throw new Error('the outbox does not come to rest');
}

async function expectSentOnceInOrder(atLeast: number): Promise<void> {
  const sent = await drainAll();
  expect(sent.length).toBeGreaterThanOrEqual(atLeast);
  expect(new Set(sent.map((one) => one.uuid)).size).toBe(sent.length);
  const rows = await db.read(async ({ q, t }) => q.select().from(t.outbox).orderBy(t.outbox.id));
  expect(rows.map((row) => row.status).filter((status) => status !== 'sent')).toEqual([]);
  const sendOf = new Map(sent.map((one) => [one.uuid, one]));
  const lanes = new Set(rows.map((row) => row.lane));
  for (const lane of lanes) {
    const line = rows.filter((row) => row.lane === lane).flatMap((row) => sendOf.get(row.uuid) ?? []);
    for (const [index, one] of line.entries()) {
      const before = line[index - 1];
      if (before) expect(one.begun).toBeGreaterThanOrEqual(before.ended);
    }
  }
}
