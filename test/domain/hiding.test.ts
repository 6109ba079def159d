import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hideOwn, hidePersonal, type KnownPerson } from '../../src/domain/hiding.ts';
import { nameKey, parseName } from '../../src/domain/name.ts';
import { folded } from '../../src/domain/spelling.ts';

const person: KnownPerson = {
  contact: null,
  name: '阿依古丽·买买提',
  phone: '13812341234',
  idNumber: '11010519491231002X',
  address: '锡尼河西路七十七号院3排2户',
};

describe('the person’s own data', () => {
  it.each([
    ['请阿依古丽•买买提补交', '请阿***补交'],
    ['阿依古丽买买提的户口本', '阿***的户口本'],
    ['阿依古丽 买买提、阿依古丽・买买提、阿依古丽‧\n买买提', '阿***、阿***、阿***'],
    ['阿依古丽来过，买买提没来', '阿***来过，买**没来'],
    [
      '电话1 3 8-1234-1234，１３８．１２３４．１２３４，一三八一二三四幺二三四',
      '电话138****1234，138****1234，138****1234',
    ],
    ['身份证110105 19491231 002x', '身份证1****************X'],
    ['一一零一零五一九四九一二三一零零二Ｘ', '1****************X'],
    ['住锡尼河西路，七十七号院 3排2户', '住（住址略）'],
  ])('is hidden in %j', (text, shown) => {
    expect(hidePersonal(text, person)).toBe(shown);
  });

  it('of Latin letters, in any case and width', () => {
    const latin = { ...person, name: 'Ganbold Batbayar' };
    expect(hidePersonal('找ganbold batbayar、ＧＡＮＢＯＬＤ和Batbayar’s', latin)).toBe('找G***、G***和B***’s');
  });

  it('is hidden by each part, whatever sign stands between them', () => {
    for (const name of ['李四光/乌云其木格', '李四光（乌云其木格）', '李四光、乌云其木格']) {
      expect([name, hidePersonal('请李四光来，乌云其木格也来', { ...person, name })]).toEqual([
        name,
        '请李**来，乌***也来',
      ]);
    }
    expect(hidePersonal('找Erdene来', { ...person, name: 'Bat-Erdene' })).toBe('找E***来');
  });

  it('is hidden alone in a number by nature', () => {
    expect(hideOwn('HLBE-2026-0815-138 1234 1234', person)).toBe('HLBE-2026-0815-138****1234');
    expect(hideOwn('HLBE20260815000001', person)).toBe('HLBE20260815000001');
  });

  it('of one grapheme, or without a letter, is hidden too', () => {
    expect(hidePersonal('找旺来', { ...person, name: '旺' })).toBe('找*来');
    expect(hidePersonal('找👩👩来', { ...person, name: '👩👩' })).toBe('找👩*来');
    expect(hidePersonal('找👩来', { ...person, name: '👩' })).toBe('找*来');
  });

  const parts = fc.stringMatching(
    /^[\u4e00-\u9fff]{1,4}$|^[a-zA-ZéñА-я]{2,8}$|^[ᠠ-ᡷ]{2,6}$|^[ཀ-ཇ][ི-ུ]?[ཀ-ཇ]$|^[\u0626-\u064a]{2,6}$/u,
  );
  const names = fc.array(parts, { minLength: 1, maxLength: 3 }).map((some) => some.join('·'));
  const between = fc.constantFrom('', ' ', '　', '·', '•', '-', '\u200b', '\ufe0f', '.', '‐', '\n', '…', '（');
  const signs = fc.array(between, { minLength: 40, maxLength: 40 });
  const around = fc.string({ unit: fc.constantFrom(...'请补交，。 1甲a·*张') });

  it('is hidden in every spelling of every name', () => {
    fc.assert(
      fc.property(names, signs, fc.boolean(), around, around, (typed, gaps, upper, before, after) => {
        const parsed = parseName(typed);
        if (!parsed.ok) return;
        const name = parsed.value;
        const spelt = [...name.replaceAll('·', '')].map((sign, at) => sign + (gaps[at] ?? '')).join('');
        const shown = hidePersonal(before + (upper ? spelt.toUpperCase().normalize('NFD') : spelt) + after, {
          ...person,
          name,
        });
        expect(folded(shown)).not.toContain(nameKey(name));
      }),
      { numRuns: 2000 },
    );
  });
});

