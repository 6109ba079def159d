import { type Ctx, today } from '../../ctx.ts';
import { decideStep } from '../../domain/case.ts';
import { Refused } from '../../refusals.ts';
import type { CaseDossier } from './dossier.ts';
import { recordStep } from './step.ts';

/** 归档: follows a rating of 3 or more, or a rectification; nobody presses it. */
export async function archiveCase(ctx: Ctx, dossier: CaseDossier): Promise<CaseDossier> {
  const system: Ctx = { ...ctx, actor: { kind: 'system', name: 'archive' } };
  const request = { step: 'archive' as const, relations: new Set(['system'] as const), today: today(ctx) };
  const decision = decideStep(dossier.facts, request);
  if (!decision.ok) throw new Refused(decision.refusal, { number: dossier.record.caseNumber });
  return recordStep(system, { dossier, step: 'archive', effect: { set: { archivedAt: ctx.now } } });
}
