import type { Ctx } from '../../ctx.ts';
import type { CaseDossier } from './dossier.ts';
import { recordStep } from './step.ts';

/** 归档: follows a rating of 3 or more, or a rectification; nobody presses it. */
export async function archiveCase(ctx: Ctx, dossier: CaseDossier): Promise<CaseDossier> {
  const system: Ctx = { ...ctx, actor: { kind: 'system', name: 'archive' } };
  return recordStep(system, { dossier, step: 'archive', effect: { set: { archivedAt: ctx.now }, add: {} } });
}
