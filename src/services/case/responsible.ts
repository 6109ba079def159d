/** 责任人: who had a case when, read from the ledger. */

import { clock } from '../../../cards/kit.ts';
import type { ResponsibleView } from '../../../cards/responsible.ts';
import { agentReads } from '../../../db/repositories/agent.ts';
import { ledgerReads } from '../../../db/repositories/ledger.ts';
import { unitReads } from '../../../db/repositories/unit.ts';
import type { Reading } from '../../ctx.ts';
import { endOfDay, localDay, startOfDay } from '../../domain/calendar.ts';
import { agentEvents, isAgentEvent, standInEvents } from '../../domain/ledger.ts';
import { dayPeriod } from '../../domain/period.ts';
import {
  during,
  type History,
  type ResponsibleStretch,
  responsibilityOf,
  type StaffMove,
  type StandInSpan,
} from '../../domain/responsibility.ts';
import { factsOf } from '../ledger/facts.ts';
import type { CaseDossier } from './dossier.ts';

/** Of the whole life of the case, or of one day (YYYY-MM-DD). Whether the reader may see the case has been asked. */
export async function viewResponsible(
  ctx: Reading,
  { dossier, day }: { dossier: CaseDossier; day?: string | undefined },
): Promise<ResponsibleView> {
  const { record } = dossier;
  const whole = responsibilityOf(await historyOf(ctx, dossier));
  const stretches =
    day === undefined ? whole : during(whole, { from: startOfDay(day, ctx.zone), until: endOfDay(day, ctx.zone) + 1 });
  const units = await unitReads.all(ctx.tx);
  const ids = stretches.flatMap(({ agentId, standInId }) => [agentId ?? [], standInId ?? []].flat());
  const people = await agentReads.byIds(ctx.tx, [...new Set(ids)]);
  const nameOf = (id: number | null) => people.find((agent) => agent.id === id)?.name ?? null;
  const lineOf = ({ duty, unitId, agentId, standInId, from, until }: ResponsibleStretch) => {
    const unit = units.find(({ id }) => id === unitId);
    return {
      duty,
      unit: (duty === 'holder' ? unit?.center : unit?.name) ?? '',
      person: nameOf(agentId),
      standIn: nameOf(standInId),
      from: momentWords(from, ctx.zone),
      until: until === null ? null : momentWords(until, ctx.zone),
    };
  };
  return {
    caseId: record.id,
    caseNumber: record.caseNumber,
    day: day === undefined ? null : dayPeriod(day).label,
    stretches: stretches.map(lineOf),
  };
}

function momentWords(at: number, zone: string): string {
  return `${dayPeriod(localDay(at, zone)).label} ${clock(at, zone)}`;
}

async function historyOf(ctx: Reading, { record, registeringLine }: CaseDossier): Promise<History> {
  const entries = (await ledgerReads.ofCase(ctx.tx, record.id)).map((entry) => ({
    at: entry.at,
    facts: factsOf(entry),
  }));
  const townId = registeringLine.at(-1)?.id ?? record.registeringUnitId;
  const kinds = [...agentEvents, ...standInEvents];
  const moves: StaffMove[] = [];
  const spans = new Map<unknown, StandInSpan>();
  for (const entry of await ledgerReads.ofKinds(ctx.tx, { townId, kinds })) {
    const { at, kind } = entry;
    const facts = factsOf(entry);
    if (isAgentEvent(kind)) {
      const unitId = facts['status'] === 'active' ? Number(facts['unitId']) : null;
      moves.push({ at, unitId, agentId: Number(facts['agentId']) });
    } else {
      const known = spans.get(facts['standInRow']);
      spans.set(facts['standInRow'], spanOf(facts, { zone: ctx.zone, namedAt: known?.from ?? at }));
    }
  }
  // One that was ended before it began never held. What is to come is told when it has come.
  const standIns = [...spans.values()].filter(({ from, until }) => from < until && from <= ctx.now);
  return { entries, moves, standIns: standIns.map((span) => ({ ...span, until: endBy(span, ctx.now) })) };
}

/** Nothing that lies ahead is told of: what goes on now has no end yet. */
function endBy({ until }: StandInSpan, now: number): number {
  return until > now ? Number.POSITIVE_INFINITY : until;
}

/** From the first day, or when it was named on that day, to the end of the last, or when it was ended. */
function spanOf(facts: Readonly<Record<string, unknown>>, at: { zone: string; namedAt: number }): StandInSpan {
  const { absentId, standInId, fromDay, toDay, endedAt } = facts;
  const over = endOfDay(String(toDay), at.zone) + 1;
  return {
    absentId: Number(absentId),
    standInId: Number(standInId),
    from: Math.max(startOfDay(String(fromDay), at.zone), at.namedAt),
    until: typeof endedAt === 'number' ? Math.min(endedAt, over) : over,
  };
}