describe('what is personal whoever it belongs to', () => {
  it.each([
    ['打13900000000或139 0000-0000', '打139****0000或139****0000'],
    ['座机8812345、0470-8812345、(0470) 881 2345', '座机****45、047****2345、(047****2345'],
    ['旧证130503670401001', '旧证1*************1'],
    ['证号990101199001010019，99010119900101001x', '证号9****************9，9****************X'],
    ['证号 990101 1990 0101 0019', '证号 9****************9'],
    ['护照E12345678、EA1234567、e 1234567', '护照E*******8、E*******7、e ****67'],
    ['港澳居民来往内地通行证H1234567890', '港澳居民来往内地通行证H*********0'],
    ['卡6222 0212 3456 7890 123', '卡6*****************3'],
    ['一三九零零零零一一一一', '139****1111'],
    ['᠑᠓᠙᠐᠐᠐᠐᠑᠑᠑᠑', '139****1111'],
    ['139零零零零1111', '139****1111'],
    ['一三九，零零零零，一一一一', '139****1111'],
    ['①③⑨⓪⓪⓪⓪①①①①、¹³⁹⁰⁰⁰⁰¹¹¹¹', '139****1111、139****1111'],
    ['13⑨00001111', '139****1111'],
    ['139，0000，1111或139：0000：1111', '139****1111或139****1111'],
    ['139\u28000000\u28001111', '139****1111'],
    ['139*9876*5432，139**9876**5432', '139****5432，139****5432'],
    ['139 9876 和5432', '139****5432'],
    ['139、98765432或1399876、5432', '139****5432或139****5432'],
    ['一三九和九八七六和五四三二', '139****5432'],
    ['一三九*九八七六*五四三二', '139****5432'],
    ['13900001111三天', '139****1111三天'],
    ['微信13900000000@qq', '微信139****0000@qq'],
  ])('%j is shown as %j', (text, shown) => {
    expect(hidePersonal(text, undefined)).toBe(shown);
  });

  it('no run of seven digits stands, whatever is between them', () => {
    const digits = fc.stringMatching(/^\d{7,20}$/);
    const gap = fc.constantFrom('', ' ', '-', '—', '.', '\u200b', '　');
    fc.assert(
      fc.property(digits, gap, fc.constantFrom('', '电话', '，', 'E', '证'), (run, between, before) => {
        const shown = hidePersonal(`${before}${[...run].join(between)}号`, undefined);
        expect(folded(shown)).not.toMatch(/\d{7}/);
      }),
      { numRuns: 1000 },
    );
  });

  it.each([
    '与26-01-00012是同一家',
    '请于2026-11-30前补交，2026.12.1起',
    '11.23-11.30休息，2025-2026年度',
    '缺户口簿、身份证复印件2份、1寸照片3张',
    '电话138****1234，2026年补交，原号139****1234、2025',
    '一共150元和2000元',
    '每月680元，2026年11月23日起',
    '材料1.户口本 2.身份证 3.照片',
    '①户口本②身份证③照片，一、二、三项缺一不可，房屋80m²',
    '上午9:00-11:30，下午14:30-17:00',
  ])('%j stays as it is', (text) => {
    expect(hidePersonal(text, undefined)).toBe(text);
  });
});

describe('whom to ask', () => {
  it.each([
    '可以申请临时救助，找镇民政窗口 0470-8812345',
    '请到便民服务中心（电话0470-8812345）',
    '问旗民政局李科长，0470 8812345',
    '咨询社保窗口：8812345',
    '打政务服务热线400-123-4567',
  ])('%j stays as it is', (text) => {
    expect(hidePersonal(text, person)).toBe(text);
  });

  it.each([
    ['找镇民政窗口 13900000000', '139****0000'],
    ['在窗口留了家里电话0470-8812345', '047****2345'],
    ['窗口对面老王 0470-8812345', '047****2345'],
    ['出入境窗口：E23456789', 'E*******9'],
    ['窗口登记的EA8812345', 'E*******5'],
    ['民政局账号622202123456789', '6*************9'],
  ])('but of %j the number is %j', (text, shown) => {
    expect(hidePersonal(text, person)).toContain(shown);
  });

  it('the resident’s own landline and the contact’s are hidden behind an office, too, with the area code or without', () => {
    const phone = '04708812345';
    const contact = { relation: 'other' as const, name: '', phone: '04707654321' };
    for (const text of ['服务站 0470-8812345', '服务站8812345', '服务站电话7654321']) {
      expect(folded(hidePersonal(text, { ...person, phone, contact }))).not.toMatch(/\d{7}/);
    }
  });
});

