/** `.env` written by the program: only the lines it knows are changed, and nobody else on the machine can read it. */
import { closeSync, fsyncSync, openSync, readFileSync, renameSync, rmSync, writeSync } from 'node:fs';
import { parseEnv } from 'node:util';

/** A value that Node's reader gives back unchanged, with or without quotes around it. */
const plainValue = /^[\w@%+,./:=-]*$/;

/** Who owns it may read and write it, nobody else. */
const OWNER_ONLY = 0o600;

/**
 * The file's text with these variables set: in their own line where it has one, commented-out lines left alone, else at the end.
 * @throws Error for a value that cannot stand in a line; UnreadableEnvFile when the rest of the file swallows it.
 */
export function withSettings(text: string, settings: Readonly<Record<string, string>>): string {
  const left = new Map(Object.entries(settings));
  for (const [name, value] of left) {
    if (!plainValue.test(value)) throw new Error(`${name} cannot be written into .env`);
  }
  const lines = text.split(/\r?\n/).map((line) => {
    const name = /^\s*(?:export\s+)?(\w+)\s*=/.exec(line)?.[1];
    const value = name === undefined ? undefined : settings[name];
    if (name === undefined || value === undefined) return line;
    left.delete(name);
    return `${name}=${value}`;
  });
  while (lines.at(-1) === '') lines.pop();
  const added = [...left].map(([name, value]) => `${name}=${value}`);
  const whole = `${[...lines, ...added].join('\n')}\n`;
  const read = parseEnv(whole);
  const lost = Object.keys(settings).filter((name) => read[name] !== settings[name]);
  if (lost.length > 0) throw new UnreadableEnvFile(lost.join('、'));
  return whole;
}

/** A line that is there already, such as an open quote, keeps what comes after it from being read. Its message names the variables. */
export class UnreadableEnvFile extends Error {
  override readonly name = 'UnreadableEnvFile';
}

/** What the file holds; empty when there is none. Throws as the file system does. */
export function readEnvFile(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return '';
    throw error;
  }
}

/** Replaces the file in one step: whoever reads it finds the old text or the new one. */
export function writeEnvFile(path: string, text: string): void {
  const temporary = `${path}.${process.pid}.new`;
  try {
    const file = openSync(temporary, 'wx', OWNER_ONLY);
    try {
      writeSync(file, text);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    renameSync(temporary, path);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  }
}
