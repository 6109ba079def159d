/** The buttons of 政务信息. Answers stand in the private chat of who presses. */
import type { Card } from '../../cards/card.ts';
import { informationForms } from '../../cards/forms.ts';
import {
  extraCard,
  informationHomeCard,
  pieceCard,
  pieceFormCard,
  pieceListCard,
  pointsCard,
  undoAdoptionCard,
} from '../../cards/information.ts';
import { informationRankingCard } from '../../cards/information-ranking.ts';
import { adoptionWords } from '../../cards/words.ts';
import { requireStaff } from '../ctx.ts';
import { type Half, halfOf, halfPeriod } from '../domain/information.ts';
import { dayPeriod } from '../domain/period.ts';
import { addPoints, adoptPiece, undoAdoption } from '../services/information/adopt.ts';
import { correctRanking, dropCorrection } from '../services/information/correct.ts';
import { filePiece } from '../services/information/file.ts';
import { keeps, officeFor } from '../services/information/office.ts';
import { setInformationPoints } from '../services/information/points.ts';
import { postRanking } from '../services/information/post.ts';
import { publishRanking, requireRanking } from '../services/information/ranking.ts';
import {
  requireSendingUnit,
  viewAdoption,
  viewExtra,
  viewHome,
  viewPiece,
  viewPieces,
  viewPoints,
} from '../services/information/view.ts';
import { enqueueLetter, enqueueSheet } from '../services/message/enqueue.ts';
import { type Action, type ActionCtx, success } from './action.ts';
import { idOf, readForm } from './form.ts';
import { showPrivately } from './in-place.ts';

export const showInformation: Action<'information.home'> = async (ctx, { half }) =>
  showPrivately(ctx, { said: halfPeriod(half).label, card: informationHomeCard(await viewHome(ctx, half)) });

/** 报送信息 */
export const writePiece: Action<'information.write'> = async (ctx) => {
  const { name } = await requireSendingUnit(ctx);
  return showPrivately(ctx, { said: '请填写', card: pieceFormCard({ unit: name }) });
};

/** 报送 */
export const filePieceAction: Action<'information.file'> = async (ctx) => {
  const { pieceKind: kind, ...typed } = readForm(ctx.click.form, informationForms.piece);
  const { half } = await filePiece(ctx, { ...typed, kind });
  return showPrivately(ctx, { said: '已报送', card: await listOf(ctx, { half, list: 'own', page: 0 }) });
};

export const listOwnPieces: Action<'information.own'> = async (ctx, { half, page }) =>
  showPrivately(ctx, { said: '本单位的稿件', card: await listOf(ctx, { half, list: 'own', page }) });

export const listInbox: Action<'information.inbox'> = async (ctx, { half, page }) =>
  showPrivately(ctx, { said: '收到的稿件', card: await listOf(ctx, { half, list: 'inbox', page }) });

async function listOf(ctx: ActionCtx, wanted: { half: Half; list: 'own' | 'inbox'; page: number }): Promise<Card> {
  return pieceListCard(await viewPieces(ctx, wanted));
}

export const openPiece: Action<'information.open'> = async (ctx, { pieceId }) =>
  showPrivately(ctx, { said: '稿件', card: pieceCard(await viewPiece(ctx, pieceId)) });

/** 记为采用 */
export const adoptPieceAction: Action<'information.adopt'> = async (ctx, { pieceId }) => {
  const { adoptionKind: kind, day } = readForm(ctx.click.form, informationForms.adopt);
  const adoption = await adoptPiece(ctx, { pieceId, kind, day });
  const said = `已记为${adoptionWords[adoption.kind]}`;
  return showPrivately(ctx, { said, card: pieceCard(await viewPiece(ctx, pieceId)) });
};

/** 撤销: asks why. */
export const askUndoAdoption: Action<'information.askUndo'> = async (ctx, { adoptionId }) =>
  showPrivately(ctx, { said: '请写原因', card: undoAdoptionCard(await viewAdoption(ctx, adoptionId)) });

