/** 名册 on a card: how many agents where, and which villages lack the full-time one that the plan wants. */
import { local } from '../src/domain/level-names.ts';
import { dayPeriod } from '../src/domain/period.ts';
import type { Coverage, TownCoverage } from '../src/domain/roster.ts';
import { encodeAction } from './action-values.ts';
import type { Card, CardElement } from './card.ts';
import { button, card, columns, cut, facts, hr, notation, paragraph } from './kit.ts';

const VILLAGES_MAX = 20;
const TOWNS_MAX = 10;
const NAMED_MAX = 10;
const LACKING_MAX = 6;

export interface RosterView {
  readonly unitId: number;
  readonly unit: string;
  /** YYYY-MM-DD */
  readonly day: string;
  readonly coverage: Coverage;
  /** Who stood in for whom on the day: 白音代阿达. */
  readonly standIns: readonly string[];
}

/** The answer to /名册. */
export function rosterCard(view: RosterView): Card {
  const { unitId, unit, day, coverage } = view;
  const { fullTime, partTime, withoutFullTime } = coverage;
  const { label } = dayPeriod(day);
  return card({
    title: '代办员名册',
    subtitle: `${unit} ${label}`,
    color: withoutFullTime.length > 0 ? 'orange' : 'blue',
    summary: `代办员名册：${unit} ${label}`,
    elements: [
      ...facts([{ label: '代办员', value: `${fullTime + partTime}人：专职${fullTime}人，兼职${partTime}人` }]),
      ...villageLines(coverage),
      ...notJoinedLines(coverage),
      ...standInLines(view),
      ...townLines(coverage),
      ...businessLines(coverage),
      button({ label: '导出', value: encodeAction({ action: 'roster.export', unitId, day }), type: 'primary_filled' }),
      notation('按方案附件5导出 Excel，有工作人员手机号，只私信给您，并记入台账。'),
    ],
  });
}

function villageLines({ villages, withoutFullTime }: Coverage): CardElement[] {
  if (villages === 0) return [];
  if (withoutFullTime.length === 0) return [paragraph(local`${villages}个嘎查社区都有专职代办员。`)];
  const named = withoutFullTime.slice(0, VILLAGES_MAX).map(({ name, town }) => `${name}（${town}）`);
  const more = withoutFullTime.length > named.length ? ' 等，全部见导出的 Excel' : '';
  return [
    paragraph(local`${villages}个嘎查社区中，${withoutFullTime.length}个没有专职代办员（方案要求至少1名）：`),
    paragraph(`${named.join('、')}${more}`, { color: 'orange', max: 600 }),
  ];
}

/** Whoever has not joined gets no cases and no reminders, though the list counts them. */
function notJoinedLines({ notJoined }: Coverage): CardElement[] {
  if (notJoined.length === 0) return [];
  const named = notJoined.slice(0, NAMED_MAX).map(({ name, unit }) => `${cut(name, 10)}（${cut(unit, 12)}）`);
  const more = notJoined.length > named.length ? ' 等，全部见导出的 Excel' : '';
  return [
    paragraph(`名单里${notJoined.length}人还没有加入机器人，收不到代办件，请让他们私信机器人申请：`),
    paragraph(`${named.join('、')}${more}`, { color: 'orange', max: 600 }),
  ];
}

function standInLines({ standIns }: RosterView): CardElement[] {
  if (standIns.length === 0) return [];
  const more = standIns.length > NAMED_MAX ? ' 等' : '';
  return [paragraph(`代班：${standIns.slice(0, NAMED_MAX).join('、')}${more}`, { max: 600 })];
}

/** Town by town the annex's lines of business that nobody does. */
function businessLines({ towns }: Coverage): CardElement[] {
  const known = towns.filter(({ uncovered }) => uncovered !== null);
  if (known.length === 0) return [notation('名单里没有填业务范围，看不出哪些业务没有人管。')];
  const lacking = known.filter(({ uncovered }) => uncovered?.length);
  if (lacking.length === 0) return [paragraph('附件5列的各项业务都有人管。')];
  const shown = lacking.slice(0, LACKING_MAX);
  return [
    paragraph('没有人管的业务：'),
    ...shown.map(({ name, uncovered }) =>
      paragraph(`${cut(name, 20)}：${uncovered?.join('、')}`, { color: 'orange', max: 80 }),
    ),
    ...(lacking.length > shown.length ? [notation(local`还有${lacking.length - shown.length}个苏木乡镇。`)] : []),
  ];
}

/** Towns with anybody, in their order; the others by name only, for a table of 0人 hides what there is. */
function townLines({ towns }: Coverage): CardElement[] {
  if (towns.length < 2) return [];
  const staffed = towns.filter(({ fullTime, partTime }) => fullTime + partTime > 0);
  const empty = towns.filter((town) => !staffed.includes(town));
  const shown = staffed.slice(0, TOWNS_MAX);
  const line = ([name, full, part]: readonly [string, CardElement, CardElement]) =>
    columns([
      { weight: 4, elements: [paragraph(name, { max: 30 })] },
      { weight: 2, elements: [full] },
      { weight: 2, elements: [part] },
    ]);
  return [
    hr(),
    ...(shown.length > 0
      ? [
          columns([
            { weight: 4, elements: [notation(local`苏木乡镇（含嘎查社区）`)] },
            { weight: 2, elements: [notation('专职')] },
            { weight: 2, elements: [notation('兼职')] },
          ]),
        ]
      : []),
    ...shown.map(({ name, fullTime, partTime }) =>
      line([name, paragraph(`${fullTime}人`), paragraph(`${partTime}人`)]),
    ),
    ...(staffed.length > shown.length
      ? [notation(`还有${staffed.length - shown.length}个有人的，见导出的 Excel。`)]
      : []),
    ...emptyTowns(empty),
  ];
}

function emptyTowns(empty: TownCoverage[]): CardElement[] {
  if (empty.length === 0) return [];
  const named = empty.slice(0, NAMED_MAX).map(({ name }) => cut(name, 20));
  return [
    paragraph(local`${empty.length}个苏木乡镇（含嘎查社区）一个人也没有：`),
    paragraph(`${named.join('、')}${empty.length > named.length ? ' 等' : ''}`, { color: 'orange', max: 300 }),
  ];
}
