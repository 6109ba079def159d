import type { UnitListFormView, UnitListsView } from '../../../cards/unit-list.ts';
import { unitReads } from '../../../db/repositories/unit.ts';
import { type UnitListRow, unitListReads } from '../../../db/repositories/unit-list.ts';
import { type Ctx, personOf, type Reading, requireStaff, today } from '../../ctx.ts';
import { may } from '../../domain/rights.ts';
import { hasLists, type ListSlot, listSlots, slotName } from '../../domain/unit-list.ts';
import { Refused } from '../../refusals.ts';
import { requireListKeeper } from './publish.ts';

/** Of one slot so many earlier ones are named. */
const OLDER_MAX = 3;

/** How many of the four lists a center or station has published, for whoever asks what it has (七有). */
export async function listSlotsOf(
  ctx: Pick<Reading, 'tx'>,
  unitId: number,
): Promise<{ published: number; of: number }> {
  const lists = await unitListReads.ofUnits(ctx.tx, [unitId]);
  return { published: new Set(lists.map(({ slot }) => slot)).size, of: listSlots.length };
}

/** The four slots of a unit, for whoever of the staff asks. Refuses what has none. */
export async function viewUnitLists(ctx: Ctx, { unitId }: { unitId: number }): Promise<UnitListsView> {
  const staff = requireStaff(ctx);
  const line = await unitReads.lineage(ctx.tx, unitId);
  const [unit] = line;
  if (!unit || !hasLists(unit.level)) throw new Refused('lists_no_place');
  const ids = line.map(({ id }) => id);
  const lists = await unitListReads.ofUnits(ctx.tx, ids);
  return {
    unitId,
    unit: unit.name,
    center: unit.center,
    mayFill: may('keepLists', personOf(staff), { unitLine: ids }),
    slots: listSlots.map((slot) => {
      const [newest, ...older] = lists.filter((list) => list.unitId === unitId && list.slot === slot);
      return {
        slot,
        name: nameOf(slot, { ids, lists }),
        list: newest && listOf(newest),
        older: older.slice(0, OLDER_MAX).map(listOf),
      };
    }),
  };
}

/** The form of one slot, with what stands in it. */
export async function viewUnitListForm(
  ctx: Ctx,
  { unitId, slot }: { unitId: number; slot: ListSlot },
): Promise<UnitListFormView> {
  const line = await requireListKeeper(ctx, unitId);
  const ids = line.map(({ id }) => id);
  const lists = await unitListReads.ofUnits(ctx.tx, ids);
  const newest = lists.find((list) => list.unitId === unitId && list.slot === slot);
  return {
    ...{ unitId, slot, unit: line[0]?.name ?? '', seen: newest?.id ?? 0 },
    name: nameOf(slot, { ids, lists }),
    edition: newest?.edition ?? '',
    publishedOn: today(ctx),
  };
}

function nameOf(slot: ListSlot, { ids, lists }: { ids: readonly number[]; lists: readonly UnitListRow[] }): string {
  return slotName(
    slot,
    ids.map((id) => lists.filter(({ unitId }) => unitId === id)),
  );
}

function listOf({ id, name, edition, publishedOn, fileState }: UnitListRow) {
  return { listId: id, name, edition, publishedOn, fileState };
}
