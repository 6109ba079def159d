/** docs/SECURITY.md: each duty with how it is met or who has to meet it, each kind of attack with the test that stops it. */
import { describe, expect, it } from 'vitest';
import { exists, pathsIn, read } from './documents.ts';
import { isTitleIn, tableUnder, testsIn } from './rules.ts';

const page = read('docs/SECURITY.md');

/** `5、6` and `38–40` as numbers. */
function articlesIn(cell: string): number[] {
  return cell.split('、').flatMap((part) => {
    const [from = 0, to = from] = part.split('–').map(Number);
    return Array.from({ length: to - from + 1 }, (_none, at) => from + at);
  });
}

describe('个人信息保护法', () => {
  const rows = tableUnder('个人信息保护法', page);

  it('has every article that binds somebody who keeps residents’ data', () => {
    const bound = [
      5, 6, 7, 8, 9, 13, 14, 15, 17, 19, 21, 23, 25, 26, 28, 29, 31, 34, 35, 36, 44, 45, 46, 47, 48, 49, 50, 51,
    ];
    const answered = rows.flatMap(([articles = '']) => articlesIn(articles));
    expect([...bound, 52, 54, 55, 56, 57].filter((article) => !answered.includes(article))).toEqual([]);
    expect(answered.filter((article, index) => answered.indexOf(article) !== index)).toEqual([]);
  });

  it.each(rows)('%s: says what it wants, where to look, and whatever the program does not do', (...cells) => {
    const [, duty = '', how = '', where = '', byHand = ''] = cells;
    expect(duty).not.toBe('');
    expect(how !== '' || byHand !== '').toBe(true);
    expect(where).toMatch(/`[^`]+`/);
  });
});

describe('网络安全等级保护', () => {
  const rows = tableUnder('网络安全等级保护', page);

  it('has every control of the second and third level that a program can meet', () => {
    const controls = [
      ...['身份鉴别', '访问控制', '安全审计', '入侵防范', '恶意代码防范', '可信验证', '数据完整性', '数据保密性'],
      ...['数据备份恢复', '剩余信息保护', '个人信息保护'],
    ];
    expect(controls.filter((control) => !rows.some(([name]) => name === control))).toEqual([]);
  });

  it.each(rows)('%s: says how, where to look, and what is left to be done', (...cells) => {
    expect(cells).toHaveLength(5);
    expect(cells.slice(0, 4).filter((cell) => cell === '')).toEqual([]);
    expect(pathsIn(cells[2] ?? '').filter((path) => !exists(path))).toEqual([]);
  });

  it('says that logs are kept for six months, and by whom', () => {
    expect(rows.find(([name]) => name === '安全审计')?.[3]).toContain('六个月');
  });
});

describe('试过的攻击', () => {
  const rows = tableUnder('试过的攻击', page);

  it('are not few', () => {
    expect(rows.length).toBeGreaterThan(25);
  });

  it.each(rows)('%s: is stopped by a test that is there', (_kind, _now, cell) => {
    const tests = testsIn(cell ?? '');
    expect(tests.length).toBeGreaterThan(0);
    for (const { path, titles } of tests) {
      expect(titles.length, path).toBeGreaterThan(0);
      for (const title of titles) expect(isTitleIn(read(path), title), `“${title}” of ${path}`).toBe(true);
    }
  });
});
