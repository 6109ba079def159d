import { type AgentOfUnit, agentReads, agentWrites } from '../../../db/repositories/agent.ts';
import { type StandInRow, standInReads, standInWrites } from '../../../db/repositories/stand-in.ts';
import { lineOf, type UnitRow, unitReads } from '../../../db/repositories/unit.ts';
import { type Ctx, personOf, requireStaff, today } from '../../ctx.ts';
import { type PlacedColleague, type Stretch, standInObstacle } from '../../domain/stand-in.ts';
import { daysWords } from '../../domain/stand-in-days.ts';
import { Refused } from '../../refusals.ts';
import { notifyManagers } from '../agent/managers.ts';
import { requireRecordedAgent, requireRecordedStaff } from '../ledger/as-recorded.ts';
import { recordStandIn } from '../ledger/stand-in-entry.ts';
import { notify } from '../message/notify.ts';

/** Who stands in for whom, by the ids of agents. */
interface Pair {
  readonly absentId: number;
  readonly standInId: number;
}

/**
 * 代班: from one day to another a colleague sees and may do what the absent one may. Named by that one or a manager of the unit. Both and
 * the nearest managers are told. The same once more changes nothing. Refuses as `standInObstacle` says.
 */
export async function nameStandIn(ctx: Ctx, wanted: Pair & Stretch): Promise<StandInRow> {
  const staff = requireStaff(ctx);
  const { absentId, standInId, fromDay, toDay } = wanted;
  // Two that would overlap come one after the other.
  for (const id of [...new Set([absentId, standInId])].sort((a, b) => a - b)) await agentWrites.take(ctx.tx, id);
  const { absent, standIn, line } = await bothOf(ctx, wanted);
  await requireRecordedStaff(ctx, staff);
  await requireRecordedAgent(ctx, absent.agent);
  const others = await standInReads.openOf(ctx.tx, { agentIds: [absentId, standInId], today: today(ctx) });
  const same = others.find(
    (one) => one.absentId === absentId && one.standInId === standInId && one.fromDay === fromDay && one.toDay === toDay,
  );
  if (same) return same;
  const units = await unitReads.withAbove(ctx.tx, [absent.unit.id, standIn.unit.id]);
  const obstacle = standInObstacle({
    fromDay,
    toDay,
    others,
    actor: personOf(staff),
    absent: placed(absent, units),
    standIn: placed(standIn, units),
    today: today(ctx),
  });
  if (obstacle !== undefined) {
    const taken = others.map((one) => daysWords(one)).join('、');
    const detail = { absent: absent.agent.name, standIn: standIn.agent.name, unit: absent.unit.name, taken };
    throw new Refused(obstacle, detail);
  }
  const row = { absentId, standInId, fromDay, toDay, namedBy: staff.agent.id, namedAt: ctx.now, endedAt: null };
  const named = await standInWrites.insert(ctx.tx, row);
  await recordStandIn(ctx, { kind: 'nameStandIn', standIn: named, unitId: absent.unit.id });
  await tellNamed(ctx, { named, absent, standIn, line });
  return named;
}

/** Refuses `stand_in_gone` unless both work here. */
async function bothOf(ctx: Ctx, { absentId, standInId }: Pair) {
  const people = await agentReads.byIdsWithUnit(ctx.tx, [absentId, standInId]);
  const working = (id: number) => people.find(({ agent }) => agent.id === id && agent.status === 'active');
  const [absent, standIn] = [working(absentId), working(standInId)];
  if (!absent || !standIn) throw new Refused('stand_in_gone');
  return { absent, standIn, line: await unitReads.lineage(ctx.tx, absent.unit.id) };
}

function placed({ agent, unit }: AgentOfUnit, units: readonly UnitRow[]): PlacedColleague {
  const line = lineOf(unit.id, units);
  const townId = line.find(({ level }) => level === 'town')?.id;
  return { agentId: agent.id, unitLine: line.map(({ id }) => id), townId };
}

async function tellNamed(
  ctx: Ctx,
  told: { named: StandInRow; absent: AgentOfUnit; standIn: AgentOfUnit; line: readonly UnitRow[] },
): Promise<void> {
  const { named, absent, standIn, line } = told;
  const by = requireStaff(ctx).agent;
  const days = daysWords(named);
  const notices = [
    {
      agent: standIn.agent,
      lines: [
        `${days}，您代${absent.unit.name}${absent.agent.name}的班：对方能看、能办的，您都能看、能办，台账里写明是代班。`,
        '到时候发 /待办 看看要办的件；不能代的，发 /代班 提前结束。',
      ],
    },
    {
      agent: absent.agent,
      lines: [
        `${days}，由${standIn.unit.name}${standIn.agent.name}代您的班，提醒也发给代班的人。`,
        '提前回来，发 /代班 点“提前结束”。',
      ],
    },
  ];
  for (const { agent, lines } of notices) {
    if (agent.id !== by.id) await notify(ctx, { target: agent.openId, notice: { title: '有人代班了', lines } });
  }
  const lines = [`${days}，${absent.agent.name}由${standIn.unit.name}${standIn.agent.name}代班。`];
  await notifyManagers(ctx, {
    lines: [line],
    about: absent.agent,
    notice: { title: `${absent.unit.name}有人代班`, lines },
  });
}
