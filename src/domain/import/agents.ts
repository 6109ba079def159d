/**
 * 代办人员: Annex 5 of the plan, its table of towns and its table of villages. A row names a full-time agent, a part-time one, or both.
 * Whom it names is known by the telephone number; who has changed it, by name and unit.
 */
import type { Employment } from '../agent.ts';
import { nameKey, parseName } from '../name.ts';
import { maskPhone, parsePhone, phoneKey } from '../person.ts';
import type { RosterWork } from '../roster.ts';
import { faultAt, faultyRows, type ImportTable, type PlacedRow, partsOf, placeWords, storedFaults } from './file.ts';
import { type Change, differencesOf, type Fault, type Missing, type Plan } from './plan.ts';
import { type ListedUnit, UnitFinder } from './unit-of-row.ts';

export interface RosterValues {
  readonly unitId: number;
  readonly name: string;
  readonly phone: string;
  readonly employment: Employment;
  /** 人员身份（在编、聘用等）. */
  readonly identity: string;
  /** 帮办代办业务范围. */
  readonly lines: readonly string[];
  /** 帮办代办事项名称. */
  readonly items: readonly string[];
  /** Whom of the staff it is; null while nobody has joined. */
  readonly agentId: number | null;
}

export interface KnownEntry extends RosterValues {
  readonly id: number;
  readonly active: boolean;
}

/** Somebody who works here already. */
export interface KnownAgent {
  readonly id: number;
  readonly name: string;
  readonly phone: string | null;
  readonly unitId: number;
}

export interface KnownStaff {
  readonly units: readonly ListedUnit[];
  readonly roster: readonly KnownEntry[];
  readonly agents: readonly KnownAgent[];
}

const IDENTITY_MAX = 30;
const PARTS_MAX = 40;
const PART_MAX = 60;

const sides = [
  { employment: 'fullTime', prefix: 'full' },
  { employment: 'partTime', prefix: 'part' },
] as const;
type Side = (typeof sides)[number];

const employmentNames: Readonly<Record<Employment, string>> = { fullTime: '专职', partTime: '兼职' };

/** Somebody a row names. */
interface Listed {
  readonly placed: PlacedRow;
  /** Column of the telephone number. */
  readonly field: string;
  readonly values: Omit<RosterValues, 'agentId'>;
}

export function planAgents(tables: readonly ImportTable[], known: KnownStaff): Plan<RosterValues> {
  const faults: Fault[] = [];
  const finder = new UnitFinder(known.units);
  const listed = tables.flatMap((table) => listedIn(table, { finder, faults }));
  const unique = withoutDoubles(listed, faults);
  const entries = new EntryFinder(known, unique);
  const unitNames = new Map(known.units.map(({ id, name }) => [id, name]));
  const changes: Change<RosterValues>[] = [];
  const found = new Set<number>();
  let unchanged = 0;
  for (const one of unique) {
    const entry = entries.of(one);
    if (entry) found.add(entry.id);
    const agent = entries.agentOf(one);
    const values = { ...one.values, agentId: agent?.id ?? entry?.agentId ?? null };
    const differences = entry ? entryDifferences(entry, { values, unitNames }) : [];
    if (entry && differences.length === 0) unchanged++;
    else changes.push({ id: entry?.id ?? null, name: values.name, values, differences });
  }
  const unread = peopleNamed(faultyRows(tables, faults));
  const missing = missingOf(known, { found, listed: unique, unread, unitNames });
  return { changes, unchanged, faults, missing, notes: notesOn({ known, unique, entries, unitNames }) };
}

function listedIn(table: ImportTable, { finder, faults }: { finder: UnitFinder; faults: Fault[] }): Listed[] {
  return table.rows.flatMap((row) => {
    const placed = { table, row };
    const people = sides.flatMap((side) => peopleOf(placed, { side, faults }));
    faults.push(...storedFaults(placed));
    if (people.length === 0) return [];
    const unit = finder.find(placed);
    if ('fault' in unit) {
      faults.push(unit.fault);
      return [];
    }
    return people.map(({ field, values }) => ({ placed, field, values: { ...values, unitId: unit.id } }));
  });
}

