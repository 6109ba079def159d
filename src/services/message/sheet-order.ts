/** Which Excel file is wanted: what an outbox row carries of it. Ids and times only; the rows are read when it is sent. */
import * as z from 'zod';
import { isDay } from '../../domain/calendar.ts';
import { groupings } from '../../domain/grouping.ts';
import { importKinds } from '../../domain/import/layout.ts';
import { isHalf } from '../../domain/information.ts';
import { rankedKinds } from '../../domain/ranking.ts';
import { ledgerPlaceSchema } from '../ledger/place.ts';

const id = z.number().int().positive();
const day = z.string().refine(isDay);
/** Local days, both included. */
const period = { from: day, to: day, label: z.string() };
const asked = {
  /** Who asked; the file says so. */
  agentId: id,
  /** Milliseconds since the epoch; the file says so. What is registered later is not in a ledger. */
  askedAt: z.number().int(),
};

export const sheetOrderSchema = z.discriminatedUnion('name', [
  z.object({
    ...period,
    ...asked,
    name: z.literal('ledger'),
    unitId: id,
    /** What is open when the file is made, whenever registered. */
    open: z.boolean().optional(),
    /** The applicants' full data, with the reason and its entry in the ledger; null for masked data. */
    full: z.object({ reason: z.string(), entry: ledgerPlaceSchema }).nullable(),
    /** A large ledger goes out in several files: this one, counted from 1, of so many. */
    part: z.number().int().positive(),
    parts: z.number().int().positive(),
  }),
  z.object({ ...period, ...asked, name: z.literal('stats'), unitId: id, by: z.enum(groupings) }),
  /** The empty list of a kind, to be filled in and imported. */
  z.object({ ...asked, name: z.literal('importTemplate'), kind: z.enum(importKinds) }),
  /** The rows of a received list that cannot be taken, each with the reason. */
  z.object({ ...asked, name: z.literal('importFaults'), importId: id }),
  /** Annex 5 of a day, with the phones of staff and the entry in the ledger that says so. */
  z.object({ ...asked, name: z.literal('roster'), unitId: id, day, entry: ledgerPlaceSchema }),
  /** The reports of a month, of all towns that the unit receives them from. */
  z.object({
    ...asked,
    name: z.literal('reports'),
    unitId: id,
    month: z.string().refine((text) => isDay(`${text}-01`)),
  }),
  /** 政务信息排名 of a half-year. */
  z.object({ ...asked, name: z.literal('information'), bannerId: id, half: z.string().refine(isHalf) }),
  z.object({ ...asked, name: z.literal('bulletin'), bulletinId: id }),
  /** 专项工作台账: the plan's tasks of a unit and all below it. */
  z.object({ ...asked, name: z.literal('tasks'), unitId: id }),
  /** The year's indicators of the towns of a unit, and the workload of their people. */
  z.object({ ...asked, name: z.literal('annual'), unitId: id, year: z.number().int().min(2000).max(2999) }),
  z.object({ ...period, ...asked, name: z.literal('ranking'), unitId: id, whom: z.enum(rankedKinds) }),
]);

export type SheetOrder = z.infer<typeof sheetOrderSchema>;
export type SheetName = SheetOrder['name'];
export type SheetOrderOf<Name extends SheetName> = Extract<SheetOrder, { name: Name }>;
