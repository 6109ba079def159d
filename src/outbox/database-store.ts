import type { Database, Tx } from '../../db/database.ts';
import { cardReads, cardWrites } from '../../db/repositories/card.ts';
import { chatReads, chatWrites } from '../../db/repositories/chat.ts';
import { type DueRow, outboxReads, outboxWrites, type OutboxRow as StoredRow } from '../../db/repositories/outbox.ts';
import type { Vault } from '../../db/vault.ts';
import type { Ctx } from '../ctx.ts';
import { placeCard } from '../services/card/place.ts';
import type { PacedSend } from './pacing.ts';
import { LEASE_MS, type OutboxRow, type OutboxStore } from './store.ts';

/** The dispatcher's store over the table `outbox`, with what a delivery means for living cards and chats. */
export function createDatabaseStore(options: { db: Database; vault: Vault; zone: string }): OutboxStore {
  const { db } = options;
  const settle = <Result>(work: (tx: Tx) => Promise<Result>) => db.write(work);
  return {
    claim: ({ now, limit, slotOf }) =>
      db.write(async (tx) => {
        const claim = { now, limit, leaseMs: LEASE_MS, slotOf: (row: DueRow) => slotOf(pacedSend(row)) };
        const { rows, more } = await outboxWrites.claim(tx, claim);
        const whole: OutboxRow[] = [];
        for (const row of rows) whole.push(await withMessage(tx, row));
        return { rows: whole, more };
      }),

    settleSent: (row, sent) =>
      settle(async (tx) => {
        const set = { status: 'sent' as const, settledAt: sent.at, error: null };
        await outboxWrites.settle(tx, { id: row.id, set });
        if (row.operation === 'update') return;
        await chatWrites.count(tx, row.target);
        if (row.livingCardId === null) return;
        const postedAtCount = (await chatReads.byId(tx, row.target))?.messageCount ?? 0;
        const { messageId, at: postedAt } = sent;
        await cardWrites.posted(tx, { id: row.livingCardId, messageId, postedAt, postedAtCount });
      }),

    settleSkipped: (row, skipped) =>
      settle((tx) =>
        outboxWrites.settle(tx, {
          id: row.id,
          set: { status: 'sent', settledAt: skipped.at, error: skipped.reason },
        }),
      ),

    settleRetry: (row, retry) =>
      settle(async (tx) => {
        const at = retry.availableAt;
        await outboxWrites.putBack(tx, { id: row.id, set: retry, at });
      }),

    postpone: (row, until) =>
      settle(async (tx) => {
        const set = { availableAt: until, attempts: row.attempts - 1 };
        await outboxWrites.putBack(tx, { id: row.id, set, at: until });
      }),

    settleDead: (row, dead) =>
      settle(async (tx) => {
        await outboxWrites.settle(tx, { id: row.id, set: { status: 'dead', settledAt: dead.at, error: dead.error } });
        // A living card without a message could never be brought up to date: the next change posts one anew.
        if (row.operation === 'post' && row.livingCardId !== null) {
          await cardWrites.retire(tx, { id: row.livingCardId, at: dead.at });
        }
      }),

    settleExpired: (row, expired) =>
      settle(async (tx) => {
        const set = { status: 'sent' as const, settledAt: expired.at, error: expired.error };
        await outboxWrites.settle(tx, { id: row.id, set });
        await repost({ tx, now: expired.at, zone: options.zone, vault: options.vault, actor }, row);
      }),

    nextAvailableAt: () => db.read((tx) => outboxReads.nextAvailableAt(tx)),
  };
}

const actor = { kind: 'system', name: 'outbox' } as const;

/** A living card has one message; until it is known, the card stands for it. */
function pacedSend({ id, target, operation, messageId, livingCardId }: DueRow): PacedSend {
  if (operation !== 'update') return { id, target, updates: undefined };
  return { id, target, updates: livingCardId === null ? (messageId ?? undefined) : `card ${livingCardId}` };
}

/** An update goes to the living card's message, which may have become known only after the row was written. */
async function withMessage(tx: Tx, row: StoredRow): Promise<OutboxRow> {
  if (row.operation !== 'update' || row.livingCardId === null) return row;
  const card = await cardReads.byId(tx, row.livingCardId);
  return { ...row, messageId: card?.messageId ?? null };
}

/** The platform no longer lets the card be changed: its subject gets a new one in the same chat. */
async function repost(ctx: Ctx, row: OutboxRow): Promise<void> {
  const known = row.livingCardId === null ? undefined : await cardReads.byId(ctx.tx, row.livingCardId);
  if (!known) return;
  await cardWrites.lockSubject(ctx.tx, known);
  const card = await cardReads.byId(ctx.tx, known.id);
  if (!card || card.retiredAt !== null) return;
  await cardWrites.retire(ctx.tx, { id: card.id, at: ctx.now });
  const of = { subject: card.subject, subjectId: card.subjectId };
  await placeCard(ctx, { of, at: { target: card.target, agentId: card.agentId }, attention: 'none' });
}
