import { existsSync, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { parseArgs } from 'node:util';
import { DateTime } from 'luxon';
import { commandLine } from '../../build/typed-command.ts';
import { BackupProblem } from '../backup/problem.ts';
import { DatabaseInUse, type Restored, restoreBackup } from '../backup/restore.ts';
import { filesPlace } from '../papers/address.ts';
import { paperStoreAt } from '../papers/store-at.ts';
import { backupProblemWords } from './backup-words.ts';
import { type CliCommand, CliProblem } from './command.ts';
import { fileOf, openKey } from './open.ts';

const USAGE = 'restore <备份文件> [--force]';

/** Puts a backup in the database's place, after it has proved whole. */
export const restore: CliCommand = {
  name: 'restore',
  usage: USAGE,
  does: '用备份恢复数据库：先核对台账再换上；已有数据库时要加 --force，原来的会改名留下',
  async run(io, args) {
    const options = { force: { type: 'boolean' } } as const;
    const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true });
    const [file, ...more] = positionals;
    if (file === undefined || more.length > 0) throw new CliProblem(`用法：${commandLine(USAGE)}`);
    if (!existsSync(file)) throw new CliProblem(`找不到备份文件 ${file}。`);
    const config = io.readConfig();
    const { zone, files } = config;
    const databaseFile = fileOf(config);
    if (existsSync(databaseFile) && !values.force) {
      const advice = '确定要用备份换掉它，请先停下机器人，再加 --force；原来的数据库会改名留下。';
      throw new CliProblem(`${databaseFile} 已经有数据库，没有动它。${advice}`);
    }
    mkdirSync(dirname(databaseFile), { recursive: true });
    const { formerKey } = config;
    const dataKey = openKey(config);
    const now = io.clock.now();
    const restored = await inWords(() =>
      restoreBackup({ backup: file, databaseFile, papers: paperStoreAt(files), dataKey, formerKey, now, zone }),
    );
    const { header, entries, papers, movedTo } = restored;
    const madeAt = DateTime.fromMillis(header.madeAt, { zone }).toFormat('yyyy-MM-dd HH:mm');
    io.print(`OK    已恢复到 ${madeAt} 的备份，核对了 ${entries} 条台账记录，全部完好。`);
    // The sandbox keeps them in memory.
    const keepsPapers = config.mode !== 'sandbox';
    if (keepsPapers && papers.papers > 0)
      io.print(`      材料 ${papers.papers - papers.missing} 份的文件都在 ${filesPlace(files)}。`);
    if (keepsPapers && papers.missing > 0) {
      io.print(`注意  有 ${papers.missing} 份材料的文件找不到：请把备份旁边的 papers 文件夹一起拷来，再恢复一次。`);
    }
    if (movedTo !== undefined) io.print(`      原来的数据库留在 ${movedTo}。`);
    io.print('      备份之后登记的事项不在里面，请对照各群的卡片和旗县群里的台账指纹补上。');
    io.print(
      '      备份时还没发出的通知不会补发，代办件的卡片会按现在的样子更新；停机期间的定时任务需要的话用 job 命令手动执行。',
    );
    return 0;
  },
};

async function inWords(work: () => Promise<Restored>): Promise<Restored> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof BackupProblem) throw new CliProblem(`没有恢复：${backupProblemWords(error)}`);
    if (error instanceof DatabaseInUse) throw new CliProblem('没有恢复：机器人还开着这个数据库，请先停下它。');
    throw error;
  }
}
