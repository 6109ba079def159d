import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { wordsOf } from '../support/office.ts';
import {
  ADA,
  ADMIN,
  CLERK,
  ID_NUMBER,
  openScene,
  PHONE,
  type Scene,
  TOWN,
  TOWN_MANAGER,
  VILLAGE,
} from '../support/scene.ts';
import { readSheets } from '../support/sheets.ts';

let scene: Scene;

beforeEach(async () => {
  scene = await openScene();
});
afterEach(() => scene.close());

/** What was typed at the registration, what is stored, how it is spelt later, what a group may see of that. */
const people = [
  {
    typed: '阿依古丽•买买提',
    name: '阿依古丽·买买提',
    spellings: [
      '阿依古丽·买买提',
      '阿依古丽・买买提',
      '阿依古丽.买买提',
      '阿依古丽 买买提',
      '阿依古丽买买提',
      '阿依古丽丶买买提',
    ],
    secrets: ['古丽', '买提'],
  },
  { typed: '张　三', name: '张三', spellings: ['张三', '张 三', '张\u200b三', '张·三'], secrets: ['三'] },
  {
    typed: 'Ganbold Batbayar',
    name: 'Ganbold Batbayar',
    spellings: ['ganbold batbayar', 'GANBOLD BATBAYAR', 'Ｇａｎｂｏｌｄ　Ｂａｔｂａｙａｒ', 'Ganbold·Batbayar'],
    secrets: ['anbold', 'ANBOLD', 'atbayar', 'ａｎｂｏｌｄ'],
  },
  {
    typed: 'ئايگۈل مەمەت',
    name: 'ئايگۈل مەمەت',
    spellings: ['ئايگۈل·مەمەت', 'ئايگۈلمەمەت'],
    secrets: ['ايگۈل', 'مەمەت'],
  },
  { typed: 'ᠮᠣᠩᠭᠣᠯ', name: 'ᠮᠣᠩᠭᠣᠯ', spellings: ['ᠮᠣᠩᠭᠣᠯ', 'ᠮᠣᠩ\u180bᠭᠣᠯ'], secrets: ['ᠭᠣᠯ'] },
  { typed: 'བཀྲ་ཤིས', name: 'བཀྲ་ཤིས', spellings: ['བཀྲ་ཤིས་', 'བཀྲ ཤིས'], secrets: ['ཤིས'] },
  { typed: '𠮷野家', name: '𠮷野家', spellings: ['𠮷 野 家', '𠮷\u{e0100}野家'], secrets: ['野', '家'] },
];

describe.each(people)('$name', ({ typed, name, spellings, secrets }) => {
  it('is found in every spelling', async () => {
    const { caseNumber } = await scene.register({ applicantName: typed });
    for (const spelling of [typed, ...spellings]) {
      await scene.says(ADA, `/查 ${spelling}`);
      await scene.settle();
      expect(wordsOf(scene.last(ADA).card), spelling).toContain(`代办件 ${caseNumber}`);
    }
  });

  it('is stored in one spelling', async () => {
    await scene.register({ applicantName: typed });
    await scene.does(CLERK, { target: TOWN, label: '查看申请人' });
    expect(wordsOf(scene.last(CLERK).card)).toContain(name);
  });

  it('stands in no group and no masked file, however it is spelt there', async () => {
    const remarks = spellings.join('；');
    await scene.register({ applicantName: typed, remarks });
    const form = { note: `请${spellings[0]}补交`, materials: spellings.map((one) => `${one}，户口本`).join('\n') };
    await scene.does(CLERK, { target: TOWN, label: '退回补正', form });
    await scene.does(ADA, { target: VILLAGE, label: '重新转送', form: { note: remarks } });
    await scene.does(CLERK, { target: TOWN, label: '接收' });
    await scene.says(TOWN_MANAGER, '/台账 本月', TOWN);
    await scene.settle();
    const file = scene.files.at(-1);
    const sheets = file ? await readSheets(file.content) : [];
    const shown = [TOWN, VILLAGE].flatMap((group) => scene.cards(group, '').map(({ card }) => wordsOf(card)));
    const words = JSON.stringify([shown, sheets.map(({ rows }) => rows)]);
    expect(words).toContain('补交');
    expect(words).toContain('退回补正1次');
    for (const secret of secrets) expect(words, secret).not.toContain(secret);
  });
});

describe('a phone number', () => {
  it.each([
    '138 1234 1234',
    '1381234-1234',
    '138.1234.1234',
    '138·1234·1234',
    '138/1234/1234',
    '８６１３８１２３４１２３４',
    '᠑᠓᠘᠑᠒᠓᠔᠑᠒᠓᠔',
  ])('is found by %j', async (spelling) => {
    const { caseNumber } = await scene.register();
    await scene.says(ADA, `/查 ${spelling}`);
    await scene.settle();
    expect(wordsOf(scene.last(ADA).card)).toContain(`代办件 ${caseNumber}`);
  });
});

describe('where somebody lives', () => {
  const address = '友谊西路七十七号院3排';

  it('is shown to whoever looks at the applicant and in the full file, and to no group', async () => {
    await scene.register({
      address,
      idNumber: ID_NUMBER,
      remarks: `到${address}找，${address.replace('号院', '号院，')}`,
    });
    await scene.says(TOWN_MANAGER, '/台账 本月', TOWN);
    await scene.does(CLERK, { target: TOWN, label: '查看申请人' });
    expect(wordsOf(scene.last(CLERK).card)).toContain(address);
    const masked = await readSheets(scene.files.at(-1)?.content ?? Buffer.alloc(0));
    const groups = scene.posted.filter(({ target }) => target.startsWith('oc_')).map(({ card }) => wordsOf(card));
    expect(JSON.stringify([groups, masked.map(({ rows }) => rows)])).not.toMatch(/友谊西|七十七号/);
    await scene.says(ADMIN, '/台账 本月');
    await scene.settle();
    await scene.does(ADMIN, { target: ADMIN, label: '要完整信息' });
    await scene.does(ADMIN, { target: ADMIN, label: '确认导出', form: { reason: '核对低保材料' } });
    const full = await readSheets(scene.files.at(-1)?.content ?? Buffer.alloc(0));
    expect(JSON.stringify(full[0]?.rows)).toContain(address);
  });

  it('is kept in a group’s draft without being written into the card', async () => {
    await scene.says(ADA, `/登记 低保 张三 ${PHONE} 住${address}`, VILLAGE);
    await scene.settle();
    const card = scene.last(VILLAGE).card;
    expect(wordsOf(card)).toContain('住址');
    expect(JSON.stringify(card)).toContain('已填 11个字，留空即可');
    expect(JSON.stringify(card)).not.toContain('友谊西');
    const form = scene.registration({ applicantName: '', phone: '' });
    await scene.does(ADA, { target: VILLAGE, label: '提交登记', form });
    await scene.does(CLERK, { target: TOWN, label: '查看申请人' });
    expect(wordsOf(scene.last(CLERK).card)).toContain(address);
  });

  it('too long is refused beside its field', async () => {
    await scene.says(ADA, '/登记');
    await scene.settle();
    const form = scene.registration({ address: '路'.repeat(101) });
    const answer = await scene.does(ADA, { target: ADA, label: '提交登记', form });
    expect(answer.toast?.content).toContain('住址');
    expect(wordsOf(scene.last(ADA).card)).toContain('住址请控制在100字以内');
  });
});
