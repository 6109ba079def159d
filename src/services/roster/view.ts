/** 名册 of a unit and all below it on a day, by what the ledger had said of staff until the end of that day. */
import { type AgentRow, agentReads } from '../../../db/repositories/agent.ts';
import { ledgerReads } from '../../../db/repositories/ledger.ts';
import { lineOf, type UnitRow, unitReads } from '../../../db/repositories/unit.ts';
import type { Reading } from '../../ctx.ts';
import { endOfDay } from '../../domain/calendar.ts';
import { type RosterPerson, type RosterUnit, StaffAt } from '../../domain/roster.ts';
import { openPhone } from '../agent/phone.ts';
import { factsOf } from '../ledger/facts.ts';
import { subtreeOf } from '../unit/tree.ts';

/** Entries read at once. */
const PAGE = 500;

/**
 * Towns first to last, each before its villages. Closed units stand in it while somebody worked there. Name, phone and 专职/兼职 are
 * those of today, because the ledger holds none of them; whoever works here no longer is listed without a phone.
 * @param roster.day YYYY-MM-DD, included
 */
export async function rosterOf(
  ctx: Reading,
  roster: { unitId: number; day: string; units?: readonly UnitRow[] },
): Promise<RosterUnit[]> {
  const units = roster.units ?? (await unitReads.all(ctx.tx));
  const unit = units.find(({ id }) => id === roster.unitId);
  if (!unit) return [];
  const until = endOfDay(roster.day, ctx.zone);
  const worked = await staffAt(ctx, { chain: lineOf(unit.id, units).at(-1)?.id ?? unit.id, until });
  const agents = (await agentReads.all(ctx.tx)).filter(({ id }) => worked.has(id));
  return subtreeOf(unit, units).flatMap((place) => {
    const { id, name, level, active } = place;
    if (level !== 'town' && level !== 'village') return [];
    const people = agents.filter((agent) => worked.get(agent.id) === id);
    if (!active && people.length === 0) return [];
    const town = lineOf(id, units).find((above) => above.level === 'town')?.name ?? name;
    return [{ name, level, town, people: people.map((agent) => personOf(ctx, agent)) }];
  });
}

/** All changes of staff stand in the chain of the highest unit. */
async function staffAt({ tx }: Reading, { chain, until }: { chain: number; until: number }) {
  const staff = new StaffAt(until);
  for (let afterSeq = 0; ; ) {
    const page = await ledgerReads.page(tx, { townId: chain, afterSeq, limit: PAGE });
    for (const entry of page) staff.observe({ at: entry.at, kind: entry.kind, facts: factsOf(entry) });
    const last = page.at(-1);
    if (last === undefined || page.length < PAGE) return staff.units;
    afterSeq = last.seq;
  }
}

function personOf({ vault }: Reading, agent: AgentRow): RosterPerson {
  const { id, name, employment, status } = agent;
  return { agentId: id, name, employment, phone: status === 'active' ? openPhone(vault, agent) : null };
}
