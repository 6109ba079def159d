import { expect, test } from 'vitest';
import * as words from '../../cards/words.ts';

test('steps and buttons are called as the handbook calls them', () => {
  expect(Object.values(words.stepButtons)).toEqual([
    ...['接收', '退回补正', '重新转送', '转上级', '办结', '确认送达', '回访评价', '整改', '撤回', '催办', '更正'],
    ...['加说明', '中止', '恢复', '终止', '转办给同事', '转同事跟进'],
  ]);
  expect(Object.values(words.stepWords)).toEqual([
    ...['登记', '转送', '接收', '退回补正', '转上级', '办结', '送达', '回访', '整改', '归档', '撤回', '催办', '更正'],
    ...['加说明', '中止', '恢复', '终止', '转办', '转交跟进', '撤销'],
    ...['查看申请人', '收到材料', '说明材料', '查看材料', '抽查回访', '导出完整信息', '删除个人信息'],
  ]);
});

test('ways, outcomes, roles and types in the words of the plan', () => {
  expect(Object.values(words.serviceWayWords)).toEqual([
    '窗口',
    '上门',
    '流动窗口',
    '邮政+',
    '金融网点+',
    '人大代表之家+',
  ]);
  expect(words.deliveryWayWords).toEqual({ doorstep: '送上门', pickup: '群众自取', post: '邮寄', phone: '电话告知' });
  expect(words.outcomeWords).toEqual({ granted: '予以办理', refused: '不予办理' });
  expect(words.assistTypeWords).toEqual({ local: '本级帮办代办', extended: '延伸帮办代办' });
  expect(words.employmentWords).toEqual({ fullTime: '专职', partTime: '兼职' });
  expect(words.roleWords).toEqual({ agent: '代办员', manager: '管理员', admin: '系统管理员' });
});

test('a rating in words, and none where there is none', () => {
  expect([5, 4, 3, 2, 1].map(words.ratingWord)).toEqual(['非常满意', '满意', '基本满意', '不满意', '非常不满意']);
  expect(words.ratingWord(null)).toBeUndefined();
  expect(words.ratingWord(6)).toBeUndefined();
});
