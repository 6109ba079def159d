/** 政务信息: what units send in, what the banner's office makes of it, and the ranking. All but the ranking stand in private chats. */
import { REASON_MAX } from '../src/domain/bulletin.ts';
import {
  type AdoptionKind,
  type AdoptionPoints,
  adoptionKinds,
  type Half,
  halfPeriod,
  type PieceKind,
  type RankingDifference,
  type RankingScore,
  rankingDifferences,
} from '../src/domain/information.ts';
import { local } from '../src/domain/level-names.ts';
import { dayPeriod } from '../src/domain/period.ts';
import { encodeAction } from './action-values.ts';
import type { Card, CardElement } from './card.ts';
import { drawField } from './field.ts';
import { type Choice, form, submit } from './form.ts';
import { informationForms } from './forms.ts';
import { bold, button, card, columns, cut, dayWithYear, facts, hr, notation, panel, paragraph } from './kit.ts';
import { adoptionWords, pieceKindWords } from './words.ts';

/** Pieces of one page. */
export const PIECES_A_PAGE = 10;
/** Of one piece there can be as many as there are kinds. */
const ADOPTIONS_MAX = 7;
const COMING_MAX = 10;
/** Of one group. */
const LINES_MAX = 20;
const SHOWN_TITLE = 60;

export interface InformationHomeView {
  readonly half: Half;
  /** For whom the reader sends in; null: for nobody. */
  readonly own: {
    readonly name: string;
    readonly submitted: number;
    readonly score: number;
    readonly place: number | null;
  } | null;
  /** The reader is of the banner's office. */
  readonly office: boolean;
  readonly published: boolean;
  /** A 更正 of what was published is open. */
  readonly correcting: boolean;
  /** Pieces of the half-year, of all units. */
  readonly received: number;
}

/** The answer to /信息. */
export function informationHomeCard(view: InformationHomeView): Card {
  const { half, own, office, published, correcting, received } = view;
  const { label } = halfPeriod(half);
  const place = own?.place == null ? '' : `，第${own.place}名`;
  return card({
    title: '政务信息',
    subtitle: label,
    color: 'blue',
    summary: `政务信息：${label}`,
    elements: [
      ...(own === null
        ? []
        : facts([{ label: own.name, value: `报送${own.submitted}篇，得${own.score}分${place}`, max: 80 }])),
      ...(own === null
        ? []
        : [
            button({ label: '报送信息', value: encodeAction({ action: 'information.write' }), type: 'primary_filled' }),
            button({ label: '本单位的稿件', value: encodeAction({ action: 'information.own', half, page: 0 }) }),
          ]),
      ...(office ? officeButtons(half, received) : []),
      ...(office || published
        ? [
            button({
              label: office && correcting ? '排名（正在更正）' : '排名',
              value: encodeAction({ action: 'information.ranking', half }),
            }),
          ]
        : [notation(local`排名由旗政府办发布后可以看。`)]),
      notation('看别的半年：发 /信息 2026上半年'),
    ],
  });
}

function officeButtons(half: Half, received: number): CardElement[] {
  return [
    button({
      label: `收到的稿件（${received}篇）`,
      value: encodeAction({ action: 'information.inbox', half, page: 0 }),
      type: 'primary_filled',
    }),
    button({ label: '加分（约稿、指标）', value: encodeAction({ action: 'information.extra', half }) }),
    button({ label: '分值', value: encodeAction({ action: 'information.points' }) }),
  ];
}

/** 报送信息 */
export function pieceFormCard({ unit }: { readonly unit: string }): Card {
  const { piece } = informationForms;
  return card({
    title: '报送信息',
    subtitle: unit,
    color: 'blue',
    summary: '报送信息',
    elements: [
      form('pieceForm', [
        ...drawField(piece, 'title'),
        ...drawField(piece, 'pieceKind'),
        ...drawField(piece, 'body'),
        ...drawField(piece, 'day'),
        submit({ label: '报送', value: encodeAction({ action: 'information.file' }), type: 'primary_filled' }),
      ]),
      notation('长文章请放在文档里，填链接。不要写群众的姓名、电话、身份证号。'),
    ],
  });
}

export interface PieceLine {
  readonly pieceId: number;
  readonly title: string;
  readonly unit: string;
  readonly kind: PieceKind;
  /** YYYY-MM-DD */
  readonly day: string;
  readonly adopted: readonly AdoptionKind[];
}

