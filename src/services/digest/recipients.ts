/** Who hears of a case in the morning's digest: a unit's group, else the person it waits for, else the unit's people. */
import { type AgentOfUnit, type AgentRow, agentReads } from '../../../db/repositories/agent.ts';
import type { WaitingRow } from '../../../db/repositories/case-digest.ts';
import { standInReads } from '../../../db/repositories/stand-in.ts';
import { lineOf, type UnitRow, unitReads } from '../../../db/repositories/unit.ts';
import { type Reading, today } from '../../ctx.ts';
import { targetsOfPeople } from '../card/targets.ts';

/** All units, and everybody who works in them. */
export interface Directory {
  readonly units: readonly UnitRow[];
  readonly staff: readonly AgentOfUnit[];
  /** Who stands in today, by the id of whom they stand in for. */
  readonly standIns: ReadonlyMap<number, AgentRow>;
}

export async function readDirectory(ctx: Reading): Promise<Directory> {
  const { tx } = ctx;
  const staff = await agentReads.activeWithUnit(tx);
  const standIns = await standInReads.running(tx, today(ctx));
  return {
    units: await unitReads.all(tx),
    staff,
    standIns: new Map(standIns.map(({ absentId, agent }) => [absentId, agent])),
  };
}

/** Whom a message reaches that is meant for these people: for who is on leave the one standing in, once each. */
function presentOf({ standIns }: Directory, people: readonly AgentRow[]): AgentRow[] {
  const present = people.map((one) => standIns.get(one.id) ?? one);
  return [...new Map(present.map((one) => [one.id, one])).values()];
}

/** Chats (oc_…) and people (ou_…); none where the unit has neither. */
export type Targets = readonly string[];

export function holderTargets(directory: Directory, row: WaitingRow): Targets {
  return unitTargets(directory, { unitId: row.holderUnitId, personId: row.handlerId });
}

export function registeringTargets(directory: Directory, row: WaitingRow): Targets {
  return unitTargets(directory, { unitId: row.registeringUnitId, personId: row.keeperId });
}

/** As `registeringTargets`; where the unit has no group, who was chosen to make the return visit. */
export function visitingTargets(directory: Directory, row: WaitingRow): Targets {
  return unitTargets(directory, {
    unitId: row.registeringUnitId,
    personId: visitorOf(directory, row)?.id ?? row.keeperId,
  });
}

/** Who was chosen to make the return visit, while they work in the registering unit. */
export function visitorOf({ staff }: Directory, row: WaitingRow): AgentOfUnit['agent'] | undefined {
  return staff.find(({ agent, unit }) => agent.id === row.followUpAgentId && unit.id === row.registeringUnitId)?.agent;
}

/** Who writes down what was put right: the town over a village in its group, else the nearest managers. */
export function rectifierTargets(directory: Directory, row: WaitingRow): Targets {
  const line = lineOf(row.registeringUnitId, directory.units);
  const above = line[1];
  if (above?.level === 'town' && above.chatId !== null) return [above.chatId];
  return nearestManagers(directory, line);
}

/** The managers who answer for an overdue case: those of its town, and those nearest to who holds it. */
export function managerTargets(directory: Directory, row: WaitingRow): Targets {
  const lines = [row.townId, row.holderUnitId].map((id) => lineOf(id, directory.units));
  return [...new Set(lines.flatMap((line) => nearestManagers(directory, line)))];
}

/** The group of the banner that a case lies in, else the banner's managers. */
export function bannerTargets(directory: Directory, row: Pick<WaitingRow, 'townId'>): Targets {
  const line = lineOf(row.townId, directory.units);
  const banner = line.find(({ level }) => level === 'banner');
  return banner?.chatId ? [banner.chatId] : nearestManagers(directory, banner ? lineOf(banner.id, line) : line);
}

/** A unit's own managers, or who stands in for them; none where it has none. */
export function ownManagerTargets(directory: Directory, unitId: number): Targets {
  const own = directory.staff.filter(({ agent, unit }) => unit.id === unitId && agent.role === 'manager');
  return presentOf(
    directory,
    own.map(({ agent }) => agent),
  ).map(({ openId }) => openId);
}

/** A unit's own managers, else those of the first unit above it that has any, else the administrators. */
function nearestManagers(directory: Directory, line: readonly UnitRow[]): Targets {
  const { staff } = directory;
  const managers = staff.filter(({ agent }) => agent.role === 'manager');
  const nearest = line.find(({ id }) => managers.some(({ unit }) => unit.id === id));
  const people = nearest
    ? managers.filter(({ unit }) => unit.id === nearest.id)
    : staff.filter(({ agent }) => agent.role === 'admin');
  return presentOf(
    directory,
    people.map(({ agent }) => agent),
  ).map(({ openId }) => openId);
}

function unitTargets(directory: Directory, to: { unitId: number; personId: number | null }): Targets {
  const { units, staff } = directory;
  const unit = units.find(({ id }) => id === to.unitId);
  if (!unit) throw new Error(`unit ${to.unitId} has a case and does not exist`);
  if (unit.chatId !== null) return [unit.chatId];
  const people = staff.filter((one) => one.unit.id === unit.id).map(({ agent }) => agent);
  const responsible = people.filter(({ id }) => id === to.personId);
  return targetsOfPeople(presentOf(directory, responsible.length > 0 ? responsible : people)).map(
    ({ target }) => target,
  );
}
