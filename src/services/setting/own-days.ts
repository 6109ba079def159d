import type { OwnDaysPreview, SettingView } from '../../../cards/settings.ts';
import { caseDigestReads } from '../../../db/repositories/case-digest.ts';
import { type Ctx, today } from '../../ctx.ts';
import { localDay } from '../../domain/calendar.ts';
import {
  OWN_DAYS_TEXT_MAX,
  type OwnDaysReading,
  ownDaysLines,
  pastAndPresent,
  readOwnDays,
} from '../../domain/own-days.ts';
import { calendarWith, publishedCalendar } from '../../domain/working-calendar.ts';
import { Refused } from '../../refusals.ts';
import { checkSetting, type SettingValue, settingOf, settings } from '../settings.ts';
import { holdSetting, keepSetting, type SettingChange } from './change.ts';
import { requireSetter, settingMark, viewSetting } from './view.ts';

type Days = SettingValue<'ownDays'>;

/** `shown`: nothing was done yet. `newer`: somebody has set other days since the form was drawn. */
export type OwnDaysChange =
  | (SettingChange & { readonly kind: 'changed' })
  | { readonly kind: 'shown'; readonly view: SettingView; readonly newer: boolean };

/**
 * Sets own days from the typed text, once it has been shown as it was read: `shown` is that reading's mark. Until then, and where a piece
 * is not understood or somebody was faster, it is shown (again) with the text as it was typed. Days of years that have passed stay.
 */
export async function changeOwnDays(
  ctx: Ctx,
  input: { seen: string; shown: string | undefined; typed: string },
): Promise<OwnDaysChange> {
  requireSetter(ctx);
  const { seen, shown, typed } = input;
  const reading = readOwnDays(typed, today(ctx));
  const view = { ...(await viewSetting(ctx, 'ownDays')), fields: { ownDays: typed } };
  const preview = await previewOf(ctx, reading);
  const newer = view.seen !== seen;
  if (newer || preview.shown === null || preview.shown !== shown) {
    return { kind: 'shown', view: { ...view, preview }, newer };
  }
  const present = await holdSetting(ctx, 'ownDays');
  // Somebody else was faster between the look and the hold.
  if (settingMark(present.value) !== seen) return { kind: 'shown', view: { ...view, preview }, newer: true };
  const wanted = checkSetting('ownDays', await withPast(ctx, reading.days));
  if (!wanted) throw new Refused('setting_unfit', { setting: settings.ownDays.label, rule: settings.ownDays.rule });
  return keepSetting(ctx, { name: 'ownDays', present, wanted });
}

async function withPast(ctx: Ctx, days: Days): Promise<Days> {
  return [...pastAndPresent(await settingOf(ctx, 'ownDays'), today(ctx)).past, ...days];
}

async function previewOf(ctx: Ctx, { days, wrong }: OwnDaysReading): Promise<OwnDaysPreview> {
  const lines = ownDaysLines(days);
  const tooMuch = lines.join('\n').length > OWN_DAYS_TEXT_MAX;
  const unfit = tooMuch ? [{ piece: '全部', why: `太多了，最多${OWN_DAYS_TEXT_MAX}字` }] : [];
  return {
    lines,
    wrong: [...wrong, ...unfit],
    notes: yearNotes(days),
    otherwisePromised: await otherwisePromised(ctx, await withPast(ctx, days)),
    shown: wrong.length + unfit.length > 0 ? null : settingMark(days),
  };
}

/** Of years that have no published table: whether what is written makes a whole year. */
function yearNotes(days: Days): string[] {
  const own = calendarWith(days);
  const years = new Set(days.flatMap(({ from, to }) => [from, to]).map((day) => Number(day.slice(0, 4))));
  return [...years]
    .filter((year) => !publishedCalendar.announced(year))
    .sort((a, b) => a - b)
    .map((year) =>
      own.announced(year)
        ? `${year}年还没有公布的安排，元旦和国庆都写了，就按这里写的作全年安排。`
        : `${year}年还没有公布的安排，这里也没有写元旦和国庆，其余日子仍按普通周计算，卡片上会注明。`,
    );
}

/** How many cases that are being dealt with would have another promised day, counted from registration, or from now where time has stood still. */
async function otherwisePromised(ctx: Ctx, days: Days): Promise<number> {
  const before = calendarWith(await settingOf(ctx, 'ownDays'));
  const after = calendarWith(days);
  const promised = await caseDigestReads.promised(ctx.tx);
  return promised.filter(({ registeredDay, dueAt, stoodStill }) => {
    if (dueAt === null) return false;
    const dueDay = localDay(dueAt, ctx.zone);
    const from = stoodStill ? today(ctx) : registeredDay;
    return from < dueDay && before.workingDaysBetween(from, dueDay) !== after.workingDaysBetween(from, dueDay);
  }).length;
}
