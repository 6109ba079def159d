import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { maskName, parseName } from '../../src/domain/name.ts';
import {
  maskIdNumber,
  maskPhone,
  type Parsed,
  parseDocument,
  parseIdNumber,
  parsePhone,
  phoneTail,
} from '../../src/domain/person.ts';

const FOREIGN = '这是境外号码，请填一个联系得上的国内号码，境外号码可写在备注里';
const TODAY = '2026-11-23';

function problem(parsed: Parsed): string {
  return parsed.ok ? `accepted as ${parsed.value}` : parsed.problem;
}

describe('parsePhone', () => {
  it.each([
    ['13800000000', '13800000000'],
    [' 138 0000 0000 ', '13800000000'],
    ['138-0000-0000', '13800000000'],
    ['138–0000—0000', '13800000000'],
    ['１３８　００００　００００', '13800000000'],
    ['+86 138 0000 0000', '13800000000'],
    ['＋８６１３８００００００００', '13800000000'],
    ['008613800000000', '13800000000'],
    ['8613800000000', '13800000000'],
    ['\u202d13800000000\u202c', '13800000000'],
    ['0470-8812345', '04708812345'],
    ['(0470)8812345', '04708812345'],
    ['（0470）8812345', '04708812345'],
    ['0471 88123456', '047188123456'],
    ['010-62345678', '01062345678'],
    ['+86 470 8812345', '04708812345'],
    ['013800138000', '13800138000'],
    ['0 138 0013 8000', '13800138000'],
    ['+86 013800138000', '13800138000'],
  ])('reads %j', (text, value) => {
    expect(parsePhone(text)).toEqual({ ok: true, value });
  });

  it.each([
    ['', '请填写联系电话'],
    ['  -　', '请填写联系电话'],
    ['1380000000', '少了1位，应为11位手机号，请核对'],
    ['138000000', '少了2位，应为11位手机号，请核对'],
    ['138000000001', '多了1位，应为11位手机号，请核对'],
    ['12800000000', '手机号第二位应为3至9，请核对'],
    ['138000000o0', '电话里有数字以外的字「o」，请只填号码'],
    ['张三13800000000', '电话里有数字以外的字「张」，请只填号码'],
    ['8812345', '座机请加上区号，如 0470-8812345'],
    ['0470-881234', '座机应为区号加7位或8位号码，如 0470-8812345，请核对'],
    ['010-6234567', '座机应为区号加7位或8位号码，如 0470-8812345，请核对'],
    ['999', '请填写11位手机号，或区号加座机号，如 0470-8812345'],
    ['01380013800', '少了1位，应为11位手机号，请核对'],
    ['+976 9911 2233', FOREIGN],
    ['00976 99112233', FOREIGN],
    ['＋７ (912) 345-67-89', FOREIGN],
    ['+852 9123 4567', FOREIGN],
    ['+86', '请填写11位手机号，或区号加座机号，如 0470-8812345'],
  ])('says what is wrong with %j', (text, sentence) => {
    expect(problem(parsePhone(text))).toBe(sentence);
  });

  it('reads what it gave back as the same number', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^1[3-9]\d{9}$|^0[3-9]\d{2}[2-8]\d{6,7}$/), (phone) => {
        expect(parsePhone(phone)).toEqual({ ok: true, value: phone });
      }),
    );
  });
});

describe('parseIdNumber', () => {
  // The two examples of GB 11643-1999 (the second, of 1880, is too old to be accepted) and one a hundred years later.
  it.each([
    ['11010519491231002X', '11010519491231002X'],
    ['11010519491231002x', '11010519491231002X'],
    ['１１０１０５１９４９１２３１００２ｘ', '11010519491231002X'],
    ['110105 19491231 002X', '11010519491231002X'],
    ['440524188001010014', null],
    ['440524198001010013', '440524198001010013'],
  ])('reads %j', (text, value) => {
    const parsed = parseIdNumber(text, TODAY);
    expect(parsed.ok ? parsed.value : null).toBe(value);
  });

  it.each([
    ['', '请填写身份证号'],
    ['130503670401001', '这是15位的旧身份证号，请填写18位的新身份证号'],
    ['110105194912310021', '校验位不对，请核对最后一位和其他各位'],
    ['1101051949123100', '少了2位，应为18位身份证号，请核对'],
    ['11010519491231002X0', '身份证号只能是数字，最后一位可以是X，请核对'],
    ['1101051949123100211', '多了1位，应为18位身份证号，请核对'],
    ['11010519491331002X', '出生日期不对，请核对第7位至第14位'],
    ['11010519490229002X', '出生日期不对，请核对第7位至第14位'],
    ['440524188001010014', '出生日期不对，请核对第7位至第14位'],
    ['11010520261124002X', '出生日期在今天之后，请核对第7位至第14位'],
    ['无', '身份证号只能是数字，最后一位可以是X，请核对'],
  ])('says what is wrong with %j', (text, sentence) => {
    expect(problem(parseIdNumber(text, TODAY))).toBe(sentence);
  });

  it('accepts somebody born today', () => {
    const body = '15272720261123001';
    const accepted = [...'0123456789X'].filter((last) => parseIdNumber(body + last, TODAY).ok);
    expect(accepted).toHaveLength(1);
  });

  it('notices every single wrong digit', () => {
    const right = '440524198001010013';
    for (let place = 0; place < 17; place += 1) {
      for (const digit of '0123456789') {
        const changed = right.slice(0, place) + digit + right.slice(place + 1);
        expect(parseIdNumber(changed, TODAY).ok, changed).toBe(changed === right);
      }
    }
  });
});