describe('a second person', () => {
  it.each([
    ['李四 13900000000', '李* 139****0000'],
    ['找儿子李四，电话13900000000', '找儿子李*，电话139****0000'],
    ['李四光（139 0000 0000）', '李**（139****0000）'],
    ['乌云其木格13900000000', '乌***139****0000'],
    ['Bat Erdene 13900000000', 'B*** 139****0000'],
    ['姓名：李四，电话：13900000000', '姓名：李*，电话：139****0000'],
    ['联系人：巴特尔', '联系人：巴**'],
    ['请上门，联系她女儿娜仁高娃15000000000', '请上门，联系她女儿娜***150****0000'],
    ['孙女 乌云 15000000000', '孙女 乌* 150****0000'],
    ['张建成13900000000', '张**139****0000'],
    ['家属：李四光', '家属：李**'],
    ['联系人是乌云', '联系人是乌*'],
    ['收件人：王五', '收件人：王*'],
    ['户主白音仓', '户主白**'],
    ['家属李四来签字', '家属李*来签字'],
    ['他儿子叫李四', '他儿子叫李*'],
    ['儿子周一鸣来取', '儿子周**来取'],
  ])('%j is shown as %j', (text, shown) => {
    expect(hidePersonal(text, undefined)).toBe(shown);
  });

  const places = ['巴彦托海镇', '安达社区', '大雁镇', ''];
  it.each([
    ['巴彦托海镇王秀英老人13911112222反映好', '巴彦托海镇王**老人139****2222反映好'],
    ['安达社区张三13911112222', '安达社区张*139****2222'],
    ['请联系巴彦托海镇安达社区的张三丰，电话13911112222', '请联系巴彦托海镇安达社区的张**，电话139****2222'],
    ['镇里的李四 13911112222', '镇里的李* 139****2222'],
    ['请找大雁镇王五13911112222', '请找大雁镇王*139****2222'],
    ['大雁镇娜仁高娃13911112222', '大雁镇娜***139****2222'],
    ['大雁镇乌云其木格老人13911112222', '大雁镇乌***老人139****2222'],
    ['大雁镇李镇海13911112222', '大雁镇李**139****2222'],
    ['乌云其木格老人13911112222', '乌***老人139****2222'],
    ['张三住安达社区13911112222', '张***139****2222'],
    ['张三在安达社区养羊13911112222', '张***139****2222'],
    ['张三安达社区低保户13911112222', '张***139****2222'],
    ['请联系在巴彦托海镇政府上班的张三丰13911112222', '请联系在巴彦托海镇政府上班的张**139****2222'],
    ['昨天下午反映低保没办成的是李四13911112222', '昨天下午反映低保没办成的是李*139****2222'],
  ])('%j is shown as %j: where somebody lives is nobody’s name', (text, shown) => {
    expect(hidePersonal(text, undefined, places)).toBe(shown);
  });

  const names = [
    ...[
      '张三',
      '李镇海',
      '王红旗',
      '欧阳镇海',
      '王海镇',
      '白音仓',
      '娜仁高娃',
      '乌云其木格',
      '阿的江',
      '苏木雅',
      '敖拉村旗',
    ],
    ...['斯琴高娃', '安达', '安镇', '图门乌力吉', '白乡', '格根塔娜', '王旗木格', '王旗安民'],
  ];
  const fronts = [
    '',
    '找',
    '安达社区',
    '安达社区的',
    '镇里的',
    '村里',
    '大雁镇',
    '巴彦托海镇安达社区',
    '请你们去找安达社区的',
  ];
  it.each(names)('%s is hidden whole, whatever place stands in front and whatever people are called behind', (name) => {
    for (const front of fronts) {
      for (const called of ['', '老人', '大爷', '主任']) {
        const shown = hidePersonal(`${front}${name}${called}13911112222`, undefined, places);
        const masked = shown.slice(shown.startsWith(front) ? front.length : 0).replace(/139\*{4}2222$/u, '');
        expect([front, called, masked.replace(new RegExp(`${called}$`, 'u'), '')]).toEqual([
          front,
          called,
          expect.stringMatching(/^.?\*+$/u),
        ]);
      }
    }
  });

  it.each([
    '请打电话',
    '联系电话请写全',
    '家属来签字',
    '请叫号',
    '家属 请带身份证',
    '家属：需要签字',
    '联系人：请写全',
    '家属马上来',
    '邻居高兴',
    '儿子周五来取',
    '女儿周一上午带材料',
    '打电话13900000000',
    '请改成13900000000',
    '老人说下周来 13900000000',
    '电话打不通13900000000',
    '号码写错了，是13900000000',
    '孙女13900000000',
    '女婿电话13900000000',
    '医保卡6222021234567890123',
    '身份证号990101199001010019',
  ])('no name is seen in %j', (text) => {
    expect(hidePersonal(text, undefined).replace(/[\d*]/g, '')).toBe(text.replace(/\d/g, ''));
  });
});

