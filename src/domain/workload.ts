/** How much somebody did in a stretch of days, for the town's own bonus rules (方案三（三）): counts of steps, never money. */

/** What is counted, by the kind of its ledger entry. */
export const workKinds = ['register', 'complete', 'deliver', 'followUp'] as const;
export type WorkKind = (typeof workKinds)[number];

export type Work = Readonly<Record<WorkKind, number>> & {
  /** Days on which the person took any step of a case. */
  readonly days: number;
};

/** An entry of the ledger about a case, by a member of staff. */
export interface WorkEntry {
  readonly agentId: number;
  readonly kind: string;
  /** Of an `undo`: the step that was taken back. */
  readonly undoes: unknown;
  /** YYYY-MM-DD */
  readonly day: string;
}

/** Looking at somebody's data or papers is no step of a case. */
const looks: readonly string[] = ['reveal', 'papers', 'erase'];

export class Workload {
  readonly #counts = new Map<number, Record<WorkKind, number>>();
  readonly #days = new Map<number, Set<string>>();

  observe({ agentId, kind, undoes, day }: WorkEntry): void {
    if (looks.includes(kind)) return;
    const counts = this.#counts.get(agentId) ?? { register: 0, complete: 0, deliver: 0, followUp: 0 };
    const counted = workKinds.find((one) => one === (kind === 'undo' ? undoes : kind));
    if (counted !== undefined) counts[counted] += kind === 'undo' ? -1 : 1;
    this.#counts.set(agentId, counts);
    this.#days.set(agentId, (this.#days.get(agentId) ?? new Set()).add(day));
  }

  /** By the person; who did nothing is absent. */
  get people(): ReadonlyMap<number, Work> {
    return new Map([...this.#counts].map(([id, counts]) => [id, { ...counts, days: this.#days.get(id)?.size ?? 0 }]));
  }
}
