import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { prefill } from '../../src/domain/prefill.ts';
import { prepareCatalogue } from '../../src/domain/prepare-catalogue.ts';
import { catalogueRows } from './catalogue-rows.ts';

const catalogue = prepareCatalogue(catalogueRows);
const residences = [
  { id: 11, name: '安达社区' },
  { id: 12, name: '伊兰嘎查' },
  { id: 1, name: '巴彦托海镇' },
  { id: 21, name: '中心社区' },
  { id: 22, name: '中心社区' },
];
const ID = '11010519491231002X';

function read(line: string) {
  const { itemCodes, itemWords: _words, asides, ...others } = prefill(line, catalogue, residences);
  const items = itemCodes.map((code) => catalogueRows.find((row) => row.code === code)?.subItem);
  return { items, ...others, ...(asides.length === 0 ? {} : { asides }) };
}

const DIBAO = ['最低生活保障对象认定'];

describe('prefill', () => {
  it.each([
    ['低保 张三 13800000000', { items: DIBAO, name: '张三', phone: '13800000000' }],
    ['13800000000，张三，低保', { items: DIBAO, name: '张三', phone: '13800000000' }],
    ['张三、低保、138 0000 0000', { items: DIBAO, name: '张三', phone: '13800000000' }],
    ['dibao\t张三', { items: DIBAO, name: '张三' }],
    ['db 张三', { items: DIBAO, name: '张三' }],
    ['低保　张三　１３８００００００００', { items: DIBAO, name: '张三', phone: '13800000000' }],
    ['低保张三13800000000', { items: DIBAO, name: '张三', phone: '13800000000' }],
    ['张三 13800000000 办低保', { items: DIBAO, name: '张三', phone: '13800000000' }],
    ['低保申请 张三', { items: DIBAO, name: '张三' }],
    ['申请低保 张三', { items: DIBAO, name: '张三' }],
    ['申请 低保 张三', { items: DIBAO, name: '张三' }],
    [
      `张三 老年补贴 138 0000 0000 安达社区 ${ID}`,
      { items: ['老年人福利补贴'], name: '张三', phone: '13800000000', idNumber: ID, residenceId: 11 },
    ],
    [`张三 ${ID} 0470-8812345`, { items: [], name: '张三', phone: '04708812345', idNumber: ID }],
    ['身份证：11010519491231002x 电话：+86 138-0000-0000', { items: [], phone: '13800000000', idNumber: ID }],
    ['姓名：张三 电话13800000000 事项：低保', { items: DIBAO, name: '张三', phone: '13800000000' }],
    ['姓名：张三 联系方式：138-0000-0000 办理事项：低保', { items: DIBAO, name: '张三', phone: '13800000000' }],
    ['姓名 张三 手机号码 13800000000 申请事项 低保', { items: DIBAO, name: '张三', phone: '13800000000' }],
    ['给张三大爷办个低保', { items: DIBAO, name: '张三大爷' }],
    ['苏日娜·宝音 残疾证 补办', { items: ['残疾人证挂失补办'], name: '苏日娜·宝音' }],
    ['残疾人证补办 苏日娜', { items: ['残疾人证挂失补办'], name: '苏日娜' }],
    ['残疾证 苏日娜', { items: ['残疾人证注销', '残疾人证挂失补办'], name: '苏日娜' }],
    ['张三 巴彦托海镇安达社区', { items: [], name: '张三', residenceId: 11 }],
    ['张三 巴彦托海镇 安达社区', { items: [], name: '张三', residenceId: 11 }],
    ['张三 安达 低保', { items: DIBAO, name: '张三', residenceId: 11 }],
    ['安达 低保', { items: DIBAO, name: '安达' }],
    ['安达社区张三', { items: [], name: '张三', residenceId: 11 }],
    ['', { items: [] }],
  ])('%s', (line, expected) => {
    expect(read(line)).toEqual({ ...expected, rest: [] });
  });

  it.each([
    ['低保 张三 13800000000 13900000000', ['13900000000']],
    [`${ID} 110105194912310021`, ['110105194912310021']],
    ['张三 家里两位老人', ['家里两位老人']],
    ['张三想办个老年证', ['老年证']],
    ['给王奶奶弄个取暖补贴', ['取暖补贴']],
    ['大病救助 苏伦', ['大病救助']],
    ['残疾人申请补贴', ['残疾人申请补贴']],
    ['张三想办个体户执照', ['个体户执照']],
    ['张三要办下岗证', ['下岗证']],
    ['帮张三办个下岗证', ['下岗证']],
    ['老人想办老年证', ['老人想办老年证']],
    ['我们想办证明', ['我们想办证明']],
    ['低保 please register for my mother', ['please', 'register', 'for', 'my', 'mother']],
    ['低保 张三 !!', ['!!']],
    ['低保 张三 中心社区', ['中心社区']],
  ])('%s: leaves %j', (line, rest) => {
    expect(read(line).rest).toEqual(rest);
  });

  it.each([
    ['低保 Ganbold Batbayar 13800000000', 'Ganbold Batbayar'],
    ['Ганболд Батбаяр 低保', 'Ганболд Батбаяр'],
    ['Б. Ганболд 低保', 'Б Ганболд'],
    ['dibao Ganbold Bat Erdene', 'Ganbold Bat Erdene'],
    ['低保 阿依古丽 · 买买提', '阿依古丽·买买提'],
    ['低保 阿依古丽 ·买买提', '阿依古丽·买买提'],
    ['低保 张 三', '张三'],
    ['给 张三 办 低保', '张三'],
    ['我要 低保 张三', '张三'],
  ])('%s: the whole name is %s', (line, name) => {
    const found = read(line);
    expect(found.name).toBe(name);
    expect(found.rest.join('')).not.toMatch(/Bat|Бат|买买提|三/);
  });

  it.each([
    ['低保 巴特尔 苏和 13800000000', ['巴特尔', '苏和']],
    ['张三 李四', ['张三', '李四']],
    ['欧阳 明 低保', ['欧阳', '明']],
    ['巴特尔 Batbayar 低保', ['巴特尔', 'Batbayar']],
    ['低保 迪丽热巴 迪力木拉提', ['迪丽热巴', '迪力木拉提']],
    ['低保 阿卜杜热西提 买买提', ['阿卜杜热西提', '买买提']],
    ['安达社区 巴特尔 苏和 其木格', ['巴特尔', '苏和', '其木格']],
  ])('%s: may be one name or more, so none is taken and no half is left over', (line, nameWords) => {
    expect(read(line)).toMatchObject({ nameWords, rest: [] });
    expect(read(line).name).toBeUndefined();
  });

  it.each([
    ['张三想办低保，电话13800000000', '张三'],
    ['帮张三办低保', '张三'],
    ['给张三办理低保 13800000000', '张三'],
    ['张三要办低保', '张三'],
    ['李想 低保', '李想'],
    ['张三 想办 低保', '张三'],
    ['帮 张三 低保', '张三'],
  ])('%s: %s is the name, and nothing of the sentence', (line, name) => {
    expect(read(line)).toMatchObject({ name, items: DIBAO });
  });

  it.each([
    ['修水管 赵六 13800000000', '修水管'],
    ['赵六 修水管 13800000000', '修水管'],
    ['修房顶 赵六 13800000000', '修房顶'],
    ['换门窗 赵六 13800000000', '换门窗'],
    ['其他事项 赵六 13800000000', '其他事项'],
    ['老年证 赵六', '老年证'],
    ['赵六 公租房', '公租房'],
    ['营业执照 赵六', '营业执照'],
  ])('%s: what is an errand and no item is not the name', (line, errand) => {
    const found = read(line);
    expect(found.name).toBe('赵六');
    expect(found.rest).toContain(errand);
  });

  it('finds the number in a pasted column, and leaves the rest as it is', () => {
    const column = Array.from({ length: 300 }, (_, at) => `1380000${String(at).padStart(4, '0')}`);
    const found = read(`低保 张三 ${column.join('\n')}`);
    expect(found).toMatchObject({ name: '张三', phone: '13800000000', items: DIBAO });
    expect(found.rest).toEqual(column.slice(1));
  });

  it('never throws and never gives a name with a digit', () => {
    const piece = fc.constantFrom(
      '低保',
      '张三',
      ' ',
      '，',
      '138',
      '0000',
      ID,
      '安达社区',
      '+86',
      '-',
      '补办',
      'x',
      '：',
    );
    const line = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.array(piece, { maxLength: 10 }).map((list) => list.join('')),
    );
    fc.assert(
      fc.property(line, (text) => {
        const found = prefill(text, catalogue, residences);
        expect(found.name ?? '').not.toMatch(/\d/);
        expect(found.itemCodes.length).toBeLessThanOrEqual(12);
      }),
      { numRuns: 500 },
    );
  });
});

