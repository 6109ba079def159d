import { roleWords } from '../../../cards/words.ts';
import { agentReads } from '../../../db/repositories/agent.ts';
import { unitReads } from '../../../db/repositories/unit.ts';
import type { Reading } from '../../ctx.ts';
import { presentFor } from '../stand-in/running.ts';
import { nearestManagers } from './nearest-managers.ts';

/** Of several any may decide; whoever waits needs no list of all. */
const NAMED_MAX = 3;

/**
 * Whom an applicant to a unit waits for, in words: the managers nearest to it (巴彦托海镇的高娃), else the administrators
 * (系统管理员李工); for who is on leave the one standing in. '系统管理员' where there is none yet.
 */
export async function decidersWords(ctx: Reading, unitId: number): Promise<string> {
  const line = await unitReads.lineage(ctx.tx, unitId);
  const managers = await presentFor(ctx, await nearestManagers(ctx, { line }));
  const admin = roleWords.admin;
  if (managers.length === 0) {
    const admins = await presentFor(ctx, await agentReads.activeAdmins(ctx.tx));
    return admins.length === 0 ? admin : anyOf(admins.map(({ name }) => `${admin}${name}`));
  }
  const unitOf = new Map(line.map(({ id, name }) => [id, name]));
  return anyOf(
    managers.map(({ name, unitId: own }) => `${unitOf.get(own) ?? ''}${unitOf.has(own) ? '的' : ''}${name}`),
  );
}

function anyOf(names: readonly string[]): string {
  return `${names.slice(0, NAMED_MAX).join('或')}${names.length > NAMED_MAX ? '等' : ''}`;
}
