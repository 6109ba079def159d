import { and, eq } from 'drizzle-orm';
import type { EvidenceKind } from '../../src/domain/readiness.ts';
import type { Tables, Tx } from '../database.ts';

export type EvidencePlaceRow = Tables['evidencePlaces']['$inferSelect'];

/** A unit's task (its line as text) or check (its name). */
export interface EvidenceOf {
  readonly unitId: number;
  readonly kind: EvidenceKind;
  readonly ref: string;
}

export const evidenceReads = {
  async byId({ q, t }: Tx, id: number): Promise<EvidencePlaceRow | undefined> {
    return (await q.select().from(t.evidencePlaces).where(eq(t.evidencePlaces.id, id)))[0];
  },

  async find({ q, t }: Tx, { unitId, kind, ref }: EvidenceOf): Promise<EvidencePlaceRow | undefined> {
    const { evidencePlaces: places } = t;
    const ofAll = and(eq(places.unitId, unitId), eq(places.kind, kind), eq(places.ref, ref));
    return (await q.select().from(places).where(ofAll))[0];
  },
};

export const evidenceWrites = {
  /** The place, made with this key if it is not there. */
  async open(tx: Tx, place: EvidenceOf & { wrappedKey: string }): Promise<EvidencePlaceRow> {
    const { q, t } = tx;
    const { unitId, kind, ref } = t.evidencePlaces;
    await q
      .insert(t.evidencePlaces)
      .values(place)
      .onConflictDoNothing({ target: [unitId, kind, ref] });
    const found = await evidenceReads.find(tx, place);
    if (!found) throw new Error('the place of evidence is missing right after its insert');
    return found;
  },
};
