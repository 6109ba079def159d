import * as z from 'zod';
import type { CaseView, TimelineEntry } from '../../../cards/case.ts';
import { correctedWords } from '../../../cards/correct.ts';
import { correctedFields } from '../../../cards/forms.ts';
import { NO_PHONE_WORD } from '../../../cards/words.ts';
import { agentReads } from '../../../db/repositories/agent.ts';
import { type LedgerRow, ledgerReads } from '../../../db/repositories/ledger.ts';
import { unitReads } from '../../../db/repositories/unit.ts';
import { type Reading, today } from '../../ctx.ts';
import { announced, localDay } from '../../domain/calendar.ts';
import { type CaseRelation, type CaseState, type CaseStep, isHeld, isOpen, offeredSteps } from '../../domain/case.ts';
import { hideOwn, hidePersonal } from '../../domain/hiding.ts';
import { maskName } from '../../domain/name.ts';
import { isOtherItem } from '../../domain/other-errand.ts';
import { maskPhone } from '../../domain/person.ts';
import { factsOf } from '../ledger/facts.ts';
import { formerApplicants } from './corrections.ts';
import type { CaseDossier } from './dossier.ts';
import { errandOf } from './errand.ts';
import { escalationNote, escalationOf } from './escalation.ts';
import { type Applicant, type ApplicantVault, ERASED, openApplicant } from './secret.ts';

/** Ledger kinds that are not part of what colleagues read as the course of a case. */
const UNTOLD_KINDS = new Set(['reveal']);

type Notes = Readonly<Record<string, string>>;
/** Takes out of a text what tells of a person. */
type Hide = (text: string) => string;

interface TimelineStep extends TimelineEntry {
  readonly notes: Notes;
}

/** The case as the people of one chat see it: masked, with the buttons of those `relations`. */
export async function viewCase(
  ctx: Reading,
  request: { dossier: CaseDossier; relations: ReadonlySet<CaseRelation>; shared: boolean; forAdmin: boolean },
): Promise<CaseView> {
  const { dossier, relations, shared, forAdmin } = request;
  const { record } = dossier;
  const secrets = openApplicant(ctx, dossier.applicant);
  const { timeline, hide } = await readTimeline(ctx, { dossier, secrets });
  const lastNotes = (kind: string): Notes | undefined => timeline.findLast((entry) => entry.kind === kind)?.notes;
  const returned = lastNotes('return');
  const offered = offeredSteps({ ...dossier.facts, urgedDay: null }, relations, today(ctx));
  const escalation = offered.includes('escalate') ? await escalationOf(ctx, dossier) : undefined;
  const dueYear = record.dueAt === null ? undefined : Number(localDay(record.dueAt, ctx.zone).slice(0, 4));
  return {
    ...peopleAndPlaces(dossier),
    id: record.id,
    version: record.version,
    caseNumber: record.caseNumber,
    externalNumber: record.externalNumber && hideOwn(record.externalNumber, secrets.applicant),
    state: record.state,
    itemName: errandOf(ctx, dossier),
    departmentName: departmentOf(dossier),
    assistType: record.assistType,
    way: record.way,
    applicant: secrets.applicant ? maskName(secrets.applicant.name) : ERASED,
    phone: secrets.applicant ? phoneWords(secrets.applicant) : ERASED,
    registeredAt: record.registeredAt,
    acceptBy: record.acceptBy,
    dueAt: record.dueAt,
    remainingDays: record.remainingDays,
    overdue: isHeld(record.state) && record.dueAt !== null && record.missedDueAt === record.dueAt,
    calendarUnannounced: dueYear !== undefined && !announced(dueYear),
    returnNote:
      record.state === 'returned' && returned
        ? { reason: returned['reason'] ?? '', materials: returned['materials'] ?? '' }
        : null,
    outcome: record.outcome,
    outcomeNote: lastNotes('complete')?.['note'] ?? null,
    outcomeAdvice: lastNotes('complete')?.['advice'] ?? null,
    deliveryWay: record.deliveryWay,
    rating: record.rating,
    ratingComment: lastNotes('followUp')?.['note'] ?? null,
    rectification: lastNotes('rectify')?.['note'] ?? null,
    withdrawal: lastNotes('withdraw')?.['reason'] ?? null,
    note: noteOf(timeline.findLast(({ kind }) => kind === 'note')),
    remarks: hide(secrets.openRemarks(record.remarksSealed) ?? '') || null,
    urgedDay: record.urgedDay,
    namesRegistrar: shared && dossier.parties.registrarActive,
    mayErase: forAdmin && secrets.applicant !== undefined,
    timeline: timeline.map(({ notes: _, ...entry }) => entry),
    // A card is not drawn again at midnight, so 催办 stays on it: who presses it twice a day is told so.
    offers: offered.filter((step) =>
      step === 'escalate' ? escalation?.to : isButtonHere(step, { state: record.state, relations, shared }),
    ),
    escalationNote: escalation ? escalationNote(escalation) : null,
    call: null,
    zone: ctx.zone,
  };
}

