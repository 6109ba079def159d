import { afterEach, describe, expect, it } from 'vitest';
import { raiseCurtain, type TestStage } from '../support/stage.ts';
import { checkLedger } from './support.ts';

let stage: TestStage;
afterEach(() => stage.close());

describe.each(['websocket', 'webhook'] as const)('a resident’s errand over %s', (transport) => {
  it('is registered in the village, returned, forwarded again, escalated, completed, delivered, rated and archived', async () => {
    stage = await raiseCurtain({ transport });
    const { people, groups, settle } = stage;
    await people.villageAgent.says(groups.village, '/登记 低保 张三丰 13800001234');
    await settle();
    const registered = await people.villageAgent.clicks(groups.village, '提交登记', { 自愿委托确认: true });
    expect(registered.error).toBeUndefined();
    expect(registered.toast?.content).toBe('登记成功，编号 26-01-00001，已转送巴彦托海镇便民服务中心');
    await settle();
    await people.townClerk.clicks(groups.town, '退回补正', { 说明: '缺材料', 需补正的材料: '户口本、收入证明' });
    await settle();
    expect(lastCard(stage, 'village')).toContain('户口本、收入证明');
    await people.villageAgent.clicks(groups.village, '重新转送', { 补正说明: '已补齐' });
    await settle();
    await people.townClerk.clicks(groups.town, '接收');
    await settle();
    await people.townClerk.clicks(groups.town, '转上级');
    await settle();
    await people.departmentClerk.clicks(groups.department, '接收');
    await settle();
    await people.departmentClerk.clicks(groups.department, '办结', { 办理结果: '予以办理' });
    await settle();
    await people.villageAgent.clicks(groups.village, '确认送达', { 送达方式: '送上门' });
    await settle();
    const rated = await people.villageColleague.clicks(groups.village, '回访评价', { 满意度: '满意' });
    expect(rated.toast?.content).toBe('26-01-00001 评价：满意，已归档');
    await settle();
    for (const group of ['village', 'town', 'department'] as const) {
      const seen = lastCard(stage, group);
      expect(seen).toContain('已归档');
      expect(seen).not.toMatch(/张三丰|13800001234/);
    }
    const check = await checkLedger(stage);
    // 14 tell how the cast was hired and its groups were bound.
    expect(check).toMatchObject({ faults: [], entries: 14 + 11, cases: 1 });
  });
});

function lastCard(of: TestStage, group: 'village' | 'town' | 'department'): string {
  const reader = { village: 'villageAgent', town: 'townClerk', department: 'departmentClerk' } as const;
  return of.people[reader[group]].sees(of.groups[group]).at(-1) ?? '';
}
