import type { Narrator } from './narrator.ts';

/** 登记 → 转送 → 退回补正 → 重新转送 → 接收 → 转上级 → 办结 → 送达 → 回访 → 归档 */
export async function playCase({ chapter, says, clicks, moveTo }: Narrator): Promise<void> {
  chapter('一件代办的全过程');
  await says('villageAgent', { where: 'village', text: '/登记 低保 张三丰 13800001234' });
  await clicks('villageAgent', { where: 'village', label: '提交登记', form: { 自愿委托确认: true } });
  await clicks('townClerk', {
    where: 'town',
    label: '退回补正',
    form: { 说明: '材料不全', 需补正的材料: '户口本复印件、家庭收入证明' },
  });
  await moveTo('2026-11-24T09:30');
  await clicks('villageAgent', { where: 'village', label: '重新转送', form: { 补正说明: '材料已补齐' } });
  await clicks('townClerk', { where: 'town', label: '接收' });
  await clicks('townClerk', { where: 'town', label: '转上级', form: { 说明: '请民政部门审核' } });
  await clicks('departmentClerk', { where: 'department', label: '接收' });
  await moveTo('2026-11-26T15:00');
  await clicks('departmentClerk', { where: 'department', label: '办结', form: { 办理结果: '予以办理' } });
  await clicks('villageAgent', { where: 'village', label: '确认送达', form: { 送达方式: '送上门' } });
  await clicks('villageColleague', {
    where: 'village',
    label: '回访评价',
    form: { 满意度: '非常满意', 评价内容: '不出嘎查就办好了' },
  });
  await says('townManager', { text: '/统计 本月' });
}
