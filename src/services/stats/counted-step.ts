import type { LedgerRow } from '../../../db/repositories/ledger.ts';
import type { Actor } from '../../ctx.ts';
import type { CountedStep } from '../../domain/case-count.ts';
import type { Handler } from '../../domain/counters.ts';
import { factsOf } from '../ledger/facts.ts';

type Entry = Pick<LedgerRow, 'kind' | 'at' | 'payload' | 'actorKind' | 'actorId' | 'unitId'>;

/** A ledger entry of a case, as it is counted. */
export function countedStep(entry: Entry): CountedStep {
  const { kind, at } = entry;
  return { kind, at, payload: factsOf(entry), by: takenBy(entry) };
}

/** Who of the staff wrote the entry, and where they worked then. */
export function takenBy({ actorKind, actorId, unitId }: Omit<Entry, 'kind' | 'at' | 'payload'>): Handler | undefined {
  return actorKind === 'agent' && unitId !== null ? { agentId: Number(actorId), unitId } : undefined;
}

/** Who is taking a step now; the same as `takenBy` will say of its entry. */
export function takenNow(actor: Actor): Handler | undefined {
  return actor.kind === 'agent' ? { agentId: actor.agent.id, unitId: actor.unit.id } : undefined;
}
