/** What the stories of jobs share: time that passes as it does for a running bot, and a case to work on. */
import type { CallbackAnswer } from '../../src/lark/port.ts';
import { buttonOf, type Office, type Posted, wordsOf } from '../support/office.ts';

/** Moves the clock to each of the times in turn; at each one the scheduler looks, and what it queued is sent. */
export async function passes(office: Office, ...times: string[]): Promise<void> {
  for (const time of times) {
    office.clock.to(time);
    await office.app.scheduler.tick();
    await office.settle();
  }
}

/** The cards in a chat whose words contain `words`, oldest first. */
export function cardsIn(office: Office, target: string, words: string): Posted[] {
  return office.posted.filter((one) => one.target === target && wordsOf(one.card).includes(words));
}

let residents = 0;

/** Registers a case of another 张三* from a group. Returns its number. */
export async function registerCase(office: Office, by: { openId: string; chatId: string }): Promise<string> {
  const n = ++residents;
  const line = `/登记 低保 张三${String.fromCodePoint(0x4e00 + n)} 1380000${String(n).padStart(4, '0')}`;
  await office.says(by.openId, line, by.chatId);
  await office.settle();
  const card = office.posted.findLast(
    (one) => one.target === by.chatId && buttonOf(one.card, '提交登记') !== undefined,
  );
  const form = { ...initialChoices(card?.card), consent: true };
  const answer = await office.clicks(by.openId, { target: by.chatId, label: '提交登记', form });
  await office.settle();
  const number = /\d{2}-\d{2}-\d{5}/.exec(answer.toast?.content ?? '')?.[0];
  if (number === undefined) throw new Error(`not registered: ${answer.toast?.content}`);
  return number;
}

/** Presses and lets the consequences arrive. */
export async function press(office: Office, openId: string, at: { target: string; label: string }) {
  const answer: CallbackAnswer = await office.clicks(openId, at);
  await office.settle();
  return answer;
}

/** What a card's selects have chosen to begin with. */
export function initialChoices(node: unknown): Record<string, string> {
  if (typeof node !== 'object' || node === null) return {};
  const element = node as { tag?: unknown; name?: unknown; initial_option?: unknown };
  const own =
    element.tag === 'select_static' && typeof element.initial_option === 'string'
      ? { [String(element.name)]: element.initial_option }
      : {};
  return Object.assign(own, ...Object.values(node).map(initialChoices));
}
