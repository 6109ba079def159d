/** The buttons of the monthly report. What is for one person comes privately; the shared card shows what became of it. */
import type { ReportPage } from '../../cards/action-values.ts';
import type { Card } from '../../cards/card.ts';
import { figureCasesCard } from '../../cards/figure-cases.ts';
import { reportDraftCard } from '../../cards/report-draft.ts';
import { reportCorrectionForm, reportForm, reportReturnForm } from '../../cards/report-forms.ts';
import { reportInFullCard } from '../../cards/report-in-full.ts';
import { reportTableCard } from '../../cards/report-table.ts';
import { reportCorrectionCard, reportReturnCard, reportVersionsCard } from '../../cards/report-versions.ts';
import { cardReads } from '../../db/repositories/card.ts';
import { unitReads } from '../../db/repositories/unit.ts';
import { requireStaff } from '../ctx.ts';
import { local } from '../domain/level-names.ts';
import { monthPeriod } from '../domain/period.ts';
import { enqueuePost } from '../services/message/enqueue.ts';
import { viewReportCases } from '../services/report/cases.ts';
import { orderReportLetter, orderReports, orderReportsLetter } from '../services/report/order.ts';
import type { ReportPlace } from '../services/report/reporter.ts';
import { returnReport } from '../services/report/return.ts';
import { saveReportTexts } from '../services/report/save.ts';
import { correctReport, submitReport } from '../services/report/submit.ts';
import { undoReport } from '../services/report/undo.ts';
import { urgeReports } from '../services/report/urge.ts';
import { marksOf, viewReportDraft } from '../services/report/view-draft.ts';
import { requireReader, viewReportInFull } from '../services/report/view-in-full.ts';
import { viewReportTable } from '../services/report/view-table.ts';
import { isPrivateChat } from '../services/unit/own-ground.ts';
import { type Action, type ActionCtx, type ActionOutcome, success } from './action.ts';
import { readForm } from './form.ts';
import { showPrivately } from './in-place.ts';
import { whereTo } from './where-to.ts';

/** 确认报送 */
export const submitReportAction: Action<'report.submit'> = async (ctx, { townId, month }) => {
  const place = { townId, month };
  const report = await submitReport(ctx, place);
  const late = report.late ? '（已超过期限，记为逾期报送）' : '';
  return answerWhereItStands(ctx, { place, said: `${monthWords(month)}月报已报送${late}` });
};

/** 撤销 */
export const undoReportAction: Action<'report.undo'> = async (ctx, { townId, month }) => {
  const place = { townId, month };
  const { version } = await undoReport(ctx, place);
  const said =
    version === null
      ? `${monthWords(month)}月报的报送已撤销，请核对后重新报送`
      : `${monthWords(month)}月报的更正已撤销，还是第${version}版`;
  return answerWhereItStands(ctx, { place, said });
};

/** 看草稿、填文字; 看全文; a town's row in the table */
export const openReport: Action<'report.open'> = async (ctx, { townId, month, inPlace, page }) => {
  const card = await inFull(ctx, { townId, month }, page);
  if (inPlace) return showPrivately(ctx, { said: `${monthWords(month)}月报`, card });
  await enqueuePost(ctx, { target: ctx.click.openId, content: { kind: 'fixed', card } });
  return success((await isPrivateChat(ctx, ctx.click)) ? '请看下方' : '已私信发给您');
};

/** 填写文字 */
export const editReport: Action<'report.edit'> = async (ctx, { townId, month }) =>
  showPrivately(ctx, { said: '请填写', card: reportDraftCard(await viewReportDraft(ctx, { townId, month })) });

/** 保存 */
export const saveReport: Action<'report.save'> = async (ctx, { townId, month, seen }) => {
  const place = { townId, month };
  const typed = readForm(ctx.click.form, reportForm);
  const saved = await saveReportTexts(ctx, { ...place, typed, seen: marksOf(seen) });
  // Beside a version that stands what was saved shows as what a 更正 would change.
  if (saved.kind === 'saved')
    return showPrivately(ctx, { said: '已保存', card: await inFull(ctx, place, 'correction') });
  const own = { typed, names: saved.names };
  const card = reportDraftCard(await viewReportDraft(ctx, { ...place, own }));
  const content = '同事刚改过，您这几段还没有保存。两份都在卡片上，合好再点一次“保存”。';
  return { ...(await showPrivately(ctx, { said: content, card })), toast: { type: 'warning', content } };
};

