/** 公布一张清单: what a slot of a center or station has from now on. The file follows by message. */
import type { FormValues } from '../../../cards/field.ts';
import { unitListForm } from '../../../cards/forms.ts';
import { lineOf, type UnitRow, unitReads } from '../../../db/repositories/unit.ts';
import { type UnitListRow, unitListWrites } from '../../../db/repositories/unit-list.ts';
import { type Ctx, personOf, requireStaff, today } from '../../ctx.ts';
import { hidePersonal } from '../../domain/hiding.ts';
import { may } from '../../domain/rights.ts';
import { hasLists, LIST_FILE_AWAITED_MS, type ListSlot, readPublishedDay } from '../../domain/unit-list.ts';
import { Refused } from '../../refusals.ts';
import { requireRecordedAgent } from '../ledger/as-recorded.ts';
import { recordUnitList } from '../ledger/list-entries.ts';

export interface Publishing {
  readonly unitId: number;
  readonly slot: ListSlot;
  /** The list that the form showed; 0: the slot was empty. */
  readonly seen: number;
  readonly filled: FormValues<typeof unitListForm>;
}

/** The unit, then those above it. Refuses what has no lists, and whoever does not manage it. */
export async function requireListKeeper(ctx: Ctx, unitId: number): Promise<UnitRow[]> {
  const line = await unitReads.lineage(ctx.tx, unitId);
  const [unit] = line;
  if (!unit || !hasLists(unit.level)) throw new Refused('lists_no_place');
  const person = personOf(requireStaff(ctx));
  const ids = line.map(({ id }) => id);
  if (!may('keepLists', person, { unitLine: ids })) throw new Refused('lists_not_yours', { unit: unit.name });
  return lineOf(unitId, line);
}

/** Who fills the slot again replaces what was there; it stays among the unit's lists. Refuses `lists_newer` after somebody else's. */
export async function publishList(ctx: Ctx, { unitId, slot, seen, filled }: Publishing): Promise<UnitListRow> {
  await requireListKeeper(ctx, unitId);
  const { agent } = requireStaff(ctx);
  const all = await unitListWrites.takeOfUnit(ctx.tx, unitId);
  const newest = all.find((list) => list.slot === slot);
  if ((newest?.id ?? 0) !== seen) throw new Refused('lists_newer', { name: newest?.name ?? '' });
  const plain = (text: string) => hidePersonal(text.replace(/\s+/gu, ' '), undefined);
  const name = plain(filled.listName);
  if (name === '') throw new Refused('lists_unfit', { field: unitListForm.listName.label, rule: '请写清单的名称' });
  const publishedOn = readPublishedDay(filled.publishedOn, today(ctx));
  if (publishedOn === undefined) {
    const rule = '请写成 2026-11-01，不能晚于今天';
    throw new Refused('lists_unfit', { field: unitListForm.publishedOn.label, rule });
  }
  await requireRecordedAgent(ctx, agent);
  await unitListWrites.endAwaited(ctx.tx, agent.id);
  const list = await unitListWrites.insert(ctx.tx, {
    ...{ unitId, slot, name, publishedOn, edition: plain(filled.edition) },
    ...{ madeAt: ctx.now, madeBy: agent.id, availableAt: ctx.now },
    ...{ fileState: 'awaited', awaitedUntil: ctx.now + LIST_FILE_AWAITED_MS },
  });
  await recordUnitList(ctx, list);
  return list;
}
