import { roleWords } from '../../../cards/words.ts';
import { agentReads } from '../../../db/repositories/agent.ts';
import type { Ctx } from '../../ctx.ts';
import { isNameless } from './setup.ts';

/** Whom a member of staff is sent to, 高娃（系统管理员）; undefined where there is nobody else, and for strangers, who are not to hear it. */
export async function adminToAsk({ tx, actor }: Pick<Ctx, 'tx' | 'actor'>): Promise<string | undefined> {
  if (actor.kind !== 'agent') return undefined;
  const admins = await agentReads.activeAdmins(tx);
  const admin = admins.find((one) => one.id !== actor.agent.id && !isNameless(one));
  return admin && `${admin.name}（${roleWords.admin}）`;
}
