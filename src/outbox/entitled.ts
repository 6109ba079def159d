/**
 * Who may get what, looked at once more when it is drawn: hours may have passed since it was queued, people leave and lose rights
 * meanwhile, and what rests on a ledger entry is not sent without it.
 */
import { agentReads } from '../../db/repositories/agent.ts';
import { bulletinReads } from '../../db/repositories/bulletin.ts';
import type { DraftRow } from '../../db/repositories/draft.ts';
import { ledgerReads } from '../../db/repositories/ledger.ts';
import { lineOf, unitReads } from '../../db/repositories/unit.ts';
import { personOf, type Reading, type Staff, today } from '../ctx.ts';
import { decideStep } from '../domain/case.ts';
import type { Half } from '../domain/information.ts';
import { relationsTo } from '../domain/permission.ts';
import { may } from '../domain/rights.ts';
import { isEditor, isReader } from '../services/bulletin/editor.ts';
import { isPerson, type Target } from '../services/card/targets.ts';
import { type CaseDossier, loadCase } from '../services/case/dossier.ts';
import { slipsOf } from '../services/case/print.ts';
import { handles } from '../services/case/reveal.ts';
import { openDraft } from '../services/draft/content.ts';
import { mayCheck } from '../services/follow-up/checker.ts';
import { officeFor, officeOver } from '../services/information/office.ts';
import { informationRanking, maySeeRanking } from '../services/information/ranking.ts';
import { lastRecordedAt, requireRecordedCase, requireRecordedStaff } from '../services/ledger/as-recorded.ts';
import type { LedgerPlace } from '../services/ledger/place.ts';
import type { OutboxContent } from '../services/message/content.ts';
import type { LetterOrder, LetterOrderOf } from '../services/message/letter-order.ts';
import type { SheetOrder } from '../services/message/sheet-order.ts';
import { readerRights } from '../services/report/view-in-full.ts';
import { staffByIds } from '../services/stand-in/running.ts';

/**
 * The member of staff, while they work here; not somebody whose chat the target is not.
 * @throws ChangedByHand when that person's row is not as the ledger says.
 */
export async function ownerOf(
  ctx: Reading,
  { agentId, target }: { agentId: number; target: string },
): Promise<Staff | undefined> {
  const owner = await activeStaff(ctx, agentId);
  if (owner?.agent.openId !== target) return undefined;
  await requireRecordedStaff(ctx, owner);
  return owner;
}

/** The applicant's full data, or one of the case's papers: to whom it was revealed, while they handle the case or have it to check. */
export async function mayGetReveal(
  ctx: Reading,
  reveal: {
    readonly target: string;
    readonly content: Extract<OutboxContent, { kind: 'reveal' | 'paper' }>;
    readonly dossier: CaseDossier;
  },
): Promise<boolean> {
  const { target, content, dossier } = reveal;
  const { agentId, caseId, entry } = content;
  const owner = await ownerOf(ctx, { agentId, target });
  if (!owner) return false;
  const checks = content.kind === 'reveal' && (await mayCheck(ctx, { staff: owner, dossier }));
  if (!checks && !handles(relationsTo(dossier.parties, personOf(owner)))) return false;
  const kind = content.kind === 'paper' ? 'papers' : 'reveal';
  if (!(await isWritten(ctx, { entry, kind, agentId, caseId }))) return false;
  await requireRecordedCase(ctx, dossier);
  return true;
}

/**
 * The form of a correction: to whom it was opened, while they may correct; with the applicant's full data only while they handle the
 * case and the ledger tells of the look. Returns the unit of who gets it; undefined: nobody.
 */
export async function mayGetCorrection(
  ctx: Reading,
  form: {
    readonly target: string;
    readonly content: Extract<OutboxContent, { kind: 'correction' }>;
    readonly dossier: CaseDossier;
  },
): Promise<{ readonly unit: Staff['unit']; readonly inFull: boolean } | undefined> {
  const { target, content, dossier } = form;
  const { agentId, caseId, entry } = content;
  const owner = await ownerOf(ctx, { agentId, target });
  if (!owner) return undefined;
  const relations = relationsTo(dossier.parties, personOf(owner));
  if (!decideStep(dossier.facts, { step: 'correct', relations, today: today(ctx) }).ok) return undefined;
  if (entry === null) return { unit: owner.unit, inFull: false };
  if (!handles(relations) || !(await isWritten(ctx, { entry, kind: 'reveal', agentId, caseId }))) return undefined;
  await requireRecordedCase(ctx, dossier);
  return { unit: owner.unit, inFull: true };
}

