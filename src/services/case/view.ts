import * as z from 'zod';
import type { CaseView, TimelineEntry } from '../../../cards/case.ts';
import { correctedWords } from '../../../cards/correct.ts';
import { correctedFields } from '../../../cards/forms.ts';
import { day } from '../../../cards/kit.ts';
import { NO_PHONE_WORD, OWN_FOLLOW_UP_WORD, suspendWords, terminateWords } from '../../../cards/words.ts';
import { agentReads } from '../../../db/repositories/agent.ts';
import type { CaseRow } from '../../../db/repositories/case.ts';
import { type LedgerRow, ledgerReads } from '../../../db/repositories/ledger.ts';
import { paperReads } from '../../../db/repositories/paper.ts';
import { standInReads } from '../../../db/repositories/stand-in.ts';
import { unitReads } from '../../../db/repositories/unit.ts';
import { type Reading, today } from '../../ctx.ts';
import { endOfDay, localDay } from '../../domain/calendar.ts';
import {
  type CaseRelation,
  type CaseState,
  type CaseStep,
  isHeld,
  isOpen,
  needsRectification,
  offeredSteps,
  suspendReasons,
  terminateReasons,
} from '../../domain/case.ts';
import { rectifyBy } from '../../domain/digest.ts';
import { hideOwn, hidePersonal } from '../../domain/hiding.ts';
import { maskName } from '../../domain/name.ts';
import { isOtherItem } from '../../domain/other-errand.ts';
import { takesPapers, tickOff } from '../../domain/paper.ts';
import type { Person } from '../../domain/permission.ts';
import { maskPhone } from '../../domain/person.ts';
import { standingSteps } from '../../domain/undo.ts';
import { isDeserted } from '../card/reachable.ts';
import { followUpAgentOf } from '../card/responsible.ts';
import type { Target } from '../card/targets.ts';
import { factsOf } from '../ledger/facts.ts';
import type { ReadEntry } from '../ledger/standing.ts';
import { workingCalendar, yearAnnounced } from '../setting/calendar.ts';
import { settingOf } from '../settings.ts';
import { formerApplicants } from './corrections.ts';
import type { CaseDossier } from './dossier.ts';
import { errandOf } from './errand.ts';
import { escalationNote, escalationOf } from './escalation.ts';
import { linksOf } from './links.ts';
import { handles } from './reveal.ts';
import { type Applicant, type ApplicantVault, ERASED, openApplicant } from './secret.ts';
import { undoneStepWord, viewUndo } from './view-undo.ts';

/** Ledger kinds that are not part of what colleagues read as the course of a case. */
const UNTOLD_KINDS = new Set(['reveal', 'attach', 'nameMaterial', 'papers', 'check']);

type Notes = Readonly<Record<string, string>>;
/** Takes out of a text what tells of a person. */
type Hide = (text: string) => string;

type TimelineStep = TimelineEntry & ReadEntry & { readonly notes: Notes };

