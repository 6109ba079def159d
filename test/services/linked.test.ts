/** 再办一件 and 关联: another errand of the same person, and how the two cases know of each other. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { verifyLedger } from '../../src/services/ledger/verify.ts';
import { wordsOf } from '../support/office.ts';
import {
  ADA,
  ADMIN,
  BAI,
  BANNER_MANAGER,
  CIVIL_CLERK,
  NAME,
  OTHER_CLERK,
  openScene,
  PHONE,
  RELIEF,
  type Scene,
  VILLAGE,
} from '../support/scene.ts';

let scene: Scene;

beforeEach(async () => {
  scene = await openScene();
});

afterEach(() => scene.close());

const again = (openId: string) =>
  scene
    .forges(openId, { value: { v: 1, action: 'case.again', caseId: 1 }, chat: openId })
    .finally(() => scene.settle());

async function opensPrivately(openId: string, number = '26-01-00001') {
  await scene.says(openId, `/查 ${number}`);
  await scene.settle();
}

describe('再办一件', () => {
  it('keeps who it is in a private form, asks what is to be done, and writes the look down', async () => {
    await scene.register({ address: '伊敏路5号' });
    await opensPrivately(ADA);
    const answer = await scene.does(ADA, { target: ADA, label: '再办一件' });
    expect(answer.toast?.content).toBe('登记表已私信发给您，姓名、电话已填好');
    const form = JSON.stringify(scene.last(ADA).card);
    for (const kept of [NAME, PHONE, '伊敏路5号']) expect(form).toContain(kept);
    expect(form).toContain('"name":"consent","checked":false');
    const looks = (await scene.entries(1)).filter(({ kind }) => kind === 'reveal');
    expect(looks.map(({ payload }) => payload)).toEqual(['{"toRegister":true}']);
    expect(JSON.stringify(await scene.dump())).not.toContain(NAME);
  });

  it('is registered at once, without a question about the first, and both are linked', async () => {
    await scene.register();
    await again(ADA);
    const form = scene.registration({ itemName: RELIEF });
    const saved = await scene.does(ADA, { target: ADA, label: '提交登记', form });
    expect(saved.toast?.content).toMatch(/^登记成功，编号 26-01-00002/);
    expect((await scene.record(2)).linkedCaseId).toBe(1);
    expect(wordsOf(scene.last(ADA).card)).toContain('26-01-00001');
    await opensPrivately(BAI, '26-01-00001');
    expect(wordsOf(scene.last(BAI).card)).toContain('打开 26-01-00002');
    await scene.says(ADA, '/查 26-01-00001', VILLAGE);
    await scene.settle();
    expect(wordsOf(scene.last(VILLAGE).card)).toContain('26-01-00002');
    expect(JSON.stringify(scene.last(VILLAGE).card)).not.toContain('再办一件');
    const { faults } = await scene.db.read((tx) => verifyLedger({ tx, vault: scene.vault }));
    expect(faults).toEqual([]);
  });

  it('is refused to whoever does not handle the case, and tells them nothing', async () => {
    await scene.register();
    for (const stranger of [OTHER_CLERK, CIVIL_CLERK, BANNER_MANAGER, ADMIN]) {
      const before = scene.posted.length;
      expect((await again(stranger)).toast?.content).toBe('只有经手这件代办的人能看群众的完整信息。');
      expect(scene.posted.length).toBe(before);
    }
  });

  it('pressed in a group the form goes to the person alone', async () => {
    await scene.register();
    await scene.forges(ADA, { value: { v: 1, action: 'case.again', caseId: 1 }, chat: VILLAGE });
    await scene.settle();
    expect(JSON.stringify(scene.last(ADA).card)).toContain(NAME);
    expect(JSON.stringify(scene.last(VILLAGE).card)).not.toContain(NAME);
  });

  it('is refused once the person is erased, and of no case there is', async () => {
    await scene.register();
    const value = { v: 1, action: 'case.erase', caseId: 1 };
    await scene.forges(ADMIN, { value, chat: ADMIN, form: { reason: '本人要求删除' } });
    expect((await again(ADA)).toast?.content).toContain('已按规定删除');
    const unknown = await scene.forges(ADA, { value: { v: 1, action: 'case.again', caseId: 99 }, chat: ADA });
    expect(unknown.toast?.content).toContain('没有找到这个代办件');
  });

  it('is not sent any more to somebody who has left the unit meanwhile', async () => {
    await scene.register();
    await scene.forges(ADA, { value: { v: 1, action: 'case.again', caseId: 1 }, chat: ADA });
    await scene.db.write(({ q, t }) => Promise.resolve(q.update(t.agents).set({ status: 'left' })));
    const before = scene.posted.length;
    await scene.settle();
    expect(JSON.stringify(scene.posted.slice(before))).not.toContain(NAME);
  });
});

describe('关联', () => {
  it('a case that is registered beside its twin is linked to it', async () => {
    await scene.register();
    const second = await scene.register({}, { openId: BAI, chat: VILLAGE });
    expect(second.linkedCaseId).toBe(1);
    expect(wordsOf(scene.last(VILLAGE).card)).toContain('26-01-00001');
  });

  it('shows the number alone to whoever may not see the other case', async () => {
    await scene.register({ idNumber: '990101199001010019' });
    const over = { idNumber: '990101199001010019', residence: String(scene.unitId('大雁镇')) };
    const other = await scene.register(over, { openId: OTHER_CLERK, chat: undefined });
    expect(other.linkedCaseId).toBe(1);
    const card = JSON.stringify(scene.last(OTHER_CLERK).card);
    expect(card).toContain('26-01-00001');
    expect(card).not.toContain('打开 26-01-00001');
  });
});
