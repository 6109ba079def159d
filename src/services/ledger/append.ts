import { type LedgerRow, ledgerWrites } from '../../../db/repositories/ledger.ts';
import type { Actor, Ctx } from '../../ctx.ts';
import { GENESIS_HASH, ledgerHash } from './hash.ts';

export interface LedgerNote {
  /** The town's chain it belongs to; the banner's for what concerns no town. */
  readonly townId: number;
  readonly caseId: number | null;
  /** The step, or another event such as `reveal`, `bind`, `approve`. */
  readonly kind: string;
  /** Facts without personal data; what a resident could be told by goes in sealed under the applicant's key. */
  readonly payload: Readonly<Record<string, unknown>>;
}

/**
 * Writes entries at the end of the town's chain, in the transaction of the step they record; all of one town. Returns them as they
 * stand there.
 */
export async function appendLedger(ctx: Ctx, ...notes: readonly [LedgerNote, ...LedgerNote[]]): Promise<LedgerRow[]> {
  const [{ townId }] = notes;
  let head = await ledgerWrites.takeHead(ctx.tx, { townId, genesisHash: GENESIS_HASH });
  const entries: LedgerRow[] = [];
  for (const note of notes) {
    const unhashed = {
      townId,
      seq: head.seq + 1,
      caseId: note.caseId,
      at: ctx.now,
      kind: note.kind,
      payload: JSON.stringify(note.payload),
      prevHash: head.hash,
      ...actorColumns(ctx.actor),
    };
    const entry = { ...unhashed, hash: ledgerHash(unhashed) };
    entries.push(entry);
    head = entry;
  }
  await ledgerWrites.append(ctx.tx, entries);
  return entries;
}

function actorColumns(actor: Actor) {
  if (actor.kind === 'agent') {
    return { actorKind: 'agent' as const, actorId: String(actor.agent.id), unitId: actor.unit.id };
  }
  if (actor.kind === 'stranger') return { actorKind: 'stranger' as const, actorId: actor.openId, unitId: null };
  return { actorKind: 'system' as const, actorId: actor.name, unitId: null };
}
