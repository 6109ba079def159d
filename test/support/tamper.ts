/** Somebody who owns the database, knows the program and all its formats, and has no DATA_KEY. */
import { generateKeyPairSync, sign } from 'node:crypto';
import { asc, eq, sql } from 'drizzle-orm';
import type { Database, Tx } from '../../db/database.ts';
import type { LedgerRow } from '../../db/repositories/ledger.ts';
import { entryText, GENESIS_HASH, headText, ledgerHash } from '../../src/services/ledger/hash.ts';
import { engine } from './databases.ts';

/** Changes rows of any table, the append-only one too. */
export async function tamper(db: Database, work: (tx: Tx) => Promise<unknown>): Promise<void> {
  await db.write(async (tx) => {
    const triggers = await setTriggersAside(tx);
    await work(tx);
    for (const statement of triggers) await run(tx, statement);
  });
}

/** Lifts what refuses changes to the ledger. Returns the statements that put it back: an emptied database is used again. */
async function setTriggersAside(tx: Tx): Promise<string[]> {
  if (engine === 'postgres') {
    await run(tx, 'ALTER TABLE ledger_entries DISABLE TRIGGER USER');
    return ['ALTER TABLE ledger_entries ENABLE TRIGGER USER'];
  }
  const triggers = await tx.q
    .select({ name: sql<string>`name`, text: sql<string>`sql` })
    .from(sql`sqlite_master`)
    .where(sql`type = 'trigger'`);
  for (const { name } of triggers) await run(tx, `DROP TRIGGER ${name}`);
  return triggers.map(({ text }) => text);
}

/** Guarantee: each engine's query builder runs a plain statement by one of the two. */
async function run({ q }: Tx, statement: string): Promise<void> {
  const runner = q as unknown as Record<'run' | 'execute', (query: unknown) => Promise<unknown>>;
  await (engine === 'postgres' ? runner.execute(sql.raw(statement)) : runner.run(sql.raw(statement)));
}

/** As `stolen`: signatures stay where they were. As `forged`: everything is signed with a key of one's own. */
type Signing = 'stolen' | 'forged';

/**
 * Writes a chain anew with the entries that `change` leaves, numbered, linked and hashed as the program does, and moves its end.
 */
export async function rewriteChain(
  { q, t }: Tx,
  chain: { townId: number; change: (entry: LedgerRow) => LedgerRow | undefined; signing?: Signing },
): Promise<void> {
  const { townId, signing = 'stolen' } = chain;
  const entries = t.ledgerEntries;
  const before = await q.select().from(entries).where(eq(entries.townId, townId)).orderBy(asc(entries.seq));
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  const signed = (text: string, kept: string) =>
    signing === 'stolen' ? kept : sign(null, Buffer.from(text), privateKey).toString('base64url');
  let last: Pick<LedgerRow, 'seq' | 'hash' | 'signature'> = { seq: 0, hash: GENESIS_HASH, signature: '' };
  const after: LedgerRow[] = [];
  for (const entry of before) {
    const changed = chain.change(entry);
    if (!changed) continue;
    const linked = { ...changed, seq: last.seq + 1, prevHash: last.hash };
    const hash = ledgerHash(linked);
    last = { ...linked, hash, signature: signed(entryText({ hash }), entry.signature) };
    after.push({ ...linked, ...last });
  }
  await q.delete(entries).where(eq(entries.townId, townId));
  for (const entry of after) await q.insert(entries).values(entry);
  const { seq, hash } = last;
  const [head] = await q.select().from(t.ledgerHeads).where(eq(t.ledgerHeads.townId, townId));
  const signature = signed(headText({ townId, seq, hash }), head?.signature ?? '');
  await q.update(t.ledgerHeads).set({ seq, hash, signature }).where(eq(t.ledgerHeads.townId, townId));
  if (signing === 'forged')
    await q.update(t.ledgerKeys).set({ publicKey: publicKey.export({ format: 'jwk' }).x ?? '' });
}
