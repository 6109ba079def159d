/** The gallery's cards of 导入. */
import {
  type ImportView,
  importDoneCard,
  importEndedCard,
  importPreviewCard,
  importProblemCard,
  importRetiredCard,
  importStartCard,
} from '../import.ts';
import type { GalleryCard, NounGallery } from './gallery-card.ts';

const units: ImportView = {
  importId: 7,
  kind: 'units',
  fileName: '鄂温克旗单位名单.xlsx',
  added: ['雅尔赛嘎查', '特莫胡珠嘎查', '团结嘎查'],
  changed: [{ name: '大雁镇', differences: ['服务场所：大雁镇便民服务中心→大雁镇党群服务中心'] }],
  unchanged: 14,
  faults: ['“单位”表第14行“上级单位”：没有叫“巴颜托海镇”的苏木乡镇，是不是“巴彦托海镇”？'],
  missing: ['瑟宾社区'],
  notes: ['“单位”表有2行是隐藏的，也一起读了。'],
  seen: 'p0123456789abcdef',
};
const nothing: ImportView = { ...units, added: [], changed: [], faults: [] };

const ordinary: readonly GalleryCard[] = [
  { name: 'import', title: '导入：怎么发名单', card: importStartCard() },
  { name: 'import-preview', title: '导入：核对', card: importPreviewCard(units) },
  { name: 'import-stale', title: '导入：有人改动过', card: importPreviewCard(units, { stale: true }) },
  { name: 'import-nothing', title: '导入：没有要导入的', card: importPreviewCard(nothing) },
  {
    name: 'import-done',
    title: '导入：已导入',
    card: importDoneCard({ ...units, counts: { added: 3, changed: 1, unchanged: 14, faults: 1 } }),
  },
  { name: 'import-ended', title: '导入：取消', card: importEndedCard({ fileName: units.fileName }) },
  {
    name: 'import-retired',
    title: '导入：停用名单里没有的',
    card: importRetiredCard({ retired: ['瑟宾社区'], kept: ['安达社区还有2位在岗人员'] }),
  },
  {
    name: 'import-problem',
    title: '导入：文件不对',
    card: importProblemCard({ fileName: '名单.xls', problem: 'old' }),
  },
  {
    name: 'import-unknown',
    title: '导入：看不出是什么名单',
    card: importProblemCard({
      fileName: '花名册.xlsx',
      problem: 'unknown',
      sheets: ['Sheet1'],
      near: [{ name: 'Sheet1', kind: 'units', lacking: ['级别'] }],
    }),
  },
];

export const importGallery: NounGallery = {
  ordinary,
  extreme(text) {
    const many = Array.from({ length: 300 }, () => text);
    const view: ImportView = {
      ...units,
      fileName: text,
      added: many,
      changed: many.map((name) => ({ name, differences: many })),
      faults: many,
      missing: many,
      notes: many,
    };
    return [
      { name: 'import-preview', title: '导入：核对', card: importPreviewCard(view) },
      {
        name: 'import-nothing',
        title: '导入：没有要导入的',
        card: importPreviewCard({ ...view, added: [], changed: [] }),
      },
      {
        name: 'import-done',
        title: '导入：已导入',
        card: importDoneCard({ ...view, counts: { added: 300, changed: 300, unchanged: 14, faults: 300 } }),
      },
      { name: 'import-ended', title: '导入：取消', card: importEndedCard({ fileName: text }) },
      { name: 'import-retired', title: '导入：停用', card: importRetiredCard({ retired: many, kept: many }) },
      {
        name: 'import-mixed',
        title: '导入：几种名单在一起',
        card: importProblemCard({
          fileName: text,
          problem: 'mixed',
          sheets: many.map((name) => ({ name, kind: 'units' })),
        }),
      },
      {
        name: 'import-unknown',
        title: '导入：看不出是什么名单',
        card: importProblemCard({ fileName: text, problem: 'unknown', sheets: many, near: [] }),
      },
    ];
  },
};
