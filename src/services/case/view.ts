import type { CaseView, TimelineEntry } from '../../../cards/case.ts';
import { agentReads } from '../../../db/repositories/agent.ts';
import type { CaseRow } from '../../../db/repositories/case.ts';
import { type LedgerRow, ledgerReads } from '../../../db/repositories/ledger.ts';
import { unitReads } from '../../../db/repositories/unit.ts';
import { type Reading, today } from '../../ctx.ts';
import { announced, localDay } from '../../domain/calendar.ts';
import { type CaseRelation, offeredSteps } from '../../domain/case.ts';
import { remainingWorkingDays } from '../../domain/deadline.ts';
import { maskName, maskPhone } from '../../domain/person.ts';
import type { CaseDossier } from './dossier.ts';
import { type ApplicantVault, applicantVault, ERASED, hideApplicant, hideOwn } from './secret.ts';

/** Ledger kinds that are not part of what colleagues read as the course of a case. */
const UNTOLD_KINDS = new Set(['reveal']);

type Notes = Readonly<Record<string, string>>;

interface Told extends TimelineEntry {
  readonly notes: Notes;
}

/** What is told of a case besides its dossier. */
interface CaseCourse {
  readonly secrets: ApplicantVault;
  /** Of the ledger, oldest first. */
  readonly entries: readonly LedgerRow[];
}

async function readCourse(ctx: Reading, record: CaseRow): Promise<CaseCourse> {
  const secrets = await applicantVault(ctx, record.applicantId);
  return { secrets, entries: await ledgerReads.ofCase(ctx.tx, record.id) };
}

/** The case as the people of one chat see it: masked, with the buttons of those `relations`. */
export async function viewCase(
  ctx: Reading,
  of: { dossier: CaseDossier; relations: ReadonlySet<CaseRelation> },
): Promise<CaseView> {
  const { dossier, relations } = of;
  const { record, item } = dossier;
  const course = await readCourse(ctx, record);
  const { secrets } = course;
  const timeline = await tellTimeline(ctx, course);
  const lastNotes = (kind: string): Notes | undefined => timeline.findLast((entry) => entry.kind === kind)?.notes;
  const returned = lastNotes('return');
  const dueYear = record.dueAt === null ? undefined : Number(localDay(record.dueAt, ctx.zone).slice(0, 4));
  return {
    id: record.id,
    version: record.version,
    caseNumber: record.caseNumber,
    externalNumber: record.externalNumber && hideOwn(record.externalNumber, secrets.applicant),
    state: record.state,
    itemName: item.subItem,
    departmentName: item.department,
    assistType: record.assistType,
    way: record.way,
    applicant: secrets.applicant ? maskName(secrets.applicant.name) : ERASED,
    phone: secrets.applicant ? maskPhone(secrets.applicant.phone) : ERASED,
    ...(await peopleAndPlaces(ctx, dossier)),
    registeredAt: record.registeredAt,
    acceptBy: record.acceptBy,
    dueAt: record.dueAt,
    remainingDays: record.remainingDays,
    workingDaysLeft: record.dueAt === null ? null : remainingWorkingDays(record.dueAt, ctx.now, ctx.zone),
    calendarUnannounced: dueYear !== undefined && !announced(dueYear),
    returnNote:
      record.state === 'returned' && returned
        ? { reason: returned['reason'] ?? '', materials: returned['materials'] ?? '' }
        : null,
    outcome: record.outcome,
    outcomeNote: lastNotes('complete')?.['note'] ?? null,
    deliveryWay: record.deliveryWay,
    rating: record.rating,
    ratingComment: lastNotes('followUp')?.['note'] ?? null,
    rectification: lastNotes('rectify')?.['note'] ?? null,
    withdrawal: lastNotes('withdraw')?.['reason'] ?? null,
    urgedDay: record.urgedDay,
    timeline: timeline.map(({ notes: _, ...entry }) => entry),
    // A card is not drawn again at midnight, so 催办 stays on it: who presses it twice a day is told so. Nobody urges
    // themselves: where the holder's people read, a manager's right to urge gives no button.
    offers: offeredSteps({ ...dossier.facts, urgedDay: null }, relations, today(ctx)).filter(
      (step) => step !== 'urge' || !relations.has('holder'),
    ),
    now: ctx.now,
    zone: ctx.zone,
  };
}

async function peopleAndPlaces(ctx: Reading, { record, registrar, registeringLine, holderLine }: CaseDossier) {
  const residence = await unitReads.byId(ctx.tx, record.residenceUnitId);
  const town = await unitReads.byId(ctx.tx, record.townId);
  const handler = record.handlerId === null ? undefined : await agentReads.byId(ctx.tx, record.handlerId);
  return {
    residence: residence?.name ?? '',
    townName: town?.name ?? '',
    registrarName: registrar.name,
    registeringUnit: registeringLine[0]?.name ?? '',
    holderUnit: holderLine[0]?.center ?? '',
    handlerName: handler?.name ?? null,
  };
}

async function tellTimeline(ctx: Reading, { secrets, entries }: CaseCourse): Promise<Told[]> {
  const told: Told[] = [];
  for (const entry of entries) {
    if (UNTOLD_KINDS.has(entry.kind)) continue;
    const notes = notesOf(entry, secrets);
    const agent = entry.actorKind === 'agent' ? await agentReads.byId(ctx.tx, Number(entry.actorId)) : undefined;
    const unit = entry.unitId === null ? undefined : await unitReads.byId(ctx.tx, entry.unitId);
    told.push({
      kind: entry.kind,
      at: entry.at,
      who: agent?.name ?? '系统',
      unit: unit?.name ?? '',
      note: Object.values(notes).join('；') || null,
      notes,
    });
  }
  return told;
}

function notesOf(entry: LedgerRow, secrets: ApplicantVault): Notes {
  const payload = JSON.parse(entry.payload) as { sealed?: string };
  if (payload.sealed === undefined || entry.kind === 'register') return {};
  const notes = secrets.openNote(payload.sealed);
  if (!notes) return { note: ERASED };
  return Object.fromEntries(
    Object.entries(notes).map(([name, text]) => [name, hideApplicant(text, secrets.applicant)]),
  );
}
