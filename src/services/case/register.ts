import type { ErrandTwin } from '../../../cards/registration.ts';
import { applicantWrites } from '../../../db/repositories/applicant.ts';
import { type CaseRow, caseWrites } from '../../../db/repositories/case.ts';
import { caseSequenceWrites } from '../../../db/repositories/case-sequence.ts';
import { type DraftRow, draftWrites } from '../../../db/repositories/draft.ts';
import { type Ctx, requireStaff, type Staff, today } from '../../ctx.ts';
import { unregistered } from '../../domain/case-count.ts';
import { type CaseNumberParts, formatCaseNumber } from '../../domain/case-number.ts';
import { acceptDeadline, completionDeadline } from '../../domain/deadline.ts';
import { refreshCaseCards } from '../card/refresh-case.ts';
import { isPerson } from '../card/targets.ts';
import { type AdmittedDraft, admitDraft, keepDraft, withoutWrong } from '../draft/admit.ts';
import { type DraftContent, EMPTIED } from '../draft/content.ts';
import { postNextPerson } from '../draft/go-on.ts';
import type { RegistrationErrors } from '../draft/view.ts';
import { appendLedger } from '../ledger/append.ts';
import { localDays } from '../setting/calendar.ts';
import { countSteps } from '../stats/count.ts';
import { type CheckedRegistration, checkRegistration, isUnreachable } from './check-registration.ts';
import { type CaseDossier, openDossier } from './dossier.ts';
import { errandTwin } from './errand-twin.ts';
import { firstFacts } from './recorded.ts';
import { sealPersonal } from './secret.ts';

/**
 * `elsewhere`: what follows may not stand where the form was sent, and was posted to the registrar alone. `next`: the form of the
 * next person on the typed line follows.
 */
export type RegistrationResult =
  | { readonly ok: true; readonly dossier: CaseDossier; readonly elsewhere: boolean; readonly next: boolean }
  /** Nothing was registered; what was typed is kept in the draft. */
  | {
      readonly ok: false;
      readonly draft: DraftRow;
      readonly errors: RegistrationErrors;
      readonly twin: ErrandTwin | null;
      /** Was asked for a contact, now or before. */
      readonly unreachable: boolean;
      readonly elsewhere: boolean;
    };

/**
 * 提交登记: turns a registration card into a case and forwards it to the town's center, or completes it at once where the item
 * lists 村级 and 当场办结 is ticked. The card becomes the case's living card in its chat, unless that is a foreign group.
 * When the same person's same errand has no answer yet, nothing is registered until somebody says that it is another: `despite` is
 * the case they were shown. For somebody with neither telephone nor contact one is asked for first: `unreachable` says that there is
 * none. A field left empty in a group's card keeps what the owner's draft already holds.
 */
export async function registerCase(
  ctx: Ctx,
  input: {
    draftId: number;
    despite?: number | undefined;
    unreachable?: boolean;
    typed: DraftContent;
    chatId: string;
    messageId: string;
  },
): Promise<RegistrationResult> {
  const staff = requireStaff(ctx);
  const admitted = await admitDraft(ctx, { ...input, submitted: true });
  const { draft, elsewhere, content } = admitted;
  const check = await checkRegistration(ctx, { staff, content });
  if (!check.ok) {
    const { errors } = check;
    return putAside(ctx, { draft, elsewhere, content: draft.shared ? withoutWrong(content, errors) : content, errors });
  }
  const { checked } = check;
  const unreachable = isUnreachable(checked);
  if (unreachable && !input.unreachable) {
    return putAside(ctx, { draft, elsewhere, content, errors: { contact: NO_CONTACT }, unreachable });
  }
  const at = draft.shared
    ? { target: input.chatId, agentId: null }
    : { target: staff.agent.openId, agentId: staff.agent.id };
  const origin = content.origin ?? null;
  const entered = await enterCase(ctx, { staff, checked, originTarget: at.target, despite: input.despite, origin });
  if (entered.twin) return putAside(ctx, { draft, elsewhere, content, errors: {}, twin: entered.twin, unreachable });
  const { dossier } = entered;
  await draftWrites.use(ctx.tx, { id: draft.id, caseId: dossier.record.id, contentSealed: EMPTIED });
  await refreshCaseCards(ctx, dossier, {
    event: checked.onTheSpot ? 'doneOnTheSpot' : 'register',
    adopted: { at, messageId: elsewhere ? null : input.messageId },
  });
  await writeFirstEntries(ctx, entered);
  const next = await postNextPerson(ctx, { ...admitted, chatId: input.chatId });
  return { ok: true, dossier, elsewhere, next };
}

/** A case whose row stands, and what its first ledger entries say. */
interface EnteredCase {
  readonly twin?: undefined;
  readonly dossier: CaseDossier;
  readonly checked: CheckedRegistration;
  readonly sealed: string;
}

/**
 * The rows of applicant and case under the next number; cards and ledger entries follow. Nothing is written where the same person's
 * same errand has no answer yet, unless it is `despite`.
 */
