import { agentReads } from '../../../db/repositories/agent.ts';
import { type CaseColumns, type CaseRow, caseWrites } from '../../../db/repositories/case.ts';
import { type Ctx, personOf, requireStaff, today } from '../../ctx.ts';
import { type CaseRelation, type CaseStep, decideStep, stepRules } from '../../domain/case.ts';
import { type CountedFacts, timedSteps } from '../../domain/case-count.ts';
import type { Handler } from '../../domain/counters.ts';
import { relationsTo, takesStepFor } from '../../domain/permission.ts';
import { Refused } from '../../refusals.ts';
import { nearestManagers } from '../agent/nearest-managers.ts';
import { refreshCaseCards } from '../card/refresh-case.ts';
import { appendLedger } from '../ledger/append.ts';
import { countSteps } from '../stats/count.ts';
import { minutesUntilNow } from '../stats/worked-minutes.ts';
import { type CaseDossier, takeCase, updatedDossier } from './dossier.ts';
import { recordedFacts } from './recorded.ts';
import { openApplicant } from './secret.ts';

/** The case a button names, as it was when the button was drawn. */
export interface CaseRef {
  readonly caseId: number;
  readonly version: number;
}

/** What is said of a button drawn for an earlier version: on the living card, or in one of the private forms. */
type OutdatedRefusal = 'card_outdated' | 'correct_outdated' | 'more_outdated';

export interface StepEffect {
  /** Columns besides `state`. */
  readonly set: Partial<CaseColumns>;
  /** Facts for the ledger besides those columns, without personal data. */
  readonly payload?: CountedFacts;
  /** Free text for the ledger, sealed under the applicant's key; not kept where that is gone. */
  readonly note?: Readonly<Record<string, string>>;
}

/**
 * Loads the case and decides whether the actor may take the step now. Refuses with the sentence that fits: no right, wrong
 * state, or a button drawn for an earlier version of the case.
 */
export async function admitStep(
  ctx: Ctx,
  request: { ref: CaseRef; step: CaseStep; outdated?: OutdatedRefusal },
): Promise<CaseDossier> {
  const { ref, step, outdated = 'card_outdated' } = request;
  const dossier = await takeCase(ctx, ref.caseId);
  await requireStep(ctx, { dossier, step });
  const { version, caseNumber } = dossier.record;
  if (version !== ref.version) throw new Refused(outdated, { number: caseNumber });
  return dossier;
}

/** Refuses unless the actor may take the step now. Returns what the actor is to the case. */
export async function requireStep(
  ctx: Ctx,
  { dossier, step }: { dossier: CaseDossier; step: CaseStep },
): Promise<ReadonlySet<CaseRelation>> {
  const relations = relationsTo(dossier.parties, personOf(requireStaff(ctx)));
  const decision = decideStep(dossier.facts, { step, relations, today: today(ctx) });
  if (!decision.ok) throw new Refused(decision.refusal, await refusalDetail(ctx, { dossier, step }));
  return relations;
}

/** So many managers are named at most. */
const NAMED_MAX = 3;

interface TakenStep {
  readonly dossier: CaseDossier;
  readonly step: CaseStep;
  readonly effect: StepEffect;
  /** `later`: another step of the same case follows at once, and the cards then show both. `quietly`: none sounds. */
  readonly cards?: 'now' | 'later' | 'quietly';
}

/**
 * Writes the step: row, cards, ledger entry, counters. The step must have been admitted in this transaction. The end of the chain and
 * the counters are what every step in the town, or anywhere, has to wait for, so they come last.
 */
export async function recordStep(ctx: Ctx, taken: TakenStep): Promise<CaseDossier> {
  const { dossier, step, effect, cards = 'now' } = taken;
  const { id, version, townId, state: before, acceptedAt } = dossier.record;
  const state = stepRules[step].to ?? before;
  const updated = await caseWrites.update(ctx.tx, { id, version, set: { ...effect.set, state } });
  if (!updated) throw new Refused('card_outdated');
  const after = await updatedDossier(ctx, dossier, updated);
  if (cards !== 'later') await refreshCaseCards(ctx, after, { event: step, quietly: cards === 'quietly' });
  const sealed = effect.note && openApplicant(ctx, dossier.applicant).sealNote(effect.note);
  const payload: CountedFacts = {
    ...effect.payload,
    ...recordedFacts(ctx, { ...effect.set, state }),
    ...(timedSteps.has(step) ? { workedMinutes: await minutesUntilNow(ctx, dossier.record) } : {}),
  };
  await appendLedger(ctx, {
    townId,
    caseId: id,
    kind: step,
    payload: { ...payload, ...standingIn(ctx, taken) },
    sealed,
  });
  await countSteps(ctx, {
    dossier,
    before: { state: before, accepted: acceptedAt !== null, completedBy: completerOf(dossier.record) },
    steps: [{ kind: step, payload }],
  });
  return after;
}

