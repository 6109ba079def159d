import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { figureMeanings } from '../../cards/figures.ts';
import { scorePartMeanings, scorePartWords } from '../../cards/scores.ts';
import { officeHours } from '../../src/domain/office-hours.ts';
import { scoreParts } from '../../src/domain/score.ts';

const page = readFileSync(new URL('../../docs/FIGURES.md', import.meta.url), 'utf8');

it('docs/FIGURES.md has every figure with its meaning, and no other', () => {
  const lines = page.split('\n').filter((line) => line.startsWith('- **'));
  expect(lines).toEqual(figureMeanings().map(({ label, meaning }) => `- **${label}**：${meaning}`));
});

it('names the hours that are counted', () => {
  const clock = (minutes: number) =>
    `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
  const hours = officeHours.map(({ from, to }) => `${clock(from)}–${clock(to)}`).join('、');
  expect(page).toContain(hours);
});

it('has every part of a town’s score in a quarterly bulletin', () => {
  const lines = page.split('\n').filter((line) => line.startsWith('| '));
  for (const part of scoreParts) expect(lines).toContain(`| ${scorePartWords[part]} | ${scorePartMeanings[part]} |`);
});
