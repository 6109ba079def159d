import { agentReads } from '../../../db/repositories/agent.ts';
import { type CaseColumns, type CaseRow, caseWrites } from '../../../db/repositories/case.ts';
import { unitReads } from '../../../db/repositories/unit.ts';
import { type Ctx, personOf, requireStaff, today } from '../../ctx.ts';
import { type CaseRelation, type CaseStep, decideStep, stepRules } from '../../domain/case.ts';
import type { CountedFacts } from '../../domain/case-count.ts';
import { relationsTo } from '../../domain/permission.ts';
import { Refused } from '../../refusals.ts';
import { refreshCaseCards } from '../card/refresh-case.ts';
import { appendLedger } from '../ledger/append.ts';
import { countSteps } from '../stats/count.ts';
import { type CaseDossier, loadCase, openDossier } from './dossier.ts';
import { applicantVault } from './secret.ts';

/** The case a button names, as it was when the button was drawn. */
export interface CaseRef {
  readonly caseId: number;
  readonly version: number;
}

export interface StepEffect {
  /** Columns besides `state`. */
  readonly set: Partial<CaseColumns>;
  /** Facts for the ledger, without personal data; what a step counts is read from them. */
  readonly payload?: CountedFacts;
  /** Free text for the ledger, sealed under the applicant's key. Empty texts are left out. */
  readonly note?: Readonly<Record<string, string>>;
}

/**
 * Loads the case and decides whether the actor may take the step now. Refuses with the sentence that fits: no right, wrong
 * state, or a button drawn for an earlier version of the case.
 */
export async function admitStep(ctx: Ctx, request: { ref: CaseRef; step: CaseStep }): Promise<CaseDossier> {
  const staff = requireStaff(ctx);
  await caseWrites.lock(ctx.tx, request.ref.caseId);
  const dossier = await loadCase(ctx, request.ref.caseId);
  const relations = relationsTo(dossier.parties, personOf(staff));
  const decision = decideStep(dossier.facts, { step: request.step, relations, today: today(ctx) });
  if (!decision.ok) throw new Refused(decision.refusal, await refusalDetail(ctx, { dossier, step: request.step }));
  if (dossier.record.version !== request.ref.version) throw new Refused('card_outdated');
  return dossier;
}

/** Writes the step: row, ledger entry, counters, cards. The step must have been admitted in this transaction. */
export async function recordStep(
  ctx: Ctx,
  taken: { dossier: CaseDossier; step: CaseStep; effect: StepEffect },
): Promise<CaseDossier> {
  const { dossier, step, effect } = taken;
  const { id, version, townId, applicantId } = dossier.record;
  const state = stepRules[step].to ?? dossier.record.state;
  const updated = await caseWrites.update(ctx.tx, { id, version, set: { ...effect.set, state } });
  if (!updated) throw new Refused('card_outdated');
  const note = Object.entries(effect.note ?? {}).filter(([, text]) => text !== '');
  const sealed =
    note.length === 0 ? {} : { sealed: (await applicantVault(ctx, applicantId)).sealNote(Object.fromEntries(note)) };
  const payload = { ...effect.payload, ...sealed };
  await appendLedger(ctx, { townId, caseId: id, kind: step, payload });
  const before = { state: dossier.record.state, accepted: dossier.record.acceptedAt !== null };
  await countSteps(ctx, { dossier, before, steps: [{ kind: step, payload }] });
  return openDossier(ctx, updated);
}

/** The common path of a step that only needs its own columns. */
export async function takeStep(
  ctx: Ctx,
  request: { ref: CaseRef; step: CaseStep; effect: (dossier: CaseDossier) => StepEffect | Promise<StepEffect> },
): Promise<CaseDossier> {
  const dossier = await admitStep(ctx, request);
  const after = await recordStep(ctx, { dossier, step: request.step, effect: await request.effect(dossier) });
  await refreshCaseCards(ctx, after);
  return after;
}

async function refusalDetail(ctx: Ctx, of: { dossier: CaseDossier; step: CaseStep }): Promise<Record<string, string>> {
  const { record, item, holderLine, registrar, registeringLine } = of.dossier;
  const handler = await handlerWords(ctx, record);
  const holder = holderLine[0]?.center ?? '';
  const whoWords: Record<CaseRelation, string> = {
    holder,
    registrar: `登记的代办员${registrar.name}`,
    registeringUnit: `${registeringLine[0]?.name ?? ''}的代办员`,
    manager: '管理员',
    system: '系统',
    outsider: '',
  };
  const who = stepRules[of.step].who.map((relation) => whoWords[relation])[0] ?? '';
  return { number: record.caseNumber, item: item.subItem, holder, handler, who };
}

async function handlerWords(ctx: Ctx, record: CaseRow): Promise<string> {
  if (record.handlerId === null) return '同事';
  const handler = await agentReads.byId(ctx.tx, record.handlerId);
  const unit = handler && (await unitReads.byId(ctx.tx, handler.unitId));
  return handler && unit ? `${unit.name}${handler.name}` : '同事';
}
