import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { encodeAction } from '../../cards/action-values.ts';
import { ledgerReads } from '../../db/repositories/ledger.ts';
import { reportReads } from '../../db/repositories/report.ts';
import { settingWrites } from '../../db/repositories/setting.ts';
import { statsReads } from '../../db/repositories/stats.ts';
import { unitReads } from '../../db/repositories/unit.ts';
import { flowNames } from '../../src/domain/counters.ts';
import { type Office, openOffice, wordsOf } from '../support/office.ts';
import { cardsIn, passes, press, registerCase } from './support.ts';

const TOWN = 'oc_town';
const VILLAGE = 'oc_village';
const SUBMIT = { target: TOWN, label: '确认报送' };

describe('the monthly report, from the reminder to 确认报送', () => {
  let office: Office;

  beforeEach(async () => {
    office = await openOffice({ now: '2026-11-23T10:00' });
    await office.bindGroup(VILLAGE, '安达社区');
    await office.bindGroup(TOWN, '巴彦托海镇');
    await office.hire({ openId: 'ou_ada', name: '阿达', unit: '安达社区' });
    await office.hire({ openId: 'ou_clerk', name: '王芳', unit: '巴彦托海镇' });
    await office.hire({ openId: 'ou_second', name: '李强', unit: '巴彦托海镇' });
    await office.settle();
    await office.app.scheduler.tick();
  });

  afterEach(() => office.close());

  const reports = () => cardsIn(office, TOWN, '11月工作进展月报');

  async function townOf(name: string): Promise<number> {
    const towns = await office.db.read((tx) => unitReads.ofLevels(tx, ['town']));
    return towns.find((town) => town.name === name)?.id ?? 0;
  }

  async function stored() {
    const townId = await townOf('巴彦托海镇');
    return (await office.db.read((tx) => reportReads.ofMonth(tx, '2026-11'))).find((one) => one.townId === townId);
  }

  async function reportEntries() {
    const townId = await townOf('巴彦托海镇');
    const entries = await office.db.read((tx) => ledgerReads.page(tx, { townId, afterSeq: 0, limit: 100 }));
    return entries.filter((entry) => entry.kind === 'report').map((entry) => JSON.parse(entry.payload));
  }

  it('asks the town in its group on the 10th at nine, once however often the scheduler looks', async () => {
    await passes(office, '2026-12-10T08:59');
    expect(reports()).toHaveLength(0);
    await passes(office, '2026-12-10T09:00', '2026-12-10T09:01', '2026-12-10T10:00');
    expect(reports()).toHaveLength(1);
    expect(wordsOf(reports()[0]?.card)).toContain('请在12月15日前');
    expect(wordsOf(reports()[0]?.card)).toContain('巴彦托海镇');
  });

  it('shows nothing more in a group that is the town’s no longer', async () => {
    await passes(office, '2026-12-10T09:00');
    const [old] = reports();
    await office.bindGroup('oc_new', '巴彦托海镇');
    await passes(office, '2026-12-13T09:00');
    await press(office, 'ou_clerk', { target: 'oc_new', label: '确认报送' });
    expect(wordsOf(office.posted.findLast(({ target }) => target === 'oc_new')?.card)).toContain('王芳');
    expect(wordsOf(old?.card)).toContain('这张卡片停止更新了');
    expect(wordsOf(old?.card)).not.toContain('王芳');
  });

  it('asks again at each of the five times, and only the newest card keeps its button', async () => {
    const times = ['2026-12-10T09:00', '2026-12-13T09:00', '2026-12-14T09:00', '2026-12-15T09:00', '2026-12-15T15:00'];
    for (const [index, time] of times.entries()) {
      await passes(office, time);
      const inTown = office.posted.filter((one) => one.target === TOWN && wordsOf(one.card).includes('月报'));
      expect(inTown).toHaveLength(index + 1);
      expect(inTown.filter((one) => wordsOf(one.card).includes('确认报送'))).toHaveLength(1);
    }
  });

  it('shows the figures that the counters hold, and keeps them as they were reported', async () => {
    await registerCase(office, { openId: 'ou_ada', chatId: VILLAGE });
    await press(office, 'ou_clerk', { target: TOWN, label: '接收' });
    await registerCase(office, { openId: 'ou_ada', chatId: VILLAGE });
    await passes(office, '2026-12-10T09:00');
    expect(figuresOn(reports()[0]?.card)).toMatchObject({ 登记: '2件', 办结: '0件', 在办: '2件', 满意率: '暂无' });
    await press(office, 'ou_clerk', SUBMIT);
    const townId = await townOf('巴彦托海镇');
    const scope = {
      unitIds: [townId],
      dimension: 'all' as const,
      span: ['m2026-11', 'm2026-11'] as const,
      names: flowNames,
    };
    const counted = (await office.db.read((tx) => statsReads.sums(tx, scope, 'unitId'))).get(townId);
    expect(counted).toMatchObject({ registered: 2, accepted: 1 });
    const { id } = (await stored()) ?? { id: 0 };
    const [version] = await office.db.read((tx) => reportReads.versions(tx, id));
    expect(version?.figures).toMatchObject({ ...counted, open: 2 });
    expect((await reportEntries())[0]?.figures).toEqual(version?.figures);
  });

  it('counts only the month reported on', async () => {
    office.clock.to('2026-12-01T10:00');
    await registerCase(office, { openId: 'ou_ada', chatId: VILLAGE });
    await passes(office, '2026-12-10T09:00');
    expect(figuresOn(reports()[0]?.card)).toMatchObject({ 登记: '0件', 在办: '0件' });
  });

  it('takes the report from the town, in time on the last second of the 15th', async () => {
    await passes(office, '2026-12-15T15:00');
    office.clock.to('2026-12-15T23:59:59');
    const answer = await press(office, 'ou_clerk', SUBMIT);
    expect(answer.toast).toEqual({ type: 'success', content: '2026年11月月报已报送' });
    expect(wordsOf(answer.card?.data)).toContain('已报送');
    expect(await stored()).toMatchObject({ late: false });
    expect(wordsOf(reports()[0]?.card)).toContain('王芳 12月15日 23:59 报送');
    expect(wordsOf(reports()[0]?.card)).not.toContain('确认报送');
  });

  it('notes a report of the 16th as late, on the card, in the answer and in the ledger', async () => {
    await passes(office, '2026-12-15T15:00');
    office.clock.to('2026-12-16T00:00');
    const answer = await press(office, 'ou_clerk', SUBMIT);
    expect(answer.toast?.content).toContain('逾期报送');
    expect(wordsOf(reports()[0]?.card)).toContain('逾期报送');
    expect(await reportEntries()).toMatchObject([{ month: '2026-11', late: true }]);
  });

  it('counts the 15th itself as late where the setting says so', async () => {
    await office.db.write((tx) => settingWrites.set(tx, { key: 'reportIncludes15th', value: false }));
    await passes(office, '2026-12-14T09:00');
    expect(wordsOf(reports()[0]?.card)).toContain('请在12月14日前');
    office.clock.to('2026-12-15T00:00');
    await press(office, 'ou_clerk', SUBMIT);
    expect(await stored()).toMatchObject({ late: true });
  });

  it('answers a second press with who has reported, and writes nothing twice', async () => {
    await passes(office, '2026-12-10T09:00');
    const [card] = reports();
    if (!card) throw new Error('no card');
    const old = structuredClone(card.card);
    await press(office, 'ou_clerk', SUBMIT);
    card.card = old;
    const second = await office.clicks('ou_second', { ...SUBMIT, on: card });
    expect(second.toast).toMatchObject({ type: 'warning' });
    expect(second.toast?.content).toContain('已由王芳报送');
    expect(wordsOf(second.card?.data)).toContain('已报送');
    expect(await reportEntries()).toHaveLength(1);
  });

  it('takes one of two presses in the same moment', async () => {
    await passes(office, '2026-12-10T09:00');
    const answers = await Promise.all([office.clicks('ou_clerk', SUBMIT), office.clicks('ou_second', SUBMIT)]);
    expect(answers.map((answer) => answer.toast?.type).sort()).toEqual(['success', 'warning']);
    expect(await reportEntries()).toHaveLength(1);
  });

  it('is confirmed by the town’s own people or an administrator, and by nobody else', async () => {
    await office.hire({ openId: 'ou_other', name: '外镇', unit: '大雁镇' });
    await office.hire({ openId: 'ou_manager', name: '旗管理员', unit: '鄂温克族自治旗', role: 'manager' });
    await passes(office, '2026-12-10T09:00');
    for (const openId of ['ou_other', 'ou_ada', 'ou_manager']) {
      const answer = await press(office, openId, SUBMIT);
      expect(answer.toast).toEqual({
        type: 'warning',
        content: '巴彦托海镇的月报由巴彦托海镇的工作人员填写、报送，请联系他们。',
      });
    }
    expect((await press(office, 'ou_stranger', SUBMIT)).toast?.content).toContain('还没有登记为代办员');
    expect((await stored())?.submittedAt).toBeNull();
    expect((await press(office, 'ou_admin', SUBMIT)).toast?.type).toBe('success');
  });

  it('refuses a month that is not over and a unit that is no town', async () => {
    let count = 0;
    const submit = (value: { townId: number; month: string }) =>
      office.app.receive({
        kind: 'action',
        eventId: `ev_forged${++count}`,
        messageId: 'om_forged',
        chatId: TOWN,
        openId: 'ou_clerk',
        value: encodeAction({ action: 'report.submit', ...value }),
        form: {},
      });
    const townId = await townOf('巴彦托海镇');
    expect((await submit({ townId, month: '2026-11' })).toast?.content).toContain('还没有过完');
    office.clock.to('2026-12-01T00:00');
    expect((await submit({ townId, month: '2026-11' })).toast?.type).toBe('success');
    expect((await submit({ townId: 99_999, month: '2026-11' })).toast?.content).toContain('已经失效');
  });

  it('leaves out a town that has reported', async () => {
    await passes(office, '2026-12-10T09:00');
    await press(office, 'ou_clerk', SUBMIT);
    const before = office.posted.filter((one) => one.target === TOWN).length;
    await passes(office, '2026-12-13T09:00', '2026-12-15T15:00');
    expect(office.posted.filter((one) => one.target === TOWN)).toHaveLength(before);
  });

  it('names the last working day when the 15th is none', async () => {
    const october = await openOffice({ now: '2026-11-02T10:00' });
    await october.bindGroup(TOWN, '巴彦托海镇');
    await passes(october, '2026-11-02T11:00', '2026-11-10T09:00');
    const [card] = cardsIn(october, TOWN, '10月工作进展月报');
    expect(wordsOf(card?.card)).toContain('11月15日是周日，最后一个工作日是13日（周五）');
    await october.close();
  });

  it('says nothing about working days when the 15th is one', async () => {
    await passes(office, '2026-12-10T09:00');
    expect(wordsOf(reports()[0]?.card)).not.toContain('工作日');
  });

  it('reaches the people one by one where the town has no group; one report turns all their cards', async () => {
    await office.hire({ openId: 'ou_dayan1', name: '甲', unit: '大雁镇' });
    await office.hire({ openId: 'ou_dayan2', name: '乙', unit: '大雁镇' });
    await passes(office, '2026-12-10T09:00');
    for (const openId of ['ou_dayan1', 'ou_dayan2']) expect(cardsIn(office, openId, '大雁镇')).toHaveLength(1);
    await press(office, 'ou_dayan1', { target: 'ou_dayan1', label: '确认报送' });
    await office.settle();
    for (const openId of ['ou_dayan1', 'ou_dayan2']) {
      expect(wordsOf(cardsIn(office, openId, '大雁镇')[0]?.card)).toContain('甲 12月10日');
    }
  });

  it('tells the administrator which towns have neither group nor people', async () => {
    await office.hire({ openId: 'ou_dayan1', name: '甲', unit: '大雁镇' });
    await passes(office, '2026-12-10T09:00');
    const [notice, ...more] = cardsIn(office, 'ou_admin', '月报提醒没有送到');
    expect(more).toEqual([]);
    expect(wordsOf(notice?.card)).toContain('锡尼河西苏木、伊敏苏木');
    expect(wordsOf(notice?.card)).not.toContain('巴彦托海镇');
    expect(wordsOf(notice?.card)).not.toContain('大雁镇');
  });

  it('makes up for days of downtime with one reminder', async () => {
    await passes(office, '2026-12-15T16:00', '2026-12-15T16:01');
    expect(reports()).toHaveLength(1);
    expect(cardsIn(office, 'ou_admin', '月报提醒没有送到')).toHaveLength(1);
  });

  it('does not ask for a report of last year’s December under the wrong month', async () => {
    await passes(office, '2027-01-10T09:00');
    expect(cardsIn(office, TOWN, '12月工作进展月报')).toHaveLength(1);
    expect(wordsOf(cardsIn(office, TOWN, '12月工作进展月报')[0]?.card)).toContain('请在1月15日前');
  });
});

/** The pairs of label and value a report card shows. */
function figuresOn(card: unknown): Record<string, string> {
  const lines = wordsOf(card).split('\n');
  const labels = ['登记', '办结', '在办', '按时办结率', '退回补正', '满意率', '平均接收用时', '平均办结用时'];
  return Object.fromEntries(labels.map((label) => [label, lines[lines.indexOf(label) - 1] ?? '']));
}
