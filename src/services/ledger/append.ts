import { ledgerWrites } from '../../../db/repositories/ledger.ts';
import type { Actor, Ctx } from '../../ctx.ts';
import { GENESIS_HASH, ledgerHash } from './hash.ts';
import type { LedgerPlace } from './place.ts';

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
 * Writes entries at the end of the town's chain, in the transaction of the step they record; all of one town. Returns where they
 * stand, in the same order.
 */
export async function appendLedger(
  ctx: Ctx,
  ...notes: readonly [LedgerNote, ...LedgerNote[]]
): Promise<[LedgerPlace, ...LedgerPlace[]]> {
  const [{ townId }, ...others] = notes;
  const head = await ledgerWrites.takeHead(ctx.tx, { townId, genesisHash: GENESIS_HASH });
  let last = head;
  const entries = notes.map((note) => {
    const unhashed = {
      ...actorColumns(ctx.actor),
      townId,
      seq: last.seq + 1,
      caseId: note.caseId,
      at: ctx.now,
      kind: note.kind,
      payload: JSON.stringify(note.payload),
      prevHash: last.hash,
    };
    const entry = { ...unhashed, hash: ledgerHash(unhashed) };
    last = entry;
    return entry;
  });
  await ledgerWrites.append(ctx.tx, entries);
  const place = (index: number) => ({ townId, seq: head.seq + 1 + index });
  return [place(0), ...others.map((_, index) => place(index + 1))];
}

function actorColumns(actor: Actor) {
  if (actor.kind === 'agent') {
    return { actorKind: 'agent' as const, actorId: String(actor.agent.id), unitId: actor.unit.id };
  }
  if (actor.kind === 'stranger') return { actorKind: 'stranger' as const, actorId: actor.openId, unitId: null };
  return { actorKind: 'system' as const, actorId: actor.name, unitId: null };
}
