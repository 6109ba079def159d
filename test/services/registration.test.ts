import { eq } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type RegistrationField, registrationForm } from '../../cards/forms.ts';
import type { CallbackAnswer } from '../../src/lark/port.ts';
import { purge } from '../../src/services/purge.ts';
import { wordsOf, ZONE } from '../support/office.ts';
import {
  ADA,
  ALLOWANCE,
  BAI,
  BANNER_MANAGER,
  CLERK,
  type FormValues,
  ID_NUMBER,
  NAME,
  openScene,
  PHONE,
  RELIEF,
  type Scene,
  TOWN,
  UNEMPLOYMENT,
  VILLAGE,
} from '../support/scene.ts';

const DAY_MS = 24 * 3_600_000;

let scene: Scene;

beforeEach(async () => {
  scene = await openScene();
});

afterEach(async () => {
  await scene.close();
});

async function openForm(openId: string, line = '/登记', chat?: string): Promise<string> {
  await scene.says(openId, line, chat);
  await scene.settle();
  return chat ?? openId;
}

const submit = (openId: string, target: string, form: FormValues) =>
  scene.does(openId, { target, label: '提交登记', form });

const count = async () => (await scene.db.read(async ({ q, t }) => q.select().from(t.cases))).length;

describe('the card that a registration answers with', () => {
  it.each([
    ['in a group, forwarded', VILLAGE, {}],
    ['in a group, done on the spot', VILLAGE, { itemName: UNEMPLOYMENT, onTheSpot: true }],
    ['in a private chat, with everything', undefined, { idNumber: ID_NUMBER, remarks: `${NAME}行动不便` }],
  ])('%s: is the one that is drawn from the database afterwards', async (_, chat, over) => {
    const target = await openForm(ADA, '/登记', chat);
    const answer = await scene.clicks(ADA, { target, label: '提交登记', form: scene.registration(over) });
    const shown = scene.last(target);
    const { updates } = shown;
    await scene.settle();
    expect(shown.updates).toBe(updates + 1);
    expect(answer.card?.data).toEqual(shown.card);
  });
});

