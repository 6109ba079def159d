import { and, asc, count, eq, gt, inArray, isNotNull, isNull, lt, lte, or, sql } from 'drizzle-orm';
import type { Tables, Tx } from '../database.ts';

export type PaperRow = Tables['papers']['$inferSelect'];
export type NewPaper = Tables['papers']['$inferInsert'];
export type PaperRound = Tables['paperRounds']['$inferSelect'];

/** What a kept paper is to the ledger's check and to the store. */
export type KeptPaper = Pick<PaperRow, 'id' | 'caseId' | 'fileName' | 'hash' | 'bytes' | 'material'>;

export const paperReads = {
  async byId({ q, t }: Tx, id: number): Promise<PaperRow | undefined> {
    return (await q.select().from(t.papers).where(eq(t.papers.id, id)))[0];
  },

  /** What a case has, oldest first. */
  async keptOfCase({ q, t }: Tx, caseId: number): Promise<PaperRow[]> {
    const { papers } = t;
    return q
      .select()
      .from(papers)
      .where(and(eq(papers.caseId, caseId), eq(papers.state, 'kept')))
      .orderBy(asc(papers.id));
  },

  /** Of several cases the names of their files and the hashes. */
  async keptOfCases({ q, t }: Tx, caseIds: readonly number[]): Promise<KeptPaper[]> {
    const { id, caseId, fileName, hash, bytes, material, state } = t.papers;
    return q
      .select({ id, caseId, fileName, hash, bytes, material })
      .from(t.papers)
      .where(and(inArray(caseId, [...caseIds]), eq(state, 'kept')));
  },

  /** How many a case has or will have. */
  async countOfCase({ q, t }: Tx, caseId: number): Promise<number> {
    return q.$count(t.papers, and(eq(t.papers.caseId, caseId), inArray(t.papers.state, ['kept', 'waiting'])));
  },

  /** Photos of a task or check that are kept, oldest first. */
  async keptOfPlace({ q, t }: Tx, placeId: number): Promise<PaperRow[]> {
    const { papers } = t;
    return q
      .select()
      .from(papers)
      .where(and(eq(papers.placeId, placeId), eq(papers.state, 'kept')))
      .orderBy(asc(papers.id));
  },

  /** How many a task or check has or will have. */
  async countOfPlace({ q, t }: Tx, placeId: number): Promise<number> {
    return q.$count(t.papers, and(eq(t.papers.placeId, placeId), inArray(t.papers.state, ['kept', 'waiting'])));
  },

  /** All photos of tasks and checks that are kept, for the check of the ledger. */
  async keptOfPlaces({ q, t }: Tx): Promise<Pick<PaperRow, 'id' | 'placeId' | 'hash'>[]> {
    const { id, placeId, hash, state } = t.papers;
    return q
      .select({ id, placeId, hash })
      .from(t.papers)
      .where(and(isNotNull(placeId), eq(state, 'kept')));
  },

  /** The next `limit` by id of those that have a file. */
  async keptPage({ q, t }: Tx, page: { afterId: number; limit: number }): Promise<KeptPaper[]> {
    const { id, caseId, fileName, hash, bytes, material, state } = t.papers;
    return q
      .select({ id, caseId, fileName, hash, bytes, material })
      .from(t.papers)
      .where(and(gt(id, page.afterId), eq(state, 'kept')))
      .orderBy(asc(id))
      .limit(page.limit);
  },

  /** The next `limit` by id of those whose file has been deleted before then: their persons were erased. */
  async gonePage(
    { q, t }: Tx,
    page: { afterId: number; before: number; limit: number },
  ): Promise<Pick<PaperRow, 'id' | 'fileName'>[]> {
    const { id, fileName, state, settledAt } = t.papers;
    return q
      .select({ id, fileName })
      .from(t.papers)
      .where(and(gt(id, page.afterId), eq(state, 'gone'), lt(settledAt, page.before)))
      .orderBy(asc(id))
      .limit(page.limit);
  },

  async ofRound({ q, t }: Tx, roundId: number): Promise<PaperRow[]> {
    return q.select().from(t.papers).where(eq(t.papers.roundId, roundId)).orderBy(asc(t.papers.id));
  },

  async round({ q, t }: Tx, id: number): Promise<PaperRound | undefined> {
    return (await q.select().from(t.paperRounds).where(eq(t.paperRounds.id, id)))[0];
  },

  /** When the oldest that waits to be fetched was sent, and how many wait so long; undefined when none does. */
  async waitingSince({ q, t }: Tx): Promise<{ at: number; papers: number } | undefined> {
    const [row] = await q
      .select({ at: sql<number | null>`min(${t.papers.createdAt})`, papers: count() })
      .from(t.papers)
      .where(and(isNull(t.papers.settledAt), eq(t.papers.state, 'waiting')));
    return row?.at == null ? undefined : { at: Number(row.at), papers: row.papers };
  },
};

