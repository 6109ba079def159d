/** Which Word file is wanted: what an outbox row carries of it. Ids and days only; what it says is read when it is sent. */
import * as z from 'zod';
import { isDay } from '../../domain/calendar.ts';
import { isHalf } from '../../domain/information.ts';
import { slips } from '../../domain/slip.ts';
import { ledgerPlaceSchema } from '../ledger/place.ts';

const id = z.number().int().positive();
const month = z.string().refine((text) => isDay(`${text}-01`));
const asked = {
  /** Who asked. */
  agentId: id,
  /** Milliseconds since the epoch. */
  askedAt: z.number().int(),
};

export const letterOrderSchema = z.discriminatedUnion('name', [
  z.object({ ...asked, name: z.literal('bulletin'), bulletinId: id }),
  /** A town's monthly report: what was submitted, or the draft. `unitId`: the town. */
  z.object({ ...asked, name: z.literal('report'), unitId: id, month }),
  /** The reports of all towns from which whoever asked receives them. `unitId`: the unit of who asked. */
  z.object({ ...asked, name: z.literal('reports'), unitId: id, month }),
  /** A paper of a case, with its applicant's data; `entry`: where the ledger says that it was asked for. */
  z.object({
    ...asked,
    name: z.literal('slip'),
    caseId: id,
    slip: z.enum(slips),
    large: z.boolean(),
    entry: ledgerPlaceSchema,
  }),
  /** 政务信息工作情况的通报 of a half-year. */
  z.object({ ...asked, name: z.literal('information'), bannerId: id, half: z.string().refine(isHalf) }),
]);

export type LetterOrder = z.infer<typeof letterOrderSchema>;
export type LetterName = LetterOrder['name'];
export type LetterOrderOf<Name extends LetterName> = Extract<LetterOrder, { name: Name }>;
