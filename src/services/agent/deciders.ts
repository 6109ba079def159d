import { roleWords } from '../../../cards/words.ts';
import { agentReads } from '../../../db/repositories/agent.ts';
import { unitReads } from '../../../db/repositories/unit.ts';
import type { Reading } from '../../ctx.ts';
import { presentFor } from '../stand-in/running.ts';
import { nearestManagers } from './nearest-managers.ts';
import { isNameless } from './setup.ts';

/** Of several any may decide; whoever waits needs no list of all. */
const NAMED_MAX = 3;

/**
 * Whom an applicant to a unit waits for, in words: the managers nearest to it (包主任（巴彦托海镇）), else the administrators
 * (高娃（系统管理员）); for who is on leave the one standing in. 系统管理员 alone where none has a name yet.
 */
export async function decidersWords(ctx: Reading, unitId: number): Promise<string> {
  const line = await unitReads.lineage(ctx.tx, unitId);
  const managers = await presentFor(ctx, await nearestManagers(ctx, { line }));
  const unitOf = new Map(line.map(({ id, name }) => [id, name]));
  if (managers.length > 0) return anyOf(managers.map((one) => withNote(one.name, unitOf.get(one.unitId))));
  const admins = (await presentFor(ctx, await agentReads.activeAdmins(ctx.tx))).filter((one) => !isNameless(one));
  if (admins.length === 0) return roleWords.admin;
  return anyOf(admins.map(({ name, role }) => withNote(name, role === 'admin' ? roleWords.admin : undefined)));
}

function withNote(name: string, note: string | undefined): string {
  return note === undefined ? name : `${name}（${note}）`;
}

function anyOf(names: readonly string[]): string {
  return `${names.slice(0, NAMED_MAX).join('或')}${names.length > NAMED_MAX ? '等' : ''}`;
}
