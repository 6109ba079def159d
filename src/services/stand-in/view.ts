import type { StandInLine, StandInView } from '../../../cards/stand-in.ts';
import { type AgentOfUnit, agentReads } from '../../../db/repositories/agent.ts';
import { standInReads } from '../../../db/repositories/stand-in.ts';
import { lineOf, type UnitRow, unitReads } from '../../../db/repositories/unit.ts';
import { type Ctx, personOf, type Reading, requireStaff, type Staff, today } from '../../ctx.ts';
import { startOfDay } from '../../domain/calendar.ts';
import { may } from '../../domain/rights.ts';
import { daysWords } from '../../domain/stand-in-days.ts';

/** What /代班 shows: what goes on or is to come among those whom the acting person may arrange for, and the form. */
export async function viewStandIns(ctx: Ctx, values: StandInView['values'] = {}): Promise<StandInView> {
  const staff = requireStaff(ctx);
  const { agent } = staff;
  const units = await unitReads.all(ctx.tx);
  const everybody = await agentReads.activeWithUnit(ctx.tx);
  const inHand = everybody.filter((one) =>
    may('nameStandIn', personOf(staff), { ownerId: one.agent.id, unitLine: idsOf(one, units) }),
  );
  const others = inHand.filter((one) => one.agent.id !== agent.id);
  const wanted = inHand.filter((one) => one.agent.id === Number(values.absent));
  const near = colleaguesNear([staff, ...(others.length > 0 ? [...wanted, ...others] : [])], { everybody, units });
  return {
    rows: await linesOf(ctx, { staff, inHand: inHand.map((one) => one.agent.id) }),
    absent: [{ value: String(agent.id), text: '我自己' }, ...others.map(choiceOf)],
    colleagues: near.filter((one) => one.agent.id !== agent.id || others.length > 0).map(choiceOf),
    values,
  };
}

/** Who works in the units of these people, or in their towns; those of the first's own unit first. */
export function colleaguesNear(
  people: readonly Pick<Staff, 'unit'>[],
  { everybody, units }: { everybody: readonly AgentOfUnit[]; units: readonly UnitRow[] },
): AgentOfUnit[] {
  const placeOf = (unitId: number) => lineOf(unitId, units).find(({ level }) => level === 'town')?.id ?? unitId;
  const places = new Set(people.map(({ unit }) => placeOf(unit.id)));
  const near = everybody.filter(({ unit }) => places.has(placeOf(unit.id)));
  const own = people[0]?.unit.id;
  return [...near.filter(({ unit }) => unit.id === own), ...near.filter(({ unit }) => unit.id !== own)];
}

/** 代班 of one person's, on either side, in words: for the own card. */
export async function standInWordsOf(ctx: Reading, agentId: number): Promise<string[]> {
  const open = await standInReads.openOf(ctx.tx, { agentIds: [agentId], today: today(ctx) });
  const names = await namesOf(
    ctx,
    open.flatMap(({ absentId, standInId }) => [absentId, standInId]),
  );
  return open.map((one) => {
    const days = daysWords(one);
    return one.absentId === agentId
      ? `${days}由${names.get(one.standInId)}代您的班`
      : `${days}您代${names.get(one.absentId)}的班`;
  });
}

/** 白音代阿达: who stood in on a day (YYYY-MM-DD) for those who work in a unit or below it now. */
export async function standInsOn(
  ctx: Reading,
  { unit, units, day }: { unit: UnitRow; units: readonly UnitRow[]; day: string },
): Promise<string[]> {
  const begins = startOfDay(day, ctx.zone);
  const ofDay = (await standInReads.all(ctx.tx)).filter(
    ({ fromDay, toDay, endedAt }) => fromDay <= day && day <= toDay && (endedAt === null || endedAt > begins),
  );
  const people = await agentReads.byIds(ctx.tx, [...new Set(ofDay.flatMap((one) => [one.absentId, one.standInId]))]);
  const of = (id: number) => people.find((agent) => agent.id === id);
  return ofDay.flatMap(({ absentId, standInId }) => {
    const [absent, standIn] = [of(absentId), of(standInId)];
    const within = absent && lineOf(absent.unitId, units).some(({ id }) => id === unit.id);
    return within && standIn ? [`${standIn.name}代${absent.name}`] : [];
  });
}

async function linesOf(
  ctx: Ctx,
  { staff, inHand }: { staff: Staff; inHand: readonly number[] },
): Promise<StandInLine[]> {
  const open = await standInReads.openOf(ctx.tx, {
    agentIds: [...new Set([staff.agent.id, ...inHand])],
    today: today(ctx),
  });
  const names = await namesOf(
    ctx,
    open.flatMap(({ absentId, standInId }) => [absentId, standInId]),
  );
  return open.map((one) => ({
    standInRow: one.id,
    absent: names.get(one.absentId) ?? '',
    standIn: names.get(one.standInId) ?? '',
    days: daysWords(one),
    mayEnd: inHand.includes(one.absentId) || one.standInId === staff.agent.id,
  }));
}

async function namesOf(ctx: Reading, ids: readonly number[]): Promise<ReadonlyMap<number, string>> {
  const people = await agentReads.byIds(ctx.tx, [...new Set(ids)]);
  return new Map(people.map(({ id, name }) => [id, name]));
}

function idsOf({ unit }: AgentOfUnit, units: readonly UnitRow[]): number[] {
  return lineOf(unit.id, units).map(({ id }) => id);
}

function choiceOf({ agent, unit }: AgentOfUnit): { value: string; text: string } {
  return { value: String(agent.id), text: `${agent.name}（${unit.name}）` };
}
