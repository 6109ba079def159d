/** The page of results of the scale bench. */
import type { LedgerTiming } from '../ledger-file.ts';
import { machineLines } from '../report.ts';
import type { Measurement, Timed } from './measure.ts';

export interface ScaleResult {
  readonly place: 'banner' | 'league';
  /** Seconds; undefined when a kept database was used. */
  readonly generatedIn: number | undefined;
  readonly measurement: Measurement;
  /** Of one size only. */
  readonly ledger: LedgerTiming | undefined;
}

const P99_MAX_MS = 20;
const RATIO_MAX = 1.5;
const placeWords = { banner: '一个旗县', league: '十四个旗县' };

/** Markdown. The first result is what the others are compared with. @param rounds of which the quietest is told. */
export function scaleReport(results: readonly ScaleResult[], rounds: number): string {
  const [first] = results;
  const names = first?.measurement.timed.map(({ name }) => name) ?? [];
  return [
    '# 数据量大了以后',
    '',
    '由 `npm run bench -- --scale 10000,100000,1000000` 生成，不要手改；怎么测、受什么限制见 [docs/PERFORMANCE.md](../docs/PERFORMANCE.md)。',
    '',
    ...machineLines(),
    '',
    '## 数据库',
    '',
    '| 代办件 | 范围 | 数据库 MB | 生成用时 秒 | 测完时内存 MB | 不用计数器，现查一年的数 毫秒 |',
    '| ---: | --- | ---: | ---: | ---: | ---: |',
    ...results.map(databaseRow),
    '',
    `## 每个问题的用时：毫秒，中位数 / p99；括号里是 CPU 毫秒。目标：p99 小于 ${P99_MAX_MS}，不超过一万件时的 ${RATIO_MAX} 倍`,
    '',
    `各个大小轮流测 ${rounds} 轮，每个问题取 CPU 中位数最小的一轮，中位数和 p99 都是那一轮的。「件」是回答里列出的代办件数（中位数，至多十件）：列得多，用时就多。`,
    '',
    `| | ${results.map(({ measurement }) => `${words(measurement.cases)}件`).join(' | ')} | 末列 CPU 中位数对首列 |`,
    `| --- | ${results.map(() => '---: |').join(' ')} ---: |`,
    ...names.map((name) => questionRow(name, results)),
    '',
    ...results.flatMap(({ ledger }) => (ledger ? ledgerLines(ledger) : [])),
  ].join('\n');
}

function databaseRow({ place, generatedIn, measurement }: ScaleResult): string {
  const { cases, databaseMb, residentMb, withoutCountersMs } = measurement;
  const made = generatedIn === undefined ? '已有' : generatedIn.toFixed(0);
  const cells = [
    words(cases),
    placeWords[place],
    databaseMb.toFixed(0),
    made,
    residentMb.toFixed(0),
    withoutCountersMs.toFixed(0),
  ];
  return `| ${cells.join(' | ')} |`;
}

function questionRow(name: string, results: readonly ScaleResult[]): string {
  const timed = results.map(({ measurement }) => measurement.timed.find((one) => one.name === name));
  const [first] = timed;
  const last = timed.at(-1);
  const ratio = first && last ? (last.medianCpuMs / first.medianCpuMs).toFixed(2) : '';
  return `| ${name} | ${timed.map((one) => (one ? times(one) : '')).join(' | ')} | ${ratio} |`;
}

function ledgerLines({ cases, files, bytes, ms, cpuMs, peakRssBytes, delayP99Ms }: LedgerTiming): string[] {
  return [
    '## `/台账`，全部、全文，写成 Excel。目标：十万行 10 秒、200 MB 以内',
    '',
    '| 行 | 文件 | MB | 秒 | CPU 秒 | 内存多用 MB | 别的事要等，p99 毫秒 |',
    '| ---: | ---: | ---: | ---: | ---: | ---: | ---: |',
    `| ${cases} | ${files} | ${(bytes / 1e6).toFixed(1)} | ${(ms / 1000).toFixed(1)} | ${(cpuMs / 1000).toFixed(1)} | ${(peakRssBytes / 1e6).toFixed(0)} | ${delayP99Ms.toFixed(1)} |`,
    '',
  ];
}

function times({ medianMs, p99Ms, medianCpuMs, p99CpuMs, listed }: Timed): string {
  const length = listed === undefined ? '' : `，${listed} 件`;
  return `${medianMs.toFixed(1)} / ${p99Ms.toFixed(1)}（${medianCpuMs.toFixed(1)} / ${p99CpuMs.toFixed(1)}）${length}`;
}

function words(cases: number): string {
  return cases < 10_000 ? String(cases) : `${Math.round(cases / 1000) / 10}万`;
}
