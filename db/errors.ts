/** What may go wrong with a database besides what is asked of it, in words for whoever runs the program. */

/** The transaction ended without its work: SQLite rolled it back (disk full, I/O error), or the server or connection is gone. */
export class TransactionLost extends Error {
  override readonly name = 'TransactionLost';
}

/** Another program or transaction held for too long what this one needed: it ended without its work, and the next may go well. */
export class TransactionBusy extends TransactionLost {
  constructor(cause?: unknown) {
    super('the database is held by another program or transaction', { cause });
  }
}

/** Codes of the server and of the network that have a plain cause. https://www.postgresql.org/docs/current/errcodes-appendix.html */
const causes: Readonly<Record<string, string>> = {
  '28P01': '用户名或密码不对',
  '28000': '服务器不让这个用户登录',
  '3D000': '服务器上没有这个库',
  '42501': '这个用户没有权限',
  '53300': '服务器的连接数满了',
  '57P03': '服务器正在启动或关闭',
  '25006': '这个库现在只能读，不能写',
  ECONNREFUSED: '没有服务器在这个地址上接听',
  ENOTFOUND: '找不到这台主机',
  ETIMEDOUT: '没有回应',
};

/** The message is a sentence with what to do, and names the database without its password. */
export class DatabaseUnreachable extends Error {
  override readonly name = 'DatabaseUnreachable';

  constructor(database: string, error: unknown) {
    super(`连不上数据库 ${database}：${causeOf(error)}。请检查 DATABASE_URL，确认数据库服务器在运行。`, {
      cause: error,
    });
  }
}

/** A database that was reached and cannot be used as it is. The message is a sentence with what to do. */
export class DatabaseUnfit extends Error {
  override readonly name = 'DatabaseUnfit';
}

function causeOf(error: unknown): string {
  const code = knownCode(error);
  if (code !== undefined) return causes[code] ?? '';
  return error instanceof Error && error.message !== '' ? error.message : '原因不明';
}

/** Whether the error came of reaching the server or of what we may do there, and not of what was found there. */
export function isUnreachable(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  return knownCode(error) !== undefined || error.message.includes('timeout exceeded when trying to connect');
}

/** Of both engines: what is asked again later goes well, whatever was asked. */
const AWAY = /^(08...|57P0.|53300|ECONN\w+|EPIPE|ETIMEDOUT|ENOTFOUND|EHOSTUNREACH|SQLITE_(BUSY|IOERR|FULL)\w*)$/;
/** What the driver says of a query that waited too long for its answer. */
export const NO_ANSWER = 'Query read timeout';
/** The driver and its pool have no code for these. */
const AWAY_WORDS = [NO_ANSWER, 'trying to connect', 'Connection terminated', 'connection error', 'Connection ended'];

/** Whether the database is the trouble, and not what was asked of it. Nothing came of it, or its COMMIT got no answer. */
export function isAway(error: unknown): boolean {
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    const { message } = cause;
    if (cause instanceof TransactionLost || AWAY_WORDS.some((words) => message.includes(words))) return true;
    if ('code' in cause && AWAY.test(String(cause.code))) return true;
  }
  return false;
}

/** SQLite's lock, PostgreSQL's lock time-out, and its statement time-out: most of a statement's time is waiting. */
const BUSY = /^(SQLITE_BUSY\w*|55P03|57014)$/;

/** Whether somebody else holds what was asked for. */
export function isBusy(error: unknown): boolean {
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    if (cause instanceof TransactionBusy || ('code' in cause && BUSY.test(String(cause.code)))) return true;
  }
  return false;
}

/** The first code with a plain cause, of the error or of what caused it. */
function knownCode(error: unknown): string | undefined {
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    if ('code' in cause && String(cause.code) in causes) return String(cause.code);
  }
  return undefined;
}