describe('where somebody lives', () => {
  it.each([
    ['低保 张三 13800000000 住安达社区3号楼2单元501', '安达社区3号楼2单元501'],
    ['张三 低保，13800000000，锡尼河西路七十七号院', '锡尼河西路七十七号院'],
    ['低保 张三住在友谊路12号13800000000', '友谊路12号'],
    ['姓名：张三\n住址：村东头老王家\n电话：13800000000\n事项：低保', '村东头老王家'],
    ['低保 张三 家住团结嘎查三组 138 0000 0000', '团结嘎查三组'],
  ])('is read from %j', (line, address) => {
    expect(read(line)).toMatchObject({ address, name: '张三', phone: '13800000000', rest: [] });
  });

  it.each(['住院报销 张三 13800000000', '低保 张三 13800000000 安达社区', '张三 住房补贴 2026年11月23号前'])(
    'is not in %j',
    (line) => {
      expect(read(line).address).toBeUndefined();
    },
  );
});

it('上门 is the way of service, not a name', () => {
  expect(read('低保 上门 张三 13800000000')).toMatchObject({ way: 'doorstep', name: '张三', rest: [] });
  expect(read('低保 张三').way).toBeUndefined();
});

it('two numbers are not one with a slip', () => {
  expect(read('低保 张三 13800000000 1380000')).toMatchObject({ phone: '13800000000', rest: ['1380000'] });
  expect(read('低保 张三 138 0000 0000 13900000001 1234567').idNumber).toBeUndefined();
});

