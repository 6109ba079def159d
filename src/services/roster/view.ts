/** 名册 of a unit and all below it on a day, by what the ledger had said of staff until the end of that day. */
import { type AgentRow, agentReads } from '../../../db/repositories/agent.ts';
import { ledgerReads } from '../../../db/repositories/ledger.ts';
import { type RosterRow, rosterReads } from '../../../db/repositories/roster.ts';
import { lineOf, type UnitRow, unitReads } from '../../../db/repositories/unit.ts';
import type { Reading } from '../../ctx.ts';
import { endOfDay } from '../../domain/calendar.ts';
import {
  ListedAt,
  type ListedThen,
  type RosterPerson,
  type RosterUnit,
  type RosterWork,
  StaffAt,
} from '../../domain/roster.ts';
import { openPhone } from '../agent/phone.ts';
import { factsOf } from '../ledger/facts.ts';
import { subtreeOf } from '../unit/tree.ts';
import { openListedPhone } from './phone.ts';

/** Entries read at once. */
const PAGE = 500;

/**
 * Towns first to last, each before its villages. Closed units stand in it while somebody worked there. Whom an imported list names stands in
 * it, too, joined or not, unless that person had left. Name, phone and 专职/兼职 of staff and what a list says of somebody's work are those of
 * today, because the ledger holds none of them; whoever works here no longer is listed without a phone.
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
  const chain = lineOf(unit.id, units).at(-1)?.id ?? unit.id;
  const people = await peopleAt(ctx, { chain, until });
  return subtreeOf(unit, units).flatMap((place) => {
    const { id, name, level, active } = place;
    if (level !== 'town' && level !== 'village') return [];
    const own = people.filter(({ unitId }) => unitId === id).map(({ person }) => person);
    if (!active && own.length === 0) return [];
    const town = lineOf(id, units).find((above) => above.level === 'town')?.name ?? name;
    return [{ name, level, town, people: own }];
  });
}

interface Placed {
  readonly unitId: number;
  readonly person: RosterPerson;
}

/** Who worked where, then whom the list names besides. */
async function peopleAt(ctx: Reading, at: { chain: number; until: number }): Promise<Placed[]> {
  const { worked, listed } = await saidUntil(ctx, at);
  const rows = await rosterReads.all(ctx.tx);
  const agents = (await agentReads.all(ctx.tx)).filter(({ id }) => worked.has(id));
  const joined = agents.map((agent) => {
    const row = rows.find(({ id, agentId }) => agentId === agent.id && listed.has(id));
    return { unitId: worked.get(agent.id) ?? 0, person: ofStaff(ctx, { agent, row }) };
  });
  const others = rows.flatMap((row) => {
    const then = listed.get(row.id);
    // Who has joined stands among the staff, or has left.
    return then?.agentId === null ? [{ unitId: then.unitId, person: ofList(ctx, { row, then }) }] : [];
  });
  return [...joined, ...others];
}

/** All changes of staff and of the list stand in the chain of the highest unit. */
async function saidUntil({ tx }: Reading, { chain, until }: { chain: number; until: number }) {
  const [staff, list] = [new StaffAt(until), new ListedAt(until)];
  for (let afterSeq = 0; ; ) {
    const page = await ledgerReads.page(tx, { townId: chain, afterSeq, limit: PAGE });
    for (const { at, kind, payload } of page) {
      const entry = { at, kind, facts: factsOf({ payload }) };
      staff.observe(entry);
      list.observe(entry);
    }
    const last = page.at(-1);
    if (last === undefined || page.length < PAGE) return { worked: staff.units, listed: list.rows };
    afterSeq = last.seq;
  }
}

function ofStaff({ vault }: Reading, { agent, row }: { agent: AgentRow; row: RosterRow | undefined }): RosterPerson {
  const { name, employment, status } = agent;
  const phone = status === 'active' ? openPhone(vault, agent) : null;
  return { ...workOf(row), name, employment, phone, joined: true };
}

function ofList({ vault }: Reading, { row, then }: { row: RosterRow; then: ListedThen }): RosterPerson {
  const phone = row.active ? openListedPhone(vault, row) : null;
  return { ...workOf(row), name: row.name, employment: then.employment, phone, joined: false };
}

function workOf(row: RosterRow | undefined): RosterWork {
  return row ? { identity: row.identity, lines: row.lines, items: row.items } : { identity: '', lines: [], items: [] };
}