function noteOf(entry: TimelineStep | undefined): CaseView['note'] {
  return entry ? { text: entry.note ?? '', who: entry.who, at: entry.at } : null;
}

/** Nobody urges themselves; and what has been answered is corrected by few, who open it privately. */
function isButtonHere(
  step: CaseStep,
  at: { state: CaseState; relations: ReadonlySet<CaseRelation>; shared: boolean },
): boolean {
  if (step === 'urge') return !at.relations.has('holder');
  return step !== 'correct' || isOpen(at.state) || !at.shared;
}

/** Masked; of somebody without a telephone that they have none, or that there is somebody to ask. */
function phoneWords({ phone, contact }: Applicant): string {
  if (phone !== '') return maskPhone(phone);
  return contact ? `没有电话，联系人${maskPhone(contact.phone)}` : NO_PHONE_WORD;
}

function departmentOf({ item, record, units }: CaseDossier): string {
  if (!isOtherItem(item)) return item.department;
  return units.find(({ id }) => id === record.otherDepartmentId)?.name ?? '没有指定部门';
}

function peopleAndPlaces({ record, registrar, registeringLine, holderLine, units, handlerName }: CaseDossier) {
  const nameOf = (unitId: number) => units.find((unit) => unit.id === unitId)?.name ?? '';
  return {
    residence: nameOf(record.residenceUnitId),
    townName: nameOf(record.townId),
    registrarName: registrar.name,
    registeringUnit: registeringLine[0]?.name ?? '',
    holderUnit: holderLine[0]?.center ?? '',
    handlerName,
  };
}

async function readTimeline(
  ctx: Reading,
  { dossier, secrets }: { dossier: CaseDossier; secrets: ApplicantVault },
): Promise<{ timeline: TimelineStep[]; hide: Hide }> {
  const entries = (await ledgerReads.ofCase(ctx.tx, dossier.record.id)).filter(({ kind }) => !UNTOLD_KINDS.has(kind));
  const agentIds = entries.flatMap(({ actorKind, actorId }) => (actorKind === 'agent' ? [Number(actorId)] : []));
  const agents = await agentReads.byIds(ctx.tx, [...new Set(agentIds)]);
  const units = await unitsNamed(ctx, { dossier, entries });
  // People wrote of the applicant as registered before corrections, too.
  const former = formerApplicants(entries, secrets);
  const hide = (text: string) => hidePersonal(former.reduce(hideOwn, text), secrets.applicant);
  const timeline = entries.map((entry) => {
    const notes = notesOf(entry, { secrets, hide });
    const agent = entry.actorKind === 'agent' ? agents.find(({ id }) => id === Number(entry.actorId)) : undefined;
    return {
      kind: entry.kind,
      at: entry.at,
      who: agent?.name ?? '系统',
      unit: units.find(({ id }) => id === entry.unitId)?.name ?? '',
      note: Object.values(notes).join('；') || null,
      notes,
    };
  });
  return { timeline, hide };
}

/** Units that the entries name; mostly the dossier has all of them. */
async function unitsNamed(ctx: Reading, history: { dossier: CaseDossier; entries: readonly LedgerRow[] }) {
  const { units } = history.dossier;
  const missing = history.entries.flatMap(({ unitId }) =>
    unitId === null || units.some(({ id }) => id === unitId) ? [] : [unitId],
  );
  return missing.length === 0 ? units : [...units, ...(await unitReads.withAbove(ctx.tx, [...new Set(missing)]))];
}

function notesOf(entry: LedgerRow, { secrets, hide }: { secrets: ApplicantVault; hide: Hide }): Notes {
  if (entry.sealed === null || entry.kind === 'register') return {};
  const notes = secrets.openNote(entry.sealed);
  if (!notes) return { note: ERASED };
  if (entry.kind === 'correct') return { note: correctedNote(entry, hide(notes['reason'] ?? '')) };
  return Object.fromEntries(Object.entries(notes).map(([name, text]) => [name, hide(text)]));
}

/** What was corrected, never from what to what. */
function correctedNote(entry: LedgerRow, reason: string): string {
  const said = z.object({ fields: z.array(z.enum(correctedFields)) }).safeParse(factsOf(entry));
  const fields = said.success ? correctedWords(said.data.fields) : '';
  return reason === '' ? fields : `${fields}（${reason}）`;
}
