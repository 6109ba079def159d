/** One row from claim to settlement. */
import type { Logger } from 'pino';
import type { Card } from '../../cards/card.ts';
import { isAway } from '../../db/unreachable.ts';
import { NeverSent, toLarkError } from '../lark/errors.ts';
import { describeFault } from '../lark/fault.ts';
import type { LarkError, LarkPort } from '../lark/port.ts';
import { backoffMs } from './backoff.ts';
import type { Pacing } from './pacing.ts';
import { consequenceOf, mightPostTwice, RENDER_ATTEMPTS_MAX } from './settle.ts';
import type { OutboxRow, OutboxStore } from './store.ts';

/** The row's card as things stand now, or why there is nothing left to send. */
export type Render = (row: OutboxRow) => Promise<{ readonly card: Card } | { readonly skip: string }>;

export interface SenderParts {
  readonly store: OutboxStore;
  readonly render: Render;
  readonly lark: LarkPort;
  readonly clock: { now(): number };
  readonly log: Logger;
  readonly random: () => number;
  readonly onDead?: (row: OutboxRow, error: string) => void | Promise<void>;
  readonly pacing: Pacing;
}

type Outcome = { readonly messageId: string } | { readonly error: LarkError };

/** The function that deals with one claimed row. It rejects only when the store does; the row then comes back after its lease. */
export function createSender(parts: SenderParts): (row: OutboxRow) => Promise<void> {
  const { store, lark, clock, pacing } = parts;
  return async (row) => {
    const now = clock.now();
    if (mightPostTwice(row, now)) {
      await bury(row, '先前一次可能已经送达；为避免重复，没有再发', parts);
      return;
    }
    const updates = row.operation === 'update' ? (row.messageId ?? undefined) : undefined;
    const slot = pacing.reserve({ id: row.id, target: row.target, updates }, now);
    if (slot > now) {
      await store.postpone(row, slot);
      return;
    }
    pacing.take(now);
    const drawn = await draw(row, parts);
    if ('fault' in drawn) {
      await settleUndrawn(row, drawn, parts);
    } else if ('skip' in drawn) {
      await store.settleSkipped(row, { reason: drawn.skip, at: clock.now() });
    } else {
      await settle(row, { card: drawn.card, outcome: await attempt(row, drawn.card, lark) }, parts);
    }
  };
}

interface Undrawn {
  readonly fault: string;
  /** The database was away, and nothing is wrong with the card. */
  readonly away: boolean;
}

async function draw(row: OutboxRow, parts: SenderParts): Promise<Awaited<ReturnType<Render>> | Undrawn> {
  try {
    return await parts.render(row);
  } catch (error) {
    const fault = describeFault(error);
    parts.log.error({ outboxId: row.id, fault }, 'a card could not be drawn');
    return { fault: `卡片生成失败：${fault.name}`, away: isAway(error) };
  }
}

async function attempt(row: OutboxRow, card: Card, lark: LarkPort): Promise<Outcome> {
  const { target, uuid, messageId } = row;
  try {
    if (row.operation === 'post') return await lark.post({ target, card, uuid });
    // Its first post is still on the way (or being retried): the state drawn there may already be the newest.
    if (messageId === null) throw new NeverSent('later', 'the message it belongs to is not known yet');
    if (row.operation === 'reply') return await lark.reply({ messageId, card, uuid });
    await lark.update({ messageId, card });
    return { messageId };
  } catch (error) {
    return { error: toLarkError(error) };
  }
}

async function settle(row: OutboxRow, sent: { card: Card; outcome: Outcome }, parts: SenderParts): Promise<void> {
  const { store, clock, random, pacing, log } = parts;
  const { outcome } = sent;
  const now = clock.now();
  if ('messageId' in outcome) {
    await store.settleSent(row, { messageId: outcome.messageId, at: now });
    return;
  }
  const { error } = outcome;
  const consequence = consequenceOf({ row, error, now, random });
  log.warn(
    { outboxId: row.id, error: error.message, code: error.code, consequence: consequence.kind },
    'a send failed',
  );
  switch (consequence.kind) {
    case 'dead':
      await bury(row, consequence.error, parts);
      return;
    case 'expired':
      await store.settleExpired(row, { error: consequence.error, at: now });
      return;
    case 'postInstead': {
      const post = { ...row, operation: 'post' as const };
      await settle(post, { card: sent.card, outcome: await attempt(post, sent.card, parts.lark) }, parts);
      return;
    }
    case 'retry': {
      const { availableAt, error: text, unconfirmedSince } = consequence;
      if (consequence.pause === 'all') pacing.pauseAll(availableAt);
      if (consequence.pause === 'target') pacing.pause(row.target, availableAt);
      await store.settleRetry(row, { availableAt, error: text, unconfirmedSince });
    }
  }
}

/** A card that cannot be drawn is tried a few times and then kept aside; but it waits for a database that is away. */
async function settleUndrawn(row: OutboxRow, { fault: error, away }: Undrawn, parts: SenderParts): Promise<void> {
  const { store, clock, random } = parts;
  if (!away && row.attempts >= RENDER_ATTEMPTS_MAX) {
    await bury(row, error, parts);
    return;
  }
  const availableAt = clock.now() + backoffMs({ attempts: row.attempts, random });
  await store.settleRetry(row, { availableAt, error, unconfirmedSince: row.unconfirmedSince });
}

async function bury(row: OutboxRow, error: string, parts: SenderParts): Promise<void> {
  const { store, clock, log, onDead } = parts;
  await store.settleDead(row, { error, at: clock.now() });
  log.error({ outboxId: row.id, operation: row.operation, attempts: row.attempts, error }, 'a message is kept aside');
  try {
    await onDead?.(row, error);
  } catch (fault) {
    log.error({ outboxId: row.id, fault: describeFault(fault) }, 'nobody could be told of a message kept aside');
  }
}
