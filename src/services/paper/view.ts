import type { PapersView } from '../../../cards/papers.ts';
import { caseReads } from '../../../db/repositories/case.ts';
import { caseListReads } from '../../../db/repositories/case-list.ts';
import { evidenceReads } from '../../../db/repositories/evidence.ts';
import { type PaperRound, paperReads } from '../../../db/repositories/paper.ts';
import type { Reading, Staff } from '../../ctx.ts';
import { personOf } from '../../ctx.ts';
import { type PaperProblem, tickOff } from '../../domain/paper.ts';
import { relationsTo } from '../../domain/permission.ts';
import { loadCase } from '../case/dossier.ts';
import { errandName } from '../case/errand.ts';
import { handles } from '../case/reveal.ts';
import { maskedNameOf } from '../case/secret.ts';
import { subjectFor } from '../evidence/place.ts';

const CASES_OFFERED = 6;

/** What one stretch of sending has come to, for whoever sends. undefined: that person has nothing to do with the case any more. */
export async function viewRound(
  ctx: Reading,
  { round, staff }: { round: PaperRound; staff: Staff },
): Promise<PapersView | undefined> {
  const papers = await paperReads.ofRound(ctx.tx, round.id);
  const problems = new Map<PaperProblem, number>();
  for (const { problem } of papers) if (problem !== null) problems.set(problem, (problems.get(problem) ?? 0) + 1);
  const counted = (...states: readonly string[]) => papers.filter(({ state }) => states.includes(state)).length;
  const common = {
    roundId: round.id,
    ended: round.endedAt !== null,
    kept: counted('kept'),
    waiting: counted('waiting', 'unassigned'),
    problems: [...problems].map(([problem, count]) => ({ problem, count })),
  };
  if (round.placeId !== null) {
    const place = await evidenceReads.byId(ctx.tx, round.placeId);
    const subject = place && (await subjectFor(ctx, { place, staff }));
    return subject && { ...common, case: null, evidence: { title: subject.title, unit: subject.unit }, offered: [] };
  }
  if (round.caseId === null) return { ...common, case: null, offered: await casesOf(ctx, staff) };
  const { record, item, parties } = await loadCase(ctx, round.caseId);
  if (!handles(relationsTo(parties, personOf(staff)))) return undefined;
  const named = await namedMaterials(ctx, record.id);
  const ticked = tickOff(item.materials, named);
  const { caseNumber } = record;
  const about = { ...ticked, caseNumber, itemName: item.subItem, itemId: item.id, materials: item.materials };
  return { ...common, case: { ...about, material: round.material }, offered: [] };
}

/** What of the item's list a case's papers were named as. */
export async function namedMaterials(ctx: Reading, caseId: number): Promise<ReadonlySet<string>> {
  const papers = await paperReads.keptOfCase(ctx.tx, caseId);
  return new Set(papers.flatMap(({ material }) => material ?? []));
}

/** What waits for the person, the newest first: most likely one of those is meant. */
async function casesOf(ctx: Reading, { agent, unit }: Staff): Promise<PapersView['offered']> {
  const ids = (await caseReads.inHandsOf(ctx.tx, { agentId: agent.id, unitId: unit.id })).reverse();
  const lines = await caseListReads.lines(ctx.tx, ids.slice(0, CASES_OFFERED));
  return lines.map((line) => ({
    caseId: line.id,
    caseNumber: line.caseNumber,
    applicant: maskedNameOf(ctx, line),
    itemName: errandName(ctx, line),
  }));
}
