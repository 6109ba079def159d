/** What an attempt that came to nothing says to the operator, in a card or on the command line, of its own backup or of one of the night. */
import { type BackupProblemCode, isUnproven } from './problem.ts';

/** Of the codes an attempt to make one can end with; of a file that is to be restored `src/cli/backup-words.ts` says what they mean. */
const words: Readonly<Partial<Record<BackupProblemCode, string>>> = {
  disk_full: '磁盘空间不够，请先清理磁盘，至少空出数据库两倍大小的空间。',
  pages_damaged: '数据库文件本身已经损坏，请保留它备查，并用之前的备份恢复。',
  damaged: '备份写到磁盘上就坏了，可能是磁盘的毛病，请检查磁盘。',
  chains_do_not_verify: '台账核对不上，可能被改动过，请保留数据库文件备查。',
  ledger_shorter: '台账缺少上一份备份里已有的记录，或者和它不一致，请保留数据库文件和备份备查。',
  busy: '另一次备份正在进行，请等它结束再试。',
  stopped: '中途停止了。',
};

/** Whole sentences; of a code without words the code. */
export function failedBackupWords(code: string): string {
  const known = Object.keys(words).find((one): one is BackupProblemCode => one === code);
  if (known === undefined) return `原因代码：${code}。`;
  return `${words[known]}${isUnproven(known) ? '这一份另存为 .unproven，旧备份都没有删。' : ''}`;
}
