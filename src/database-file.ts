/** What is made sure of before a bot begins with a database file: that it is ours, that it is where it was, and that nobody else is at it. */
import { accessSync, constants, existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { commandLine, startLine } from '../build/typed-command.ts';
import { DatabaseUnfit } from '../db/errors.ts';
import { FileLocked, lockFile } from '../db/sqlite/lock.ts';
import { fileState, isSandbox, realFile } from '../db/sqlite/state.ts';

export interface BegunFile {
  /** It was not there before. */
  readonly isNew: boolean;
  /** Lets the next one have it. */
  release(): void;
}

/**
 * Takes the file for a live bot, and changes nothing in it; what a killed restore has left beside it goes. `mayBeNew`: an empty ledger is
 * begun although one was here before.
 * @throws DatabaseUnfit with a sentence for whoever runs the program; otherwise as the file system and SQLite do.
 */
export function beginFile(file: string, { mayBeNew }: { readonly mayBeNew: boolean }): BegunFile {
  mkdirSync(dirname(file), { recursive: true });
  if (existsSync(file)) accessSync(file, constants.R_OK | constants.W_OK);
  const isNew = fileState(file) === 'missing';
  if (isNew && !mayBeNew) requireNothingBefore(file);
  if (!isNew) requireOurs(file);
  const release = lockAgainstOthers(file, '另一个机器人（或正在进行的恢复）');
  // With the database in its place nobody needs what a killed restore has left: it is a copy in clear.
  if (!isNew) removeRestoring(realFile(file));
  return { isNew, release };
}

function removeRestoring(file: string): void {
  for (const suffix of ['', '-wal', '-shm']) rmSync(`${file}.restoring${suffix}`, { force: true });
}

/**
 * The file's lock, for a bot, a restore or a sandbox.
 * @throws DatabaseUnfit naming `holder`, who has it.
 */
export function lockAgainstOthers(file: string, holder: string): () => void {
  try {
    return lockFile(file);
  } catch (error) {
    if (!(error instanceof FileLocked)) throw error;
    throw new DatabaseUnfit(`数据库 ${resolve(file)} 正被${holder}使用，请先停掉它再启动。`, { cause: error });
  }
}

function requireOurs(file: string): void {
  if (fileState(file) === 'foreign') {
    throw new DatabaseUnfit(
      `${resolve(file)} 不是代办的数据库，或者已经损坏，没有动它。请检查 DATABASE_URL，或用备份恢复。`,
    );
  }
  if (isSandbox(file)) {
    throw new DatabaseUnfit(
      `${resolve(file)} 是本地沙箱的数据库，会被沙箱清空，不能正式使用。请另写一个 DATABASE_URL。`,
    );
  }
}

/** An empty ledger begun unnoticed would give the case numbers of the year out a second time. */
function requireNothingBefore(file: string): void {
  const trace = traceOf(file) ?? traceOf(realFile(file));
  if (trace === undefined) return;
  throw new DatabaseUnfit(
    `找不到数据库 ${resolve(file)}，旁边却有 ${trace}，说明这里原来有过。请检查 DATABASE_URL 和运行的目录，或用备份恢复（${commandLine('restore <备份文件>')}）；确定要从空的台账开始，请用 ${startLine('--new')} 启动。`,
  );
}

/** What only stands beside a database that was once there; undefined when nothing does. */
function traceOf(file: string): string | undefined {
  const folder = dirname(file);
  const name = basename(file);
  if (!existsSync(folder)) return undefined;
  const trace = readdirSync(folder).find(
    (other) =>
      other === 'backups' ||
      ['restoring', 'before-restore-'].some((part) => other.startsWith(`${name}.${part}`)) ||
      ['-wal', '-journal'].some((suffix) => other === name + suffix),
  );
  return trace === undefined ? undefined : join(folder, trace);
}