describe('a registration that is not complete', () => {
  const wrongs: readonly (readonly [RegistrationField, FormValues, string])[] = [
    ['applicantName', { applicantName: ' \u200b ' }, '请填写申请人姓名'],
    ['applicantName', { applicantName: '名'.repeat(51) }, '姓名超过50个字'],
    ['phone', { phone: '1381234' }, '少了4位，应为11位'],
    ['phone', { phone: '' }, '请填写联系电话'],
    ['idNumber', { idNumber: '990101199001010018' }, '校验位不对'],
    ['residence', { residence: '999' }, '请选群众住在哪个嘎查社区'],
    ['item', { item: 'x' }, '请选要办的事项'],
    ['item', { item: '0' }, '请选要办的事项'],
    ['item', { item: '1e1' }, '请选要办的事项'],
    ['item', { item: '99999999999999999999' }, '请选要办的事项'],
    ['way', { way: 'camel' }, '请选办理方式'],
    ['consent', { consent: false }, '请先征得群众同意'],
    ['onTheSpot', { onTheSpot: true }, '这个事项村级不能当场办结'],
    ['remarks', { remarks: '字'.repeat(301) }, '备注请控制在300字以内'],
  ];

  it.each(wrongs)('%s %j: says so beside the field and in the toast', async (field, wrong, problem) => {
    const target = await openForm(ADA);
    const untouched = await scene.dump();
    const answer = await submit(ADA, target, scene.registration(wrong));
    expect(answer.toast?.type).toBe('warning');
    expect(answer.toast?.content).toContain(`${registrationForm[field].label}：${problem}`);
    expect(wordsOf(answer.card?.data)).toContain(`${registrationForm[field].label}：`);
    expect(wordsOf(answer.card?.data)).toContain(problem);
    expect(await scene.dump()).toBe(untouched);
  });

  it('takes no item that has gone out of use since the card was drawn', async () => {
    const target = await openForm(ADA);
    await scene.db.write(async ({ q, t }) => {
      await q
        .update(t.itemVersions)
        .set({ active: false })
        .where(eq(t.itemVersions.itemId, Number(scene.itemId(ALLOWANCE))));
    });
    const answer = await submit(ADA, target, scene.registration({ item: String(scene.itemId(ALLOWANCE)) }));
    expect(answer.toast?.content).toContain('请选要办的事项');
    expect(await count()).toBe(0);
  });

  it('names everything that is wrong at once', async () => {
    const target = await openForm(ADA);
    const answer = await submit(ADA, target, {});
    for (const field of ['applicantName', 'phone', 'residence', 'item', 'way', 'consent'] as const) {
      expect(answer.toast?.content).toContain(registrationForm[field].label);
    }
  });

  it('keeps what was typed in a private chat, and registers when the wrong field is put right', async () => {
    const target = await openForm(ADA);
    const answer = await submit(
      ADA,
      target,
      scene.registration({ phone: '1381234', idNumber: ID_NUMBER, remarks: '行动不便' }),
    );
    expect(defaults(answer.card?.data)).toMatchObject({
      applicantName: NAME,
      phone: '1381234',
      idNumber: ID_NUMBER,
      remarks: '行动不便',
      residence: String(scene.unitId('安达社区')),
      item: String(scene.itemId(ALLOWANCE)),
      way: 'counter',
      consent: true,
    });
    const again = await submit(ADA, target, { ...defaults(answer.card?.data), phone: PHONE });
    expect(again.toast?.content).toMatch(/^登记成功，编号 26-01-00001/);
  });

  it('clears in a private chat what was cleared there', async () => {
    const target = await openForm(ADA, `/登记 ${NAME} ${PHONE} ${ID_NUMBER}`);
    const { idNumber: _, ...form } = scene.registration({ idNumber: ID_NUMBER });
    await submit(ADA, target, form);
    const [applicant] = await scene.db.read(async ({ q, t }) => q.select().from(t.applicants));
    expect(applicant?.idNumberSealed).toBeNull();
  });

  it('in a group keeps personal data out of sight, and registers with it once the rest is right', async () => {
    await openForm(ADA, '/登记', VILLAGE);
    const secret = { idNumber: ID_NUMBER, remarks: '家里两位老人' };
    const answer = await submit(ADA, VILLAGE, scene.registration({ ...secret, consent: false }));
    expectNothingPersonal(answer);
    expect(JSON.stringify(answer.card)).toContain('已填 张**，留空即可');
    expect(JSON.stringify(answer.card)).toContain('已填 138****1234，');
    const { applicantName: _name, phone: _phone, ...rest } = scene.registration();
    const again = await submit(ADA, VILLAGE, rest);
    expect(again.toast?.content).toMatch(/^登记成功/);
    expectNothingPersonal(again);
    await scene.clicks(ADA, { target: VILLAGE, label: '查看申请人' });
    await scene.settle();
    for (const text of [NAME, PHONE, ID_NUMBER, secret.remarks]) expect(wordsOf(scene.last(ADA).card)).toContain(text);
    for (const message of scene.posted.filter((one) => one.target.startsWith('oc_'))) {
      for (const text of [NAME, PHONE, ID_NUMBER]) expect(JSON.stringify(message.card)).not.toContain(text);
    }
  });

  it('in a group lets go of a wrong value: what may stay empty can be left empty', async () => {
    await openForm(ADA, '/登记', VILLAGE);
    const wrong = await submit(ADA, VILLAGE, scene.registration({ idNumber: '990101199001010018' }));
    expect(wrong.toast?.content).toContain('身份证号');
    const { applicantName: _name, phone: _phone, ...rest } = scene.registration();
    expect((await submit(ADA, VILLAGE, rest)).toast?.content).toMatch(/^登记成功/);
  });

  it('in a group a typed line fills the form only with what everybody may see', async () => {
    await openForm(ADA, `/登记 低保 ${NAME} ${PHONE} ${ID_NUMBER} 安达社区`, VILLAGE);
    const card = scene.last(VILLAGE).card;
    expect(defaults(card)).toMatchObject({
      item: String(scene.itemId(ALLOWANCE)),
      residence: String(scene.unitId('安达社区')),
    });
    for (const text of [NAME, PHONE, ID_NUMBER]) expect(JSON.stringify(card)).not.toContain(text);
    const answer = await submit(ADA, VILLAGE, { ...defaults(card), consent: true });
    expect(answer.toast?.content).toMatch(/^登记成功/);
  });

  it.each([
    ['in a private chat', undefined, '“巴特尔 苏和”是一个人的姓名'],
    ['in a group', VILLAGE, '“巴** 苏*”是一个人的姓名'],
  ])('%s asks for the name when neighbouring words may be one name or two', async (_, chat, question) => {
    await openForm(ADA, `/登记 低保 巴特尔 苏和 ${PHONE}`, chat);
    const { card } = scene.last(chat ?? ADA);
    expect(wordsOf(card)).toContain(question);
    expect(defaults(card)).not.toHaveProperty('applicantName');
    expect(defaults(card)).not.toHaveProperty('remarks');
    if (chat) expect(wordsOf(card)).not.toMatch(/巴特尔|苏和/);
    const { remarks: _none, ...form } = scene.registration({ applicantName: '巴特尔 苏和' });
    expect((await submit(ADA, chat ?? ADA, form)).toast?.content).toMatch(/^登记成功/);
  });

  it('is purged after a week, with what was typed', async () => {
    const target = await openForm(ADA);
    await submit(ADA, target, scene.registration({ consent: false }));
    scene.clock.advance(8 * DAY_MS);
    const actor = { kind: 'system' as const, name: 'purge' };
    const now = scene.clock.now();
    await scene.db.write((tx) => purge({ tx, now, zone: ZONE, vault: scene.vault, actor }));
    const answer = await submit(ADA, target, scene.registration());
    expect(answer.toast?.content).toBe('这张登记卡已经过期，请发 /登记 重新开一张。');
    expect(await count()).toBe(0);
  });
});

