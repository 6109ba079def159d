/** Several people pasted at once: one card, one press, a case each. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { buttonOf, wordsOf } from '../support/office.ts';
import { queriesOf } from '../support/query-log.ts';
import { ADA, BAI, CLERK, openScene, type Scene, TOWN, VILLAGE } from '../support/scene.ts';

let scene: Scene;

beforeEach(async () => {
  scene = await openScene();
});

afterEach(() => scene.close());

const LIST = ['低保 张三 13800000001', '高龄津贴 李四海 13900000001', '低保 王五 1370000001'].join('\n');
const secrets = /张三|李四海|王五|13800000001|13900000001|1370000001/;

async function pastes(text: string, chat?: string) {
  await scene.says(ADA, `/登记\n${text}`, chat);
  await scene.settle();
  return scene.last(chat ?? ADA);
}

const presses = (target: string, count: number, consent = true) =>
  scene.does(ADA, { target, label: `登记这${count}位`, form: { consent } });
const cases = () => scene.db.read(async ({ q, t }) => q.select().from(t.cases).orderBy(t.cases.id));

describe('a pasted list', () => {
  it('shows each line with its own mark, in a group masked', async () => {
    const { card } = await pastes(LIST, VILLAGE);
    const words = wordsOf(card);
    expect(words).toContain('共3位，2位可以登记，1位要改');
    expect(words).toContain('1　张*　138****0001　最低生活保障对象认定 ✓');
    expect(words).toContain('3　王*　137****0001 ✗\n联系电话：少了1位，应为11位手机号，请核对');
    expect(JSON.stringify(card)).not.toMatch(secrets);
  });

  it('in a private chat says who they are', async () => {
    expect(wordsOf((await pastes(LIST)).card)).toContain('2　李四海　13900000001　老年人福利补贴 ✓');
  });

  it('is registered together by one press; what is wrong stays', async () => {
    await pastes(LIST, VILLAGE);
    const answer = await presses(VILLAGE, 2);
    expect(answer.toast?.content).toBe('登记成功2件，编号 26-01-00001至26-01-00002，还有1位要改');
    expect(wordsOf(answer.card)).toContain('共3位，已登记2位，1位要改');
    expect(wordsOf(answer.card)).toContain('26-01-00002');
    expect(JSON.stringify(answer.card)).not.toMatch(secrets);
    expect((await scene.entries()).filter(({ kind }) => kind === 'register')).toHaveLength(2);
    expect(await scene.checkLedger()).toMatchObject({ faultCount: 0 });
  });

  it('costs the town one message, and a card of a case comes when somebody opens it', async () => {
    await pastes(LIST, VILLAGE);
    const count = scene.posted.length;
    await presses(VILLAGE, 2);
    const posted = scene.posted.slice(count);
    expect(posted.map(({ target }) => target)).toEqual([TOWN]);
    expect(wordsOf(posted[0]?.card)).toContain('安达社区登记了2件，请接收');
    expect(JSON.stringify(posted[0]?.card)).not.toMatch(secrets);
    await scene.does(CLERK, { target: TOWN, label: '打开' });
    await scene.does(CLERK, { target: TOWN, label: '接收' });
    expect((await cases()).map(({ state }) => state).sort()).toEqual(['accepted', 'forwarded']);
    expect(scene.cards(VILLAGE, '代办件 26-01-0000')).not.toEqual([]);
  });

  it('pressed twice registers nothing twice', async () => {
    const form = await pastes(LIST, VILLAGE);
    const value = buttonOf(form.card, '登记这2位');
    const press = () => scene.forges(ADA, { value, messageId: form.messageId, form: { consent: true } });
    const answers = await Promise.all([press(), press()]);
    expect(answers.map((answer) => answer.toast?.content).sort()).toEqual([
      '清单里还没有可以登记的行，请先点“改”把错的改好。',
      '登记成功2件，编号 26-01-00001至26-01-00002，还有1位要改',
    ]);
    expect(await cases()).toHaveLength(2);
  });

  it('a wrong line is put right in a form of its own, opened as often as it is asked for', async () => {
    await pastes(LIST, VILLAGE);
    await presses(VILLAGE, 2);
    const opened = await scene.does(ADA, { target: VILLAGE, label: '改' });
    expect(opened.toast?.content).toBe('第3位的登记卡在下方');
    const [list] = scene.cards(VILLAGE, '登记卡在下方');
    if (!list) throw new Error('no list');
    expect(wordsOf(scene.last(VILLAGE).card)).toContain('已记下 王*');
    await scene.does(ADA, { target: VILLAGE, label: '打开', on: list });
    const { applicantName: _name, ...form } = scene.registration({ phone: '13700000012' });
    const answer = await scene.does(ADA, { target: VILLAGE, label: '提交登记', form });
    expect(answer.toast?.content).toMatch(/^登记成功，编号 26-01-00003/);
    expect(await cases()).toHaveLength(3);
  });

  it('the same person twice is registered once, and the second asks in its own form', async () => {
    await pastes('低保 张三 13800000001\n低保 张三 13800000001', VILLAGE);
    const answer = await presses(VILLAGE, 2);
    expect(answer.toast?.content).toBe('登记成功1件，编号 26-01-00001，还有1位要改');
    expect(await cases()).toHaveLength(1);
    expect(wordsOf(answer.card)).toContain('张*的这个事项正在办（26-01-00001），没有再登记；是另一件，请点“改”');
    expect(buttonOf(answer.card, '登记这1位')).toBeUndefined();
  });

  it('leaves whom nobody could call to a form that asks for a contact', async () => {
    const { card } = await pastes('低保 张三 13800000001\n低保 李四 没有电话', VILLAGE);
    expect(wordsOf(card)).toContain('共2位，1位可以登记，1位要改');
    expect(wordsOf(card)).toContain('没有电话的群众，请点“改”填一位联系人');
    const answer = await presses(VILLAGE, 1);
    expect(answer.toast?.content).toBe('登记成功1件，编号 26-01-00001，还有1位要改');
    expect(await cases()).toHaveLength(1);
    await scene.does(ADA, { target: VILLAGE, label: '改' });
    const { applicantName: _name, ...form } = scene.registration({ phone: '没有电话' });
    const asked = await scene.does(ADA, { target: VILLAGE, label: '提交登记', form });
    expect(asked.toast?.content).toContain('请填一位联系人');
  });

  it('whose people are all registered already says so', async () => {
    await pastes('低保 张三 13800000001\n低保 李四 13900000001', VILLAGE);
    await presses(VILLAGE, 2);
    await pastes('低保 张三 13800000001\n低保 李四 13900000001', VILLAGE);
    const again = await presses(VILLAGE, 2);
    expect(again.toast).toEqual({ type: 'warning', content: '没有登记，还有2位要改' });
    expect(wordsOf(again.card)).toContain('李*的这个事项正在办');
    expect(await cases()).toHaveLength(2);
  });

  it('registers nothing without consent, and is its owner’s alone', async () => {
    const form = await pastes(LIST, VILLAGE);
    expect((await presses(VILLAGE, 2, false)).toast?.content).toContain('请先征得每位群众同意');
    for (const label of ['登记这2位', '改']) {
      const stranger = await scene.forges(BAI, { value: buttonOf(form.card, label), form: { consent: true } });
      expect(stranger.toast?.content).toBe('这张登记卡是别人开的，请发 /登记 自己开一张。');
    }
    expect(await cases()).toEqual([]);
  });

  it('refuses forged values', async () => {
    const form = await pastes(LIST, VILLAGE);
    const value = buttonOf(form.card, '改') as { draftId: number };
    expect((await scene.forges(ADA, { value: { ...value, line: 99 } })).toast?.content).toContain('没有这个选项');
    const single = { v: 1, action: 'case.register', draftId: value.draftId };
    const answer = await scene.forges(ADA, { value: single, form: scene.registration() });
    expect(answer.toast?.content).toContain('这个按钮已经失效了');
    await scene.says(ADA, '/登记 低保 赵六 13800000009', VILLAGE);
    await scene.settle();
    const one = { ...(buttonOf(scene.last(VILLAGE).card, '提交登记') as object), action: 'list.register' };
    expect((await scene.forges(ADA, { value: one, form: { consent: true } })).toast?.content).toContain('失效');
    expect(await cases()).toEqual([]);
  });

  it('of more than twenty people is refused with what to do', async () => {
    const { card } = await pastes(
      Array.from({ length: 21 }, (_, at) => `低保 张三 138000000${10 + at}`).join('\n'),
      VILLAGE,
    );
    expect(wordsOf(card)).toContain('一次最多登记20位，请分几次发。');
  });

  it('of twenty costs few statements each', async () => {
    const names = [...'赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许'].map((surname) => `${surname}小宝`);
    await pastes(names.map((name, at) => `低保 ${name} 138000000${10 + at}`).join('\n'), VILLAGE);
    const queries = await queriesOf(() =>
      scene.clicks(ADA, { target: VILLAGE, label: '登记这20位', form: { consent: true } }),
    );
    expect(await cases()).toHaveLength(20);
    expect(queries.length).toBeLessThanOrEqual(20 * 16 + 40);
  });
});
