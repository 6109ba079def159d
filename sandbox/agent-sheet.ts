/** `npm run agent-sheet`: writes 代办员一页纸 as a Word file of one A4 page, to be printed and hung up: `docs/AGENT.docx`. */
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import {
  AlignmentType,
  BorderStyle,
  Document,
  ImageRun,
  Packer,
  Paragraph,
  Table,
  TableCell,
  TableLayoutType,
  TableRow,
  TextRun,
  VerticalAlignTable,
  WidthType,
} from 'docx';
import { agentGuide, GUIDE_TITLE } from '../cards/agent-guide.ts';
import { fontTable } from '../src/letters/docx/font-table.ts';
import { fonts, twipsOf } from '../src/letters/docx/measures.ts';

const target = fileURLToPath(new URL('../docs/AGENT.docx', import.meta.url));

/** Beside the text, of `docs/images`. */
export const guidePictures = [
  { image: 'registration', caption: '私聊里登记' },
  { image: 'returned', caption: '退回了，补齐再点' },
  { image: 'completed', caption: '办结了，送到群众手里再点' },
] as const;

/** Millimetres. The pictures are those of a phone, 360 by 640. */
const paper = { width: 210, height: 297, margin: 14 } as const;
const picture = { width: 43, height: 76.4 } as const;
const columns = { text: 132, pictures: 50 } as const;
/** Half points: 小二, 小四 and 10½. */
const size = { title: 36, heading: 24, text: 21, small: 18 } as const;
const PIXELS_PER_MM = 96 / 25.4;
const none = { style: BorderStyle.NONE, size: 0, color: 'auto' } as const;
const borders = { top: none, bottom: none, left: none, right: none } as const;

export async function agentSheet(): Promise<Buffer> {
  const file = new Document({
    title: GUIDE_TITLE,
    creator: '代办',
    lastModifiedBy: '代办',
    styles: {
      default: { document: { run: { font: fonts.text, size: size.text, language: { eastAsia: 'zh-CN' } } } },
    },
    sections: [
      {
        properties: {
          page: {
            size: { width: twipsOf(paper.width), height: twipsOf(paper.height) },
            margin: { ...sides(twipsOf(paper.margin)), header: 0, footer: 0 },
          },
        },
        children: [title(), body(), contacts()],
      },
    ],
  });
  return Packer.toBuffer(file, false, [fontTable]);
}

function sides(margin: number) {
  return { top: margin, right: margin, bottom: margin, left: margin };
}

function title(): Paragraph {
  return new Paragraph({
    alignment: AlignmentType.CENTER,
    spacing: { after: 80 },
    children: [
      new TextRun({ font: fonts.heading, size: size.title, text: GUIDE_TITLE }),
      new TextRun({ size: size.small, text: '　群众自愿，全程免费。下面的“我”是代办机器人' }),
    ],
  });
}

function body(): Table {
  const cell = (width: number, children: Paragraph[]) =>
    new TableCell({
      width: { size: twipsOf(width), type: WidthType.DXA },
      verticalAlign: VerticalAlignTable.TOP,
      borders,
      children,
    });
  return new Table({
    layout: TableLayoutType.FIXED,
    columnWidths: [twipsOf(columns.text), twipsOf(columns.pictures)],
    width: { size: twipsOf(columns.text + columns.pictures), type: WidthType.DXA },
    rows: [
      new TableRow({
        children: [
          cell(
            columns.text,
            agentGuide.flatMap((part) => [heading(part.title), ...part.lines.map(line)]),
          ),
          cell(columns.pictures, guidePictures.flatMap(shown)),
        ],
      }),
    ],
  });
}

function heading(text: string): Paragraph {
  return new Paragraph({
    spacing: { before: 120, after: 40 },
    children: [new TextRun({ font: fonts.heading, size: size.heading, bold: true, text })],
  });
}

/** The mark hangs in front, so that each thing to do is found at a glance. */
function line(text: string): Paragraph {
  return new Paragraph({
    indent: { left: 300, hanging: 300 },
    spacing: { after: 30, line: 300 },
    children: [new TextRun(`□ ${text}`)],
  });
}

function shown({ image, caption }: (typeof guidePictures)[number]): Paragraph[] {
  const data = readFileSync(new URL(`../docs/images/${image}.png`, import.meta.url));
  const [width, height] = [picture.width * PIXELS_PER_MM, picture.height * PIXELS_PER_MM].map(Math.round);
  return [
    new Paragraph({
      alignment: AlignmentType.CENTER,
      keepNext: true,
      spacing: { before: 60 },
      children: [
        new ImageRun({
          type: 'png',
          data,
          transformation: { width: width ?? 0, height: height ?? 0 },
          altText: { name: image, title: caption, description: caption },
          outline: { type: 'solidFill', solidFillType: 'rgb', value: 'BBBFC4' },
        }),
      ],
    }),
    new Paragraph({
      alignment: AlignmentType.CENTER,
      children: [new TextRun({ size: size.small, text: caption })],
    }),
  ];
}

/** To be filled in by hand. */
function contacts(): Paragraph {
  const blank = '＿'.repeat(9);
  return new Paragraph({
    spacing: { before: 120 },
    children: [new TextRun(`便民服务中心电话：${blank}　　系统管理员：${blank}`)],
  });
}

if (import.meta.filename === process.argv[1]) {
  writeFileSync(target, await agentSheet());
  process.stdout.write(`${target}\n`);
}
