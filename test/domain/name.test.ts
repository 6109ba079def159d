import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { maskName, nameKey, nameParts, parseName } from '../../src/domain/name.ts';
import type { Parsed } from '../../src/domain/person.ts';

function problem(parsed: Parsed): string {
  return parsed.ok ? `accepted as ${parsed.value}` : parsed.problem;
}

describe('parseName', () => {
  it.each([
    ['张三', '张三'],
    ['  张　三 ', '张三'],
    ['张 三 丰', '张三丰'],
    ['欧阳 娜娜', '欧阳 娜娜'],
    ['苏日娜·宝音', '苏日娜·宝音'],
    ['乌云 \t\n 其木格', '乌云 其木格'],
    ['张\u202e三\u200b\u0007', '张三'],
    ['e\u0301', 'é'],
    ['<at id=all></at>', '<at id=all></at>'],
    ['=1+1', '=1+1'],
    ['ᠮᠣᠩᠭᠣᠯ', 'ᠮᠣᠩᠭᠣᠯ'],
    ['👩‍👩‍👧', '👩‍👩‍👧'],
    ['𠮷野', '𠮷野'],
    ['张\ud800三', '张三'],
  ])('keeps %j as %j', (text, value) => {
    expect(parseName(text)).toEqual({ ok: true, value });
  });

  it.each([[''], ['　 \n'], ['\u200b\u202e'], ['\u200d']])('asks for a name instead of %j', (text) => {
    expect(problem(parseName(text))).toBe('请填写申请人姓名');
  });

  it('takes 50 graphemes and not 51', () => {
    expect(parseName('𠮷'.repeat(50)).ok).toBe(true);
    expect(problem(parseName('𠮷'.repeat(51)))).toBe('姓名超过50个字，请只填写姓名');
    expect(problem(parseName(`张${'\u0301'.repeat(1000)}`))).toBe('姓名超过50个字，请只填写姓名');
  });

  it.each(['张三 13800138000', '张三138-0013-8000', '１１０１０５'])('takes no number for a part of it: %j', (text) => {
    expect(problem(parseName(text))).toBe('姓名里有号码，请只填写姓名');
  });

  it('is idempotent', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 60 }), (text) => {
        const once = parseName(text);
        if (once.ok) expect(parseName(once.value)).toEqual(once);
      }),
      { numRuns: 1000 },
    );
  });
});

describe('maskName', () => {
  it.each([
    ['张三', '张*'],
    ['张三丰', '张**'],
    ['苏日娜·宝音', '苏***'],
    ['张', '*'],
    ['', ''],
    ['𠮷野家', '𠮷**'],
  ])('maskName(%j)', (name, masked) => {
    expect(maskName(name)).toBe(masked);
  });
});

describe('one name', () => {
  const dots = [...'·•∙⋅・･‧．.。｡﹒…-‐–—−丶', ' · ', '· ', ' • ', '·\u200b'];
  it.each(dots.map((dot) => [dot]))('has the same dot when %j was typed', (dot) => {
    expect(parseName(`阿依古丽${dot}买买提`)).toEqual({ ok: true, value: '阿依古丽·买买提' });
    expect(parseName(`${dot}ئايگۈل${dot}مەمەت${dot}`)).toEqual({ ok: true, value: 'ئايگۈل·مەمەت' });
  });

  it.each(['J. R. Smith', 'Jean-Luc', 'Бат-Эрдэнэ'])('of Latin or Cyrillic letters keeps its own signs: %s', (name) => {
    expect(parseName(name)).toEqual({ ok: true, value: name });
  });

  it.each([
    [
      '阿依古丽·买买提',
      ['阿依古丽•买买提', '阿依古丽买买提', '阿依古丽 买买提', '阿依古丽\u200b・\u2060买买提', '阿依古丽（买买提）'],
    ],
    ['张三', ['张 三', '张　三', '张\ufe00三', '张\u{e0101}三', '张\u00ad三', '张-三', '张\u0336三\u0336']],
    [
      'Ganbold Batbayar',
      [
        'ganbold batbayar',
        'GANBOLD  BATBAYAR',
        'Ｇａｎｂｏｌｄ Ｂａｔｂａｙａｒ',
        'GanboldBatbayar',
        'Gánbold Batbayar',
      ],
    ],
    ['Батбаяр', ['батбаяр', 'БАТБАЯР', 'Батбая\u200cр']],
    ['ئايگۈل·مەمەت', ['ئايگۈل مەمەت', 'ئايگۈل‧مەمەت', 'ئـايگۈل مەمەت', '\u202bئايگۈل مەمەت\u202c']],
    ['ᠮᠣᠩᠭᠣᠯ', ['ᠮᠣᠩ\u180bᠭᠣᠯ', 'ᠮᠣᠩᠭᠣ\u180eᠯ', '\u202fᠮᠣᠩᠭᠣᠯ']],
    ['བཀྲ་ཤིས་', ['བཀྲ་ཤིས', 'བཀྲ ཤིས', 'བཀྲཤིས']],
    ['𠮷野家', ['𠮷 野 家', '𠮷\u{e0100}野家', '𠮷・野家']],
    ['人力', ['⼈⼒', '人\u3000力']],
  ])('%s is found in every spelling', (name, spellings) => {
    for (const spelling of spellings) expect([spelling, nameKey(spelling)]).toEqual([spelling, nameKey(name)]);
  });

  it.each([
    ['张三', '张三丰'],
    ['李四', '李 五'],
    ['བཀྲ་ཤིས་', 'བཀྲ་ཤས་'],
    ['👩', '👨'],
    ['á', 'b'],
  ])('%s is not %s', (one, other) => {
    expect(nameKey(one)).not.toBe(nameKey(other));
  });

  it('is called by its longer parts as well', () => {
    expect(nameParts('阿依古丽·买买提')).toEqual(['阿依古丽', '买买提']);
    expect(nameParts('Li Batbayar')).toEqual(['Batbayar']);
    expect(nameParts('张三丰')).toEqual([]);
    for (const sign of ['/', '、', ',', '，', '（', '-', '‐', '_', '.', '|', ';']) {
      expect([sign, nameParts(`欧阳娜娜${sign}乌云其木格`)]).toEqual([sign, ['欧阳娜娜', '乌云其木格']]);
    }
    expect(nameParts('李四光（乌云其木格）')).toEqual(['李四光', '乌云其木格']);
    expect(nameParts('Bat-Erdene')).toEqual(['Bat', 'Erdene']);
    expect(nameParts('D’Artagnan')).toEqual([]);
  });

  it('has the same key however its characters are put together', () => {
    const text = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 30 });
    fc.assert(
      fc.property(text, (name) => {
        const key = nameKey(name.normalize('NFC'));
        for (const form of ['NFD', 'NFC'] as const) expect(nameKey(name.normalize(form))).toBe(key);
      }),
      { numRuns: 1000 },
    );
  });
});
