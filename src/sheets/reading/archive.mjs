/**
 * How much an .xlsx file holds, before anybody unpacks it for good: a few kilobytes can unpack to gigabytes. Plain JavaScript, because it
 * runs in the thread that reads workbooks. The reader finds the parts of an archive by the same rule: its last directory.
 */
import { inflateRawSync } from 'node:zlib';

const END = 0x06054b50;
const END_BYTES = 22;
const COMMENT_MAX = 0xffff;
const ENTRY = 0x02014b50;
const ENTRY_BYTES = 46;
const LOCAL = 0x04034b50;
const LOCAL_BYTES = 30;
const STORED = 0;
const DEFLATED = 8;
const ENCRYPTED_FLAG = 1;
/** What stands for a number of more than 32 bits; no file that is taken is as long. */
const BEYOND = 0xffffffff;

/** @typedef {{ entriesMax: number, bytesMax: number }} ArchiveLimits of the number of files in it, and of all of them unpacked */

/**
 * The names in the archive, or what is wrong with it: `damaged` for what is no sound archive, `tooLarge` for one beyond the limits,
 * whatever its directory says of itself.
 * @param {Buffer} archive
 * @param {ArchiveLimits} limits
 * @returns {{ names: string[] } | { problem: 'damaged' | 'tooLarge' | 'encrypted' }}
 */
export function inspectArchive(archive, limits) {
  try {
    return { names: namesIn(archive, limits) };
  } catch (error) {
    if (error instanceof Unfit) return { problem: error.problem };
    if (error instanceof RangeError) return { problem: 'damaged' };
    throw error;
  }
}

class Unfit extends Error {
  /** @param {'damaged' | 'tooLarge' | 'encrypted'} problem */
  constructor(problem) {
    super(problem);
    this.problem = problem;
  }
}

/** @param {Buffer} archive @param {ArchiveLimits} limits */
function namesIn(archive, { entriesMax, bytesMax }) {
  const end = endOf(archive);
  const count = archive.readUInt16LE(end + 10);
  if (count > entriesMax) throw new Unfit('tooLarge');
  /** @type {string[]} */
  const names = [];
  let at = archive.readUInt32LE(end + 16);
  let left = bytesMax;
  for (let entry = 0; entry < count; entry++) {
    if (archive.readUInt32LE(at) !== ENTRY) throw new Unfit('damaged');
    left -= unpackedBytes(archive, { at, left });
    const nameBytes = archive.readUInt16LE(at + 28);
    names.push(archive.toString('utf8', at + ENTRY_BYTES, at + ENTRY_BYTES + nameBytes));
    at += ENTRY_BYTES + nameBytes + archive.readUInt16LE(at + 30) + archive.readUInt16LE(at + 32);
  }
  // Of two files of one name nobody knows which is meant.
  if (new Set(names).size !== names.length) throw new Unfit('damaged');
  return names;
}

/** @param {Buffer} archive */
function endOf(archive) {
  const first = Math.max(0, archive.length - END_BYTES - COMMENT_MAX);
  for (let at = archive.length - END_BYTES; at >= first; at--) {
    if (archive.readUInt32LE(at) === END) return at;
  }
  throw new Unfit('damaged');
}

/**
 * Unpacks one entry and forgets it. @param {Buffer} archive
 * @param {{ at: number, left: number }} entry where it stands in the directory, and how many bytes it may have
 */
function unpackedBytes(archive, { at, left }) {
  const [flags, method] = [archive.readUInt16LE(at + 8), archive.readUInt16LE(at + 10)];
  if ((flags & ENCRYPTED_FLAG) !== 0) throw new Unfit('encrypted');
  const [packed, unpacked, local] = [20, 24, 42].map((offset) => archive.readUInt32LE(at + offset));
  if (packed === undefined || unpacked === undefined || local === undefined) throw new Unfit('damaged');
  if ([packed, unpacked, local].includes(BEYOND)) throw new Unfit('tooLarge');
  if (unpacked > left) throw new Unfit('tooLarge');
  if (archive.readUInt32LE(local) !== LOCAL) throw new Unfit('damaged');
  const start = local + LOCAL_BYTES + archive.readUInt16LE(local + 26) + archive.readUInt16LE(local + 28);
  if (start + packed > archive.length) throw new Unfit('damaged');
  // Beside a size of 0 the reader would take another one from elsewhere.
  const isSound = method === STORED ? packed === unpacked : method === DEFLATED && (packed === 0) === (unpacked === 0);
  if (!isSound) throw new Unfit('damaged');
  if (method === STORED || packed === 0) return unpacked;
  return inflated(archive.subarray(start, start + packed), left);
}

/** @param {Buffer} packed @param {number} left */
function inflated(packed, left) {
  try {
    return inflateRawSync(packed, { maxOutputLength: Math.max(1, left) }).length;
  } catch (error) {
    const tooLarge = error instanceof RangeError && 'code' in error && error.code === 'ERR_BUFFER_TOO_LARGE';
    throw new Unfit(tooLarge ? 'tooLarge' : 'damaged');
  }
}
