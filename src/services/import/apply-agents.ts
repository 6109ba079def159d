import { type NewRosterRow, type RosterRow, rosterReads, rosterWrites } from '../../../db/repositories/roster.ts';
import type { Ctx } from '../../ctx.ts';
import type { RosterValues } from '../../domain/import/agents.ts';
import type { Change } from '../../domain/import/plan.ts';
import { recordRoster } from '../ledger/list-entries.ts';
import { sealListedPhone } from '../roster/phone.ts';

/** Puts people on the roster and changes what it says of them. It makes nobody staff: everybody joins by an application. */
export async function applyAgents(ctx: Ctx, changes: readonly Change<RosterValues>[]): Promise<void> {
  const known = new Map((await rosterReads.all(ctx.tx)).map((entry) => [entry.id, entry]));
  const written: RosterRow[] = [];
  const added: NewRosterRow[] = [];
  for (const { id, values } of changes) {
    const { phone, lines, items, ...rest } = values;
    const set = { ...rest, ...sealListedPhone(ctx.vault, phone), lines: [...lines], items: [...items], active: true };
    const entry = id === null ? undefined : known.get(id);
    if (entry) {
      await rosterWrites.update(ctx.tx, { id: entry.id, set });
      written.push({ ...entry, ...set });
    } else added.push(set);
  }
  const inserted = await rosterWrites.insert(ctx.tx, added);
  await recordRoster(ctx, [...written, ...inserted]);
}
