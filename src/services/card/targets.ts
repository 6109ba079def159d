import { type AgentRow, agentReads } from '../../../db/repositories/agent.ts';
import type { UnitRow } from '../../../db/repositories/unit.ts';
import type { Reading } from '../../ctx.ts';
import { presentFor } from '../stand-in/running.ts';

/** Where a living card stands: a group, or one person's private chat (then `agentId` says whose). */
export interface Target {
  readonly target: string;
  readonly agentId: number | null;
}

/** Whether a message to it is read by one person: targets are open_ids (ou_…) and chat_ids of groups (oc_…). */
export function isPerson(target: string): boolean {
  return target.startsWith('ou_');
}

/** So many people at most are written to one by one when their unit has no group. */
const PRIVATE_MAX = 10;

/** How a unit is reached: its group, else its people one by one, or who stands in for them. Empty when it has neither. */
export async function targetsOfUnit(ctx: Reading, unit: Pick<UnitRow, 'id' | 'chatId'>): Promise<Target[]> {
  if (unit.chatId !== null) return [{ target: unit.chatId, agentId: null }];
  return targetsOfPeople(await presentFor(ctx, await agentReads.activeOfUnit(ctx.tx, unit.id)));
}

/** Their private chats. */
export function targetsOfPeople(people: readonly Pick<AgentRow, 'id' | 'openId'>[]): Target[] {
  return people.slice(0, PRIVATE_MAX).map((agent) => ({ target: agent.openId, agentId: agent.id }));
}

/** Whether anybody of the unit would see what is sent to it. A group that the bot was taken out of is bound to no unit any more. */
export async function isReached(ctx: Reading, unit: Pick<UnitRow, 'id' | 'chatId'>): Promise<boolean> {
  return (await targetsOfUnit(ctx, unit)).length > 0;
}
