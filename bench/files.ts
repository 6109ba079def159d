/**
 * `npm run bench -- --files`: what an Excel export costs those who press buttons meanwhile, and how long a list of staff takes. Writes
 * `bench/files.md` with the bars beside it. `--cases N` makes it smaller; `--folder <path>` keeps the database.
 */
import { execFileSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { FileRun, ImportRun } from './files-job.ts';
import { machineLines } from './report.ts';

const here = (name: string) => fileURLToPath(new URL(name, import.meta.url));
const MIB = 1024 * 1024;

export function runFiles({ cases, folder }: { cases: number; folder: string | undefined }): void {
  if (!Number.isInteger(cases) || cases < 1) throw new Error(`not a number of cases: ${cases}`);
  const home = folder ?? mkdtempSync(join(tmpdir(), 'daiban-files-'));
  mkdirSync(home, { recursive: true });
  try {
    const kept = join(home, `banner-${cases}.db`);
    if (!existsSync(kept)) makeDatabase(kept, cases);
    const file = onCopy(kept, (copy) => runJob<FileRun>('files-job.ts', ['file', copy]));
    const list = onCopy(kept, (copy) => runJob<ImportRun>('files-job.ts', ['import', copy]));
    const report = filesReport(file, list);
    writeFileSync(here('files.md'), `${report}\n`);
    console.log(report);
  } finally {
    if (folder === undefined) rmSync(home, { recursive: true, force: true });
  }
}

/** Under its name only when it is complete: a run may be broken off. */
function makeDatabase(kept: string, cases: number): void {
  const begun = `${kept}.begun`;
  for (const end of ['', '-wal', '-shm']) rmSync(begun + end, { force: true });
  runJob('scale/job.ts', ['generate', begun, String(cases), 'banner']);
  renameSync(begun, kept);
}

function onCopy<Result>(kept: string, work: (copy: string) => Result): Result {
  const copy = `${kept}.measured`;
  const clear = () => ['', '-wal', '-shm'].forEach((end) => void rmSync(copy + end, { force: true }));
  clear();
  copyFileSync(kept, copy);
  try {
    return work(copy);
  } finally {
    clear();
  }
}

/** Guarantee of the cast: the job prints one line of JSON of this kind. */
function runJob<Result>(job: string, args: readonly string[]): Result {
  const node = ['--max-old-space-size=8000', '--import', 'tsx', here(job), ...args];
  const printed = execFileSync(process.execPath, node, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] });
  return JSON.parse(printed) as Result;
}

/** Markdown. */
function filesReport({ ledger, alone, meanwhile }: FileRun, list: ImportRun): string {
  const row = (name: string, { count, p50Ms, p99Ms, maxMs }: FileRun['alone']) =>
    `| ${name} | ${count} | ${p50Ms.toFixed(1)} | ${p99Ms.toFixed(1)} | ${maxMs.toFixed(0)} |`;
  return [
    '# Excel 导出和导入',
    '',
    ...machineLines(),
    '',
    '## 写台账时有人点按钮（提交登记，每秒20次，与写文件同在一个进程）',
    '',
    '| | 次数 | p50 毫秒 | p99 毫秒 | 最长毫秒 |',
    '| --- | ---: | ---: | ---: | ---: |',
    row('没有写文件时', alone),
    row('正在写文件时', meanwhile),
    '',
    '## 要求和本次',
    '',
    '| 要求 | 本次 |',
    '| --- | ---: |',
    `| 写台账 ${ledger.cases} 件（${ledger.files} 个文件，共 ${(ledger.bytes / 1e6).toFixed(1)} MB），10万件少于60秒 | ${(ledger.ms / 1000).toFixed(1)} 秒 |`,
    `| 这时内存（RSS）比写之前最多多用，少于200 MiB | ${(ledger.peakRssBytes / MIB).toFixed(0)} MiB |`,
    `| 这时点按钮的 p99（至少200次），低于50毫秒 | ${meanwhile.p99Ms.toFixed(1)} 毫秒 |`,
    `| 确认导入 ${list.people} 人、${list.stations} 个站点，少于3秒 | ${(list.confirmMs / 1000).toFixed(2)} 秒 |`,
    '',
    `名单从收到文件到核对卡片 ${(list.previewMs / 1000).toFixed(2)} 秒；确认用的 CPU 时间 ${(list.confirmCpuMs / 1000).toFixed(2)} 秒，这时别的事最多等 ${list.othersMs.toFixed(0)} 毫秒。`,
    '',
  ].join('\n');
}
