import { type AgentRow, agentReads } from '../../../db/repositories/agent.ts';
import { type CaseRow, caseReads } from '../../../db/repositories/case.ts';
import { type ItemRow, itemReads } from '../../../db/repositories/item.ts';
import { type UnitRow, unitReads } from '../../../db/repositories/unit.ts';
import type { Reading } from '../../ctx.ts';
import type { CaseFacts } from '../../domain/case.ts';
import { type CaseParties, maySee, type Person } from '../../domain/permission.ts';
import { higherHolder } from '../../domain/routing.ts';
import { Refused } from '../../refusals.ts';

/** A case with everything its rules look at. */
export interface CaseDossier {
  readonly record: CaseRow;
  readonly item: ItemRow;
  readonly registrar: AgentRow;
  /** The registering unit, then its parents up to the root. */
  readonly registeringLine: readonly UnitRow[];
  readonly holderLine: readonly UnitRow[];
  readonly parties: CaseParties;
  readonly facts: CaseFacts;
  /** Unit a 转上级 would go to; undefined when there is none. */
  readonly higherUnitId: number | undefined;
}

/** Loads a case by id; refuses `case_unknown` when there is none. */
export async function loadCase(ctx: Reading, caseId: number): Promise<CaseDossier> {
  const record = await caseReads.byId(ctx.tx, caseId);
  if (!record) throw new Refused('case_unknown');
  return openDossier(ctx, record);
}

export async function openDossier(ctx: Reading, record: CaseRow): Promise<CaseDossier> {
  const item = await itemReads.byId(ctx.tx, record.itemId);
  const registrar = await agentReads.byId(ctx.tx, record.registrarId);
  if (!item || !registrar) throw new Error(`case ${record.id} refers to a missing item or agent`);
  const registeringLine = await unitReads.lineage(ctx.tx, record.registeringUnitId);
  const holderLine = await unitReads.lineage(ctx.tx, record.holderUnitId);
  const higherUnitId = higherHolder(item, holderLine);
  return {
    record,
    item,
    registrar,
    registeringLine,
    holderLine,
    higherUnitId,
    parties: partiesOf(record, { registrar, registeringLine, holderLine }),
    facts: {
      state: record.state,
      canEscalate: higherUnitId !== undefined,
      urgedDay: record.urgedDay,
      rating: record.rating,
      rectified: record.rectifiedAt !== null,
    },
  };
}

type Whose = Pick<CaseRow, 'registrarId' | 'registeringUnitId' | 'holderUnitId' | 'townId'>;

/**
 * `maySee` of a case without its dossier. The units above those of the case are read only for whom they decide: they were most
 * of what a line of a list cost.
 */
export async function maySeeCase({ tx }: Pick<Reading, 'tx'>, of: { whose: Whose; person: Person }): Promise<boolean> {
  const { whose, person } = of;
  const { registrarId, townId, registeringUnitId, holderUnitId } = whose;
  const within = { registrarId, townId, registeringLine: [registeringUnitId], holderLine: [holderUnitId] };
  if (maySee(within, person)) return true;
  if (person.role !== 'manager') return false;
  const registeringLine = await lineIds(tx, registeringUnitId);
  const holderLine = await lineIds(tx, holderUnitId);
  return maySee({ registrarId, townId, registeringLine, holderLine }, person);
}

async function lineIds(tx: Reading['tx'], unitId: number): Promise<number[]> {
  return (await unitReads.lineage(tx, unitId)).map((unit) => unit.id);
}

function partiesOf(of: Whose, known: Pick<CaseDossier, 'registrar' | 'registeringLine' | 'holderLine'>): CaseParties {
  return {
    registrarId: of.registrarId,
    registrarActive: known.registrar.status === 'active',
    registeringLine: known.registeringLine.map((unit) => unit.id),
    holderLine: known.holderLine.map((unit) => unit.id),
    townId: of.townId,
  };
}
