/** Information work: pieces, their uses, what a use is worth, published rankings. */
import { and, eq, inArray, isNull, type SQL } from 'drizzle-orm';
import type { Tables, Tx } from '../database.ts';

export type PieceRow = Tables['informationPieces']['$inferSelect'];
type NewPiece = Tables['informationPieces']['$inferInsert'];
export type AdoptionRow = Tables['informationAdoptions']['$inferSelect'];
type NewAdoption = Tables['informationAdoptions']['$inferInsert'];
export type PointsRow = Tables['informationPoints']['$inferSelect'];
export type InformationRankingRow = Tables['informationRankings']['$inferSelect'];
type NewRanking = Tables['informationRankings']['$inferInsert'];
export type RankingVersion = Pick<InformationRankingRow, 'bannerId' | 'half' | 'version'>;

/** A half-year of these units. */
interface HalfOfUnits {
  readonly half: string;
  readonly unitIds: readonly number[];
}

export const informationReads = {
  /** The newest first. */
  async pieces({ q, t }: Tx, { half, unitIds }: HalfOfUnits): Promise<PieceRow[]> {
    const { informationPieces: pieces } = t;
    const theirs = and(eq(pieces.half, half), inArray(pieces.unitId, [...unitIds]));
    return (await q.select().from(pieces).where(theirs)).sort((a, b) => b.id - a.id);
  },

  async piece({ q, t }: Tx, id: number): Promise<PieceRow | undefined> {
    return (await q.select().from(t.informationPieces).where(eq(t.informationPieces.id, id)))[0];
  },

  /** The standing uses, the oldest first. */
  async adoptions({ q, t }: Tx, { half, unitIds }: HalfOfUnits): Promise<AdoptionRow[]> {
    const { informationAdoptions: adoptions } = t;
    const theirs = and(eq(adoptions.half, half), inArray(adoptions.unitId, [...unitIds]), isNull(adoptions.undoneAt));
    return (await q.select().from(adoptions).where(theirs)).sort((a, b) => a.id - b.id);
  },

  /** The standing uses of these pieces. */
  async adoptionsOf({ q, t }: Tx, pieceIds: readonly number[]): Promise<AdoptionRow[]> {
    const { pieceId, undoneAt } = t.informationAdoptions;
    const standing = and(inArray(pieceId, [...pieceIds]), isNull(undoneAt));
    return (await q.select().from(t.informationAdoptions).where(standing)).sort((a, b) => a.id - b.id);
  },

  async adoption({ q, t }: Tx, id: number): Promise<AdoptionRow | undefined> {
    return (await q.select().from(t.informationAdoptions).where(eq(t.informationAdoptions.id, id)))[0];
  },

  /** All that a banner's office ever set. */
  async points({ q, t }: Tx, bannerId: number): Promise<PointsRow[]> {
    return q.select().from(t.informationPoints).where(eq(t.informationPoints.bannerId, bannerId));
  },

  /** All versions of a half-year's ranking, the newest first. */
  async rankings(
    { q, t }: Tx,
    { bannerId, half }: Pick<RankingVersion, 'bannerId' | 'half'>,
  ): Promise<InformationRankingRow[]> {
    const { informationRankings: rankings } = t;
    const ofHalf = and(eq(rankings.bannerId, bannerId), eq(rankings.half, half));
    return (await q.select().from(rankings).where(ofHalf)).sort((a, b) => b.version - a.version);
  },

  /** Everything there ever was, for the ledger's check. */
  async all({ q, t }: Tx): Promise<{
    pieces: PieceRow[];
    adoptions: AdoptionRow[];
    points: PointsRow[];
    rankings: InformationRankingRow[];
  }> {
    return {
      pieces: await q.select().from(t.informationPieces),
      adoptions: await q.select().from(t.informationAdoptions),
      points: await q.select().from(t.informationPoints),
      rankings: await q.select().from(t.informationRankings),
    };
  },
};

export const informationWrites = {
  /** Nobody else sends in, marks or publishes for this unit until the transaction ends. */
  async holdUnit({ q, t, forUpdate }: Tx, unitId: number): Promise<void> {
    await forUpdate(q.select({ id: t.units.id }).from(t.units).where(eq(t.units.id, unitId)));
  },

  async addPiece({ q, t }: Tx, piece: NewPiece): Promise<PieceRow> {
    const [row] = await q.insert(t.informationPieces).values(piece).returning();
    if (!row) throw new Error('insert into information_pieces returned no row');
    return row;
  },

  async addAdoption({ q, t }: Tx, adoption: NewAdoption): Promise<AdoptionRow> {
    const [row] = await q.insert(t.informationAdoptions).values(adoption).returning();
    if (!row) throw new Error('insert into information_adoptions returned no row');
    return row;
  },

  async undoAdoption(
    { q, t }: Tx,
    { id, ...set }: Pick<AdoptionRow, 'id' | 'undoneAt' | 'undoneById' | 'undoReasonSealed'>,
  ): Promise<void> {
    await q.update(t.informationAdoptions).set(set).where(eq(t.informationAdoptions.id, id));
  },

  /** What is set for the same day once more takes the place of the first. */
  async setPoints({ q, t }: Tx, row: PointsRow): Promise<void> {
    const { bannerId, kind, fromDay } = t.informationPoints;
    await q
      .insert(t.informationPoints)
      .values(row)
      .onConflictDoUpdate({ target: [bannerId, kind, fromDay], set: { points: row.points } });
  },

  async addRanking({ q, t }: Tx, ranking: NewRanking): Promise<void> {
    await q.insert(t.informationRankings).values(ranking);
  },

  /** An open 更正 goes out. */
  async publishCorrection(
    { q, t }: Tx,
    {
      bannerId,
      half,
      version,
      ...set
    }: RankingVersion & Pick<InformationRankingRow, 'rows' | 'publishedAt' | 'publishedById'>,
  ): Promise<void> {
    await q.update(t.informationRankings).set(set).where(openVersion(t, { bannerId, half, version }));
  },

  /** An open 更正 is given up; what was published is never taken away. */
  async dropCorrection({ q, t }: Tx, of: RankingVersion): Promise<void> {
    await q.delete(t.informationRankings).where(openVersion(t, of));
  },
};

function openVersion(
  { informationRankings: rankings }: Tx['t'],
  { bannerId, half, version }: RankingVersion,
): SQL | undefined {
  const ofHalf = and(eq(rankings.bannerId, bannerId), eq(rankings.half, half));
  return and(ofHalf, eq(rankings.version, version), isNull(rankings.publishedAt));
}
