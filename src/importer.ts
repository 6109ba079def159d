/**
 * Lists that administrators send: fetched from the platform, read in a thread, and shown to them. What has arrived stands in the
 * database, so that a program which was stopped goes on with it.
 */
import type { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { type ImportRecord, importReads } from '../db/repositories/import.ts';
import { systemCtx, type WritingParts } from './ctx.ts';
import { readImportFile } from './domain/import/file.ts';
import { describeFault } from './fault.ts';
import { LarkError, type LarkPort } from './lark/port.ts';
import type { LevelSpeech } from './level-speech.ts';
import { openImport } from './services/import/content.ts';
import { previewList, type ReadList } from './services/import/preview.ts';
import { ROWS_MAX, readWorkbook } from './sheets/reading/read-workbook.ts';

export interface Importer {
  /** From here on what arrives is looked at; before it only `drain` does. */
  start(): void;
  /** A list may have arrived. */
  wake(): void;
  /** Until nothing is left that could be read now. */
  drain(): Promise<void>;
  /** Waits for what is in hand. */
  stop(): Promise<void>;
}

/** A list of some hundred rows has a tenth of a megabyte. */
const FILE_BYTES_MAX = 20 * 1024 * 1024;
/** While the platform does not give a file. */
const TRY_AGAIN_MS = 30_000;
const GIVE_UP_MS = 600_000;
/** Of what goes wrong on our side; the next start tries again. */
const FAULTS_MAX = 3;

type ImporterOptions = WritingParts & Pick<LarkPort, 'download'> & Pick<LevelSpeech, 'speak'>;

/** `wake`: something is to be sent. */
export function createImporter(options: ImporterOptions): Importer {
  const { db, vault, clock, log } = options;
  const faults = new Map<number, number>();
  let started = false;
  let timer: NodeJS.Timeout | undefined;
  let inHand: Promise<void> = Promise.resolve();

  /** Whether it is to be tried again later. Never rejects. */
  async function take(record: ImportRecord): Promise<boolean> {
    const before = faults.get(record.id) ?? 0;
    if (before >= FAULTS_MAX) return false;
    try {
      const read = await fetched(record);
      if (read === undefined) return true;
      await db.write((tx) => previewList(systemCtx(options, tx, 'import'), { importId: record.id, read }));
      options.wake();
      return false;
    } catch (error) {
      log.error({ importId: record.id, fault: describeFault(error) }, 'a list could not be read');
      faults.set(record.id, before + 1);
      return true;
    }
  }

  /** undefined: not now. */
  async function fetched(record: ImportRecord): Promise<ReadList | undefined> {
    const content = openImport(vault, record);
    if (content.stage !== 'arrived') return undefined;
    const { messageId } = record;
    let stream: Readable;
    try {
      stream = await options.download({ messageId, kind: 'file', key: content.fileKey, bytesMax: FILE_BYTES_MAX });
      const file = await buffer(stream);
      // Headers may name the levels as they are called here.
      return await options.speak(() => readList(file));
    } catch (error) {
      if (!(error instanceof LarkError)) throw error;
      if (error.failure === 'oversized') return { problem: 'tooLarge' };
      const worthTrying = error.failure === 'later' || error.failure === 'quota';
      return worthTrying && clock.now() - record.createdAt < GIVE_UP_MS ? undefined : { problem: 'gone' };
    }
  }

  async function look(): Promise<void> {
    let again = false;
    for (const record of await db.read((tx) => importReads.arrived(tx))) again = (await take(record)) || again;
    if (again && started) timer = setTimeout(wake, TRY_AGAIN_MS).unref();
  }

  /** One after the other, for memory's sake. */
  function run(): Promise<void> {
    clearTimeout(timer);
    inHand = inHand
      .then(look)
      .catch((error: unknown) => log.error({ fault: describeFault(error) }, 'lists could not be looked for'));
    return inHand;
  }

  function wake(): void {
    if (started) void run();
  }

  return {
    start() {
      started = true;
      void run();
    },
    wake,
    drain: run,
    async stop() {
      started = false;
      clearTimeout(timer);
      await inHand;
    },
  };
}

async function readList(bytes: Buffer): Promise<ReadList> {
  const read = await readWorkbook(bytes);
  return read.ok ? readImportFile(read.sheets, { rowsMax: ROWS_MAX }) : read;
}
