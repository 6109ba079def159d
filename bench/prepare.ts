/** A database with staff, bound groups and registration cards that wait to be submitted, made by the program's own ways. */
import { pino } from 'pino';
import type { Database, Tx } from '../db/database.ts';
import { itemReads } from '../db/repositories/item.ts';
import { unitReads } from '../db/repositories/unit.ts';
import { openSqlite } from '../db/sqlite/open.ts';
import { type App, buildApp } from '../src/app.ts';
import type { Ctx } from '../src/ctx.ts';
import { FIRST_DAY } from '../src/domain/item-version.ts';
import { enrolAgent } from '../src/services/agent/enrol.ts';
import { sealDraft } from '../src/services/draft/content.ts';
import { setUnitChat } from '../src/services/unit/bind.ts';
import { createVault, type Vault } from '../src/vault.ts';
import type { WaitingDraft } from './wire.ts';

/** Never a real key: the databases are deleted after the run. */
export const DATA_KEY = Buffer.alloc(32, 7);

const AT_ONCE = 64;
const ROWS_AT_ONCE = 500;

interface Staff {
  readonly openId: string;
  readonly chatId: string;
  readonly residence: string;
}

/** Writes the file and returns the drafts in it; every draft was asked for with /登记 in its village's group. */
export function prepareDatabase(of: { file: string; drafts: number }): Promise<readonly WaitingDraft[]> {
  return prepare(of.file, async ({ db, bot, staff }) => {
    for (let start = 0; start < of.drafts; start += AT_ONCE) {
      const batch = Array.from({ length: Math.min(AT_ONCE, of.drafts - start) }, (_, index) => start + index);
      await Promise.all(batch.map((n) => bot.receive(asksForCard(n, staff))));
    }
    // At the platform's limit of 50 sends a second the answers would take minutes: they count as delivered.
    await db.write(async ({ q, t }) => {
      await q.update(t.outbox).set({ status: 'sent', settledAt: Date.now() });
    });
  });
}

/**
 * The same for very many drafts: the rows that /登记 leaves in `drafts` are written at once, without the deliveries and answers
 * around them.
 */
export function prepareLongRun(of: { file: string; drafts: number }): Promise<readonly WaitingDraft[]> {
  return prepare(of.file, async ({ db, vault, staff }) => {
    const agentIds = await db.read(agentIdsByOpenId);
    for (let start = 0; start < of.drafts; start += ROWS_AT_ONCE) {
      const rows = Array.from({ length: Math.min(ROWS_AT_ONCE, of.drafts - start) }, (_, index) => {
        const { openId, residence } = personOf(start + index, staff);
        const place = { agentId: agentIds.get(openId) ?? 0, createdAt: Date.now(), shared: true };
        const contentSealed = sealDraft(vault, { ...place, content: { way: 'counter', residence } });
        return { ...place, contentSealed };
      });
      await db.write(async ({ q, t }) => {
        await q.insert(t.drafts).values(rows);
      });
    }
  });
}

interface Workshop {
  readonly db: Database;
  readonly vault: Vault;
  readonly bot: App;
  readonly staff: readonly Staff[];
}

async function prepare(file: string, fill: (of: Workshop) => Promise<void>): Promise<readonly WaitingDraft[]> {
  const db = openSqlite({ file });
  const vault = createVault(DATA_KEY);
  const bot = buildApp({
    db,
    vault,
    clock: { now: () => Date.now() },
    zone: 'Asia/Shanghai',
    log: pino({ level: 'error' }),
    adminOpenIds: ['ou_bench_admin'],
    // Never called: the outbox of this process is not started.
    lark: {
      post: async () => ({ messageId: 'om_none' }),
      reply: async () => ({ messageId: 'om_none' }),
      update: async () => {},
      upload: async () => ({ fileKey: 'file_none' }),
      postFile: async () => ({ messageId: 'om_none' }),
      download: () => Promise.reject(new Error('never called')),
    },
  });
  await bot.prepare();
  const staff = await db.write((tx) =>
    hireEverywhere({ tx, vault, now: Date.now(), zone: 'Asia/Shanghai', actor: { kind: 'system', name: 'bench' } }),
  );
  await fill({ db, vault, bot, staff });
  const drafts = await db.read((tx) => readDrafts(tx, staff));
  await db.close();
  return drafts;
}

async function agentIdsByOpenId({ q, t }: Tx): Promise<Map<string, number>> {
  const agents = await q.select({ id: t.agents.id, openId: t.agents.openId }).from(t.agents);
  return new Map(agents.map(({ id, openId }) => [openId, id]));
}

/** One member of staff and one group per village, one group per town. */
async function hireEverywhere(ctx: Ctx): Promise<readonly Staff[]> {
  const staff: Staff[] = [];
  for (const unit of await unitReads.ofLevels(ctx.tx, ['town', 'village'])) {
    const person = { openId: `ou_bench_staff_${unit.id}`, chatId: `oc_bench_${unit.id}`, residence: String(unit.id) };
    await setUnitChat(ctx, { unitId: unit.id, chatId: person.chatId });
    await enrolAgent(ctx, {
      openId: person.openId,
      name: '乌兰',
      unitId: unit.id,
      role: 'agent',
      employment: 'fullTime',
      appliedAt: Date.now(),
    });
    if (unit.level === 'village') staff.push(person);
  }
  return staff;
}

function asksForCard(n: number, staff: readonly Staff[]) {
  const { openId, chatId } = personOf(n, staff);
  return {
    kind: 'message' as const,
    eventId: `ev_prepare_${n}`,
    messageId: `om_prepare_${n}`,
    chatId,
    chatType: 'group' as const,
    openId,
    text: '/登记',
    mentionsBot: true,
    files: [],
  };
}

async function readDrafts(tx: Tx, staff: readonly Staff[]): Promise<readonly WaitingDraft[]> {
  const items = (await itemReads.active(tx, FIRST_DAY)).filter((item) => item.assistType === 'local');
  const rows = await tx.q.select({ id: tx.t.drafts.id, agentId: tx.t.drafts.agentId }).from(tx.t.drafts);
  const openIds = new Map([...(await agentIdsByOpenId(tx))].map(([openId, id]) => [id, openId]));
  const byOpenId = new Map(staff.map((person) => [person.openId, person]));
  return rows.map(({ id, agentId }, index) => {
    const person = byOpenId.get(openIds.get(agentId) ?? '');
    const item = items[index % items.length];
    if (!person || !item) throw new Error(`draft ${id} belongs to nobody`);
    return { draftId: id, ...person, item: String(item.id) };
  });
}

function personOf(n: number, staff: readonly Staff[]): Staff {
  const person = staff[n % staff.length];
  if (!person) throw new Error('the seed has no village');
  return person;
}
