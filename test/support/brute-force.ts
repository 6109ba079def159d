/** The counters made the slow way: every event looked at from every unit, working time added up day by day. */
import type { CaseRow } from '../../db/repositories/case.ts';
import type { LedgerRow } from '../../db/repositories/ledger.ts';
import type { UnitRow } from '../../db/repositories/unit.ts';
import { addDays, endOfDay, localDay, startOfDay } from '../../src/domain/calendar.ts';
import { type CounterName, counterNames } from '../../src/domain/counters.ts';
import { publishedCalendar } from '../../src/domain/working-calendar.ts';

interface Books {
  readonly cases: readonly CaseRow[];
  readonly entries: readonly LedgerRow[];
  readonly units: readonly UnitRow[];
}

const HOUR = 3_600_000;

/** Row by row, `<unit> <dimension> <key> <period>` → the counters that are not 0. */
export type CounterTable = Record<string, Partial<Record<CounterName, number>>>;

export function bruteForceCounters(books: Books, zone: string): CounterTable {
  const table: CounterTable = {};
  for (const record of books.cases) {
    const course = books.entries.filter((entry) => entry.caseId === record.id);
    const events = course.flatMap((entry, index) => eventsOf(course, { entry, index, zone }));
    for (const [name, amount, at] of events) {
      for (const key of keysOf(record, books.units)) {
        const day = localDay(at, zone);
        for (const period of periodsOf(key, day)) add(table, `${key} ${period}`, [name, amount]);
      }
    }
    for (const { key, name, amount, at } of handledOf(course)) {
      for (const period of periodsOf(key, localDay(at, zone))) add(table, `${key} ${period}`, [name, amount]);
    }
  }
  return withoutZeros(table);
}

function periodsOf(key: string, day: string): string[] {
  return [day, `m${day.slice(0, 7)}`, ...(/ (agent|handler) /.test(key) ? ['total'] : [])];
}

function add(table: CounterTable, at: string, [name, amount]: [CounterName, number]): void {
  const row = table[at] ?? {};
  table[at] = row;
  row[name] = (row[name] ?? 0) + amount;
}

/** What is told of who returned the case, who completed it, and, by the resident, of who completed it. */
function handledOf(course: readonly LedgerRow[]) {
  const completion = course.find((entry) => entry.kind === 'complete');
  return course.flatMap((entry, index) => {
    const payload = JSON.parse(entry.payload) as Record<string, unknown>;
    const whose = entry.kind === 'followUp' ? completion : entry;
    const counted: Record<string, Partial<Record<CounterName, boolean>>> = {
      return: { returned: true, returnedAgain: course.slice(0, index).some(({ kind }) => kind === 'return') },
      complete: {
        completed: true,
        completedOnTime: payload['completedOnTime'] === true,
        refused: payload['outcome'] === 'refused',
      },
      followUp: { [`rated${payload['rating']}`]: true },
    };
    return Object.entries(counted[entry.kind] ?? {}).map(([name, yes]) => ({
      key: `${whose?.unitId} handler ${whose?.actorId}`,
      name: name as CounterName,
      amount: Number(yes),
      at: entry.at,
    }));
  });
}

/** What the table holds, in the same form. */
export function keptCounters(
  rows: readonly ({ unitId: number; dimension: string; key: string; period: string } & Record<CounterName, number>)[],
): CounterTable {
  return withoutZeros(
    Object.fromEntries(
      rows.map((row) => [
        `${row.unitId} ${row.dimension} ${row.key} ${row.period}`,
        Object.fromEntries(counterNames.map((name) => [name, row[name]])),
      ]),
    ),
  );
}

function withoutZeros(table: CounterTable): CounterTable {
  const rows = Object.entries(table).map(([key, row]) => [
    key,
    Object.fromEntries(Object.entries(row).filter(([, amount]) => amount !== 0)),
  ]);
  return Object.fromEntries(rows.filter(([, row]) => Object.keys(row ?? {}).length > 0));
}

