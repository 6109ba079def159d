import { afterEach, describe, expect, it } from 'vitest';
import { raiseCurtain, type TestStage } from '../support/stage.ts';
import { clicks, expectAllWell, goTo, lastCard, posted, presses, reads, registers, zhang } from './support.ts';

let stage: TestStage;
afterEach(() => stage.close());

const residents = [zhang];
const title = '2026年11月工作进展月报';
const reminders = ['2026-12-10T09:00', '2026-12-13T09:00', '2026-12-14T09:00', '2026-12-15T09:00', '2026-12-15T15:00'];

describe.each(['websocket', 'webhook'] as const)('每月15日前报送 over %s', (transport) => {
  it('every reminder comes down into the town’s group until it reports; on the 16th the banner sees who is late', async () => {
    stage = await raiseCurtain({ transport });
    await registers(stage, { item: '低保' });
    await presses(stage, { who: 'townClerk', where: 'town', label: '接收' });
    await presses(stage, { who: 'townClerk', where: 'town', label: '办结' });
    await goTo(stage, '2026-12-10T08:59');
    expect(reports('town')).toEqual([]);

    for (const [index, slot] of reminders.slice(0, 4).entries()) {
      await goTo(stage, slot);
      expect(moved('town')).toBe(index);
      expect(reports('town')).toHaveLength(1);
      expect(lastCard(stage, 'town')).toContain('请在12月15日前（含当日）报送');
    }
    expect(lastCard(stage, 'town')).toContain('1件\n登记\n1件\n办结\n0件\n在办');
    expect(lastCard(stage, 'otherTown')).toContain('0件');
    expect(reports('village')).toEqual([]);
    expect(stage.people.admin.sees().at(-1)).toContain('这些单位没有绑定群，也没有人员：锡尼河西苏木、');

    const refused = await clicks(stage, { who: 'townClerk', where: 'town', label: '确认报送' });
    expect(refused.toast?.content).toBe('巴彦托海镇的月报由巴彦托海镇的管理员敖登填写、报送，请联系他们。');
    const toast = await presses(stage, { who: 'townManager', where: 'town', label: '确认报送' });
    expect(toast).toBe('2026年11月月报已报送');
    await goTo(stage, '2026-12-15T15:00');
    expect(reports('town')).toEqual([expect.stringContaining('敖登 12月15日 09:00 报送')]);
    expect(moved('otherTown')).toBe(4);
    expect(lastCard(stage, 'otherTown')).toContain('[确认报送]');

    await goTo(stage, '2026-12-16T09:00');
    const list = reads(stage, 'banner').find((text) => text.includes('2026年11月月报报送情况')) ?? '';
    expect(list).toContain('未报送9个');
    expect(list).toContain('大雁镇');
    expect(list).toMatch(/已报送1个\n巴彦托海镇\s+12月15日 09:00/);
    expect(lastCard(stage, 'otherTown')).toContain('应在12月15日前（含当日）报送，请尽快报送');

    const late = await presses(stage, { who: 'otherTownClerk', where: 'otherTown', label: '确认报送' });
    expect(late).toBe('2026年11月月报已报送（已超过期限，记为逾期报送）');
    expect(lastCard(stage, 'otherTown')).toContain('（逾期报送）');
    expect(reads(stage, 'banner').filter((text) => text.includes('2026年11月月报报送情况'))).toHaveLength(1);
    await expectAllWell(stage, { residents });
  });
});

describe('the reminders and the clock', () => {
  it('after downtime over two reminders there is one, and the next comes on time', async () => {
    stage = await raiseCurtain({ now: '2026-12-11T10:00' });
    await stage.stop();
    stage = await raiseCurtain({ db: stage.db, now: '2026-12-14T10:00' });
    await stage.settle();
    expect(reports('town')).toHaveLength(1);
    expect(posted(stage, 'town')).toHaveLength(1);
    await goTo(stage, '2026-12-15T09:00');
    expect(reports('town')).toHaveLength(1);
    expect(posted(stage, 'town')).toHaveLength(2);
    await expectAllWell(stage, { residents });
  });

  it('after downtime from before the 10th until the 18th nobody is reminded of the past; the list of the 16th comes', async () => {
    stage = await raiseCurtain({ now: '2026-12-09T10:00' });
    await stage.stop();
    stage = await raiseCurtain({ db: stage.db, now: '2026-12-18T08:00' });
    await stage.settle();
    expect(posted(stage, 'town')).toEqual([]);
    expect(reads(stage, 'banner').filter((text) => text.includes('未报送10个'))).toHaveLength(1);
    await expectAllWell(stage, { residents });
  });

  it('a clock that was set back sends nothing again', async () => {
    stage = await raiseCurtain({ now: '2026-12-09T10:00' });
    await goTo(stage, '2026-12-10T09:00');
    await goTo(stage, '2026-12-13T09:00');
    const count = posted(stage, 'town').length;
    for (const local of ['2026-12-10T08:00', '2026-12-10T09:00', '2026-12-13T08:59', '2026-12-13T09:01']) {
      await goTo(stage, local);
    }
    await stage.stop();
    const shown = posted(stage, 'town').length;
    stage = await raiseCurtain({ db: stage.db, now: '2026-12-13T08:00' });
    await goTo(stage, '2026-12-13T09:30');
    expect([count, shown, posted(stage, 'town').length]).toEqual([2, 2, 0]);
    await goTo(stage, '2026-12-14T09:00');
    expect(reports('town')).toHaveLength(1);
    await expectAllWell(stage, { residents });
  });

  it('确认报送 pressed twice at the same moment reports once', async () => {
    stage = await raiseCurtain({ now: '2026-12-09T10:00' });
    await goTo(stage, '2026-12-10T09:00');
    const { people, groups } = stage;
    const answers = await Promise.all(
      [people.townManager, people.townManager].map((person) => person.clicks(groups.town, '确认报送')),
    );
    expect(answers.map((answer) => answer.toast?.type).sort()).toEqual(['success', 'warning']);
    await stage.settle();
    expect(reports('town')).toEqual([expect.stringMatching(/敖登 12月10日 09:00 报送/)]);
    await expect(clicks(stage, { who: 'townManager', where: 'town', label: '确认报送' })).rejects.toThrow('确认报送');
    await expectAllWell(stage, { residents });
  });
});

/** The report cards that stand in a group and are not replaced by a newer one. */
function reports(group: 'village' | 'town' | 'otherTown'): string[] {
  return reads(stage, group).filter((text) => text.startsWith(`代办：${title}`));
}

function moved(group: 'town' | 'otherTown'): number {
  return reads(stage, group).filter((text) => text.startsWith('代办：工作进展月报\n最新情况请看下方的新卡片')).length;
}
