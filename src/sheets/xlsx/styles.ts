/** How cells look (ECMA-376, part 1, §18.8): a style for each kind of text and for each way to show a number. */
import { HEAD, MAIN } from './xml.ts';

/** What is shown of a number; the cell keeps the number. Excel rounds, and takes what stands in quotes as it is. */
const numberFormats = {
  general: 'General',
  moment: 'yyyy\\-mm\\-dd\\ hh:mm',
  /** Of a fraction of 1. */
  percent: '0.0%',
  hours: '0.0',
  countChange: '+0;-0;"持平"',
  hoursChange: '+0.0;-0.0;"持平"',
  /** Of percentage points. */
  pointsChange: '+0.0"个百分点";-0.0"个百分点";"持平"',
} as const;
export type NumberFormat = keyof typeof numberFormats;
const formatNames = Object.keys(numberFormats) as NumberFormat[];

/** Indexes of the styles that texts have. Those of numbers follow. */
export const textStyles = { text: 0, title: 1, note: 2, header: 3, quoted: 4, wrapped: 5, wrappedQuoted: 6 } as const;
const FIRST_NUMBER_STYLE = Object.keys(textStyles).length;
/** Ids below are Excel's own. */
const FIRST_FORMAT_ID = 164;

export function numberStyle(format: NumberFormat): number {
  return FIRST_NUMBER_STYLE + formatNames.indexOf(format);
}

const fonts = [
  font('<sz val="10"/>'),
  font('<b/><sz val="16"/>'),
  font('<sz val="9"/><color rgb="FF667085"/>'),
  font('<b/><sz val="10"/>'),
];
const fills = [
  '<patternFill patternType="none"/>',
  '<patternFill patternType="gray125"/>',
  '<patternFill patternType="solid"><fgColor rgb="FFE8F0FE"/><bgColor indexed="64"/></patternFill>',
];
const borders = [
  '<left/><right/><top/><bottom/><diagonal/>',
  `${['left', 'right', 'top', 'bottom'].map(line).join('')}<diagonal/>`,
];

/** The workbook's part `styles.xml`. */
export function stylesXml(): string {
  const formats = formatNames.map(
    (name, index) =>
      `<numFmt numFmtId="${FIRST_FORMAT_ID + index}" formatCode="${numberFormats[name].replaceAll('"', '&quot;')}"/>`,
  );
  const left = '<alignment horizontal="left" vertical="center"/>';
  const right = '<alignment horizontal="right" vertical="center"/>';
  const wrapping = '<alignment vertical="center" wrapText="1"/>';
  const texts = [
    style({ alignment: '<alignment vertical="center"/>' }),
    style({ font: 1, alignment: '<alignment horizontal="center" vertical="center"/>' }),
    style({ font: 2, alignment: '<alignment horizontal="left" vertical="center" wrapText="1"/>' }),
    style({
      font: 3,
      fill: 2,
      border: 1,
      alignment: '<alignment horizontal="center" vertical="center" wrapText="1"/>',
    }),
    style({ alignment: '<alignment vertical="center"/>', quoted: true }),
    style({ alignment: wrapping }),
    style({ alignment: wrapping, quoted: true }),
  ];
  const numbers = formatNames.map((name, index) =>
    style({ format: FIRST_FORMAT_ID + index, alignment: name === 'moment' ? left : right }),
  );
  return (
    `${HEAD}<styleSheet xmlns="${MAIN}">${list('numFmts', formats)}${list('fonts', fonts)}` +
    list(
      'fills',
      fills.map((fill) => `<fill>${fill}</fill>`),
    ) +
    list(
      'borders',
      borders.map((border) => `<border>${border}</border>`),
    ) +
    list('cellStyleXfs', ['<xf numFmtId="0" fontId="0" fillId="0" borderId="0"/>']) +
    list('cellXfs', [...texts, ...numbers]) +
    `${list('cellStyles', ['<cellStyle name="Normal" xfId="0" builtinId="0"/>'])}</styleSheet>`
  );
}

function list(name: string, elements: readonly string[]): string {
  return `<${name} count="${elements.length}">${elements.join('')}</${name}>`;
}

function font(look: string): string {
  return `<font>${look}<name val="Microsoft YaHei"/><family val="2"/></font>`;
}

function line(side: string): string {
  return `<${side} style="thin"><color rgb="FFD0D5DD"/></${side}>`;
}

/** Numbers are indexes into the lists above. */
function style(look: {
  format?: number;
  font?: number;
  fill?: number;
  border?: number;
  alignment: string;
  quoted?: boolean;
}) {
  const { format = 0, font = 0, fill = 0, border = 0, alignment, quoted = false } = look;
  return (
    `<xf numFmtId="${format}" fontId="${font}" fillId="${fill}" borderId="${border}" xfId="0" applyNumberFormat="1" ` +
    `applyFont="1" applyFill="1" applyBorder="1" applyAlignment="1"${quoted ? ' quotePrefix="1"' : ''}>${alignment}</xf>`
  );
}
