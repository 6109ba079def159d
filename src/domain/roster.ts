/** 名册, as Annex 5 of the plan lists it: who works where in towns and villages, and where the plan's wish is not met. */
import type { AgentStatus, Employment } from './agent.ts';
import { isAgentEvent } from './ledger.ts';
import type { UnitLevel } from './unit.ts';

/** What the ledger says of staff, of one entry; nothing of it is taken for granted. */
export interface StaffEntry {
  readonly at: number;
  readonly kind: string;
  readonly facts: Readonly<Record<string, unknown>>;
}

/**
 * Where everybody worked at a moment, by the ids of agents: the last entry up to it counts. Those who applied, were refused or had
 * left are not in it. @param entries of one chain in its order @param until milliseconds, included
 */
export class StaffAt {
  readonly #until: number;
  readonly #units = new Map<number, number>();

  constructor(until: number) {
    this.#until = until;
  }

  observe({ at, kind, facts }: StaffEntry): void {
    if (at > this.#until || !isAgentEvent(kind)) return;
    const working: AgentStatus = 'active';
    const [agentId, unitId] = [Number(facts['agentId']), Number(facts['unitId'])];
    if (facts['status'] === working) this.#units.set(agentId, unitId);
    else this.#units.delete(agentId);
  }

  /** The unit of each who works there. */
  get units(): ReadonlyMap<number, number> {
    return this.#units;
  }
}

/** What the list that was imported says of somebody at a moment, by its row; nothing of it is taken for granted. */
export interface ListedThen {
  readonly unitId: number;
  readonly employment: Employment;
  /** Whom of the staff it was by then; null: that person had not joined. */
  readonly agentId: number | null;
}

/** Who stood in the list at a moment, by the ids of its rows: the last entry up to it counts, as for `StaffAt`. */
export class ListedAt {
  readonly #until: number;
  readonly #rows = new Map<number, ListedThen>();

  constructor(until: number) {
    this.#until = until;
  }

  observe({ at, kind, facts }: StaffEntry): void {
    if (at > this.#until || kind !== 'setRoster') return;
    const rosterId = Number(facts['rosterId']);
    const agentId = typeof facts['agentId'] === 'number' ? facts['agentId'] : null;
    const employment = facts['employment'] === 'partTime' ? 'partTime' : 'fullTime';
    if (facts['active'] === true) this.#rows.set(rosterId, { unitId: Number(facts['unitId']), employment, agentId });
    else this.#rows.delete(rosterId);
  }

  get rows(): ReadonlyMap<number, ListedThen> {
    return this.#rows;
  }
}

/** What Annex 5 asks of somebody besides name and number; empty where no list tells. */
export interface RosterWork {
  /** 人员身份（在编、聘用等）. */
  readonly identity: string;
  /** 帮办代办业务范围. */
  readonly lines: readonly string[];
  /** 帮办代办事项名称. */
  readonly items: readonly string[];
}

export interface RosterPerson extends RosterWork {
  readonly name: string;
  readonly phone: string | null;
  readonly employment: Employment;
  /** Has an account with the bot; others stand in the imported list alone. */
  readonly joined: boolean;
}

/** The lines of business that Annex 5 names, each with what lists write for it. */
const businessLines: readonly (readonly [string, ...string[]])[] = [
  ['退役军人'],
  ['医保', '医疗保障'],
  ['民政'],
  ['人社', '人力资源', '社保', '就业'],
  ['住建', '住房'],
  ['自然资源', '国土', '不动产'],
  ['林草', '林业', '草原'],
  ['卫生', '卫健'],
  ['残联', '残疾'],
  ['交管', '交警'],
];

/** A town or a village with its people. */
export interface RosterUnit {
  readonly name: string;
  readonly level: Extract<UnitLevel, 'town' | 'village'>;
  /** The town; of a town itself its own name. */
  readonly town: string;
  readonly people: readonly RosterPerson[];
}

export interface Coverage {
  readonly fullTime: number;
  readonly partTime: number;
  /** 嘎查社区至少确定1—2名专职代办员: villages that have none, in the order of the roster. */
  readonly villages: number;
  readonly withoutFullTime: readonly { readonly name: string; readonly town: string }[];
  /** Whom the list names and who has no account with the bot. */
  readonly notJoined: readonly { readonly name: string; readonly unit: string }[];
  /** Each town's own people together with those of its villages. */
  readonly towns: readonly TownCoverage[];
}

export interface TownCoverage {
  readonly name: string;
  readonly fullTime: number;
  readonly partTime: number;
  /** Of the annex's lines of business those that nobody does there; null where no list says who does what. */
  readonly uncovered: readonly string[] | null;
}

export function coverageOf(units: readonly RosterUnit[]): Coverage {
  const villages = units.filter(({ level }) => level === 'village');
  const towns = [...new Set(units.map(({ town }) => town))];
  return {
    ...countOf(units),
    villages: villages.length,
    withoutFullTime: villages.filter((village) => countOf([village]).fullTime === 0),
    notJoined: units.flatMap(({ name: unit, people }) =>
      people.filter(({ joined }) => !joined).map(({ name }) => ({ name, unit })),
    ),
    towns: towns.map((name) => {
      const own = units.filter(({ town }) => town === name);
      return { ...countOf(own), name, uncovered: uncoveredIn(own) };
    }),
  };
}

function uncoveredIn(units: readonly RosterUnit[]): string[] | null {
  const done = units.flatMap(({ people }) => people.flatMap(({ lines }) => lines));
  if (done.length === 0) return null;
  const isDone = (names: readonly string[]) => done.some((line) => names.some((name) => line.includes(name)));
  return businessLines.flatMap((names) => (isDone(names) ? [] : [names[0]]));
}

function countOf(units: readonly RosterUnit[]): Pick<Coverage, 'fullTime' | 'partTime'> {
  const people = units.flatMap((unit) => unit.people);
  const fullTime = people.filter(({ employment }) => employment === 'fullTime').length;
  return { fullTime, partTime: people.length - fullTime };
}

/** A row of Annex 5: beside each other a full-time and a part-time agent of one unit. */
export interface RosterRow {
  /** 序号 of the unit. */
  readonly number: number;
  readonly unit: RosterUnit;
  readonly fullTime: RosterPerson | undefined;
  readonly partTime: RosterPerson | undefined;
  /** 合计: the unit's people, on its first row. */
  readonly total: number | null;
}

/** As many rows as the unit needs for its people, and one where there is nobody. */
export function rosterRows(units: readonly RosterUnit[]): RosterRow[] {
  return units.flatMap((unit, index) => {
    const of = (employment: Employment) => unit.people.filter((person) => person.employment === employment);
    const [full, part] = [of('fullTime'), of('partTime')];
    return Array.from({ length: Math.max(1, full.length, part.length) }, (_, row) => ({
      number: index + 1,
      unit,
      fullTime: full[row],
      partTime: part[row],
      total: row === 0 ? unit.people.length : null,
    }));
  });
}
