import type { BackupProblem, BackupProblemCode } from '../backup/problem.ts';

const words = {
  not_a_backup: '这个文件不是代办的备份，请核对文件名。',
  newer_version: '这份备份由更新版本的程序做成，请先升级程序。',
  wrong_key: 'DATA_KEY 不是做这份备份时的密钥，打不开；请换成当时的密钥再试。',
  damaged: '备份文件不完整或被改动过，不能用；请换一份备份。',
  pages_damaged: '数据库文件本身已经损坏；请保留它备查，并用之前的备份恢复。',
  chains_do_not_verify: '里面的台账核对不上，可能被改动过；请换一份备份，并保留这份备查。',
  ledger_shorter: '现在的台账缺少上一份备份里已有的记录，或者和它不一致；请保留数据库文件和备份备查。',
  busy: '另一次备份正在进行，请等它结束再试。',
  disk_full: '磁盘空间不够，请先清理磁盘，至少空出数据库两倍大小的空间。',
  stopped: '中途停止了，请再试一次。',
  failed: '原因如下',
} as const satisfies Record<BackupProblemCode, string>;

/** What is the matter with a backup that is to be restored, and what to do. */
export function backupProblemWords(problem: BackupProblem): string {
  const { cause } = problem;
  return problem.code === 'failed' && cause instanceof Error
    ? `${words.failed}：${cause.message}`
    : words[problem.code];
}
