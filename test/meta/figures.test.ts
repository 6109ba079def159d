import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { figureMeanings } from '../../cards/figures.ts';
import { scorePartMeanings, scorePartWords } from '../../cards/scores.ts';
import { adoptionWords, stepWords, taskLightWords } from '../../cards/words.ts';
import { adoptionKinds, firstPoints } from '../../src/domain/information.ts';
import { officeHours } from '../../src/domain/office-hours.ts';
import * as patterns from '../../src/domain/patterns.ts';
import { scoreParts } from '../../src/domain/score.ts';
import { taskLights, WARNING_DAYS } from '../../src/domain/task.ts';
import { workKinds } from '../../src/domain/workload.ts';
import { indicators } from '../../src/services/annual/figures.ts';
import { settings } from '../../src/services/settings.ts';

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

/** The cells of the row whose first cell begins so. */
function rowOf(figure: string): string[] {
  const row = page.split('\n').find((line) => line.startsWith(`| ${figure}`)) ?? '';
  return row
    .split('|')
    .slice(1, -1)
    .map((cell) => cell.trim());
}

it('has every indicator of a year, each with its place in the plan', () => {
  const above = new Set(figureMeanings().map(({ label }) => label));
  const others = indicators.filter(
    ({ label, meaning }) => !above.has(label) || !page.includes(`- **${label}**：${meaning}`),
  );
  expect(others.length).toBeGreaterThan(3);
  expect(others.map(({ label }) => rowOf(`${label} |`))).toEqual(
    others.map(({ label, meaning, basis }) => [label, meaning, basis]),
  );
});

it('has every light of a task, and the days on which it turns', () => {
  for (const light of taskLights) expect(rowOf(`任务：${taskLightWords[light]} |`)).toHaveLength(2);
  expect(rowOf('任务：快到期')[1]).toContain(`在${WARNING_DAYS}天以内`);
});

it('names what the workload counts', () => {
  expect(rowOf('考核：工作量')[1]).toContain(workKinds.map((kind) => stepWords[kind]).join('、'));
});

it('has what each use of a piece is worth', () => {
  expect(adoptionKinds.map((kind) => rowOf(adoptionWords[kind]))).toEqual(
    adoptionKinds.map((kind) => [adoptionWords[kind], String(firstPoints[kind])]),
  );
});

it('has what is worth a look, by the numbers that count', () => {
  const says = (figure: string, count: number) =>
    expect(rowOf(figure)[1]).toMatch(new RegExp(`(?<!\\d)${count}[位件次]以上`));
  says('同一个电话', patterns.SAME_PHONE_MIN);
  says(`${patterns.AT_ONCE_MS / 1000}秒内写了几件评价`, patterns.RATED_AT_ONCE_MIN);
  says('回访都由经办人本人做', patterns.OWN_VISITS_MIN);
  says(`接收后${patterns.COMPLETED_WITHIN_MS / 1000}秒内办结`, patterns.COMPLETED_AT_ONCE_MIN);
  expect(rowOf('抽查回访')[1]).toContain(`抽出${settings.checkedPercent.fallback}%`);
  expect(rowOf('不满意件')[1]).toContain(`第${settings.rectificationDays.fallback}个工作日`);
});
