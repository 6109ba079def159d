/** From what a letter says to the bytes of a .docx file. */
import {
  AlignmentType,
  Document,
  Footer,
  type ISectionOptions,
  LineRuleType,
  Packer,
  PageNumber,
  PageOrientation,
  Paragraph,
  SectionType,
  type Table,
  TextRun,
} from 'docx';
import { type Annex, type Block, headingNumbers, type Letter } from '../document.ts';
import { fontTable } from './font-table.ts';
import { fonts, type Measures, measures as measuresOf, PAGE_NUMBER_MM, page, twipsOf } from './measures.ts';
import {
  addresseesText,
  annexList,
  annexMark,
  bodyText,
  captionText,
  emptyLine,
  headingText,
  letterheadText,
  noteText,
  signatureText,
  titleText,
} from './paragraphs.ts';
import { formOf, tableOf } from './tables.ts';
import { linesOf } from './text.ts';

type Content = Paragraph | Table;

export async function writeLetter(letter: Letter): Promise<Buffer> {
  const measures = measuresOf[letter.type];
  const { annexes } = letter;
  const file = new Document({
    title: linesOf(letter.title).join(''),
    creator: '代办',
    lastModifiedBy: '代办',
    evenAndOddHeaderAndFooters: true,
    styles: {
      default: { document: { run: { font: fonts.text, size: measures.text, language: { eastAsia: 'zh-CN' } } } },
    },
    sections: [
      section(mainContent(letter, measures), { landscape: false, measures }),
      ...annexes.map((annex, index) =>
        section(annexContent(annex, { number: annexes.length > 1 ? index + 1 : null, measures }), {
          landscape: annex.landscape === true,
          measures,
        }),
      ),
    ],
  });
  return Packer.toBuffer(file, false, [fontTable]);
}

function mainContent(letter: Letter, measures: Measures): Content[] {
  const { letterhead, addressees, annexes, signature, note } = letter;
  const width = textWidth(false);
  return [
    ...(letterhead ? letterheadText(letterhead, measures) : []),
    ...titleText(letter.title, measures),
    emptyLine(measures),
    ...(addressees === null ? [] : [addresseesText(addressees, measures)]),
    ...contentOf(letter.body, { width, measures }),
    ...(annexes.length === 0 ? [] : [emptyLine(measures), ...annexList(titlesOf(annexes), measures)]),
    ...(signature ? [emptyLine(measures), emptyLine(measures), ...signatureText(signature, measures)] : []),
    ...(note === null ? [] : noteText(note, measures)),
  ];
}

function titlesOf(annexes: readonly Annex[]): string[] {
  return annexes.map(({ title }) => title);
}

function annexContent(annex: Annex, { number, measures }: { number: number | null; measures: Measures }): Content[] {
  const width = textWidth(annex.landscape === true);
  return [
    annexMark(number, measures),
    ...titleText(annex.title, measures),
    emptyLine(measures),
    ...contentOf(annex.body, { width, measures }),
  ];
}

function contentOf(blocks: readonly Block[], on: { width: number; measures: Measures }): Content[] {
  const numbers = headingNumbers(blocks);
  return blocks.flatMap((block, index) => {
    const numbered = block.kind === 'heading' ? { ...block, text: `${numbers[index]}${block.text}` } : block;
    return blockContent(numbered, { ...on, last: index === blocks.length - 1 });
  });
}

function blockContent(block: Block, on: { width: number; measures: Measures; last: boolean }): Content[] {
  const { measures, last } = on;
  switch (block.kind) {
    case 'heading':
      return [headingText(block, measures)];
    case 'paragraph':
      return bodyText(block.text, measures);
    case 'table':
      return [
        ...(block.caption === undefined ? [] : [captionText(block.caption, measures)]),
        tableOf(block, on),
        gap(last),
      ];
    case 'form':
      return [formOf(block, on), gap(last)];
  }
}

/**
 * Between a table and what follows: two tables in a row would grow into one. Behind the last one, where the format wants a paragraph too,
 * it takes a single point, so that a table which fills its page does not bring an empty one.
 */
function gap(last: boolean): Paragraph {
  const spacing = last ? { before: 0, after: 0, line: 20, lineRule: LineRuleType.EXACT } : { before: 0, after: 120 };
  return new Paragraph({ spacing, children: [] });
}

function textWidth(landscape: boolean): number {
  return landscape ? twipsOf(page.height - page.top - page.bottom) : twipsOf(page.width - page.left - page.right);
}

/** A page on its side is turned to the left: what was its top is bound. */
function section(
  children: Content[],
  { landscape, measures }: { landscape: boolean; measures: Measures },
): ISectionOptions {
  const { top, right, bottom, left } = page;
  const margin = landscape ? { top: left, right: top, bottom: right, left: bottom } : { top, right, bottom, left };
  return {
    children,
    footers: { default: pageNumber('odd', measures), even: pageNumber('even', measures) },
    properties: {
      type: SectionType.NEXT_PAGE,
      page: {
        size: {
          width: twipsOf(page.width),
          height: twipsOf(page.height),
          orientation: landscape ? PageOrientation.LANDSCAPE : PageOrientation.PORTRAIT,
        },
        margin: {
          top: twipsOf(margin.top),
          right: twipsOf(margin.right),
          bottom: twipsOf(margin.bottom),
          left: twipsOf(margin.left),
          header: twipsOf(15),
          footer: twipsOf(landscape ? 15 : PAGE_NUMBER_MM),
        },
      },
    },
  };
}

/** — 1 — on the outer side, one character from the edge. */
function pageNumber(side: 'odd' | 'even', { pageNumber: size }: Measures): Footer {
  const odd = side === 'odd';
  const oneCharacter = size * 10;
  return new Footer({
    children: [
      new Paragraph({
        alignment: odd ? AlignmentType.RIGHT : AlignmentType.LEFT,
        indent: odd ? { right: oneCharacter } : { left: oneCharacter },
        children: [new TextRun({ font: fonts.number, size, children: ['— ', PageNumber.CURRENT, ' —'] })],
      }),
    ],
  });
}
