/** One row of a worksheet as XML (ECMA-376, part 1, §18.3.1.73). Half a million of them make a file: what can be written ahead is. */
import { type Cell, cellStyles, columnName, dayNumbers, isPlain, looksLikeFormula, xmlText } from './cell.ts';

/** Words that repeat, with what a cell says of them behind its place; their order is their number. */
export type Words = Map<string, string>;

/** Words kept for `repeats`; what comes after them is written into its cells. */
const WORDS_MAX = 20_000;
const MOMENT = `" s="${cellStyles.moment}"><v>`;
const PLAIN = '" t="inlineStr"><is><t>';

/** Turns the cells of a row into XML. `number` counts the sheet's rows from 1. */
export function rowWriter(of: {
  readonly columns: readonly { readonly repeats?: boolean }[];
  readonly words: Words;
  readonly zone: string;
}): (values: readonly Cell[], number: number) => string {
  const { words } = of;
  const dayNumber = dayNumbers(of.zone);
  const columns = of.columns.map(({ repeats = false }, index) => {
    const name = columnName(index);
    return { repeats, name, begin: `<c r="${name}` };
  });
  return (values, number) => {
    const place = String(number);
    let xml = `<row r="${place}">`;
    for (let index = 0; index < columns.length; index++) {
      const column = columns[index];
      const value = values[index] ?? null;
      if (!column) continue;
      const { begin } = column;
      if (value === null || value === '') xml += `${begin}${place}"/>`;
      else if (typeof value === 'number') xml += `${begin}${place}"><v>${value}</v></c>`;
      else if (typeof value === 'object') xml += `${begin}${place}${MOMENT}${dayNumber(value.at)}</v></c>`;
      else {
        const word = column.repeats ? told(words, value) : undefined;
        if (word !== undefined) xml += begin + place + word;
        else if (isPlain(value)) xml += `${begin}${place}${PLAIN}${value}</t></is></c>`;
        else xml += textCell(column.name + place, value, styleOf(value));
      }
    }
    return `${xml}</row>`;
  };
}

/** A cell that holds its text itself. */
export function textCell(place: string, value: string, style: number): string {
  const space = /^\s|\s$|\n/.test(value) ? ' xml:space="preserve"' : '';
  return `<c r="${place}"${styled(style)} t="inlineStr"><is><t${space}>${xmlText(value)}</t></is></c>`;
}

/** Behind the place of a cell: the number of the word, which is kept from its first cell on while there is room. */
function told(words: Words, word: string): string | undefined {
  const known = words.get(word);
  if (known !== undefined || words.size >= WORDS_MAX) return known;
  const cell = `"${styled(styleOf(word))} t="s"><v>${words.size}</v></c>`;
  words.set(word, cell);
  return cell;
}

function styleOf(value: string): number {
  return looksLikeFormula(value) ? cellStyles.quoted : cellStyles.text;
}

/** Nothing for the first style: every cell has it, and half a million times over it counts. */
function styled(style: number): string {
  return style === cellStyles.text ? '' : ` s="${style}"`;
}
