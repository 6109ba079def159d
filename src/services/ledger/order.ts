import { type Ctx, requireStaff, type Staff } from '../../ctx.ts';
import type { Period } from '../../domain/period.ts';
import { Refused } from '../../refusals.ts';
import { chainOfUnit } from '../agent/approvers.ts';
import { hideApplicant } from '../case/secret.ts';
import { enqueueSheet } from '../message/enqueue.ts';
import { requireManagerOf } from '../unit/require-manager.ts';
import { appendLedger } from './append.ts';
import { countCases } from './scope.ts';

/** With eight steps each, and two hashes a step, they come to three quarters of what the platform takes. */
export const CASES_PER_FILE = 25_000;
/** More files than anybody reads; whoever wants more asks for shorter times. */
const FILES_MAX = 12;
const REASON_CHARACTERS_MIN = 4;

export interface Ordered {
  readonly count: number;
  readonly parts: number;
}

interface Wanted {
  readonly unitId: number;
  readonly period: Period;
  /** Chat or person that gets the files. */
  readonly target: string;
}

/** 台账 of a unit and all below it, masked: its files follow. Orders nothing when there is no case. */
export async function orderLedger(ctx: Ctx, wanted: Wanted): Promise<Ordered> {
  const staff = await requireManagerOf(ctx, wanted.unitId);
  return order(ctx, { ...wanted, staff, reason: null });
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
  const reason = hideApplicant(wanted.reason.replace(/\s+/gu, ' ').trim(), undefined);
  const length = [...reason.replaceAll(' ', '')].length;
  if (length < REASON_CHARACTERS_MIN) throw new Refused('export_needs_reason');
  const ordered = await order(ctx, { ...wanted, target: staff.agent.openId, staff, reason });
  if (ordered.count === 0) throw new Refused('export_empty');
  const { unitId, period } = wanted;
  await appendLedger(ctx, {
    townId: await chainOfUnit(ctx, unitId),
    caseId: null,
    kind: 'export',
    payload: { unitId, from: period.from, to: period.to, count: ordered.count },
    sealed: ctx.vault.seal('ledger.exportReason', reason),
  });
  return { ...ordered, reason };
}

/** Full data are for administrators only, whatever button somebody presses. */
export function requireAdmin(ctx: Ctx): Staff {
  const staff = requireStaff(ctx);
  if (staff.agent.role !== 'admin') throw new Refused('export_admin_only');
  return staff;
}

async function order(ctx: Ctx, wanted: Wanted & { staff: Staff; reason: string | null }): Promise<Ordered> {
  const { unitId, period, target, staff, reason } = wanted;
  const { from, to, label } = period;
  const count = await countCases(ctx, { unitId, from, to, askedAt: ctx.now });
  const parts = Math.ceil(count / CASES_PER_FILE);
  if (parts > FILES_MAX) throw new Refused('ledger_too_long', { count: String(count) });
  const asked = { agentId: staff.agent.id, askedAt: ctx.now };
  for (let part = 1; part <= parts; part++) {
    const one = { ...asked, name: 'ledger' as const, unitId, from, to, label, reason, part, parts };
    await enqueueSheet(ctx, { target, order: one });
  }
  return { count, parts };
}
