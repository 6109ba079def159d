/** 通报: the draft that its makers see, the same once it is published, and one town's points in their parts. */
import { type BulletinState, type BulletinTotals, NOTE_MAX, REASON_MAX } from '../src/domain/bulletin.ts';
import { local } from '../src/domain/level-names.ts';
import type { Measure, Scores, Scoring, TownScore } from '../src/domain/score.ts';
import { type ActionValue, encodeAction } from './action-values.ts';
import type { Card, CardElement } from './card.ts';
import { barChart } from './charts.ts';
import { drawField } from './field.ts';
import { form, submit } from './form.ts';
import { bulletinForms } from './forms.ts';
import {
  button,
  card,
  clock,
  columns,
  cut,
  dayWithYear,
  type HeaderColor,
  hr,
  notation,
  panel,
  paragraph,
  rowsOf,
  tappableLine,
} from './kit.ts';
import { measureWords, percentWords, pointsWords, scorePartWords, scoreRules, totalWords } from './scores.ts';

/** More towns stand in the files. */
const TOWNS_MAX = 10;
const UNRANKED_MAX = 8;

export interface BulletinView {
  readonly bulletinId: number;
  readonly revision: number;
  /** From 1; a later one is a 更正. */
  readonly version: number;
  readonly state: BulletinState;
  readonly banner: string;
  /** 2026年第三季度 */
  readonly quarterName: string;
  readonly note: string;
  /** Why there is a further version; empty of the first. */
  readonly reason: string;
  readonly scoring: Scoring;
  readonly scores: Scores;
  readonly whole: BulletinTotals;
  readonly published: { readonly by: string; readonly at: number } | null;
  readonly draftedAt: number;
  /** For whoever makes bulletins. */
  readonly controls: boolean;
  readonly zone: string;
}

/** 2026年第三季度帮办代办工作情况通报, or the 更正 of it. */
export function bulletinTitle({ quarterName, version }: Pick<BulletinView, 'quarterName' | 'version'>): string {
  return `${quarterName}帮办代办工作情况通报${version > 1 ? '（更正）' : ''}`;
}

export function bulletinCard(view: BulletinView): Card {
  const { mark, color, sentence } = stateOf(view);
  const { ranked } = view.scores;
  const title = bulletinTitle(view);
  return card({
    title,
    subtitle: view.banner,
    color,
    mark,
    summary: `${title}：${sentence}`,
    elements: [
      paragraph(sentence),
      ...(view.reason === '' ? [] : [paragraph(`更正原因：${view.reason}`, { max: REASON_MAX + 10 })]),
      ...rowsOf(totalsOf(view.whole), 2),
      // A draft has it in its field.
      ...(view.note === '' || (view.controls && view.state === 'draft')
        ? []
        : [hr(), paragraph(view.note, { max: NOTE_MAX })]),
      hr(),
      ...(ranked.length === 0 ? [paragraph(local`没有够件数的苏木乡镇，不排名次。`)] : rankedRows(view)),
      ...(ranked.length > 1
        ? [barChart(ranked.slice(0, TOWNS_MAX).map(({ name, total }) => ({ name, value: total })))]
        : []),
      ...unrankedLines(view),
      notation('点一行，看这个单位各项怎么得的分。'),
      panel(
        '怎么算的',
        scoreRules(view).map((rule) => notation(rule, 300)),
      ),
      fileButtons(view),
      ...(view.controls ? controlsOf(view) : []),
    ],
  });
}

function stateOf(view: BulletinView): { mark: string; color: HeaderColor; sentence: string } {
  const { state, published, draftedAt, zone } = view;
  const when = (at: number) => `${dayWithYear(at, zone)} ${clock(at, zone)}`;
  if (published === null) {
    const sentence = local`草稿，数字算到${when(draftedAt)}；核对后点“发布”，发到各苏木乡镇的群。`;
    return { mark: '草稿', color: 'orange', sentence };
  }
  const said = `${published.by} ${when(published.at)} 发布`;
  if (state === 'corrected') return { mark: '已被更正', color: 'grey', sentence: `${said}。已有更正，以更正为准。` };
  return view.version > 1
    ? { mark: '更正', color: 'orange', sentence: `${said}。以这份为准，原来那份作废。` }
    : { mark: '已发布', color: 'blue', sentence: said };
}

function totalsOf(whole: BulletinTotals): CardElement[][] {
  const { registered, completed, completedOnTime, overdue, rated, ratedSatisfied } = whole;
  const rate = (measure: Measure, of: string): string =>
    measure.whole === 0 ? '暂无' : `${percentWords(measure)}（${of}${measure.whole}件）`;
  const figures = [
    { label: '登记', value: `${registered}件` },
    { label: '办结', value: `${completed}件` },
    { label: '按时办结率', value: rate({ part: completedOnTime, whole: completed + overdue }, '共') },
    { label: '满意率', value: rate({ part: ratedSatisfied, whole: rated }, '回访') },
  ];
  return figures.map(({ label, value }) => [paragraph(value, { max: 24 }), notation(label)]);
}

