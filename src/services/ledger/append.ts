import { type LedgerKeyRow, type LedgerRow, ledgerWrites } from '../../../db/repositories/ledger.ts';
import type { Actor, Ctx } from '../../ctx.ts';
import type { LedgerKind } from '../../domain/ledger.ts';
import { Refused } from '../../refusals.ts';
import { entryText, GENESIS_HASH, headText, ledgerHash } from './hash.ts';
import { signText } from './key.ts';
import type { LedgerPlace } from './place.ts';

export interface LedgerNote {
  /** The town's chain it belongs to; the banner's for what concerns no town. */
  readonly townId: number;
  readonly caseId: number | null;
  readonly kind: LedgerKind;
  /** Facts: never what somebody typed, and nothing by which a resident could be told. */
  readonly payload: Readonly<Record<string, unknown>>;
  /** What was typed, under the applicant's key. */
  readonly sealed?: string | undefined;
}

/**
 * Writes entries at the end of the town's chain, in the transaction of what they record; all of one town. Returns where they
 * stand, in the same order. Refuses where the chain's end is not as it was signed.
 */
export async function appendLedger(
  ctx: Ctx,
  ...notes: readonly [LedgerNote, ...LedgerNote[]]
): Promise<[LedgerPlace, ...LedgerPlace[]]> {
  const [{ townId }] = notes;
  const { head, key } = await ledgerWrites.takeHead(ctx.tx, { townId, genesisHash: GENESIS_HASH });
  // Signing on would make good what somebody did to its end.
  if (head.seq > 0 && head.signature !== signText(ctx.vault, key, headText(head))) throw new Refused('ledger_changed');
  let last: Pick<LedgerRow, 'seq' | 'hash'> = head;
  const [first, ...rest] = notes;
  const write = (note: LedgerNote) => {
    const entry = entryAfter(ctx, { last, note, key });
    last = entry;
    return entry;
  };
  const entries = [write(first), ...rest.map(write)] as const;
  const moved = { townId, seq: last.seq, hash: last.hash, keyId: key.id };
  await ledgerWrites.append(ctx.tx, {
    entries,
    head: { ...moved, signature: signText(ctx.vault, key, headText(moved)) },
  });
  const [begun, ...followed] = entries;
  return [placeOf(begun), ...followed.map(placeOf)];
}

function entryAfter(
  ctx: Ctx,
  { last, note, key }: { last: Pick<LedgerRow, 'seq' | 'hash'>; note: LedgerNote; key: LedgerKeyRow },
): LedgerRow {
  const unhashed = {
    ...actorColumns(ctx.actor),
    townId: note.townId,
    seq: last.seq + 1,
    caseId: note.caseId,
    at: ctx.now,
    kind: note.kind,
    payload: JSON.stringify(note.payload),
    sealed: note.sealed ?? null,
    prevHash: last.hash,
  };
  const hash = ledgerHash(unhashed);
  return { ...unhashed, hash, signature: signText(ctx.vault, key, entryText({ hash })) };
}

function placeOf({ townId, seq }: LedgerRow): LedgerPlace {
  return { townId, seq };
}

function actorColumns(actor: Actor) {
  if (actor.kind === 'agent') {
    return { actorKind: 'agent' as const, actorId: String(actor.agent.id), unitId: actor.unit.id };
  }
  if (actor.kind === 'stranger') return { actorKind: 'stranger' as const, actorId: actor.openId, unitId: null };
  return { actorKind: 'system' as const, actorId: actor.name, unitId: null };
}