/** 确认更正 */
export const correctReportAction: Action<'report.correct'> = async (ctx, { townId, month, version }) => {
  const place = { townId, month };
  const { reason } = readForm(ctx.click.form, reportCorrectionForm);
  const report = await correctReport(ctx, { ...place, version, reason });
  return showPrivately(ctx, { said: `已更正，现在是第${report.version}版`, card: await inFull(ctx, place) });
};

/** 退回修改 */
export const returnReportAction: Action<'report.return'> = async (ctx, { townId, month, version }) => {
  const place = { townId, month };
  const { returnReason: reason } = readForm(ctx.click.form, reportReturnForm);
  await returnReport(ctx, { ...place, version, reason });
  return showPrivately(ctx, { said: local`已退回，镇里会收到您写的原因`, card: await inFull(ctx, place) });
};

/** The cases behind a figure. */
export const showReportCases: Action<'report.cases'> = async (ctx, { turn, ...at }) => {
  const card = figureCasesCard(await viewReportCases(ctx, at));
  const { here, target } = await whereTo(ctx, await unitReads.lineage(ctx.tx, at.townId));
  if (turn === true && here) return success(`第${at.page + 1}页`, card);
  await enqueuePost(ctx, { target, content: { kind: 'fixed', card } });
  return success(here ? '请看下方' : '清单已私信发给您');
};

/** 催报 */
export const urgeReportsAction: Action<'report.urge'> = async (ctx, { month }) => {
  const { reached, unreached } = await urgeReports(ctx, { month });
  const lost = unreached.length === 0 ? '' : `；${unreached.join('、')}没有群也没有人员，没催到，请系统管理员绑定群`;
  const card = reportTableCard(await viewReportTable(ctx, { month }));
  return showPrivately(ctx, { said: `已催报${reached.length}个单位${lost}`, card });
};

/** 要 Excel */
export const exportReports: Action<'report.export'> = async (ctx, { month }) => {
  await orderReports(ctx, { month });
  return success('正在生成 Excel，做好就私信给您');
};

/** 要 Word, of all towns */
export const orderLetters: Action<'report.letters'> = async (ctx, { month }) => {
  await orderReportsLetter(ctx, { month });
  return success('正在生成 Word 文件，做好就私信给您');
};

/** 要 Word 文件, of one town */
export const orderLetter: Action<'report.letter'> = async (ctx, { townId, month }) => {
  await orderReportLetter(ctx, { townId, month });
  return success('正在生成 Word 文件，做好就私信给您');
};

/** In the chat where it was pressed: on the shared card its new state, on somebody's own the whole report. */
async function answerWhereItStands(
  ctx: ActionCtx,
  { place, said }: { place: ReportPlace; said: string },
): Promise<ActionOutcome> {
  const living = await cardReads.byMessage(ctx.tx, ctx.click.messageId);
  if (living || !(await isPrivateChat(ctx, ctx.click))) return success(said, 'living');
  return success(said, await inFull(ctx, place));
}

/** The whole report, or another page of it, as its presser may read it; the whole one where that page is for others or tells of a version that stands no more. */
async function inFull(ctx: ActionCtx, place: ReportPlace, page?: ReportPage): Promise<Card> {
  const staff = requireStaff(ctx);
  const rights = await requireReader(ctx, { staff, place });
  const view = await viewReportInFull(ctx, { place, rights, staff });
  const { version } = view;
  if (page === 'versions') return reportVersionsCard(view);
  if (page === 'correction' && rights.reporter && version !== null) return reportCorrectionCard({ ...view, version });
  if (page === 'return' && rights.receiver && version !== null) return reportReturnCard({ ...view, version });
  return reportInFullCard(view);
}

function monthWords(month: string): string {
  return monthPeriod(month).label;
}
