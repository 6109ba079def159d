/** The gallery's cards of 设置 and 还差什么. */
import { type ChecklistView, checklistCard } from '../checklist.ts';
import { type OwnDaysPreview, type SettingsView, type SettingView, settingCard, settingsCard } from '../settings.ts';
import type { GalleryCard, NounGallery } from './gallery-card.ts';
import { now, zone } from './samples.ts';

const all: SettingsView = {
  settings: [
    { name: 'digestTime', label: '工作日提醒的时间', words: '09:00' },
    { name: 'quietHours', label: '免打扰时间', words: '20:00到次日08:00' },
    { name: 'defaultPromisedDays', label: '其他事项和没写时限的事项的承诺时限', words: '5个工作日' },
    { name: 'reportIncludes15th', label: '月报15日当天报送算按时', words: '算' },
    { name: 'followUpDays', label: '送达后几个工作日没有回访就提醒', words: '3个工作日' },
    { name: 'rectificationDays', label: '不满意件的整改期限', words: '15个工作日' },
    { name: 'ownDays', label: '自定放假和上班的日子', words: '2026年8月15日至17日 放假 那达慕' },
    { name: 'levelNames', label: '各级单位的叫法', words: '旗县、苏木乡镇、嘎查社区' },
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
const ownDays: SettingView = {
  name: 'ownDays',
  label: '自定放假和上班的日子',
  words: '没有',
  input: 'ownDays',
  rule: '一行一段，如：8月15日至17日 放假 那达慕；2月14日 上班。国务院的放假通知可以整段粘贴',
  fields: { ownDays: '2026年\n8月15日至17日 放假 那达慕' },
  seen: 's00000000',
};
const preview: OwnDaysPreview = {
  lines: [
    '2026年',
    '8月15日至17日 放假 那达慕',
    '8月22日 上班',
    '2027年',
    '1月1日至3日 放假 元旦',
    '10月1日至7日 放假 国庆',
  ],
  wrong: [],
  notes: ['2027年还没有公布的安排，元旦和国庆都写了，就按这里写的作全年安排。'],
  otherwisePromised: 3,
  shown: 's11111111',
};
const timeRule = '时间请写成 09:00 这样，24小时制';

const gaps: ChecklistView['gaps'] = [
  { kind: 'townsWithoutGroup', total: 6, names: ['大雁镇', '伊敏河镇', '红花尔基镇'] },
  { kind: 'unitsWithoutManager', total: 1, names: ['辉苏木'] },
  { kind: 'villagesWithoutStaff', total: 4, names: ['安达社区', '赛克社区', '团结嘎查'] },
  { kind: 'departmentsOutOfReach', total: 38, names: ['民政部门', '人社部门', '医保部门'] },
  { kind: 'itemsWithoutMaterials', total: 132, names: ['最低生活保障对象认定', '失业登记', '高龄津贴'], firstId: 1 },
  { kind: 'itemsWithoutDays', total: 40, names: ['最低生活保障对象认定', '失业登记', '高龄津贴'], firstId: 1 },
  { kind: 'holidays', year: 2027 },
  { kind: 'backup' },
];

const banner = '鄂温克族自治旗';

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
  {
    name: 'setting-level-names',
    title: '改设置：各级单位的叫法',
    card: settingCard({
      ...days,
      name: 'levelNames',
      label: '各级单位的叫法',
      words: '旗县、苏木乡镇、嘎查社区',
      input: 'levelNames',
      rule: '每级一个叫法，用汉字，最多12个字，可以有括号和顿号，三级不能一样',
      fields: { banner: '旗县', town: '苏木乡镇', village: '嘎查社区' },
    }),
  },
  { name: 'setting-own-days', title: '改设置：自定放假和上班的日子', card: settingCard(ownDays) },
  {
    name: 'setting-own-days-preview',
    title: '改设置：日子读到的是什么',
    card: settingCard({ ...ownDays, fields: { ownDays: preview.lines.join('\n') }, preview }),
  },
  {
    name: 'setting-own-days-wrong',
    title: '改设置：有没看懂的日子',
    card: settingCard({
      ...ownDays,
      fields: { ownDays: '8月15日至17日 那达慕\n2月30日 上班\n那达慕补休' },
      preview: {
        lines: preview.lines.slice(0, 2),
        wrong: [
          { piece: '2月30日', why: '没有这一天' },
          { piece: '那达慕补休', why: '没看懂，请写日期，再写“放假”或“上班”' },
        ],
        notes: [],
        otherwisePromised: 0,
        shown: null,
      },
    }),
  },
  { name: 'checklist', title: '还差什么', card: checklistCard({ gaps, banner, at: now, zone }) },
  { name: 'checklist-done', title: '还差什么：都齐了', card: checklistCard({ gaps: [], banner, at: now, zone }) },
  {
    name: 'checklist-welcome',
    title: '还差什么：新的系统管理员',
    card: checklistCard({
      gaps: gaps.slice(0, 2),
      banner,
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
        name: 'setting-own-days',
        title: '改设置：日子',
        card: settingCard({
          ...{ ...ownDays, words: text, fields: { ownDays: text } },
          preview: {
            ...{ ...preview, lines: [text, text], shown: null },
            wrong: Array.from({ length: 20 }, () => ({ piece: text, why: '没看懂' })),
          },
        }),
      },
      {
        name: 'checklist',
        title: '还差什么',
        card: checklistCard({
          gaps: named,
          banner: text,
          at: now,
          zone,
          greeting: { title: text, lines: [text, text] },
        }),
      },
    ];
  },
};
