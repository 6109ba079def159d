/** Whom staff stand in for now, read beside them. */
import type { AgentRow } from '../../../db/repositories/agent.ts';
import { type PerhapsStandingIn, standInReads } from '../../../db/repositories/stand-in.ts';
import { type Reading, type Staff, today } from '../../ctx.ts';

/** The people who exist, with their units and whom they stand in for, in no order. */
export async function staffByIds(ctx: Reading, ids: readonly number[]): Promise<Staff[]> {
  const people = await standInReads.peopleByIds(ctx.tx, { ids, today: today(ctx) });
  return standingIn(ctx, people);
}

/** The member of staff, working, applying or gone, whose account it is. */
export async function staffByOpenId(ctx: Reading, openId: string): Promise<Staff | undefined> {
  const known = await standInReads.personByOpenId(ctx.tx, { openId, today: today(ctx) });
  return known && (await standingIn(ctx, [known]))[0];
}

/** With whom they stand in for, which hardly anybody does. */
async function standingIn(ctx: Reading, people: readonly PerhapsStandingIn[]): Promise<Staff[]> {
  const agentIds = people.flatMap(({ agent, standsIn }) => (standsIn ? [agent.id] : []));
  const stoodInFor = await standInReads.ofStandIns(ctx.tx, { agentIds, today: today(ctx) });
  return people.map(({ agent, unit }) => ({
    agent,
    unit,
    standsInFor: stoodInFor.filter(({ standIn }) => standIn.standInId === agent.id),
  }));
}

/**
 * These people, in the place of each who is absent now the colleague who stands in, once each: whoever is on leave is left in peace.
 */
export async function presentFor(ctx: Reading, people: readonly AgentRow[]): Promise<AgentRow[]> {
  const standIns = await standInReads.ofAbsent(ctx.tx, { agentIds: people.map(({ id }) => id), today: today(ctx) });
  const present = people.map((one) => standIns.find(({ absentId }) => absentId === one.id)?.agent ?? one);
  return [...new Map(present.map((one) => [one.id, one])).values()];
}
