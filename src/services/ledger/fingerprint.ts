import { createHash } from 'node:crypto';
import { ledgerReads } from '../../../db/repositories/ledger.ts';
import { unitReads } from '../../../db/repositories/unit.ts';
import type { Ctx } from '../../ctx.ts';
import { localDay } from '../../domain/calendar.ts';
import { notify } from '../message/notify.ts';

const SHOWN = 16;

/** One line of a fingerprint card: a chain's height and the beginning of its last hash. */
function chainLine(head: { name: string; seq: number; hash: string }): string {
  return `${head.name}：第${head.seq}条 ${head.hash.slice(0, SHOWN)}`;
}

/** Posts the ends of all chains, and one hash over them, to the banner's group for the day of `slot`. Nothing while the ledger is empty. */
export async function postFingerprint(ctx: Ctx, slot: number): Promise<void> {
  const heads = await ledgerReads.heads(ctx.tx);
  if (heads.length === 0) return;
  const lines: string[] = [];
  for (const { townId, seq, hash } of heads) {
    lines.push(chainLine({ name: (await unitReads.byId(ctx.tx, townId))?.name ?? String(townId), seq, hash }));
  }
  const whole = createHash('sha256').update(JSON.stringify(heads)).digest('hex');
  for (const banner of await unitReads.ofLevels(ctx.tx, ['banner'])) {
    if (!banner.chatId) continue;
    const title = `${localDay(slot, ctx.zone)} 台账指纹`;
    await notify(ctx, {
      target: banner.chatId,
      notice: { title, lines: [`总指纹 ${whole.slice(0, SHOWN)}`, ...lines] },
    });
  }
}
