import { describe, expect, it } from 'vitest';
import { readPlainWords, readWithoutItem, soughtWords, withoutAsking } from '../../src/domain/plain-words.ts';

describe('a line without a command', () => {
  it.each([
    ['你好', 'hello'],
    ['您好！', 'hello'],
    ['在吗', 'hello'],
    ['在吗？', 'hello'],
    ['早上好', 'hello'],
    ['谢谢', 'thanks'],
    ['谢谢您！', 'thanks'],
    ['好的，谢谢', 'thanks'],
    ['辛苦了', 'thanks'],
    ['收到', 'thanks'],
    ['加入', 'join'],
    ['申请加入', 'join'],
    ['我要加入', 'join'],
    ['申请成为代办员', 'join'],
    ['我想当代办员', 'join'],
    ['重新申请', 'join'],
    ['怎么用', 'howTo'],
    ['请问怎么用？', 'howTo'],
    ['你能做什么', 'howTo'],
    ['怎么登记', 'howTo'],
    ['我的件到哪了', 'mine'],
    ['我的件', 'mine'],
    ['我登记的件办到哪了？', 'mine'],
    ['有什么要办的', 'mine'],
    ['今天要办什么', 'mine'],
    ['有没有超期的件', 'overdue'],
    ['超期', 'overdue'],
    ['谁超期了？', 'overdue'],
    ['快到期的件', 'mine'],
    ['有没有快到期的件', 'mine'],
    ['张三的电话改成13900001111', 'change'],
    ['改电话 13800000000', 'change'],
    ['电话写错了', 'change'],
    ['修改姓名', 'change'],
    ['登记错了', 'change'],
    ['登记错了怎么改', 'change'],
    ['帮张三办低保', 'register'],
    ['给孙七申请低保 13800000000', 'register'],
    ['低保怎么办', 'item'],
    ['办低保要带什么', 'item'],
    ['请问低保需要什么材料？', 'item'],
    ['怎么查进度', 'howTo'],
  ])('%s: %s', (line, kind) => {
    expect(readPlainWords(line)).toMatchObject({ kind });
  });

  it.each([
    ['撤回 张三 13900001111', '13900001111'],
    ['张三 139 0000 1111 办好了吗', '13900001111'],
    ['张三 1111', '张三 1111'],
  ])('%s looks for %s', (line, words) => {
    expect(readPlainWords(line)).toMatchObject({ kind: 'find', words });
  });

  it.each([
    ['撤回', '撤回'],
    ['怎么撤回', '撤回'],
    ['不办了', '撤回'],
    ['撤销', '撤销'],
    ['催一下', '催办'],
    ['办完了', '办结'],
    ['转办', '转办'],
    ['再办一件', '再办一件'],
    ['发照片', '传材料'],
  ])('%s is a button of a case: %s', (line, label) => {
    expect(readPlainWords(line)).toEqual({ kind: 'step', label });
  });

  it.each(['帮张三申请的低保批了吗', '帮张三办的低保有结果吗', '给张三办得怎么样了'])('%s asks for 张三', (line) => {
    expect(readPlainWords(line)).toMatchObject({ kind: 'find', words: '张三' });
  });

  it('means what it would without an item when it names none', () => {
    expect(readPlainWords('给孙七办')).toMatchObject({ kind: 'register' });
    expect(readWithoutItem('给我查查孙七')).toMatchObject({ kind: 'find' });
    expect(readWithoutItem(`办${'低'.repeat(150_000)}`)).toBeUndefined();
    expect(withoutAsking('给我看看待办')).toBe('待办');
    expect(withoutAsking('我要请假')).toBe('请假');
  });

  it.each([
    ['26-01-00003', '26-01-00003'],
    ['26—1—3', '26-01-00003'],
    ['260100003', '26-01-00003'],
    ['撤回 26-01-00003', '26-01-00003'],
    ['催办26-01-00003', '26-01-00003'],
    ['我要撤回 26-01-00003', '26-01-00003'],
    ['26-01-00003办到哪了？', '26-01-00003'],
    ['那个２６－０１－００００３呢', '26-01-00003'],
    ['3', '3'],
    ['00003', '00003'],
    ['第3件', '第3件'],
    ['1234', '1234'],
    ['13800000000', '13800000000'],
    ['138 0000 0000', '138 0000 0000'],
    ['138-0000-0000', '138-0000-0000'],
    ['孙*', '孙*'],
    ['孙＊＊', '孙**'],
    ['查一下孙七', '孙七'],
    ['帮我查一下孙七', '孙七'],
    ['你好，帮我查下孙七', '孙七'],
    ['催一下孙七', '孙七'],
    ['张三的低保办好了吗', '张三'],
    ['张三的办好了没有', '张三'],
    ['张三办到哪一步了', '张三'],
    ['张三的低保怎么样了', '张三'],
    ['看一下阿依古丽·买买提的残疾证', '阿依古丽·买买提'],
  ])('%s looks for %s', (line, words) => {
    expect(readPlainWords(line)).toEqual({ kind: 'find', words, sure: true });
  });

  it.each(['孙七', '孙', '统记', '阿依古丽'])('%s may be a name', (line) => {
    expect(readPlainWords(line)).toEqual({ kind: 'find', words: line, sure: false });
  });

  it.each(['今天天气真好', '天气怎么样'])('%s is at most a name', (line) => {
    expect(readPlainWords(line)).toMatchObject({ sure: false });
  });

  it.each(['等级 低保，张三 13800000000', '巴彦托海镇上月（全部）', '🙂', '', '变更户主 13800000000'])(
    '%j says nothing that is known',
    (line) => {
      expect(readPlainWords(line)).toBeUndefined();
    },
  );

  it.each([
    ['一下孙七', '孙七'],
    ['孙七', '孙七'],
    ['张三的低保', '张三'],
    ['HLBE-2026-0815', 'HLBE-2026-0815'],
    ['呢', '呢'],
  ])('behind /查 %s means %s', (args, words) => {
    expect(soughtWords(args)).toBe(words);
  });

  it('does not hang over long lines', () => {
    const start = performance.now();
    for (const part of ['的', '一下', '怎么样了', '请帮我', '- ', '孙*', '电话']) readPlainWords(part.repeat(40_000));
    expect(performance.now() - start).toBeLessThan(10_000);
  });
});
