/** The bot is killed upon the first byte of its answer to a press: whatever was answered stands in the ledger after a restart. */
import { expect, it } from 'vitest';
import type { ClickResult } from '../../sandbox/person.ts';
import { hasButton } from '../../sandbox/press.ts';
import type { MessageRecord } from '../../sandbox/world.ts';
import { type Door, openDoor } from './door.ts';
import { engine, freshDatabase } from './engine.ts';
import { type House, openHouse, PAST_LEASES_MS, pause } from './house.ts';
import { slowCommits } from './slow-commits.ts';

const KILLS = 5;
/** Typed right behind the press: work in the same commit, which an answer given too early would not wait for. */
const LINES = 12;
/** Two minutes: on a busy machine a card takes its time. */
const LOOKS_MAX = 2_400;

it(`stands after each of ${KILLS} kills`, async () => {
  const direct = await freshDatabase();
  // SQLite's commit waits for the lines behind the press; a server's is over before a process is killed.
  const way = engine === 'postgres' ? await slowCommits(direct.url) : { url: direct.url, close: async () => {} };
  const house = await openHouse({ database: { ...direct, url: way.url } });
  const door = await openDoor(() => Number(new URL(house.bot()?.url() ?? '').port));
  house.sandbox.setWebhookUrl(`${door.url}/lark/events`);
  try {
    for (let kill = 0; kill < KILLS; kill++) {
      expect(await house.start({ jumpMs: PAST_LEASES_MS }).started).toBe(true);
      const card = await registeredCard(house, kill);
      const { toast } = await pressAndKill(house, { door, card });
      expect(toast?.content).toMatch(/^已私信发给您/);
      await house.kill();
      expect(await looksAtApplicants(house)).toBe(kill + 1);
    }
  } finally {
    await house.close();
    await door.close();
    await way.close();
  }
});

/** Registers, and gives the case's new card in the town's group. */
async function registeredCard(house: House, index: number): Promise<MessageRecord> {
  const { people, groups } = house;
  const name = `张三${'甲乙丙丁戊'.charAt(index)}`;
  await people.villageAgent.says(groups.village, `/登记 低保 ${name} 1380000000${index}`);
  const form = await newest(house, { chatId: groups.village.chatId, label: '提交登记' });
  const { toast } = await people.villageAgent.clicks(form, '提交登记', { 自愿委托确认: true });
  expect(toast?.content).toMatch(/^登记成功/);
  return newest(house, { chatId: groups.town.chatId, label: '查看申请人' });
}

async function newest(house: House, of: { chatId: string; label: string }): Promise<MessageRecord> {
  for (let look = 0; look < LOOKS_MAX; look++) {
    const found = house.sandbox.world
      .messagesOf(of.chatId)
      .findLast((message) => message.msgType === 'interactive' && hasButton(JSON.parse(message.content), of.label));
    if (found) return found;
    await pause(50);
  }
  throw new Error(`no card offers ${of.label}`);
}

async function pressAndKill(house: House, { door, card }: { door: Door; card: MessageRecord }): Promise<ClickResult> {
  const { townClerk } = house.people;
  const { begun } = door.gather({ connections: 1 + LINES, onAnswer: () => house.strike() });
  // Answered without a card, so that nothing is read between the commit and the answer.
  const pressed = townClerk.clicks(card, '查看申请人');
  await begun;
  const lines = Array.from({ length: LINES }, () => townClerk.says('/我'));
  const [answer] = await Promise.all([pressed, ...lines]);
  return answer;
}

async function looksAtApplicants(house: House): Promise<number> {
  const db = await house.database.open();
  try {
    const entries = await db.read(async ({ q, t }) => q.select().from(t.ledgerEntries));
    return entries.filter(({ kind }) => kind === 'reveal').length;
  } finally {
    await db.close();
  }
}