export const paperWrites = {
  async startRound({ q, t }: Tx, round: Omit<PaperRound, 'id' | 'endedAt'>): Promise<PaperRound> {
    const [row] = await q.insert(t.paperRounds).values(round).returning();
    if (!row) throw new Error('insert into paper_rounds returned no row');
    return row;
  },

  /** The rounds of a person that have not ended; nobody else changes them until the transaction ends. */
  async takeOpenRounds({ q, t, forUpdate }: Tx, agentId: number): Promise<PaperRound[]> {
    const { paperRounds } = t;
    return forUpdate(
      q
        .select()
        .from(paperRounds)
        .where(and(eq(paperRounds.agentId, agentId), isNull(paperRounds.endedAt)))
        .orderBy(asc(paperRounds.id)),
    );
  },

  async takeRound({ q, t, forUpdate }: Tx, id: number): Promise<PaperRound | undefined> {
    return (await forUpdate(q.select().from(t.paperRounds).where(eq(t.paperRounds.id, id))))[0];
  },

  /** Rounds whose quiet time is over. */
  async takeQuietRounds({ q, t, forUpdate }: Tx, wanted: { now: number; limit: number }): Promise<PaperRound[]> {
    const { paperRounds } = t;
    return forUpdate(
      q
        .select()
        .from(paperRounds)
        .where(and(isNull(paperRounds.endedAt), lte(paperRounds.until, wanted.now)))
        .orderBy(asc(paperRounds.until))
        .limit(wanted.limit),
      { skip: true },
    );
  },

  async changeRound({ q, t }: Tx, { id, ...set }: { id: number } & Partial<Omit<PaperRound, 'id'>>): Promise<void> {
    await q.update(t.paperRounds).set(set).where(eq(t.paperRounds.id, id));
  },

  /** What came in before is not taken twice. Returns how many are new. */
  async insert({ q, t }: Tx, rows: readonly [NewPaper, ...NewPaper[]]): Promise<number> {
    const added = await q
      .insert(t.papers)
      .values([...rows])
      .onConflictDoNothing({ target: [t.papers.messageId, t.papers.resourceKey] })
      .returning({ id: t.papers.id });
    return added.length;
  },

  /**
   * Takes the next that is to be fetched or deleted, and keeps it from others until the lease is over: a process that dies has
   * done nothing that cannot be done again.
   */
  async claim(tx: Tx, claim: { now: number; leaseMs: number }): Promise<PaperRow | undefined> {
    const { papers } = tx.t;
    const [next] = await tx.forUpdate(
      tx.q
        .select({ id: papers.id })
        .from(papers)
        .where(and(isNull(papers.settledAt), lte(papers.availableAt, claim.now)))
        .orderBy(asc(papers.availableAt), asc(papers.id))
        .limit(1),
      { skip: true },
    );
    if (!next) return undefined;
    const [row] = await tx.q
      .update(papers)
      .set({ availableAt: claim.now + claim.leaseMs, attempts: sql`${papers.attempts} + 1` })
      .where(eq(papers.id, next.id))
      .returning();
    return row;
  },

  /** The paper as it stands; nobody else changes it until the transaction ends. */
  async take({ q, t, forUpdate }: Tx, id: number): Promise<PaperRow | undefined> {
    return (await forUpdate(q.select().from(t.papers).where(eq(t.papers.id, id))))[0];
  },

  async change({ q, t }: Tx, { id, ...set }: { id: number } & Partial<Omit<PaperRow, 'id'>>): Promise<void> {
    await q.update(t.papers).set(set).where(eq(t.papers.id, id));
  },

  /** What was sent before anybody said of which case belongs to it now. */
  async assign({ q, t }: Tx, { ids, ...set }: { ids: readonly number[] } & Partial<NewPaper>): Promise<void> {
    if (ids.length > 0)
      await q
        .update(t.papers)
        .set(set)
        .where(inArray(t.papers.id, [...ids]));
  },

  /** Names what is not named yet of a round. Returns those that are kept already. */
  async nameUnnamed(
    { q, t }: Tx,
    { roundId, material }: { roundId: number; material: string },
  ): Promise<Pick<PaperRow, 'id' | 'state' | 'hash'>[]> {
    const { papers } = t;
    return q
      .update(papers)
      .set({ material })
      .where(
        and(
          eq(papers.roundId, roundId),
          isNull(papers.material),
          inArray(papers.state, ['kept', 'waiting', 'unassigned']),
        ),
      )
      .returning({ id: papers.id, state: papers.state, hash: papers.hash });
  },

  /** The person of the case was erased: what has been fetched is to be deleted, what was not never will be. */
  async leaveCase({ q, t }: Tx, { caseId, at }: { caseId: number; at: number }): Promise<void> {
    const { papers } = t;
    const leaving = or(eq(papers.state, 'kept'), eq(papers.state, 'waiting'));
    await q
      .update(papers)
      .set({ state: 'leaving', settledAt: null, availableAt: at, attempts: 0, material: null, type: null })
      .where(and(eq(papers.caseId, caseId), leaving));
  },
};
