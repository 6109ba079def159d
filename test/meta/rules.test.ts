/**
 * docs/RULES.md, the code and the tests are held together: what the page cites is there, and what decides something in the program
 * stands on the page.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { stepRules } from '../../src/domain/case.ts';
import { rights } from '../../src/domain/rights.ts';
import { scoreParts } from '../../src/domain/score.ts';
import { settingNames } from '../../src/domain/setting.ts';
import { undoableSteps } from '../../src/domain/undo.ts';
import { jobs } from '../../src/jobs/index.ts';
import { settings } from '../../src/services/settings.ts';
import { files, root } from './imports.ts';
import { isTitleIn, rules, rulesPage, tableUnder } from './rules.ts';

const NOT_OURS = '方案里不归机器人管的';
const WITHOUT_RULES = '只读写文字的文件';

const cited = rules.flatMap(({ code }) => code);
const citedPaths = new Set(cited.map(({ path }) => path));
const citedNames = new Set(cited.flatMap(({ path, names }) => names.map(({ name }) => `${path} ${name}`)));

const read = (path: string) => readFileSync(join(root, path), 'utf8');

/** Milliseconds for times, the number itself for what is counted. */
const units: Readonly<Record<string, number>> = { 秒: 1000, 分钟: 60_000, 小时: 3_600_000 };

function worth(value: string): number | string {
  const [, digits = '', unit = ''] = /^([\d.]+)(.*)$/.exec(value) ?? [];
  if (digits === '' || unit.startsWith(':')) return value;
  return Number(digits) * (units[unit] ?? (unit === 'MB' ? 1024 * 1024 : 1));
}

/** What the file exports under the name; of a setting what counts while nobody has set it. */
async function exportedValue(path: string, name: string): Promise<unknown> {
  const [first = '', ...rest] = name.split('.');
  const exported: Record<string, unknown> = await import(/* @vite-ignore */ join(root, path));
  if (!(first in exported)) return undefined;
  const found = rest.reduce<unknown>(
    (from, key) => (from as Record<string, unknown> | undefined)?.[key],
    exported[first],
  );
  return typeof found === 'object' && found !== null && 'fallback' in found ? found.fallback : found;
}

describe('docs/RULES.md', () => {
  it('numbers its rules from 1 on, without a gap', () => {
    expect(rules.length).toBeGreaterThan(80);
    expect(rules.map(({ number }) => number)).toEqual(rules.map((_rule, index) => index + 1));
  });

  it('says of each rule what it is, where it comes from, where it is kept and what shows it', () => {
    const lacking = rules.filter(
      ({ rule, source, code, tests }) =>
        rule === '' ||
        source === '' ||
        code.length === 0 ||
        tests.length === 0 ||
        tests.some(({ titles }) => titles.length === 0),
    );
    expect(lacking.map(({ number }) => number)).toEqual([]);
  });

  it('says no rule twice', () => {
    const said = rules.map(({ rule }) => rule);
    expect(said.filter((rule, index) => said.indexOf(rule) !== index)).toEqual([]);
  });

  it('knows what is a source', () => {
    const known =
      /^(?:方案[一二三]（[一二三四五六七]）(?:\d{1,2}(?:[–、]\d{1,2})?)?|方案附件[1-5]|2022年上半年通报|行政许可法第\d+条|民法典第\d+条|个人信息保护法第\d+条|国务院放假安排|全国年节及纪念日放假办法第\d+条|自治区好差评办法|GB(?:\/T)? [\d.-]+|飞书平台|自定)(?:：[^；]+)?$/;
    const strange = rules.flatMap(({ number, source }) =>
      source.split('；').flatMap((one) => (known.test(one) ? [] : [`${number}: ${one}`])),
    );
    expect(strange).toEqual([]);
  });

  it.each(rules)('$number cites code that is there', async ({ code }) => {
    for (const { path, names } of code) {
      expect(existsSync(join(root, path)), path).toBe(true);
      for (const { name, value } of names) {
        const found = await exportedValue(path, name);
        expect(found, `${name} of ${path}`).toBeDefined();
        if (value !== undefined) expect(found, `${name} of ${path}`).toBe(worth(value));
      }
    }
  });

  it.each(rules)('$number cites tests that are there', ({ tests }) => {
    for (const { path, titles } of tests) {
      expect(path).toMatch(/^test\/.+\.test\.ts$/);
      expect(existsSync(join(root, path)), path).toBe(true);
      for (const title of titles) expect(isTitleIn(read(path), title), `“${title}” of ${path}`).toBe(true);
    }
  });
});

