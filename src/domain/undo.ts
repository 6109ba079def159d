/**
 * 撤销: a step taken by mistake is taken back for ten minutes by whoever took it, while nobody has gone on from it; 转上级 by the
 * unit that passed the case up, until somebody accepts it. The ledger keeps both entries; what is counted and shown is what stands.
 */
import type { CaseStep } from './case.ts';

export const UNDO_MS = 10 * 60_000;

export const undoableSteps = [
  'return',
  'escalate',
  'complete',
  'deliver',
  'followUp',
  'withdraw',
  'suspend',
  'terminate',
] as const satisfies CaseStep[];
export type UndoableStep = (typeof undoableSteps)[number];

/** Entries that bring a case no further. */
const ASIDE: ReadonlySet<string> = new Set([
  'note',
  'urge',
  'reveal',
  'attach',
  'nameMaterial',
  'papers',
  'check',
  'erase',
]);

/** What the registering unit may do meanwhile, which changes nothing of where the case lies. */
const STAYS: ReadonlySet<string> = new Set<CaseStep>(['correct', 'entrust']);

/** An entry of one case, as far as it is taken back. `undoes`: of an 撤销, which step; `onTheSpot`: done with its registration. */
export interface Undoable {
  readonly kind: string;
  readonly at: number;
  readonly payload: { readonly [fact: string]: unknown; readonly undoes?: unknown; readonly onTheSpot?: unknown };
}

/** What is left when each 撤销 and what it took back are left out. @param steps of one case, oldest first. */
export function standingSteps<Step extends Pick<Undoable, 'kind' | 'payload'>>(steps: readonly Step[]): Step[] {
  let standing: Step[] = [];
  for (const step of steps) {
    if (step.kind !== 'undo') standing.push(step);
    else standing = withoutLast(standing, step.payload.undoes);
  }
  return standing;
}

/** An archiving follows a rating by itself, and goes with it. */
function withoutLast<Step extends { readonly kind: string }>(standing: readonly Step[], undone: unknown): Step[] {
  const place = standing.findLastIndex(({ kind }) => kind === undone);
  return standing.filter(
    (step, index) => place < 0 || (index !== place && !(index > place && step.kind === 'archive')),
  );
}

export interface UndoOffer<Step> {
  readonly step: UndoableStep;
  readonly taken: Step;
  /** What followed from it by itself, too. */
  readonly entries: readonly Step[];
  /** undefined: until somebody goes on from it. */
  readonly until: number | undefined;
}

/** The step that may be taken back; undefined when there is none, or somebody has gone on from it. @param standing oldest first. */
export function undoOffer<Step extends Undoable>(standing: readonly Step[]): UndoOffer<Step> | undefined {
  const course = standing.filter(({ kind }) => !ASIDE.has(kind));
  const last = course.at(-1);
  const beforeArchive = last?.kind === 'archive' ? course.at(-2) : undefined;
  const escalated = last && STAYS.has(last.kind) ? course.findLast(({ kind }) => !STAYS.has(kind)) : undefined;
  const taken = beforeArchive ?? escalated ?? last;
  const step = undoableSteps.find((candidate) => candidate === taken?.kind);
  if (!taken || !last || step === undefined || taken.payload.onTheSpot === true) return undefined;
  if ((beforeArchive && step !== 'followUp') || (escalated && step !== 'escalate')) return undefined;
  const until = step === 'escalate' ? undefined : taken.at + UNDO_MS;
  return { step, taken, entries: beforeArchive ? [taken, last] : [taken], until };
}
