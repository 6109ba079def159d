/** 代班: somebody on leave names a colleague, who sees and may do the same, in both names. */
import { eq } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { agentReads } from '../../db/repositories/agent.ts';
import { unitWrites } from '../../db/repositories/unit.ts';
import { passes } from '../jobs/support.ts';
import { buttonOf, wordsOf } from '../support/office.ts';
import {
  ADA,
  ADMIN,
  BAI,
  BANNER_MANAGER,
  CLERK,
  openScene,
  type Scene,
  SECOND,
  STRANGER,
  TOWN,
  TOWN_MANAGER,
  VILLAGE,
} from '../support/scene.ts';

/** Of the next village of the same town. */
const SARNAI = 'ou_sarnai';
let scene: Scene;

beforeEach(async () => {
  scene = await openScene();
  await scene.hire({ openId: SARNAI, name: '萨仁', unit: '安门社区' });
});
afterEach(() => scene.close());

const idOf = async (openId: string) => (await scene.db.read((tx) => agentReads.byOpenId(tx, openId)))?.id ?? 0;
const says = async (openId: string, line: string, chat?: string) => {
  await scene.says(openId, line, chat);
  await scene.settle();
  return wordsOf(scene.last(chat ?? openId).card);
};
const press = async (openId: string, label: string, form = {}, target = openId) =>
  (await scene.does(openId, { target, label, form })).toast?.content ?? '';
const payloads = async (kind: string) =>
  (await scene.entries()).filter((entry) => entry.kind === kind).map(({ payload }) => JSON.parse(payload));
const wordsTo = (openId: string) => scene.cards(openId, '').map(({ card }) => wordsOf(card));

/** ADA is away from the 24th to the 27th, and SARNAI stands in. */
async function namesSarnai(by = ADA, absent = ADA): Promise<string> {
  await scene.says(by, '/代班');
  await scene.settle();
  const form = { standIn: String(await idOf(SARNAI)), fromDay: '明天', toDay: '11月27日' };
  return press(by, '定下来', by === absent ? form : { ...form, absent: String(await idOf(absent)) });
}

