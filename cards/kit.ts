/**
 * Builders for the components of card JSON 2.0 that this product uses. The platform refuses unknown properties and what is too
 * large, so nothing outside this file writes a component by hand, and every text passes through `cut`.
 */
import { localTime } from '../src/domain/calendar.ts';
import type { ActionValue } from './action-values.ts';
import type { Card, CardElement } from './card.ts';
import { textBytes } from './size.ts';

export type HeaderColor = 'blue' | 'turquoise' | 'green' | 'orange' | 'red' | 'grey';
export type TextColor = 'default' | 'grey' | 'red' | 'orange' | 'green' | 'blue';
export type TextSize = 'normal' | 'heading' | 'notation';

const segmenter = new Intl.Segmenter('zh', { granularity: 'grapheme' });

/**
 * Control characters, lone surrogates, marks that turn the reading direction round and blanks without width: they are
 * never part of a name, and can hide or reorder what stands beside them.
 */
const unseen = /[\p{Cc}\p{Cs}\u061C\u200B\u200E\u200F\u2028-\u202E\u2060-\u2069\uFEFF]/gu;

/** Keeps newlines (CR LF and Unicode's own become LF), drops the unseen. */
function clean(text: string): string {
  return text
    .replace(/\r\n?|[\u0085\u2028\u2029]/g, '\n')
    .split('\n')
    .map((line) => line.replaceAll('\t', ' ').replace(unseen, ''))
    .join('\n');
}

/** At most `max` characters as people count them, ending in … when something was left out. Never splits an emoji. */
export function cut(text: string, max: number): string {
  const cleaned = clean(text);
  if (cleaned.length <= max) return cleaned;
  // One visible character may consist of any number of code units (stacked accents), and some travel as several bytes (a quotation
  // mark under an accent), so these are limited too.
  const unitsMax = max * 2;
  const bytesMax = max * 5;
  const kept: string[] = [];
  let units = 0;
  let bytes = 0;
  for (const { segment } of segmenter.segment(cleaned.slice(0, unitsMax + 1))) {
    units += segment.length;
    bytes += textBytes(segment);
    if (kept.length === max || units > unitsMax || bytes > bytesMax) {
      return `${kept.slice(0, Math.max(0, max - 1)).join('')}…`;
    }
    kept.push(segment);
  }
  return cleaned;
}

/** The beginning of the text, as many whole characters as fit into `unitsMax` code units; no sign that something is missing. */
export function fit(text: string, unitsMax: number): string {
  const cleaned = clean(text);
  if (cleaned.length <= unitsMax) return cleaned;
  let kept = '';
  for (const { segment } of segmenter.segment(cleaned.slice(0, unitsMax + 1))) {
    if (kept.length + segment.length > unitsMax) break;
    kept += segment;
  }
  return kept;
}

/** Markdown's signs as the platform's own documentation escapes them, but for `~` (its `&sim;` shows ∼); `&` and `|` are our addition. */
const entities: Readonly<Record<string, string>> = {
  '&': '&#38;',
  '<': '&#60;',
  '>': '&#62;',
  '~': '&#126;',
  '-': '&#45;',
  '!': '&#33;',
  '*': '&#42;',
  '/': '&#47;',
  '\\': '&#92;',
  '[': '&#91;',
  ']': '&#93;',
  '(': '&#40;',
  ')': '&#41;',
  '#': '&#35;',
  ':': '&#58;',
  '+': '&#43;',
  '"': '&#34;',
  "'": '&#39;',
  '`': '&#96;',
  $: '&#36;',
  _: '&#95;',
  '|': '&#124;',
};