/** The people of one side of a row. Several in one cell are told apart when there are as many numbers. */
function peopleOf(
  placed: PlacedRow,
  { side, faults }: { side: Side; faults: Fault[] },
): { field: string; values: Omit<Listed['values'], 'unitId'> }[] {
  const cell = (name: string) => placed.row.cells[`${side.prefix}${name}`] ?? '';
  const field = (name: string) => `${side.prefix}${name}`;
  const [names, phones] = [partsOf(cell('Name')), partsOf(cell('Phone'))];
  if (names.length === 0 && phones.length === 0) return [];
  const blame = (name: string, reason: string) => faults.push(faultAt(placed, field(name), reason));
  const stored = placed.row.problems ?? {};
  if (field('Phone') in stored || field('Name') in stored) return [];
  if (names.length === 0) blame('Name', '填了手机号，没有填姓名');
  else if (phones.length === 0) blame('Phone', '没有填手机号；加入时要靠手机号认人');
  else if (names.length !== phones.length) {
    blame('Name', `这一格有${names.length}个姓名，手机号有${phones.length}个，请一人一行`);
  }
  const work = { identity: cell('Identity'), lines: distinctParts(cell('Lines')), items: distinctParts(cell('Items')) };
  const tooMuch = surplusIn(work);
  for (const [name, reason] of tooMuch) blame(name, reason);
  if (names.length !== phones.length || tooMuch.length > 0) return [];
  return names.flatMap((typed, index) => {
    const [name, phone] = [parseName(typed), parsePhone(phones[index] ?? '')];
    if (!name.ok) blame('Name', '姓名看不懂，请只填姓名');
    if (!phone.ok) blame('Phone', phone.problem);
    if (!name.ok || !phone.ok) return [];
    const person = { name: name.value, phone: phone.value, employment: side.employment };
    return [{ field: field('Phone'), values: { ...work, ...person } }];
  });
}

function distinctParts(text: string): string[] {
  return [...new Set(partsOf(text))];
}

/** What is longer than the roster keeps: the column and the words for it. */
function surplusIn({ identity, lines, items }: RosterWork): [name: string, reason: string][] {
  const inParts = ([name, parts]: readonly [string, readonly string[]]): [string, string][] => {
    if (parts.length > PARTS_MAX) return [[name, `这一格有${parts.length}项，最多${PARTS_MAX}项`]];
    const long = parts.find((part) => part.length > PART_MAX);
    return long === undefined ? [] : [[name, `“${long.slice(0, 20)}…”太长，每项最多${PART_MAX}个字，几项用顿号隔开`]];
  };
  return [
    ...(identity.length > IDENTITY_MAX
      ? [['Identity', `人员身份太长，最多${IDENTITY_MAX}个字，如：在编、聘用`] as [string, string]]
      : []),
    ...(
      [
        ['Lines', lines],
        ['Items', items],
      ] as const
    ).flatMap(inParts),
  ];
}

/** Of two people with one number nobody knows whose it is, and neither is taken; of somebody who stands there twice the first row is. */
function withoutDoubles(listed: readonly Listed[], faults: Fault[]): Listed[] {
  const byPhone = new Map<string, Listed[]>();
  for (const one of listed) byPhone.set(one.values.phone, [...(byPhone.get(one.values.phone) ?? []), one]);
  return listed.filter((one) => {
    const own = byPhone.get(one.values.phone) ?? [];
    const earlier = own.slice(0, own.indexOf(one)).find((before) => isSamePerson(before, one));
    if (earlier) {
      faults.push(faultAt(one.placed, one.field, `和${placeWords(earlier.placed)}重复了`));
      return false;
    }
    const other = own.find((candidate) => !isSamePerson(candidate, one));
    if (!other) return true;
    const whose = `${placeWords(other.placed)}的“${other.values.name}”`;
    faults.push(faultAt(one.placed, one.field, `手机号和${whose}相同，一个手机号只能是一个人的，请核对`));
    return false;
  });
}

function isSamePerson({ values: one }: Listed, { values: other }: Listed): boolean {
  return keyOf(one) === keyOf(other) && one.employment === other.employment;
}

/** Which entry of the roster, and whom of the staff, somebody in the list is. */
class EntryFinder {
  readonly #byPhone: ReadonlyMap<string, KnownEntry>;
  readonly #byName = new Map<string, KnownEntry[]>();
  readonly #agentsByPhone: ReadonlyMap<string, KnownAgent>;
  readonly #agentsByName = new Map<string, KnownAgent[]>();
  /** Several people of the list have this name in this unit: which of them somebody known is, only a telephone number tells. */
  readonly #shared: ReadonlySet<string>;

