import { ledgerReads, ledgerWrites } from '../../../db/repositories/ledger.ts';
import type { Ctx } from '../../ctx.ts';
import { appendLedger } from './append.ts';
import { headText } from './hash.ts';
import { makeKey, retiredKey, signText } from './key.ts';

/**
 * Another key signs from now on. Each chain says so by an entry that the old key signs, and its end is signed by the new one; the
 * old private half is destroyed. Holds up every step until the transaction ends. Returns the new public key.
 */
export async function rotateLedgerKey(ctx: Ctx): Promise<string> {
  // First the key, which a new chain takes too: none begins with the old one after this.
  const old = await ledgerWrites.takeKey(ctx.tx);
  const made = { ...makeKey(ctx.vault), id: old.id + 1, madeAt: ctx.now };
  await ledgerWrites.insertKey(ctx.tx, made);
  for (const { townId } of await ledgerWrites.takeHeads(ctx.tx)) {
    const payload = { publicKey: made.publicKey };
    await appendLedger(ctx, { townId, caseId: null, kind: 'rotateKey', payload });
  }
  await ledgerWrites.retireKey(ctx.tx, { ...retiredKey(ctx.vault, old), id: old.id, retiredAt: ctx.now });
  for (const { townId, seq, hash } of await ledgerReads.heads(ctx.tx)) {
    const signature = signText(ctx.vault, made, headText({ townId, seq, hash }));
    await ledgerWrites.moveHead(ctx.tx, { townId, seq, hash, keyId: made.id, signature });
  }
  return made.publicKey;
}
