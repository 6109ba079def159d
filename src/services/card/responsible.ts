import { agentReads } from '../../../db/repositories/agent.ts';
import type { Reading } from '../../ctx.ts';
import { waitsFor } from '../../domain/case.ts';
import type { CaseDossier } from '../case/dossier.ts';

/** The person whose turn the case is, by the id of an agent; undefined when it is any of a unit's, or nobody's. */
export function responsibleId({ record, facts, parties }: CaseDossier): number | undefined {
  switch (waitsFor(facts)) {
    case 'holder':
      return record.handlerId ?? undefined;
    case 'registrar':
      return parties.registrarActive ? record.registrarId : undefined;
    default:
      return undefined;
  }
}

/** The open_id to mention where the case's turn has come; null when nobody in particular is meant, or they left. */
export async function responsibleOpenId(ctx: Reading, dossier: CaseDossier): Promise<string | null> {
  const id = responsibleId(dossier);
  if (id === undefined) return null;
  const agent = id === dossier.registrar.id ? dossier.registrar : await agentReads.byId(ctx.tx, id);
  const { holderUnitId, registeringUnitId } = dossier.record;
  const works = agent?.status === 'active' && (agent.unitId === holderUnitId || agent.unitId === registeringUnitId);
  return works ? agent.openId : null;
}
