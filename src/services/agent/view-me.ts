import type { MeView } from '../../../cards/agent.ts';
import { caseReads } from '../../../db/repositories/case.ts';
import type { Reading, Staff } from '../../ctx.ts';
import { localMonth } from '../../domain/calendar.ts';
import { dutiesOf, dutiesSource } from '../../domain/duties.ts';
import { monthPeriod } from '../../domain/period.ts';
import { standInWordsOf } from '../stand-in/view.ts';
import { figuresOf } from '../stats/whole-figures.ts';
import { dutiesMark, dutiesReadAt } from './duties.ts';

/** The card of somebody on the staff about themselves. */
export async function viewMe(ctx: Reading, { agent, unit }: Staff): Promise<MeView> {
  const month = monthPeriod(localMonth(ctx.now, ctx.zone));
  const figures = await figuresOf(ctx, { unitId: unit.id, period: month });
  return {
    name: agent.name,
    unit: unit.name,
    center: unit.center,
    role: agent.role,
    employment: agent.employment,
    duties: dutiesOf(unit.level),
    dutiesFrom: dutiesSource(unit.level),
    agentId: agent.id,
    dutiesMark: dutiesMark(unit.level),
    readAt: await dutiesReadAt(ctx, { agent, unit }),
    zone: ctx.zone,
    month: {
      registered: figures.registered,
      completed: figures.completed,
      open: await caseReads.countOpen(ctx.tx, unit.id),
    },
    monthName: month.label,
    standIns: await standInWordsOf(ctx, agent.id),
  };
}
