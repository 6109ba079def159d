import type { ChecklistView, Gap, UnitGap } from '../../../cards/checklist.ts';
import { checklistReads, type Missing } from '../../../db/repositories/checklist.ts';
import { cronReads } from '../../../db/repositories/cron.ts';
import { unitReads } from '../../../db/repositories/unit.ts';
import { type Ctx, type Reading, today } from '../../ctx.ts';
import { backupState } from '../backup/record.ts';
import { yearAnnounced } from './calendar.ts';
import { requireSetter } from './view.ts';

/** What still keeps the banner from working, for an administrator. */
export async function viewChecklist(ctx: Ctx): Promise<ChecklistView> {
  requireSetter(ctx);
  return lookAt(ctx);
}

/** The same for somebody who has just become an administrator, with what to say first. */
export async function welcomeView(ctx: Reading, greeting: ChecklistView['greeting'] & object): Promise<ChecklistView> {
  return { ...(await lookAt(ctx)), greeting };
}

async function lookAt(ctx: Reading): Promise<ChecklistView> {
  const [banner] = await unitReads.ofLevels(ctx.tx, ['banner']);
  return { gaps: await gapsOf(ctx), banner: banner?.name ?? '', at: ctx.now, zone: ctx.zone };
}

async function gapsOf(ctx: Reading): Promise<Gap[]> {
  const { tx } = ctx;
  const missing: readonly (readonly [UnitGap, Missing])[] = [
    ['townsWithoutGroup', await checklistReads.withoutGroup(tx, ['town'])],
    ['unitsWithoutManager', await checklistReads.withoutManager(tx, ['banner', 'town'])],
    ['villagesWithoutStaff', await checklistReads.withoutStaff(tx, ['village'])],
    ['departmentsOutOfReach', await checklistReads.outOfReach(tx, ['department'])],
  ];
  return [
    ...missing.filter(([, { total }]) => total > 0).map(([kind, found]): Gap => ({ ...found, kind })),
    ...(await itemGaps(ctx)),
    ...(await calendarGap(ctx)),
    ...(await backupGap(ctx)),
  ];
}

async function itemGaps(ctx: Reading): Promise<Gap[]> {
  const { materials, workingDays } = await checklistReads.itemsThatSayNothing(ctx.tx, today(ctx));
  const gaps = [
    { ...materials, kind: 'itemsWithoutMaterials' as const },
    { ...workingDays, kind: 'itemsWithoutDays' as const },
  ];
  return gaps.flatMap(({ firstId, ...gap }) => (firstId === undefined ? [] : [{ ...gap, firstId }]));
}

/** The State Council publishes a year's holidays in November: from December on they should be there. */
async function calendarGap(ctx: Reading): Promise<Gap[]> {
  const day = today(ctx);
  const year = Number(day.slice(0, 4)) + 1;
  return day.slice(5, 7) === '12' && !(await yearAnnounced(ctx, year)) ? [{ kind: 'holidays', year }] : [];
}

/** Where the program makes no backups itself, as on PostgreSQL, its job was never looked at. */
async function backupGap({ tx }: Reading): Promise<Gap[]> {
  if ((await cronReads.checkedUntil(tx, 'backup')) === undefined) return [];
  return (await backupState(tx)).lastGoodAt === undefined ? [{ kind: 'backup' }] : [];
}