export interface PieceListView {
  readonly half: Half;
  readonly list: 'own' | 'inbox';
  readonly page: number;
  readonly total: number;
  /** Only what the reader has asked for by words. */
  readonly searched: boolean;
  readonly pieces: readonly PieceLine[];
}

/** 本单位的稿件, 收到的稿件: the newest first, page by page. */
export function pieceListCard(view: PieceListView): Card {
  const { half, list, page, total, pieces } = view;
  const title = list === 'own' ? '本单位的稿件' : '收到的稿件';
  const turn = (label: string, to: number) =>
    button({ label, value: encodeAction({ action: `information.${list}`, half, page: to }), size: 'small' });
  return card({
    title,
    subtitle: halfPeriod(half).label,
    color: 'blue',
    summary: title,
    elements: [
      paragraph(total === 0 ? emptyWords(view) : `共${total}篇${pagesWords(view)}`),
      ...pieces.slice(0, PIECES_A_PAGE).flatMap((piece) => [hr(), pieceLine(piece, list)]),
      hr(),
      ...(page > 0 ? [turn('上一页', page - 1)] : []),
      ...((page + 1) * PIECES_A_PAGE < total ? [turn('下一页', page + 1)] : []),
      ...(list === 'inbox' ? [notation('找一篇：发 /信息 加标题里的字或单位名')] : []),
      button({ label: '返回', value: encodeAction({ action: 'information.home', half }) }),
    ],
  });
}

function emptyWords({ searched }: PieceListView): string {
  return searched ? '没有找到这样的稿件。' : '还没有稿件。';
}

function pagesWords({ total, page }: PieceListView): string {
  const pages = Math.ceil(total / PIECES_A_PAGE);
  return pages > 1 ? `，第${page + 1}页（共${pages}页）` : '';
}

function pieceLine({ pieceId, title, unit, kind, day, adopted }: PieceLine, list: PieceListView['list']): CardElement {
  const used = adopted.length === 0 ? '未采用' : `已采用：${adopted.map((one) => adoptionWords[one]).join('、')}`;
  return columns([
    {
      weight: 4,
      elements: [
        bold(cut(title, SHOWN_TITLE)),
        paragraph(used, { color: adopted.length === 0 ? 'grey' : 'green', max: 60 }),
        notation(`${cut(unit, 20)}　${pieceKindWords[kind]}　${dayPeriod(day).label}`),
      ],
    },
    {
      elements: [
        button({
          label: list === 'inbox' ? '采用' : '打开',
          value: encodeAction({ action: 'information.open', pieceId }),
          size: 'small',
          width: 'default',
        }),
      ],
    },
  ]);
}

export interface AdoptionLine {
  readonly adoptionId: number;
  readonly unit: string;
  readonly kind: AdoptionKind;
  readonly times: number;
  readonly day: string;
  readonly points: number;
}

export interface PieceView extends PieceLine {
  readonly body: string;
  readonly half: Half;
  readonly sentBy: string;
  readonly adoptions: readonly AdoptionLine[];
  /** Who reads it marks uses. */
  readonly office: boolean;
  readonly published: boolean;
}

const BODY_SHOWN = 1000;

/** One piece: its text, where it was used, and for the office the form of one more use. */
export function pieceCard(view: PieceView): Card {
  const marks = view.office && !view.published;
  const left = adoptionKinds.filter((kind) => !view.adopted.includes(kind));
  return card({
    title: '稿件',
    subtitle: `${cut(view.unit, 20)} ${dayPeriod(view.day).label}`,
    color: 'blue',
    summary: '稿件',
    elements: [
      bold(view.title, SHOWN_TITLE),
      notation(`${pieceKindWords[view.kind]}　报送人：${cut(view.sentBy, 10)}`),
      paragraph(view.body, { max: BODY_SHOWN }),
      hr(),
      ...adoptionLines(view.adoptions, marks),
      ...(marks && left.length > 0
        ? [
            form('adoptForm', [
              ...drawField(informationForms.adopt, 'adoptionKind', { options: choicesOf(left) }),
              ...drawField(informationForms.adopt, 'day'),
              submit({
                label: '记为采用',
                value: encodeAction({ action: 'information.adopt', pieceId: view.pieceId }),
                type: 'primary_filled',
              }),
            ]),
          ]
        : []),
      ...(view.published
        ? [notation(local`${halfPeriod(view.half).label}的排名已经发布，不再改动；有错由旗政府办更正。`)]
        : []),
      button({
        label: '返回',
        value: encodeAction({
          action: view.office ? 'information.inbox' : 'information.own',
          half: view.half,
          page: 0,
        }),
      }),
    ],
  });
}

