import type { Ctx, Staff } from '../../ctx.ts';
import { hidePersonal } from '../../domain/hiding.ts';
import type { Period } from '../../domain/period.ts';
import { isNoReason } from '../../domain/typed.ts';
import { Refused } from '../../refusals.ts';
import { chainOfUnit } from '../agent/approvers.ts';
import { enqueueSheet } from '../message/enqueue.ts';
import type { SheetOrderOf } from '../message/sheet-order.ts';
import { requireRight } from '../require-right.ts';
import { requireManagerOf } from '../unit/require-manager.ts';
import { appendLedger } from './append.ts';
import { countCases } from './scope.ts';

/** With eight steps each, and two hashes a step, they come to three quarters of what the platform takes. */
export const CASES_PER_FILE = 25_000;
/** More files than anybody reads; whoever wants more asks for shorter times. */
const FILES_MAX = 12;

export interface Ordered {
  readonly count: number;
  readonly parts: number;
}

interface Wanted {
  readonly unitId: number;
  readonly period: Period;
  /** What is open now, whenever registered; `period` then only says so. */
  readonly open?: boolean | undefined;
  /** Chat or person that gets the files. */
  readonly target: string;
}

/** 台账 of a unit and all below it, masked: its files follow. Orders nothing when there is no case. */
export async function orderLedger(ctx: Ctx, wanted: Wanted): Promise<Ordered> {
  const staff = await requireManagerOf(ctx, wanted.unitId);
  const ordered = await extentOf(ctx, wanted);
  await enqueueFiles(ctx, { ...wanted, ...ordered, staff, full: null });
  return ordered;
}

/**
 * The same with the applicants' full data, by private message to an administrator. The reason goes into the ledger in this
 * transaction, with the numbers hidden that people might write into it.
 */
export async function orderFullLedger(
  ctx: Ctx,
  wanted: Omit<Wanted, 'target'> & { reason: string },
): Promise<Ordered & { reason: string }> {
  const staff = requireAdmin(ctx);
  const reason = hidePersonal(wanted.reason.replace(/\s+/gu, ' ').trim(), undefined);
  if (isNoReason(reason)) throw new Refused('export_needs_reason');
  const ordered = await extentOf(ctx, wanted);
  if (ordered.count === 0) throw new Refused('export_empty');
  const { unitId, period } = wanted;
  const [entry] = await appendLedger(ctx, {
    townId: await chainOfUnit(ctx, unitId),
    caseId: null,
    kind: 'export',
    payload: { unitId, from: period.from, to: period.to, count: ordered.count },
    sealed: ctx.vault.records.seal('ledger.exportReason', reason),
  });
  const target = staff.agent.openId;
  await enqueueFiles(ctx, { ...wanted, ...ordered, target, staff, full: { reason, entry } });
  return { ...ordered, reason };
}

/** Full data are for administrators only, whatever button somebody presses. */
export function requireAdmin(ctx: Ctx): Staff {
  return requireRight(ctx, { right: 'exportApplicants', otherwise: 'export_admin_only' });
}

async function extentOf(ctx: Ctx, { unitId, period, open }: Omit<Wanted, 'target'>): Promise<Ordered> {
  const count = await countCases(ctx, { unitId, from: period.from, to: period.to, askedAt: ctx.now, open });
  const parts = Math.ceil(count / CASES_PER_FILE);
  if (parts > FILES_MAX) throw new Refused('ledger_too_long', { count: String(count) });
  return { count, parts };
}

async function enqueueFiles(
  ctx: Ctx,
  wanted: Wanted & { staff: Staff; parts: number; full: SheetOrderOf<'ledger'>['full'] },
): Promise<void> {
  const { unitId, period, open, target, staff, parts, full } = wanted;
  const { from, to, label } = period;
  const asked = { agentId: staff.agent.id, askedAt: ctx.now };
  for (let part = 1; part <= parts; part++) {
    const order = { ...asked, name: 'ledger' as const, unitId, from, to, label, open, full, part, parts };
    await enqueueSheet(ctx, { target, order });
  }
}
