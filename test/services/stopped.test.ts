/** 中止, 恢复 and 终止: what stands still, what ends without a result, and who hears of it. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { encodeAction } from '../../cards/action-values.ts';
import type { CaseRow } from '../../db/repositories/case.ts';
import { passes } from '../jobs/support.ts';
import {
  ADA,
  ADMIN,
  CLERK,
  NAME,
  OTHER_CLERK,
  openScene,
  type Scene,
  SECOND,
  TOWN,
  VILLAGE,
} from '../support/scene.ts';

let scene: Scene;
let record: CaseRow;

beforeEach(async () => {
  // Monday; the item promises so many working days that the Friday after next is the last.
  scene = await openScene({ now: '2026-11-23T10:00' });
  record = await scene.register();
  await scene.does(CLERK, { target: TOWN, label: '接收' });
});

afterEach(() => scene.close());

/** What the registering unit's month says. */
async function counters() {
  const rows = await scene.db.read(({ q, t }) => Promise.resolve(q.select().from(t.statCounters)));
  return rows.filter(
    ({ unitId, dimension, period }) =>
      unitId === scene.unitId('安达社区') && dimension === 'all' && period.startsWith('m'),
  );
}

const MORE = '中止、终止、转办';
const now = () => scene.record(record.id);
const sight = (target: string) => JSON.stringify(scene.last(target).card);

async function opensForm(openId = CLERK, label = MORE): Promise<void> {
  await scene.does(openId, { target: TOWN, label });
}

async function suspends(form: Record<string, string> = { suspendReason: 'applicant', suspendNote: '等户口本' }) {
  await opensForm();
  return scene.does(CLERK, { target: CLERK, label: '中止', form });
}

const end = {
  terminateReason: 'unqualified',
  terminateNote: '已迁出本镇',
  terminateAdvice: '到迁入地的便民服务站申请',
};

async function terminates(form: Record<string, string> = end) {
  await opensForm();
  return scene.does(CLERK, { target: CLERK, label: '终止', form });
}

describe('中止', () => {
  it('keeps the days that are left and gives them back at 恢复', async () => {
    const { dueAt, promisedDays } = record;
    scene.clock.to('2026-11-24T10:00');
    const at = scene.clock.now();
    await suspends();
    expect(await now()).toMatchObject({
      state: 'suspended',
      dueAt: null,
      remainingDays: promisedDays - 1,
      suspendReason: 'applicant',
      suspendCount: 1,
    });
    expect((await now()).suspendedAt).toBeGreaterThanOrEqual(at);
    scene.clock.to('2026-12-08T10:00');
    await scene.does(CLERK, { target: TOWN, label: '恢复' });
    const resumed = await now();
    // Ten working days stood still.
    expect(resumed).toMatchObject({ state: 'accepted', remainingDays: null, suspendReason: null, suspendedAt: null });
    expect(resumed.dueAt).toBe((dueAt ?? 0) + 14 * 86_400_000);
    expect((await scene.checkLedger()).faults).toEqual([]);
  });

  it('does not count the time as worked', async () => {
    scene.clock.to('2026-11-23T11:00');
    await suspends();
    scene.clock.to('2026-12-01T10:00');
    await scene.does(CLERK, { target: TOWN, label: '恢复' });
    scene.clock.to('2026-12-01T11:30');
    await scene.does(CLERK, { target: TOWN, label: '办结' });
    const [entry] = (await counters()).filter(({ completed }) => completed > 0);
    expect(entry?.completeMinutes).toBe(60 + 90);
  });

  it('is told to the registrar by a new message, with what it waits for', async () => {
    const before = scene.posted.length;
    await suspends();
    const called = scene.posted.slice(before).filter(({ target }) => target === VILLAGE);
    expect(called).toHaveLength(1);
    expect(sight(VILLAGE)).toContain(`<at id=${ADA}></at> **请告知群众**`);
    expect(sight(VILLAGE)).toContain('已中止（等群众提供：等户口本）。条件具备后由巴彦托海镇便民服务中心王芳恢复办理');
    expect(sight(VILLAGE)).toContain('暂停计时');
  });

  it('makes no sound at 恢复', async () => {
    await suspends();
    const before = scene.posted.length;
    await scene.does(SECOND, { target: TOWN, label: '恢复' });
    expect(scene.posted.slice(before)).toEqual([]);
  });

  it('stands in /待办 of both sides with why and since when, and is in nobody’s morning digest', async () => {
    await suspends();
    scene.clock.to('2027-01-05T08:59');
    const before = scene.posted.length;
    await passes(scene, '2027-01-05T09:00', '2027-01-05T09:01');
    expect(scene.posted.slice(before)).toEqual([]);
    expect(await now()).toMatchObject({ missedDueAt: null });
    await scene.says(CLERK, '/待办');
    await scene.settle();
    expect(sight(CLERK)).toContain('2026年11月23日起中止：等群众提供；条件具备后点“恢复”');
    await scene.says(ADA, '/待办');
    await scene.settle();
    expect(sight(ADA)).toContain('等别人办');
    expect(sight(ADA)).toContain('巴彦托海镇便民服务中心2026年11月23日起中止：等群众提供');
  });

  it.each([
    [{}, '请先选中止原因'],
    [{ suspendReason: 'whatever' }, '请先选中止原因'],
    [{ suspendReason: 'other', suspendNote: '。' }, '请写明为什么中止'],
    [{ suspendReason: 'season', suspendNote: '长'.repeat(600) }, '500字以内'],
  ])('%j is refused', async (form, words) => {
    const answer = await suspends(form);
    expect(answer.toast?.content).toContain(words);
    expect(await now()).toMatchObject({ state: 'accepted', suspendCount: 0 });
  });

  it('says nothing of the applicant to the groups, whatever was typed', async () => {
    await suspends({ suspendReason: 'other', suspendNote: `等${NAME}的户口本` });
    for (const { target, card } of scene.posted) {
      if (target.startsWith('oc_')) expect(JSON.stringify(card)).not.toContain(NAME);
    }
    expect(sight(VILLAGE)).toContain('的户口本');
  });

  it('lets nothing else be done before 恢复, but 撤回 by the registrar', async () => {
    await suspends();
    const { version } = await now();
    for (const action of ['case.complete', 'case.return', 'case.escalate', 'case.suspend'] as const) {
      const value = encodeAction({ action, caseId: record.id, version });
      const answer = await scene.forges(CLERK, { value, form: { suspendReason: 'season', note: '原因' } });
      expect(answer.toast?.content).toContain('已中止');
    }
    await scene.does(ADA, { target: VILLAGE, label: '撤回', form: { note: '不办了' } });
    expect(await now()).toMatchObject({ state: 'withdrawn', suspendReason: null, suspendedAt: null });
    expect((await scene.checkLedger()).faults).toEqual([]);
  });

  it('is nobody’s but the holder’s, and one press of two', async () => {
    const value = encodeAction({ action: 'case.suspend', caseId: record.id, version: (await now()).version });
    const form = { suspendReason: 'season' };
    for (const openId of [ADA, OTHER_CLERK]) {
      const answer = await scene.forges(openId, { value, form });
      expect(answer.toast?.content).toContain('这一步要由巴彦托海镇便民服务中心（经办：王芳）来办');
    }
    expect((await scene.forges(CLERK, { value, form })).toast?.type).toBe('success');
    expect((await scene.forges(SECOND, { value, form })).toast?.content).toContain('已中止');
    expect((await scene.entries(record.id)).filter(({ kind }) => kind === 'suspend')).toHaveLength(1);
  });
});

