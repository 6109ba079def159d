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

export interface RosterPerson {
  readonly agentId: number;
  readonly name: string;
  readonly phone: string | null;
  readonly employment: Employment;
}

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
  /** Each town's own people together with those of its villages. */
  readonly towns: readonly { readonly name: string; readonly fullTime: number; readonly partTime: number }[];
}

export function coverageOf(units: readonly RosterUnit[]): Coverage {
  const villages = units.filter(({ level }) => level === 'village');
  const towns = [...new Set(units.map(({ town }) => town))];
  return {
    ...countOf(units),
    villages: villages.length,
    withoutFullTime: villages.filter((village) => countOf([village]).fullTime === 0),
    towns: towns.map((name) => ({ ...countOf(units.filter(({ town }) => town === name)), name })),
  };
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
