/** Writes the history by the bot's own services, as if the bot had been at work all the while, so that its ledger verifies. */
import { setImmediate } from 'node:timers/promises';
import type { Tx } from '../../db/database.ts';
import { agentReads } from '../../db/repositories/agent.ts';
import { itemReads } from '../../db/repositories/item.ts';
import { unitReads } from '../../db/repositories/unit.ts';
import { type Ctx, type Parts, requireStaff, type Staff } from '../../src/ctx.ts';
import { addDays, localDay, localMonth, startOfDay } from '../../src/domain/calendar.ts';
import { FIRST_DAY } from '../../src/domain/item-version.ts';
import { unitLevels } from '../../src/domain/unit.ts';
import { acceptCase } from '../../src/services/case/accept.ts';
import { completeCase } from '../../src/services/case/complete.ts';
import { deliverCase } from '../../src/services/case/deliver.ts';
import type { CaseDossier } from '../../src/services/case/dossier.ts';
import { escalateCase } from '../../src/services/case/escalate.ts';
import { followUpCase } from '../../src/services/case/follow-up.ts';
import { forwardCase } from '../../src/services/case/forward.ts';
import { rectifyCase } from '../../src/services/case/rectify.ts';
import { registerCase } from '../../src/services/case/register.ts';
import { returnCase } from '../../src/services/case/return.ts';
import type { CaseRef } from '../../src/services/case/step.ts';
import { withdrawCase } from '../../src/services/case/withdraw.ts';
import { startDraft } from '../../src/services/draft/start.ts';
import { submitReport } from '../../src/services/report/submit.ts';
import { desks, reporters } from './desks.ts';
import { type Happening, planHistory, type Span } from './plan.ts';
import type { Registration } from './tale.ts';

const ERRANDS = 76;
/** Reports on a month are due on its following 15th; these towns were early. */
const REPORTED_ON = '-12';
const MINUTE_MS = 60_000;
const REPORTED_AT_MS = 10 * 60 * MINUTE_MS;

interface Archive {
  readonly tx: Tx;
  readonly parts: Omit<Parts, 'db' | 'clock' | 'log'>;
  readonly unitIds: ReadonlyMap<string, number>;
  readonly itemIds: ReadonlyMap<string, number>;
  /** Who did the work, by open id. */
  readonly staff: Map<string, Staff>;
  /** The case of each errand, as the last step left it. */
  readonly cases: Map<number, CaseRef>;
}

/** Everything in one transaction: a start that breaks off leaves no half history. Nothing of it is told to anybody. */
export async function writeHistory(options: Pick<Parts, 'db' | 'vault' | 'zone'> & Omit<Span, 'zone'>): Promise<void> {
  const { db, vault, zone, from, until } = options;
  await db.write(async (tx) => {
    const units = await unitReads.ofLevels(tx, unitLevels);
    const items = await itemReads.active(tx, FIRST_DAY);
    const archive: Archive = {
      ...{ tx, parts: { vault, zone }, staff: new Map(), cases: new Map() },
      unitIds: new Map(units.map(({ name, id }) => [name, id])),
      itemIds: new Map(items.map(({ subItem, id }) => [subItem, id])),
    };
    const reports = reportDays({ from, until, zone });
    for (const happening of planHistory({ from, until, zone, desks, errands: ERRANDS })) {
      while (reports[0] !== undefined && reports[0].at < happening.at) await report(archive, reports.shift());
      await happen(archive, happening);
      // SQLite answers at once, so without this nothing else would be heard meanwhile, the platform's pings least of all.
      await setImmediate();
    }
    for (const due of reports) await report(archive, due);
    await forgetMessages(tx);
  });
}

interface ReportDay {
  readonly at: number;
  readonly month: string;
}

