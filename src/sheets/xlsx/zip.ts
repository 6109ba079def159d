/**
 * Writes a ZIP archive (APPNOTE.TXT 6.3, https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT) of texts that are made while it
 * is written. The texts go through two buffers in turn: while one is compressed in another thread, the other one is filled.
 * Why not a library: `docs/ARCHITECTURE.md`.
 */
import { crc32, createDeflateRaw } from 'node:zlib';

export interface ZipEntry {
  /** With `/` between folders, in ASCII. */
  readonly path: string;
  /** Pieces of the content, page by page. The next page is asked for only when the one before is on its way. */
  readonly texts: Iterable<readonly string[]> | AsyncIterable<readonly string[]>;
}

/** 2 of 9: the hashes do not compress, and the rest does almost as well as with more effort. */
const COMPRESSION = 2;
/** Handed to the compressor at once, and taken from it. */
const BUFFER_BYTES = 1 << 18;
/** UTF-8 takes no more for one unit of a JavaScript string. */
const BYTES_PER_UNIT = 3;

const VERSION = 20;
/** Sizes stand behind the content, where they are known at last. */
const SIZES_FOLLOW = 1 << 3;
const DEFLATED = 8;
/** 1980-01-01, the first day there is: what spreadsheets write, and the same content gives the same file. */
const DATE = (1 << 5) | 1;

interface Written {
  readonly path: string;
  readonly crc: number;
  readonly packedBytes: number;
  readonly bytes: number;
  /** Where its header begins in the archive. */
  readonly offset: number;
}

/** The archive's bytes, entry after entry. Ends with the error of the texts when making them fails. For archives below 4 GiB. */
export async function* zipBytes(entries: Iterable<ZipEntry>): AsyncGenerator<Buffer, void> {
  const written: Written[] = [];
  let at = 0;
  for (const { path, texts } of entries) {
    const offset = at;
    const header = localHeader(path);
    at += header.length;
    yield header;
    const one = { path, offset, ...(yield* deflated(texts)) };
    at += one.packedBytes;
    const descriptor = sizes(one);
    at += descriptor.length;
    yield descriptor;
    written.push(one);
  }
  const directory = Buffer.concat(written.map(directoryEntry));
  yield directory;
  yield directoryEnd({ count: written.length, bytes: directory.length, offset: at });
}

type Sizes = Pick<Written, 'crc' | 'packedBytes' | 'bytes'>;
const NOTHING: Sizes = { crc: 0, packedBytes: 0, bytes: 0 };

async function* deflated(texts: ZipEntry['texts']): AsyncGenerator<Buffer, Sizes> {
  const compressor = createDeflateRaw({ level: COMPRESSION, chunkSize: BUFFER_BYTES });
  const packed: Buffer[] = [];
  compressor.on('data', (chunk: Buffer) => packed.push(chunk));
  // Its failures come through the callbacks below; nobody may be waiting for one just then.
  compressor.on('error', () => {});
  let [crc, bytes, packedBytes] = [0, 0, 0];
  let underWay: Promise<void> = Promise.resolve();
  function* takePacked() {
    for (const chunk of packed.splice(0)) {
      packedBytes += chunk.length;
      yield chunk;
    }
  }
  try {
    for await (const filled of inBuffers(texts)) {
      await underWay;
      yield* takePacked();
      crc = crc32(filled, crc);
      bytes += filled.length;
      underWay = new Promise((resolve, reject) => {
        compressor.write(filled, (error) => (error ? reject(error) : resolve()));
      });
      underWay.catch(() => {});
    }
    await underWay;
    await new Promise<void>((resolve, reject) => {
      compressor.once('end', resolve).once('error', reject).end();
    });
    yield* takePacked();
    return { crc, packedBytes, bytes };
  } finally {
    compressor.destroy();
  }
}

/** The texts in UTF-8. What is given out stays as it is until the next but one is asked for. */
async function* inBuffers(texts: ZipEntry['texts']): AsyncGenerator<Buffer> {
  let [buffer, other] = [Buffer.allocUnsafe(BUFFER_BYTES), Buffer.allocUnsafe(BUFFER_BYTES)];
  let used = 0;
  for await (const page of texts) {
    for (const text of page) {
      const atMost = text.length * BYTES_PER_UNIT;
      if (atMost > buffer.length - used) {
        if (used > 0) yield buffer.subarray(0, used);
        // A new one for a text that is longer than usual; it serves from then on.
        [buffer, other] = [atMost > other.length ? Buffer.allocUnsafe(atMost) : other, buffer];
        used = 0;
      }
      used += buffer.write(text, used);
    }
  }
  if (used > 0) yield buffer.subarray(0, used);
}

/** What stands both in front of an entry and in the directory, from the version on. */
function common(path: string, of: Sizes): Buffer {
  const head = Buffer.alloc(26);
  head.writeUInt16LE(VERSION, 0);
  head.writeUInt16LE(SIZES_FOLLOW, 2);
  head.writeUInt16LE(DEFLATED, 4);
  head.writeUInt16LE(DATE, 8);
  head.writeUInt32LE(of.crc, 10);
  head.writeUInt32LE(of.packedBytes, 14);
  head.writeUInt32LE(of.bytes, 18);
  head.writeUInt16LE(path.length, 22);
  return head;
}

function localHeader(path: string): Buffer {
  return Buffer.concat([Buffer.from('PK\x03\x04'), common(path, NOTHING), Buffer.from(path)]);
}

function sizes({ crc, packedBytes, bytes }: Sizes): Buffer {
  const descriptor = Buffer.alloc(16);
  descriptor.write('PK\x07\x08');
  descriptor.writeUInt32LE(crc, 4);
  descriptor.writeUInt32LE(packedBytes, 8);
  descriptor.writeUInt32LE(bytes, 12);
  return descriptor;
}

function directoryEntry(one: Written): Buffer {
  const begin = Buffer.from('PK\x01\x02\x00\x00');
  begin.writeUInt16LE(VERSION, 4);
  // Comment, disk and attributes: none.
  const end = Buffer.alloc(14);
  end.writeUInt32LE(one.offset, 10);
  return Buffer.concat([begin, common(one.path, one), end, Buffer.from(one.path)]);
}

function directoryEnd(of: { count: number; bytes: number; offset: number }): Buffer {
  const end = Buffer.alloc(22);
  end.write('PK\x05\x06');
  end.writeUInt16LE(of.count, 8);
  end.writeUInt16LE(of.count, 10);
  end.writeUInt32LE(of.bytes, 12);
  end.writeUInt32LE(of.offset, 16);
  return end;
}
