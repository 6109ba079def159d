/** 4 张清单: the lists that the plan's sections 6 and 10 want at every center and station. It says how many, and does not name them. */
import { isDay } from './calendar.ts';
import type { UnitLevel } from './unit.ts';

export const listSlots = [1, 2, 3, 4] as const;
export type ListSlot = (typeof listSlots)[number];

/**
 * `none`: it has no file. `awaited`: its maker may send one now. `waiting`: it was sent and is to be fetched. `failed`: it could not be
 * fetched, or is none that can be kept.
 */
export const listFileStates = ['none', 'awaited', 'waiting', 'kept', 'failed'] as const;
export type ListFileState = (typeof listFileStates)[number];

/** So long what its maker sends is the list's file. */
export const LIST_FILE_AWAITED_MS = 30 * 60_000;

const usualNames: Readonly<Record<ListSlot, string>> = { 1: '清单一', 2: '清单二', 3: '清单三', 4: '清单四' };

/** What a slot is called where the unit has published nothing: as the unit above calls it, and so on upwards. */
export function slotName(
  slot: ListSlot,
  line: readonly (readonly { readonly slot: number; readonly name: string }[])[],
): string {
  for (const lists of line) {
    const found = lists.find((list) => list.slot === slot);
    if (found) return found.name;
  }
  return usualNames[slot];
}

/** Lists hang where people come: at the banner's hall, a town's center, a village's station. */
export function hasLists(level: UnitLevel): boolean {
  return level === 'banner' || level === 'town' || level === 'village';
}

/** 今天, 2026-11-01, 2026年11月1日: not later than today; undefined for what is none. */
export function readPublishedDay(text: string, today: string): string | undefined {
  const plain = text.normalize('NFKC').replace(/\s+/gu, '');
  if (plain === '今天') return today;
  const found = /^(\d{4})[-./年](\d{1,2})[-./月](\d{1,2})日?$/.exec(plain);
  if (!found) return undefined;
  const [, year = '', month = '', dayOfMonth = ''] = found;
  const day = `${year}-${month.padStart(2, '0')}-${dayOfMonth.padStart(2, '0')}`;
  return isDay(day) && day <= today ? day : undefined;
}

const endings: Readonly<Record<string, 'zip' | 'ole'>> = {
  ...{ '.docx': 'zip', '.xlsx': 'zip', '.pptx': 'zip' },
  ...{ '.doc': 'ole', '.xls': 'ole', '.ppt': 'ole', '.wps': 'ole', '.et': 'ole' },
};
const beginnings = { zip: [0x50, 0x4b, 0x03, 0x04], ole: [0xd0, 0xcf, 0x11, 0xe0] } as const;

/** The ending of a document of an office program, if its content is of that kind; undefined for anything else. */
export function officeEnding(fileName: string, content: Uint8Array): string | undefined {
  const ending = /\.[a-z]{2,4}$/i.exec(fileName)?.[0].toLowerCase() ?? '';
  const kind = endings[ending];
  return kind && beginnings[kind].every((byte, index) => content[index] === byte) ? ending : undefined;
}
