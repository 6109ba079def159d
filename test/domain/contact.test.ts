import { describe, expect, it } from 'vitest';
import { parseContact, parseOwnPhone, saysNoPhone } from '../../src/domain/contact.ts';

describe('parseContact', () => {
  it.each([
    ['女儿李四 13900001111', { relation: 'child', name: '李四', phone: '13900001111' }],
    ['13900001111（她的二儿子 巴特尔）', { relation: 'child', name: '巴特尔', phone: '13900001111' }],
    ['隔壁邻居 0470-8812345', { relation: 'neighbour', name: '', phone: '04708812345' }],
    ['嘎查达 139 0000 1111', { relation: 'villageCadre', name: '', phone: '13900001111' }],
    [
      '村书记：苏日娜·宝音，电话１３９００００１１１１',
      { relation: 'villageCadre', name: '苏日娜·宝音', phone: '13900001111' },
    ],
    ['外甥女 13900001111', { relation: 'other', name: '', phone: '13900001111' }],
    ['李四 +86 13900001111', { relation: 'other', name: '李四', phone: '13900001111' }],
    ['13900001111', { relation: 'other', name: '', phone: '13900001111' }],
    ['𠮷 13900001111', { relation: 'other', name: '𠮷', phone: '13900001111' }],
    ['子女 李四 13900001111', { relation: 'child', name: '李四', phone: '13900001111' }],
  ])('reads %j', (text, value) => {
    expect(parseContact(text)).toEqual({ ok: true, value });
  });

  it.each([
    ['女儿李四', '请写上联系人的电话，如：女儿李四 13900001111'],
    ['女儿 1390000111', '少了1位，应为11位手机号，请核对'],
    ['李四 13900001111 王五 13900002222', '请只写关系、姓名和一个电话，如：女儿李四 13900001111'],
  ])('says what is wrong with %j', (text, problem) => {
    expect(parseContact(text)).toEqual({ ok: false, problem });
  });
});

describe('parseOwnPhone', () => {
  it.each(['无', '没有', '没有电话', '无电话', '沒有手機。', ' 没 有 '])('takes %j for nobody’s number', (text) => {
    expect(parseOwnPhone(text)).toEqual({ ok: true, value: '' });
  });

  it.each(['没有13900001111', '无锡', '电话没有了', ''])('does not take %j so', (text) => {
    expect(saysNoPhone(text)).toBe(false);
  });
});
