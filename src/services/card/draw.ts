import { applicationCard } from '../../../cards/agent.ts';
import { bulletinCard } from '../../../cards/bulletin.ts';
import type { Card } from '../../../cards/card.ts';
import { caseCard, endedCard, movedCard } from '../../../cards/case.ts';
import { papersCard } from '../../../cards/papers.ts';
import { reportCard } from '../../../cards/report.ts';
import { upkeepCard } from '../../../cards/upkeep.ts';
import { agentReads } from '../../../db/repositories/agent.ts';
import { bulletinReads } from '../../../db/repositories/bulletin.ts';
import type { CardRow, CardSubject } from '../../../db/repositories/card.ts';
import { caseReads } from '../../../db/repositories/case.ts';
import { paperReads } from '../../../db/repositories/paper.ts';
import type { Reading } from '../../ctx.ts';
import { type CaseFacts, type CaseRelation, waitsFor } from '../../domain/case.ts';
import { maskPhone } from '../../domain/person.ts';
import type { Call } from '../../domain/turns.ts';
import { viewApplication } from '../agent/view-application.ts';
import { viewUpkeep } from '../alert/upkeep.ts';
import { isEditor } from '../bulletin/editor.ts';
import { viewBulletin } from '../bulletin/view.ts';
import { loadCase } from '../case/dossier.ts';
import { viewCase } from '../case/view.ts';
import { drawImport } from '../import/draw.ts';
import { viewRound } from '../paper/view.ts';
import { viewReport } from '../report/view.ts';
import { staffByIds } from '../stand-in/running.ts';
import { isChatOfUnit, readersAt } from './readers.ts';
import { responsibleOpenId } from './responsible.ts';

/**
 * Draws a living card from the state now, for the people of its chat; undefined when nobody there may see its subject (any more).
 * `call`: at its top it says whose turn it is, or what its chat's people are to hear, if it is still so.
 */
export async function drawLivingCard(
  ctx: Reading,
  card: CardRow,
  { call }: { call?: Call | undefined } = {},
): Promise<Card | undefined> {
  const at = { target: card.target, agentId: card.agentId };
  switch (card.subject) {
    case 'case': {
      const dossier = await loadCase(ctx, card.subjectId);
      const { relations, maySee, reader } = await readersAt(ctx, { dossier, at });
      if (!maySee) return undefined;
      const view = await viewCase(ctx, { dossier, relations, at, reader });
      if (call === undefined || !concerns(call, { facts: dossier.facts, relations })) return caseCard(view);
      const openId = card.agentId === null ? await responsibleOpenId(ctx, dossier, call) : null;
      return caseCard({ ...view, call: { about: call, openId } });
    }
    case 'report': {
      const report = await viewReport(ctx, card.subjectId);
      return (await isChatOfUnit(ctx, { unitId: report.townId, at })) ? reportCard(report) : undefined;
    }
    case 'papers':
      return drawRound(ctx, card);
    case 'upkeep': {
      const view = (await isAdmin(ctx, card.agentId)) ? await viewUpkeep(ctx) : undefined;
      return view && upkeepCard(view);
    }
    case 'bulletin':
      return drawBulletin(ctx, card);
    case 'import':
      return (await isAdmin(ctx, card.agentId)) ? drawImport(ctx, card) : undefined;
    case 'application': {
      const application = await viewApplication(ctx, { agentId: card.subjectId, viewerId: card.agentId });
      if (application.mayGrant.length === 0) return undefined;
      // Which message is changed stands in the row alone: in full the number goes only into the chat that the first post is sealed for.
      const posted = card.messageId !== null && application.phone !== null;
      return applicationCard(posted ? { ...application, phone: maskPhone(application.phone) } : application);
    }
  }
}

/** With the buttons that change it: only in the private chat of whoever makes bulletins. */
async function drawBulletin(ctx: Reading, { subjectId, agentId }: CardRow): Promise<Card | undefined> {
  const bulletin = await bulletinReads.byId(ctx.tx, subjectId);
  const [staff] = agentId === null ? [] : await staffByIds(ctx, [agentId]);
  if (!bulletin || !staff || !isEditor(staff, bulletin.bannerId)) return undefined;
  return bulletinCard(await viewBulletin(ctx, { bulletin, controls: true }));
}

async function drawRound(ctx: Reading, { subjectId, agentId }: CardRow): Promise<Card | undefined> {
  const round = await paperReads.round(ctx.tx, subjectId);
  const [staff] = agentId === null ? [] : await staffByIds(ctx, [agentId]);
  if (!round || round.agentId !== agentId || staff?.agent.status !== 'active') return undefined;
  const view = await viewRound(ctx, { round, staff });
  return view && papersCard(view);
}

/** The case may have gone on since the call was written. */
function concerns(call: Call, of: { facts: CaseFacts; relations: ReadonlySet<CaseRelation> }): boolean {
  const { facts, relations } = of;
  const turn = waitsFor(facts);
  switch (call) {
    case 'turn':
      return turn !== undefined && relations.has(turn);
    case 'handOver':
      return turn === 'holder' && relations.has('holder');
    case 'tell':
      return (facts.state === 'suspended' || facts.state === 'terminated') && relations.has('registeringUnit');
    case 'entrust':
      return turn !== undefined && relations.has('registeringUnit');
  }
}

/** Whether a private chat is an administrator's. */
async function isAdmin({ tx }: Reading, agentId: number | null): Promise<boolean> {
  const agent = agentId === null ? undefined : await agentReads.byId(tx, agentId);
  return agent?.role === 'admin' && agent.status === 'active';
}

/** What is left of a card where a newer one of its subject stands in the same chat. */
export async function drawMovedCard(ctx: Reading, card: CardRow): Promise<Card> {
  return movedCard({ subject: await subjectWords(ctx, card), at: card.retiredAt ?? card.postedAt, zone: ctx.zone });
}

/** What is left of a card whose readers may not see its subject any more: not even which one it was. */
export function drawEndedCard(ctx: Reading, card: Pick<CardRow, 'subject'>): Card {
  return endedCard({ subject: kindWords[card.subject], at: ctx.now, zone: ctx.zone });
}

const kindWords: Readonly<Record<CardSubject, string>> = {
  case: '代办件',
  report: '工作进展月报',
  application: '加入申请',
  papers: '传材料',
  upkeep: '值班单',
  bulletin: '季度通报',
  import: '导入的名单',
};

async function subjectWords(ctx: Reading, card: CardRow): Promise<string> {
  if (card.subject !== 'case') return kindWords[card.subject];
  return `${kindWords.case} ${(await caseReads.byId(ctx.tx, card.subjectId))?.caseNumber ?? ''}`;
}
