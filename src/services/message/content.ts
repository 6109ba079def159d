/** What an outbox row will show. Rows carry ids, never a resident's data: the card is drawn when it is sent. */
import * as z from 'zod';
import type { Card } from '../../../cards/card.ts';
import { sheetOrderSchema } from './sheet-order.ts';

const id = z.number().int().positive();
/** Our own builders made it and the outbox stored it; the platform checks it once more. */
const card = z.custom<Card>((value) => typeof value === 'object' && value !== null && 'schema' in value);

export const outboxContentSchema = z.discriminatedUnion('kind', [
  /** A card fixed when it was written: answers and notices without personal data. */
  z.object({ kind: z.literal('fixed'), card }),
  /** The living card's subject as it is when the row is sent. */
  z.object({ kind: z.literal('living') }),
  /** The living card was replaced by a newer one. */
  z.object({ kind: z.literal('moved') }),
  /** The living card's readers may not see its subject any more. */
  z.object({ kind: z.literal('ended') }),
  /** A registration form with what its owner typed so far. */
  z.object({ kind: z.literal('registration'), draftId: id }),
  /** The applicant's full data, to one member of staff. */
  z.object({ kind: z.literal('reveal'), caseId: id, agentId: id }),
  /** An Excel file, made when it is sent. */
  z.object({ kind: z.literal('sheet'), order: sheetOrderSchema }),
]);

export type OutboxContent = z.infer<typeof outboxContentSchema>;
