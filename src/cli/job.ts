import { parseArgs } from 'node:util';
import { DateTime } from 'luxon';
import { commandLine } from '../../build/typed-command.ts';
import type { Tx } from '../../db/database.ts';
import type { Config } from '../config.ts';
import { localDay } from '../domain/calendar.ts';
import { asSet } from '../jobs/as-set.ts';
import { jobs } from '../jobs/index.ts';
import { DAY_MS, type Job } from '../jobs/job.ts';
import { slotsBetween } from '../scheduler.ts';
import { workingCalendar } from '../services/setting/calendar.ts';
import { type CliCommand, CliProblem } from './command.ts';
import { withVault } from './open.ts';
import { runByHand } from './run-by-hand.ts';

const USAGE = 'job <任务> --at <时间> [--early]';
const EXAMPLE = `例如：${commandLine('job report-reminder --at 2026-12-15T09:00+08:00')}`;
/** Every job has a slot within a quarter. */
const NEAR_MS = 100 * DAY_MS;
/** A report of next month can be tried today; a mistyped year is none. */
const AHEAD_MS = 40 * DAY_MS;
const withOffset = /T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:?\d{2})$/i;

/** Runs one slot of a job on the configured database, as if it were that time. */
export const job: CliCommand = {
  name: 'job',
  usage: USAGE,
  does: '把一个定时任务在某个时刻的那一次手动执行一遍；还没有到的时刻要加 --early',
  async run(io, args) {
    const { values, positionals } = parseArgs({
      args: [...args],
      options: { at: { type: 'string' }, early: { type: 'boolean' } },
      allowPositionals: true,
    });
    const [name, ...more] = positionals;
    if (name === undefined || values.at === undefined || more.length > 0) {
      throw new CliProblem([`用法：${commandLine(USAGE)}`, EXAMPLE, jobList()].join('\n'));
    }
    const config = io.readConfig();
    const found = findJob(name);
    const { at } = values;
    const now = io.clock.now();
    const slot = await withVault(config, (db) => db.read((tx) => slotOf(tx, { found, typed: at, zone: config.zone })));
    if (slot > now + AHEAD_MS) {
      throw new CliProblem(`${inWords(slot, config.zone)} 离现在太远，请核对年月。只能执行四十天以内的。`);
    }
    if (slot > now && values.early !== true) {
      throw new CliProblem(
        `${inWords(slot, config.zone)} 还没有到，到时程序自己会执行。要现在就执行，请加 --early，到时就不再执行了。`,
      );
    }
    const result = await withVault(config, (db, vault) =>
      runByHand({ db, vault, zone: config.zone, job: found, slot, now }),
    );
    const time = inWords(slot, config.zone);
    if (!result.ran) {
      io.print(`${found.name} 在 ${time} 的那一次已经执行过，没有重复执行。`);
      return 0;
    }
    io.print(`${found.name} 已按 ${time} 执行。`);
    if (slot > now) io.print('这个时刻还没有到；到时不会再自动执行一遍。');
    if (result.queued === 0) io.print('没有需要发送的消息。');
    else io.print(`${result.queued} 条消息已排队，还没有发出：${sendingWords(config.mode)}`);
    return 0;
  },
};

/** The sandbox begins with an empty database each time it is started. */
function sendingWords(mode: Config['mode']): string {
  if (mode === 'sandbox') return '沙箱在运行的话，半分钟内发出；沙箱重启会清空数据。';
  return '机器人在运行的话，半分钟内发出；没有运行，就在下次启动时发出。';
}

function findJob(name: string): Job {
  const found = jobs.find((candidate) => candidate.name === name);
  if (!found) throw new CliProblem(`没有叫“${name}”的任务。\n${jobList()}`);
  return found;
}

function jobList(): string {
  return `可用的任务：${jobs.map((known) => known.name).join(' ')}`;
}

/** The moment typed, if it is a slot of the job; refuses otherwise and names the nearest ones. */
async function slotOf(tx: Tx, at: { found: Job; typed: string; zone: string }): Promise<number> {
  const moment = DateTime.fromISO(at.typed);
  if (!moment.isValid || !withOffset.test(at.typed)) {
    throw new CliProblem(`看不懂时间“${at.typed}”，要写日期、时间和时差。\n${EXAMPLE}`);
  }
  const slot = moment.toMillis();
  const { zone } = at;
  // Its time of day may be set, and which days are working days.
  const wanted = await asSet({ tx }, at.found);
  const days = { zone, calendar: await workingCalendar({ tx }) };
  if (slotsBetween(wanted, { ...days, after: slot - 1, until: slot }).length > 0) return slot;
  const before = slotsBetween(wanted, { ...days, after: slot - NEAR_MS, until: slot }).at(-1);
  const after = slotsBetween(wanted, { ...days, after: slot, until: slot + NEAR_MS })[0];
  const near = [before, after].flatMap((one) => (one === undefined ? [] : [inWords(one, zone)]));
  throw new CliProblem(`${wanted.name} 在 ${inWords(slot, zone)} 没有安排。离它最近的是：${near.join('、')}`);
}

/** In the form that may be typed back. */
function inWords(atMs: number, zone: string): string {
  return `${localDay(atMs, zone)}T${DateTime.fromMillis(atMs, { zone }).toFormat('HH:mmZZ')}`;
}
