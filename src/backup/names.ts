/** Which file of the folder is a backup of when, and which may go. */
import { DateTime } from 'luxon';

const DAYS_KEPT = 14;
const MONTHS_KEPT = 12;
const UNPROVEN_KEPT = 3;
const namePattern = /^daiban-(\d{4}-\d{2})-(\d{2})-\d{6}\.backup$/;

/** `daiban-2026-11-24-020000.backup`, in local time. */
export function backupName(at: { now: number; zone: string }): string {
  return `daiban-${DateTime.fromMillis(at.now, { zone: at.zone }).toFormat('yyyy-MM-dd-HHmmss')}.backup`;
}

/** When the backup of this name was made, ms since the epoch. */
export function backupTime(name: string, zone: string): number {
  return DateTime.fromFormat(name, "'daiban-'yyyy-MM-dd-HHmmss'.backup'", { zone }).toMillis();
}

/** What a backup that proved nothing is kept as. */
export function unprovenName(name: string): string {
  return name.replace(/backup$/, 'unproven');
}

/** Of those kept aside the ones that may go: the newest three stay. */
export function outdatedUnproven(names: readonly string[]): string[] {
  return names
    .filter((name) => /^daiban-[\d-]+\.unproven$/.test(name))
    .sort()
    .slice(0, -UNPROVEN_KEPT);
}

/** The backups among the names of a folder, oldest first. */
export function backupNames(names: readonly string[]): string[] {
  return names.filter((name) => namePattern.test(name)).sort();
}

/**
 * What is no longer needed: kept are the newest of each of the last 14 days and of each of the last 12 months that have one,
 * and everything of the newest day. Names that are not of our making are never among the answer.
 */
export function outdatedBackups(names: readonly string[]): string[] {
  const newestFirst = backupNames(names).reverse();
  const days = new Map<string, string>();
  const months = new Map<string, string>();
  for (const name of newestFirst) {
    const [, month = '', day = ''] = namePattern.exec(name) ?? [];
    if (!days.has(month + day)) days.set(month + day, name);
    if (!months.has(month)) months.set(month, name);
  }
  const kept = new Set([...[...days.values()].slice(0, DAYS_KEPT), ...[...months.values()].slice(0, MONTHS_KEPT)]);
  const newestDay = newestFirst[0]?.slice(0, 'daiban-yyyy-mm-dd'.length);
  return newestFirst.filter((name) => !kept.has(name) && !name.startsWith(newestDay ?? '')).reverse();
}
