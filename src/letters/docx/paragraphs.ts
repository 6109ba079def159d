import {
  AlignmentType,
  BorderStyle,
  type IParagraphOptions,
  type IRunOptions,
  LineRuleType,
  Paragraph,
  TextRun,
} from 'docx';
import type { Letterhead, Signature } from '../document.ts';
import { writtenDay } from '../document.ts';
import { fonts, type Measures, page, RED, twipsOf, widthOf } from './measures.ts';
import { linesOf, oneLine } from './text.ts';

interface Look {
  readonly font?: string;
  /** Half points. */
  readonly size?: number;
  readonly color?: string;
}

/** Chinese type for every sign, so that a quotation mark is as wide as its neighbours; Mongolian script has its own. */
export function run(text: string, { font = fonts.text, size = 32, color = '000000' }: Look): TextRun {
  const named = { ascii: font, hAnsi: font, eastAsia: font, cs: fonts.mongolian, hint: 'eastAsia' };
  const look: IRunOptions = { font: named, size, sizeComplexScript: size, color };
  return new TextRun({ ...look, text });
}

function lines(height: number): NonNullable<IParagraphOptions['spacing']> {
  return { line: height, lineRule: LineRuleType.EXACT, before: 0, after: 0 };
}

/** How far two characters reach. */
function twoCharacters(size: number): number {
  return size * 20;
}

/** Each line a paragraph of its own, the first of its lines indented by two characters. */
export function bodyText(
  text: string,
  measures: Measures,
  keeps: Pick<IParagraphOptions, 'keepNext' | 'keepLines'> = {},
): Paragraph[] {
  return linesOf(text).map(
    (line) =>
      new Paragraph({
        ...keeps,
        alignment: AlignmentType.BOTH,
        spacing: lines(measures.line),
        indent: { firstLine: twoCharacters(measures.text), firstLineChars: 200 },
        children: [run(line, { size: measures.text })],
      }),
  );
}

const headingFonts = { 1: fonts.heading, 2: fonts.subheading, 3: fonts.text } as const;

export function headingText(heading: { readonly level: 1 | 2 | 3; readonly text: string }, measures: Measures) {
  return new Paragraph({
    outlineLevel: heading.level,
    keepNext: true,
    spacing: lines(measures.line),
    indent: { firstLine: twoCharacters(measures.text), firstLineChars: 200 },
    children: [run(oneLine(heading.text), { font: headingFonts[heading.level], size: measures.text })],
  });
}

/** 标题; of an annex, too. */
export function titleText(title: string, measures: Measures): Paragraph[] {
  return linesOf(title).map(
    (line) =>
      new Paragraph({
        outlineLevel: 0,
        alignment: AlignmentType.CENTER,
        spacing: lines(measures.titleLine),
        children: [run(line, { font: fonts.title, size: measures.title })],
      }),
  );
}

/** 主送机关 begins at the edge. */
export function addresseesText(addressees: string, measures: Measures): Paragraph {
  return new Paragraph({
    spacing: lines(measures.line),
    children: [run(`${oneLine(addressees)}：`, { size: measures.text })],
  });
}

export function emptyLine(measures: Measures): Paragraph {
  return new Paragraph({ spacing: lines(measures.line), children: [] });
}

/** Above a table. */
export function captionText(caption: string, measures: Measures): Paragraph {
  return new Paragraph({
    alignment: AlignmentType.CENTER,
    keepNext: true,
    spacing: lines(measures.line),
    children: [run(oneLine(caption), { font: fonts.heading, size: measures.text - 4 })],
  });
}

/** 附件 of an annex's page, or 附件2 of several; it begins the page. */
export function annexMark(number: number | null, measures: Measures): Paragraph {
  return new Paragraph({
    spacing: lines(measures.line),
    children: [run(`附件${number ?? ''}`, { font: fonts.heading, size: measures.text })],
  });
}

/** 附件说明 below the body: one annex has no number, of several each has its own line. */
export function annexList(titles: readonly string[], measures: Measures): Paragraph[] {
  const indent = twoCharacters(measures.text);
  // 附件：1. is as wide as three characters and two halves; what follows stands below the title, not below the word.
  const hanging = (titles.length > 1 ? 4 : 3) * (indent / 2);
  return titles.map((title, index) => {
    const number = titles.length > 1 ? `${index + 1}.` : '';
    return new Paragraph({
      // The list stays on one page.
      keepNext: index < titles.length - 1,
      keepLines: true,
      spacing: lines(measures.line),
      indent: index === 0 ? { left: indent + hanging, hanging } : { left: indent + hanging, hanging: indent / 2 },
      children: [run(`${index === 0 ? '附件：' : ''}${number}${linesOf(title).join('')}`, { size: measures.text })],
    });
  });
}

/** 成文日期 ends four characters before the edge; 署名 is centred above it, as far as the line reaches. */
export function signatureText({ office, day }: Signature, measures: Measures): Paragraph[] {
  const character = measures.text * 10;
  const date = writtenDay(day);
  const name = oneLine(office);
  const right = Math.max(0, 4 + (widthOf(date) - widthOf(name)) / 2);
  const atRight = (text: string, characters: number, keepNext: boolean) =>
    new Paragraph({
      alignment: AlignmentType.RIGHT,
      keepNext,
      spacing: lines(measures.line),
      indent: { right: Math.round(characters * character) },
      children: [run(text, { size: measures.text })],
    });
  return [atRight(name, right, true), atRight(date, 4, false)];
}

export function noteText(note: string, measures: Measures): Paragraph[] {
  return linesOf(note).map(
    (line) =>
      new Paragraph({ spacing: { before: 120 }, children: [run(line, { size: measures.note, color: '595959' })] }),
  );
}

const HEAD_SIZE_MAX = 62 * 2;

/** 发文机关标志 in red, as large as the line takes it, 发文字号 and the red rule. */
export function letterheadText({ offices, number }: Letterhead, measures: Measures): Paragraph[] {
  const lineWidth = (page.width - page.left - page.right) * (72 / 25.4);
  const names = offices.map(oneLine);
  const widest = Math.max(1, ...names.map(widthOf));
  const size = Math.min(HEAD_SIZE_MAX, 2 * Math.floor(lineWidth / widest));
  const heads = names.map(
    (name) =>
      new Paragraph({
        alignment: AlignmentType.CENTER,
        spacing: { before: 0, after: 0 },
        children: [run(name, { font: fonts.title, size, color: RED })],
      }),
  );
  const rule = new Paragraph({
    alignment: AlignmentType.CENTER,
    spacing: { ...lines(measures.line), after: twipsOf(8) },
    border: { bottom: { style: BorderStyle.SINGLE, size: 12, color: RED, space: 4 } },
    children: number === null ? [] : [run(oneLine(number), { size: measures.text })],
  });
  return [...heads, emptyLine(measures), rule];
}
