import { placeCard, readinessCard } from '../../cards/readiness.ts';
import { lineOf, unitReads } from '../../db/repositories/unit.ts';
import { personOf, requireStaff } from '../ctx.ts';
import { belongsTo } from '../domain/agent.ts';
import { may } from '../domain/rights.ts';
import { requirePlace } from '../services/readiness/answer.ts';
import { viewPlace, viewReadiness } from '../services/readiness/view.ts';
import { unitNamed } from '../services/unit/seek.ts';
import { answerDiscreetly, type Command, fixed } from './command.ts';

export const readiness: Command = {
  name: '七有',
  aliases: ['readiness', '八有', '检查项目'],
  audience: 'agent',
  usage: '/七有 [单位]',
  summary: '便民服务中心（站）的窗口、人员、设备等是不是齐全',
  example: '/七有 安达社区',
  async run(ctx, args) {
    const units = await unitReads.all(ctx.tx);
    const staff = requireStaff(ctx);
    const unit =
      args.trim() === ''
        ? staff.unit
        : unitNamed(
            units.filter(({ active }) => active),
            args,
          );
    const line = lineOf(unit.id, units);
    const unitLine = line.map(({ id }) => id);
    const isManager = belongsTo('manager', staff.agent.role) || may('seeFigures', personOf(staff), { unitLine });
    // A manager, or who stands in for one, looks at what lies below; whoever works at a center or station, at that.
    if (unit.level !== 'village' && isManager) {
      const { view } = await viewReadiness(ctx, { unitId: unit.id });
      return answerDiscreetly(ctx, fixed(readinessCard(view)), line);
    }
    const place = await viewPlace(ctx, { own: await requirePlace(ctx, unit.id) });
    return answerDiscreetly(ctx, fixed(placeCard(place)), line);
  },
};
