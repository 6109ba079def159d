/** Which Word file is wanted: what an outbox row carries of it. Ids and days only; what it says is read when it is sent. */
import * as z from 'zod';

const id = z.number().int().positive();
const asked = {
  /** Who asked. */
  agentId: id,
  /** Milliseconds since the epoch. */
  askedAt: z.number().int(),
};

export const letterOrderSchema = z.discriminatedUnion('name', [
  z.object({ ...asked, name: z.literal('bulletin'), bulletinId: id }),
]);

export type LetterOrder = z.infer<typeof letterOrderSchema>;
export type LetterName = LetterOrder['name'];
export type LetterOrderOf<Name extends LetterName> = Extract<LetterOrder, { name: Name }>;