export const undoAdoptionAction: Action<'information.undo'> = async (ctx, { adoptionId }) => {
  const typed = readForm(ctx.click.form, informationForms.undo);
  const { pieceId, half } = await undoAdoption(ctx, { ...typed, adoptionId });
  const card = pieceId === null ? extraCard(await viewExtra(ctx, half)) : pieceCard(await viewPiece(ctx, pieceId));
  return showPrivately(ctx, { said: '已撤销，记入台账', card });
};

/** 加分 */
export const showExtra: Action<'information.extra'> = async (ctx, { half }) =>
  showPrivately(ctx, { said: '请填写', card: extraCard(await viewExtra(ctx, half)) });

export const addExtra: Action<'information.addExtra'> = async (ctx) => {
  const { unit, adoptionKind: kind, times, day } = readForm(ctx.click.form, informationForms.extra);
  const adoption = await addPoints(ctx, { unitId: idOf(unit), kind, times, day });
  const said = `已加分：${adoptionWords[adoption.kind]}${adoption.times}次`;
  return showPrivately(ctx, { said, card: extraCard(await viewExtra(ctx, halfOf(adoption.day))) });
};

/** 分值 */
export const showPoints: Action<'information.points'> = async (ctx) =>
  showPrivately(ctx, { said: '分值', card: pointsCard(await viewPoints(ctx)) });

export const setPointsAction: Action<'information.setPoints'> = async (ctx) => {
  const { adoptionKind: kind, points: typed, day } = readForm(ctx.click.form, informationForms.worth);
  const { points, fromDay } = await setInformationPoints(ctx, { kind, points: typed, day });
  return showPrivately(ctx, {
    said: `${dayPeriod(fromDay).label}起每次${points}分`,
    card: pointsCard(await viewPoints(ctx)),
  });
};

/** 排名 */
export const showInformationRanking: Action<'information.ranking'> = async (ctx, { half }) =>
  showPrivately(ctx, { said: '排名', card: await rankingOf(ctx, half) });

async function rankingOf(ctx: ActionCtx, half: Half): Promise<Card> {
  const ranking = await requireRanking(ctx, half);
  const staff = requireStaff(ctx);
  return informationRankingCard({ ...ranking, publishes: keeps(staff, await officeFor(ctx, staff)), zone: ctx.zone });
}

/** 导出 Excel: to whoever presses alone. */
export const exportInformation: Action<'information.export'> = async (ctx, { half }) => {
  const { bannerId } = await requireRanking(ctx, half);
  const { agent } = requireStaff(ctx);
  const order = { name: 'information' as const, agentId: agent.id, askedAt: ctx.now, bannerId, half };
  await enqueueSheet(ctx, { target: agent.openId, order });
  return success('Excel 做好就私信给您');
};

/** 导出 Word: likewise. */
export const exportInformationLetter: Action<'information.letter'> = async (ctx, { half }) => {
  const { bannerId } = await requireRanking(ctx, half);
  const { agent } = requireStaff(ctx);
  const order = { name: 'information' as const, agentId: agent.id, askedAt: ctx.now, bannerId, half };
  await enqueueLetter(ctx, { target: agent.openId, order });
  return success('Word 做好就私信给您');
};

/** 发布, 发布更正 */
export const publishInformation: Action<'information.publish'> = async (ctx, { half }) => {
  const groups = await postRanking(ctx, await publishRanking(ctx, half));
  return showPrivately(ctx, { said: `已发布，发到${groups}个群`, card: await rankingOf(ctx, half) });
};

/** 更正 */
export const correctInformation: Action<'information.correct'> = async (ctx, { half }) => {
  const { reason } = readForm(ctx.click.form, informationForms.correct);
  await correctRanking(ctx, { half, reason });
  const said = '可以改采用、加分和稿件了，改好再发布更正';
  return showPrivately(ctx, { said, card: await rankingOf(ctx, half) });
};

/** 不更正了 */
export const dropInformationCorrection: Action<'information.dropCorrection'> = async (ctx, { half }) => {
  await dropCorrection(ctx, half);
  return showPrivately(ctx, { said: '没有更正，还是原来发布的', card: await rankingOf(ctx, half) });
};
