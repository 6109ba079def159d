/** The card of a working morning: what waits for the people of a chat, section by section. It stays in the chat, so it names days. */
import { encodeAction } from './action-values.ts';
import type { Card, CardElement } from './card.ts';
import {
  bold,
  buttonColumn,
  card,
  columns,
  cut,
  hr,
  markdown,
  mention,
  notation,
  paragraph,
  type TextColor,
} from './kit.ts';
import { CARD_BYTES_MAX, sentBytes } from './size.ts';

/** Lines of one section. */
export const DIGEST_LINES_MAX = 10;
/** Lines of the card: it may have two hundred elements, and a line has eight. */
const CARD_LINES_MAX = 16;
/** Whoever waits longest is named first. */
const MENTIONS_MAX = 5;
/** A unit has one of what is overdue and one of what is due soon. */
const TASK_LINES_MAX = 4;
/** Of the card around its lines. */
const FRAME_BYTES = 6_000;

export interface DigestLine {
  readonly caseId: number;
  readonly caseNumber: string;
  /** Masked: 张**. */
  readonly applicant: string;
  readonly itemName: string;
  /** The day that matters, in words: 应在11月27日前办结. */
  readonly when: string;
  /** What is to be done next: 请接收. */
  readonly next: string;
}

export interface DigestPart {
  readonly heading: string;
  /** Past a promised day. */
  readonly late: boolean;
  /** Cases of the section, shown or not. */
  readonly total: number;
  readonly lines: readonly DigestLine[];
  /** By open_id, whose phones are to sound. */
  readonly mentions?: readonly string[];
}

export interface DigestView {
  readonly title: string;
  readonly parts: readonly DigestPart[];
  /** The plan's tasks of the reader's unit, a line each: 逾期2项：第9项（最晚12月31日）. */
  readonly tasks: readonly string[];
  /** Where the rest is found, when there is no room for all. */
  readonly hint: string;
}

/** Ten lines a section at most, and as many in all as the platform takes; the headings count the rest. */
export function digestCard(view: DigestView): Card {
  const total = view.parts.reduce((sum, part) => sum + part.total, 0);
  const late = view.parts.some((part) => part.late);
  const frame = view.parts.map((part) => [hr(), headingOf(part), ...mentionsOf(part)]);
  const tasks = taskElements(view);
  const room = { lines: CARD_LINES_MAX, bytes: CARD_BYTES_MAX - FRAME_BYTES - sentBytes([frame, tasks]) };
  const drawn = view.parts.map((part) => drawPart(part, room));
  const hidden = total - drawn.reduce((sum, { shown }) => sum + shown, 0);
  return card({
    title: view.title,
    color: late ? 'red' : 'blue',
    summary: `${view.title}：${total > 0 ? `共${total}件` : '方案任务'}`,
    elements: [
      ...drawn.flatMap(({ elements }, index) => (index === 0 ? elements : [hr(), ...elements])),
      ...(hidden > 0 ? [notation(`共${total}件，${view.hint}`, 60)] : []),
      ...tasks,
    ],
  });
}

function taskElements({ parts, tasks }: DigestView): CardElement[] {
  if (tasks.length === 0) return [];
  return [
    ...(parts.length === 0 ? [] : [hr()]),
    bold('方案任务'),
    ...tasks.slice(0, TASK_LINES_MAX).map((line) => paragraph(line, { color: 'orange', max: 200 })),
    notation('发 /任务 更新进展，做完了选“已完成”。'),
  ];
}

/** A section's heading, and as many of its lines as there is room for; takes of the room what they need. */
export function drawPart(
  part: DigestPart,
  room: { lines: number; bytes: number },
): { readonly elements: readonly CardElement[]; readonly shown: number } {
  const lines: CardElement[] = [];
  for (const line of part.lines.slice(0, Math.min(DIGEST_LINES_MAX, room.lines))) {
    const element = digestLine(line, part.late ? 'red' : 'grey');
    const bytes = sentBytes([element]);
    if (bytes > room.bytes) break;
    room.bytes -= bytes;
    lines.push(element);
  }
  room.lines -= lines.length;
  return { elements: [headingOf(part), ...mentionsOf(part), ...lines], shown: lines.length };
}

function mentionsOf({ mentions = [] }: DigestPart): CardElement[] {
  return mentions.length === 0 ? [] : [markdown(mentions.slice(0, MENTIONS_MAX).map(mention).join(' '))];
}

function headingOf({ heading, total, late }: DigestPart): CardElement {
  return paragraph(`${cut(heading, 24)}　${total}件`, late ? { color: 'red' } : {});
}

function digestLine(line: DigestLine, color: TextColor): CardElement {
  const open = encodeAction({ action: 'case.open', caseId: line.caseId });
  return columns([
    {
      weight: 4,
      elements: [
        bold(`${cut(line.applicant, 10)}　${cut(line.itemName, 24)}`),
        paragraph(`${cut(line.caseNumber, 24)}　${cut(line.next, 40)}（${cut(line.when, 24)}）`, { color, max: 100 }),
      ],
    },
    buttonColumn('打开', open),
  ]);
}
