/** One row from claim to settlement. */
import type { Logger } from 'pino';
import type { Card } from '../../cards/card.ts';
import { isAway } from '../../db/errors.ts';
import { describeFault } from '../fault.ts';
import { NeverSent, toLarkError } from '../lark/errors.ts';
import type { LarkError, LarkPort, Upload } from '../lark/port.ts';
import type { WhyDead } from '../services/message/instead.ts';
import { backoffMs } from './backoff.ts';
import { consequenceOf, mightPostTwice, RENDER_ATTEMPTS_MAX } from './consequence.ts';
import type { Pacing } from './pacing.ts';
import type { OutboxRow, OutboxStore } from './store.ts';

export interface Drawing {
  readonly card: Card;
  /** The message to be updated; null while its first post is not confirmed. */
  readonly messageId?: string | null;
}

/** What a row turns out to be when it is sent. */
export type Drawn =
  | Drawing
  /** To be uploaded and posted; closed afterwards, whatever came of it. */
  | { readonly file: Upload & { close(): void } }
  /** Nothing is left to send, or nobody is entitled to it any more; `elsewhere`: whoever it is for is reached in another chat now. */
  | { readonly skip: string; readonly elsewhere?: boolean }
  /** This program did not write it as it stands. */
  | { readonly forged: true }
  /** Not now: it is claimed again then, and this attempt does not count. */
  | { readonly putOffUntil: number };

/** The row's card or file as things stand now. */
export type Render = (row: OutboxRow) => Promise<Drawn>;

export interface SenderParts {
  readonly store: OutboxStore;
  readonly render: Render;
  readonly lark: LarkPort;
  readonly clock: { now(): number };
  readonly log: Logger;
  readonly random: () => number;
  /** Whether the answer to a press has shown what the update of this uuid would. */
  readonly isShown?: ((uuid: string) => boolean) | undefined;
  readonly pacing: Pacing;
}

type Outcome = { readonly messageId: string } | { readonly error: LarkError };

/** The function that deals with one claimed row. It rejects only when the store does; the row then comes back after its lease. */
export function createSender(parts: SenderParts): (row: OutboxRow) => Promise<void> {
  const { store, lark, clock } = parts;
  return async (row) => {
    if (row.operation === 'update' && parts.isShown?.(row.uuid)) {
      return store.settle(row, { kind: 'skipped', reason: 'shown by the answer to a press' });
    }
    if (mightPostTwice(row, clock.now())) {
      await bury(row, { why: 'unconfirmed', error: '先前一次可能已经送达；为避免重复，没有再发' }, parts);
      return;
    }
    const drawn = await draw(row, parts);
    if ('fault' in drawn) {
      await settleUndrawn(row, drawn, parts);
    } else if ('forged' in drawn) {
      // The card that it names may be anybody's.
      await bury({ ...row, livingCardId: null }, { why: 'forged', error: '不是本程序写的，或被改动过' }, parts);
    } else if ('skip' in drawn) {
      const { skip: reason, elsewhere = false } = drawn;
      await store.settle(row, { kind: 'skipped', reason, elsewhere });
    } else if ('putOffUntil' in drawn) {
      await store.settle(row, { kind: 'postponed', availableAt: drawn.putOffUntil });
    } else if ('file' in drawn) {
      await sendFile(row, drawn.file, parts);
    } else {
      await settle(row, { send: (as) => attempt(as, drawn, lark) }, parts);
    }
  };
}

/** The file is open only while it is on its way: a retry makes it anew. */
async function sendFile(row: OutboxRow, file: Upload & { close(): void }, parts: SenderParts): Promise<void> {
  const { lark } = parts;
  try {
    await settle(row, { send: () => attemptFile(row, file, lark) }, parts);
  } finally {
    file.close();
  }
}

