import type { Ctx, Staff } from '../../ctx.ts';
import { placeCard } from '../card/place.ts';
import { readersAt } from '../card/readers.ts';
import { requireRight } from '../require-right.ts';
import type { CaseDossier } from './dossier.ts';

/** Refuses `case_unknown` unless the actor sees the case: whoever does not learns nothing of it. */
export function requireSight(ctx: Ctx, { parties }: CaseDossier): Staff {
  return requireRight(ctx, { right: 'seeCase', otherwise: 'case_unknown', subject: { parties } });
}

/**
 * Brings a case's card to the bottom of the chat for somebody who may see it; in a group whose people have nothing to do with
 * the case, into the asker's private chat instead. Returns where it went.
 */
export async function showCase(
  ctx: Ctx,
  request: { dossier: CaseDossier; chat: { chatId: string; type: 'p2p' | 'group' } },
): Promise<'here' | 'privately'> {
  const staff = requireSight(ctx, request.dossier);
  const group = { target: request.chat.chatId, agentId: null };
  const here = request.chat.type === 'group' && (await readersAt(ctx, { dossier: request.dossier, at: group })).maySee;
  const at = here ? group : { target: staff.agent.openId, agentId: staff.agent.id };
  const subject = { subject: 'case' as const, subjectId: request.dossier.record.id };
  await placeCard(ctx, { subject, at, reach: 'new' });
  return here || request.chat.type === 'p2p' ? 'here' : 'privately';
}
