import type { Card } from '../../../cards/card.ts';
import { importDoneCard, importEndedCard, importPreviewCard, importRetiredCard } from '../../../cards/import.ts';
import type { CardRow } from '../../../db/repositories/card.ts';
import { importReads } from '../../../db/repositories/import.ts';
import type { Reading } from '../../ctx.ts';
import { openImport } from './content.ts';
import { planImport } from './plan.ts';
import { viewPlan } from './view.ts';

/** The card of a list: what it would do to the rows as they are now, or what came of it. undefined: it is forgotten, or somebody else's. */
export async function drawImport(ctx: Reading, { subjectId, agentId }: CardRow): Promise<Card | undefined> {
  const record = await importReads.byId(ctx.tx, subjectId);
  if (!record || record.agentId !== agentId) return undefined;
  const content = openImport(ctx.vault, record);
  if (content.stage === 'arrived') return undefined;
  if (content.stage === 'emptied') return importEndedCard(content);
  const { file, fileName, shown } = content;
  if (shown?.as === 'retired') return importRetiredCard(shown);
  const view = viewPlan(await planImport(ctx, file), { importId: record.id, fileName, notes: file.notes });
  if (shown?.as === 'done') return importDoneCard({ ...view, counts: shown.counts });
  return importPreviewCard(view, { stale: shown?.as === 'stale' });
}