/** The case as the people of one chat see it: masked, with the buttons of those `relations`. `reader`: whose private chat it is. */
export async function viewCase(
  ctx: Reading,
  request: {
    dossier: CaseDossier;
    relations: ReadonlySet<CaseRelation>;
    at: Target;
    reader: Person | undefined;
  },
): Promise<CaseView> {
  const { dossier, relations, at, reader } = request;
  const shared = reader === undefined;
  const { record } = dossier;
  const secrets = openApplicant(ctx, dossier.applicant);
  const entries = await ledgerReads.ofCase(ctx.tx, record.id);
  const { timeline, hide } = await readTimeline(ctx, { dossier, secrets, all: entries });
  const standing = standingSteps(timeline);
  const lastNotes = (kind: string): Notes | undefined => standing.findLast((entry) => entry.kind === kind)?.notes;
  const returned = lastNotes('return');
  const offered = offeredSteps({ ...dossier.facts, mayUrgeFrom: null }, relations, today(ctx));
  const escalation = offered.includes('escalate') ? await escalationOf(ctx, dossier) : undefined;
  const dueYear = record.dueAt === null ? undefined : Number(localDay(record.dueAt, ctx.zone).slice(0, 4));
  return {
    ...peopleAndPlaces(dossier),
    ...(await viewPapers(ctx, { dossier, entries, erased: secrets.applicant === undefined })),
    ...viewUndo({ entries: timeline, standing }, { dossier, relations, at }),
    ...stopOf(record, lastNotes),
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
    calendarUnannounced: dueYear !== undefined && !(await yearAnnounced(ctx, dueYear)),
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
    rectifyBy: await rectifyEnd(ctx, dossier),
    withdrawal: lastNotes('withdraw')?.['reason'] ?? null,
    note: noteOf(timeline.findLast(({ kind }) => kind === 'note')),
    remarks: hide(secrets.openRemarks(record.remarksSealed) ?? '') || null,
    urgedDay: record.urgedDay,
    followUpName: await visitorName(ctx, dossier),
    namesRegistrar: shared && dossier.parties.keeperActive,
    mayRegisterAgain: !shared && secrets.applicant !== undefined && handles(relations),
    links: await linksOf(ctx, { record, reader }),
    mayErase: reader?.role === 'admin' && secrets.applicant !== undefined,
    timeline: timeline.map(({ kind, at, who, unit, note }) => ({ kind, at, who, unit, note })),
    // A card is not drawn again at midnight, so 催办 stays on it: who presses it twice a day is told so.
    offers: offered.filter((step) =>
      step === 'escalate' ? escalation?.to : isButtonHere(step, { state: record.state, relations, shared }),
    ),
    desertedAt: (await isDeserted(ctx, dossier)) ? ctx.now : null,
    escalationNote: escalation ? escalationNote(escalation) : null,
    returnedBefore: record.returnCount > 0,
    call: null,
    zone: ctx.zone,
  };
}

async function viewPapers(
  ctx: Reading,
  {
    dossier: { record, item },
    entries,
    erased,
  }: { dossier: CaseDossier; entries: readonly LedgerRow[]; erased: boolean },
): Promise<Pick<CaseView, 'papers' | 'materials'>> {
  // Most cases have none, and their cards are drawn often.
  const came = entries.some(({ kind }) => kind === 'attach');
  const papers = came ? await paperReads.keptOfCase(ctx.tx, record.id) : [];
  const named = new Set(papers.flatMap(({ material }) => material ?? []));
  const ticked = tickOff(item.materials, named);
  return {
    papers: erased ? null : { ...ticked, count: papers.length, open: takesPapers(record.state) },
    materials: item.materials.map((name) => ({ name, there: named.has(name) })),
  };
}

