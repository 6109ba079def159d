import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { atEndOfFile } from '../../support/end-of-file.ts';

const run = promisify(execFile);

export interface OpenedLetter {
  readonly pages: readonly string[];
  /** Points, one pair a page. */
  readonly sizes: readonly (readonly [width: number, height: number])[];
}

/** Word files as LibreOffice lays them out, page by page, in one start of the program. @throws when it does not open one of them. */
export async function openLetters<Name extends string>(
  contents: Readonly<Record<Name, Buffer>>,
): Promise<Record<Name, OpenedLetter>> {
  const folder = mkdtempSync(join(tmpdir(), 'daiban-letter-'));
  atEndOfFile(async () => rmSync(folder, { recursive: true, force: true }));
  const names = Object.keys(contents) as Name[];
  for (const name of names) writeFileSync(join(folder, `${name}.docx`), contents[name]);
  // A profile of its own: an office that is open already would take the files for itself.
  const profile = `-env:UserInstallation=file://${folder}/profile`;
  const paths = names.map((name) => join(folder, `${name}.docx`));
  await run('soffice', [profile, '--headless', '--convert-to', 'pdf', '--outdir', folder, ...paths], {
    timeout: 500_000,
  });
  const opened = names.map(async (name) => [name, await readPdf(join(folder, `${name}.pdf`))] as const);
  return Object.fromEntries(await Promise.all(opened)) as Record<Name, OpenedLetter>;
}

async function readPdf(path: string): Promise<OpenedLetter> {
  const { stdout: text } = await run('pdftotext', ['-layout', path, '-'], { maxBuffer: 16 * 1024 * 1024 });
  const { stdout: facts } = await run('pdfinfo', ['-f', '1', '-l', '999', path]);
  const sizes = [...facts.matchAll(/size:\s+([\d.]+) x ([\d.]+) pts/g)].map(
    ([, width, height]) => [Math.round(Number(width)), Math.round(Number(height))] as const,
  );
  return { pages: text.split('\f').slice(0, -1), sizes };
}

/** What stands in a page's last line, and whether in its left or its right half. */
export function footOf(page: string): [string, 'left' | 'right'] {
  const line = page.trimEnd().split('\n').at(-1) ?? '';
  const widest = Math.max(...page.split('\n').map(({ length }) => length));
  return [line.replace(/\s/g, ''), line.search(/\S/) > widest / 3 ? 'right' : 'left'];
}
