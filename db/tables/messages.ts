/** What comes in and goes out: chats, living cards, inbox and outbox. */
import { sql } from 'drizzle-orm';
import type { Kit } from '../sqlite/kit.ts';
import type { PeopleTables } from './people.ts';

export function messageTables(kit: Kit, { agents }: Pick<PeopleTables, 'agents'>) {
  /** The one card a subject has in a chat. A step updates it in place; `retiredAt` marks one that a newer card replaced. */
  const livingCards = kit.table(
    'living_cards',
    {
      id: kit.id(),
      subject: kit
        .text('subject', { enum: ['case', 'report', 'application', 'papers', 'upkeep', 'bulletin', 'import'] })
        .notNull(),
      subjectId: kit.int('subject_id').notNull(),
      /** chat_id (oc_…) or, for a private card, open_id (ou_…). */
      target: kit.text('target').notNull(),
      /** Set on a private card: it offers what this person may do, not what a group's people may. */
      agentId: kit.int('agent_id').references(() => agents.id),
      /** null until the platform has confirmed the first post. */
      messageId: kit.text('message_id'),
      postedAt: kit.long('posted_at').notNull(),
      retiredAt: kit.long('retired_at'),
    },
    (table) => [
      kit.index('living_cards_subject').on(table.subject, table.subjectId, table.target),
      kit.index('living_cards_message').on(table.messageId),
      kit.index('living_cards_private').on(table.agentId).where(sql`agent_id is not null and retired_at is null`),
    ],
  );

  const chats = kit.table('chats', {
    /** chat_id (oc_…) of a group; of a private chat the person's open_id (ou_…), to which everything is sent. */
    chatId: kit.text('chat_id').primaryKey(),
    /** The private chat's own chat_id, by which a press there is known; null until something came from it. */
    privateChatId: kit.text('private_chat_id'),
    mode: kit.text('mode', { enum: ['group', 'p2p'] }).notNull(),
    name: kit.text('name').notNull(),
    /** The bot is a member now. */
    joined: kit.bool('joined').notNull(),
    /** When the person of a private chat was last greeted. */
    greetedAt: kit.long('greeted_at'),
  });

  /** Every delivery that was dealt with: an event id or a message id is dealt with once, a repeat gets the stored answer. */
  const inbox = kit.table(
    'inbox',
    {
      key: kit.text('key').primaryKey(),
      kind: kit.text('kind').notNull(),
      receivedAt: kit.long('received_at').notNull(),
      status: kit.text('status', { enum: ['done', 'refused', 'failed', 'unreadable'] }).notNull(),
      /** The answer given (or, for what could not be read, the body), sealed. */
      answerSealed: kit.text('answer_sealed'),
    },
    (table) => [kit.index('inbox_received').on(table.receivedAt)],
  );

  const outbox = kit.table(
    'outbox',
    {
      id: kit.id(),
      /** Handed to the platform so that a retry never posts twice. */
      uuid: kit.text('uuid').notNull(),
      /** Rows of one lane go out in order: a target for posts, `card:<living card id>` for updates. */
      lane: kit.text('lane').notNull(),
      /** chat_id or open_id the row goes to; pacing counts by it. */
      target: kit.text('target').notNull(),
      operation: kit.text('operation', { enum: ['post', 'reply', 'update'] }).notNull(),
      /** Message to reply to (`reply`); for `update` the living card names it. */
      messageId: kit.text('message_id'),
      livingCardId: kit.int('living_card_id').references(() => livingCards.id),
      /** What to draw when it is sent, sealed together with where it goes: see `src/services/message/content.ts`. */
      contentSealed: kit.text('content_sealed').notNull(),
      /** A row that waits is replaced by a newer one of the same key. */
      dedupeKey: kit.text('dedupe_key'),
      status: kit.text('status', { enum: ['waiting', 'sending', 'sent', 'dead'] }).notNull(),
      availableAt: kit.long('available_at').notNull(),
      attempts: kit.int('attempts').notNull().default(0),
      createdAt: kit.long('created_at').notNull(),
      /** When it was sent, skipped or given up: null exactly while `status` is waiting or sending. */
      settledAt: kit.long('settled_at'),
      /** Since when an attempt may have reached the platform without its answer reaching us. */
      unconfirmedSince: kit.long('unconfirmed_since'),
      error: kit.text('error'),
    },
    (table) => [
      // Delivered rows are nearly all there are, so they have an index of their own, in the order in which they come to it.
      kit.index('outbox_unsent').on(table.status, table.createdAt).where(sql`status <> 'sent'`),
      kit.index('outbox_settled').on(table.settledAt).where(sql`settled_at is not null`),
      // Of the unfinished rows; not by `status`, which would lead SQLite to the other index.
      kit.index('outbox_lane').on(table.lane, table.id).where(sql`settled_at is null`),
      kit.index('outbox_due').on(table.availableAt, table.id).where(sql`settled_at is null`),
      kit.uniqueIndex('outbox_dedupe').on(table.dedupeKey).where(sql`status = 'waiting' and dedupe_key is not null`),
    ],
  );

  return { livingCards, chats, inbox, outbox };
}
