import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { folded, normaliseDigits, replaceName, replaceNumber, spelt } from '../../src/domain/spelling.ts';

describe('normaliseDigits', () => {
  it('makes full-width digits half-width and leaves the rest', () => {
    expect(normaliseDigits('１３８　ａ张０９')).toBe('138　ａ张09');
  });

  it('is idempotent', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const once = normaliseDigits(text);
        expect(normaliseDigits(once)).toBe(once);
      }),
    );
  });
});

it('digits of every script are the same ten', () => {
  for (const ten of ['᠐᠑᠒᠓᠔᠕᠖᠗᠘᠙', '༠༡༢༣༤༥༦༧༨༩', '٠١٢٣٤٥٦٧٨٩', '𝟎𝟏𝟐𝟑𝟒𝟓𝟔𝟕𝟖𝟗', '𝟘𝟙𝟚𝟛𝟜𝟝𝟞𝟟𝟠𝟡']) {
    expect(normaliseDigits(ten)).toBe('0123456789');
  }
});

describe('what is replaced', () => {
  it('is the text as it was typed, from its first sign to its last', () => {
    const text = '请（张 ・ 三）来';
    expect(replaceName(spelt(text), { key: folded('张三'), by: '张*' }).text).toBe('请（张*）来');
    expect(replaceName(spelt('nothing'), { key: folded('张三'), by: '张*' }).text).toBe('nothing');
    expect(replaceName(spelt('张三张三'), { key: '张三', by: '张*' }).text).toBe('张*张*');
  });

  it.each(['一三八 一二三四 一二三四', '幺三八壹贰叁肆１２３４', '①③⑧12341234', '1️⃣3️⃣8️⃣12341234', '138.1234/1234'])(
    'may be a number written as %s',
    (written) => {
      expect(replaceNumber(spelt(`打${written}找`), { key: '13812341234', by: '#' }).text).toBe('打#找');
    },
  );
});
