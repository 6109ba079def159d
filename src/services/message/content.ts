/** What an outbox row will show, and how it is kept: sealed, so that nobody else reads it, writes one or sends it elsewhere. */
import * as z from 'zod';
import type { Card } from '../../../cards/card.ts';
import type { OutboxRow } from '../../../db/repositories/outbox.ts';
import { calls } from '../../domain/turns.ts';
import type { Vault } from '../../vault.ts';
import { ledgerPlaceSchema } from '../ledger/place.ts';
import { letterOrderSchema } from './letter-order.ts';
import { sheetOrderSchema } from './sheet-order.ts';

/** Cases that one part of a list has at most. */
export const LISTED_MAX = 10;

const id = z.number().int().positive();
/** Our own builders made it and the outbox stored it; the platform checks it once more. */
const card = z.custom<Card>((value) => typeof value === 'object' && value !== null && 'schema' in value);

const part = z.object({ total: z.number().int().nonnegative(), ids: z.array(id).max(LISTED_MAX) });
const askedListSchema = z.object({
  ...part.shape,
  title: z.string(),
  empty: z.string(),
  /** What others have to deal with, beneath it. */
  elsewhere: part.optional(),
  /** Bad ratings below a manager that wait for 整改. */
  unrectified: part.optional(),
  /** How many checks (抽查回访) wait for the banner's managers. */
  checks: z.number().int().nonnegative().optional(),
  hint: z.string().nullable(),
});

const outboxContentSchema = z.discriminatedUnion('kind', [
  /** A card fixed when it was written: answers and notices. `instead`: it says that another message does not come. */
  z.object({ kind: z.literal('fixed'), card, instead: z.literal(true).optional() }),
  /** The living card's subject as it is when the row is sent. `call`: what it says at its top, with a mention. */
  z.object({ kind: z.literal('living'), call: z.enum(calls).optional() }),
  /** The living card was replaced by a newer one. */
  z.object({ kind: z.literal('moved') }),
  /** The living card's readers may not see its subject any more. */
  z.object({ kind: z.literal('ended') }),
  /** A registration form with what its owner typed so far. */
  z.object({ kind: z.literal('registration'), draftId: id }),
  /** The applicant's full data, to one member of staff. */
  z.object({ kind: z.literal('reveal'), caseId: id, agentId: id, entry: ledgerPlaceSchema }),
  /** The form of a correction, to one member of staff; with the applicant's full data where the ledger says so. */
  z.object({ kind: z.literal('correction'), caseId: id, agentId: id, entry: ledgerPlaceSchema.nullable() }),
  /** One of a case's papers, to one member of staff; `number`: which of them, as its name says. */
  z.object({
    kind: z.literal('paper'),
    caseId: id,
    agentId: id,
    entry: ledgerPlaceSchema,
    paperId: id,
    number: id,
  }),
  /** A photo of a unit's task or check, to one member of staff; `number`: which of them. */
  z.object({ kind: z.literal('evidence'), agentId: id, placeId: id, paperId: id, number: id }),
  /** The form of a case's seldom steps, to one member of staff. */
  z.object({ kind: z.literal('moreSteps'), caseId: id, agentId: id }),
  /** A list of cases for whoever asked; in their private chat with the names of those whom their unit deals with. */
  z.object({ kind: z.literal('cases'), agentId: id, list: askedListSchema }),
  /** An Excel file, made when it is sent. */
  z.object({ kind: z.literal('sheet'), order: sheetOrderSchema }),
  /** A Word file, made when it is sent. */
  z.object({ kind: z.literal('letter'), order: letterOrderSchema }),
]);

export type AskedList = z.infer<typeof askedListSchema>;

export type OutboxContent = z.infer<typeof outboxContentSchema>;

/** Where a row goes, and as what: its content opens beside these columns only. */
export type Addressed = Pick<OutboxRow, 'uuid' | 'operation' | 'target' | 'messageId' | 'livingCardId'>;

export function sealContent(
  vault: Vault,
  row: Addressed & Pick<OutboxRow, 'createdAt'>,
  content: OutboxContent,
): string {
  return vault.seal(contextOf(row), JSON.stringify({ ...content, writtenAt: row.createdAt }));
}

export type SealedRow = Addressed & Pick<OutboxRow, 'contentSealed'>;

/** When the content was sealed, whatever the row says of it (ms). @throws as `openContent` returns undefined. */
export function writtenAt(vault: Vault, row: SealedRow): number {
  return z.object({ writtenAt: z.number() }).parse(JSON.parse(vault.open(contextOf(row), row.contentSealed))).writtenAt;
}

/** undefined when the row was not written by this program, or was changed. */
export function openContent(vault: Vault, row: SealedRow): OutboxContent | undefined {
  try {
    return outboxContentSchema.parse(JSON.parse(vault.open(contextOf(row), row.contentSealed)));
  } catch {
    return undefined;
  }
}

/** The content under the key that seals now. @throws when it does not open. */
export function resealContent(vault: Vault, row: SealedRow): string {
  return vault.reseal(contextOf(row), row.contentSealed);
}

function contextOf({ uuid, operation, target, messageId, livingCardId }: Addressed): string {
  return `outbox.content:${JSON.stringify([uuid, operation, target, messageId, livingCardId])}`;
}
