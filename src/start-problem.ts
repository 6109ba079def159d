/** What can keep the program from starting, put into a sentence for whoever has to put it right. */
import { DatabaseUnfit, DatabaseUnreachable } from '../db/errors.ts';
import { WrongDataKey } from './services/data-key/check.ts';

/** What stands in the way of a folder that is to be made: a file, a link to nowhere. */
const NO_FOLDER = ['EEXIST', 'ENOTDIR', 'ENOENT', 'ELOOP'];
/** An address that this machine does not have, or that only its administrator may use. */
const NO_ADDRESS = ['EADDRNOTAVAIL', 'EACCES', 'ENOTFOUND', 'EAI_AGAIN', 'EINVAL'];
const PORT_MAX = 65_535;

/**
 * The sentence for an error of the start; undefined for one that nobody outside the program can mend.
 * @param at where the configuration points: the database, host and port.
 */
export function startProblem(
  error: unknown,
  at: { readonly database: string; readonly host: string; readonly port: number },
): string | undefined {
  const told = [DatabaseUnreachable, DatabaseUnfit, WrongDataKey].some((type) => error instanceof type);
  if (told && error instanceof Error) return error.message;
  const { code, syscall } = systemError(error);
  if ((syscall === 'listen' || syscall === 'getaddrinfo') && NO_ADDRESS.includes(code)) {
    return `不能在 ${at.host}:${at.port} 上接听（${code}）。请检查 HOST 和 PORT，1024 以下的端口要管理员才能用。`;
  }
  const problem = databaseProblem(error, { database: at.database, again: '启动' });
  if (problem !== undefined) return problem;
  if (code === 'EADDRINUSE') {
    const other = at.port < PORT_MAX ? at.port + 1 : at.port - 1;
    return `${at.host}:${at.port} 已被占用。请在 .env 里换一个（如 PORT=${other}），或先停掉占用它的程序。`;
  }
  return undefined;
}

/**
 * The sentence for what SQLite and the file system say of a database file; undefined for anything else.
 * @param at.again what to do once it is mended: `再启动`, `再试`.
 */
export function databaseProblem(
  error: unknown,
  at: { readonly database: string; readonly again: '启动' | '试' },
): string | undefined {
  const { code, syscall } = systemError(error);
  const { database: file, again } = at;
  if (code === 'ENAMETOOLONG' || (syscall === 'mkdir' && NO_FOLDER.includes(code))) {
    return `建不了数据库 ${file} 所在的文件夹（${code}）：路径中间有一段不是文件夹，或名字太长。请检查 DATABASE_URL。`;
  }
  if (code.startsWith('SQLITE_READONLY') || code === 'EACCES' || code === 'EROFS' || code === 'EPERM') {
    return `数据库 ${file} 不能写入。请检查这个文件和它所在文件夹的权限，或磁盘是不是只读，再${again}。`;
  }
  if (code.startsWith('SQLITE_CANTOPEN'))
    return `数据库 ${file} 打不开。请检查 DATABASE_URL 和文件夹的权限，再${again}。`;
  if (code === 'SQLITE_FULL' || code === 'ENOSPC' || code.startsWith('SQLITE_IOERR')) {
    return `数据库 ${file} 所在的磁盘满了或出了故障。请腾出空间、检查磁盘，再${again}。`;
  }
  if (code === 'SQLITE_NOTADB' || code.startsWith('SQLITE_CORRUPT')) {
    return `${file} 不是完好的数据库文件。请核对 DATABASE_URL，或用备份恢复。`;
  }
  if (code.startsWith('SQLITE_BUSY')) return `数据库 ${file} 正被别的程序占用。请稍后再${again}。`;
  return undefined;
}

function systemError(error: unknown): { code: string; syscall: string } {
  const { code = '', syscall = '' } = error instanceof Error ? (error as NodeJS.ErrnoException) : {};
  return { code, syscall };
}
