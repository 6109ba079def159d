/** 回访 by somebody else than the handler, and 抽查回访: who is drawn, who asks once more, what the agent sees of it. */
import { eq } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { settingWrites } from '../../db/repositories/setting.ts';
import { chooseFollowUpAgent, isOwnFollowUp } from '../../src/domain/follow-up.ts';
import { isDrawn } from '../../src/domain/sample.ts';
import { createVault } from '../../src/vault.ts';
import { passes } from '../jobs/support.ts';
import { wordsOf } from '../support/office.ts';
import {
  ADA,
  BAI,
  BANNER,
  BANNER_MANAGER,
  CLERK,
  NAME,
  openScene,
  PHONE,
  type Scene,
  TOWN,
  TOWN_MANAGER,
  UNEMPLOYMENT,
  VILLAGE,
} from '../support/scene.ts';
import { tamper } from '../support/tamper.ts';

describe('who makes the visit', () => {
  const choice = { colleagues: [3, 1, 2], handlerId: 1, delivererId: 2, caseId: 4 };

  it.each([
    ['neither the handler nor who delivered', {}, 3],
    ['who delivered, where only the handler is there besides', { colleagues: [1, 2] }, 2],
    ['nobody, where the unit has the handler alone', { colleagues: [1] }, undefined],
    ['nobody, where the unit is empty', { colleagues: [] }, undefined],
    ['one after the other', { handlerId: 9, delivererId: 9, caseId: 5 }, 3],
    ['one after the other, again', { handlerId: 9, delivererId: 9, caseId: 6 }, 1],
  ])('is %s', (_, over, id) => {
    expect(chooseFollowUpAgent({ ...choice, ...over })).toBe(id);
  });

  it('and is marked when the handler does it though somebody else could', () => {
    const visited = { handlerId: 1, followUpAgentId: 2, followedUpById: 1 };
    expect(isOwnFollowUp(visited)).toBe(true);
    expect(isOwnFollowUp({ ...visited, followedUpById: 3 })).toBe(false);
    expect(isOwnFollowUp({ ...visited, followUpAgentId: null })).toBe(false);
    expect(isOwnFollowUp({ handlerId: null, followUpAgentId: 2, followedUpById: null })).toBe(false);
  });
});

describe('the lot', () => {
  it('is the same for one key, another for another, and draws about as many as it should', () => {
    const [one, other] = [createVault(Buffer.alloc(32, 1)), createVault(Buffer.alloc(32, 2))];
    const numbers = Array.from({ length: 4000 }, (_, index) => `26-01-${String(index).padStart(5, '0')}`);
    const drawn = (vault: typeof one, percent: number) =>
      numbers.filter((number) => isDrawn({ lot: vault.lotOf(number), percent }));
    expect(drawn(one, 0)).toEqual([]);
    expect(drawn(one, 100)).toHaveLength(4000);
    expect(Math.abs(drawn(one, 5).length - 200)).toBeLessThan(60);
    expect(drawn(one, 5)).toEqual(drawn(one, 5));
    expect(drawn(other, 5)).not.toEqual(drawn(one, 5));
  });
});

