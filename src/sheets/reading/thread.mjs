/**
 * A thread's work: an .xlsx file from bytes to plain tables. Unpacking and reading one may take seconds, and what somebody sent may be
 * made to take all there is. Plain JavaScript, because a thread begins with a file that node can run as it is.
 */
import { parentPort, workerData } from 'node:worker_threads';
import { readXlsx } from 'hucre/xlsx';
import { inspectArchive } from './archive.mjs';

/** @typedef {import('../../domain/import/table.ts').ReadResult} ReadResult */
/** @typedef {import('../../domain/import/table.ts').TableCell} TableCell */

const OLD_CONTAINER = Buffer.from('d0cf11e0a1b11ae1', 'hex');
const ARCHIVE = Buffer.from('PK');
const PDF = Buffer.from('%PDF');
/** The name of the stream that holds an encrypted workbook within an old container. */
const ENCRYPTED = Buffer.from('EncryptedPackage', 'utf16le');

/** @type {{ bytes: Uint8Array, limits: import('./read-workbook.ts').WorkbookLimits }} */
const { bytes, limits } = workerData;

/** @returns {Promise<ReadResult>} */
async function read() {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (file.subarray(0, OLD_CONTAINER.length).equals(OLD_CONTAINER)) {
    return { ok: false, problem: file.includes(ENCRYPTED) ? 'encrypted' : 'old' };
  }
  if (!file.subarray(0, ARCHIVE.length).equals(ARCHIVE))
    return { ok: false, problem: isText(file) ? 'text' : 'foreign' };
  const inspected = inspectArchive(file, limits);
  if ('problem' in inspected) return { ok: false, problem: inspected.problem };
  if (!inspected.names.includes('xl/workbook.xml')) return { ok: false, problem: 'foreign' };
  try {
    const { sheets } = await readXlsx(file, { maxRows: limits.rowsMax + 1 });
    return { ok: true, sheets: sheets.map(tableOf) };
  } catch {
    // Whatever the reader stumbles over stands in the file.
    return { ok: false, problem: 'damaged' };
  }
}

/** A list saved as text has no byte 0, and no other program's signature. @param {Buffer} file */
function isText(file) {
  return file.length > 0 && !file.subarray(0, 4096).includes(0) && !file.subarray(0, 4).equals(PDF);
}

/**
 * @param {import('hucre/xlsx').Sheet} sheet
 * @returns {import('../../domain/import/table.ts').SheetTable}
 */
function tableOf({ name, rows, merges = [], rowDefs, hidden, veryHidden }) {
  return {
    name,
    hidden: hidden === true || veryHidden === true,
    rows: rows.map((row) => Array.from(row.slice(0, limits.columnsMax), cellOf)),
    merges: merges.map(({ startRow, startCol, endRow, endCol }) => ({
      top: startRow,
      left: startCol,
      bottom: Math.min(endRow, rows.length - 1),
      right: Math.min(endCol, limits.columnsMax - 1),
    })),
    hiddenRows: [...(rowDefs ?? [])].flatMap(([row, { hidden: isHidden }]) => (isHidden ? [row] : [])),
  };
}

/** @param {import('hucre/xlsx').CellValue | undefined} value @returns {TableCell} */
function cellOf(value) {
  if (value instanceof Date) {
    return Number.isNaN(value.getTime()) ? null : { date: value.toISOString().slice(0, 10) };
  }
  if (typeof value === 'string') return value.slice(0, limits.textMax);
  return value ?? null;
}

parentPort?.postMessage(await read());