describe('代班', () => {
  it('lets the stand-in do what the absent one may, in both names, from its first day to its last', async () => {
    const record = await scene.register();
    expect(await namesSarnai()).toContain('已告诉两位');
    for (const openId of [SARNAI, TOWN_MANAGER]) {
      expect(wordsOf(scene.last(openId).card)).toContain('2026年11月24日至11月27日');
    }
    expect(await says(SARNAI, `/查 ${record.caseNumber}`)).toContain('没有找到');
    scene.clock.to('2026-11-24T09:30');
    expect(await says(SARNAI, '/待办')).toContain('安门社区、安达社区的待办');
    expect(await says(SARNAI, '张三丰')).toContain(record.caseNumber);
    expect(await press(SARNAI, '撤回', { note: '群众不办了' })).toContain('撤回');
    const [withdrawn] = await payloads('withdraw');
    expect(withdrawn.standsInFor).toBe(await idOf(ADA));
    expect(await says(ADA, `/查 ${record.caseNumber}`)).toContain('萨仁（代阿达）');
    expect((await scene.checkLedger()).faults).toEqual([]);

    const other = await scene.register({ applicantName: '李四', phone: '13900000001' });
    expect(await says(SARNAI, `/查 ${other.caseNumber}`)).toContain(other.caseNumber);
    // Who is away and acts all the same does so in the own name.
    await scene.does(ADA, { target: VILLAGE, label: '催办' });
    expect((await payloads('urge'))[0].standsInFor).toBeUndefined();
    scene.clock.to('2026-11-28T09:30');
    expect(await says(SARNAI, `/查 ${other.caseNumber}`)).toContain('没有找到');
  });

  it('tells the stand-in’s own work from the absent one’s, in lists and on the card', async () => {
    await namesSarnai();
    await scene.register();
    const delivered = await scene.register({ applicantName: '李四', phone: '13900000001' });
    for (const label of ['接收', '办结'])
      await scene.does(CLERK, { target: TOWN, label, form: { outcome: 'granted' } });
    scene.clock.to('2026-11-24T09:30');
    const mine = await says(SARNAI, '/待办');
    expect(mine).toContain('代阿达');
    expect(mine).not.toContain('我经办');
    expect(mine).toContain('我和阿达登记的，共1件');
    await scene.does(BAI, { target: VILLAGE, label: '确认送达', form: { deliveryWay: 'doorstep' } });
    expect(await says(SARNAI, '/待办')).toContain('请代阿达回访群众');
    expect(await says(BAI, '/待办', VILLAGE)).toContain('请阿达回访群众');
    const visit = '请安达社区阿达（到11月27日由萨仁代班）回访群众';
    const { caseNumber } = delivered;
    expect(await says(BAI, `/查 ${caseNumber}`)).toContain(visit);
    scene.clock.to('2026-11-28T09:30');
    expect(await says(BAI, `/查 ${caseNumber}`)).toContain('请安达社区阿达回访群众');
  });

  it('of a manager: a bad rating calls the stand-in', async () => {
    await says(TOWN_MANAGER, '/代班 李强 今天');
    await press(TOWN_MANAGER, '定下来', { standIn: String(await idOf(SECOND)), fromDay: '今天' });
    await scene.register();
    await scene.does(CLERK, { target: TOWN, label: '接收' });
    await scene.does(CLERK, { target: TOWN, label: '办结', form: { outcome: 'granted' } });
    await scene.does(ADA, { target: VILLAGE, label: '确认送达', form: { deliveryWay: 'doorstep' } });
    await scene.does(BAI, { target: VILLAGE, label: '回访评价', form: { rating: '1', comment: '等得太久' } });
    const called = JSON.stringify(scene.last(TOWN).card);
    expect(called).toContain(`<at id=${SECOND}>`);
    expect(called).not.toContain(`<at id=${TOWN_MANAGER}>`);
  });

  it('of a manager: a group that the stand-in takes away is taken in both names', async () => {
    await says(TOWN_MANAGER, '/代班 李强 今天');
    await press(TOWN_MANAGER, '定下来', { standIn: String(await idOf(SECOND)), fromDay: '今天' });
    const value = { v: 1, action: 'unit.unbind', unitId: scene.unitId('巴彦托海镇'), seen: TOWN, keep: false };
    await scene.forges(SECOND, { value, chat: `oc_p2p_${SECOND}` });
    expect((await payloads('unbind'))[0]).toMatchObject({ standsInFor: await idOf(TOWN_MANAGER) });
    expect((await scene.checkLedger()).faults).toEqual([]);
  });

  it('lets the stand-in register for the absent one’s people: the case is the absent one’s, under both names', async () => {
    await namesSarnai();
    scene.clock.to('2026-11-24T09:30');
    const { id } = await scene.register({}, { openId: SARNAI, chat: undefined });
    const [absentId, standInId] = [await idOf(ADA), await idOf(SARNAI)];
    const unitId = scene.unitId('安达社区');
    expect(await scene.record(id)).toMatchObject({
      registeringUnitId: unitId,
      keeperId: absentId,
      registrarId: standInId,
    });
    expect((await payloads('register'))[0]).toMatchObject({ standsInFor: absentId });
    expect((await scene.checkLedger()).faults).toEqual([]);
    scene.clock.to('2026-11-28T09:30');
    expect(await says(ADA, '/待办')).toContain('26-01-00001');
    await scene.says(SARNAI, '/登记');
    await scene.settle();
    const late = await scene.does(SARNAI, {
      target: SARNAI,
      label: '提交登记',
      form: scene.registration({ phone: '13900000009' }),
    });
    expect(late.toast?.content).toContain('请选群众住在哪个嘎查社区');
  });

  it('stands on the own cards of both, and ends early for whoever of the two, or their manager', async () => {
    await namesSarnai(TOWN_MANAGER);
    expect(await says(ADA, '/我')).toContain('2026年11月24日至11月27日由萨仁代您的班');
    expect(await says(SARNAI, '/我')).toContain('2026年11月24日至11月27日您代阿达的班');
    scene.clock.to('2026-11-25T09:30');
    const record = await scene.register();
    await says(SARNAI, `/查 ${record.caseNumber}`);
    await says(SARNAI, '/代班');
    const value = buttonOf(scene.last(SARNAI).card, '提前结束');
    expect((await scene.forges(BAI, { value })).toast?.content).toContain('要由本人或安达社区的管理员来定');
    expect(await press(SARNAI, '提前结束')).toContain('提前结束了');
    expect((await scene.forges(ADA, { value })).toast?.content).toBe('这一段代班已经结束了。');
    expect(wordsTo(ADA).join()).toContain('提前结束了，以后的件由阿达自己办');
    // The case's card in the stand-in's chat follows no longer.
    expect(wordsTo(SARNAI).join()).toContain('停止更新');
    expect(await says(SARNAI, `/查 ${record.caseNumber}`)).toContain('没有找到');
    expect((await payloads('endStandIn'))[0]).toMatchObject({
      absentId: await idOf(ADA),
      standInId: await idOf(SARNAI),
    });
    expect((await scene.checkLedger()).faults).toEqual([]);
  });

  it.each(['/代班 萨仁 12月 1日至12月 5日', '/代班 萨仁 十天 12月1日至12月5日'])(
    '%s begins on the first',
    async (line) => {
      await says(ADA, line);
      const card = JSON.stringify(scene.last(ADA).card);
      for (const day of ['2026-12-01', '2026-12-05']) expect(card).toContain(day);
    },
  );

  it('named twice by a double press is named once; two managers at once: the second is told', async () => {
    await says(ADA, '/代班 萨仁 明天至11月27日');
    const value = buttonOf(scene.last(ADA).card, '定下来');
    const form = { standIn: String(await idOf(SARNAI)), fromDay: '2026-11-24', toDay: '2026-11-27' };
    for (let times = 0; times < 2; times++)
      expect((await scene.forges(ADA, { value, form })).toast?.type).toBe('success');
    expect(await payloads('nameStandIn')).toHaveLength(1);
    const late = await scene.forges(TOWN_MANAGER, {
      value,
      form: { ...form, absent: String(await idOf(ADA)), standIn: String(await idOf(BAI)) },
    });
    expect(late.toast?.content).toContain('阿达这段时间里已经有人代班（2026年11月24日至11月27日）');
  });

  it.each([
    ['nobody', {}, '请先选谁来代班'],
    ['days that are none', { standIn: SARNAI, fromDay: '2月30日' }, '没看懂从哪天到哪天'],
    ['somebody who left', { standIn: BAI, fromDay: '明天' }, '现在不在岗'],
    ['oneself', { standIn: ADA, fromDay: '明天' }, '不能自己代自己的班'],
    ['another’s leave', { absent: SARNAI, standIn: ADA, fromDay: '明天' }, '要由本人或安门社区的管理员来定'],
    ['yesterday', { standIn: SARNAI, fromDay: '11月22日' }, '已经过去了'],
    ['a long text', { standIn: SARNAI, fromDay: '长'.repeat(900) }, '请控制在20字以内'],
  ])(
    '%s is refused, with what to do',
    async (_what, { standIn, absent, fromDay = '' }: Record<string, string>, words) => {
      await scene.says(ADMIN, '/停用 白音');
      await scene.settle();
      await press(ADMIN, '确认停用');
      await says(ADA, '/代班');
      const value = buttonOf(scene.last(ADA).card, '定下来');
      const form = {
        ...(standIn === undefined ? {} : { standIn: String(await idOf(standIn)) }),
        ...(absent === undefined ? {} : { absent: String(await idOf(absent)) }),
        fromDay,
      };
      expect((await scene.forges(ADA, { value, form })).toast?.content).toContain(words);
      expect(await payloads('nameStandIn')).toEqual([]);
    },
  );

  it('of a manager: the stand-in decides on applications and reads the figures, but changes nothing of the own work', async () => {
    await says(TOWN_MANAGER, '/代班 李强 今天');
    await press(TOWN_MANAGER, '定下来', { standIn: String(await idOf(SECOND)), fromDay: '今天' });
    await says(STRANGER, '/登记');
    await press(STRANGER, '提交申请', {
      ...{ name: '新来的', phone: '13900001111', employment: 'partTime' },
      unit: String(scene.unitId('安达社区')),
    });
    expect(wordsOf(scene.last(SECOND).card)).toContain('新来的');
    expect(wordsTo(TOWN_MANAGER).join()).not.toContain('新来的');
    expect(await press(SECOND, '通过')).toBe('已通过新来的的申请');
    expect((await payloads('approveAgent'))[0].standsInFor).toBe(await idOf(TOWN_MANAGER));
    expect(await says(SECOND, '/统计')).toContain('巴彦托海镇');
    const shown = { unitId: scene.unitId('巴彦托海镇'), period: '本月', by: 'item', askerId: await idOf(SECOND) };
    const value = { v: 1, action: 'stats.show', ...shown };
    const again = await scene.forges(SECOND, { value, chat: `oc_p2p_${SECOND}`, form: {} });
    expect(again.toast).toMatchObject({ type: 'success' });
    expect(await says(CLERK, '/统计')).toContain('要管理员');
    expect(await says(SECOND, '/角色 李强 管理员')).toContain('不能改自己的');
    expect(await says(SECOND, '/停用 包主任')).toContain('没有这个姓名');
    expect((await scene.checkLedger()).faults).toEqual([]);
  });

  it('of a manager: /七有 and /待办 show what is below the absent one’s unit, while it lasts', async () => {
    await scene.register();
    await scene.does(CLERK, { target: TOWN, label: '接收' });
    await scene.does(CLERK, { target: TOWN, label: '办结' });
    await scene.does(ADA, { target: VILLAGE, label: '确认送达', form: { deliveryWay: 'doorstep' } });
    await scene.does(ADA, { target: VILLAGE, label: '回访评价', form: { rating: '1', comment: '等得太久' } });
    const shown = [await says(TOWN_MANAGER, '/七有'), await says(TOWN_MANAGER, '/待办')];
    expect(shown[1]).toContain('26-01-00001');
    expect([await says(SECOND, '/七有'), await says(SECOND, '/待办')]).not.toContain(shown[0]);
    await says(TOWN_MANAGER, '/代班 李强 今天');
    await press(TOWN_MANAGER, '定下来', { standIn: String(await idOf(SECOND)), fromDay: '今天' });
    expect(await says(SECOND, '/七有')).toBe(shown[0]);
    expect(await says(SECOND, '/待办')).toContain('26-01-00001');
    scene.clock.to('2026-11-24T09:30');
    expect(await says(SECOND, '/待办')).not.toContain('26-01-00001');
  });

  it('of the banner’s manager: its office’s work, looks at applicants and lists are written down in both names', async () => {
    const DEPUTY = 'ou_deputy';
    await scene.hire({ openId: DEPUTY, name: '旗里同事', unit: '鄂温克族自治旗' });
    await says(BANNER_MANAGER, '/代班');
    await press(BANNER_MANAGER, '定下来', { standIn: String(await idOf(DEPUTY)), fromDay: '今天' });
    await namesSarnai();
    const presses = (openId: string, value: object, form = {}) =>
      scene.forges(openId, { value: { v: 1, ...value }, chat: `oc_p2p_${openId}`, form });
    await presses(CLERK, { action: 'information.file' }, { title: '窗口全覆盖', body: 'https://example.com/a' });
    await presses(DEPUTY, { action: 'information.adopt', pieceId: 1 }, { adoptionKind: 'brief' });
    const manager = await idOf(BANNER_MANAGER);
    expect(await payloads('adoptInformation')).toMatchObject([{ standsInFor: manager }]);
    await presses(DEPUTY, { action: 'roster.export', unitId: scene.unitId('巴彦托海镇'), day: '2026-11-23' });
    expect(await payloads('exportRoster')).toMatchObject([{ standsInFor: manager }]);
    await presses(DEPUTY, { action: 'report.urge', month: '2026-10' });
    const [task] = await scene.db.read(({ q, t }) => q.select().from(t.tasks).where(eq(t.tasks.number, 9)));
    const unitId = scene.unitId('大雁镇');
    const said = { action: 'task.save', taskId: task?.id ?? 0, unitId, seen: 0 };
    await presses(DEPUTY, said, { state: 'underWay', text: '正在挂牌' });
    await presses(BANNER_MANAGER, { ...said, seen: 1 }, { state: 'done', text: '都挂牌了' });
    const checks = { action: 'readiness.save', unitId, listId: 1, seen: 0 };
    await presses(DEPUTY, checks, { c0: true });
    expect(await payloads('urgeReports')).toMatchObject([{ standsInFor: manager }]);
    const forWhom = async (kind: string) => [...new Set((await payloads(kind)).map((one) => one.standsInFor))];
    expect(await forWhom('updateTask')).toEqual([manager, undefined]);
    expect(await forWhom('answerCheck')).toEqual([manager]);
    const { id: caseId } = await scene.register();
    scene.clock.to('2026-11-24T09:30');
    for (const openId of [SARNAI, ADA]) await presses(openId, { action: 'case.reveal', caseId });
    expect(await payloads('reveal')).toEqual([{ standsInFor: await idOf(ADA) }, {}]);
    expect((await scene.checkLedger()).faults).toEqual([]);
  });

  it('takes the place of the absent one in the morning’s reminders', async () => {
    await namesSarnai();
    await scene.register();
    await scene.does(CLERK, { target: TOWN, label: '退回补正', form: { note: '缺户口本', materials: '户口簿' } });
    await scene.db.write((tx) => unitWrites.setChat(tx, { unitId: scene.unitId('安达社区'), chatId: null }));
    await passes(scene, '2026-11-25T08:59');
    const before = scene.posted.length;
    await passes(scene, '2026-11-25T09:00');
    const reminded = scene.posted.slice(before).filter(({ card }) => wordsOf(card).includes('退回了，还没有重新转送'));
    expect(reminded.map(({ target }) => target)).toEqual([SARNAI]);
  });

  it('that somebody wrote into the rows gives nobody a signed right, and is found', async () => {
    await says(TOWN_MANAGER, '/代班 李强 今天');
    await press(TOWN_MANAGER, '定下来', { standIn: String(await idOf(SECOND)), fromDay: '今天' });
    await says(STRANGER, '/登记');
    await press(STRANGER, '提交申请', {
      ...{ name: '新来的', phone: '13900001111', employment: 'partTime' },
      unit: String(scene.unitId('安达社区')),
    });
    const value = buttonOf(scene.last(SECOND).card, '通过');
    const standInId = await idOf(CLERK);
    await scene.db.write(({ q, t }) => Promise.resolve(q.update(t.standIns).set({ standInId })).then(() => undefined));
    expect((await scene.forges(CLERK, { value, form: { role: 'agent' } })).toast?.type).toBe('error');
    expect(await payloads('approveAgent')).toEqual([]);
    expect((await scene.checkLedger()).faults).toMatchObject([{ about: 'standIn', problem: 'differs' }]);
  });
});
