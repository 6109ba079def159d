import { applicationCard } from '../../../cards/agent.ts';
import type { Card } from '../../../cards/card.ts';
import { caseCard, movedCard } from '../../../cards/case.ts';
import { reportCard } from '../../../cards/report.ts';
import type { CardRow } from '../../../db/repositories/card.ts';
import { caseReads } from '../../../db/repositories/case.ts';
import type { Reading } from '../../ctx.ts';
import { viewApplication } from '../agent/view-application.ts';
import { loadCase } from '../case/dossier.ts';
import { viewCase } from '../case/view.ts';
import { viewReport } from '../report/view.ts';
import { relationsAt } from './refresh-case.ts';

/** Draws a living card from the state now, for the people of its chat. */
export async function drawLivingCard(ctx: Reading, card: CardRow): Promise<Card> {
  const at = { target: card.target, agentId: card.agentId };
  switch (card.subject) {
    case 'case': {
      const dossier = await loadCase(ctx, card.subjectId);
      return caseCard(await viewCase(ctx, { dossier, relations: await relationsAt(ctx, { dossier, at }) }));
    }
    case 'report':
      return reportCard(await viewReport(ctx, card.subjectId));
    case 'application':
      return applicationCard(await viewApplication(ctx, { agentId: card.subjectId, viewerId: card.agentId }));
  }
}

/** What is left of a card where a newer one of its subject stands in the same chat. */
export async function drawMovedCard(ctx: Reading, card: CardRow): Promise<Card> {
  return movedCard({ subject: await subjectWords(ctx, card), at: card.retiredAt ?? card.postedAt, zone: ctx.zone });
}

async function subjectWords(ctx: Reading, card: CardRow): Promise<string> {
  switch (card.subject) {
    case 'case':
      return `代办件 ${(await caseReads.byId(ctx.tx, card.subjectId))?.caseNumber ?? ''}`;
    case 'report':
      return '工作进展月报';
    case 'application':
      return '加入申请';
  }
}
