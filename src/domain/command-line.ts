/** Reads a typed line as a command: `/登记 低保 张三`, `／待办`, `todo`, `登记低保 张三`. */
import { normalised, withoutEnding } from './typed.ts';

/** What a command answers to, without the slash. */
export interface CommandWords {
  readonly name: string;
  readonly aliases: readonly string[];
  /**
   * May words follow the name without a space? Never when false; when absent only where nothing else can be meant: a
   * one-character name (我, 查) without slash could as well begin a sentence (我想…).
   */
  readonly takesWords?: boolean;
  /** Do its words keep their line breaks? */
  readonly takesLines?: boolean;
}

export type CommandLine =
  | { readonly kind: 'command'; readonly name: string; readonly args: string }
  | { readonly kind: 'unknown'; readonly typed: string; readonly rest: string }
  | { readonly kind: 'empty' };

interface Spelling {
  readonly command: CommandWords;
  readonly word: string;
}

/** `name` is the table's name even when an alias was typed; `args` is trimmed; `typed` is the unknown first word, `rest` all that follows it, with its line breaks. */
export function parseCommandLine(text: string, table: readonly CommandWords[]): CommandLine {
  const lines = text
    .replace(/[\u200b\u2060\ufeff]/g, '')
    .replace(/[\p{Cc}\s]+/gu, (blank) => (blank.includes('\n') ? '\n' : ' '))
    .trim();
  const line = lines.replaceAll('\n', ' ');
  const words = line.replace(/^[/／]+\s*/u, '');
  if (words === '') return { kind: 'empty' };
  const spellings = table
    .flatMap((command) => [command.name, ...command.aliases].map((word): Spelling => ({ command, word })))
    .sort((a, b) => b.word.length - a.word.length);
  const [typed = ''] = words.split(' ', 1);
  // A sign alone (?) is a word of its own, behind a word it is only punctuation.
  const whole = folded(typed.charAt(0) + withoutEnding(typed.slice(1), /[:：,，、。.!！?？;；]/u));
  const exact = spellings.find((spelling) => folded(spelling.word) === whole);
  const behind = (spelling: Spelling, length: number) =>
    command(
      spelling,
      spelling.command.takesLines ? lines.slice(line.length - words.length + length) : words.slice(length),
    );
  if (exact) return behind(exact, typed.length);
  const slashed = words !== line;
  const glued = spellings.find((spelling) => isGlued({ spelling, words, slashed }));
  if (glued) return behind(glued, glued.word.length);
  return { kind: 'unknown', typed, rest: lines.slice(line.length - words.length + typed.length) };
}

function command(spelling: Spelling, rest: string): CommandLine {
  return { kind: 'command', name: spelling.command.name, args: rest.replace(/^[\s:：,，、]+/u, '').trim() };
}

/** Does the line begin with this spelling, with words hanging on to it? */
function isGlued(typed: { spelling: Spelling; words: string; slashed: boolean }): boolean {
  const { command: row, word } = typed.spelling;
  if (row.takesWords === false || !folded(typed.words.slice(0, word.length)).startsWith(folded(word))) return false;
  const beforeHan = /^\p{Script=Han}/u.test(typed.words.slice(word.length));
  if (!/\p{Script=Han}$/u.test(word)) return beforeHan || /^[:：,，、]/u.test(typed.words.slice(word.length));
  return typed.slashed || word.length > 1 || row.takesWords === true || !beforeHan;
}

/** Case and width do not matter. */
function folded(word: string): string {
  return normalised(word, 'NFKC').toLowerCase();
}
