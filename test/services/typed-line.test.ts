/** One typed line through every layer: what fits the form, and what is said because it does not. */
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ItemRow } from '../../db/repositories/item.ts';
import { viewLine } from '../../src/services/draft/view-line.ts';
import { buttonOf, wordsOf } from '../support/office.ts';
import { ADA, ALLOWANCE, BAI, CLERK, NAME, openScene, PHONE, type Scene, VILLAGE } from '../support/scene.ts';

let scene: Scene;

beforeEach(async () => {
  scene = await openScene();
});

afterEach(() => scene.close());

async function types(line: string, chat?: string) {
  await scene.says(ADA, line, chat);
  await scene.settle();
  return scene.last(chat ?? ADA);
}

const cases = () => scene.db.read(async ({ q, t }) => q.select().from(t.cases));

describe('what is not understood', () => {
  it('is said in a private chat as it was typed', async () => {
    const { card } = await types(`/登记 低保 修水管 赵六 ${PHONE}`);
    expect(wordsOf(card)).toContain('没认出“修水管”，先放在备注里');
    expect(JSON.stringify(card)).toContain('"default_value":"赵六"');
  });

  it.each([
    ['in a private chat', undefined, '目录里没有“修水管”，按其他事项登记'],
    ['in a group', VILLAGE, '目录里没有“修**”，按其他事项登记'],
  ])('%s is the errand where no other is named', async (_, chat, note) => {
    const { card } = await types(`/登记 修水管 赵六 ${PHONE}`, chat);
    expect(wordsOf(card)).toContain(note);
    if (chat) expect(JSON.stringify(card)).not.toMatch(/赵六|修水管/);
    const form = chat ? {} : { applicantName: '赵六', phone: PHONE, otherErrand: '修水管' };
    const rest = { ...form, residence: String(scene.unitId('安达社区')), way: 'counter', consent: true };
    const answer = await scene.does(ADA, { target: chat ?? ADA, label: '提交登记', form: rest });
    expect(answer.toast?.content).toMatch(/^登记成功/);
    expect(wordsOf(answer.card)).toContain('其他事项');
  });

  it('a relative with a number is the contact', async () => {
    const { card } = await types('/登记 低保 张三 13800000001 女儿李四 13900000001');
    expect(JSON.stringify(card)).toContain('"default_value":"女儿李四 13900000001"');
    expect(buttonOf(card, '再登记第二位')).toBeUndefined();
  });

  it('is said in a group masked', async () => {
    const { card } = await types(`/登记 低保 赵六 ${PHONE} 家里两位老人`, VILLAGE);
    expect(wordsOf(card)).toContain('没认出“家***”，先放在备注里');
    expect(JSON.stringify(card)).not.toMatch(/赵六|家里/);
  });

  it.each([
    ['1381234123', '联系电话：少了1位，应为11位手机号，请核对'],
    ['138123412345', '联系电话：多了1位，应为11位手机号，请核对'],
  ])('a telephone number of %s is said to be wrong before the form is sent', async (phone, words) => {
    expect(wordsOf((await types(`/登记 低保 张三 ${phone}`)).card)).toContain(words);
    const { card } = await types(`/登记 低保 张三 ${phone}`, VILLAGE);
    expect(wordsOf(card)).toContain(words);
    expect(JSON.stringify(card)).not.toContain(phone);
  });

  it('an ID number with a wrong check digit stands in its field, with the error', async () => {
    const { card } = await types('/登记 低保 张三 152123198001011234');
    expect(wordsOf(card)).toContain('身份证号：校验位不对');
    expect(JSON.stringify(card)).toContain('"default_value":"152123198001011234"');
  });

  it('a wrong one that a group’s card cannot show goes with its field left empty; a wrong telephone has to be typed', async () => {
    await types('/登记 低保 孙七 1380000777 152123198001011234', VILLAGE);
    const { item, residence, way, consent } = scene.registration();
    const shown = { item, residence, way, consent } as Record<string, string>;
    const presses = (phone: Record<string, string>) =>
      scene.does(ADA, { target: VILLAGE, label: '提交登记', form: { ...shown, ...phone } });
    const first = await presses({});
    expect(first.toast?.content).toContain('请填写联系电话');
    expect(wordsOf(first.card)).not.toContain('校验位');
    expect((await presses({ phone: PHONE })).toast?.content).toMatch(/^登记成功/);
  });

  it('another village is named, and the own one is not taken for it', async () => {
    const { card } = await types(`/登记 低保 张三 ${PHONE} 伊兰嘎查`, VILLAGE);
    expect(wordsOf(card)).toContain('所在嘎查社区：“伊兰嘎查”不在您的登记范围');
    expect(JSON.stringify(card)).not.toContain(`"initial_option":"${scene.unitId('安达社区')}"`);
  });

  it('the own town in front of the own village is part of the address', async () => {
    const { card } = await types(`/登记 低保 张三 ${PHONE} 巴彦托海镇安达社区`);
    expect(wordsOf(card)).not.toContain('不在您的登记范围');
    expect(JSON.stringify(card)).toContain(`"initial_option":"${scene.unitId('安达社区')}"`);
  });

  it('the name field says why it is empty', async () => {
    expect(wordsOf((await types(`/登记 低保 张三😀 ${PHONE}`)).card)).toContain('名字里有符号或表情，没当作姓名');
    expect(wordsOf((await types(`/登记 低保 ${'张三丰'.repeat(9)} ${PHONE}`)).card)).toContain('名字超过20个字');
  });

  it('what stands in brackets is a remark and nothing to be said', async () => {
    const { card } = await types(`/登记 低保 张三（父亲代） ${PHONE}`);
    expect(wordsOf(card)).not.toContain('没认出');
    expect(JSON.stringify(card)).toContain('"default_value":"父亲代"');
  });
});

