/** Residents without a telephone: a contact person, or none. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { verifyLedger } from '../../src/services/ledger/verify.ts';
import { wordsOf } from '../support/office.ts';
import { ADA, ADMIN, BAI, CLERK, type FormValues, openScene, type Scene, TOWN, VILLAGE } from '../support/scene.ts';

let scene: Scene;

beforeEach(async () => {
  scene = await openScene();
});

afterEach(() => scene.close());

const CONTACT = '女儿李四 13900001111';

async function submits(over: FormValues, chat?: string) {
  await scene.says(ADA, '/登记', chat);
  await scene.settle();
  return scene.does(ADA, { target: chat ?? ADA, label: '提交登记', form: scene.registration(over) });
}

const applicants = () => scene.db.read(({ q, t }) => Promise.resolve(q.select().from(t.applicants)));

describe('somebody without a telephone', () => {
  it.each(['无', '没有', ' 没有电话 ', '沒有'])('is registered by %j', async (phone) => {
    expect((await submits({ phone, contact: CONTACT })).toast?.content).toMatch(/^登记成功/);
    expect(wordsOf(scene.last(TOWN).card)).toContain('没有电话');
    expect((await applicants())[0]).toMatchObject({ phoneHash: null, phoneTailHash: null });
  });

  it.each([undefined, VILLAGE])('and without a contact is asked for one, once (%s)', async (chat) => {
    const first = await submits({ phone: '无' }, chat);
    expect(first.toast?.content).toContain('请填一位联系人；实在没有，再点“仍要登记”');
    expect(await applicants()).toEqual([]);
    const form = scene.registration({ phone: '无' });
    const again = await scene.does(ADA, { target: chat ?? ADA, label: '仍要登记', form });
    expect(again.toast?.content).toMatch(/^登记成功/);
    expect((await applicants())[0]).toMatchObject({ phoneHash: null, contactSealed: null });
  });

  it('is asked about neither again nor instead, when the same errand is on its way', async () => {
    await scene.register();
    await submits({ phone: '无' });
    const press = { target: ADA, label: '仍要登记', form: scene.registration({ phone: '无' }) };
    expect((await scene.does(ADA, press)).toast?.content).toContain('的这个事项正在办');
    expect((await scene.does(ADA, press)).toast?.content).toMatch(/^登记成功/);
  });

  it('is reached through a contact: masked in groups, in full for whoever handles the case', async () => {
    await submits({ phone: '无', contact: CONTACT }, VILLAGE);
    for (const chat of [VILLAGE, TOWN]) {
      const card = JSON.stringify(scene.last(chat).card);
      for (const secret of ['李四', '13900001111']) expect(card).not.toContain(secret);
      expect(wordsOf(scene.last(chat).card)).toContain('没有电话，联系人139****1111');
    }
    await scene.does(CLERK, { target: TOWN, label: '查看申请人' });
    expect(wordsOf(scene.last(CLERK).card)).toContain('子女 李四 13900001111');
    expect(JSON.stringify(await applicants())).not.toMatch(/李四|13900001111/u);
  });

  it.each(['1111', '13900001111'])('is found by the contact’s number: %s', async (typed) => {
    await submits({ phone: '无', contact: CONTACT });
    await scene.says(BAI, `/查 ${typed}`);
    await scene.settle();
    expect(wordsOf(scene.last(BAI).card)).toContain('26-01-00001');
  });

  it('whose contact has a full number of another end is not found by it', async () => {
    await submits({ phone: '无', contact: CONTACT });
    await scene.says(BAI, '/查 13800001111');
    await scene.settle();
    expect(wordsOf(scene.last(BAI).card)).toContain('没有找到');
  });

  it('the contact’s name and number are hidden in free text of steps', async () => {
    await submits({ phone: '无', contact: CONTACT }, VILLAGE);
    await scene.does(CLERK, { target: TOWN, label: '退回补正', form: { note: '李四说一三九零零零零一一一一打不通' } });
    const card = JSON.stringify(scene.last(VILLAGE).card);
    expect(card).not.toContain('李四');
    expect(card).not.toContain('一三九零');
  });

  it.each([
    ['女儿李四', '请写上联系人的电话'],
    ['女儿李四 1390000111', '少了1位'],
    ['李四 13900001111 和王五 13900002222', '请只写关系、姓名和一个电话'],
    ['字'.repeat(61), '联系人请控制在60字以内'],
  ])('is asked again for a contact like %j', async (contact, problem) => {
    expect((await submits({ phone: '无', contact })).toast?.content).toContain(problem);
  });

  it('two of them are not taken for one person', async () => {
    await submits({ phone: '无', contact: CONTACT });
    const other = { phone: '无', contact: CONTACT, applicantName: '王五' };
    expect((await submits(other)).toast?.content).toMatch(/^登记成功/);
  });

  it('gets a telephone by 更正, and the ledger agrees', async () => {
    await submits({ phone: '无', contact: CONTACT });
    await scene.does(ADA, { target: ADA, label: '更正' });
    const form = { ...shownIn(), phone: '13700002222', contact: '' };
    expect((await scene.does(ADA, { target: ADA, label: '确认更正', form })).toast?.content).toContain('已更正');
    expect((await applicants())[0]).toMatchObject({ contactSealed: null, contactTailHash: null });
    const { faults } = await scene.db.read((tx) => verifyLedger({ tx, vault: scene.vault }));
    expect(faults).toEqual([]);
  });

  it('gets a 一窗受理号, in which the contact’s number is as little taken as their own would be', async () => {
    await submits({ phone: '无', contact: '女儿李四 0470-8812345' }, VILLAGE);
    const accept = (externalNumber: string) =>
      scene.does(CLERK, { target: TOWN, label: '接收', form: { externalNumber } });
    expect((await accept('YC-04708812345')).toast?.content).toContain('不要写手机号');
    await accept('YC-2026-7');
    expect(await scene.record(1)).toMatchObject({ state: 'accepted', externalNumber: 'YC-2026-7' });
  });

  it('is forgotten with the contact', async () => {
    await submits({ phone: '无', contact: CONTACT });
    const value = { v: 1, action: 'case.erase', caseId: 1 };
    await scene.forges(ADMIN, { value, chat: ADMIN, form: { reason: '本人要求删除' } });
    expect((await applicants())[0]).toMatchObject({
      contactSealed: null,
      contactPhoneHash: null,
      contactTailHash: null,
    });
  });

  function shownIn(): FormValues {
    const fields = JSON.stringify(scene.last(ADA).card).matchAll(/"name":"(\w+)"[^{}]*?"default_value":"([^"]*)"/g);
    return Object.fromEntries([...fields].map(([, name = '', value = '']) => [name, value]));
  }
});
