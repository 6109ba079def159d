/** The page of results. */
import { execFileSync } from 'node:child_process';
import { cpus, loadavg, totalmem } from 'node:os';
import type { Contender } from './contenders.ts';
import type { LoadResult } from './load-job.ts';
import type { Start } from './starts.ts';

export interface Measured extends Pick<Contender, 'key' | 'label'> {
  readonly skipped: string | undefined;
  readonly rounds: LoadResult[];
}

export interface Steady {
  readonly result: LoadResult;
  /** Requests a second. */
  readonly rate: number;
  readonly idleMib: number;
  /** MiB at even distances. */
  readonly memory: readonly number[];
}

export interface Results {
  readonly measured: readonly Measured[];
  readonly steady: Steady;
  readonly steadyPostgres: Steady;
  readonly starts: readonly Start[];
  readonly connections: number;
  /** A small run, whose figures are rough. */
  readonly quick: boolean;
}

/** Medians of the rounds; markdown. */
export function report(results: Results): string {
  return [
    '# 性能测量结果',
    '',
    '由 `npm run bench` 生成，不要手改；怎么测、受什么限制见 [docs/PERFORMANCE.md](../docs/PERFORMANCE.md)。数据量大了以后见 [scale.md](scale.md)。',
    '',
    ...machineLines(),
    ...(results.quick
      ? ['- **只是 `--quick` 的小样（一轮，次数少），数字粗略，请在空闲的机器上重跑 `npm run bench`**']
      : []),
    '',
    `## 吞吐：加密并签名的 webhook，${results.connections} 个连接，客户端在另一进程；各轮的中位数`,
    '',
    '| 对象 | 每秒 | 对 (a) | CPU 毫秒/次 | p50 毫秒 | p99 毫秒 | 失败 | 各轮每秒 |',
    '| --- | ---: | ---: | ---: | ---: | ---: | ---: | --- |',
    ...results.measured.map((one) => throughputRow(one, results)),
    '',
    ...steadyLines('SQLite', results.steady),
    '',
    ...steadyLines('PostgreSQL', results.steadyPostgres),
    '',
    ...barLines(results),
    '',
    ...startLines(results.starts),
    '',
  ].join('\n');
}

function throughputRow(one: Measured, { measured }: Results): string {
  if (one.skipped !== undefined) return `| ${one.label} | ${one.skipped} | | | | | | |`;
  const yardstick = measured.find(({ key }) => key === 'sdk');
  const of = (read: (round: LoadResult) => number) => median(one.rounds.map(read));
  const ratio = yardstick ? of(rate) / median(yardstick.rounds.map(rate)) : 0;
  const cells = [
    of(rate).toFixed(0),
    ratio.toFixed(2),
    of((round) => round.processorMs / round.count).toFixed(2),
    of(({ p50Ms }) => p50Ms).toFixed(1),
    of(({ p99Ms }) => p99Ms).toFixed(1),
    String(one.rounds.reduce((sum, { failed }) => sum + failed, 0)),
    one.rounds.map((round) => rate(round).toFixed(0)).join('、'),
  ];
  return `| ${one.label} | ${cells.join(' | ')} |`;
}

function steadyLines(engine: string, { result, rate: wanted, idleMib, memory }: Steady): string[] {
  return [
    `## 平稳负荷（${engine}）：每秒 ${wanted} 件登记，${result.seconds.toFixed(0)} 秒，共 ${result.count} 件，失败 ${result.failed} 件`,
    '',
    '| p50 毫秒 | p99 毫秒 | 最长毫秒 | CPU 毫秒/件 | 空闲内存 MiB | 负荷下内存 MiB（等间隔） |',
    '| ---: | ---: | ---: | ---: | ---: | --- |',
    `| ${result.p50Ms.toFixed(1)} | ${result.p99Ms.toFixed(1)} | ${result.maxMs.toFixed(0)} | ${(result.processorMs / result.count).toFixed(2)} | ${idleMib.toFixed(0)} | ${memory.map((mib) => mib.toFixed(0)).join('、')} |`,
    '',
    `内存只看了这 ${result.seconds.toFixed(0)} 秒，没有外推。时间从请求该发出的时刻算起。`,
  ];
}

/** What the program has to reach, beside what it reached here. */
function barLines(results: Results): string[] {
  const of = (key: Contender['key']) => {
    const rounds = results.measured.find((one) => one.key === key)?.rounds ?? [];
    return rounds.length === 0 ? Number.NaN : median(rounds.map(rate));
  };
  const starts = median(results.starts.map(({ readyMs }) => readyMs));
  return [
    '## 要求和本次',
    '',
    '| 要求 | 本次 |',
    '| --- | ---: |',
    `| (c) 对 (a)，不低于 0.18 | ${(of('register') / of('sdk')).toFixed(2)} |`,
    `| (c) 对 (e)，不低于 3 | ${(of('register') / of('koishi')).toFixed(1)} |`,
    `| (d) 不低于每秒 288 件（以前 72 件的 4 倍） | ${of('postgres').toFixed(0)} |`,
    `| 每秒 50 件时一次点击的 p50，低于 20 毫秒（SQLite） | ${results.steady.result.p50Ms.toFixed(1)} |`,
    `| 每秒 50 件时的 p99，低于 60 毫秒（SQLite） | ${results.steady.result.p99Ms.toFixed(1)} |`,
    `| 每秒 50 件时的 p99，低于 100 毫秒（PostgreSQL） | ${results.steadyPostgres.result.p99Ms.toFixed(1)} |`,
    `| 启动，低于 1200 毫秒 | ${starts.toFixed(0)} |`,
    `| 空闲内存，低于 150 MiB | ${results.steady.idleMib.toFixed(0)} |`,
  ];
}

function startLines(starts: readonly Start[]): string[] {
  return [
    `## 启动：从起进程到 /readyz 回答 200，已有数据库，${starts.length} 次`,
    '',
    '| | 中位数毫秒 | 最短 | 最长 |',
    '| --- | ---: | ---: | ---: |',
    startRow(
      '机器人：`node dist/main.js`',
      starts.map(({ readyMs }) => readyMs),
    ),
    startRow(
      '　其中 CPU 时间',
      starts.map(({ cpuMs }) => cpuMs),
    ),
    startRow(
      '`npm start` 在那之前检查程序有没有变化：`node build/bundle.mjs --if-older`',
      starts.map(({ checkMs }) => checkMs),
    ),
  ];
}

function startRow(what: string, times: readonly number[]): string {
  const cells = [median(times), Math.min(...times), Math.max(...times)];
  return `| ${what} | ${cells.map((ms) => ms.toFixed(0)).join(' | ')} |`;
}

/** Other work on the same processors shows in the load average; the processor time per request suffers less from it. */
export function machineLines(): string[] {
  const [cpu] = cpus();
  const commit = execFileSync('git', ['rev-parse', '--short', 'HEAD'], { encoding: 'utf8' }).trim();
  const load = readLoad();
  return [
    `- 日期 ${new Date().toISOString().slice(0, 16)}Z，提交 ${commit}，Node ${process.version}`,
    `- ${cpus().length} 核 ${cpu?.model ?? ''}，内存 ${Math.round(totalmem() / 1024 ** 3)} GiB`,
    `- 结束时 15 分钟平均负载 ${load}；测量本身约占 1–2，更高说明有别的程序同时在用这台机器，绝对数字偏低，比值和 CPU 时间较可信`,
  ];
}

function readLoad(): string {
  return loadavg()[2]?.toFixed(1) ?? '';
}

function rate({ count, seconds }: LoadResult): number {
  return count / seconds;
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}
