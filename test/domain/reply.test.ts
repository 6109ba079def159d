import { expect, it } from 'vitest';
import { stepButtons } from '../../cards/words.ts';
import { readReply } from '../../src/domain/reply.ts';

it.each(Object.entries(stepButtons).filter(([step]) => step !== 'note'))(
  '%s is asked for by its button’s word %s',
  (step, word) => {
    expect(readReply(word)).toEqual({ kind: 'asked', what: step });
  },
);

it.each([
  ['撤回 群众自己办好了', 'withdraw'],
  ['／撤回：不办了', 'withdraw'],
  ['办结。', 'complete'],
  ['催一下', 'urge'],
  ['查', 'show'],
  ['到哪一步了？', 'show'],
  ['办好了吗', 'show'],
  ['办好了没', 'show'],
  ['？', 'show'],
  ['', 'show'],
  ['电话写错了', 'correct'],
  ['查看申请人', 'reveal'],
])('%s asks for %s', (text, what) => {
  expect(readReply(text)).toEqual({ kind: 'asked', what });
});

it.each([
  ['儿子周五带材料来', '儿子周五带材料来'],
  ['接收不到短信，请打电话', '接收不到短信，请打电话'],
  ['办结材料还差一份', '办结材料还差一份'],
  ['和 26-01-00004 一起办', '和 26-01-00004 一起办'],
  ['孙七', '孙七'],
  ['3', '3'],
  ['加说明：周五来', '周五来'],
  ['加说明', ''],
  ['说明书已交', '说明书已交'],
])('%s is a note', (text, note) => {
  expect(readReply(text)).toEqual({ kind: 'note', text: note });
});

it.each(['谢谢', '好的', '你好', '怎么用'])('%s has nothing to do with the case', (text) => {
  expect(readReply(text)).toEqual({ kind: 'other' });
});