describe('a registration form', () => {
  it('is its owner’s alone', async () => {
    await openForm(ADA, '/登记', VILLAGE);
    const untouched = await scene.dump();
    const answer = await submit(BAI, VILLAGE, scene.registration());
    expect(answer.toast).toEqual({ type: 'warning', content: '这张登记卡是别人开的，请发 /登记 自己开一张。' });
    expect(answer.card).toBeUndefined();
    expect(await scene.dump()).toBe(untouched);
  });

  it('counts once, however often it is sent', async () => {
    await openForm(ADA, '/登记', VILLAGE);
    const form = scene.last(VILLAGE);
    const card = structuredClone(form.card);
    const press = () =>
      scene.clicks(ADA, { target: VILLAGE, label: '提交登记', form: scene.registration(), on: { ...form, card } });
    const answers = await Promise.all([press(), press(), press()]);
    // Which of them comes first is the database's to say.
    expect(answers.map((answer) => answer.toast?.content).sort()).toEqual([
      '登记成功，编号 26-01-00001，已转送巴彦托海镇便民服务中心',
      '这张登记卡已经提交过，编号 26-01-00001，没有重复登记。',
      '这张登记卡已经提交过，编号 26-01-00001，没有重复登记。',
    ]);
    expect(await count()).toBe(1);
    expect((await scene.entries()).filter((entry) => entry.kind === 'register')).toHaveLength(1);
  });

  it('becomes the card of the case, in the same message', async () => {
    await openForm(ADA, '/登记', VILLAGE);
    const form = scene.last(VILLAGE);
    await submit(ADA, VILLAGE, scene.registration());
    expect(wordsOf(form.card)).toContain('代办件 26-01-00001');
    expect(scene.cards(VILLAGE, '26-01-00001')).toHaveLength(1);
  });

  it('offers a village agent the own village, a town the town and its villages, the banner everything', async () => {
    const names = async (openId: string) => {
      await openForm(openId);
      return options(scene.last(openId).card, 'residence');
    };
    expect(await names(ADA)).toEqual(['安达社区']);
    expect(await names(CLERK)).toEqual(['安门社区', '瑟宾社区', '安达社区', '巴彦托海镇']);
    expect(await names(BANNER_MANAGER)).toHaveLength(14);
  });

  it('refuses a place that is not the registrar’s, however it got into the form', async () => {
    const target = await openForm(ADA);
    const answer = await submit(ADA, target, scene.registration({ residence: String(scene.unitId('伊兰嘎查')) }));
    expect(answer.toast?.content).toContain('所在嘎查社区');
    expect(await count()).toBe(0);
  });

  it('is forgotten by an agent who has left in between', async () => {
    const target = await openForm(ADA);
    await scene.db.write(async ({ q, t }) =>
      q.update(t.agents).set({ status: 'left' }).where(eq(t.agents.openId, ADA)),
    );
    expect((await submit(ADA, target, scene.registration())).toast?.content).toContain('还没有登记为代办员');
    expect(await count()).toBe(0);
  });
});

