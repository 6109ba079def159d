/** A file on its way to the platform. It never has a name that outlives the program: nobody finds a resident's data in /tmp. */
import { once } from 'node:events';
import { closeSync, createReadStream, createWriteStream, mkdtempSync, openSync, rmdirSync, unlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable, Writable } from 'node:stream';

export interface MadeFile {
  readonly name: string;
  readonly bytes: number;
  /** From its beginning, as often as wanted, until `close`. */
  read(): Readable;
  close(): void;
}

/** The platform takes no larger upload (im/v1/files). */
export const UPLOAD_BYTES_MAX = 30 * 1024 * 1024;

/**
 * A file without a name, filled by `write`, which ends the stream and says how many bytes it wrote: it is opened for this user alone and
 * unlinked at once, so that its content goes with the last handle, whatever ends the program. Rejects as `write` does; nothing is left
 * then.
 */
export async function makeFile(name: string, write: (to: Writable) => Promise<number>): Promise<MadeFile> {
  const fd = openNameless();
  const to = createWriteStream('', { fd, autoClose: false });
  try {
    const bytes = await write(to);
    return {
      name,
      bytes,
      // The end makes the length known to whoever sends it.
      read: () => createReadStream('', { fd, autoClose: false, start: 0, end: bytes - 1 }),
      close: () => closeSync(fd),
    };
  } catch (error) {
    // A write still under way must not land in whatever gets the same number next.
    if (!to.closed) await once(to.destroy(), 'close');
    closeSync(fd);
    throw error;
  }
}

function openNameless(): number {
  const folder = mkdtempSync(join(tmpdir(), 'daiban-'));
  const path = join(folder, 'file');
  const fd = openSync(path, 'wx+', 0o600);
  unlinkSync(path);
  rmdirSync(folder);
  return fd;
}