async function attemptFile({ target, uuid }: OutboxRow, file: Upload, lark: LarkPort): Promise<Outcome> {
  let fileKey: string;
  try {
    ({ fileKey } = await lark.upload(file));
  } catch (error) {
    const { failure, message, code, retryAfterMs } = toLarkError(error);
    // An upload without an answer has posted nothing, so the message may be sent however long it takes.
    return { error: new NeverSent(failure, `upload: ${message}`, { code, retryAfterMs }) };
  }
  try {
    return await lark.postFile({ target, fileKey, uuid });
  } catch (error) {
    return { error: toLarkError(error) };
  }
}

interface Undrawn {
  readonly fault: string;
  /** The database was away, and nothing is wrong with the card. */
  readonly away: boolean;
}

async function draw(row: OutboxRow, parts: SenderParts): Promise<Drawn | Undrawn> {
  try {
    return await parts.render(row);
  } catch (error) {
    const fault = describeFault(error);
    parts.log.error({ outboxId: row.id, fault }, 'a card could not be drawn');
    return { fault: `卡片生成失败：${fault.name}`, away: isAway(error) };
  }
}

async function attempt(row: OutboxRow, drawing: Drawing, lark: LarkPort): Promise<Outcome> {
  const { target, uuid, operation } = row;
  const { card } = drawing;
  const messageId = operation === 'update' ? drawing.messageId : row.messageId;
  try {
    if (operation === 'post') return await lark.post({ target, card, uuid });
    // Its first post is still on the way (or being retried): the state drawn there may already be the newest.
    if (messageId == null) throw new NeverSent('later', 'the message it belongs to is not known yet');
    if (operation === 'reply') return await lark.reply({ messageId, card, uuid });
    await lark.update({ messageId, card });
    return { messageId };
  } catch (error) {
    return { error: toLarkError(error) };
  }
}

interface Sending {
  readonly send: (row: OutboxRow) => Promise<Outcome>;
  /** Sent as something else than the row says, which stays as it is sealed. */
  readonly as?: OutboxRow['operation'];
}

async function settle(row: OutboxRow, how: Sending, parts: SenderParts): Promise<void> {
  const { store, clock, random, pacing, log } = parts;
  const asSent = { ...row, operation: how.as ?? row.operation };
  const outcome = await how.send(asSent);
  if ('messageId' in outcome) {
    await store.settle(row, { kind: 'sent', messageId: outcome.messageId });
    return;
  }
  const { error } = outcome;
  const consequence = consequenceOf({ row: asSent, error, now: clock.now(), random });
  log.warn(
    { outboxId: row.id, error: error.message, code: error.code, consequence: consequence.kind },
    'a send failed',
  );
  switch (consequence.kind) {
    case 'dead':
      return bury(row, consequence, parts);
    case 'expired':
    case 'chatLost':
      return store.settle(row, consequence);
    case 'postInstead':
      return settle(row, { ...how, as: 'post' }, parts);
    case 'quota':
      pacing.pauseAll(consequence.until);
      return store.settle(row, { kind: 'quota' });
    case 'retry': {
      const { availableAt, error: text, unconfirmedSince } = consequence;
      if (consequence.pause === 'all') pacing.pauseAll(availableAt);
      if (consequence.pause === 'target') pacing.pause(row.target, availableAt);
      return store.settle(row, { kind: 'retry', availableAt, error: text, unconfirmedSince });
    }
  }
}

/** A card that cannot be drawn is tried a few times and then kept aside; but it waits for a database that is away. */
async function settleUndrawn(row: OutboxRow, { fault: error, away }: Undrawn, parts: SenderParts): Promise<void> {
  const { store, clock, random } = parts;
  if (!away && row.attempts >= RENDER_ATTEMPTS_MAX) {
    await bury(row, { why: 'undrawn', error }, parts);
    return;
  }
  const availableAt = clock.now() + backoffMs({ attempts: row.attempts, random });
  await store.settle(row, { kind: 'retry', availableAt, error });
}

async function bury(
  row: OutboxRow,
  { why, error }: { why: WhyDead; error: string },
  { store, log }: SenderParts,
): Promise<void> {
  await store.settle(row, { kind: 'dead', why, error });
  log.error({ outboxId: row.id, operation: row.operation, attempts: row.attempts, error }, 'a message is kept aside');
}