/** A form that was opened from a case has its applicant's full data in it: while the owner handles that case, and its rows are as signed. */
export async function mayGetOrigin(ctx: Reading, draft: DraftRow): Promise<boolean> {
  const { origin } = openDraft(ctx.vault, draft);
  if (origin === undefined) return true;
  const owner = await activeStaff(ctx, draft.agentId);
  const dossier = await loadCase(ctx, origin);
  if (!owner || !handles(relationsTo(dossier.parties, personOf(owner)))) return false;
  await requireRecordedCase(ctx, dossier);
  return true;
}

/** A list of cases: to whoever asked, while they work here, in their private chat or in the group where they asked. */
export async function mayGetCases(
  ctx: Reading,
  { target, agentId }: { target: string; agentId: number },
): Promise<Staff | undefined> {
  return isPerson(target) ? ownerOf(ctx, { agentId, target }) : activeStaff(ctx, agentId);
}

/** An Excel file: to the manager who asked, or into the group of that manager's unit; with full data to an administrator alone, with the phones of staff to the manager alone. */
export async function mayGetSheet(
  ctx: Reading,
  { target, order }: { target: string; order: SheetOrder },
): Promise<boolean> {
  if (order.name === 'bulletin') return mayGetBulletin(ctx, { target, order });
  const asker = await activeStaff(ctx, order.agentId);
  if (order.name === 'information') return mayGetRanking(ctx, { target, asker, order });
  if (!asker) return false;
  const person = personOf(asker);
  if (order.name === 'importTemplate' || order.name === 'importFaults') {
    if (!may('importLists', person) || target !== asker.agent.openId) return false;
    await requireRecordedStaff(ctx, asker);
    return true;
  }
  const unitLine = (await unitReads.lineage(ctx.tx, order.unitId)).map(({ id }) => id);
  if (!may('seeFigures', person, { unitLine })) return false;
  const toAsker = target === asker.agent.openId;
  if (order.name === 'ledger' && order.full) {
    const { entry } = order.full;
    if (!toAsker || !may('exportApplicants', person)) return false;
    await requireRecordedStaff(ctx, asker);
    return isWritten(ctx, { entry, kind: 'export', agentId: asker.agent.id, caseId: null });
  }
  if (order.name === 'roster') {
    if (!toAsker) return false;
    await requireRecordedStaff(ctx, asker);
    const { entry } = order;
    return isWritten(ctx, { entry, kind: 'exportRoster', agentId: asker.agent.id, caseId: null });
  }
  return toAsker || (await unitReads.byChat(ctx.tx, target)).some(({ id }) => id === asker.unit.id);
}

/** A Word file: of a bulletin, as its Excel file. */
export async function mayGetLetter(
  ctx: Reading,
  { target, order }: { target: string; order: LetterOrder },
): Promise<boolean> {
  if (order.name === 'bulletin') return mayGetBulletin(ctx, { target, order });
  if (order.name === 'slip') return mayGetSlip(ctx, { target, order });
  const asker = await activeStaff(ctx, order.agentId);
  if (order.name === 'information') return mayGetRanking(ctx, { target, asker, order });
  if (!asker) return false;
  if (order.name === 'report') {
    const { reporter, receiver } = await readerRights(ctx, { staff: asker, townId: order.unitId });
    return target === asker.agent.openId && (reporter || receiver);
  }
  const unitLine = (await unitReads.lineage(ctx.tx, order.unitId)).map(({ id }) => id);
  if (!may('seeFigures', personOf(asker), { unitLine })) return false;
  return (
    target === asker.agent.openId || (await unitReads.byChat(ctx.tx, target)).some(({ id }) => id === asker.unit.id)
  );
}