it('an ID number with a slip stands in its own field, where the form says what is wrong', () => {
  expect(read('低保 张三 152123198001011234')).toMatchObject({ idNumber: '152123198001011234', rest: [] });
});

describe('what does not fit a form of one person and one errand', () => {
  it.each([
    ['张三 1380000000', '1380000000'],
    ['张三 138 0000 000', '1380000000'],
    ['张三 138000000001', '138000000001'],
  ])('%s: a telephone number with a slip stands in its own field', (line, phone) => {
    expect(read(line)).toMatchObject({ name: '张三', phone, rest: [] });
  });

  it('a number that is right is the telephone, wherever it stands', () => {
    expect(read('张三 1380000000 13900000001')).toMatchObject({ phone: '13900000001', rest: ['1380000000'] });
  });

  it.each([
    ['低保 张三 13800000000 李四 13900000000', { name: '李四', phone: '13900000000' }],
    ['低保 巴特尔 13800000000 苏和 13900000000', { name: '苏和', phone: '13900000000' }],
    ['张三 低保 李四', { name: '李四' }],
  ])('%s: the second person is told apart', (line, next) => {
    expect(read(line)).toMatchObject({ next, rest: [] });
  });

  it.each(['低保 张三 周五', '低保 张三 巴特尔 13800000000', '低保 张三 13800000000 儿子13900000000'])(
    '%s: there is no second person',
    (line) => {
      expect(read(line).next).toBeUndefined();
    },
  );

  it('two errands are both named', () => {
    expect(prefill('低保 宅基地 张三', catalogue, residences).itemWords).toEqual(['低保', '宅基地']);
    expect(read('低保 宅基地 张三')).toMatchObject({ items: [...DIBAO, '农村村民宅基地审批'], name: '张三', rest: [] });
  });

  it.each([
    ['医保', ['城乡居民参保信息变更登记', '城乡居民参保登记']],
    ['生育', ['再生育审批（三孩以上生育审核）', '计划生育家庭奖励扶助', '全面二孩政策']],
    ['失业', ['失业登记', '《就业创业证》申领']],
    ['建房', ['农村村民宅基地审批']],
  ])('%s: every item that may be meant', (word, items) => {
    expect(read(`${word} 张三`)).toMatchObject({ items, name: '张三' });
  });

  it('a place of others is no residence', () => {
    const places = [
      { id: 11, name: '安达社区' },
      { id: 12, name: '伊兰嘎查', outside: true },
    ];
    const found = prefill('低保 张三 伊兰嘎查', catalogue, places);
    expect(found).toMatchObject({ outside: '伊兰嘎查', name: '张三', rest: [] });
    expect(found.residenceId).toBeUndefined();
    expect(prefill('伊兰 低保', catalogue, places)).toMatchObject({ name: '伊兰' });
  });

  it.each([
    ['低保 😀 13800000000', 'signs'],
    ['低保 张三😀 13800000000', 'signs'],
    [`低保 ${'张三丰'.repeat(10)} 13800000000`, 'long'],
    ['低保 13800000000', undefined],
    ['低保 修水管', undefined],
  ])('%s: says why there is no name', (line, why) => {
    const found = read(line);
    expect(found.name).toBeUndefined();
    expect(found.nameless).toBe(why);
  });

  it.each(['低保 张三（父亲代） 13800000000', '低保 张三(父亲代)', '低保 张三 （由女儿代办）'])(
    '%s: what stands in brackets is an aside',
    (line) => {
      expect(read(line)).toMatchObject({ name: '张三', asides: [expect.stringMatching(/代/)], rest: [] });
    },
  );

  it('other brackets only go', () => {
    expect(read('低保（张三）13800000000')).toMatchObject({ name: '张三', phone: '13800000000', items: DIBAO });
  });

  it.each(['低保 王五 没电话', '低保 王五 无', '没有电话 王五 低保'])('%s: has no telephone', (line) => {
    expect(read(line)).toMatchObject({ name: '王五', phone: '无', rest: [] });
  });

  it('and the number on the line is then the relative’s', () => {
    const found = read('低保 王五 没电话 女儿李四13912340000');
    expect(found).toMatchObject({ name: '王五', phone: '无', contact: '女儿李四 13912340000', rest: [] });
  });

  it('who somebody is to the applicant is no name', () => {
    expect(read('低保 儿子 张三').name).toBe('张三');
  });
});
