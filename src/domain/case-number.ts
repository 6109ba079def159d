/** 代办件编号 `YY-TT-NNNNN`: year, town number, running number per town and year. Short enough to type. */

import { normalised } from './typed.ts';

export interface CaseNumberParts {
  /** Full year, e.g. 2026. */
  readonly year: number;
  readonly townNumber: number;
  readonly running: number;
}

const TOWN_MAX = 99;
const RUNNING_MAX = 99_999;

/** `26-01-00012`. Throws RangeError for a part that has no place in the pattern. */
export function formatCaseNumber(parts: CaseNumberParts): string {
  const fits =
    within(parts.year, { min: 2000, max: 2099 }) &&
    within(parts.townNumber, { min: 0, max: TOWN_MAX }) &&
    within(parts.running, { min: 1, max: RUNNING_MAX });
  if (!fits) throw new RangeError(`no case number for ${JSON.stringify(parts)}`);
  return [padded(parts.year % 100, 2), padded(parts.townNumber, 2), padded(parts.running, 5)].join('-');
}

/**
 * Reads a number as people type it: full-width, with spaces or other dashes, without dashes (nine digits), without the
 * leading zeros (`26-1-12`). Returns the canonical text, undefined when it is no case number.
 */
export function parseCaseNumber(text: string): string | undefined {
  const typed = normalised(text, 'NFKC')
    .trim()
    .replace(/^(?:代办件)?\s*(?:(?:编号:?|#)\s*)?/u, '');
  const match = /^(\d{2})(\d{2})(\d{5})$/.exec(typed) ?? /^(\d{2})[-\s]+(\d{1,2})[-\s]+(\d{1,5})$/.exec(dashed(typed));
  if (!match) return undefined;
  const [year, townNumber, running] = match.slice(1).map(Number);
  if (year === undefined || townNumber === undefined || !running) return undefined;
  return formatCaseNumber({ year: 2000 + year, townNumber, running });
}

/** `3`, `00003`, `第3件`: the running number alone, of a year and a town that are known otherwise. */
export function parseRunningNumber(text: string): number | undefined {
  const match = /^(?:第|编号:?|#)?\s*(\d{1,5})\s*(?:号|件)?$/u.exec(normalised(text, 'NFKC').trim());
  return Number(match?.[1] ?? 0) || undefined;
}

function dashed(text: string): string {
  return text.replace(/[\p{Pd}−ー_]/gu, '-');
}

function within(value: number, range: { min: number; max: number }): boolean {
  return Number.isInteger(value) && value >= range.min && value <= range.max;
}

function padded(value: number, length: number): string {
  return String(value).padStart(length, '0');
}
