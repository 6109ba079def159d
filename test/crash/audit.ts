/** The books, gone through after crashes: what people were told, what the ledger says, and what stands in the groups. */
import { expect } from 'vitest';
import { caseStateWords } from '../../cards/words.ts';
import type { Database } from '../../db/database.ts';
import { cardText } from '../../sandbox/text.ts';
import type { MessageRecord } from '../../sandbox/world.ts';
import { verifyLedger } from '../../src/services/ledger/verify.ts';
import { openContent } from '../../src/services/message/content.ts';
import { bruteForceCounters, keptCounters } from '../support/brute-force.ts';
import { differingCopies } from '../support/copies.ts';
import { ZONE } from '../support/office.ts';
import type { House } from './house.ts';
import type { Acknowledged, Journal } from './load.ts';

/** All rows the audit needs, of one snapshot. */
async function snapshot(db: Database, { vault }: House) {
  return db.read(async (tx) => {
    const { q, t } = tx;
    return {
      check: await verifyLedger({ tx, vault }),
      cases: await q.select().from(t.cases),
      applicants: await q.select().from(t.applicants),
      entries: await q.select().from(t.ledgerEntries).orderBy(t.ledgerEntries.townId, t.ledgerEntries.seq),
      counters: await q.select().from(t.statCounters),
      outbox: await q.select().from(t.outbox),
      livingCards: await q.select().from(t.livingCards),
      units: await q.select().from(t.units),
    };
  });
}
type Books = Awaited<ReturnType<typeof snapshot>>;

/**
 * The database alone, which must hold at any moment: the chains verify, every step acknowledged so far is in the ledger as often
 * as it was acknowledged, nothing is there that nobody pressed, the counters are what they add up to, and
 * applicants' rows repeat what their cases say.
 */
export async function auditBooks(house: House, journal: Journal): Promise<Books> {
  // Before the snapshot: people go on working, and what they are told afterwards need not stand in it.
  const told = [...journal.acknowledged];
  const registered = [...journal.registered];
  const books = await withDatabase(house, (db) => snapshot(db, house));
  expect(books.check.faults).toEqual([]);
  auditSteps(books, { told, journal });
  auditRegistrations(books, { house, registered });
  auditCounters(books);
  expect(differingCopies(books)).toEqual([]);
  return books;
}

function auditSteps(books: Books, of: { told: Journal['acknowledged']; journal: Journal }): void {
  const numberOf = new Map(books.cases.map((record) => [record.id, record.caseNumber]));
  const written = tally(
    books.entries.flatMap(({ caseId, kind }) => {
      const number = numberOf.get(caseId ?? 0);
      return number === undefined ? [] : [`${number} ${kind}`];
    }),
  );
  // A registration writes the first forwarding, too; the rating writes the archiving.
  for (const record of books.cases) {
    take(written, `${record.caseNumber} forward`);
    if (record.archivedAt !== null) take(written, `${record.caseNumber} archive`);
  }
  const acknowledged = tally(of.told.map(stepOf));
  // What people pressed while the snapshot was taken may stand in it: answered by now, or still under way.
  const { journal } = of;
  const pressed = tally([...journal.acknowledged, ...journal.unanswered, ...journal.underWay].map(stepOf));
  const lost = [...acknowledged].filter(([step, times]) => (written.get(step) ?? 0) < times);
  expect(lost).toEqual([]);
  const unexplained = [...written].filter(([step, times]) => {
    if (step.endsWith(' register')) return times !== 1;
    return times > (pressed.get(step) ?? 0);
  });
  expect(unexplained).toEqual([]);
}

function stepOf({ number, kind }: Acknowledged): string {
  return `${number} ${kind}`;
}

/** Every applicant had a phone of their own: one case each, the one whose number was told. */
function auditRegistrations(
  books: Books,
  of: { house: House; registered: readonly (readonly [phone: string, number: string])[] },
): void {
  const numberOf = new Map(books.cases.map((record) => [record.applicantId, record.caseNumber]));
  const byPhone = new Map<string, string[]>();
  for (const applicant of books.applicants) {
    const hash = applicant.phoneHash ?? '';
    byPhone.set(hash, [...(byPhone.get(hash) ?? []), numberOf.get(applicant.id) ?? 'no case']);
  }
  expect([...byPhone.values()].filter((numbers) => numbers.length !== 1)).toEqual([]);
  for (const [phone, number] of of.registered) {
    expect([phone, byPhone.get(of.house.vault.hash('phone', phone))]).toEqual([phone, [number]]);
  }
}

