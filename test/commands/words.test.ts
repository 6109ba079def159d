import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { caseNumberFirst, wordsIn } from '../../src/commands/words.ts';
import { wordsOf } from '../support/office.ts';
import { ADMIN, openScene, type Scene } from '../support/scene.ts';

describe('words behind a command', () => {
  it.each(['上月 大雁镇', '上月，大雁镇', '，上月、 大雁镇,', '上月\u3000大雁镇'])('are two in %j', (args) => {
    expect(wordsIn(args)).toEqual(['上月', '大雁镇']);
  });

  it('are none in nothing', () => {
    expect(wordsIn(' ，')).toEqual([]);
  });

  it.each([
    '26-01-00012 本人要求',
    '代办件 26-01-00012，本人要求',
    '代办件26-01-00012 本人要求',
    '代办件编号：26-01-00012：本人要求',
    '＃２６－０１－０００１２ 本人要求',
    '260100012本人要求',
  ])('begin with a case number in %j', (args) => {
    expect(caseNumberFirst(args)).toEqual({ caseNumber: '26-01-00012', rest: '本人要求' });
  });

  it.each(['本人要求 26-01-00012', '1234', ''])('begin with none in %j', (args) => {
    expect(caseNumberFirst(args)).toBeUndefined();
  });
});

describe('commands take the commas of a phone', () => {
  let scene: Scene;
  beforeEach(async () => {
    scene = await openScene();
    await scene.register();
  });
  afterEach(() => scene.close());

  it.each([
    ['/统计 本月、巴彦托海镇，按事项', '统计：巴彦托海镇 2026年11月'],
    ['/排名 上月，代办员', '排名：鄂温克族自治旗 2026年10月'],
    ['/台账 上月，巴彦托海镇', '台账：巴彦托海镇 2026年10月'],
    ['/名册 巴彦托海镇，昨天', '代办员名册：巴彦托海镇 2026年11月22日'],
    ['/月报 2026-10，大雁镇', '大雁镇2026年10月'],
    ['/角色 王芳，管理员', '改这位同事的身份'],
    ['/责任人 代办件 26-01-00001，11月23日', '26-01-00001 的责任人'],
    ['/删除申请人 代办件 ２６－０１－００００１，本人书面申请', '删除'],
  ])('%s', async (line, words) => {
    await scene.says(ADMIN, line);
    await scene.settle();
    const [title] = wordsOf(scene.last(ADMIN).card).split('\n');
    expect(title).toContain(words);
  });
});
