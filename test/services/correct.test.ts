import { eq } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { settingWrites } from '../../db/repositories/setting.ts';
import { localDay } from '../../src/domain/calendar.ts';
import { rebuildCounters } from '../../src/services/stats/rebuild.ts';
import { buttonOf, wordsOf, ZONE } from '../support/office.ts';
import {
  ADA,
  ADMIN,
  ALLOWANCE,
  BAI,
  BANNER_MANAGER,
  CIVIL_CLERK,
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
  UNEMPLOYMENT,
  VILLAGE,
} from '../support/scene.ts';

const RIGHT_NAME = '章三峰';
const RIGHT_PHONE = '13900005678';

let scene: Scene;

beforeEach(async () => {
  scene = await openScene();
});

afterEach(() => scene.close());

/** Opens the form from the case's card and fills in what is to be changed; the rest goes back as it stands in the form. */
async function filledForm(openId: string, { id }: { id: number }, form: FormValues): Promise<FormValues> {
  const { caseNumber } = await scene.record(id);
  await scene.says(openId, `/查 ${caseNumber}`);
  await scene.settle();
  const opened = await scene.does(openId, { target: openId, label: '更正' });
  expect(opened.toast?.type).toBe('success');
  return { ...prefilled(), ...form };

  function prefilled(): FormValues {
    const fields = JSON.stringify(scene.last(openId).card).matchAll(
      /"name":"(\w+)"[^{}]*?(?:\{[^{}]*\}[^{}]*?)*?"(?:default_value|initial_option)":"([^"]*)"/g,
    );
    return Object.fromEntries([...fields].map(([, name = '', value = '']) => [name, value]));
  }
}

async function correct(openId: string, of: { id: number }, changed: FormValues = {}): Promise<string> {
  const form = await filledForm(openId, of, changed);
  const answer = await scene.does(openId, { target: openId, label: '确认更正', form });
  return answer.toast?.content ?? '';
}

async function nothingIsWrong(): Promise<void> {
  expect((await scene.checkLedger()).faults).toEqual([]);
  const differences: unknown[] = [];
  await scene.db.read((tx) =>
    rebuildCounters({ tx, zone: ZONE }, { write: false, onDifference: (one) => differences.push(one) }),
  );
  expect(differences).toEqual([]);
}

const dueDay = async (id: number) => {
  const { dueAt } = await scene.record(id);
  return dueAt && localDay(dueAt, ZONE);
};

