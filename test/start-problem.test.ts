import { expect, it } from 'vitest';
import { startProblem } from '../src/start-problem.ts';

const at = { database: './data/daiban.db', host: '127.0.0.1', port: 3000 };
const withCode = (code: string) => Object.assign(new Error('internals'), { code });

it.each([
  ['SQLITE_READONLY_DIRECTORY', '不能写入'],
  ['EACCES', '不能写入'],
  ['ENAMETOOLONG', '名字太长'],
  ['SQLITE_CANTOPEN', '打不开'],
  ['SQLITE_FULL', '磁盘满了'],
  ['SQLITE_IOERR_WRITE', '磁盘满了或出了故障'],
  ['SQLITE_NOTADB', '不是完好的数据库文件'],
  ['SQLITE_CORRUPT_INDEX', '不是完好的数据库文件'],
  ['SQLITE_BUSY', '正被别的程序占用'],
  ['EADDRINUSE', '127.0.0.1:3000 已被占用'],
])('%s is told in words, with the place and without internals', (code, words) => {
  const sentence = startProblem(withCode(code), at);
  expect(sentence).toContain(words);
  expect(sentence).toMatch(/daiban\.db|127\.0\.0\.1:3000/);
  expect(sentence).not.toContain('internals');
});

it.each([
  [3000, 3001],
  [65_535, 65_534],
])('suggests another port than %i that there is', (port, other) => {
  expect(startProblem(withCode('EADDRINUSE'), { ...at, port })).toContain(`PORT=${other}`);
});

it('leaves a fault of the program as it is', () => {
  expect(startProblem(new TypeError('x is not a function'), at)).toBeUndefined();
  expect(startProblem('thrown text', at)).toBeUndefined();
});
