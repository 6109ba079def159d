import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { encodeAction } from '../../cards/action-values.ts';
import { select } from '../../cards/form.ts';
import { card, clock, cut, day, dayFor, escapeMarkdown, fit, markdown, pageTurns, paragraph } from '../../cards/kit.ts';
import { sentBytes } from '../../cards/size.ts';
import { checkCard } from '../../sandbox/card-schema.ts';
import { tagsOf, wholeText } from './reading.ts';

const segmenter = new Intl.Segmenter('zh', { granularity: 'grapheme' });
const graphemes = (text: string) => [...segmenter.segment(text)].length;
const anyText = fc.string({ unit: 'binary', maxLength: 300 });
const graphemeText = fc.string({ unit: 'grapheme', maxLength: 120 });

describe('cut', () => {
  test('leaves what is short enough', () => {
    expect(cut('高龄津贴', 4)).toBe('高龄津贴');
  });

  test('ends in … within the limit', () => {
    expect(cut('高龄津贴发放', 4)).toBe('高龄津…');
  });

  test('does not split an emoji of several code points', () => {
    expect(cut('👩‍🌾👩‍🌾👩‍🌾👩‍🌾', 20)).toBe('👩‍🌾👩‍🌾👩‍🌾👩‍🌾');
    expect(cut('🇨🇳🇨🇳🇨🇳🇨🇳🇨🇳', 4)).toMatch(/^(🇨🇳)*…$/u);
  });

  test('drops controls, direction marks and blanks without width', () => {
    expect(cut('a\u0007b\u202Ec\u200Ed\u2066e\u200Bf\uFEFFg\uD800h', 20)).toBe('abcdefgh');
  });

  test('drops each of them where it stands alone, and nothing else', () => {
    const dropped = /[\p{Cc}\p{Cs}\u061C\u200B\u200E\u200F\u202A-\u202E\u2060-\u2069\uFEFF]/u;
    const becomesBreak = /[\n\r\u0085\u2028\u2029]/;
    const wrong: string[] = [];
    for (let code = 0; code <= 0xffff; code++) {
      const sign = String.fromCharCode(code);
      const kept = becomesBreak.test(sign) ? '\n' : sign === '\t' ? ' ' : dropped.test(sign) ? '' : sign;
      if (cut(`甲${sign}乙`, 20) !== `甲${kept}乙`) wrong.push(code.toString(16));
    }
    expect(wrong).toEqual([]);
  });

  test('keeps what Mongolian and emoji need', () => {
    expect(cut('ᠠ\u180Bᠨ 👩‍🌾', 20)).toBe('ᠠ\u180Bᠨ 👩‍🌾');
  });

  test('keeps line breaks, whichever way they were typed', () => {
    expect(cut('一\r\n二\u2028三\r四', 20)).toBe('一\n二\n三\n四');
  });

  test('bounds stacked accents, which are one character for people', () => {
    expect(cut(`z${'\u0301'.repeat(5000)}`, 10)).toBe('…');
  });

  test('any text: within the limit in characters and code units, and well formed', () => {
    fc.assert(
      fc.property(fc.oneof(anyText, graphemeText), fc.integer({ min: 1, max: 50 }), (text, max) => {
        const result = cut(text, max);
        expect(graphemes(result)).toBeLessThanOrEqual(max);
        expect(result.length).toBeLessThanOrEqual(max * 2 + 1);
        expect(Buffer.byteLength(JSON.stringify(JSON.stringify(result)))).toBeLessThanOrEqual(max * 5 + 9);
        expect(result).not.toMatch(/[\p{Cs}\u202A-\u202E\u2066-\u2069\u200E\u200F]/u);
        expect(result).not.toMatch(/[^\P{Cc}\n]/u);
      }),
    );
  });

  test('any text: what is kept is the beginning of the text', () => {
    fc.assert(
      fc.property(graphemeText, fc.integer({ min: 1, max: 50 }), (text, max) => {
        const result = cut(text, max);
        expect(cut(text, 1000).startsWith(result.replace(/…$/, ''))).toBe(true);
      }),
    );
  });
});

describe('fit', () => {
  test('counts code units and adds nothing', () => {
    expect(fit('登记 高龄津贴发放', 5)).toBe('登记 高龄');
    expect(fit('👩‍🌾👩‍🌾', 6)).toBe('👩‍🌾');
  });
});

