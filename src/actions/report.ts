import { monthPeriod } from '../domain/period.ts';
import { submitReport } from '../services/report/submit.ts';
import { undoReport } from '../services/report/undo.ts';
import { type Action, success } from './action.ts';

/** 确认报送 */
export const submitReportAction: Action<'report.submit'> = async (ctx, { townId, month }) => {
  const report = await submitReport(ctx, { townId, month });
  const late = report.late ? '（已超过期限，记为逾期报送）' : '';
  return success(`${monthPeriod(month).label}月报已报送${late}`, 'living');
};

/** 撤销 */
export const undoReportAction: Action<'report.undo'> = async (ctx, { townId, month }) => {
  await undoReport(ctx, { townId, month });
  return success(`${monthPeriod(month).label}月报的报送已撤销，请核对后重新报送`, 'living');
};
