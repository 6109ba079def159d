/**
 * What is typed, where this program runs, to run an operator's command or the bot. Three ways lead to the program (docs/OPERATION.md, 安装):
 * a clone has npm's scripts, a package of npm its `bin`, and a folder made by `npm run package` has only node. What stands around the line
 * in a container or beside systemd (`docker exec`, `systemd-run`) the program cannot know: that is for whoever sits at a terminal there, and
 * no text that is read elsewhere, such as a card, may use these.
 */
import { existsSync } from 'node:fs';
import { basename, dirname, join, relative } from 'node:path';
import { programFile } from './program-file.ts';

/** The program's folder and the one where somebody types. */
interface Place {
  readonly program: string;
  readonly cwd: string;
}

const here = (): Place => ({ program: programFile('.'), cwd: process.cwd() });

/** @param words the command and its arguments, e.g. `doctor --self-test`. */
export function commandLine(words: string, place = here()): string {
  return `${typed(place, { script: 'npm run daiban --', file: 'dist/daiban.js' })} ${words}`;
}

/** @param words the bot's arguments, e.g. `--new`; mostly none. */
export function startLine(words = '', place = here()): string {
  if (words === '') return typed(place, { script: 'npm start', file: 'dist/main.js' });
  return `${typed(place, { script: 'npm start --', file: 'dist/main.js' })} ${words}`;
}

function typed({ program, cwd }: Place, { script, file }: { script: string; file: string }): string {
  if (basename(dirname(program)) === 'node_modules') return 'npx daiban';
  const isHere = relative(program, cwd) === '';
  // npm looks for scripts where it is called, and a packaged folder has none.
  if (isHere && existsSync(join(program, 'build/bundle.mjs'))) return script;
  const path = isHere ? file : join(program, file);
  return `node ${/\s/.test(path) ? `"${path}"` : path}`;
}