describe('escapeMarkdown', () => {
  test('a typed mention stays text', () => {
    expect(escapeMarkdown('<at id=all></at>')).toBe('&#60;at id=all&#62;&#60;&#47;at&#62;');
  });

  test('the ampersand is escaped, so that typed entities stay as typed', () => {
    expect(escapeMarkdown('&#60;')).toBe('&#38;&#35;60;');
  });

  test('newlines cannot start a block', () => {
    expect(escapeMarkdown('一\n# 二\r\n\n- 三')).toBe('一 &#35; 二 &#45; 三');
  });

  test('any text: no sign of markdown is left, and the text can be read back', () => {
    const decode = (text: string) => text.replace(/&#(\d+);/g, (_entity, code) => String.fromCharCode(Number(code)));
    fc.assert(
      fc.property(
        fc.oneof(anyText, fc.string({ unit: fc.constantFrom(...'<>&*_~[]()`#+-!|\\/:"\'$\na1 ') })),
        (text) => {
          const escaped = escapeMarkdown(text);
          expect(escaped.replace(/&#\d+;/g, '')).not.toMatch(/[&<>~\-!*/\\[\]()#:+"'`$_|\n]/);
          expect(decode(escaped)).toBe(cut(text, 10_000).replace(/\n+/g, ' '));
        },
      ),
    );
  });
});

describe('days and times', () => {
  const newYearEve = Date.UTC(2026, 11, 31, 16, 5);

  test('are those of the zone', () => {
    expect(day(newYearEve, 'Asia/Shanghai')).toBe('1月1日');
    expect(day(newYearEve, 'UTC')).toBe('12月31日');
    expect(clock(newYearEve, 'Asia/Shanghai')).toBe('00:05');
  });

  test('name the year only when it is another one', () => {
    const view = { now: Date.UTC(2026, 10, 23), zone: 'Asia/Shanghai' };
    expect(dayFor(view.now, view)).toBe('11月23日');
    expect(dayFor(newYearEve, view)).toBe('2027年1月1日');
  });
});

test('a card without anything on it says what its notification says, for an empty list is refused', () => {
  const bare = card({ title: '通知', color: 'blue', summary: '没有要说的', elements: [] });
  expect(checkCard(bare)).toEqual([]);
  expect(wholeText(bare)).toContain('没有要说的');
});

describe('select', () => {
  const choices = (count: number) =>
    Array.from({ length: count }, (_, index) => ({ value: String(index + 1), text: `${index + 1}` }));

  test('a long list is cut, says so, and keeps the chosen one', () => {
    const elements = select({ name: 'unit', label: '单位', options: choices(100), initial: '99', moreHint: '请打字' });
    const values = JSON.stringify(elements.at(-1));
    expect(values).toContain('"value":"99"');
    expect(values).not.toContain('"value":"60"');
    expect(JSON.stringify(elements)).toContain('共 100 项，先列出 60 项。请打字');
  });

  test('an option that comes twice stands once', () => {
    const elements = select({ name: 'unit', label: '单位', options: [...choices(2), ...choices(2)] });
    expect(JSON.stringify(elements).match(/"value":"1"/g)).toHaveLength(1);
  });

  test('an initial value that is no option is left out', () => {
    const elements = select({ name: 'unit', label: '单位', options: choices(2), initial: '9' });
    expect(JSON.stringify(elements)).not.toContain('initial_option');
  });

  test('without options there is a sentence instead', () => {
    const elements = select({ name: 'unit', label: '单位', options: [] });
    expect(tagsOf(elements)).not.toContain('select_static');
    expect(JSON.stringify(elements)).toContain('暂无可选项');
  });
});

describe('pageTurns', () => {
  const turns = (at: Parameters<typeof pageTurns>[0]) =>
    JSON.stringify(pageTurns(at, (page) => encodeAction({ action: 'readiness.show', unitId: 1, page })));

  test('nothing where there is one page', () => {
    expect(turns({ page: 0, more: false, pages: 1 })).toBe('[]');
  });

  test('leads to the pages that there are, and says where it stands', () => {
    expect(turns({ page: 0, more: true })).toMatch(/下一页.*"page":1/);
    expect(turns({ page: 0, more: true })).not.toMatch(/上一页|第1页/);
    expect(turns({ page: 1, more: true, pages: 3 })).toMatch(/上一页.*"page":0.*下一页.*"page":2.*第2页，共3页/);
    expect(turns({ page: 2, more: false, pages: 3 })).not.toContain('下一页');
  });
});

describe('sentBytes', () => {
  test('counts bytes, not characters', () => {
    expect(sentBytes(paragraph('长长')) - sentBytes(paragraph('长'))).toBe(3);
  });

  test('counts a quotation mark as it stands in JSON within JSON', () => {
    expect(sentBytes('"') - sentBytes('a')).toBe(3);
  });

  test('counts more than its letters for a style tag', () => {
    const plain = sentBytes(markdown('甲'));
    expect(sentBytes(markdown("<font color='red'>甲</font>")) - plain).toBeGreaterThan(100);
    expect(sentBytes(paragraph('<font>')) - sentBytes(paragraph('xfontx'))).toBeLessThan(100);
  });
});
