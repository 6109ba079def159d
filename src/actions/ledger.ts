import { fullLedgerForm } from '../../cards/forms.ts';
import { fullLedgerCard, fullLedgerOrderedCard } from '../../cards/sheet.ts';
import { unitReads } from '../../db/repositories/unit.ts';
import type { Period } from '../domain/period.ts';
import { Refused } from '../refusals.ts';
import { orderFullLedger, requireAdmin } from '../services/ledger/order.ts';
import { countCases } from '../services/ledger/scope.ts';
import { enqueuePost } from '../services/message/enqueue.ts';
import { type Action, type ActionCtx, success } from './action.ts';
import { daysOf } from './days.ts';
import { readForm } from './form.ts';

interface OfPeriod {
  readonly unitId: number;
  readonly from: string;
  readonly to: string;
}

/** 要完整信息: asks for the reason, privately. */
export const askFullLedger: Action<'ledger.askFull'> = async (ctx, value) => {
  requireAdmin(ctx);
  const { period, title } = await readWanted(ctx, value);
  const count = await countCases(ctx, { unitId: value.unitId, from: period.from, to: period.to, askedAt: ctx.now });
  const card = fullLedgerCard({ unitId: value.unitId, from: period.from, to: period.to, title, count });
  await enqueuePost(ctx, { target: ctx.click.openId, content: { kind: 'fixed', card } });
  return success('请看私信');
};

/** 确认导出 */
export const fullLedger: Action<'ledger.full'> = async (ctx, value) => {
  requireAdmin(ctx);
  const { period, title } = await readWanted(ctx, value);
  const { reason } = readForm(ctx.click.form, fullLedgerForm);
  const ordered = await orderFullLedger(ctx, { unitId: value.unitId, period, reason });
  return success('已记入台账，文件做好就私信给您', fullLedgerOrderedCard({ ...ordered, title }));
};

/** A button's value is only a claim: unit and days must exist. */
async function readWanted(ctx: ActionCtx, value: OfPeriod): Promise<{ period: Period; title: string }> {
  const unit = await unitReads.byId(ctx.tx, value.unitId);
  const period = daysOf(ctx, value);
  if (!unit) throw new Refused('button_unknown');
  return { period, title: `${unit.name} ${period.label}` };
}
