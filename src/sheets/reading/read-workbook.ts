/** Reading of .xlsx files that somebody sent: anything may stand in them. */
import { Worker } from 'node:worker_threads';
import { programFile } from '../../../build/program-file.ts';
import type { ReadResult } from '../../domain/import/table.ts';

export interface WorkbookLimits {
  /** Files in the archive, and all of them unpacked. */
  readonly entriesMax: number;
  readonly bytesMax: number;
  /** Rows of a sheet that are read; a sheet that has more comes with one row more. */
  readonly rowsMax: number;
  readonly columnsMax: number;
  /** Code units of a cell; what is longer is cut. */
  readonly textMax: number;
}

/** A banner's lists have some hundred rows; what empty rows a sheet was given the looks of is read, too. */
const limits: WorkbookLimits = {
  entriesMax: 1000,
  bytesMax: 64 * 1024 * 1024,
  rowsMax: 5000,
  columnsMax: 60,
  textMax: 4000,
};
/** Rows of a sheet that are read. */
export const ROWS_MAX = limits.rowsMax;
/** Megabytes of memory that the thread may take beside the unpacked file. */
const HEAP_MAX_MB = 512;
const TIME_MAX_MS = 20_000;

/** Reads a workbook in a thread of its own, whose time and memory are bounded; the bytes are handed over to it. Never rejects for what the file holds. */
export function readWorkbook(bytes: Uint8Array): Promise<ReadResult> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(programFile('src/sheets/reading/thread.mjs'), {
      workerData: { bytes, limits },
      resourceLimits: { maxOldGenerationSizeMb: HEAP_MAX_MB },
    });
    const tooLarge: ReadResult = { ok: false, problem: 'tooLarge' };
    const timer = setTimeout(() => void worker.terminate().then(() => resolve(tooLarge)), TIME_MAX_MS);
    worker.once('message', (read: ReadResult) => resolve(read));
    worker.once('error', (error) => (isOutOfMemory(error) ? resolve(tooLarge) : reject(error)));
    worker.once('exit', () => {
      clearTimeout(timer);
      reject(new Error('the reading of a workbook ended without an answer'));
    });
  });
}

function isOutOfMemory(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY';
}