/** The 12th of each month in the span, which asks for the month before. */
function reportDays({ from, until, zone }: Span): ReportDay[] {
  const days: ReportDay[] = [];
  for (let day = localDay(from, zone); day < localDay(until, zone); day = addDays(day, 1)) {
    if (!day.endsWith(REPORTED_ON)) continue;
    const before = localMonth(startOfDay(`${day.slice(0, 8)}01`, zone) - 1, zone);
    days.push({ at: startOfDay(day, zone) + REPORTED_AT_MS, month: before });
  }
  return days;
}

async function report(archive: Archive, due: ReportDay | undefined): Promise<void> {
  if (due === undefined) return;
  for (const [index, openId] of reporters.entries()) {
    const ctx = await ctxOf(archive, { by: openId, at: due.at + index * MINUTE_MS });
    await submitReport(ctx, { townId: requireStaff(ctx).unit.id, month: due.month });
  }
}

async function ctxOf({ tx, parts, staff }: Archive, { by, at }: { by: string; at: number }): Promise<Ctx> {
  const known = staff.get(by) ?? (await staffOf(tx, by));
  staff.set(by, known);
  return { ...parts, tx, now: at, actor: { ...known, kind: 'agent' } };
}

async function staffOf(tx: Tx, openId: string): Promise<Staff> {
  const agent = await agentReads.byOpenId(tx, openId);
  const unit = agent && (await unitReads.byId(tx, agent.unitId));
  if (!agent || !unit) throw new Error(`the history knows nobody like ${openId}`);
  return { agent, unit };
}

async function happen(archive: Archive, happening: Happening): Promise<void> {
  const ctx = await ctxOf(archive, happening);
  const { record } = await take(ctx, { archive, happening });
  archive.cases.set(happening.errand, { caseId: record.id, version: record.version });
}

function take(ctx: Ctx, { archive, happening }: { archive: Archive; happening: Happening }): Promise<CaseDossier> {
  if (happening.step === 'register') return register(ctx, { archive, registration: happening.registration });
  const ref = archive.cases.get(happening.errand);
  if (ref === undefined) throw new Error('a step before its registration');
  const externalNumber = '';
  switch (happening.step) {
    case 'accept':
      return acceptCase(ctx, { ...ref, externalNumber });
    case 'return':
      return returnCase(ctx, { ...ref, reason: '材料不全', missing: [], materials: happening.note, whyNotBefore: '' });
    case 'forward':
      return forwardCase(ctx, { ...ref, note: happening.note });
    case 'escalate':
      return escalateCase(ctx, { ...ref, note: happening.note, externalNumber });
    case 'complete': {
      const { outcome, note, advice } = happening;
      return completeCase(ctx, { ...ref, outcome, note, advice, externalNumber });
    }
    case 'deliver':
      return deliverCase(ctx, { ...ref, way: happening.way });
    case 'followUp':
      return followUpCase(ctx, { ...ref, rating: happening.rating, comment: happening.comment });
    case 'rectify':
      return rectifyCase(ctx, { ...ref, note: happening.note });
    case 'withdraw':
      return withdrawCase(ctx, { ...ref, reason: happening.note });
  }
}

/** By the form in the private chat, as most agents do. */
async function register(
  ctx: Ctx,
  { archive, registration }: { archive: Archive; registration: Registration },
): Promise<CaseDossier> {
  const { name, phone, village, item, way, onTheSpot } = registration;
  const draft = await startDraft(ctx, { shared: false, content: {} });
  const residence = String(archive.unitIds.get(village));
  const content = { applicantName: name, phone, residence, item: String(archive.itemIds.get(item)), way };
  const result = await registerCase(ctx, {
    draftId: draft.id,
    typed: { ...content, onTheSpot, consent: true },
    chatId: 'oc_history',
    messageId: 'om_history',
  });
  if (!result.ok) throw new Error(`the history's registration is refused: ${JSON.stringify(result.errors)}`);
  return result.dossier;
}

/** The chats begin this morning: what the services queued in those weeks was read long ago, and its cards scrolled away. */
async function forgetMessages({ q, t }: Tx): Promise<void> {
  await q.delete(t.outbox);
  await q.delete(t.livingCards);
}
