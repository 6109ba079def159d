/** 名册里有没有这个人: whom of the roster somebody is who applies or joins. */

import type { AgentRow } from '../../../db/repositories/agent.ts';
import { type RosterRow, rosterReads, rosterWrites } from '../../../db/repositories/roster.ts';
import type { Ctx, Reading } from '../../ctx.ts';
import { nameKey } from '../../domain/name.ts';
import { openPhone } from '../agent/phone.ts';
import { recordRoster } from '../ledger/list-entries.ts';

export interface RosterMatch {
  readonly entry: RosterRow;
  /** By what the two are one: the telephone number, or the name within the unit. */
  readonly by: 'phone' | 'name';
}

/** The entry of this person: of the same number, else the only one of the same name in the unit. */
export async function rosterEntryOf(
  ctx: Reading,
  agent: Pick<AgentRow, 'openId' | 'name' | 'phoneSealed' | 'unitId'>,
): Promise<RosterMatch | undefined> {
  const phone = openPhone(ctx.vault, agent);
  const ofPhone = phone === null ? undefined : await listedUnder(ctx, phone);
  if (ofPhone) return { entry: ofPhone, by: 'phone' };
  const ofUnit = await rosterReads.ofUnit(ctx.tx, agent.unitId);
  const [ofName, another] = ofUnit.filter(({ name }) => nameKey(name) === nameKey(agent.name));
  return ofName && !another ? { entry: ofName, by: 'name' } : undefined;
}

/** Whose number it is, whichever key it was hashed under. */
async function listedUnder(ctx: Reading, phone: string): Promise<RosterRow | undefined> {
  for (const hash of ctx.vault.hashes('phone', phone)) {
    const [found] = await rosterReads.byPhone(ctx.tx, hash);
    if (found) return found;
  }
  return undefined;
}

/** Somebody has joined: the roster says so, unless the entry is somebody else's already. */
export async function joinRoster(ctx: Ctx, agent: AgentRow): Promise<void> {
  const match = await rosterEntryOf(ctx, agent);
  if (!match || match.entry.agentId !== null) return;
  const set = { agentId: agent.id };
  await rosterWrites.update(ctx.tx, { id: match.entry.id, set });
  await recordRoster(ctx, [{ ...match.entry, ...set }]);
}