describe('终止', () => {
  it('ends the case, tells the registrar why and what is next, and counts apart', async () => {
    await terminates();
    expect(await now()).toMatchObject({
      state: 'terminated',
      terminateReason: 'unqualified',
      dueAt: null,
    });
    expect(sight(VILLAGE)).toContain(`<at id=${ADA}></at> **请告知群众**`);
    expect(sight(VILLAGE)).toContain(
      '已终止：不再具备条件：已迁出本镇。请安达社区告知群众，下一步可以：到迁入地的便民服务站申请',
    );
    const [row] = await counters();
    expect(row).toMatchObject({ registered: 1, terminated: 1, withdrawn: 0, completed: 0, acceptedNow: 0 });
    expect((await scene.checkLedger()).faults).toEqual([]);
  });

  it('may follow a 中止', async () => {
    await suspends();
    await scene.does(CLERK, { target: TOWN, label: '终止、转办' });
    await scene.does(CLERK, { target: CLERK, label: '终止', form: end });
    expect(await now()).toMatchObject({ state: 'terminated', suspendReason: null, remainingDays: null });
    const [row] = await counters();
    expect(row).toMatchObject({ terminated: 1, suspendedNow: 0, acceptedNow: 0 });
  });

  it.each([
    [{ terminateAdvice: '再来' }, '请先选终止原因'],
    [{ terminateReason: 'other', terminateAdvice: '再来' }, '请写明为什么终止'],
    [{ terminateReason: 'asked' }, '请写明群众下一步可以怎么办'],
  ])('%j is refused', async (form, words) => {
    const answer = await terminates(form);
    expect(answer.toast?.content).toContain(words);
    expect((await now()).state).toBe('accepted');
  });

  it('is the last of it', async () => {
    await terminates();
    const { version } = await now();
    const value = encodeAction({ action: 'case.resume', caseId: record.id, version });
    const answer = await scene.forges(CLERK, { value });
    expect(answer.toast?.content).toBe(`${record.caseNumber} 已经终止；群众还要办，请重新登记。`);
    await scene.says(ADA, '/待办');
    await scene.settle();
    expect(sight(ADA)).not.toContain(record.caseNumber);
  });
});

describe('the private form', () => {
  it('shows what was done, and an old one says where a new one is', async () => {
    await opensForm();
    const form = scene.last(CLERK);
    const answer = await scene.does(CLERK, { target: CLERK, label: '中止', form: { suspendReason: 'season' } });
    expect(JSON.stringify(answer.card)).toContain('已中止，不再计时');
    await scene.does(CLERK, { target: TOWN, label: '恢复' });
    const value = encodeAction({ action: 'case.suspend', caseId: record.id, version: (await now()).version - 2 });
    const late = await scene.forges(CLERK, {
      value,
      messageId: form.messageId ?? '',
      form: { suspendReason: 'season' },
    });
    expect(late.toast?.content).toBe(`${record.caseNumber} 刚有变化，请在代办件卡片上重新打开这张表。`);
  });

  it('opens for nobody who would find nothing in it', async () => {
    const value = encodeAction({ action: 'case.askMore', caseId: record.id });
    const before = scene.posted.length;
    const answer = await scene.forges(OTHER_CLERK, { value });
    await scene.settle();
    expect(answer.toast?.content).toContain('没有您能做的其他操作');
    expect(scene.posted.length).toBe(before);
  });

  it('is not sent to who left before it went out', async () => {
    await scene.says(ADMIN, '/停用 王芳');
    await scene.settle();
    const before = scene.posted.length;
    await scene.clicks(CLERK, { target: TOWN, label: MORE });
    await scene.clicks(ADMIN, { target: ADMIN, label: '确认停用' });
    await scene.settle();
    expect(JSON.stringify(scene.posted.slice(before))).not.toContain('填好再点按钮');
  });
});