describe('parseDocument', () => {
  it.each([
    ['港澳居民来往内地通行证', 'H12345678', 'H12345678'],
    ['港澳居民来往内地通行证', ' m 1234567801 ', 'M1234567801'],
    ['台湾居民来往大陆通行证', '０１２３４５６７', '01234567'],
    ['外国人永久居留证', 'chn-110000000001', 'CHN110000000001'],
    ['香港居民居住证', '810000199408230021', '810000199408230021'],
    ['澳门居民居住证', '820000199408230023', '820000199408230023'],
    ['台湾居民居住证', '830000199201300022', '830000199201300022'],
    ['外国人永久居留身份证', '91015619900101001x', '91015619900101001X'],
    ['身份证', '11010519491231002x', '11010519491231002X'],
  ])('reads the number of a %s: %j', (_, text, value) => {
    expect(parseDocument(text, TODAY)).toEqual({ ok: true, value });
  });

  it.each([
    ['830000199201300023', '校验位不对，请核对最后一位和其他各位'],
    ['1234567', '少了11位，应为18位身份证号，请核对'],
    ['G12345678', '身份证号只能是数字，最后一位可以是X，请核对'],
    ['H123456789', '身份证号只能是数字，最后一位可以是X，请核对'],
    ['无', '身份证号只能是数字，最后一位可以是X，请核对'],
  ])('says what is wrong with %j', (text, sentence) => {
    expect(problem(parseDocument(text, TODAY))).toBe(sentence);
  });

  it('a typed line takes no eight digits for a permit', () => {
    expect(parseIdNumber('01234567', TODAY).ok).toBe(false);
  });
});

describe('masks', () => {
  it.each([
    ['13800001234', '138****1234'],
    ['04708812345', '047****2345'],
    ['138 0000 1234', '138****1234'],
    ['8812345', '****45'],
    ['110', '****'],
    ['', '****'],
  ])('maskPhone(%j)', (phone, masked) => {
    expect(maskPhone(phone)).toBe(masked);
  });

  it.each([
    ['11010519491231002X', '1****************X'],
    ['1234567', '*******'],
    ['', ''],
  ])('maskIdNumber(%j)', (idNumber, masked) => {
    expect(maskIdNumber(idNumber)).toBe(masked);
  });

  it('never show the full value', () => {
    const value = fc.string({ unit: 'binary', minLength: 1 }).filter((text) => !text.includes('*'));
    fc.assert(
      fc.property(value, (text) => {
        for (const mask of [maskName, maskPhone, maskIdNumber]) expect(mask(text)).not.toContain(text);
      }),
      { numRuns: 500 },
    );
    fc.assert(
      fc.property(fc.stringMatching(/^\d{1,20}$/), (digits) => {
        expect(maskPhone(digits)).not.toContain(digits);
        expect(maskIdNumber(digits)).not.toContain(digits);
      }),
    );
  });

  it('phoneTail gives the last four digits', () => {
    expect(phoneTail('13800001234')).toBe('1234');
    expect(phoneTail('0470-8812345')).toBe('2345');
    expect(phoneTail('110')).toBe('110');
  });
});

it('no text makes a parser throw', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      for (const parsed of [parsePhone(text), parseIdNumber(text, TODAY), parseName(text)]) {
        if (parsed.ok) expect(parsed.value).not.toBe('');
        else expect(parsed.problem).toMatch(/^\p{Script=Han}.*/u);
      }
    }),
    { numRuns: 1000 },
  );
});
