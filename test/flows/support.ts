/** What the stories share: acting on the stage, reading groups, and the look round at the end of every story. */
import { is } from 'drizzle-orm';
import { SQLiteTable } from 'drizzle-orm/sqlite-core';
import { expect } from 'vitest';
import * as z from 'zod';
import { outboxReads } from '../../db/repositories/outbox.ts';
import type { GroupKey, PersonKey } from '../../sandbox/cast.ts';
import type { FormInput } from '../../sandbox/form-fields.ts';
import type { ClickResult } from '../../sandbox/person.ts';
import { cardText } from '../../sandbox/text.ts';
import type { MessageRecord } from '../../sandbox/world.ts';
import { type LedgerCheck, verifyLedger } from '../../src/services/ledger/verify.ts';
import { differingCopies } from '../support/copies.ts';
import { at } from '../support/office.ts';
import type { TestStage } from '../support/stage.ts';

/** An invented applicant; what of it must never be read in a group. */
export interface Resident {
  readonly name: string;
  readonly phone: string;
  readonly idNumber?: string;
}

export const zhang: Resident = { name: '张三丰', phone: '13800001234' };
/** The check digit is right; the area and the person are made up. */
export const wu: Resident = { name: '乌兰其其格', phone: '15247001111', idNumber: '152128196503071227' };

/** Registers by one line in the village's group and submits; returns the case number. */
export async function registers(
  stage: TestStage,
  of: { item: string; resident?: Resident; form?: FormInput },
): Promise<string> {
  const { name, phone } = of.resident ?? zhang;
  await stage.people.villageAgent.says(stage.groups.village, `/登记 ${of.item} ${name} ${phone}`);
  await stage.settle();
  const form = { 自愿委托确认: true, ...of.form };
  const press = { who: 'villageAgent', where: 'village', form } as const;
  const { toast: first } = await clicks(stage, { ...press, label: '提交登记' });
  // The same person once more is asked about.
  const asked = /的这个事项|刚登记过/.test(first?.content ?? '');
  const toast = asked ? await presses(stage, { ...press, label: '仍要登记' }) : (first?.content ?? '');
  const number = /编号 (\d{2}-\d{2}-\d{5})/.exec(toast)?.[1];
  if (number === undefined) throw new Error(`no case number in ${toast}`);
  return number;
}

interface Press {
  readonly who: PersonKey;
  /** A group, or the private chat when absent. */
  readonly where?: GroupKey;
  readonly label: string;
  readonly form?: FormInput;
}

/** Presses, expects success, lets everything arrive; returns the toast. */
export async function presses(stage: TestStage, press: Press): Promise<string> {
  const result = await clicks(stage, press);
  expect(result.error).toBeUndefined();
  expect(result.toast).toMatchObject({ type: 'success' });
  await stage.settle();
  return result.toast?.content ?? '';
}

/** Presses and lets everything arrive, whatever the answer. */
export async function clicks(stage: TestStage, { who, where, label, form = {} }: Press): Promise<ClickResult> {
  const person = stage.people[who];
  const chat = where === undefined ? person.privateChat : stage.groups[where];
  const result = await person.clicks(chat, label, form);
  await stage.settle();
  return result;
}

/** Types a line and lets everything arrive; returns what the chat's messages read after it, oldest first. */
export async function asks(
  stage: TestStage,
  line: { who: PersonKey; where?: GroupKey; text: string },
): Promise<string[]> {
  const person = stage.people[line.who];
  const chat = line.where === undefined ? person.privateChat : stage.groups[line.where];
  const before = stage.sandbox.world.messagesOf(chat.chatId).length;
  await person.says(chat, line.text);
  await stage.settle();
  return person.sees(chat).slice(before + 1);
}

/** The messages of a group as its first member reads them. */
export function reads(stage: TestStage, group: GroupKey): string[] {
  const chat = stage.groups[group];
  return stage.sandbox.person(chat.members[0] ?? '').sees(chat);
}

export function lastCard(stage: TestStage, group: GroupKey): string {
  return reads(stage, group).at(-1) ?? '';
}