describe('当场办结', () => {
  it('completes at once what the catalogue lists at 村级', async () => {
    const record = await scene.register({ itemName: UNEMPLOYMENT, onTheSpot: true });
    expect(record).toMatchObject({
      state: 'completed',
      outcome: 'granted',
      completedOnTime: true,
      dueAt: null,
      acceptBy: null,
    });
    expect((await scene.entries(record.id)).map((entry) => entry.kind)).toEqual(['register', 'complete']);
    expect(scene.cards(TOWN, record.caseNumber)).toEqual([]);
    const answer = await scene.does(ADA, { target: VILLAGE, label: '确认送达' });
    expect(answer.toast?.content).toContain('已送达');
  });

  it.each([ALLOWANCE, RELIEF])('is refused for %s', async (itemName) => {
    const target = await openForm(ADA);
    const answer = await submit(ADA, target, scene.registration({ itemName, onTheSpot: true }));
    expect(answer.toast?.content).toContain('当场办结：这个事项村级不能当场办结');
    expect(await count()).toBe(0);
  });
});

describe('the number of a case', () => {
  it('runs on per town and year', async () => {
    const first = await scene.register();
    const second = await scene.register();
    scene.clock.to('2027-01-04T09:00');
    const third = await scene.register();
    expect([first, second, third].map((record) => record.caseNumber)).toEqual([
      '26-01-00001',
      '26-01-00002',
      '27-01-00001',
    ]);
  });

  it('is that of the town where the applicant lives, whoever registers', async () => {
    const record = await scene.register(
      { residence: String(scene.unitId('伊兰嘎查')) },
      { openId: BANNER_MANAGER, chat: undefined },
    );
    expect(record.caseNumber).toBe('26-08-00001');
    expect(record.holderUnitId).toBe(scene.unitId('巴彦塔拉乡'));
  });
});

function expectNothingPersonal(answer: CallbackAnswer): void {
  for (const text of [NAME, PHONE, ID_NUMBER]) expect(JSON.stringify(answer.card)).not.toContain(text);
}

/** What stands in the fields of a card's form. */
function defaults(node: unknown): FormValues {
  const found: FormValues = {};
  walk(node, (element) => {
    const { name, default_value: text, initial_option: option, checked } = element;
    const value = text ?? option ?? checked;
    if (typeof name === 'string' && (typeof value === 'string' || value === true)) found[name] = value;
  });
  return found;
}

function options(node: unknown, field: string): string[] {
  const found: string[] = [];
  walk(node, (element) => {
    const { name, options: choices } = element;
    if (name === field && Array.isArray(choices)) found.push(...choices.map((choice) => wordsOf(choice)));
  });
  return found;
}

interface Element {
  readonly name?: unknown;
  readonly default_value?: unknown;
  readonly initial_option?: unknown;
  readonly checked?: unknown;
  readonly options?: unknown;
}

function walk(node: unknown, visit: (element: Element) => void): void {
  if (typeof node !== 'object' || node === null) return;
  if (!Array.isArray(node)) visit(node);
  for (const child of Object.values(node)) walk(child, visit);
}
