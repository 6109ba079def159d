import { describe, expect, it } from 'vitest';
import { prefill } from '../../src/domain/prefill.ts';
import { prepareCatalogue } from '../../src/domain/prepare-catalogue.ts';
import { readList } from '../../src/domain/typed-list.ts';
import { catalogueRows } from './catalogue-rows.ts';

const catalogue = prepareCatalogue(catalogueRows);
const list = (text: string) => readList(text, (line) => prefill(line, catalogue, [{ id: 11, name: '安达社区' }]));
const names = (text: string) => list(text)?.people.map(({ name }) => name);

describe('a pasted list', () => {
  it.each([
    ['低保 张三 13800000001\n高龄津贴 李四 13900000001', ['张三', '李四']],
    ['1、张三 低保\n2. 李四 低保\n（3）王五 低保', ['张三', '李四', '王五']],
    ['张三 13800000001\n\n李四 13900000001\n', ['张三', '李四']],
  ])('%j: one person a line', (text, expected) => {
    expect(names(text)).toEqual(expected);
  });

  it('may have a heading that names what all of them want', () => {
    const found = list('低保：\n张三 13800000001\n李四 13900000001');
    expect(found?.heading?.itemCodes).toHaveLength(1);
    expect(found?.people.map(({ name }) => name)).toEqual(['张三', '李四']);
  });

  it('keeps a line that says nothing, so that it is said', () => {
    expect(list('张三 低保 13800000001\n13900000001\n李四 低保')?.people).toHaveLength(3);
  });

  it.each([
    '姓名：张三\n电话：13800000000\n事项：低保',
    '张三 低保\n13800000000\n家里两位老人',
    '低保\n张三\n13800000000',
    '',
  ])('is not %j', (text) => {
    expect(list(text)).toBeUndefined();
  });
});