describe('in the office', () => {
  let scene: Scene;

  beforeEach(async () => {
    scene = await openScene();
    await scene.db.write((tx) => settingWrites.set(tx, { key: 'checkedPercent', value: 100 }));
    await scene.app.scheduler.tick();
    for (const openId of [BANNER_MANAGER, TOWN_MANAGER, ADA]) await scene.says(openId, '/我');
    await scene.settle();
  });

  afterEach(() => scene.close());

  const faults = async () => (await scene.checkLedger()).faults.filter(({ about }) => about !== 'setting');

  /** Handled by the town's clerk, or on the spot by ADA. */
  async function rated(rating: string, by = BAI, onTheSpot = false) {
    const record = await scene.register(onTheSpot ? { itemName: UNEMPLOYMENT, onTheSpot: true } : {});
    if (!onTheSpot) {
      await scene.does(CLERK, { target: TOWN, label: '接收' });
      await scene.does(CLERK, { target: TOWN, label: '办结', form: { outcome: 'granted' } });
    }
    await scene.does(ADA, { target: VILLAGE, label: '确认送达', form: { deliveryWay: 'doorstep' } });
    const delivered = wordsOf(scene.last(VILLAGE).card);
    await scene.does(by, { target: VILLAGE, label: '回访评价', form: { rating, comment: '群众的话' } });
    return { record: await scene.record(record.id), delivered };
  }

  it('the card names who makes the visit, and a visit by the handler is marked in the ledger', async () => {
    const { record, delivered } = await rated('5', ADA, true);
    expect(delivered).toContain('请安达社区白音回访群众');
    const [visit] = (await scene.entries(record.id)).filter(({ kind }) => kind === 'followUp');
    expect(JSON.parse(visit?.payload ?? '')).toMatchObject({ byHandler: true });
    await scene.says(ADA, `/查 ${record.caseNumber}`);
    await scene.settle();
    expect(wordsOf(scene.last(ADA).card)).toContain('本人回访');
    const other = await rated('5', BAI, true);
    const [proper] = (await scene.entries(other.record.id)).filter(({ kind }) => kind === 'followUp');
    expect(proper?.payload).not.toContain('byHandler');
    expect(await faults()).toEqual([]);
  });

  const weekly = () => passes(scene, '2026-11-27T16:00');
  const chat = (openId: string) => `oc_p2p_${openId}`;
  const presses = async (openId: string, value: object, form = {}) => {
    const answer = await scene.forges(openId, { value: { v: 1, ...value }, chat: chat(openId), form });
    await scene.settle();
    return { said: answer.toast?.content ?? '', words: answer.card ? wordsOf(answer.card as never) : '' };
  };

  it('a good rating is drawn, told to the banner alone, asked about once more, and counted', async () => {
    const { record } = await rated('5');
    await rated('3');
    const before = await scene.entries(record.id);
    await weekly();
    expect(wordsOf(scene.last(BANNER).card)).toContain('抽查回访：1件待回访');
    expect(await scene.entries(record.id)).toEqual(before);
    for (const openId of [ADA, TOWN_MANAGER]) {
      expect((await presses(openId, { action: 'check.list' })).said).toContain('旗县的管理员');
      await scene.says(openId, '/待办');
      await scene.settle();
      expect(wordsOf(scene.last(openId).card)).not.toContain('抽查');
    }
    expect((await presses(BANNER_MANAGER, { action: 'case.reveal', caseId: record.id })).said).toContain('已私信');
    expect(wordsOf(scene.last(BANNER_MANAGER).card)).toContain(PHONE);
    await scene.says(BANNER_MANAGER, '/待办');
    await scene.settle();
    const list = await scene.does(BANNER_MANAGER, { target: BANNER_MANAGER, label: '抽查回访（1件）' });
    expect(wordsOf(list.card as never)).toContain(record.caseNumber);
    expect(wordsOf(list.card as never)).not.toContain(NAME);
    const check = { action: 'check.record', caseId: record.id };
    expect((await presses(BANNER_MANAGER, check)).said).toContain('“一致”或“不一致”');
    expect((await presses(BANNER_MANAGER, check, { result: 'different' })).said).toContain('写明');
    expect((await presses(TOWN_MANAGER, check, { result: 'consistent' })).said).toContain('旗县的管理员');
    const form = { result: 'different', note: `${NAME}说没人来过` };
    const both = await Promise.all([presses(BANNER_MANAGER, check, form), presses(BANNER_MANAGER, check, form)]);
    expect(both.filter(({ said }) => said.includes('已记入台账'))).toHaveLength(1);
    expect(both.filter(({ said }) => said.includes('已经做过'))).toHaveLength(1);
    expect(wordsOf(scene.last(TOWN_MANAGER).card)).toContain('可能有正常原因');
    expect((await presses(BANNER_MANAGER, { action: 'check.list' })).words).toContain('不一致1件');
    expect((await presses(BANNER_MANAGER, { action: 'case.reveal', caseId: record.id })).said).toContain('经手');
    expect((await scene.entries()).filter(({ payload }) => payload.includes('没人来过'))).toEqual([]);
    expect(await faults()).toEqual([]);
  });

  it('a difference is told to the manager who only bears the checker’s name', async () => {
    await scene.db.write(({ q, t }) =>
      q.update(t.agents).set({ name: '旗管理' }).where(eq(t.agents.openId, TOWN_MANAGER)),
    );
    const { record } = await rated('5');
    await weekly();
    const form = { result: 'different', note: '说没人来过' };
    await presses(BANNER_MANAGER, { action: 'check.record', caseId: record.id }, form);
    expect(wordsOf(scene.last(TOWN_MANAGER).card)).toContain('可能有正常原因');
  });

  it('what was drawn once is not drawn again, and none is drawn at 0 percent', async () => {
    await rated('5');
    await weekly();
    await passes(scene, '2026-12-04T16:00');
    const draws = async () => (await scene.entries()).filter(({ kind }) => kind === 'drawChecks');
    expect(await draws()).toHaveLength(1);
    await scene.db.write((tx) => settingWrites.set(tx, { key: 'checkedPercent', value: 0 }));
    await rated('5');
    await passes(scene, '2026-12-11T16:00');
    expect(await draws()).toHaveLength(1);
  });

  it('a check that was changed by hand is found by the check of the ledger', async () => {
    const { record } = await rated('5');
    await weekly();
    await tamper(scene.db, async ({ q, t }) =>
      q.update(t.followUpChecks).set({ result: 'consistent' }).where(eq(t.followUpChecks.caseId, record.id)),
    );
    expect(await faults()).toEqual([{ about: 'check', caseId: record.id, problem: 'differs' }]);
    await tamper(scene.db, async ({ q, t }) => q.delete(t.followUpChecks));
    expect(await faults()).toEqual([{ about: 'check', caseId: record.id, problem: 'no row' }]);
  });

  it('a bad rating calls the manager at once and stands in the manager’s list with its last day', async () => {
    const { record } = await rated('2');
    expect(JSON.stringify(scene.last(TOWN).card)).toContain(`<at id=${TOWN_MANAGER}>`);
    await scene.says(TOWN_MANAGER, '/待办');
    await scene.settle();
    const words = wordsOf(scene.last(TOWN_MANAGER).card);
    expect(words).toContain('等整改');
    expect(words).toContain(record.caseNumber);
    // 15 working days after Monday, the 23rd of November.
    expect(words).toContain('最晚12月14日');
    await scene.says(ADA, '/待办');
    await scene.settle();
    expect(wordsOf(scene.last(ADA).card)).not.toContain('等整改');
  });

  it('值得看看 goes to the manager alone, and tells of one telephone without the telephone', async () => {
    for (const [index, applicantName] of ['李四', '王五', '赵六'].entries()) {
      await scene.register({ applicantName, itemName: UNEMPLOYMENT, phone: PHONE, remarks: String(index) });
    }
    await scene.says(TOWN_MANAGER, '/统计 本月');
    await scene.settle();
    const answer = await scene.does(TOWN_MANAGER, { target: TOWN_MANAGER, label: '值得看看' });
    expect(answer.toast?.content).toContain('私信');
    const words = wordsOf(scene.last(TOWN_MANAGER).card);
    expect(words).toContain('3位申请人留的是同一个电话');
    expect(words).toContain('可能有正常原因');
    expect(words).not.toContain(PHONE);
    const value = {
      v: 1,
      action: 'stats.patterns',
      unitId: scene.unitId('大雁镇'),
      period: '本月',
      by: 'town',
      askerId: 1,
    };
    for (const openId of [ADA, TOWN_MANAGER]) {
      const refused = await scene.forges(openId, { value, chat: chat(openId) });
      expect(refused.toast?.type).toBe('warning');
    }
  });
});
