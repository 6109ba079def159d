import type { CaseView } from '../../../cards/case.ts';
import { stepWords } from '../../../cards/words.ts';
import { type CaseRelation, stepRules } from '../../domain/case.ts';
import { type UndoOffer, undoOffer } from '../../domain/undo.ts';
import type { Target } from '../card/targets.ts';
import type { ReadEntry } from '../ledger/standing.ts';
import type { CaseDossier } from './dossier.ts';

/** An entry with the name of who left it. */
interface NamedEntry extends ReadEntry {
  readonly who: string;
}

interface Readers {
  readonly dossier: CaseDossier;
  readonly relations: ReadonlySet<CaseRelation>;
  readonly at: Target;
}

/**
 * What the card says of taking back: the last step that may be, to the people whose it is, with its hour, which stays true when it has
 * passed; and what was taken back last, until somebody goes on. @param entries all of the case, oldest first.
 */
export function viewUndo(
  { entries, standing }: { entries: readonly NamedEntry[]; standing: readonly NamedEntry[] },
  readers: Readers,
): Pick<CaseView, 'undo' | 'undone'> {
  const offer = undoOffer(standing);
  const last = entries.findLast(({ kind }) => kind !== 'note');
  return {
    undo: offer && isTheirs(offer, readers) ? describe(offer, readers.dossier) : null,
    undone: last?.kind === 'undo' ? { step: undoneStepWord(last.payload), who: last.who, at: last.at } : null,
  };
}

/** The word of the step that an 撤销 took back; '' when it names none. */
export function undoneStepWord(facts: ReadEntry['payload']): string {
  return Object.entries(stepWords).find(([step]) => step === facts['undoes'])?.[1] ?? '';
}

function describe({ step, taken, until }: UndoOffer<NamedEntry>, { units }: CaseDossier): CaseView['undo'] {
  const unit = units.find(({ id }) => id === taken.unitId)?.center ?? '';
  return until === undefined ? { step, by: unit, until: null } : { step, by: taken.who, until };
}

/** In a private chat of who took it; in a group of their unit, or where those gather who might take it. */
function isTheirs({ step, taken }: UndoOffer<NamedEntry>, { dossier, relations, at }: Readers): boolean {
  if (at.agentId !== null) return taken.actorKind === 'agent' && Number(taken.actorId) === at.agentId;
  if (dossier.units.some(({ id, chatId }) => id === taken.unitId && chatId === at.target)) return true;
  return step !== 'escalate' && stepRules[step].who.some((relation) => relations.has(relation));
}
