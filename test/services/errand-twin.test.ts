/** The same person's same errand, registered a second time: asked about before anything is saved. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { wordsOf } from '../support/office.ts';
import {
  ADA,
  BAI,
  CLERK,
  type FormValues,
  ID_NUMBER,
  NAME,
  OTHER_CLERK,
  openScene,
  PHONE,
  RELIEF,
  type Scene,
  TOWN,
  VILLAGE,
} from '../support/scene.ts';

const TEN_MINUTES = 10 * 60_000;

let scene: Scene;

beforeEach(async () => {
  scene = await openScene();
});

afterEach(() => scene.close());

async function submits(openId: string, over: FormValues & { itemName?: string } = {}, chat?: string) {
  await scene.says(openId, '/登记', chat);
  await scene.settle();
  return scene.does(openId, { target: chat ?? openId, label: '提交登记', form: scene.registration(over) });
}

const cases = async () => (await scene.db.read(({ q, t }) => Promise.resolve(q.select().from(t.cases)))).length;

describe('a second registration', () => {
  it('comes back masked with 打开 and 仍要登记, and nothing is saved', async () => {
    const first = await scene.register();
    const untouched = await scene.dump();
    const answer = await submits(BAI);
    expect(answer.toast).toEqual({ type: 'warning', content: '还没有登记。张**的这个事项正在办（26-01-00001）' });
    const words = wordsOf(answer.card?.data).replace(/&#(\d+);/g, (_, code: string) =>
      String.fromCodePoint(Number(code)),
    );
    expect(words).toContain('张**的这个事项正在办（26-01-00001），还没有再登记。');
    expect(await scene.dump()).toBe(untouched);
    const opened = await scene.does(BAI, { target: BAI, label: '打开' });
    expect(opened.toast?.content).toBe(`${first.caseNumber} 的卡片在下方`);
  });

  it('is saved by 仍要登记, with what was typed and the next number', async () => {
    await scene.register();
    await submits(BAI);
    const saved = await scene.does(BAI, { target: BAI, label: '仍要登记', form: scene.registration() });
    expect(saved.toast?.content).toMatch(/^登记成功，编号 26-01-00002/);
    expect(await cases()).toBe(2);
  });

  it('in a group shows no name in clear and keeps what was typed', async () => {
    await scene.register();
    const answer = await submits(BAI, {}, VILLAGE);
    for (const text of [NAME, PHONE]) expect(JSON.stringify(answer)).not.toContain(text);
    const { applicantName: _name, phone: _phone, ...rest } = scene.registration();
    const saved = await scene.does(BAI, { target: VILLAGE, label: '仍要登记', form: rest });
    expect(saved.toast?.content).toMatch(/^登记成功/);
  });

  it('in a group says nothing of the other’s telephone', async () => {
    await scene.register();
    const answer = await submits(BAI, { phone: '13900000001' }, VILLAGE);
    expect(JSON.stringify(answer)).toContain('同名、电话不同的张**的这个事项正在办');
    expect(JSON.stringify(answer)).not.toMatch(/尾号\d|1234/);
  });

  it.each<readonly [string, FormValues, FormValues]>([
    ['the same phone under another name', {}, { applicantName: '张三峰' }],
    ['the same name with another phone', {}, { phone: '13900000001' }],
    [
      'the same ID number, all else different',
      { idNumber: ID_NUMBER },
      { idNumber: ID_NUMBER, applicantName: '章三', phone: '13900000001' },
    ],
  ])('is found by %s', async (_, before, over) => {
    await scene.register(before);
    expect((await submits(BAI, over)).toast?.content).toContain('正在办（26-01-00001）');
  });

  it.each<readonly [string, FormValues, FormValues, string]>([
    ['another phone', {}, { phone: '13900000001' }, '同名、电话不同的张**（尾号1234）的这个事项正在办（26-01-00001）'],
    [
      'another phone under another item',
      {},
      { phone: '13900000001', itemName: RELIEF },
      '同名、电话不同的张**（尾号1234）刚登记过“最低生活保障对象认定”（26-01-00001）',
    ],
    ['no phone', {}, { phone: '无', contact: '女儿李四 13900001111' }, '张**的这个事项正在办（26-01-00001）'],
    [
      'another phone and the same ID number',
      { idNumber: ID_NUMBER },
      { idNumber: ID_NUMBER, phone: '13900000001' },
      '张**的这个事项正在办（26-01-00001）',
    ],
  ])(
    'of the same name with %s is not said to be of the same person where it may be another',
    async (_, before, over, words) => {
      await scene.register(before);
      expect((await submits(BAI, over)).toast?.content).toBe(`还没有登记。${words}`);
    },
  );

  it('of a namesake in another village is saved at once', async () => {
    await scene.register();
    const other = { phone: '13900000001', residence: String(scene.unitId('安门社区')) };
    expect((await submits(CLERK, other)).toast?.content).toMatch(/^登记成功/);
  });

  it.each<readonly [string, FormValues & { itemName?: string }]>([
    ['of another item', { itemName: RELIEF }],
    ['of another person', { applicantName: '李四', phone: '13900000001' }],
  ])('%s is saved at once', async (_, over) => {
    await scene.register({ idNumber: ID_NUMBER });
    scene.clock.advance(TEN_MINUTES + 1);
    expect((await submits(BAI, over)).toast?.content).toMatch(/^登记成功，编号 26-01-00002/);
  });

  it('is asked about until the resident has the answer, and not afterwards', async () => {
    await scene.register();
    for (const label of ['接收', '办结']) await scene.does(CLERK, { target: TOWN, label });
    expect((await submits(BAI)).toast?.content).toBe('还没有登记。张**的这个事项已办结、还没有送达（26-01-00001）');
    await scene.does(ADA, { target: VILLAGE, label: '确认送达' });
    scene.clock.advance(TEN_MINUTES + 1);
    expect((await submits(BAI)).toast?.content).toMatch(/^登记成功/);
  });

  it('is saved at once after the first was withdrawn', async () => {
    await scene.register();
    await scene.does(ADA, { target: VILLAGE, label: '撤回', form: { note: '不办了' } });
    expect((await submits(BAI)).toast?.content).toMatch(/^登记成功/);
  });

  it('names only the unit where the person may not see the case', async () => {
    await scene.register();
    const answer = await submits(OTHER_CLERK, { residence: String(scene.unitId('大雁镇')) });
    const content = '还没有登记。这位群众的这个事项在巴彦托海镇便民服务中心正在办';
    expect(answer.toast).toEqual({ type: 'warning', content });
    expect(JSON.stringify(answer.card)).not.toContain('26-01-00001');
    expect(JSON.stringify(answer.card)).not.toContain('case.open');
  });

  it('asks again when another case is in the way than the one that was shown', async () => {
    await scene.register();
    await scene.register({ applicantName: '李四', phone: '13900000001' });
    await submits(BAI);
    const other = scene.registration({ applicantName: '李四', phone: '13900000001' });
    const again = await scene.does(BAI, { target: BAI, label: '仍要登记', form: other });
    expect(again.toast?.content).toBe('还没有登记。李*的这个事项正在办（26-01-00002）');
  });

  it('of the same moment by two agents: one is saved, the other asked', async () => {
    for (const openId of [ADA, BAI]) await scene.says(openId, '/登记');
    await scene.settle();
    const press = (openId: string) =>
      scene.clicks(openId, { target: openId, label: '提交登记', form: scene.registration() });
    const answers = await Promise.all([press(ADA), press(BAI)]);
    expect(answers.map(({ toast }) => toast?.content.slice(0, 5)).sort()).toEqual(['登记成功，', '还没有登记']);
    expect(await cases()).toBe(1);
  });
});

describe('within ten minutes of another registration', () => {
  it.each<readonly [string, FormValues]>([
    ['name', {}],
    ['ID number', { idNumber: ID_NUMBER, applicantName: '章三', phone: '13900000001' }],
  ])('the same person by %s is asked about, with 打开 and 仍要登记', async (_, over) => {
    await scene.register({ idNumber: ID_NUMBER });
    scene.clock.advance(TEN_MINUTES - 60_000);
    const answer = await submits(BAI, { ...over, itemName: RELIEF });
    expect(answer.toast?.content).toBe('还没有登记。张**刚登记过“最低生活保障对象认定”（26-01-00001）');
    const opened = await scene.does(BAI, { target: BAI, label: '打开' });
    expect(opened.toast?.content).toBe('26-01-00001 的卡片在下方');
  });

  it('a household with one telephone is not one person', async () => {
    await scene.register();
    expect((await submits(BAI, { applicantName: '李四', itemName: RELIEF })).toast?.content).toMatch(/^登记成功/);
  });

  it('what was withdrawn asks nothing', async () => {
    await scene.register();
    await scene.does(ADA, { target: VILLAGE, label: '撤回', form: { note: '填错了' } });
    expect((await submits(BAI, { itemName: RELIEF })).toast?.content).toMatch(/^登记成功/);
  });

  it('where the person may not see the case, neither number nor item is told', async () => {
    await scene.register({ idNumber: ID_NUMBER });
    const over = { residence: String(scene.unitId('大雁镇')), idNumber: ID_NUMBER, itemName: RELIEF };
    const answer = await submits(OTHER_CLERK, over);
    expect(answer.toast?.content).toBe('还没有登记。这位群众几分钟前刚在别处登记过一件');
    expect(JSON.stringify(answer.card)).not.toContain('26-01-00001');
  });
});