/** Makes text safe inside markdown: no mention, link, colour or block can come out of it. Newlines become blanks. */
export function escapeMarkdown(text: string): string {
  return clean(text)
    .replace(/\n+/g, ' ')
    .replace(/[&<>~\-!*/\\[\]()#:+"'`$_|]/g, (sign) => entities[sign] ?? '');
}

/** `11月23日` in the zone. */
export function day(at: number, zone: string): string {
  const local = localTime(at, zone);
  return `${local.month}月${local.day}日`;
}

/** `14:05` in the zone. */
export function clock(at: number, zone: string): string {
  const { hour, minute } = localTime(at, zone);
  return `${twoDigits(hour)}:${twoDigits(minute)}`;
}

function twoDigits(number: number): string {
  return String(number).padStart(2, '0');
}

/** `2026年11月23日` in the zone. */
export function dayWithYear(at: number, zone: string): string {
  return `${localTime(at, zone).year}年${day(at, zone)}`;
}

/** `11月23日`, with the year in front when it is not the year of `view.now`. */
export function dayFor(at: number, view: { readonly now: number; readonly zone: string }): string {
  const sameYear = localTime(at, view.zone).year === localTime(view.now, view.zone).year;
  return sameYear ? day(at, view.zone) : dayWithYear(at, view.zone);
}

/** A text that is shown as it stands. */
export function plainText(content: string, max = 200): { readonly tag: 'plain_text'; readonly content: string } {
  return { tag: 'plain_text', content: cut(content, max) };
}

/** A paragraph of plain text: the place for everything people typed. */
export function paragraph(
  content: string,
  style: { readonly size?: TextSize; readonly color?: TextColor; readonly max?: number } = {},
): CardElement {
  const { size = 'normal', color, max = 200 } = style;
  const shown = cut(content, max);
  const text = { tag: 'plain_text', content: shown, text_size: size, ...(color ? { text_color: color } : {}) };
  return { tag: 'div', text };
}

/** A small grey line. */
export function notation(content: string, max = 200): CardElement {
  return paragraph(content, { size: 'notation', color: 'grey', max });
}

/** Lines of markdown of our own; typed text inside must have gone through `escapeMarkdown`. Clients may ignore a plain line break. */
export function markdown(...lines: readonly string[]): CardElement {
  return { tag: 'markdown', content: lines.join('<br>'), text_size: 'normal' };
}

/** The mark in markdown that mentions a person: their phone sounds when the card is posted, not when it is edited. */
export function mention(openId: string): string {
  return /^ou_[\w-]+$/.test(openId) ? `<at id=${openId}></at>` : '';
}

/** A bold line of typed text. */
export function bold(content: string, max = 60): CardElement {
  return markdown(`**${escapeMarkdown(cut(content, max)) || '—'}**`);
}

/** A title with a line below it, in one element: for lists that are long. */
export function twoLines(title: string, line: { readonly text: string; readonly color: TextColor }): CardElement {
  return paragraph(`${cut(title, 40)}\n${cut(line.text, 80)}`, { color: line.color, max: 121 });
}

/** A red line of typed text, for what has to be put right. */
export function redLine(content: string): CardElement {
  return markdown(`<font color='red'>${escapeMarkdown(cut(content, 60))}</font>`);
}

export interface Fact {
  readonly label: string;
  readonly value: string;
  readonly color?: TextColor;
  /** Characters shown; 50 if absent. */
  readonly max?: number;
}

/** Label left in grey, value right. */
export function facts(rows: readonly Fact[]): CardElement[] {
  return rows.map((row) =>
    columns([
      { weight: 2, elements: [paragraph(row.label, { color: 'grey', max: 12 })] },
      { weight: 5, elements: [paragraph(row.value || '—', { color: row.color ?? 'default', max: row.max ?? 50 })] },
    ]),
  );
}

/** Columns side by side, on a phone too. Without a weight a column is as wide as its content. */
export function columns(
  parts: readonly { readonly weight?: number; readonly elements: readonly CardElement[] }[],
): CardElement {
  return {
    tag: 'column_set',
    flex_mode: 'none',
    horizontal_spacing: '8px',
    columns: parts.map(({ weight, elements }) => ({
      tag: 'column',
      ...(weight ? { width: 'weighted', weight } : { width: 'auto' }),
      vertical_align: 'top',
      ...(elements.length > 0 ? { elements } : {}),
    })),
  };
}

/** So many beside each other, row by row; the last row is filled up, so that columns stay below each other. */
export function rowsOf(cells: readonly (readonly CardElement[])[], perRow: number): CardElement[] {
  const starts = cells.flatMap((_, index) => (index % perRow === 0 ? [index] : []));
  return starts.map((start) =>
    columns(Array.from({ length: perRow }, (_, at) => ({ weight: 1, elements: cells[start + at] ?? [] }))),
  );
}

export function hr(): CardElement {
  return { tag: 'hr' };
}

export interface ButtonSpec {
  readonly label: string;
  readonly value: ActionValue;
  readonly type?: 'default' | 'primary_filled' | 'danger' | 'text';
  /** Where three stand beside each other, and for long labels: 36 px high on a phone, in smaller letters. All others have 48, for a thumb outdoors. */
  readonly size?: 'medium';
}

/** A button outside a form, or one inside that sends nothing of it. */
export function button(spec: ButtonSpec): CardElement {
  return pressed(spec, 'fill');
}

/** The last column of a line: a button as wide as its word. */
export function buttonColumn(label: string, value: ActionValue): { readonly elements: readonly CardElement[] } {
  return { elements: [pressed({ label, value }, 'default')] };
}

function pressed(spec: ButtonSpec, width: 'default' | 'fill'): CardElement {
  return {
    tag: 'button',
    text: plainText(spec.label, 30),
    type: spec.type ?? 'default',
    size: spec.size ?? 'large',
    width,
    behaviors: [{ type: 'callback', value: spec.value }],
  };
}

/** 上一页, 下一页 side by side, where there are such pages. `page` from 0; `pages`: how many, where that is known and not said elsewhere. */
export function pageTurns(
  { page, more, pages }: { readonly page: number; readonly more: boolean; readonly pages?: number },
  turnTo: (page: number) => ActionValue,
): CardElement[] {
  const turn = (label: string, to: number) => ({ weight: 1, elements: [button({ label, value: turnTo(to) })] });
  const turns = [...(page > 0 ? [turn('上一页', page - 1)] : []), ...(more ? [turn('下一页', page + 1)] : [])];
  if (turns.length === 0) return [];
  return [columns(turns), ...(pages === undefined ? [] : [notation(`第${page + 1}页，共${pages}页`)])];
}

/** Something that can be tapped as a whole. */
export function tappable(value: ActionValue, elements: readonly CardElement[]): CardElement {
  return { tag: 'interactive_container', width: 'fill', behaviors: [{ type: 'callback', value }], elements };
}

/** A single line that can be tapped, as high as a thumb needs it. */
export function tappableLine(value: ActionValue, line: CardElement): CardElement {
  return { ...tappable(value, [line]), padding: '8px 0px' };
}

/** A panel that opens at a tap. Without the icon nothing on it says so. */
export function panel(title: string, elements: readonly CardElement[]): CardElement {
  return {
    tag: 'collapsible_panel',
    expanded: false,
    background_color: 'grey',
    header: {
      title: plainText(title, 40),
      vertical_align: 'center',
      icon: { tag: 'standard_icon', token: 'down-small-ccm_outlined', size: '16px 16px' },
      icon_position: 'right',
      icon_expanded_angle: -180,
    },
    elements,
  };
}

interface CardSpec {
  readonly title: string;
  readonly subtitle?: string;
  readonly color: HeaderColor;
  /** A word beside the title, e.g. the state. */
  readonly mark?: string;
  /** What the notification shows. Stands on lock screens: never a resident's data. */
  readonly summary: string;
  readonly elements: readonly CardElement[];
}

/**
 * A whole card. It is shared by the people of its chat, and never passed on to another: it may hold somebody's data, and a copy
 * would not change with its case.
 */
export function card(spec: CardSpec): Card {
  const summary = cut(spec.summary, 80).replaceAll('\n', ' ');
  return {
    schema: '2.0',
    config: {
      update_multi: true,
      enable_forward: false,
      summary: { content: summary },
    },
    header: {
      title: plainText(spec.title, 40),
      ...(spec.subtitle ? { subtitle: plainText(spec.subtitle, 60) } : {}),
      ...(spec.mark ? { text_tag_list: [tag(spec.mark, spec.color)] } : {}),
      template: spec.color,
    },
    body: {
      direction: 'vertical',
      vertical_spacing: '8px',
      // An empty list is refused.
      elements: spec.elements.length > 0 ? spec.elements : [paragraph(summary)],
    },
  };
}

/** The word beside a title. The platform's grey for tags has another name than that of headers. */
function tag(word: string, color: HeaderColor): CardElement {
  return { tag: 'text_tag', text: plainText(word, 12), color: color === 'grey' ? 'neutral' : color };
}
