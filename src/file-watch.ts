/** Whether the database's file, and SQLite's log beside it, are still those that were opened. */
import { statSync } from 'node:fs';
import { realFile } from '../db/sqlite/state.ts';
import type { Trouble } from './services/alert/raise.ts';

/**
 * To be called when the file has just been opened. What it returns looks whether the paths still lead to what is open: who works on
 * a file that was deleted or replaced notices nothing, and what is written then ends with the process.
 */
export function watchFile(path: string): () => Trouble | undefined {
  const file = realFile(path);
  const opened = identityOf(file);
  let log: string | undefined;
  return () => {
    if (identityOf(file) !== opened) return fileGone(file);
    // The log is made by the first write, and stays as long as anybody has the file open.
    const found = identityOf(`${file}-wal`);
    log ??= found;
    return found === log ? undefined : logGone(file);
  };
}

/** Device and inode; undefined when nothing is there. */
function identityOf(path: string): string | undefined {
  try {
    const { dev, ino } = statSync(path, { bigint: true });
    return `${dev}:${ino}`;
  } catch {
    return undefined;
  }
}

function fileGone(file: string): Trouble {
  const lines = [
    `${file} 已经不是机器人打开的那个文件，现在登记的内容不会留在里面。`,
    '请先不要停止或重启机器人，那样这些内容就没有了；马上请管服务器的人按运维手册“数据库文件被换掉”处理。',
  ];
  return { key: 'databaseFile', title: '数据库文件被换掉或删除了', lines };
}

function logGone(file: string): Trouble {
  const lines = [
    `${file}-wal 被删除或换掉了，最近登记的内容还没有写进数据库。`,
    '请马上正常停止机器人（SIGTERM 或 Ctrl-C，不要强行结束），它停止时会写进去；再启动。',
  ];
  return { key: 'databaseFile', title: '数据库旁边的日志文件被删除了', lines };
}
