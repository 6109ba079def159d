import type { Tx } from '../../../db/database.ts';
import { ledgerReads } from '../../../db/repositories/ledger.ts';
import { type UnitRow, unitReads } from '../../../db/repositories/unit.ts';
import type { Ctx } from '../../ctx.ts';
import { localDay } from '../../domain/calendar.ts';
import { notify } from '../message/notify.ts';
import { chainLine, keyLine } from './witness.ts';

/**
 * Posts the ends of all chains, with the key they are signed by, for the day of `slot`: to the banner's group, or where none is
 * bound to the towns'. Nothing while the ledger is empty.
 */
export async function postFingerprint(ctx: Ctx, slot: number): Promise<void> {
  const heads = await ledgerReads.heads(ctx.tx);
  if (heads.length === 0) return;
  const units = await unitReads.all(ctx.tx);
  const nameOf = (townId: number) => units.find(({ id }) => id === townId)?.name ?? String(townId);
  const lines = heads.map(({ townId, seq, hash }) => chainLine({ name: nameOf(townId), seq, hash }));
  const key = (await ledgerReads.keys(ctx.tx)).at(-1);
  const title = `${localDay(slot, ctx.zone)} 台账指纹`;
  const notice = { title, lines: [...lines, ...(key ? [keyLine(key.publicKey)] : [])] };
  for (const target of witnessesAmong(units)) await notify(ctx, { target, notice });
}

/** True when there is a ledger and no group to post its fingerprint to: then nobody outside could tell that it was rewritten. */
export async function lacksWitness(tx: Tx): Promise<boolean> {
  if ((await ledgerReads.heads(tx)).length === 0) return false;
  return witnessesAmong(await unitReads.all(tx)).length === 0;
}

function witnessesAmong(units: readonly UnitRow[]): string[] {
  const chatsOf = (level: UnitRow['level']) => [
    ...new Set(units.flatMap((unit) => (unit.level === level && unit.chatId !== null ? [unit.chatId] : []))),
  ];
  const banners = chatsOf('banner');
  return banners.length > 0 ? banners : chatsOf('town');
}
