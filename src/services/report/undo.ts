import { clock } from '../../../cards/kit.ts';
import { agentReads } from '../../../db/repositories/agent.ts';
import { type ReportRow, reportWrites } from '../../../db/repositories/report.ts';
import { unitReads } from '../../../db/repositories/unit.ts';
import { type Ctx, requireStaff } from '../../ctx.ts';
import { monthPeriod } from '../../domain/period.ts';
import { UNDO_MS } from '../../domain/undo.ts';
import { Refused } from '../../refusals.ts';
import { appendLedger } from '../ledger/append.ts';
import { refreshReportCards } from './submit.ts';

/** 撤销报送: whoever submitted a report takes it back within ten minutes; it is then to be submitted again. */
export async function undoReport(ctx: Ctx, input: { townId: number; month: string }): Promise<ReportRow> {
  const { agent } = requireStaff(ctx);
  const town = await unitReads.byId(ctx.tx, input.townId);
  if (town?.level !== 'town') throw new Refused('button_unknown');
  const report = await reportWrites.open(ctx.tx, { townId: town.id, month: input.month });
  const { id, submittedAt, submittedBy } = report;
  if (submittedAt === null || submittedBy === null) {
    throw new Refused('report_open', { town: town.name, month: monthPeriod(input.month).label });
  }
  const detail = { step: '报送', how: '撤销', until: clock(submittedAt + UNDO_MS, ctx.zone) };
  if (submittedBy !== agent.id) {
    const who = (await agentReads.byId(ctx.tx, submittedBy))?.name ?? '报送的人';
    throw new Refused('undo_not_yours', { ...detail, who });
  }
  if (ctx.now >= submittedAt + UNDO_MS) {
    throw new Refused('undo_too_late', { ...detail, next: '数字有出入的，请告诉旗里的管理员。' });
  }
  const reopened = await reportWrites.reopen(ctx.tx, { id, submittedAt });
  if (!reopened) throw new Refused('card_outdated');
  await appendLedger(ctx, { townId: town.id, caseId: null, kind: 'undoReport', payload: { month: input.month } });
  await refreshReportCards(ctx, id);
  return reopened;
}