describe('what decides something stands in docs/RULES.md:', () => {
  const unless = (names: readonly string[], path: string, of: (name: string) => string) =>
    names.filter((name) => !citedNames.has(`${path} ${of(name)}`));

  it('each step of a case, and which of them are taken back', () => {
    expect(unless(Object.keys(stepRules), 'src/domain/case.ts', (step) => `stepRules.${step}`)).toEqual([]);
    expect(undoableSteps.filter((step) => !rulesPage.includes(`\`${step}\``))).toEqual([]);
  });

  it('each right', () => {
    expect(unless(Object.keys(rights), 'src/domain/rights.ts', (right) => `rights.${right}`)).toEqual([]);
  });

  it('each setting, with what counts while nobody has set it', () => {
    expect(unless(settingNames, 'src/services/settings.ts', (name) => `settings.${name}`)).toEqual([]);
    const simple = settingNames.filter((name) => typeof settings[name].fallback === 'number');
    const said = cited.flatMap(({ names }) => names.filter(({ value }) => value !== undefined).map(({ name }) => name));
    expect(simple.filter((name) => !said.includes(`settings.${name}`))).toEqual([]);
  });

  it('each job', () => {
    const paths = files.filter((file) => /^src\/jobs\/[\w-]+\.ts$/.test(file));
    const named = jobs.map(({ name }) => paths.find((path) => read(path).includes(`name: '${name}'`)) ?? name);
    expect(named.filter((path) => !citedPaths.has(path))).toEqual([]);
  });

  it('each part of a score', () => {
    expect(scoreParts.filter((part) => !citedNames.has(`src/domain/score.ts defaultScoring.weights.${part}`))).toEqual(
      [],
    );
  });

  it('each file of src/domain, unless it only reads and writes text', () => {
    const spared = tableUnder(WITHOUT_RULES).map(([path = '']) => path.replaceAll('`', ''));
    expect(spared.filter((path) => !existsSync(join(root, path)) || citedPaths.has(path))).toEqual([]);
    const domain = files.filter((file) => file.startsWith('src/domain/'));
    expect(domain.filter((file) => !citedPaths.has(file) && !spared.includes(file))).toEqual([]);
  });

  it('each number that has a name in src/domain', () => {
    const numbers = files
      .filter((file) => file.startsWith('src/domain/'))
      .flatMap((file) =>
        [...read(file).matchAll(/^export const ([A-Z][A-Z\d_]*)(?:: number)? = [\d(]/gm)].map(
          ([, name = '']) => `${file} ${name}`,
        ),
      );
    expect(numbers.length).toBeGreaterThan(25);
    expect(numbers.filter((one) => !citedNames.has(one))).toEqual([]);
  });

  it('each file of the program that names the plan', () => {
    const naming = files
      .filter((file) => /^src\//.test(file) && !/^src\/(?:cli|letters|sheets|commands|actions)\//.test(file))
      .filter((file) =>
        /\b[Tt]he plan(?:['’]s)? (?:wants|sections?|task \d)|the plan, [三二一]|\bAnnex(?:es)? [1-5]|方案[一二三]（/.test(
          read(file),
        ),
      );
    expect(naming.length).toBeGreaterThan(15);
    const spared = tableUnder(WITHOUT_RULES).map(([path = '']) => path.replaceAll('`', ''));
    expect(naming.filter((file) => !citedPaths.has(file) && !spared.includes(file))).toEqual([]);
  });

  it('each demand of the plan, or why it is nothing for a program', () => {
    const chapters = ['一', '二', '三', '四', '五', '六'];
    const ofChapter = [3, 3, 2, 2, 2, 4];
    const tasks = chapters.flatMap((chapter, index) => {
      const before = ofChapter.slice(0, index).reduce((sum, count) => sum + count, 0);
      return Array.from({ length: ofChapter[index] ?? 0 }, (_none, at) => `方案二（${chapter}）${before + at + 1}`);
    });
    const demands = ['一', '二', '三', '四', '五', '六', '七'].map((number) => `方案三（${number}）`);
    const annexes = [1, 2, 3, 4, 5].map((number) => `方案附件${number}`);
    const sources = new Set(rules.flatMap(({ source }) => source.split('；').map((one) => one.split('：')[0] ?? '')));
    const outside = new Set(tableUnder(NOT_OURS).map(([place = '']) => place));
    const all = [...tasks, ...demands, ...annexes];
    expect(all.length).toBe(28);
    expect(all.filter((place) => !sources.has(place) && !outside.has(place))).toEqual([]);
    expect([...outside].filter((place) => !all.includes(place) && !/^方案一（/.test(place))).toEqual([]);
  });
});
