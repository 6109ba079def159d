/**
 * Writes .xlsx files row by row: pages of rows in, a file out, never more than one page and the compressor's window in memory.
 * Why not a library for the sheets: `docs/ARCHITECTURE.md`.
 */
import { Readable, Transform, type Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import yazl from 'yazl';
import { type Cell, cellStyles, columnName, dayNumbers, looksLikeFormula, xmlText } from './cell.ts';
import { fixedParts, HEADER_ROW, type SheetFrame, sharedWords, sheetBeginning, sheetEnd } from './parts.ts';

export interface Column {
  readonly title: string;
  /** In characters of the default font; a Chinese character takes two. */
  readonly width: number;
  /** The same few words again and again (units, steps, names of staff): kept once, told by number. */
  readonly repeats?: boolean;
}

export interface Sheet extends SheetFrame {
  readonly columns: readonly Column[];
  /** Pages of rows, each row as long as `columns`. A page is turned into XML without a pause, so keep it to a few hundred rows. */
  readonly pages: AsyncIterable<readonly (readonly Cell[])[]>;
}

/** The pages of a table that is small and at hand. */
export async function* onePage(rows: readonly (readonly Cell[])[]): Sheet['pages'] {
  yield rows;
}

/** The file would be larger than allowed; writing stopped there. */
export class FileTooLarge extends Error {
  override readonly name = 'FileTooLarge';
}

/** 2 of 9: the hashes do not compress, and the rest does almost as well as with more effort. */
const COMPRESSION = 2;
/** Words kept for `repeats`; what comes after them is written into its cells. */
const WORDS_MAX = 20_000;
/** Excel's limit, title and header included. */
const ROWS_MAX = 1_048_576;

/**
 * Writes a workbook to `to` and ends it. Returns the size in bytes. Rejects with `FileTooLarge` past `bytesMax` or Excel's rows, and with
 * whatever the pages or the target fail with.
 */
export async function writeWorkbook(of: {
  readonly sheets: readonly Sheet[];
  /** IANA zone in which moments are shown. */
  readonly zone: string;
  readonly to: Writable;
  readonly bytesMax?: number;
}): Promise<number> {
  const words = new Map<string, number>();
  const zip = new yazl.ZipFile();
  const sources: Readable[] = [];
  const add = (path: string, chunks: Iterable<string> | AsyncIterable<string>) => {
    const source = Readable.from(chunks, { objectMode: false, highWaterMark: 1 << 18 });
    // Without a pipeline of its own a failing source would leave the archive waiting for ever.
    source.on('error', (error) => counter.destroy(error));
    sources.push(source);
    zip.addReadStream(source, path, { compressionLevel: COMPRESSION });
  };
  const counter = countBytes(of.bytesMax ?? Number.POSITIVE_INFINITY);
  for (const [path, xml] of fixedParts(of.sheets)) zip.addBuffer(Buffer.from(xml), path);
  for (const [index, sheet] of of.sheets.entries()) {
    add(`xl/worksheets/sheet${index + 1}.xml`, sheetChunks(sheet, { words, zone: of.zone }));
  }
  add('xl/sharedStrings.xml', wordChunks(words));
  zip.end();
  try {
    await pipeline(zip.outputStream, counter.stream, of.to);
  } catch (error) {
    for (const source of sources) source.destroy();
    throw counter.cause() ?? error;
  }
  return counter.bytes();
}

function countBytes(bytesMax: number) {
  let bytes = 0;
  let cause: Error | undefined;
  const stream = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      bytes += chunk.length;
      if (bytes > bytesMax) cause ??= new FileTooLarge(`more than ${bytesMax} bytes`);
      done(cause ?? null, chunk);
    },
  });
  return {
    stream,
    bytes: () => bytes,
    cause: () => cause,
    destroy(error: Error) {
      cause ??= error;
      stream.destroy(error);
    },
  };
}

/** Begins only when the sheets have been written: until then the words are not complete. */
function* wordChunks(words: ReadonlyMap<string, number>): Generator<string> {
  yield sharedWords(words.keys());
}

async function* sheetChunks(sheet: Sheet, of: { words: Map<string, number>; zone: string }): AsyncGenerator<string> {
  const cells = cellWriter({ sheet, ...of });
  const { columns, title, note } = sheet;
  const above = [
    row(1, [text('A1', title, cellStyles.title)], 28),
    row(2, [text('A2', note, cellStyles.note)], 18),
    row(
      HEADER_ROW,
      columns.map((column, index) => text(`${columnName(index)}${HEADER_ROW}`, column.title, cellStyles.header)),
      24,
    ),
  ];
  yield sheetBeginning(sheet, { header: above.join('') });
  let number = HEADER_ROW;
  for await (const page of sheet.pages) {
    let xml = '';
    for (const values of page) {
      number++;
      if (number > ROWS_MAX) throw new FileTooLarge(`more than ${ROWS_MAX} rows`);
      xml += `<row r="${number}">${cells(values, number)}</row>`;
    }
    yield xml;
  }
  yield sheetEnd(sheet, number);
}

function cellWriter(of: { sheet: Sheet; words: Map<string, number>; zone: string }) {
  const { words } = of;
  const dayNumber = dayNumbers(of.zone);
  const columns = of.sheet.columns.map((column, index) => ({
    name: columnName(index),
    repeats: column.repeats === true,
  }));
  const wordIndex = (word: string): number | undefined => {
    const known = words.get(word);
    if (known !== undefined || words.size >= WORDS_MAX) return known;
    words.set(word, words.size);
    return words.size - 1;
  };
  return (values: readonly Cell[], number: number): string => {
    let xml = '';
    for (const [index, { name, repeats }] of columns.entries()) {
      const value = values[index] ?? null;
      const place = `${name}${number}`;
      if (value === null || value === '') xml += `<c r="${place}"/>`;
      else if (typeof value === 'number') xml += `<c r="${place}"><v>${value}</v></c>`;
      else if (typeof value === 'object') {
        xml += `<c r="${place}" s="${cellStyles.moment}"><v>${dayNumber(value.at)}</v></c>`;
      } else {
        const word = repeats ? wordIndex(value) : undefined;
        const style = looksLikeFormula(value) ? cellStyles.quoted : cellStyles.text;
        xml +=
          word === undefined ? text(place, value, style) : `<c r="${place}"${styled(style)} t="s"><v>${word}</v></c>`;
      }
    }
    return xml;
  };
}

function text(place: string, value: string, style: number): string {
  const space = /^\s|\s$|\n/.test(value) ? ' xml:space="preserve"' : '';
  return `<c r="${place}"${styled(style)} t="inlineStr"><is><t${space}>${xmlText(value)}</t></is></c>`;
}

/** Nothing for the first style: every cell has it, and half a million times over it counts. */
function styled(style: number): string {
  return style === cellStyles.text ? '' : ` s="${style}"`;
}

function row(number: number, cells: readonly string[], height: number): string {
  return `<row r="${number}" ht="${height}" customHeight="1">${cells.join('')}</row>`;
}
