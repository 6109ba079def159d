import { applicationCard } from '../../../cards/agent.ts';
import type { Card } from '../../../cards/card.ts';
import { caseCard, caseMovedCard } from '../../../cards/case.ts';
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
  const name = card.subject === 'case' ? (await caseReads.byId(ctx.tx, card.subjectId))?.caseNumber : undefined;
  return caseMovedCard({ caseNumber: name ?? '月报', at: ctx.now, zone: ctx.zone });
}
