import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Office, openOffice, wordsOf } from '../support/office.ts';

describe('one case from registration to the archive', () => {
  let office: Office;
  const village = 'oc_village';
  const town = 'oc_town';
  const department = 'oc_department';

  beforeEach(async () => {
    office = await openOffice();
    await office.bindGroup(village, '安达社区');
    await office.bindGroup(town, '巴彦托海镇');
    await office.bindGroup(department, '民政部门');
    await office.hire({ openId: 'ou_ada', name: '阿达', unit: '安达社区' });
    await office.hire({ openId: 'ou_clerk', name: '王芳', unit: '巴彦托海镇' });
    await office.hire({ openId: 'ou_second', name: '李强', unit: '巴彦托海镇' });
    await office.hire({ openId: 'ou_civil', name: '民政员', unit: '民政部门' });
    await office.settle();
  });

  afterEach(async () => {
    await office.close();
  });

  it('goes village → town → department and back, and every group sees one card', async () => {
    await office.says('ou_ada', '/登记 低保 张三丰 13800001234 ', village);
    await office.settle();
    const form = { consent: true };
    const registered = await office.clicks('ou_ada', {
      target: village,
      label: '提交登记',
      form: { ...(await selects(office, village)), ...form },
    });
    expect(registered.toast?.content).toMatch(/^登记成功，编号 26-01-00001，已转送巴彦托海镇便民服务中心$/);
    await office.settle();
    const accepted = await office.clicks('ou_clerk', { target: town, label: '接收' });
    expect(accepted.toast?.type).toBe('success');
    await office.settle();
    const escalated = await office.clicks('ou_clerk', { target: town, label: '转上级' });
    expect(escalated.toast?.content).toBe('26-01-00001 已转民政部门');
    await office.settle();
    await office.clicks('ou_civil', { target: department, label: '接收' });
    await office.settle();
    const completed = await office.clicks('ou_civil', {
      target: department,
      label: '办结',
      form: { outcome: 'granted', note: '同意张三丰的申请' },
    });
    expect(completed.toast?.content).toBe('26-01-00001 已办结');
    await office.settle();
    await office.clicks('ou_ada', { target: village, label: '确认送达', form: { deliveryWay: 'doorstep' } });
    await office.settle();
    const rated = await office.clicks('ou_ada', { target: village, label: '回访评价', form: { rating: '5' } });
    expect(rated.toast?.content).toContain('已归档');
    await office.settle();
    for (const chat of [village, town, department]) {
      const cards = office.posted.filter(
        (message) => message.target === chat && wordsOf(message.card).includes('26-01-00001'),
      );
      const now = cards.filter(({ card }) => !wordsOf(card).includes('请看下方的新卡片'));
      expect(now).toHaveLength(1);
      const words = wordsOf(now[0]?.card);
      expect(words).toContain('已归档');
      expect(words).not.toContain('张三丰');
      expect(words).not.toContain('13800001234');
    }
    const check = await office.checkLedger();
    expect(check.faults).toEqual([]);
    expect(check.entries).toBeGreaterThan(8);
  });
});

async function selects(office: Office, target: string): Promise<Record<string, string>> {
  const card = office.posted.findLast((message) => message.target === target)?.card;
  const found: Record<string, string> = {};
  walk(card, (element) => {
    if (element['tag'] !== 'select_static') return;
    const initial = element['initial_option'];
    if (typeof initial === 'string') found[String(element['name'])] = initial;
  });
  return found;
}

function walk(node: unknown, visit: (element: Record<string, unknown>) => void): void {
  if (Array.isArray(node)) for (const child of node) walk(child, visit);
  else if (typeof node === 'object' && node !== null) {
    visit(node as Record<string, unknown>);
    walk(Object.values(node), visit);
  }
}
