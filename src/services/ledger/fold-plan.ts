/** Adds up what the entries say of the plan's tasks and of the checks (七有), and compares the rows with it. */
import { isDeepStrictEqual } from 'node:util';
import type { Tx } from '../../../db/database.ts';
import type { LedgerRow } from '../../../db/repositories/ledger.ts';
import { paperReads } from '../../../db/repositories/paper.ts';
import { readinessReads } from '../../../db/repositories/readiness.ts';
import { taskReads } from '../../../db/repositories/task.ts';
import type { FaultList, LedgerFault } from './fault.ts';
import { checkListFacts, taskFacts } from './plan-entries.ts';

type Facts = Readonly<Record<string, unknown>>;
type Of = Extract<LedgerFault, { about: 'plan' }>['of'];

/** The kinds of entries, the name that each gives the id of its row, and whether every row has an entry. */
const kinds = {
  setTask: { of: 'task', id: 'taskId', all: false },
  setChecks: { of: 'checkList', id: 'listId', all: false },
  updateTask: { of: 'taskUpdate', id: 'updateId', all: true },
  answerCheck: { of: 'answer', id: 'answerId', all: true },
  attachEvidence: { of: 'photo', id: 'paperId', all: true },
} as const satisfies Readonly<Record<string, { of: Of; id: string; all: boolean }>>;

export class PlanFold {
  /** By kind and id. What a new installation knows of tasks and checks has no entry until somebody changes it. */
  readonly #said = new Map<Of, Map<number, Facts>>();

  observe({ kind, at, actorId, sealed }: LedgerRow, facts: Facts): void {
    const known = Object.entries(kinds).find(([name]) => name === kind)?.[1];
    if (!known) return;
    const { [known.id]: id, standsInFor: _, ...said } = facts;
    const rows = this.#said.get(known.of) ?? new Map<number, Facts>();
    // Who said what and when stands in the columns of the entry, and what was typed beside it.
    rows.set(Number(id), factsFor(known.of, { said, at, by: Number(actorId), sealed }));
    this.#said.set(known.of, rows);
  }

  async compare(tx: Tx, faults: FaultList): Promise<void> {
    const tasks = (await taskReads.all(tx)).map((task) => ({ id: task.id, is: taskFacts(task) }));
    const lists = (await readinessReads.lists(tx)).map((list) => ({ id: list.id, is: checkListFacts(list) }));
    const updates = (await taskReads.allUpdates(tx)).map(({ id, textSealed, ...is }) => ({
      id,
      is: { ...is, sealed: textSealed },
    }));
    const answers = (await readinessReads.allAnswers(tx)).map(({ id, noteSealed, ...is }) => ({
      id,
      is: { ...is, sealed: noteSealed },
    }));
    const photos = (await paperReads.keptOfPlaces(tx)).map(({ id, placeId, hash }) => ({
      id,
      is: { placeId, paper: hash },
    }));
    const rows = { photo: photos, task: tasks, checkList: lists, taskUpdate: updates, answer: answers };
    for (const { of, all } of Object.values(kinds)) this.#compareKind(faults, { of, all, rows: rows[of] });
  }

  #compareKind(
    faults: FaultList,
    { of, all, rows }: { of: Of; all: boolean; rows: readonly { id: number; is: Facts }[] },
  ): void {
    const said = this.#said.get(of) ?? new Map<number, Facts>();
    for (const { id, is } of rows) {
      const facts = said.get(id);
      if (facts === undefined && all) faults.add({ about: 'plan', of, id, problem: 'no entry' });
      if (facts && !isDeepStrictEqual({ ...is }, { ...facts }))
        faults.add({ about: 'plan', of, id, problem: 'differs' });
    }
    const known = new Set(rows.map(({ id }) => id));
    for (const id of said.keys()) if (!known.has(id)) faults.add({ about: 'plan', of, id, problem: 'no row' });
  }
}

/** As the row has it: of a photo where it belongs and what it is; of what a unit said also who said it and when. */
function factsFor(of: Of, { said, ...columns }: { said: Facts; at: number; by: number; sealed: string | null }): Facts {
  if (of === 'photo') return { placeId: said['placeId'], paper: said['paper'] };
  return of === 'taskUpdate' || of === 'answer' ? { ...said, ...columns } : said;
}
