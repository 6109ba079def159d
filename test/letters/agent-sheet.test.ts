import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { agentGuide } from '../../cards/agent-guide.ts';
import { agentSheet } from '../../sandbox/agent-sheet.ts';
import { partsOf, textOf } from '../support/letters.ts';

const printed = new URL('../../docs/AGENT.docx', import.meta.url);

/** Its words, and its pictures as they are. */
function read(content: Buffer) {
  const parts = partsOf(content);
  const pictures = [...parts].filter(([path]) => path.startsWith('word/media/')).map(([, bytes]) => bytes);
  return { words: textOf(parts.get('word/document.xml') ?? ''), pictures: new Set(pictures) };
}

it('the sheet says what the help says, beside three pictures', async () => {
  const { words, pictures } = read(await agentSheet());
  for (const { title, lines } of agentGuide) for (const text of [title, ...lines]) expect(words).toContain(text);
  expect(pictures.size).toBe(3);
});

it('docs/AGENT.docx is as `npm run agent-sheet` writes it', async () => {
  expect(read(readFileSync(printed))).toEqual(read(await agentSheet()));
});