  constructor({ roster, agents }: KnownStaff, listed: readonly Listed[]) {
    const inFile = new Set(listed.map(({ values }) => values.phone));
    const keys = listed.map(({ values }) => keyOf(values));
    this.#shared = new Set(keys.filter((key, at) => keys.indexOf(key) !== at));
    // What is in use comes last, so that it is what is found.
    const inOrder = [...roster].sort((a, b) => Number(a.active) - Number(b.active));
    this.#byPhone = new Map(inOrder.map((entry) => [entry.phone, entry]));
    for (const entry of roster) if (entry.active && !inFile.has(entry.phone)) collect(this.#byName, entry);
    this.#agentsByPhone = new Map(agents.flatMap((agent) => (agent.phone === null ? [] : [[agent.phone, agent]])));
    for (const agent of agents)
      if (agent.phone === null || !inFile.has(agent.phone)) collect(this.#agentsByName, agent);
  }

  of({ values }: Listed): KnownEntry | undefined {
    return this.#byPhone.get(values.phone) ?? this.#alone(this.#byName, keyOf(values));
  }

  agentOf({ values }: Listed): KnownAgent | undefined {
    return this.#agentsByPhone.get(values.phone) ?? this.#alone(this.#agentsByName, keyOf(values));
  }

  #alone<One>(named: ReadonlyMap<string, readonly One[]>, key: string): One | undefined {
    return this.#shared.has(key) ? undefined : only(named.get(key));
  }
}

function collect<Person extends { unitId: number; name: string }>(map: Map<string, Person[]>, person: Person): void {
  map.set(keyOf(person), [...(map.get(keyOf(person)) ?? []), person]);
}

function keyOf({ unitId, name }: { unitId: number; name: string }): string {
  return `${unitId}:${nameKey(name)}`;
}

function only<One>(found: readonly One[] | undefined): One | undefined {
  return found?.length === 1 ? found[0] : undefined;
}

function entryDifferences(
  entry: KnownEntry,
  { values, unitNames }: { values: RosterValues; unitNames: ReadonlyMap<number, string> },
): string[] {
  return [
    ...differencesOf([
      ['姓名', entry.name, values.name],
      ['手机号', maskPhone(entry.phone), maskPhone(values.phone)],
      ['单位', unitNames.get(entry.unitId) ?? '', unitNames.get(values.unitId) ?? ''],
      ['专职/兼职', employmentNames[entry.employment], employmentNames[values.employment]],
      ['人员身份', entry.identity, values.identity],
      ['业务范围', entry.lines.join('、'), values.lines.join('、')],
      ['事项名称', entry.items.join('、'), values.items.join('、')],
    ]),
    // Two numbers may look alike once they are hidden.
    ...(entry.phone !== values.phone && maskPhone(entry.phone) === maskPhone(values.phone) ? ['手机号有改动'] : []),
    ...(entry.agentId === values.agentId ? [] : ['已加入']),
    ...(entry.active ? [] : ['重新启用']),
  ];
}

/** Names and telephone numbers, each in the form in which they are compared. */
function peopleNamed(rows: readonly PlacedRow[]): ReadonlySet<string> {
  const inCells = (field: string) =>
    rows.flatMap(({ row }) => sides.flatMap(({ prefix }) => partsOf(row.cells[`${prefix}${field}`] ?? '')));
  return new Set([...inCells('Name').map(nameKey), ...inCells('Phone').map(phoneKey)]);
}

/** On the roster, of a unit that the file tells of or that lies in a town it tells of. */
function missingOf(
  { roster, units }: KnownStaff,
  file: {
    found: ReadonlySet<number>;
    listed: readonly Listed[];
    unread: ReadonlySet<string>;
    unitNames: ReadonlyMap<number, string>;
  },
): Missing[] {
  const unitIds = new Set(file.listed.map(({ values }) => values.unitId));
  const levels = new Set(units.filter(({ id }) => unitIds.has(id)).map(({ level }) => level));
  const townOf = new Map(units.map(({ id, level, parentId }) => [id, level === 'village' ? parentId : id]));
  const towns = new Set([...unitIds].map((id) => townOf.get(id)));
  const levelOf = new Map(units.map(({ id, level }) => [id, level]));
  return roster
    .filter(({ id, active, unitId, name, phone }) => {
      if (!active || file.found.has(id) || file.unread.has(phone) || file.unread.has(nameKey(name))) return false;
      const level = levelOf.get(unitId);
      return level !== undefined && levels.has(level) && towns.has(townOf.get(unitId) ?? null);
    })
    .map(({ id, name, unitId }) => ({ id, name: `${name}（${file.unitNames.get(unitId) ?? ''}）` }));
}

const NOTED_MAX = 5;

/** Nobody is moved by a list: whose cases go where is for people to say. */
function notesOn(about: {
  known: KnownStaff;
  unique: readonly Listed[];
  entries: EntryFinder;
  unitNames: ReadonlyMap<number, string>;
}): string[] {
  const { unique, entries, unitNames } = about;
  const moved = unique.flatMap((one) => {
    const agent = entries.agentOf(one);
    if (!agent || agent.unitId === one.values.unitId) return [];
    return [`${one.values.name}（现在在${unitNames.get(agent.unitId) ?? ''}）`];
  });
  if (moved.length === 0) return [];
  const more = moved.length > NOTED_MAX ? `等${moved.length}位` : '';
  return [`${moved.slice(0, NOTED_MAX).join('、')}${more}已经加入，单位和名单不同。导入不会调动人，要调动请发 /调动。`];
}