function keysOf(record: CaseRow, units: readonly UnitRow[]): string[] {
  const keys: string[] = [`${record.registeringUnitId} agent ${record.registrarId}`];
  let unit = units.find((one) => one.id === record.registeringUnitId);
  let belowBanner = true;
  while (unit) {
    const { id, level, parentId } = unit;
    const own = id === record.registeringUnitId;
    keys.push(`${id} all `);
    if (own || belowBanner) keys.push(`${id} item ${record.itemVersionId}:${record.assistType}`);
    if (own || level === 'banner') keys.push(`${id} way ${record.way}`);
    if (level === 'banner') belowBanner = false;
    unit = units.find((one) => one.id === parentId);
  }
  return keys;
}

type Event = readonly [name: CounterName, amount: number, at: number];

function eventsOf(course: readonly LedgerRow[], of: { entry: LedgerRow; index: number; zone: string }): Event[] {
  const { entry, index, zone } = of;
  const { at, kind } = entry;
  const before = course.slice(0, index);
  const payload = JSON.parse(entry.payload) as Record<string, unknown>;
  const minutes = () => Math.round(workedMs([...before, entry], zone) / 60_000);
  const standing = (names: readonly LedgerRow[]) => names.findLast((one) => placeAfter[one.kind] !== undefined)?.kind;
  const from = placeAfter[standing(before) ?? ''];
  const to = placeAfter[standing([...before, entry]) ?? ''];
  const moves: Event[] = (['acceptedNow', 'returnedNow', 'suspendedNow'] as const).map((name) => [
    name,
    (to === name ? 1 : 0) - (from === name ? 1 : 0),
    at,
  ]);
  const counted: Record<string, () => Event[]> = {
    register: () => [['registered', 1, at]],
    accept: () =>
      before.some((one) => one.kind === 'accept')
        ? []
        : [
            ['accepted', 1, at],
            ['acceptMinutes', minutes(), at],
          ],
    return: () => [
      ['returned', 1, at],
      ['returnedAgain', before.some((one) => one.kind === 'return') ? 1 : 0, at],
    ],
    escalate: () => [['escalated', 1, at]],
    complete: () => [
      ['completed', 1, at],
      ['completedOnTime', payload['completedOnTime'] ? 1 : 0, at],
      ['refused', payload['outcome'] === 'refused' ? 1 : 0, at],
      ['completeMinutes', payload['onTheSpot'] ? 0 : minutes(), at],
    ],
    withdraw: () => [['withdrawn', 1, at]],
    terminate: () => [['terminated', 1, at]],
    deliver: () => [['delivered', 1, at]],
    followUp: () => [[`rated${payload['rating']}` as CounterName, 1, at]],
  };
  return [...(counted[kind]?.() ?? []), ...moves];
}

/** Where a case stands after an entry of this kind. */
const placeAfter: Record<string, string> = {
  register: 'waiting',
  forward: 'waiting',
  escalate: 'waiting',
  accept: 'acceptedNow',
  return: 'returnedNow',
  suspend: 'suspendedNow',
  resume: 'acceptedNow',
  terminate: 'done',
  complete: 'done',
  withdraw: 'done',
};

/** Working time from the first entry to the last, without the time from a return to the next forwarding, or from 中止 to 恢复. */
function workedMs(course: readonly LedgerRow[], zone: string): number {
  let sum = 0;
  for (const [index, { at }] of course.entries()) {
    const next = course[index + 1];
    const place = course.slice(0, index + 1).findLast((one) => placeAfter[one.kind] !== undefined);
    if (next !== undefined && place?.kind !== 'return' && place?.kind !== 'suspend') sum += openMs(at, next.at, zone);
  }
  return sum;
}

function openMs(from: number, to: number, zone: string): number {
  let sum = 0;
  for (let day = localDay(from, zone); startOfDay(day, zone) <= to; day = addDays(day, 1)) {
    if (!publishedCalendar.isWorkingDay(day)) continue;
    for (const [opens, closes] of [
      [8.5, 12],
      [14.5, 18],
    ] as const) {
      const midnight = startOfDay(day, zone);
      const end = Math.min(to, midnight + closes * HOUR, endOfDay(day, zone));
      sum += Math.max(0, end - Math.max(from, midnight + opens * HOUR));
    }
  }
  return sum;
}
