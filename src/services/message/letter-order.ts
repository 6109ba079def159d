/** Which Word file is wanted: what an outbox row carries of it. Ids and days only; what it says is read when it is sent. */
import * as z from 'zod';
import { isDay } from '../../domain/calendar.ts';
import { isHalf } from '../../domain/information.ts';

const id = z.number().int().positive();
const day = z.string().refine(isDay);
const asked = {
  /** Who asked. */
  agentId: id,
  /** Milliseconds since the epoch. */
  askedAt: z.number().int(),
};

export const letterOrderSchema = z.discriminatedUnion('name', [
  /** Local days, both included. */
  z.object({ ...asked, name: z.literal('bulletin'), unitId: id, from: day, to: day, label: z.string() }),
  /** 政务信息工作情况的通报 of a half-year. */
  z.object({ ...asked, name: z.literal('information'), half: z.string().refine(isHalf) }),
]);

export type LetterOrder = z.infer<typeof letterOrderSchema>;
export type LetterName = LetterOrder['name'];
export type LetterOrderOf<Name extends LetterName> = Extract<LetterOrder, { name: Name }>;
