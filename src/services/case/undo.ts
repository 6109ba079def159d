import { clock } from '../../../cards/kit.ts';
import { noticeCard } from '../../../cards/notice.ts';
import { stepWords } from '../../../cards/words.ts';
import { agentReads } from '../../../db/repositories/agent.ts';
import { type CaseColumns, caseWrites } from '../../../db/repositories/case.ts';
import { ledgerReads } from '../../../db/repositories/ledger.ts';
import { type Ctx, personOf, type Staff } from '../../ctx.ts';
import { actsFor, type Post, postsOf } from '../../domain/permission.ts';
import { type UndoableStep, type UndoOffer, undoOffer } from '../../domain/undo.ts';
import { Refused } from '../../refusals.ts';
import { refreshCaseCards } from '../card/refresh-case.ts';
import { targetsOfUnit } from '../card/targets.ts';
import { appendLedger } from '../ledger/append.ts';
import { type ReadEntry, standingEntries } from '../ledger/standing.ts';
import { enqueuePost } from '../message/enqueue.ts';
import { uncountSteps } from '../stats/uncount.ts';
import { type CaseDossier, takeCase, updatedDossier } from './dossier.ts';
import { recordedColumns, recordedFacts } from './recorded.ts';
import { requireSight } from './show.ts';
import { type CaseRef, managerWords } from './step.ts';

/**
 * 撤销: takes back the last step, for whom and as long as `undoOffer` says. The row is again what the entries before it add up to, the
 * counters lose what it added, and whoever was told of the step as a new message is told of this the same way. Nothing is deleted.
 */
export async function undoStep(ctx: Ctx, ref: CaseRef): Promise<{ after: CaseDossier; undone: UndoableStep }> {
  const dossier = await takeCase(ctx, ref.caseId);
  const staff = requireSight(ctx, dossier);
  const { record } = dossier;
  const { id, townId } = record;
  const standing = standingEntries(await ledgerReads.ofCase(ctx.tx, id));
  const offer = undoOffer(standing);
  if (!offer) throw new Refused('undo_nothing', await nextDetail(ctx, dossier));
  await requireUndoer(ctx, { dossier, offer, staff });
  if (record.version !== ref.version) throw new Refused('card_outdated');
  const set = columnsBefore(standing, offer);
  const updated = await caseWrites.update(ctx.tx, { id, version: record.version, set });
  if (!updated) throw new Refused('card_outdated');
  const after = await updatedDossier(ctx, dossier, updated);
  // A good rating was told of as an archiving.
  const toldAs = offer.entries.length > 1 ? 'archive' : offer.step;
  await refreshCaseCards(ctx, after, { event: toldAs });
  if (offer.step === 'escalate') await tellFormerHolder(ctx, { dossier, after });
  const standsInFor = actsFor(personOf(staff), (post) => isUndoer(offer, post));
  const payload = { ...recordedFacts(ctx, set), undoes: offer.step, standsInFor };
  await appendLedger(ctx, { townId, caseId: id, kind: 'undo', payload });
  await uncountSteps(ctx, { dossier, standing, undone: offer.entries });
  return { after, undone: offer.step };
}

/** Whose step it was; of a 转上级 anybody of the unit that passed the case up. */
function isUndoer({ step, taken }: UndoOffer<ReadEntry>, post: Post): boolean {
  const { actorKind, actorId, unitId } = taken;
  if (step === 'escalate') return unitId === post.unitId;
  return actorKind === 'agent' && Number(actorId) === post.agentId && unitId === post.unitId;
}

async function requireUndoer(
  ctx: Ctx,
  { dossier, offer, staff }: { dossier: CaseDossier; offer: UndoOffer<ReadEntry>; staff: Staff },
): Promise<void> {
  const how = offer.step === 'escalate' ? '收回' : '撤销';
  const detail = {
    how,
    step: stepWords[offer.step],
    until: offer.until === undefined ? '' : clock(offer.until, ctx.zone),
  };
  if (!postsOf(personOf(staff)).some((post) => isUndoer(offer, post))) {
    throw new Refused('undo_not_yours', { ...detail, who: await whoTook(ctx, { dossier, offer }) });
  }
  if (offer.until !== undefined && ctx.now >= offer.until) {
    throw new Refused('undo_too_late', { ...detail, ...(await nextDetail(ctx, dossier)) });
  }
}

async function whoTook(
  ctx: Ctx,
  { dossier, offer }: { dossier: CaseDossier; offer: UndoOffer<ReadEntry> },
): Promise<string> {
  const { actorId, unitId } = offer.taken;
  if (offer.step === 'escalate') return dossier.units.find(({ id }) => id === unitId)?.center ?? '';
  return (await agentReads.byId(ctx.tx, Number(actorId)))?.name ?? '';
}

/** What to do instead. */
async function nextDetail(ctx: Ctx, { record, registeringLine }: CaseDossier): Promise<Record<string, string>> {
  const manager = await managerWords(ctx, registeringLine);
  const next: Partial<Record<CaseDossier['record']['state'], string>> = {
    withdrawn: '群众还要办的，请重新登记。',
    archived: `请联系${manager}。`,
  };
  return { number: record.caseNumber, next: next[record.state] ?? `请用“加说明”写清情况，或联系${manager}。` };
}

/**
 * What the undone entries changed, as the entries before them have it; what they never named was empty. The 一窗受理号 stays: the
 * ledger knows only its hash, and the number is not wrong because a step was.
 */
function columnsBefore(standing: readonly ReadEntry[], { taken, entries }: UndoOffer<ReadEntry>): Partial<CaseColumns> {
  const said: Record<string, unknown> = {};
  for (const entry of standing.slice(0, standing.indexOf(taken))) Object.assign(said, entry.payload);
  const changed = recordedColumns.filter(
    (name) => name !== 'externalNumber' && entries.some(({ payload }) => name in payload),
  );
  return asColumns(Object.fromEntries(changed.map((name) => [name, said[name] ?? null])));
}

/** Read from entries that this program wrote of these very columns, in a chain that it signed. */
function asColumns(values: Readonly<Record<string, unknown>>): Partial<CaseColumns> {
  return values as Partial<CaseColumns>;
}

/** They were called to accept it, and their card has ended without a sound. */
async function tellFormerHolder(
  ctx: Ctx,
  { dossier, after }: { dossier: CaseDossier; after: CaseDossier },
): Promise<void> {
  const [former] = dossier.holderLine;
  const center = after.holderLine[0]?.center ?? '';
  const lines = [`${center}收回了 ${dossier.record.caseNumber}，不用接收了。`];
  const content = { kind: 'fixed' as const, card: noticeCard({ tone: 'info', title: '不用接收了', lines }) };
  for (const { target } of former ? await targetsOfUnit(ctx, former) : []) await enqueuePost(ctx, { target, content });
}