describe('更正 by the registering unit', () => {
  it('leaves a person without a telephone without one: the form says so', async () => {
    const { id } = await scene.register({ phone: '无' });
    const form = await filledForm(ADA, { id }, { remarks: '上门' });
    expect(form['phone']).toBe('没有电话');
    await scene.does(ADA, { target: ADA, label: '确认更正', form });
    expect(wordsOf(scene.last(ADA).card)).toContain('已更正：备注');
  });

  it('puts name and phone right: the case is found by the new ones only, and the ledger keeps both, sealed', async () => {
    const { id, caseNumber } = await scene.register();
    expect(
      await correct(BAI, { id }, { applicantName: RIGHT_NAME, phone: RIGHT_PHONE, idNumber: ID_NUMBER }),
    ).toContain('已更正');
    await scene.says(ADA, `/查 ${RIGHT_NAME}`);
    await scene.settle();
    expect(wordsOf(scene.last(ADA).card)).toContain(caseNumber);
    await scene.says(ADA, `/查 ${NAME}`);
    await scene.settle();
    expect(wordsOf(scene.last(ADA).card)).not.toContain(caseNumber);
    await scene.does(CLERK, { target: TOWN, label: '查看申请人' });
    for (const text of [RIGHT_NAME, RIGHT_PHONE, ID_NUMBER]) expect(wordsOf(scene.last(CLERK).card)).toContain(text);
    const entry = (await scene.entries(id)).at(-2);
    expect(entry?.kind).toBe('correct');
    expect(entry?.payload).toBe('{"fields":["applicantName","phone","idNumber"],"state":"forwarded"}');
    for (const text of [NAME, PHONE, RIGHT_NAME, RIGHT_PHONE]) expect(await scene.dump()).not.toContain(text);
    await nothingIsWrong();
  });

  it('says in the groups what was corrected, and hides the former name wherever somebody wrote it', async () => {
    const { id } = await scene.register();
    await scene.does(CLERK, {
      target: TOWN,
      label: '退回补正',
      form: { note: `${NAME}的户口本没有带`, materials: '' },
    });
    await correct(ADA, { id }, { applicantName: RIGHT_NAME, reason: `写成了${NAME}，应是${RIGHT_NAME}` });
    for (const group of [VILLAGE, TOWN]) {
      const words = wordsOf(scene.last(group).card);
      expect(words).toContain('更正');
      expect(words).toContain('申请人姓名');
      expect(words).toContain('户口本没有带');
      for (const name of [NAME, RIGHT_NAME]) expect(words).not.toContain(name);
    }
  });

  it('empties what should not be there', async () => {
    const { id } = await scene.register({ idNumber: ID_NUMBER, address: '伊敏路5号', remarks: '上门' });
    expect(await correct(ADA, { id }, { idNumber: '', address: '', remarks: '' })).toContain('已更正');
    await scene.does(CLERK, { target: TOWN, label: '查看申请人' });
    for (const text of [ID_NUMBER, '伊敏路5号', '上门']) expect(wordsOf(scene.last(CLERK).card)).not.toContain(text);
    await nothingIsWrong();
  });

  it('moves the promised day and the figures with the item and the way', async () => {
    const { id } = await scene.register({ itemName: ALLOWANCE });
    await scene.does(CLERK, { target: TOWN, label: '接收' });
    scene.clock.advance(26 * 3_600_000);
    expect(await dueDay(id)).toBe('2026-11-30');
    const is = scene.itemId(RELIEF);
    await scene.db.write(({ q, t }) =>
      q.update(t.itemVersions).set({ workingDays: 9 }).where(eq(t.itemVersions.itemId, is)),
    );
    expect(await correct(ADA, { id }, { item: String(is), way: 'doorstep' })).toContain('已更正');
    const after = await scene.record(id);
    expect(after).toMatchObject({ itemId: is, way: 'doorstep', promisedDays: 9, state: 'accepted' });
    expect(await dueDay(id)).toBe('2026-12-04');
    await nothingIsWrong();
  });

  it.each([
    [null, null, 5, '2026-11-30'],
    [null, 9, 9, '2026-12-04'],
    [7, null, 8, '2026-12-03'],
  ])(
    'keeps what was promised where neither item has days of its own: %s to %s',
    async (before, after, promised, due) => {
      const daysOf = (itemName: string, workingDays: number | null) =>
        scene.db.write(({ q, t }) =>
          q
            .update(t.itemVersions)
            .set({ workingDays })
            .where(eq(t.itemVersions.itemId, scene.itemId(itemName))),
        );
      await daysOf(ALLOWANCE, before);
      await daysOf(RELIEF, after);
      const { id } = await scene.register({ itemName: ALLOWANCE });
      await scene.db.write((tx) => settingWrites.set(tx, { key: 'defaultPromisedDays', value: 8 }));
      expect(await correct(ADA, { id }, { item: String(scene.itemId(RELIEF)) })).toContain('已更正');
      expect((await scene.record(id)).promisedDays).toBe(promised);
      expect(await dueDay(id)).toBe(due);
    },
  );

  it('refuses a wrong number with what is wrong, another place, and what changes nothing', async () => {
    const { id } = await scene.register();
    const before = await scene.record(id);
    expect(await correct(ADA, { id }, { phone: '1381234' })).toContain('联系电话：少了4位');
    expect(await correct(ADA, { id }, { residence: String(scene.unitId('大雁镇')) })).toContain('只能改成巴彦托海镇的');
    expect(await correct(ADA, { id })).toContain('没有改动');
    expect(await scene.record(id)).toEqual(before);
    await nothingIsWrong();
  });

  it('refuses an item that another unit would hold, once the case has left the town', async () => {
    const { id } = await scene.register({ itemName: ALLOWANCE });
    await scene.does(CLERK, { target: TOWN, label: '接收' });
    await scene.does(CLERK, { target: TOWN, label: '转上级' });
    expect(await correct(ADA, { id }, { item: String(scene.itemId(RELIEF)) })).toContain('请撤回后重新登记');
    expect((await scene.record(id)).itemId).toBe(scene.itemId(ALLOWANCE));
  });

  it('does not overwrite a change of somebody else', async () => {
    const { id } = await scene.register();
    await scene.does(ADA, { target: VILLAGE, label: '更正' });
    const value = buttonOf(scene.last(ADA).card, '确认更正');
    await scene.does(CLERK, { target: TOWN, label: '接收' });
    const answer = await scene.forges(ADA, { value, chat: ADA, form: { applicantName: RIGHT_NAME } });
    expect(answer.toast?.content).toContain('再点一次“更正”');
    expect((await scene.entries(id)).map(({ kind }) => kind)).not.toContain('correct');
  });
});