describe('a word that may mean several items', () => {
  const LOST = '残疾人证挂失补办';

  it.each([
    ['1380000777', '联系电话：少了1位，应为11位手机号，请核对'],
    ['13800007777 152123198001011234', '身份证号：校验位不对'],
  ])('and in a group leaves what is wrong on the line to be put right: %s', async (wrong, said) => {
    await types(`/登记 残疾证 孙七 ${wrong}`, VILLAGE);
    const answer = await scene.does(ADA, { target: VILLAGE, label: LOST, form: {} });
    expect(wordsOf(answer.card)).toContain(said);
  });

  it('is answered by a button; what has been typed stays, in a private chat', async () => {
    const form = await types(`/登记 残疾证 ${NAME} ${PHONE}`);
    expect(wordsOf(form.card)).toContain('“残疾证”有2项：');
    const answer = await scene.does(ADA, { target: ADA, label: LOST, form: { applicantName: '李四', remarks: '急' } });
    expect(answer.toast?.content).toBe(`事项已选：${LOST}`);
    const shown = JSON.stringify(answer.card);
    for (const typed of ['李四', '急']) expect(shown).toContain(`"default_value":"${typed}"`);
    expect(shown).toContain(`"initial_option":"${scene.itemId(LOST)}"`);
    expect(buttonOf(answer.card, LOST)).toBeUndefined();
  });

  it('and in a group, without anything personal on the card', async () => {
    await types(`/登记 残疾证 ${NAME} ${PHONE}`, VILLAGE);
    const answer = await scene.does(ADA, { target: VILLAGE, label: LOST, form: { address: '伊敏路5号' } });
    expect(JSON.stringify(answer.card)).not.toMatch(new RegExp(`${NAME}|${PHONE}|伊敏路`));
    const { applicantName: _name, phone: _phone, ...rest } = scene.registration({ itemName: LOST });
    expect((await scene.does(ADA, { target: VILLAGE, label: '提交登记', form: rest })).toast?.content).toMatch(
      /^登记成功/,
    );
    await scene.does(ADA, { target: VILLAGE, label: '查看申请人' });
    for (const typed of [NAME, PHONE, '伊敏路5号']) expect(wordsOf(scene.last(ADA).card)).toContain(typed);
  });

  it('two errands stand beside each other', async () => {
    const { card } = await types(`/登记 低保 宅基地 张三 ${PHONE}`, VILLAGE);
    expect(wordsOf(card)).toContain('“低保”“宅基地”是两件事，先登记一件：');
    expect(buttonOf(card, ALLOWANCE)).toBeDefined();
    expect(buttonOf(card, '农村村民宅基地审批')).toBeDefined();
  });

  it('of more than five none is a button', () => {
    const items = Array.from({ length: 6 }, (_, at) => ({ id: at + 1, subItem: `事项${at}` }) as ItemRow);
    const line = (count: number) => ({ items: { ids: items.slice(0, count).map(({ id }) => `${id}`), words: [] } });
    const offered = (count: number) => viewLine({ content: { line: line(count) }, items, shared: true }).items;
    expect(offered(6)).toEqual({ words: [], total: 6, buttons: [] });
    expect(offered(5)?.buttons).toHaveLength(5);
    expect(offered(1)).toBeUndefined();
  });

  it('is chosen by its owner only, and only what there is', async () => {
    const form = await types(`/登记 残疾证 张三 ${PHONE}`, VILLAGE);
    const value = buttonOf(form.card, LOST) as object;
    const stranger = await scene.forges(BAI, { value });
    expect(stranger.toast?.content).toBe('这张登记卡是别人开的，请发 /登记 自己开一张。');
    const unknown = await scene.forges(ADA, { value: { ...value, itemId: 9999 } });
    expect(unknown.toast?.content).toContain('卡片上没有这个选项');
    const gone = await scene.forges(ADA, { value: { ...value, draftId: 9999 } });
    expect(gone.toast?.content).toContain('这张登记卡已经过期');
  });
});