describe('an address', () => {
  it.each([
    ['住锡尼河西路七十七号院，腿脚不便', '住（住址略），腿脚不便'],
    ['住安达社区3号楼2单元501', '住（住址略）'],
    ['3号楼2单元501室', '（住址略）'],
    ['３栋１单元４０２', '（住址略）'],
    ['伊敏路12-3', '（住址略）'],
    ['家在团结嘎查三组', '家在（住址略）'],
    ['光明村12号', '（住址略）'],
    ['二道街7号', '（住址略）'],
    ['幸福小区A座1203', '（住址略）'],
    ['住5号楼 13900000000', '住（住址略） 139****0000'],
    ['巴彦托海镇友谊巷5号', '（住址略）'],
    ['安达社区三号楼二单元五零一', '（住址略）'],
    ['住友谊路12号中心院', '住（住址略）中心院'],
    ['友谊路12号，民政局旁边', '（住址略），民政局旁边'],
    ['温馨家园5-2-301', '（住址略）'],
    ['住3-2-501', '住（住址略）'],
    ['二道街六委七组', '（住址略）'],
    ['吉登嘎查第二小组', '（住址略）'],
    ['门牌：12号', '（住址略）'],
    ['柒拾柒号院', '（住址略）'],
    ['平房3排5号', '平房（住址略）'],
    ['在305室', '在（住址略）'],
  ])('%j is shown as %j', (text, shown) => {
    expect(hidePersonal(text, undefined)).toBe(shown);
  });

  it.each([
    '请到3号窗口',
    '请到友谊路12号便民服务中心',
    '到友谊路12号的民政局取',
    '3号楼办公室',
    '到二楼大厅2号窗口取',
    '11月23号前补交',
    '23号以前',
    '一村民反映',
    '全村30人',
    '高龄津贴每月100元',
    '3楼办事大厅',
    '照片一组',
    '一路平安',
    '2026年第3号文件',
    '嘎查开证明1份',
    '社区盖章2处',
  ])('none is seen in %j', (text) => {
    expect(hidePersonal(text, undefined)).toBe(text);
  });
});

/** A guard against hanging, not a bar: a hundred times what it takes. */
const HANGS_MS = 5_000;

it('awkward texts are read without hanging', () => {
  const units = [
    '1 ',
    '1',
    '一',
    '张',
    'a',
    '路',
    '1号',
    '路1',
    '-',
    '·',
    ' ',
    '李四',
    '阿依古丽',
    '姓名',
    '(',
    '\u0301',
    '1-',
    '号楼',
    '村',
    '\u0301\u0316',
    '1一',
    '1 1,',
    '住1-',
    '第',
    '李 ',
    '1****',
  ];
  for (const unit of units) {
    const text = unit.repeat(20_000 / unit.length);
    const began = performance.now();
    hidePersonal(text, person);
    expect([unit, performance.now() - began < HANGS_MS]).toEqual([unit, true]);
  }
});