/** The bot's messages in a group, oldest first. */
export function posted(stage: TestStage, group: GroupKey): MessageRecord[] {
  const messages = stage.sandbox.world.messagesOf(stage.groups[group].chatId);
  return messages.filter((message) => message.senderOpenId === undefined);
}

/** The cards of one case that stand in a group and are not replaced by a newer one. */
export function caseCards(stage: TestStage, of: { group: GroupKey; number: string }): string[] {
  return posted(stage, of.group)
    .map((message) => cardText(JSON.parse(message.content)))
    .filter((text) => text.startsWith(`代办件 ${of.number}`) && !text.includes('最新情况请看下方的新卡片'));
}

/** The states that a group saw the case's cards in, one after the other, repeats left out. */
export function statesSeen(stage: TestStage, of: { group: GroupKey; number: string }): string[] {
  const { chatId } = stage.groups[of.group];
  const marks = stage.shown
    .filter((look) => look.chatId === chatId)
    .map((look) => cardText(JSON.parse(look.content)).split('\n')[0] ?? '')
    .flatMap((title) => new RegExp(`^代办件 ${of.number}（(.+)）$`).exec(title)?.[1] ?? []);
  return marks.filter((mark, index) => mark !== marks[index - 1]);
}

/** Moves to a local time such as 2026-12-10T09:00 and lets happen what is due. */
export async function goTo(stage: TestStage, local: string): Promise<void> {
  await stage.moveTo(at(local));
  await stage.settle();
}

/** `daiban ledger verify`. */
export function checkLedger({ db, vault }: Pick<TestStage, 'db' | 'vault'>): Promise<LedgerCheck> {
  return db.read((tx) => verifyLedger({ tx, vault }));
}

/**
 * The end of every story: nothing waits in the outbox, nothing was given up (unless the story says so), the ledger verifies, and
 * no group was ever sent or shown what identifies an applicant, and no table holds it in the clear.
 */
export async function expectAllWell(
  stage: TestStage,
  story: { residents: readonly Resident[]; dead?: number },
): Promise<void> {
  await stage.settle();
  const counts = await stage.db.read((tx) => outboxReads.counts(tx));
  const left = {
    waiting: counts.get('waiting') ?? 0,
    sending: counts.get('sending') ?? 0,
    dead: counts.get('dead') ?? 0,
  };
  expect(left).toEqual({ waiting: 0, sending: 0, dead: story.dead ?? 0 });
  const check = await checkLedger(stage);
  expect(check.faults).toEqual([]);
  const books = await stage.db.read(async ({ q, t }) => ({
    cases: await q.select().from(t.cases),
    applicants: await q.select().from(t.applicants),
  }));
  expect(differingCopies(books)).toEqual([]);
  const secrets = story.residents.flatMap(({ name, phone, idNumber }) => [
    name,
    phone,
    ...(idNumber ? [idNumber] : []),
  ]);
  const telling = (text: string) => secrets.some((secret) => text.includes(secret));
  expect(groupTexts(stage).filter(telling)).toEqual([]);
  expect((await storedRows(stage)).filter(telling)).toEqual([]);
}

/** Every row of every table, as text. */
function storedRows(stage: TestStage): Promise<string[]> {
  return stage.db.read(async ({ q, t }) => {
    const tables = Object.values(t).filter((table) => is(table, SQLiteTable));
    const rows = [];
    for (const table of tables) rows.push(...(await q.select().from(table)));
    return rows.map((row) => JSON.stringify(row));
  });
}

const sendBody = z.object({ receive_id: z.string() });

/** Every request body that was addressed to a group, and every card that ever stood in one, answers to clicks included. */
function groupTexts(stage: TestStage): string[] {
  const { world, calls } = stage.sandbox;
  const isGroup = (chatId: string | undefined) => world.chats.get(chatId ?? '')?.mode === 'group';
  const sent = calls.filter((call) => {
    const body = sendBody.safeParse(call.body);
    const messageId = /\/messages\/(om_[^/]+)/.exec(call.path)?.[1] ?? '';
    return isGroup(body.success ? body.data.receive_id : world.messages.get(messageId)?.chatId);
  });
  const stood = stage.shown.filter((look) => isGroup(look.chatId));
  return [...sent.map((call) => JSON.stringify(call.body)), ...stood.map((look) => look.content)];
}
