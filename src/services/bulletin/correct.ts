import { type BulletinRow, bulletinReads, bulletinWrites } from '../../../db/repositories/bulletin.ts';
import { unitReads } from '../../../db/repositories/unit.ts';
import type { Ctx } from '../../ctx.ts';
import { quarterPeriod } from '../../domain/quarter.ts';
import { isNoReason } from '../../domain/typed.ts';
import { Refused } from '../../refusals.ts';
import { recordOpener } from '../data-key/record-keys.ts';
import { requireEditor } from './editor.ts';
import { measureQuarter } from './measure.ts';
import { openNote, sealWords } from './words.ts';

/**
 * 更正: a further draft with the figures of now, the same 按语 and the reason; what is published stays as it is until the draft is published.
 */
export async function correctBulletin(ctx: Ctx, input: { bulletinId: number; reason: string }): Promise<BulletinRow> {
  const bulletin = await bulletinWrites.take(ctx.tx, input.bulletinId);
  if (!bulletin) throw new Refused('button_unknown');
  await requireEditor(ctx, bulletin.bannerId);
  const detail = { quarter: quarterPeriod(bulletin.quarter).label };
  const [newest] = await bulletinReads.ofQuarter(ctx.tx, bulletin);
  if (newest?.state === 'draft') throw new Refused('bulletin_draft_open', detail);
  if (newest?.id !== bulletin.id) throw new Refused('bulletin_corrected', detail);
  if (isNoReason(input.reason)) throw new Refused('bulletin_needs_reason');
  const banner = await unitReads.byId(ctx.tx, bulletin.bannerId);
  if (!banner) throw new Error(`the banner of bulletin ${bulletin.id} does not exist`);
  const { bannerId, quarter, version } = bulletin;
  const place = { bannerId, quarter, version: version + 1 };
  const note = await sealWords(ctx, { ...place, which: 'note', text: openNote(await recordOpener(ctx), bulletin) });
  const reason = await sealWords(ctx, { ...place, which: 'reason', text: input.reason });
  const made = await bulletinWrites.insert(ctx.tx, {
    ...place,
    state: 'draft',
    figures: await measureQuarter(ctx, { banner, quarter }),
    noteSealed: note.sealed,
    reasonSealed: reason.sealed,
    draftedAt: ctx.now,
  });
  if (!made) throw new Refused('bulletin_draft_open', detail);
  return made;
}
