/** The ranking of 政务信息, and its 更正: cards that go to every group. */

import { REASON_MAX } from '../src/domain/bulletin.ts';
import {
  type Half,
  halfPeriod,
  type RankingDifference,
  type RankingScore,
  rankingDifferences,
} from '../src/domain/information.ts';
import { local } from '../src/domain/level-names.ts';
import { encodeAction } from './action-values.ts';
import type { Card, CardElement } from './card.ts';
import { drawField } from './field.ts';
import { form, submit } from './form.ts';
import { informationForms } from './forms.ts';
import { bold, button, card, cut, dayWithYear, hr, notation, paragraph } from './kit.ts';

/** Of one group. */
const LINES_MAX = 20;

export interface RankingLine extends RankingScore {
  readonly group: 'department' | 'town';
}

/** 排名 of a half-year. `publishes`: the reader may fix it, and correct it. */
export interface RankingView {
  readonly half: Half;
  readonly rows: readonly RankingLine[];
  /** ms; null while it stands as of now. */
  readonly publishedAt: number | null;
  readonly publishes: boolean;
  /** Of a 更正: why, and what it stands in the place of. */
  readonly correction: {
    readonly reason: string;
    readonly before: { readonly publishedAt: number; readonly rows: readonly RankingLine[] };
  } | null;
  readonly zone: string;
}

export function informationRankingCard(view: RankingView): Card {
  const { half, rows, publishedAt, correction } = view;
  const { label } = halfPeriod(half);
  const total = rows.reduce((sum, { submitted }) => sum + submitted, 0);
  const correcting = correction !== null && publishedAt === null;
  const title = `政务信息排名${correction === null ? '' : '（更正）'}`;
  return card({
    title,
    subtitle: label,
    color: publishedAt === null ? 'orange' : 'green',
    summary: `${title}：${label}`,
    elements: [
      paragraph(`共报送${total}篇。${stateOf(view)}`),
      ...correctionLines(view),
      ...group(
        local`苏木乡镇`,
        rows.filter((row) => row.group === 'town'),
      ),
      ...group(
        local`旗直部门`,
        rows.filter((row) => row.group === 'department'),
      ),
      notation('分数相同的名次相同。分数是采用次数乘以当时的分值，再加约稿、指标的分。'),
      ...(correcting
        ? []
        : [
            button({ label: '导出 Excel', value: encodeAction({ action: 'information.export', half }) }),
            button({ label: '导出 Word', value: encodeAction({ action: 'information.letter', half }) }),
          ]),
      ...(view.publishes ? rankingControls(view, label) : []),
    ],
  });
}

function stateOf({ publishedAt, correction, zone }: RankingView): string {
  const before = correction === null ? '' : dayWithYear(correction.before.publishedAt, zone);
  if (publishedAt === null) {
    return correction === null
      ? '还没有发布，是现在的数'
      : `正在更正，还没有发布；各单位看到的还是${before}发布的那份。`;
  }
  const when = `${dayWithYear(publishedAt, zone)}发布`;
  return correction === null ? when : `${when}。以这份为准，原来那份（${before}发布）作废。`;
}

function correctionLines({ correction, rows }: RankingView): CardElement[] {
  if (correction === null) return [];
  const differences = rankingDifferences(correction.before.rows, rows);
  const shown = differences.slice(0, DIFFERENCES_MAX).map(differenceWords);
  const more = differences.length > shown.length ? `\n等${differences.length}个单位` : '';
  return [
    paragraph(`更正原因：${correction.reason}`, { max: REASON_MAX + 10 }),
    ...(shown.length === 0
      ? [paragraph('现在和发布的一样。请改采用、加分或稿件，改好再点“发布更正”。', { color: 'orange' })]
      : [bold('改了什么'), paragraph(`${shown.join('\n')}${more}`, { max: 600 })]),
  ];
}

const DIFFERENCES_MAX = 10;

/** 大雁镇：10分→20分，第2名→第1名. The files say the same. */
export function differenceWords({ name, before, after }: RankingDifference): string {
  const changed = (was: string, is: string) => (was === is ? [] : [`${was}→${is}`]);
  const of = (line: RankingDifference['before'], word: (line: RankingScore) => string) => (line ? word(line) : '没有');
  const both = (word: (line: RankingScore) => string) => changed(of(before, word), of(after, word));
  return `${cut(name, 20)}：${[
    ...both(({ score }) => `${score}分`),
    ...both(({ place }) => `第${place}名`),
    ...both(({ submitted }) => `报送${submitted}篇`),
  ].join('，')}`;
}

/** 发布 of what stands, 更正 of what was published, 发布更正 or 不更正了 of what is being corrected. */
function rankingControls({ half, publishedAt, correction, rows }: RankingView, label: string): CardElement[] {
  if (publishedAt !== null) {
    return [
      hr(),
      form('correctForm', [
        ...drawField(informationForms.correct, 'reason'),
        submit({ label: '更正', value: encodeAction({ action: 'information.correct', half }) }),
      ]),
      notation('发布了的不能再改；更正另发一份，说明原因，原来那份留着。'),
    ];
  }
  if (correction === null) return [publishForm(half, { label: '发布', what: `${label}的排名` })];
  const isSame = rankingDifferences(correction.before.rows, rows).length === 0;
  return isSame
    ? [button({ label: '不更正了', value: encodeAction({ action: 'information.dropCorrection', half }) })]
    : [publishForm(half, { label: '发布更正', what: `${label}排名的更正` })];
}

function group(title: string, rows: readonly RankingLine[]): CardElement[] {
  const told = rows.filter(({ score, submitted }) => score > 0 || submitted > 0);
  const silent = rows.length - told.length;
  if (told.length === 0) return [hr(), bold(title), paragraph('没有报送')];
  const shown = told.slice(0, LINES_MAX);
  const rest = told.length - shown.length;
  return [
    hr(),
    bold(title),
    paragraph(
      shown
        .map(({ place, name, submitted, score }) => `${place}. ${cut(name, 20)}　${score}分（${submitted}篇）`)
        .join('\n'),
      { max: 1200 },
    ),
    ...(rest > 0 ? [notation(`还有${rest}个单位，见导出的 Excel。`)] : []),
    ...(silent > 0 ? [notation(`另有${silent}个单位没有报送。`)] : []),
  ];
}

function publishForm(half: Half, { label, what }: { readonly label: string; readonly what: string }): CardElement {
  return form('publishForm', [
    submit({
      label,
      value: encodeAction({ action: 'information.publish', half }),
      type: 'primary_filled',
      confirm: {
        title: `${label}？`,
        text: local`${what}发到各苏木乡镇、部门的群。发布后不能再改稿件、采用和分数，有错只能更正。`,
      },
    }),
  ]);
}