/** Added up again from cases and ledger. */
function auditCounters(books: Books): void {
  expect(keptCounters(books.counters)).toEqual(bruteForceCounters(books, ZONE));
}

/**
 * Database and platform together, when everything has come to rest: nothing waits, nothing was given up, each line is answered
 * once, each case has one living card in each of its groups, in the present state, and no message stands there twice.
 */
export async function auditGroups(house: House, journal: Journal): Promise<void> {
  const books = await auditBooks(house, journal);
  expect(books.outbox.filter((row) => row.status !== 'sent')).toEqual([]);
  const { world } = house.sandbox;
  expect(unansweredLines(house, journal)).toEqual([]);
  auditLivingCards(house, books);
  for (const chat of world.chats.values()) {
    const target = chat.mode === 'p2p' ? chat.members[0] : chat.chatId;
    const rows = books.outbox.filter((row) => row.target === target && row.operation !== 'update');
    const shown = botMessages(house, chat.chatId).length;
    // A form that was posted, and submitted before its bot could note so, is not drawn a second time.
    const skipped = rows.filter((row) => row.error !== null).length;
    expect([chat.name, shown]).toEqual([chat.name, Math.min(Math.max(shown, rows.length - skipped), rows.length)]);
  }
  auditReveals(house, books);
}

/** Each look at an applicant is one message, and was shown, once; unless whoever looked had passed the case on before it was sent. */
function auditReveals(house: House, books: Books): void {
  const looks = books.outbox.filter((row) => openContent(house.vault, row)?.kind === 'reveal');
  expect(looks).toHaveLength(books.entries.filter((entry) => entry.kind === 'reveal').length);
  const refused = looks.filter(({ error }) => error !== null);
  for (const { error } of refused) expect(error).toContain('not entitled');
  const messages = [...house.sandbox.world.messages.values()];
  const shown = messages.filter((message) => cardOf(message).includes('仅限本人查看')).length;
  expect(shown).toBeGreaterThanOrEqual(looks.length - refused.length);
  expect(shown).toBeLessThanOrEqual(looks.length);
}

/** The lines that do not have exactly one answer. */
export function unansweredLines(house: House, journal: Journal): MessageRecord[] {
  const messages = [...house.sandbox.world.messages.values()];
  const answers = tally(messages.flatMap(({ parentId }) => (parentId === undefined ? [] : [parentId])));
  return journal.lines.filter((line) => answers.get(line.messageId) !== 1);
}

function auditLivingCards(house: House, books: Books): void {
  const escalated = new Set(books.entries.filter((entry) => entry.kind === 'escalate').map((entry) => entry.caseId));
  const found: string[] = [];
  for (const group of ['village', 'town', 'department'] as const) {
    const texts = botMessages(house, house.groups[group].chatId).map(cardOf);
    for (const { caseNumber } of books.cases) {
      const own = texts.filter((text) => text.startsWith(`代办件 ${caseNumber}`) && !text.includes('请看下方的新卡片'));
      found.push(...own.map((text) => `${group} ${text.split('\n')[0]}`));
    }
  }
  const wanted = books.cases.flatMap(({ id, caseNumber, state }) =>
    ['village', 'town', ...(escalated.has(id) ? ['department'] : [])].map(
      (group) => `${group} 代办件 ${caseNumber}（${caseStateWords[state]}）`,
    ),
  );
  expect(found.sort()).toEqual(wanted.sort());
}

function botMessages(house: House, chatId: string): MessageRecord[] {
  return house.sandbox.world.messagesOf(chatId).filter((message) => message.senderOpenId === undefined);
}

function cardOf(message: MessageRecord): string {
  return message.msgType === 'interactive' ? cardText(JSON.parse(message.content)) : '';
}

async function withDatabase<Result>(house: House, work: (db: Database) => Promise<Result>): Promise<Result> {
  const db = await house.database.open();
  try {
    return await work(db);
  } finally {
    await db.close();
  }
}

function tally(words: readonly string[]): Map<string, number> {
  const times = new Map<string, number>();
  for (const word of words) times.set(word, (times.get(word) ?? 0) + 1);
  return times;
}

function take(times: Map<string, number>, word: string): void {
  times.set(word, (times.get(word) ?? 0) - 1);
}