describe('a second person on the line', () => {
  const line = `/登记 低保 张三 13800000001 李四 13900000001`;

  it.each([
    ['in a private chat', undefined],
    ['in a group', VILLAGE],
  ])('%s has a form of their own, opened once', async (_, chat) => {
    const form = await types(line, chat);
    const at = chat ?? ADA;
    expect(wordsOf(form.card)).toContain('一次登记一位');
    expect(JSON.stringify(buttonOf(form.card, '再登记第二位'))).not.toMatch(/李四|139/);
    const answer = await scene.does(ADA, { target: at, label: '再登记第二位', form: { remarks: '急' } });
    expect(answer.toast?.content).toBe('第二位的登记卡在下方');
    expect(buttonOf(answer.card, '再登记第二位')).toBeUndefined();
    expect(wordsOf(answer.card)).toContain(chat ? '已填 1个字' : '已填备注');
    const second = scene.last(at);
    expect(second.messageId).not.toBe(form.messageId);
    if (chat) expect(wordsOf(second.card)).toContain('已记下 李*　139****0001');
    else expect(JSON.stringify(second.card)).toContain('"default_value":"李四"');
    expect(JSON.stringify(second.card)).toContain(`"initial_option":"${scene.itemId(ALLOWANCE)}"`);
    const count = scene.posted.length;
    const { applicantName: _name, phone: _phone, ...rest } = scene.registration();
    const own = chat ? rest : { ...rest, applicantName: '张三', phone: '13800000001' };
    await scene.does(ADA, { target: at, label: '提交登记', form: own, on: form });
    expect(scene.posted.slice(count).filter((one) => wordsOf(one.card).includes('帮办代办登记'))).toEqual([]);
  });

  it('comes by itself when the first has been registered', async () => {
    await types(line, VILLAGE);
    const { applicantName: _name, phone: _phone, ...rest } = scene.registration();
    const answer = await scene.does(ADA, { target: VILLAGE, label: '提交登记', form: rest });
    expect(answer.toast?.content).toContain('第二位的登记卡在下方');
    expect(wordsOf(scene.last(VILLAGE).card)).toContain('已记下 李*　139****0001');
    await scene.does(ADA, { target: VILLAGE, label: '提交登记', form: rest });
    expect(await cases()).toHaveLength(2);
  });

  it('is nobody else’s to open', async () => {
    const form = await types(line, VILLAGE);
    const answer = await scene.forges(CLERK, { value: buttonOf(form.card, '再登记第二位') });
    expect(answer.toast?.content).toBe('这张登记卡是别人开的，请发 /登记 自己开一张。');
  });
});

it('no personal word of a line stands on a group’s card, and none is lost', async () => {
  const piece = fc.constantFrom(
    '低保',
    '残疾证',
    '张三丰',
    '李四海',
    '13812341234',
    '1391234123',
    '修水管道',
    '伊兰嘎查',
    '上门',
    '，',
    '（',
    '）',
  );
  await fc.assert(
    fc.asyncProperty(fc.array(piece, { minLength: 1, maxLength: 7 }), async (words) => {
      const { card } = await types(`/登记 ${words.join(' ')}`, VILLAGE);
      for (const secret of ['张三丰', '李四海', '13812341234', '1391234123', '修水管道']) {
        expect(JSON.stringify(card)).not.toContain(secret);
      }
      const own = await types(`/登记 ${words.join(' ')}`);
      const before = structuredClone(own.card);
      const next = buttonOf(own.card, '再登记第二位') !== undefined;
      if (next) await scene.does(ADA, { target: ADA, label: '再登记第二位' });
      const shown = JSON.stringify([before, scene.last(ADA).card]);
      for (const typed of words.filter((word) => /^[张李修1]/.test(word))) expect(shown).toContain(typed);
    }),
    { numRuns: 30 },
  );
});
