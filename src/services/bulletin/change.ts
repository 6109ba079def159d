import { type BulletinRow, bulletinWrites } from '../../../db/repositories/bulletin.ts';
import { unitReads } from '../../../db/repositories/unit.ts';
import type { Ctx } from '../../ctx.ts';
import { quarterPeriod } from '../../domain/quarter.ts';
import { Refused } from '../../refusals.ts';
import { refreshCards } from '../card/place.ts';
import { requireEditor } from './editor.ts';
import { measureQuarter } from './measure.ts';
import { sealWords } from './words.ts';

/** The draft that a button names, by its editor and as that person saw it; nobody else changes it meanwhile. */
export async function takeDraft(ctx: Ctx, seen: { bulletinId: number; revision: number }): Promise<BulletinRow> {
  const draft = await bulletinWrites.take(ctx.tx, seen.bulletinId);
  if (!draft) throw new Refused('button_unknown');
  await requireEditor(ctx, draft.bannerId);
  if (draft.state !== 'draft') {
    throw new Refused('bulletin_published', { quarter: quarterPeriod(draft.quarter).label });
  }
  if (draft.revision !== seen.revision) throw new Refused('bulletin_outdated');
  return draft;
}

/** 保存按语; empty takes it away. `hides`: something in it looked like a resident's data, and was hidden. */
export async function changeNote(
  ctx: Ctx,
  input: { bulletinId: number; revision: number; note: string },
): Promise<{ hides: boolean }> {
  const draft = await takeDraft(ctx, input);
  const { sealed, hides } = await sealWords(ctx, { ...draft, which: 'note', text: input.note });
  await save(ctx, draft, { noteSealed: sealed });
  return { hides };
}

/** 重新计算: with what is known now, and the weights that are set now. */
export async function recount(ctx: Ctx, seen: { bulletinId: number; revision: number }): Promise<void> {
  const draft = await takeDraft(ctx, seen);
  const banner = await unitReads.byId(ctx.tx, draft.bannerId);
  if (!banner) throw new Error(`the banner of bulletin ${draft.id} does not exist`);
  await save(ctx, draft, { figures: await measureQuarter(ctx, { banner, quarter: draft.quarter }) });
}

async function save(ctx: Ctx, draft: BulletinRow, set: Partial<BulletinRow>): Promise<void> {
  await bulletinWrites.update(ctx.tx, { id: draft.id, set: { ...set, revision: draft.revision + 1 } });
  await refreshCards(ctx, { subject: 'bulletin', subjectId: draft.id });
}
