/** Reads Excel files back by a reader that is not ours. */
import { type Cell, readXlsx } from 'hucre/xlsx';

export interface ReadSheet {
  readonly name: string;
  readonly title: string;
  readonly note: string;
  readonly header: readonly string[];
  /** Below the header, as values: texts, numbers, dates (in UTC, as Excel has no zones), null. */
  readonly rows: readonly (readonly unknown[])[];
  /** The cell itself, `A4`. */
  readonly cell: (place: string) => Cell | undefined;
}

/** The sheets of a workbook of ours, which all have title, note and header above the rows. */
export async function readSheets(content: Buffer): Promise<ReadSheet[]> {
  const book = await readXlsx(content, { readStyles: true });
  return book.sheets.map((sheet) => {
    const [title, note, header = [], ...rows] = sheet.rows;
    return {
      name: sheet.name,
      title: String(title?.[0]),
      note: String(note?.[0]),
      header: header.map(String),
      rows,
      cell: (place) => sheet.cells?.get(placeKey(place)),
    };
  });
}

/** The reader numbers cells from 0: `A4` is `3,0`. */
function placeKey(place: string): string {
  const column = place.charCodeAt(0) - 65;
  return `${Number(place.slice(1)) - 1},${column}`;
}
