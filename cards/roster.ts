/** 名册 on a card: how many agents where, and which villages lack the full-time one that the plan wants. */
import { dayPeriod } from '../src/domain/period.ts';
import type { Coverage } from '../src/domain/roster.ts';
import { encodeAction } from './action-values.ts';
import type { Card, CardElement } from './card.ts';
import { button, card, columns, facts, hr, notation, paragraph } from './kit.ts';

const VILLAGES_MAX = 30;
const TOWNS_MAX = 12;

export interface RosterView {
  readonly unitId: number;
  readonly unit: string;
  /** YYYY-MM-DD */
  readonly day: string;
  readonly coverage: Coverage;
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
      ...townLines(coverage),
      button({ label: '导出', value: encodeAction({ action: 'roster.export', unitId, day }), type: 'primary_filled' }),
      notation('按方案附件5导出 Excel，有工作人员手机号，只私信给您，并记入台账。'),
    ],
  });
}

function villageLines({ villages, withoutFullTime }: Coverage): CardElement[] {
  if (villages === 0) return [];
  if (withoutFullTime.length === 0) return [paragraph(`${villages}个嘎查社区都有专职代办员。`)];
  const named = withoutFullTime.slice(0, VILLAGES_MAX).map(({ name, town }) => `${name}（${town}）`);
  const more = withoutFullTime.length > named.length ? ' 等，全部见导出的 Excel' : '';
  return [
    paragraph(`${villages}个嘎查社区中，${withoutFullTime.length}个没有专职代办员（方案要求至少1名）：`),
    paragraph(`${named.join('、')}${more}`, { color: 'orange', max: 900 }),
  ];
}

function townLines({ towns }: Coverage): CardElement[] {
  if (towns.length < 2) return [];
  const shown = towns.slice(0, TOWNS_MAX);
  const line = ([name, full, part]: readonly [string, CardElement, CardElement]) =>
    columns([
      { weight: 4, elements: [paragraph(name, { max: 30 })] },
      { weight: 2, elements: [full] },
      { weight: 2, elements: [part] },
    ]);
  return [
    hr(),
    columns([
      { weight: 4, elements: [notation('苏木乡镇（含嘎查社区）')] },
      { weight: 2, elements: [notation('专职')] },
      { weight: 2, elements: [notation('兼职')] },
    ]),
    ...shown.map(({ name, fullTime, partTime }) =>
      line([name, paragraph(`${fullTime}人`), paragraph(`${partTime}人`)]),
    ),
    ...(towns.length > shown.length ? [notation(`还有${towns.length - shown.length}个，见导出的 Excel。`)] : []),
  ];
}
