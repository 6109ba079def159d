import { commandLine } from '../../build/typed-command.ts';
import { unitReads } from '../../db/repositories/unit.ts';
import type { Reading } from '../ctx.ts';
import type { CounterName, Dimension } from '../domain/counters.ts';
import { TOTAL } from '../domain/counters.ts';
import { type CounterDifference, rebuildCounters } from '../services/stats/rebuild.ts';
import { type CliCommand, CliProblem } from './command.ts';
import { checkLedger } from './ledger.ts';
import { withVault } from './open.ts';

const USAGE = 'stats rebuild [--write]';

const counterWords: Readonly<Record<CounterName, string>> = {
  registered: '登记',
  accepted: '接收',
  acceptMinutes: '接收用时（分钟）',
  returned: '退回补正',
  returnedAgain: '再次退回',
  escalated: '转上级',
  completed: '办结',
  completedOnTime: '按时办结',
  completeMinutes: '办结用时（分钟）',
  withdrawn: '撤回',
  delivered: '送达',
  refused: '不予办理',
  terminated: '终止',
  rated1: '评价非常不满意',
  rated2: '评价不满意',
  rated3: '评价基本满意',
  rated4: '评价满意',
  rated5: '评价非常满意',
  acceptedNow: '办理中增减',
  returnedNow: '待补正增减',
  suspendedNow: '已中止增减',
};

const dimensionWords: Readonly<Record<Dimension, string>> = {
  ...{ all: '', agent: '代办员', item: '事项', way: '方式', handler: '经办人' },
};

/** Counts everything again from cases and ledger, and tells what differs; with --write the counters are replaced. */
export const stats: CliCommand = {
  name: 'stats',
  usage: USAGE,
  does: '按台账重新统计，核对统计数字；加 --write 用算出的替换',
  async run(io, args) {
    const [verb, ...options] = args;
    const write = options.length === 1 && options[0] === '--write';
    if (verb !== 'rebuild' || (options.length > 0 && !write)) throw new CliProblem(`用法：${commandLine(USAGE)}`);
    const config = io.readConfig();
    return withVault(config, async (db, vault) => {
      const units = await db.read((tx) => unitReads.all(tx));
      const names = new Map(units.map((unit) => [unit.id, unit.name]));
      const onDifference = (difference: CounterDifference) => io.complain(differenceWords(difference, names));
      const run = write ? db.write : db.read;
      const result = await run(async (tx) => {
        await requireWholeLedger({ tx, vault });
        return rebuildCounters({ tx, zone: config.zone }, { write, onDifference });
      });
      io.print(`统计：${result.cases} 件代办，${result.rows} 行数字。`);
      if (result.differences === 0) {
        io.print('OK，和台账一致。');
        return 0;
      }
      if (write) {
        io.print(`有 ${result.differences} 处不一致，已按台账改正。`);
        return 0;
      }
      io.complain(`有 ${result.differences} 处不一致。请先停下机器人，再运行：${commandLine('stats rebuild --write')}`);
      return 1;
    });
  },
};

/** Counters made from a ledger that somebody has changed would agree with the change. */
async function requireWholeLedger(ctx: Pick<Reading, 'tx' | 'vault'>): Promise<void> {
  const { faults } = await checkLedger(ctx);
  if (faults.length === 0) return;
  const advice = '没有按它统计。请先保留数据库文件，再用备份和旗县群里的台账指纹核对。';
  throw new CliProblem(`台账核对不上：${faults.join('；')}。${advice}`);
}

function differenceWords(difference: CounterDifference, names: ReadonlyMap<number, string>): string {
  const { unitId, dimension, key, period, name, kept, counted } = difference;
  const unit = names.get(unitId) ?? `单位 ${unitId}`;
  const of = dimension === 'all' ? '' : `，${dimensionWords[dimension]} ${key}`;
  const when = period === TOTAL ? '累计' : period.replace(/^m/, '');
  return `${unit}，${when}${of}，${counterWords[name]}：现在是 ${kept}，按台账是 ${counted}`;
}