export async function enterCase(
  ctx: Ctx,
  input: {
    staff: Staff;
    checked: CheckedRegistration;
    originTarget: string;
    despite?: number | undefined;
    /** The case whose applicant this one is for, too. */
    origin: number | null;
  },
): Promise<EnteredCase | { readonly twin: ErrandTwin }> {
  const { staff, checked, originTarget } = input;
  const sealed = sealPersonal(ctx, checked);
  // The number first: registrations of a town wait for it, so that none overlooks another of the same moment.
  const number = await takeCaseNumber(ctx, checked.town);
  const shared = !isPerson(originTarget);
  const twin = await errandTwin(ctx, { staff, checked, shared, origin: input.origin ?? undefined });
  if (twin && twin.caseId !== input.despite) {
    await caseSequenceWrites.giveBack(ctx.tx, number);
    return { twin };
  }
  const place = placeOf(staff, checked);
  const applicant = await applicantWrites.insert(ctx.tx, { ...place, ...sealed.applicant });
  const record = await insertCase(ctx, {
    staff,
    place,
    checked,
    originTarget,
    applicantId: applicant.id,
    otherErrandSealed: sealed.otherErrand,
    remarksSealed: sealed.remarks,
    linkedCaseId: twin?.caseId ?? input.origin,
    caseNumber: formatCaseNumber(number),
  });
  const { item, units } = checked;
  const handlerName = record.handlerId === null ? null : staff.agent.name;
  const found = {
    record,
    item,
    registrar: staff.agent,
    keeper: (checked.stoodInFor ?? staff).agent,
    applicant,
    handlerName,
    followUpAgent: null,
  };
  return { dossier: await openDossier(ctx, found, units), checked, sealed: sealed.note };
}

/** Nothing is registered yet; what was typed is kept in the draft, whose form comes back. */
async function putAside(
  ctx: Ctx,
  aside: AdmittedDraft & { errors: RegistrationErrors; twin?: ErrandTwin; unreachable?: boolean },
): Promise<RegistrationResult> {
  const { errors, elsewhere, twin = null, unreachable = false } = aside;
  return { ok: false, draft: await keepDraft(ctx, aside), errors, twin, unreachable, elsewhere };
}

const NO_CONTACT = '没有电话的群众，请填一位联系人；实在没有，再点“仍要登记”';

/** Whose the case is to begin with. It stands in its applicant's row, too. */
type Place = Pick<CaseRow, 'townId' | 'registeringUnitId' | 'holderUnitId'>;

function placeOf(staff: Staff, { town, onTheSpot, stoodInFor }: CheckedRegistration): Place {
  const { unit } = stoodInFor ?? staff;
  const holderUnitId = onTheSpot ? unit.id : town.id;
  return { townId: town.id, registeringUnitId: unit.id, holderUnitId };
}

async function insertCase(
  ctx: Ctx,
  registration: {
    staff: Staff;
    place: Place;
    checked: CheckedRegistration;
    originTarget: string;
    applicantId: number;
    otherErrandSealed: string | null;
    remarksSealed: string | null;
    linkedCaseId: number | null;
    caseNumber: string;
  },
): Promise<CaseRow> {
  const { staff, checked, applicantId, otherErrandSealed, remarksSealed, linkedCaseId } = registration;
  return caseWrites.insert(ctx.tx, {
    ...registration.place,
    ...(checked.onTheSpot ? completedOnTheSpot(ctx, staff) : await forwarded(ctx, checked)),
    caseNumber: registration.caseNumber,
    version: 1,
    registrarId: staff.agent.id,
    keeperId: (checked.stoodInFor ?? staff).agent.id,
    applicantId,
    itemId: checked.item.id,
    itemVersionId: checked.item.versionId,
    otherDepartmentId: checked.otherDepartmentId,
    linkedCaseId,
    assistType: checked.item.assistType,
    way: checked.way,
    residenceUnitId: checked.residence.id,
    originTarget: registration.originTarget,
    otherErrandSealed,
    remarksSealed,
    registeredAt: ctx.now,
    registeredDay: today(ctx),
    promisedDays: checked.item.workingDays,
  });
}

async function forwarded(ctx: Ctx, { item }: CheckedRegistration) {
  const days = await localDays(ctx);
  return {
    state: 'forwarded' as const,
    acceptBy: acceptDeadline(ctx.now, days),
    dueAt: completionDeadline(ctx.now, item.workingDays, days).dueAt,
  };
}

function completedOnTheSpot(ctx: Ctx, { agent }: Staff) {
  return {
    state: 'completed' as const,
    handlerId: agent.id,
    completedAt: ctx.now,
    completedOnTime: true,
    outcome: 'granted' as const,
  };
}

async function takeCaseNumber(
  ctx: Ctx,
  town: CheckedRegistration['town'],
): Promise<CaseNumberParts & { townId: number }> {
  if (town.townNumber === null) throw new Error(`town ${town.id} has no number for its cases`);
  const year = Number(today(ctx).slice(0, 4));
  const running = await caseSequenceWrites.next(ctx.tx, { townId: town.id, year });
  return { townId: town.id, year, townNumber: town.townNumber, running };
}

/** The ledger's first entries of a case, and the counters with them. */
export async function writeFirstEntries(ctx: Ctx, registration: EnteredCase): Promise<void> {
  const { record, item } = registration.dossier;
  const note = { townId: record.townId, caseId: record.id };
  const { outcome, completedOnTime, holderUnitId } = record;
  const { onTheSpot, stoodInFor } = registration.checked;
  const standsInFor = stoodInFor?.agent.id;
  const next = onTheSpot
    ? { ...note, kind: 'complete' as const, payload: { outcome, completedOnTime, onTheSpot: true, standsInFor } }
    : { ...note, kind: 'forward' as const, payload: { holderUnitId, standsInFor } };
  const payload = { ...firstFacts(ctx, record), itemCode: item.code, standsInFor };
  const first = { ...note, kind: 'register' as const, payload, sealed: registration.sealed };
  await appendLedger(ctx, first, next);
  await countSteps(ctx, { dossier: registration.dossier, before: unregistered, steps: [first, next] });
}
