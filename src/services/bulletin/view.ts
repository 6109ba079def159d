import type { BulletinView } from '../../../cards/bulletin.ts';
import { agentReads } from '../../../db/repositories/agent.ts';
import type { BulletinRow } from '../../../db/repositories/bulletin.ts';
import { unitReads } from '../../../db/repositories/unit.ts';
import type { Reading } from '../../ctx.ts';
import { quarterPeriod } from '../../domain/quarter.ts';
import { scoreTowns } from '../../domain/score.ts';
import { recordOpener } from '../data-key/record-keys.ts';
import { openNote, openReason } from './words.ts';

/** @param of.controls for whoever makes bulletins: what changes, publishes and corrects it. */
export async function viewBulletin(
  ctx: Reading,
  of: { bulletin: BulletinRow; controls: boolean },
): Promise<BulletinView> {
  const { bulletin, controls } = of;
  const { figures, publishedAt, publishedBy } = bulletin;
  const publisher = publishedBy === null ? undefined : await agentReads.byId(ctx.tx, publishedBy);
  const opener = await recordOpener(ctx);
  return {
    bulletinId: bulletin.id,
    revision: bulletin.revision,
    version: bulletin.version,
    state: bulletin.state,
    banner: (await unitReads.byId(ctx.tx, bulletin.bannerId))?.name ?? '',
    quarterName: quarterPeriod(bulletin.quarter).label,
    note: openNote(opener, bulletin),
    reason: openReason(opener, bulletin),
    scoring: figures.scoring,
    scores: scoreTowns(figures.towns, figures.scoring),
    whole: figures.whole,
    published: publishedAt === null ? null : { by: publisher?.name ?? '', at: publishedAt },
    draftedAt: bulletin.draftedAt,
    controls,
    zone: ctx.zone,
  };
}