function choicesOf(kinds: readonly AdoptionKind[]): Choice[] {
  return kinds.map((kind) => ({ value: kind, text: adoptionWords[kind] }));
}

function adoptionLines(adoptions: readonly AdoptionLine[], mayUndo: boolean): CardElement[] {
  if (adoptions.length === 0) return [paragraph('还没有采用', { color: 'grey' })];
  return adoptions.slice(0, ADOPTIONS_MAX).map(({ adoptionId, kind, times, day, points, unit }) =>
    columns([
      {
        weight: 4,
        elements: [
          paragraph(`${adoptionWords[kind]}${times > 1 ? ` ${times}次` : ''}　+${points}分`),
          notation(`${cut(unit, 20)}　${dayPeriod(day).label}`),
        ],
      },
      ...(mayUndo
        ? [
            {
              elements: [
                button({
                  label: '撤销',
                  value: encodeAction({ action: 'information.askUndo', adoptionId }),
                  size: 'small' as const,
                  width: 'default' as const,
                }),
              ],
            },
          ]
        : []),
    ]),
  );
}

/** Why a use is taken back. */
export function undoAdoptionCard({ adoptionId, unit, kind, times, day, points }: AdoptionLine): Card {
  return card({
    title: '撤销采用',
    color: 'orange',
    summary: '撤销采用',
    elements: [
      ...facts([
        { label: '单位', value: unit },
        { label: '采用', value: `${adoptionWords[kind]} ${times}次，${points}分（${dayPeriod(day).label}）` },
      ]),
      form('undoAdoptionForm', [
        ...drawField(informationForms.undo, 'reason'),
        submit({ label: '撤销', value: encodeAction({ action: 'information.undo', adoptionId }), type: 'danger' }),
      ]),
    ],
  });
}

/** 加分 */
export function extraCard(view: {
  readonly half: Half;
  readonly units: readonly Choice[];
  readonly given: readonly AdoptionLine[];
  readonly published: boolean;
}): Card {
  const { extra } = informationForms;
  return card({
    title: '加分',
    subtitle: halfPeriod(view.half).label,
    color: 'blue',
    summary: '加分',
    elements: [
      ...(view.given.length === 0 ? [] : [panel('已经加的分（最近的）', adoptionLines(view.given, !view.published))]),
      form('extraForm', [
        ...drawField(extra, 'unit', { options: view.units }),
        ...drawField(extra, 'adoptionKind'),
        ...drawField(extra, 'times'),
        ...drawField(extra, 'day'),
        submit({ label: '加分', value: encodeAction({ action: 'information.addExtra' }), type: 'primary_filled' }),
      ]),
      button({ label: '返回', value: encodeAction({ action: 'information.home', half: view.half }) }),
    ],
  });
}

export interface PointsView {
  readonly points: AdoptionPoints;
  /** From a day that lies ahead. */
  readonly coming: readonly { readonly kind: AdoptionKind; readonly points: number; readonly fromDay: string }[];
}

/** 分值: what one use is worth, and the form of another worth. */
export function pointsCard({ points, coming }: PointsView): Card {
  const { worth } = informationForms;
  return card({
    title: '分值',
    color: 'blue',
    summary: '分值',
    elements: [
      ...facts(adoptionKinds.map((kind) => ({ label: adoptionWords[kind], value: `每次${points[kind]}分` }))),
      ...coming
        .slice(0, COMING_MAX)
        .map(({ kind, points: next, fromDay }) =>
          notation(`${dayPeriod(fromDay).label}起：${adoptionWords[kind]}每次${next}分`),
        ),
      hr(),
      form('pointsForm', [
        ...drawField(worth, 'adoptionKind'),
        ...drawField(worth, 'points'),
        ...drawField(worth, 'day'),
        submit({ label: '保存', value: encodeAction({ action: 'information.setPoints' }), type: 'primary_filled' }),
      ]),
      notation('从写的那天起算，以前采用的分数不变；已经发布的排名不变。每次改动记入台账。'),
    ],
  });
}

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
