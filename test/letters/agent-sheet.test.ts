import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { agentGuide } from '../../cards/agent-guide.ts';
import { agentSheet } from '../../sandbox/agent-sheet.ts';
import { partsOf, picturesOf, textOf } from '../support/letters.ts';

const printed = new URL('../../docs/AGENT.docx', import.meta.url);

/** Its words, and its pictures as they are. */
function read(content: Buffer) {
  const words = textOf(partsOf(content).get('word/document.xml') ?? '');
  return { words, pictures: picturesOf(content).map((picture) => picture.toString('base64')) };
}

it('the sheet says what the help says, beside three pictures', async () => {
  const { words, pictures } = read(await agentSheet());
  for (const { title, lines } of agentGuide) for (const text of [title, ...lines]) expect(words).toContain(text);
  expect(new Set(pictures).size).toBe(3);
});

it('docs/AGENT.docx is as `npm run agent-sheet` writes it', async () => {
  expect(read(readFileSync(printed))).toEqual(read(await agentSheet()));
});
