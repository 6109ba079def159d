/** Who was responsible for a case when: added up from the ledger's entries of the case, of the staff, and of who stood in for whom. */
import { caseStates, isClosed, isHeld } from './case.ts';

/** 承办: whose turn it is to handle the case. 跟进: who looks after it for the registering unit. */
export const duties = ['holder', 'keeper'] as const;
export type Duty = (typeof duties)[number];

type Facts = Readonly<Record<string, unknown>>;

/** An entry of the case, oldest first. */
export interface CourseEntry {
  readonly at: number;
  readonly facts: Facts;
}

/** From when on somebody worked in a unit; null: nowhere. Oldest first. */
export interface StaffMove {
  readonly at: number;
  readonly agentId: number;
  readonly unitId: number | null;
}

/** Milliseconds; `until` is not included, and infinite while it goes on. */
export interface StandInSpan {
  readonly absentId: number;
  readonly standInId: number;
  readonly from: number;
  readonly until: number;
}

export interface History {
  readonly entries: readonly CourseEntry[];
  readonly moves: readonly StaffMove[];
  readonly standIns: readonly StandInSpan[];
}

/** Whose it was. */
interface Responsible {
  readonly unitId: number;
  /** null: nobody in particular; the unit's people stood in for each other. */
  readonly agentId: number | null;
  /** Who did it for that one, being on leave. */
  readonly standInId: number | null;
}

/** `until` is not included; null: it goes on. */
export interface ResponsibleStretch extends Responsible {
  readonly duty: Duty;
  readonly from: number;
  readonly until: number | null;
}

/** All stretches of each duty, oldest first; none while it is nobody's turn, and none after the case is closed. */
export function responsibilityOf(history: History): ResponsibleStretch[] {
  const moments = [...new Set(momentsOf(history))].filter(Number.isFinite).sort((a, b) => a - b);
  const walk = new Walk(history);
  const stretches: ResponsibleStretch[] = [];
  const open = new Map<Duty, ResponsibleStretch>();
  for (const moment of moments) {
    walk.advanceTo(moment);
    for (const duty of duties) {
      const before = open.get(duty);
      const now = walk.responsible(duty);
      if (before && now && isSame(before, now)) continue;
      if (before) stretches.push({ ...before, until: moment });
      open.delete(duty);
      if (now) open.set(duty, { ...now, duty, from: moment, until: null });
    }
  }
  stretches.push(...open.values());
  return stretches.sort((a, b) => a.from - b.from || duties.indexOf(a.duty) - duties.indexOf(b.duty));
}

/** The stretches that touch a stretch of time, both ends in milliseconds, the second not included. */
export function during(
  stretches: readonly ResponsibleStretch[],
  { from, until }: { from: number; until: number },
): ResponsibleStretch[] {
  return stretches.filter((one) => one.from < until && (one.until === null || one.until > from));
}

function momentsOf({ entries, moves, standIns }: History): number[] {
  return [...entries, ...moves].map(({ at }) => at).concat(standIns.flatMap(({ from, until }) => [from, until]));
}

/** What stood at one moment after the other. */
class Walk {
  readonly #history: History;
  #said: Facts = {};
  #entry = 0;
  #move = 0;
  #moment = 0;
  readonly #units = new Map<number, number>();

  constructor(history: History) {
    this.#history = history;
  }

  advanceTo(moment: number): void {
    const { entries, moves } = this.#history;
    this.#moment = moment;
    for (let entry = entries[this.#entry]; entry && entry.at <= moment; entry = entries[++this.#entry]) {
      this.#said = { ...this.#said, ...entry.facts };
    }
    for (let move = moves[this.#move]; move && move.at <= moment; move = moves[++this.#move]) {
      if (move.unitId === null) this.#units.delete(move.agentId);
      else this.#units.set(move.agentId, move.unitId);
    }
  }

  responsible(duty: Duty): Responsible | undefined {
    const state = caseStates.find((one) => one === this.#said['state']);
    if (state === undefined || (duty === 'holder' ? !isHeld(state) : isClosed(state))) return undefined;
    const [unit, person] = duty === 'holder' ? ['holderUnitId', 'handlerId'] : ['registeringUnitId', 'keeperId'];
    const unitId = Number(this.#said[unit ?? '']);
    const named = this.#said[person ?? ''];
    const agentId = typeof named === 'number' && this.#units.get(named) === unitId ? named : null;
    return { unitId, agentId, standInId: agentId === null ? null : this.#standInOf(agentId) };
  }

  #standInOf(agentId: number): number | null {
    const { standIns } = this.#history;
    const holds = ({ absentId, from, until }: StandInSpan) =>
      absentId === agentId && from <= this.#moment && this.#moment < until;
    return standIns.find(holds)?.standInId ?? null;
  }
}

function isSame(one: Responsible, other: Responsible): boolean {
  return one.unitId === other.unitId && one.agentId === other.agentId && one.standInId === other.standInId;
}
