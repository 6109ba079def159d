/** Rows that hold something sealed under `DATA_KEY`, wherever they stand: for the change of that key alone. */
import { type AnyColumn, and, asc, count, eq, getTableColumns, gt, like, ne, notLike } from 'drizzle-orm';
import type { Tables, Tx } from '../database.ts';

/** By which key the rows of a table follow each other, and in which column the sealed value stands. */
const places = {
  ledgerKeys: { key: 'id', sealed: 'privateKeySealed' },
  agents: { key: 'id', sealed: 'phoneSealed' },
  roster: { key: 'id', sealed: 'phoneSealed' },
  applicants: { key: 'id', sealed: 'wrappedKey' },
  unitLists: { key: 'id', sealed: 'wrappedKey' },
  evidencePlaces: { key: 'id', sealed: 'wrappedKey' },
  drafts: { key: 'id', sealed: 'contentSealed' },
  imports: { key: 'id', sealed: 'contentSealed' },
  reportTexts: { key: 'id', sealed: 'wordsSealed' },
  inbox: { key: 'key', sealed: 'answerSealed' },
  outbox: { key: 'id', sealed: 'contentSealed' },
  informationPieces: { key: 'id', sealed: 'titleSealed' },
  informationAdoptions: { key: 'id', sealed: 'undoReasonSealed' },
} as const satisfies { readonly [Name in keyof Tables]?: { readonly key: string; readonly sealed: string } };

export type SealedPlace = keyof typeof places;
export type RowOf<Place extends SealedPlace> = Tables[Place]['$inferSelect'];
/** Of a row: where it comes among the others. */
export type RowKey = number | string;

export const sealedPlaces = Object.keys(places) as SealedPlace[];

export const sealedReads = {
  /** How many rows of the table are sealed under the key of this mark. */
  async count({ q, t }: Tx, { place, mark }: { place: SealedPlace; mark: string }): Promise<number> {
    const { sealed } = columnsOf(t, place);
    const [found] = await q
      .select({ rows: count() })
      .from(t[place])
      .where(like(sealed, `${mark}%`));
    return found?.rows ?? 0;
  },
};

export const sealedWrites = {
  /** The next rows that are sealed under another key than that of `mark`, by their key; nobody else changes them until the transaction ends. */
  async takeOthers<Place extends SealedPlace>(
    { q, t, forUpdate }: Tx,
    { place, mark, after, limit }: { place: Place; mark: string; after: RowKey | undefined; limit: number },
  ): Promise<RowOf<Place>[]> {
    const { key, sealed } = columnsOf(t, place);
    const others = and(after === undefined ? undefined : gt(key, after), notLike(sealed, `${mark}%`), ne(sealed, ''));
    const rows = await forUpdate(
      q
        .select()
        .from(t[place] as Tables['outbox'])
        .where(others)
        .orderBy(asc(key))
        .limit(limit),
    );
    return asRows<Place>(rows);
  },

  async set<Place extends SealedPlace>(
    { q, t }: Tx,
    { place, row, set }: { place: Place; row: RowOf<Place>; set: Partial<RowOf<Place>> },
  ): Promise<void> {
    const { key } = columnsOf(t, place);
    await q
      .update(t[place])
      .set(set as object)
      .where(eq(key, keyOf(place, row)));
  },
};

/** Where the row comes among the others. */
export function keyOf<Place extends SealedPlace>(place: Place, row: RowOf<Place>): RowKey {
  const values: Readonly<Record<string, unknown>> = row;
  return values[places[place].key] as RowKey;
}

/** Guarantee: `places` names columns of the table. */
function columnsOf(t: Tables, place: SealedPlace): { key: AnyColumn; sealed: AnyColumn } {
  const columns = getTableColumns(t[place]) as Record<string, AnyColumn>;
  const { key, sealed } = places[place];
  return { key: columns[key] as AnyColumn, sealed: columns[sealed] as AnyColumn };
}

/** Guarantee: they were selected from that table, whole. */
function asRows<Place extends SealedPlace>(rows: readonly object[]): RowOf<Place>[] {
  return rows as RowOf<Place>[];
}
