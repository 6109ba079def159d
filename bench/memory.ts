/** What becomes of the memory of a process over a long time: figures and the page of them. */
import type { LoadResult } from './load-job.ts';
import { machineLines, median } from './report.ts';

export interface MemorySample {
  /** Seconds since the first sample. */
  readonly second: number;
  readonly mib: number;
}

export interface LongRun {
  readonly result: LoadResult;
  /** Registrations a second. */
  readonly rate: number;
  readonly minutes: number;
  /** Under the same load, before the first sample. */
  readonly warmUpMinutes: number;
  readonly idleMib: number;
  readonly samples: readonly MemorySample[];
  /** Messages that were not sent when the bot was stopped. */
  readonly unsent: number;
}

/** Slope of the straight line with the least squares of the distances to all samples, MiB an hour; 0 for fewer than two. */
export function slopePerHour(samples: readonly MemorySample[]): number {
  const mean = (read: (sample: MemorySample) => number) =>
    samples.reduce((sum, sample) => sum + read(sample), 0) / samples.length;
  const second = mean((sample) => sample.second);
  const mib = mean((sample) => sample.mib);
  const together = samples.reduce((sum, sample) => sum + (sample.second - second) * (sample.mib - mib), 0);
  const spread = samples.reduce((sum, sample) => sum + (sample.second - second) ** 2, 0);
  return spread === 0 ? 0 : (together / spread) * 3600;
}

/** Medians of the first and of the last quarter of the samples, MiB. */
export function quarterMedians(samples: readonly MemorySample[]): { first: number; last: number } {
  const size = Math.max(1, Math.floor(samples.length / 4));
  const mib = samples.map((sample) => sample.mib);
  return { first: median(mib.slice(0, size)), last: median(mib.slice(-size)) };
}

/** Markdown. */
export function memoryReport(run: LongRun): string {
  const { result, samples } = run;
  const { first, last } = quarterMedians(samples);
  const slope = slopePerHour(samples);
  return [
    '# 长时间运行的内存',
    '',
    '由 `npm run bench -- --hour` 生成，不要手改；怎么测见 [docs/PERFORMANCE.md](../docs/PERFORMANCE.md)。',
    '',
    ...machineLines(),
    `- 每秒 ${run.rate} 件登记，预热 ${round(run.warmUpMinutes)} 分钟，然后 ${round(run.minutes)} 分钟，每 10 秒看一次内存（RSS）`,
    '',
    '| 件数 | 失败 | p50 毫秒 | p99 毫秒 | 最长毫秒 | CPU 毫秒/件 | 停止时未发的消息 |',
    '| ---: | ---: | ---: | ---: | ---: | ---: | ---: |',
    `| ${result.count} | ${result.failed} | ${result.p50Ms.toFixed(1)} | ${result.p99Ms.toFixed(1)} | ${result.maxMs.toFixed(0)} | ${(result.processorMs / result.count).toFixed(2)} | ${run.unsent} |`,
    '',
    '| 空闲 MiB | 前四分之一的中位数 MiB | 后四分之一的中位数 MiB | 斜率（最小二乘）MiB/小时 |',
    '| ---: | ---: | ---: | ---: |',
    `| ${run.idleMib.toFixed(0)} | ${first.toFixed(1)} | ${last.toFixed(1)} | ${slope.toFixed(2)} |`,
    '',
    `每分钟的中位数（MiB）：${byMinute(samples)
      .map((mib) => mib.toFixed(0))
      .join('、')}`,
    '',
  ].join('\n');
}

function byMinute(samples: readonly MemorySample[]): number[] {
  const minutes: number[][] = [];
  for (const { second, mib } of samples) {
    const minute = Math.floor(second / 60);
    minutes[minute] = [...(minutes[minute] ?? []), mib];
  }
  return minutes.map(median);
}

function round(minutes: number): string {
  return String(Math.round(minutes * 10) / 10);
}
