/** 政务信息: what units send in, and what the banner's office makes of it. All of it stands in private chats. */
import {
  type AdoptionKind,
  type AdoptionPoints,
  adoptionKinds,
  type Half,
  halfPeriod,
  type PieceKind,
} from '../src/domain/information.ts';
import { local } from '../src/domain/level-names.ts';
import { dayPeriod } from '../src/domain/period.ts';
import { encodeAction } from './action-values.ts';
import type { Card, CardElement } from './card.ts';
import { drawField } from './field.ts';
import { type Choice, form, submit } from './form.ts';
import { informationForms } from './forms.ts';
import {
  bold,
  button,
  buttonColumn,
  card,
  columns,
  cut,
  facts,
  hr,
  notation,
  pageTurns,
  panel,
  paragraph,
} from './kit.ts';
import { adoptionWords, pieceKindWords } from './words.ts';

/** Pieces of one page. */
export const PIECES_A_PAGE = 10;
/** Of one piece there can be as many as there are kinds. */
const ADOPTIONS_MAX = 7;
const COMING_MAX = 10;
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
  return card({
    title,
    subtitle: halfPeriod(half).label,
    color: 'blue',
    summary: title,
    elements: [
      paragraph(total === 0 ? emptyWords(view) : `共${total}篇${pagesWords(view)}`),
      ...pieces.slice(0, PIECES_A_PAGE).flatMap((piece) => [hr(), pieceLine(piece, list)]),
      hr(),
      ...pageTurns({ page, more: (page + 1) * PIECES_A_PAGE < total }, (to) =>
        encodeAction({ action: `information.${list}`, half, page: to }),
      ),
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
    buttonColumn(list === 'inbox' ? '采用' : '打开', encodeAction({ action: 'information.open', pieceId })),
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
      ...(mayUndo ? [buttonColumn('撤销', encodeAction({ action: 'information.askUndo', adoptionId }))] : []),
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