/** For which colleague the step is taken, if for one; of what the program does by itself for nobody. */
function standingIn({ actor }: Ctx, { dossier, step }: TakenStep): { standsInFor?: number } {
  if (actor.kind !== 'agent' || !actor.standsInFor?.length) return {};
  const { parties, record } = dossier;
  const person = personOf(actor);
  const standsInFor = takesStepFor({ ...parties, handlerId: record.handlerId }, { person, who: stepRules[step].who });
  return standsInFor === undefined ? {} : { standsInFor };
}

/** 办结 makes whoever takes it the handler, and no step after it passes the case on. */
function completerOf({ completedAt, handlerId, holderUnitId }: CaseRow): Handler | undefined {
  return completedAt === null || handlerId === null ? undefined : { agentId: handlerId, unitId: holderUnitId };
}

/** The common path of a step that only needs its own columns. */
export async function takeStep(
  ctx: Ctx,
  request: {
    ref: CaseRef;
    step: CaseStep;
    outdated?: OutdatedRefusal;
    effect: (dossier: CaseDossier) => StepEffect | Promise<StepEffect>;
  },
): Promise<CaseDossier> {
  const dossier = await admitStep(ctx, request);
  return recordStep(ctx, { dossier, step: request.step, effect: await request.effect(dossier) });
}

async function refusalDetail(
  ctx: Ctx,
  refused: { dossier: CaseDossier; step: CaseStep },
): Promise<Record<string, string>> {
  const { record, item, holderLine, registeringLine } = refused.dossier;
  const handler = await handlerWords(ctx, record);
  const who = await whoMay(ctx, refused);
  const holder = holderLine[0]?.center ?? '';
  const registering = registeringLine[0]?.name ?? '';
  const manager = await managerWords(ctx, registeringLine);
  const way = wayWords(ctx, refused);
  return { number: record.caseNumber, item: item.subItem, holder, handler, who, registering, manager, way };
}

/** Those who may take the step, by name or unit: 登记的代办员阿达或安达社区的其他代办员. */
async function whoMay(ctx: Ctx, { dossier, step }: { dossier: CaseDossier; step: CaseStep }): Promise<string> {
  const { registeringLine, holderLine, handlerName, parties } = dossier;
  const { who } = stepRules[step];
  const unit = registeringLine[0]?.name ?? '';
  const wordsOf: Readonly<Record<CaseRelation, () => string | Promise<string>>> = {
    holder: () => `${holderLine[0]?.center ?? ''}${handlerName === null ? '' : `（经办：${handlerName}）`}`,
    registrar: () => (parties.keeperActive ? keeperWords(dossier) : `${unit}的代办员`),
    registeringUnit: () => (parties.keeperActive ? `${unit}的其他代办员` : `${unit}的代办员`),
    manager: () => managerWords(ctx, registeringLine),
    onlooker: () => '',
    system: () => '系统',
    outsider: () => '',
  };
  const words = await Promise.all(who.map((relation) => wordsOf[relation]()));
  return [...new Set(words)].filter((word) => word !== '').join('或');
}

function keeperWords({ record, keeper }: CaseDossier): string {
  return `${record.keeperId === record.registrarId ? '登记' : '跟进'}的代办员${keeper.name}`;
}

/** How a colleague gets the right to the step, as an end of the sentence; '' where there is none. */
function wayWords(ctx: Ctx, { dossier, step }: { dossier: CaseDossier; step: CaseStep }): string {
  const person = personOf(requireStaff(ctx));
  const relations = relationsTo(dossier.parties, person);
  const { handlerId } = dossier.record;
  if (step === 'accept' && relations.has('holder') && handlerId !== person.agentId) return '；要接着办，请点“转给我办”';
  const standsIn = relations.has('registeringUnit') && !relations.has('registrar');
  return standsIn && decideStep(dossier.facts, { step: 'entrust', relations, today: today(ctx) }).ok
    ? '，或点“换人跟进”转给自己后再办'
    : '';
}

/** The managers nearest to the unit, by name; without any, the administrators. */
export async function managerWords(ctx: Ctx, line: CaseDossier['registeringLine']): Promise<string> {
  const managers = await nearestManagers(ctx, { line });
  const unit = line.find(({ id }) => id === managers[0]?.unitId);
  const names = managers.slice(0, NAMED_MAX).map(({ name }) => name);
  return unit ? `${unit.name}的管理员${names.join('、')}` : '系统管理员';
}

async function handlerWords(ctx: Ctx, record: CaseRow): Promise<string> {
  if (record.handlerId === null) return '同事';
  const [handler] = await agentReads.byIdsWithUnit(ctx.tx, [record.handlerId]);
  return handler ? `${handler.unit.name}${handler.agent.name}` : '同事';
}
