import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nameKey } from '../../src/domain/name.ts';
import { hideNames, possibleNames } from '../../src/domain/names-within.ts';

describe('possibleNames', () => {
  it.each([
    ['给王秀英送去了低保证', '王秀英'],
    ['群众苏日娜·宝音反映好', '苏日娜·宝音'],
    ['为 张 三 上门', '张三'],
    ['阿卜杜热西提·买买提', '阿卜杜热西提·买买提'],
    ['帮Ganbold Batbayar 办理', 'Batbayar'],
    ['to Ganbold Batbayar, at home', 'Ganbold Batbayar'],
    ['Ганболд Батбаяр', 'Ганболд Батбаяр'],
  ])('%s holds %s', (text, name) => {
    expect(possibleNames(text)).toContain(nameKey(name));
  });

  it('crosses no sign that ends a part of a sentence, and takes no single character', () => {
    const keys = possibleNames('培训三次，王家和李家');
    expect(keys).not.toContain('次王');
    expect(keys.every((key) => [...key].length >= 2)).toBe(true);
    expect(possibleNames('')).toEqual([]);
  });

  it('stays within what a field can hold', () => {
    expect(possibleNames('群'.repeat(250) + '众'.repeat(250)).length).toBeLessThan(5_000);
  });
});

describe('hideNames', () => {
  const spared = ['安达社区', '巴彦托海镇', '巴彦托海镇便民服务中心'];

  it.each([
    ['给王秀英送证', ['王秀英'], '给王**送证'],
    ['给王 秀 英送证', ['王秀英'], '给王**送证'],
    ['张三丰和张三', ['张三', '张三丰'], '张**和张*'],
    ['安达社区的安达来了', ['安达'], '安达社区的安*来了'],
    ['巴彦托海镇便民服务中心', ['巴彦'], '巴彦托海镇便民服务中心'],
    ['工作平安有序', [], '工作平安有序'],
  ])('%s without %j is %s', (text, names, expected) => {
    expect(hideNames(text, { names, spared })).toBe(expected);
  });

  it('leaves none of the names, whatever stands around them', () => {
    const words = fc.stringMatching(/^[群众反映很好，。 a-z]{0,20}$/u);
    fc.assert(
      fc.property(words, words, (before, after) => {
        expect(hideNames(`${before}王秀英${after}`, { names: ['王秀英'], spared })).toBe(`${before}王**${after}`);
      }),
    );
  });
});
