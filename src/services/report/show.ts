import { reportWrites } from '../../../db/repositories/report.ts';
import { type Ctx, today } from '../../ctx.ts';
import { monthPeriod } from '../../domain/period.ts';
import { placeCard } from '../card/place.ts';
import { isGroupOf } from '../unit/own-ground.ts';
import type { ReportPlace } from './reporter.ts';

/**
 * Brings the shared card of a report anew to where it was asked for: the town's own group, once the month is over. False elsewhere: there
 * the whole report goes to whoever asked.
 */
export async function showInGroup(
  ctx: Ctx,
  { chat, place }: { chat: { readonly chatId: string; readonly type: 'p2p' | 'group' }; place: ReportPlace },
): Promise<boolean> {
  if (chat.type === 'p2p' || today(ctx) <= monthPeriod(place.month).to) return false;
  if (!(await isGroupOf(ctx, { chatId: chat.chatId, unitId: place.townId }))) return false;
  const { id } = await reportWrites.open(ctx.tx, place);
  const at = { target: chat.chatId, agentId: null };
  await placeCard(ctx, { subject: { subject: 'report', subjectId: id }, at, reach: 'new' });
  return true;
}
