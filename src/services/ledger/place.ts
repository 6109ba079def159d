/** Where an entry stands in the ledger, for a message that rests on it. */
import * as z from 'zod';

export const ledgerPlaceSchema = z.object({
  /** Whose chain. */
  townId: z.number().int().positive(),
  /** Its number there. */
  seq: z.number().int().positive(),
});

export type LedgerPlace = z.infer<typeof ledgerPlaceSchema>;