describe('who may correct', () => {
  it.each([CLERK, CIVIL_CLERK, OTHER_CLERK, BANNER_MANAGER])('not %s while the case is open', async (openId) => {
    await scene.register();
    const value = buttonOf(scene.last(VILLAGE).card, '更正');
    const { toast } = await scene.forges(openId, { value });
    expect(toast?.type).toBe('warning');
    expect(toast?.content).toMatch(/由(登记的|安达社区).*来/);
  });

  it('a manager after it was completed, with a reason, without being shown who it is', async () => {
    const { id } = await scene.register({ itemName: UNEMPLOYMENT, onTheSpot: true, idNumber: ID_NUMBER });
    expect(buttonOf(scene.last(VILLAGE).card, '更正')).toBeUndefined();
    for (const reason of ['', '写错', '。。。。。'])
      expect(await correct(BANNER_MANAGER, { id }, { phone: RIGHT_PHONE, reason })).toContain('写明更正原因');
    const form = scene.last(BANNER_MANAGER).card;
    for (const text of [NAME, PHONE, ID_NUMBER]) expect(wordsOf(form)).not.toContain(text);
    const item = String(scene.itemId(RELIEF));
    expect(await correct(BANNER_MANAGER, { id }, { item, reason: '登记时选错了' })).toContain('村级不能当场办结');
    expect(await correct(BANNER_MANAGER, { id }, { phone: RIGHT_PHONE, reason: '登记时写错了' })).toContain('已更正');
    await scene.does(ADA, { target: VILLAGE, label: '查看申请人' });
    for (const text of [NAME, RIGHT_PHONE, ID_NUMBER]) expect(wordsOf(scene.last(ADA).card)).toContain(text);
    await nothingIsWrong();
  });

  it('and the agent is told who can, by name', async () => {
    await scene.register({ itemName: UNEMPLOYMENT });
    const value = buttonOf(scene.last(VILLAGE).card, '更正');
    await scene.does(CLERK, { target: TOWN, label: '接收' });
    await scene.does(CLERK, { target: TOWN, label: '办结' });
    const { toast } = await scene.forges(ADA, { value });
    expect(toast?.content).toContain('更正由巴彦托海镇的管理员包主任写明原因来做');
  });
});

it('an erased person is not corrected, and what names them as before is forgotten, too', async () => {
  const { id } = await scene.register();
  const value = buttonOf(scene.last(VILLAGE).card, '更正');
  await correct(ADA, { id }, { applicantName: RIGHT_NAME });
  await scene.says(BAI, `/登记 低保 ${NAME}`);
  const drafts = () =>
    scene.db.read(async ({ q, t }) => (await q.select().from(t.drafts)).filter((row) => !row.caseId));
  expect(await drafts()).toHaveLength(1);
  const erase = { v: 1, action: 'case.erase', caseId: id };
  expect((await scene.forges(ADMIN, { value: erase, form: { reason: '本人要求删除' } })).toast?.type).toBe('success');
  expect(await drafts()).toEqual([]);
  expect((await scene.forges(ADA, { value })).toast?.content).toContain('已按规定删除');
  expect((await scene.checkLedger()).faults).toEqual([]);
});

it('shows at once where the next step is to be taken, whose button is good; elsewhere within the minute', async () => {
  const registered = await scene.register();
  const form = await filledForm(ADA, registered, { phone: '13900005678' });
  const [town, village] = [scene.last(TOWN), scene.last(VILLAGE)];
  const before = village.updates;
  await scene.clicks(ADA, { target: ADA, label: '确认更正', form });
  await scene.app.dispatcher.drain();
  expect(wordsOf(town.card)).toContain('139****5678');
  expect(village.updates).toBe(before);
  const accepted = await scene.clicks(CLERK, { target: TOWN, label: '接收' });
  expect(accepted.toast?.type).toBe('success');
});
