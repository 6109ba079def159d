/** A database with staff, bound groups and registration cards that wait to be submitted, made by the program's own ways. */
import { pino } from 'pino';
import { openSqlite, type Tx } from '../db/client.ts';
import { agentWrites } from '../db/repositories/agent.ts';
import { itemReads } from '../db/repositories/item.ts';
import { unitReads, unitWrites } from '../db/repositories/unit.ts';
import { createVault } from '../db/vault.ts';
import { buildApp } from '../src/app.ts';
import type { WaitingDraft } from './wire.ts';

/** Never a real key: the databases are deleted after the run. */
export const DATA_KEY = Buffer.alloc(32, 7);

const AT_ONCE = 64;

interface Staff {
  readonly openId: string;
  readonly chatId: string;
  readonly residence: string;
}

/** Writes the file and returns the drafts in it; every draft was asked for with /登记 in its village's group. */
export async function prepareDatabase(of: { file: string; drafts: number }): Promise<readonly WaitingDraft[]> {
  const db = openSqlite({ file: of.file });
  const clock = { now: () => Date.now() };
  const bot = buildApp({
    db,
    vault: createVault(DATA_KEY),
    clock,
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
    },
  });
  await bot.prepare();
  const staff = await db.write(hireEverywhere);
  for (let start = 0; start < of.drafts; start += AT_ONCE) {
    const batch = Array.from({ length: Math.min(AT_ONCE, of.drafts - start) }, (_, index) => start + index);
    await Promise.all(batch.map((n) => bot.receive(asksForCard(n, staff))));
  }
  const drafts = await db.write((tx) => readDrafts(tx, staff));
  // At the platform's limit of 50 sends a second the answers would take minutes: they count as delivered.
  await db.write(async ({ q, t }) => {
    await q.update(t.outbox).set({ status: 'sent', settledAt: Date.now() });
  });
  await db.close();
  return drafts;
}

/** One member of staff and one group per village, one group per town. */
async function hireEverywhere(tx: Tx): Promise<readonly Staff[]> {
  const staff: Staff[] = [];
  for (const unit of await unitReads.ofLevels(tx, ['town', 'village'])) {
    const person = { openId: `ou_bench_staff_${unit.id}`, chatId: `oc_bench_${unit.id}`, residence: String(unit.id) };
    await unitWrites.setChat(tx, { unitId: unit.id, chatId: person.chatId });
    await agentWrites.insert(tx, {
      openId: person.openId,
      name: '乌兰',
      unitId: unit.id,
      role: 'agent',
      employment: 'fullTime',
      status: 'active',
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
    isText: true,
  };
}

async function readDrafts(tx: Tx, staff: readonly Staff[]): Promise<readonly WaitingDraft[]> {
  const items = (await itemReads.active(tx)).filter((item) => item.assistType === 'local');
  const rows = await tx.q.select({ id: tx.t.drafts.id, agentId: tx.t.drafts.agentId }).from(tx.t.drafts);
  const agents = await tx.q.select({ id: tx.t.agents.id, openId: tx.t.agents.openId }).from(tx.t.agents);
  const openIds = new Map(agents.map((agent) => [agent.id, agent.openId]));
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