/** A paper of a case: to whom the ledger says that it was printed, while they handle the case and it is still the paper that fits. */
async function mayGetSlip(
  ctx: Reading,
  { target, order }: { target: string; order: LetterOrderOf<'slip'> },
): Promise<boolean> {
  const { agentId, caseId, entry, slip } = order;
  const owner = await ownerOf(ctx, { agentId, target });
  if (!owner) return false;
  const dossier = await loadCase(ctx, caseId);
  if (!handles(relationsTo(dossier.parties, personOf(owner)))) return false;
  if (!(await isWritten(ctx, { entry, kind: 'reveal', agentId, caseId }))) return false;
  await requireRecordedCase(ctx, dossier);
  return dossier.applicant.wrappedKey !== null && slipsOf(dossier).includes(slip);
}

/**
 * What is published: to everybody who works in the banner, and into the groups of its units. A draft: to whoever asked, while they make
 * bulletins.
 */
async function mayGetBulletin(
  ctx: Reading,
  { target, order }: { target: string; order: { readonly bulletinId: number; readonly agentId: number } },
): Promise<boolean> {
  const bulletin = await bulletinReads.byId(ctx.tx, order.bulletinId);
  if (!bulletin) return false;
  if (bulletin.state === 'draft') {
    const owner = await ownerOf(ctx, { agentId: order.agentId, target });
    return owner !== undefined && isEditor(owner, bulletin.bannerId);
  }
  if (isPerson(target)) {
    const agent = await agentReads.byOpenId(ctx.tx, target);
    return agent !== undefined && isReader(ctx, { agent }, bulletin.bannerId);
  }
  const bound = (await unitReads.byChat(ctx.tx, target)).map(({ id }) => id);
  const units = await unitReads.withAbove(ctx.tx, bound);
  return bound.some((id) => lineOf(id, units).some((unit) => unit.id === bulletin.bannerId));
}

/** The ranking of the information work as a file: to whoever asked alone, and only where they may see it by then. */
async function mayGetRanking(
  ctx: Reading,
  {
    target,
    asker,
    order: { bannerId, half },
  }: { target: string; asker: Staff | undefined; order: { readonly bannerId: number; readonly half: Half } },
): Promise<boolean> {
  if (!asker || target !== asker.agent.openId) return false;
  await requireRecordedStaff(ctx, asker);
  const office = await officeFor(ctx, asker);
  const ranking = await informationRanking(ctx, { office: await officeOver(ctx, bannerId), half });
  return maySeeRanking(asker, { ranking, office });
}

/** A private card stands in its owner's chat, and any other in a group; whether they may see its subject is looked at when it is drawn. */
export async function hasItsOwner(ctx: Reading, { target, agentId }: Target): Promise<boolean> {
  return agentId === null ? !isPerson(target) : (await ownerOf(ctx, { agentId, target })) !== undefined;
}

/** Nobody who has left gets what was written before that: it was withdrawn then. What says so, and what came later, is for them. */
export async function isWithdrawn(
  ctx: Reading,
  { target, writtenAt }: { target: string; writtenAt: number },
): Promise<boolean> {
  const agent = isPerson(target) ? await agentReads.byOpenId(ctx.tx, target) : undefined;
  if (agent?.status !== 'left') return false;
  const leftAt = await lastRecordedAt(ctx, agent);
  return leftAt !== undefined && writtenAt < leftAt;
}

async function activeStaff(ctx: Reading, agentId: number): Promise<Staff | undefined> {
  const [found] = await staffByIds(ctx, [agentId]);
  return found?.agent.status === 'active' ? found : undefined;
}

/** Whether the ledger says, at this place, that this person did this. */
async function isWritten(
  ctx: Reading,
  said: {
    entry: LedgerPlace;
    kind: 'reveal' | 'papers' | 'export' | 'exportRoster';
    agentId: number;
    caseId: number | null;
  },
): Promise<boolean> {
  const { townId, seq } = said.entry;
  const [found] = await ledgerReads.stretch(ctx.tx, { townId, first: seq, last: seq });
  if (found?.kind !== said.kind || found.caseId !== said.caseId) return false;
  return found.actorKind === 'agent' && found.actorId === String(said.agentId);
}
