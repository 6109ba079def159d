/** What can keep the program from starting, put into a sentence for whoever has to put it right. */
import { DatabaseUnfit, DatabaseUnreachable } from '../db/errors.ts';

/**
 * The sentence for an error of the start; undefined for one that nobody outside the program can mend.
 * @param at where the configuration points: the database, host and port.
 */
export function startProblem(
  error: unknown,
  at: { readonly database: string; readonly host: string; readonly port: number },
): string | undefined {
  if (error instanceof DatabaseUnreachable || error instanceof DatabaseUnfit) return error.message;
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  const file = at.database;
  if (code.startsWith('SQLITE_READONLY') || code === 'EACCES' || code === 'EROFS' || code === 'EPERM') {
    return `数据库 ${file} 不能写入。请检查这个文件和它所在文件夹的权限，或磁盘是不是只读，再启动。`;
  }
  if (code.startsWith('SQLITE_CANTOPEN')) return `数据库 ${file} 打不开。请检查 DATABASE_URL 和文件夹的权限，再启动。`;
  if (code === 'SQLITE_FULL' || code === 'ENOSPC' || code.startsWith('SQLITE_IOERR')) {
    return `数据库 ${file} 所在的磁盘满了或出了故障。请腾出空间、检查磁盘，再启动。`;
  }
  if (code === 'SQLITE_NOTADB' || code.startsWith('SQLITE_CORRUPT')) {
    return `${file} 不是完好的数据库文件。请核对 DATABASE_URL，或用备份恢复。`;
  }
  if (code.startsWith('SQLITE_BUSY')) return `数据库 ${file} 正被别的程序占用。请稍后再启动。`;
  if (code === 'EADDRINUSE') return `${at.host}:${at.port} 已被占用。请换一个 PORT，或先停掉占用它的程序。`;
  return undefined;
}
