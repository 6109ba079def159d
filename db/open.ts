/** From the address in `DATABASE_URL` to an open database of either engine. */
import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Database } from './database.ts';
import { DatabaseUnreachable, isUnreachable } from './errors.ts';

export type DatabaseAddress =
  | { readonly engine: 'sqlite'; readonly file: string }
  /** `url` holds a password: it is shown to nobody, see `describeDatabase`. */
  | { readonly engine: 'postgres'; readonly url: string };

/** Reads `file:<path>`, `file:///<path>` or `postgres://…` (also `postgresql://…`); undefined for what `databaseUrlProblem` names. */
export function parseDatabaseUrl(text: string): DatabaseAddress | undefined {
  if (databaseUrlProblem(text) !== undefined) return undefined;
  if (!text.startsWith('file:')) return { engine: 'postgres', url: text };
  return { engine: 'sqlite', file: text.slice('file:'.length).replace(/^\/{3,}/, '/') };
}

const EITHER = '应为 file: 开头的路径（如 file:./data/daiban.db），或 postgres://用户:密码@主机/库名';

/**
 * What other programs understand after `file:`, and this one would take for the name of a file or of a folder: whoever writes it
 * would look for the ledger somewhere else.
 */
const misread: readonly (readonly [RegExp, string])[] = [
  [/^\s|\s$/, '路径前后有空格，请去掉'],
  [/\p{Cc}/u, '路径里有看不见的字符，请重新填写'],
  [/^:memory:/, '内存里的数据库一停就没有了，请写一个文件，如 file:./data/daiban.db'],
  [/^file:/, 'file: 写了两遍，请写成 file:./data/daiban.db 这样'],
  [/^~/, '~ 在这里不代表个人目录，请写完整路径，如 file:/home/daiban/daiban.db'],
  [/^\$|\$\{/, '变量在这里不会展开，请写完整路径'],
  [/^\/\/(?!\/)/, '两条斜线后面是主机名，请写 file:/完整/路径 或 file:./相对/路径'],
  [/[?#]/, '不支持 ? 或 # 后面的选项，请只写路径'],
  [/%[\da-f]{2}/i, '不用把字符写成 %20 这样，请照原样写路径'],
  [/\\/, '请用 / 分隔文件夹'],
  [/(?:^|\/)\.{0,2}$/, '这是文件夹，请写到文件名，如 file:./data/daiban.db'],
];

/** What is wrong with a `DATABASE_URL`, as a sentence for whoever wrote it; undefined for a good one. */
export function databaseUrlProblem(text: string): string | undefined {
  if (/^file:./.test(text)) return misread.find(([pattern]) => pattern.test(text.slice('file:'.length)))?.[1];
  const isServer = /^postgres(ql)?:\/\//.test(text) && URL.canParse(text) && new URL(text).pathname.length > 1;
  return isServer ? undefined : EITHER;
}

/** Where the database is, without user and password. */
export function describeDatabase(address: DatabaseAddress): string {
  if (address.engine === 'sqlite') return address.file;
  const { host, pathname } = new URL(address.url);
  return `postgres://${host}${pathname}`;
}

/**
 * Opens the database, creates the file's folder, and brings the schema up to date. Throws as the engines' own functions do, and
 * `DatabaseUnreachable` for a server that does not let us in. `answerWithinMs`: see `PostgresSource`.
 */
export async function openDatabase(
  address: DatabaseAddress,
  limits: { readonly answerWithinMs?: number } = {},
): Promise<Database> {
  // Only one engine's driver is loaded: the other takes time and memory, and may not even be installed.
  if (address.engine === 'postgres') {
    const { openPostgres } = await import('./postgres/open.ts');
    return openPostgres({ ...limits, url: address.url }).catch((error: unknown) => {
      throw isUnreachable(error) ? new DatabaseUnreachable(describeDatabase(address), error) : error;
    });
  }
  const { openSqlite } = await import('./sqlite/open.ts');
  mkdirSync(dirname(address.file), { recursive: true });
  return openSqlite({ file: address.file });
}
