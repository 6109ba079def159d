/** The gallery's cards of 设置 and 还差什么. */
import { type ChecklistView, checklistCard } from '../checklist.ts';
import { type SettingsView, type SettingView, settingCard, settingsCard } from '../settings.ts';
import type { GalleryCard, NounGallery } from './gallery-card.ts';
import { now, zone } from './samples.ts';

const all: SettingsView = {
  settings: [
    { name: 'digestTime', label: '工作日提醒的时间', words: '09:00' },
    { name: 'quietHours', label: '免打扰时间', words: '20:00到次日08:00' },
    { name: 'defaultPromisedDays', label: '其他事项的承诺时限', words: '5个工作日' },
    { name: 'reportIncludes15th', label: '月报15日当天报送算按时', words: '算' },
    { name: 'followUpDays', label: '送达后几个工作日没有回访就提醒', words: '3个工作日' },
    { name: 'rectificationDays', label: '不满意件的整改期限', words: '15个工作日' },
    { name: 'retentionYears', label: '归档满几年，自动删除群众的个人信息', words: '不自动删除' },
  ],
};

const days: SettingView = {
  name: 'rectificationDays',
  label: '不满意件的整改期限',
  words: '15个工作日',
  input: 'days',
  rule: '请写1到120之间的整数',
  fields: { days: '15' },
  seen: 's00000000',
};
const timeRule = '时间请写成 09:00 这样，24小时制';

const gaps: ChecklistView['gaps'] = [
  { kind: 'townsWithoutGroup', total: 6, names: ['大雁镇', '伊敏河镇', '红花尔基镇'] },
  { kind: 'unitsWithoutManager', total: 1, names: ['辉苏木'] },
  { kind: 'villagesWithoutStaff', total: 4, names: ['安达社区', '赛克社区', '团结嘎查'] },
  { kind: 'departmentsOutOfReach', total: 38, names: ['民政部门', '人社部门', '医保部门'] },
  { kind: 'itemsWithoutMaterials', total: 132, names: ['最低生活保障对象认定', '失业登记', '高龄津贴'] },
  { kind: 'holidays', year: 2027 },
  { kind: 'backup' },
];

const ordinary: readonly GalleryCard[] = [
  { name: 'settings', title: '设置', card: settingsCard(all) },
  { name: 'setting-days', title: '改设置：天数', card: settingCard(days) },
  {
    name: 'setting-yes-no',
    title: '改设置：算不算',
    card: settingCard({
      ...days,
      name: 'reportIncludes15th',
      label: '月报15日当天报送算按时',
      words: '算',
      input: 'yesNo',
      rule: '请选“算”或“不算”',
      fields: { answer: 'yes' },
    }),
  },
  {
    name: 'setting-years',
    title: '改设置：几年',
    card: settingCard({
      ...days,
      name: 'retentionYears',
      label: '归档满几年，自动删除群众的个人信息',
      words: '不自动删除',
      input: 'years',
      rule: '请写1到50之间的整数；写0就是不自动删除',
      fields: { years: '0' },
    }),
  },
  {
    name: 'setting-time',
    title: '改设置：时间',
    card: settingCard({
      ...days,
      name: 'digestTime',
      label: '工作日提醒的时间',
      words: '09:00',
      input: 'time',
      rule: timeRule,
      fields: { time: '09:00' },
    }),
  },
  {
    name: 'setting-time-range',
    title: '改设置：从几点到几点',
    card: settingCard({
      ...days,
      name: 'quietHours',
      label: '免打扰时间',
      words: '20:00到次日08:00',
      input: 'timeRange',
      rule: timeRule,
      fields: { from: '20:00', to: '08:00' },
    }),
  },
  { name: 'checklist', title: '还差什么', card: checklistCard({ gaps, at: now, zone }) },
  { name: 'checklist-done', title: '还差什么：都齐了', card: checklistCard({ gaps: [], at: now, zone }) },
  {
    name: 'checklist-welcome',
    title: '还差什么：新的系统管理员',
    card: checklistCard({
      gaps: gaps.slice(0, 2),
      at: now,
      zone,
      greeting: { title: '您现在是系统管理员', lines: ['同事私信我就会收到登记卡，由您审批。'] },
    }),
  },
];

export const settingsGallery: NounGallery = {
  ordinary,
  extreme(text) {
    const settings = all.settings.map((one) => ({ ...one, label: text, words: text }));
    const named = gaps.map((gap) => ('names' in gap ? { ...gap, names: [text, text, text] } : gap));
    return [
      { name: 'settings', title: '设置', card: settingsCard({ settings }) },
      {
        name: 'setting-days',
        title: '改设置',
        card: settingCard({ ...days, label: text, words: text, fields: { days: text } }),
      },
      {
        name: 'checklist',
        title: '还差什么',
        card: checklistCard({ gaps: named, at: now, zone, greeting: { title: text, lines: [text, text] } }),
      },
    ];
  },
};
