import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { isBusy } from '../../db/errors.ts';
import { failedBackupWords } from '../backup/failure.ts';
import { makeBackup } from '../backup/make.ts';
import type { PapersCopied } from '../backup/papers.ts';
import { asBackupProblem, type BackupProblem } from '../backup/problem.ts';
import { paperStoreAt } from '../papers/store-at.ts';
import { recordBackup } from '../services/backup/record.ts';
import { type CliCommand, CliProblem } from './command.ts';
import { fileOf, openKey, withDatabase, withVault } from './open.ts';

/** One backup by hand, beside a bot that may be running. */
export const backup: CliCommand = {
  name: 'backup',
  usage: 'backup',
  does: '马上备份一次数据库（加密，写完自动核对），机器人不用停',
  async run(io, args) {
    parseArgs({ args: [...args], options: {} });
    const config = io.readConfig();
    const { zone } = config;
    const databaseFile = fileOf(config);
    // A backup under another key than the database's could not be opened by who has that one.
    await withVault(config, async () => {});
    const folder = join(dirname(databaseFile), 'backups');
    const papers = paperStoreAt(config.files);
    const keys = { dataKey: openKey(config), formerKey: config.formerKey };
    const options = { ...keys, databaseFile, folder, papers, zone, clock: io.clock };
    const made = await makeBackup(options, new AbortController().signal).catch(async (error: unknown) => {
      const problem = asBackupProblem(error, 'failed');
      await noteFailure(problem.code);
      throw new CliProblem(`没有备份成：${wordsOf(problem)}`);
    });
    io.print(`OK    已备份到 ${made.file}（${size(made.bytes)}），读回核对了 ${made.entries} 条台账记录。`);
    // The sandbox keeps them in memory.
    if (config.mode !== 'sandbox') for (const line of papersLines(made.papers)) io.print(line);
    if (made.deleted.length > 0) io.print(`      按保留规则删除了 ${made.deleted.length} 份旧备份。`);
    io.print('      备份只能用现在的 DATA_KEY 打开，请把密钥另外保管，并把备份再拷一份到别的机器。');
    try {
      await record(undefined);
    } catch (error) {
      throw new CliProblem(`这份备份是好的，只是没能记下来，机器人还会提醒没有备份：${reasonOf(error)}`, {
        cause: error,
      });
    }
    return 0;

    /** What went wrong is said also where it cannot be noted. */
    async function noteFailure(code: string): Promise<void> {
      try {
        await record(code);
      } catch (error) {
        io.complain(`注意  没能记下这次没有备份成：${reasonOf(error)}`);
      }
    }

    function record(problem: string | undefined): Promise<void> {
      const at = io.clock.now();
      return withDatabase(config, (db) => db.write((tx) => recordBackup(tx, { at, problem })));
    }
  },
};

function wordsOf({ code, cause }: BackupProblem): string {
  return code === 'failed' && cause instanceof Error ? `原因如下：${cause.message}` : failedBackupWords(code);
}

function reasonOf(error: unknown): string {
  if (isBusy(error)) return '数据库正忙。';
  return error instanceof Error ? (error.cause instanceof Error ? error.cause : error).message : String(error);
}

function papersLines({ papers, missing }: PapersCopied): string[] {
  if (papers === 0) return [];
  const line = `      材料 ${papers - missing} 份在旁边的 papers 文件夹里（加密），请一起拷走。`;
  return missing === 0 ? [line] : [line, `注意  有 ${missing} 份材料的文件找不到或不完整，请用 doctor 命令核对。`];
}

function size(bytes: number): string {
  const mib = bytes / 1024 / 1024;
  return mib < 1 ? `${Math.ceil(bytes / 1024)} KB` : `${mib.toFixed(1)} MB`;
}