function rankedRows(view: BulletinView): CardElement[] {
  const shown = view.scores.ranked.slice(0, TOWNS_MAX);
  const rest = view.scores.ranked.length - shown.length;
  return [
    ...shown.map(({ unitId, place, name, total }) =>
      tappableLine(
        partsOf(view, unitId),
        columns([
          { weight: 5, elements: [paragraph(`${place}　${name}`, { max: 16 })] },
          { weight: 2, elements: [paragraph(`${totalWords(total)}分`)] },
        ]),
      ),
    ),
    ...(rest > 0 ? [notation(`还有${rest}个单位，见文件。`)] : []),
  ];
}

function unrankedLines(view: BulletinView): CardElement[] {
  const { unranked } = view.scores;
  if (unranked.length === 0) return [];
  const rest = unranked.length - UNRANKED_MAX;
  return [
    notation(`登记不满${view.scoring.casesMin}件，不参加排名：`),
    ...unranked
      .slice(0, UNRANKED_MAX)
      .map(({ unitId, name, cases }) =>
        tappableLine(partsOf(view, unitId), paragraph(`${cut(name, 16)}（${cases}件）`, { color: 'grey' })),
      ),
    ...(rest > 0 ? [notation(`还有${rest}个单位，见文件。`)] : []),
  ];
}

function partsOf({ bulletinId }: BulletinView, unitId: number): ActionValue {
  return encodeAction({ action: 'bulletin.parts', bulletinId, unitId });
}

function fileButtons({ bulletinId }: BulletinView): CardElement {
  const file = (as: 'word' | 'excel', label: string) => ({
    weight: 1,
    elements: [button({ label, value: encodeAction({ action: 'bulletin.file', bulletinId, as }) })],
  });
  return columns([file('word', 'Word 文件'), file('excel', 'Excel 文件')]);
}

function controlsOf(view: BulletinView): CardElement[] {
  const { bulletinId, revision, state } = view;
  if (state === 'corrected') return [];
  if (state === 'published') {
    return [
      hr(),
      form('bulletinCorrectForm', [
        ...drawField(bulletinForms.correct, 'reason'),
        submit({ label: '更正', value: encodeAction({ action: 'bulletin.correct', bulletinId }) }),
      ]),
      notation('发布了的不能再改；更正另出一份，说明原因，原来那份留着。'),
    ];
  }
  return [
    hr(),
    form('bulletinNoteForm', [
      ...drawField(bulletinForms.note, 'note', { value: view.note }),
      submit({ label: '保存按语', value: encodeAction({ action: 'bulletin.note', bulletinId, revision }) }),
    ]),
    button({ label: '重新计算', value: encodeAction({ action: 'bulletin.recount', bulletinId, revision }) }),
    publishForm(view),
  ];
}

/** A form without a field, so that clients ask first. */
function publishForm({ bulletinId, revision, quarterName, version }: BulletinView): CardElement {
  const what = version > 1 ? '更正' : '通报';
  return form('bulletinPublishForm', [
    submit({
      label: '发布',
      value: encodeAction({ action: 'bulletin.publish', bulletinId, revision }),
      type: 'primary_filled',
      confirm: {
        title: `发布${quarterName}${what}？`,
        text: local`发到旗里和各苏木乡镇的群，附 Word 文件。发布后不能改，只能更正。按语改了请先保存。`,
      },
    }),
  ]);
}

export interface TownScoreView {
  readonly title: string;
  readonly town: TownScore;
  readonly scoring: Scoring;
}

/** 得分明细: what each part rests on and brings. */
export function townScoreCard({ title, town, scoring }: TownScoreView): Card {
  const place = town.place === null ? `登记不满${scoring.casesMin}件，不参加排名` : `第${town.place}名`;
  return card({
    title: `${town.name}得分明细`,
    subtitle: title,
    color: 'blue',
    summary: `${town.name}得分明细`,
    elements: [
      paragraph(`总分${totalWords(town.total)}，${place}`, { size: 'heading' }),
      ...town.parts.flatMap((part) => [
        hr(),
        columns([
          { weight: 4, elements: [paragraph(scorePartWords[part.part]), notation(measureWords(town, part), 60)] },
          { weight: 2, elements: [paragraph(pointsWords(town, part)), notation(`分值${part.weight}`)] },
        ]),
      ]),
      notation('不计分的项没有可算的，其余各项按比例补足100分，所以得分可以比分值高。'),
    ],
  });
}
