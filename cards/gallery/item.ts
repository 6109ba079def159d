/** The gallery's cards about catalogue items. */
import { quote } from '../../src/domain/quote.ts';
import { itemCard, itemListCard, itemOverviewCard } from '../item.ts';
import { type ItemFormView, itemChangesCard, itemFormCard, itemPreviewCard } from '../item-change.ts';
import type { GalleryCard, NounGallery } from './gallery-card.ts';
import { sampleItem, unitChoices } from './samples.ts';

const materials = ['户口本原件和复印件', '身份证', '家庭收入情况说明', '银行卡复印件'];

const changed = {
  ...{ ...sampleItem, name: '最低生活保障对象认定', materials },
  guide: '条件：共同生活的家庭成员人均收入低于当地标准。\n地点：镇便民服务中心3号窗口，周一至周五。',
};

const asked: ItemFormView = {
  ...{ itemId: 7, name: changed.name, seen: 1, departments: unitChoices(12) },
  ...{ asksMaterials: true, asksGuide: true, newer: null },
  values: {
    ...{ workingDays: '15', materials: materials.join('\n'), guide: changed.guide, department: '3' },
    ...{ levelRegion: false, levelLeague: false, levelBanner: true, levelTown: true, levelVillage: false },
    ...{ enabled: 'yes', effectiveDay: '2026-11-24' },
  },
};

const differences = ['承诺时限：20个工作日→15个工作日', '增加材料：家庭收入情况说明', '去掉材料：居住证明'];

const ordinary: readonly GalleryCard[] = [
  { name: 'item', title: '事项：一项', card: itemCard(sampleItem) },
  { name: 'item-no-materials', title: '事项：没有材料清单', card: itemCard({ ...sampleItem, materials: [] }) },
  {
    name: 'item-planned',
    title: '事项：有一个没到日子的修改',
    card: itemCard({ ...changed, planned: { versionId: 9, from: '12月1日', differences } }),
  },
  {
    name: 'item-admin',
    title: '事项：系统管理员看',
    card: itemCard({
      ...{ ...changed, mayChange: true },
      changes: ['自11月23日起，旗管理员：承诺时限：20个工作日→15个工作日', '自2025年3月1日起，旗管理员：新增'],
    }),
  },
  {
    name: 'item-admin-planned',
    title: '事项：系统管理员看，有一个没到日子的修改',
    card: itemCard({ ...changed, mayChange: true, planned: { versionId: 9, from: '12月1日', differences } }),
  },
  { name: 'item-inactive', title: '事项：已停用', card: itemCard({ ...changed, active: false, mayChange: true }) },
  { name: 'item-form', title: '修改事项', card: itemFormCard(asked) },
  {
    name: 'item-form-newer',
    title: '修改事项：刚有人改过',
    card: itemFormCard({ ...asked, newer: '自11月23日起，旗管理员：承诺时限：20个工作日→15个工作日' }),
  },
  {
    name: 'item-form-without-texts',
    title: '修改事项：材料太长',
    card: itemFormCard({ ...asked, asksMaterials: false, asksGuide: false }),
  },
  {
    name: 'item-preview',
    title: '核对修改',
    card: itemPreviewCard({ ...asked, differences, from: '12月1日', openCases: 3, looked: 'v00000000' }),
  },
  {
    name: 'item-changes',
    title: '事项清单有调整',
    card: itemChangesCard({
      items: [
        { name: changed.name, from: '自12月1日起', differences },
        { name: '失业登记', from: '', differences: ['原定自12月1日起的修改已撤回'] },
      ],
    }),
  },
  {
    name: 'item-list',
    title: '事项：多项',
    card: itemListCard({ query: quote('补贴', 'p2p'), total: 14, rows: Array.from({ length: 10 }, () => sampleItem) }),
  },
  { name: 'item-none', title: '事项：没找到', card: itemListCard({ query: quote('护照', 'p2p'), total: 0, rows: [] }) },
  {
    name: 'item-overview',
    title: '事项：各部门',
    card: itemOverviewCard({
      departments: [
        { name: '民政部门', count: 9 },
        { name: '医保部门', count: 12 },
      ],
      total: 21,
    }),
  },
];

export const itemGallery: NounGallery = {
  ordinary,
  extreme(text) {
    const many = <Row>(row: Row) => Array.from({ length: 40 }, () => row);
    const line = { ...sampleItem, code: text, name: text, department: text, materials: many(text) };
    const item = {
      ...{ ...line, guide: text, mayChange: true, changes: many(text).slice(0, 4) },
      planned: { versionId: 9, from: text, differences: many(text) },
    };
    const values = { ...asked.values, workingDays: text, materials: text, guide: text, effectiveDay: text };
    const filled = { ...asked, name: text, departments: unitChoices(60), values };
    return [
      { name: 'item', title: '事项', card: itemCard(item) },
      { name: 'item-form', title: '修改事项', card: itemFormCard({ ...filled, newer: text }) },
      {
        name: 'item-preview',
        title: '核对修改',
        card: itemPreviewCard({ ...filled, differences: many(text), from: text, openCases: 9, looked: 'v00000000' }),
      },
      {
        name: 'item-changes',
        title: '事项清单有调整',
        card: itemChangesCard({ items: many({ name: text, from: text, differences: many(text) }) }),
      },
      {
        name: 'item-list',
        title: '事项：多项',
        card: itemListCard({ query: quote(text, 'p2p'), total: 40, rows: many(item) }),
      },
      {
        name: 'item-overview',
        title: '事项：各部门',
        card: itemOverviewCard({ departments: many({ name: text, count: 1 }), total: 40 }),
      },
    ];
  },
};
