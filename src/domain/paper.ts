/** What a case's papers (材料) may be, how long they are taken for one case, and what can be wrong with one. */
import type { CaseState } from './case.ts';

/** 20 MiB. A photo of a phone has 3 to 8. */
export const PAPER_BYTES_MAX = 20 * 1024 * 1024;
/** A camera of today has 50 million at most; a picture of few bytes and billions of pixels would fill the memory. */
export const PAPER_PIXELS_MAX = 100_000_000;
/** Of one case. */
export const PAPERS_MAX = 60;
/** What somebody sends belongs to a case until so long nothing came. */
export const QUIET_MS = 10 * 60_000;

/** As what papers are kept: every picture is drawn anew as JPEG. */
export const paperTypes = ['jpeg', 'pdf'] as const;
export type PaperType = (typeof paperTypes)[number];

/** What is taken. Office files are not: they carry their authors' names, and programs. */
export type SentType = 'jpeg' | 'png' | 'webp' | 'pdf';

/** Why something that was sent is not kept. */
export const paperProblems = [
  'empty',
  'tooLarge',
  'tooManyPixels',
  'wrongType',
  'heic',
  'damaged',
  'vanished',
  'closedChat',
  'tooMany',
  'caseClosed',
  'notYours',
  'keyUnknown',
  'notFetched',
  'notChosen',
] as const;
export type PaperProblem = (typeof paperProblems)[number];

/** `unassigned`: nobody has said yet of which case; `waiting`: to be fetched; `leaving`: its person was erased, and its file is to be deleted. */
export const paperStates = ['unassigned', 'waiting', 'kept', 'refused', 'leaving', 'gone'] as const;

/** Up to which byte the beginnings below tell. */
const HEAD_BYTES = 16;
/** Of HEIF pictures as phones make them, and of AVIF. */
const HEIF_BRANDS = /^(?:hei[cxms]|hev[cxms]|mif1|msf1|avi[fs])/;

/** By what its first bytes say, whatever its name is. */
export function typeOf(content: Uint8Array): SentType | 'empty' | 'heic' | 'other' {
  if (content.length === 0) return 'empty';
  const head = Buffer.from(content.subarray(0, HEAD_BYTES)).toString('latin1');
  if (head.startsWith('\xff\xd8\xff')) return 'jpeg';
  if (head.startsWith('\x89PNG\r\n\x1a\n')) return 'png';
  if (head.startsWith('RIFF') && head.slice(8, 12) === 'WEBP') return 'webp';
  if (head.startsWith('%PDF-')) return 'pdf';
  return head.slice(4, 8) === 'ftyp' && HEIF_BRANDS.test(head.slice(8)) ? 'heic' : 'other';
}

/** Papers come in until everything is done and filed. */
export function takesPapers(state: CaseState): boolean {
  return state !== 'archived' && state !== 'withdrawn' && state !== 'terminated';
}

/** Of an item's list what there is and what is still missing, both in its order. */
export function tickOff(
  materials: readonly string[],
  named: ReadonlySet<string>,
): { there: readonly string[]; missing: readonly string[] } {
  return {
    there: materials.filter((material) => named.has(material)),
    missing: materials.filter((material) => !named.has(material)),
  };
}

const FETCH_FIRST_MS = 5_000;
const FETCH_LONGEST_MS = 30 * 60_000;
/** At half an hour each some three days: longer than a weekend with the disk full. */
export const FETCH_ATTEMPTS_MAX = 160;

/** How long after a failed attempt the next one is made: 5 s, 10 s, … half an hour. */
export function fetchAgainAfterMs(attempts: number): number {
  return Math.min(FETCH_FIRST_MS * 2 ** Math.max(0, attempts - 1), FETCH_LONGEST_MS);
}