/** The end of the day by which a bad rating asks for 整改. */
async function rectifyEnd(ctx: Reading, { record, facts }: CaseDossier): Promise<number | null> {
  if (record.state !== 'followedUp' || record.followedUpAt === null || !needsRectification(facts)) return null;
  const rules = {
    rectificationDays: await settingOf(ctx, 'rectificationDays'),
    calendar: await workingCalendar(ctx),
  };
  return endOfDay(rectifyBy(localDay(record.followedUpAt, ctx.zone), rules), ctx.zone);
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

/** Why the case is suspended or was terminated. */
function stopOf(
  record: CaseRow,
  lastNotes: (kind: string) => Notes | undefined,
): Pick<CaseView, 'suspension' | 'termination'> {
  const { suspendReason, suspendedAt, terminateReason } = record;
  const [suspended, terminated] = [lastNotes('suspend'), lastNotes('terminate')];
  return {
    suspension:
      suspendReason === null || suspendedAt === null
        ? null
        : { reason: suspendReason, since: suspendedAt, note: suspended?.['reason'] ?? '' },
    termination:
      terminateReason === null
        ? null
        : { reason: terminateReason, note: terminated?.['reason'] ?? '', advice: terminated?.['advice'] ?? '' },
  };
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

function peopleAndPlaces(dossier: CaseDossier) {
  const { record, registrar, keeper, registeringLine, holderLine, units, handlerName } = dossier;
  const nameOf = (unitId: number) => units.find((unit) => unit.id === unitId)?.name ?? '';
  return {
    residence: nameOf(record.residenceUnitId),
    townName: nameOf(record.townId),
    registrarName: registrar.name,
    keeperName: keeper.name,
    keptByRegistrar: record.keeperId === record.registrarId,
    registeringUnit: registeringLine[0]?.name ?? '',
    holderUnit: holderLine[0]?.center ?? '',
    handlerName,
  };
}

/** With who stands in when the card is drawn, and up to which day. It is not drawn again when a 代班 begins, ends or is ended early. */
async function visitorName(ctx: Reading, dossier: CaseDossier): Promise<string | null> {
  const visitor = followUpAgentOf(dossier);
  if (!visitor || dossier.record.state !== 'delivered') return visitor?.name ?? null;
  const [standIn] = await standInReads.ofAbsent(ctx.tx, { agentIds: [visitor.id], today: today(ctx) });
  if (!standIn) return visitor.name;
  return `${visitor.name}（到${day(endOfDay(standIn.toDay, ctx.zone), ctx.zone)}由${standIn.agent.name}代班）`;
}

async function readTimeline(
  ctx: Reading,
  { dossier, secrets, all }: { dossier: CaseDossier; secrets: ApplicantVault; all: readonly LedgerRow[] },
): Promise<{ timeline: TimelineStep[]; hide: Hide }> {
  const entries = all.filter(({ kind }) => !UNTOLD_KINDS.has(kind));
  const agentIds = entries.flatMap((entry) => [
    ...(entry.actorKind === 'agent' ? [Number(entry.actorId)] : []),
    ...(handedTo(entry) ?? []),
    ...stoodInFor(entry),
  ]);
  const agents = await agentReads.byIds(ctx.tx, [...new Set(agentIds)]);
  const units = await unitsNamed(ctx, { dossier, entries });
  // People wrote of the applicant as registered before corrections, too.
  const former = formerApplicants(entries, secrets);
  const hide = (text: string) => hidePersonal(former.reduce(hideOwn, text), secrets.applicant);
  const timeline = entries.map((entry) => {
    const notes = notesOf(entry, { secrets, hide });
    const nameOf = (agentId: number) => agents.find(({ id }) => id === agentId)?.name;
    return {
      ...entry,
      payload: factsOf(entry),
      who: whoWords(entry, nameOf),
      unit: units.find(({ id }) => id === entry.unitId)?.name ?? '',
      note: [...factWords(entry, nameOf), ...Object.values(notes)].join('；') || null,
      notes,
    };
  });
  return { timeline, hide };
}

/** 李强（代王芳）: whoever stood in for a colleague is named with that one. */
function whoWords(entry: LedgerRow, nameOf: (agentId: number) => string | undefined): string {
  const who = (entry.actorKind === 'agent' ? nameOf(Number(entry.actorId)) : undefined) ?? '系统';
  const absent = stoodInFor(entry).flatMap((id) => nameOf(id) ?? []);
  return absent.length === 0 ? who : `${who}（代${absent.join('、')}）`;
}

function stoodInFor(entry: LedgerRow): number[] {
  const { standsInFor } = factsOf(entry);
  return typeof standsInFor === 'number' ? [standsInFor] : [];
}

/** To whom an entry hands the case. */
function handedTo(entry: LedgerRow): number[] | undefined {
  if (entry.kind !== 'handOver' && entry.kind !== 'entrust') return undefined;
  const facts = factsOf(entry);
  const id = entry.kind === 'handOver' ? facts['handlerId'] : facts['keeperId'];
  return typeof id === 'number' ? [id] : undefined;
}

/** What an entry's facts say in words beside what somebody typed. */
function factWords(entry: LedgerRow, nameOf: (agentId: number) => string | undefined): string[] {
  const names = handedTo(entry)?.flatMap((id) => nameOf(id) ?? []);
  if (entry.kind === 'followUp') return factsOf(entry)['byHandler'] === true ? [OWN_FOLLOW_UP_WORD] : [];
  return names ? names.map((name) => `转给${name}`) : stopReason(entry);
}

/** `等群众提供`: of a 中止 or 终止, but for 其他. */
function stopReason(entry: LedgerRow): string[] {
  const { suspendReason, terminateReason } = factsOf(entry);
  const suspended = entry.kind === 'suspend' && suspendReasons.find((reason) => reason === suspendReason);
  if (suspended && suspended !== 'other') return [suspendWords[suspended]];
  const terminated = entry.kind === 'terminate' && terminateReasons.find((reason) => reason === terminateReason);
  return terminated && terminated !== 'other' ? [terminateWords[terminated]] : [];
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
  if (entry.kind === 'undo') return { note: undoneStepWord(factsOf(entry)) };
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
