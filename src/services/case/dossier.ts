import { type AgentRow, agentReads } from '../../../db/repositories/agent.ts';
import { type CaseRow, type CaseWithParties, caseReads, caseWrites } from '../../../db/repositories/case.ts';
import type { ItemRow } from '../../../db/repositories/item.ts';
import { lineOf, type UnitRow, unitReads } from '../../../db/repositories/unit.ts';
import type { Ctx, Reading } from '../../ctx.ts';
import type { CaseFacts } from '../../domain/case.ts';
import { routedAs } from '../../domain/other-errand.ts';
import { type CaseParties, maySee, type Person, postsOf } from '../../domain/permission.ts';
import { higherHolder } from '../../domain/routing.ts';
import { Refused } from '../../refusals.ts';
import { workingCalendar } from '../setting/calendar.ts';

/** A case with everything its rules and its card look at. */
export interface CaseDossier extends CaseWithParties {
  /** The registering unit, then its parents up to the root. */
  readonly registeringLine: readonly UnitRow[];
  readonly holderLine: readonly UnitRow[];
  /** Every unit that has been read for it: both lines, where the applicant lives, and the department a 转上级 may go to. */
  readonly units: readonly UnitRow[];
  readonly parties: CaseParties;
  readonly facts: CaseFacts;
  /** Unit a 转上级 would go to; undefined when there is none. */
  readonly higherUnitId: number | undefined;
}

/** Loads a case by id; refuses `case_unknown` when there is none. */
export async function loadCase(ctx: Reading, caseId: number): Promise<CaseDossier> {
  return openDossier(ctx, await caseReads.withParties(ctx.tx, caseId));
}

/** As `loadCase`; nobody else changes the case until the transaction ends. */
export async function takeCase(ctx: Ctx, caseId: number): Promise<CaseDossier> {
  return openDossier(ctx, await caseWrites.take(ctx.tx, caseId));
}

/** @param known units that have been read in this transaction; only if one is missing they are read. */
export async function openDossier(
  ctx: Reading,
  found: CaseWithParties | undefined,
  known: readonly UnitRow[] = [],
): Promise<CaseDossier> {
  if (!found) throw new Refused('case_unknown');
  const { record, item, keeper } = found;
  const units = await unitsOf(ctx, { ...found, known });
  const registeringLine = lineOf(record.registeringUnitId, units);
  const holderLine = lineOf(record.holderUnitId, units);
  const higherUnitId = higherHolder(routedAs(item, record.otherDepartmentId), holderLine);
  return {
    ...found,
    registeringLine,
    holderLine,
    units,
    higherUnitId,
    parties: partiesOf(record, { item, keeper, registeringLine, holderLine }),
    facts: {
      state: record.state,
      canEscalate: higherUnitId !== undefined,
      mayUrgeFrom: await urgedUntil(ctx, record),
      rating: record.rating,
      rectified: record.rectifiedAt !== null,
    },
  };
}

/** The working day after the last 催办: after one on Friday or at the weekend the next may come on Monday. */
async function urgedUntil(ctx: Reading, { urgedDay }: CaseRow): Promise<string | null> {
  return urgedDay === null ? null : (await workingCalendar(ctx)).addWorkingDays(urgedDay, 1).day;
}

/** The dossier after its row has been changed in this transaction. */
export async function updatedDossier(ctx: Reading, dossier: CaseDossier, record: CaseRow): Promise<CaseDossier> {
  return openDossier(
    ctx,
    {
      ...dossier,
      record,
      keeper: await keeperOf(ctx, dossier, record),
      handlerName: await handlerNameOf(ctx, dossier, record),
      followUpAgent: await followUpAgentOf(ctx, dossier, record),
    },
    dossier.units,
  );
}

async function keeperOf(ctx: Reading, { keeper }: CaseDossier, { keeperId }: CaseRow): Promise<AgentRow> {
  if (keeperId === keeper.id) return keeper;
  const next = await agentReads.byId(ctx.tx, keeperId);
  if (!next) throw new Error(`agent ${keeperId} looks after a case and does not exist`);
  return next;
}

async function handlerNameOf(ctx: Reading, before: CaseDossier, { handlerId }: CaseRow): Promise<string | null> {
  if (handlerId === before.record.handlerId) return before.handlerName;
  return handlerId === null ? null : ((await agentReads.byId(ctx.tx, handlerId))?.name ?? null);
}

async function followUpAgentOf(
  ctx: Reading,
  before: CaseDossier,
  { followUpAgentId }: CaseRow,
): Promise<AgentRow | null> {
  if (followUpAgentId === (before.followUpAgent?.id ?? null)) return before.followUpAgent;
  return followUpAgentId === null ? null : ((await agentReads.byId(ctx.tx, followUpAgentId)) ?? null);
}

async function unitsOf(
  ctx: Reading,
  { record, item, known }: CaseWithParties & { known: readonly UnitRow[] },
): Promise<readonly UnitRow[]> {
  const { registeringUnitId, holderUnitId, residenceUnitId, otherDepartmentId } = record;
  const departmentId = otherDepartmentId ?? item.departmentUnitId ?? holderUnitId;
  const needed = [...new Set([registeringUnitId, holderUnitId, residenceUnitId, departmentId])];
  const complete = needed.every((id) => known.some((unit) => unit.id === id));
  return complete ? known : unitReads.withAbove(ctx.tx, needed);
}

/** What of a case decides who sees it. */
type Whose = Pick<CaseRow, 'registeringUnitId' | 'holderUnitId' | 'townId'> & Pick<ItemRow, 'departmentUnitId'>;

/**
 * `maySee` of a case without its dossier. The units above those of the case are read only for whom they decide: they were most
 * of what a line of a list cost.
 */
export async function maySeeCase(
  { tx }: Pick<Reading, 'tx'>,
  request: { whose: Whose; person: Person },
): Promise<boolean> {
  const { whose, person } = request;
  const { townId, registeringUnitId, holderUnitId, departmentUnitId: departmentId } = whose;
  const within = { townId, departmentId, registeringLine: [registeringUnitId], holderLine: [holderUnitId] };
  if (maySee(within, person)) return true;
  if (!postsOf(person).some(({ role }) => role === 'manager')) return false;
  const registeringLine = await lineIds(tx, registeringUnitId);
  const holderLine = await lineIds(tx, holderUnitId);
  return maySee({ townId, departmentId, registeringLine, holderLine }, person);
}

async function lineIds(tx: Reading['tx'], unitId: number): Promise<number[]> {
  return (await unitReads.lineage(tx, unitId)).map((unit) => unit.id);
}

function partiesOf(
  record: CaseRow,
  known: Pick<CaseDossier, 'item' | 'keeper' | 'registeringLine' | 'holderLine'>,
): CaseParties {
  const { item, keeper } = known;
  return {
    keeperId: record.keeperId,
    keeperActive: keeper.status === 'active' && keeper.unitId === record.registeringUnitId,
    registeringLine: known.registeringLine.map((unit) => unit.id),
    holderLine: known.holderLine.map((unit) => unit.id),
    townId: record.townId,
    departmentId: item.departmentUnitId,
  };
}
