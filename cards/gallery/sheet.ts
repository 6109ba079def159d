/** The gallery's cards of /台账. */
import { fullLedgerCard, fullLedgerOrderedCard, sheetCard, sheetTooLargeCard } from '../sheet.ts';
import type { GalleryCard, NounGallery } from './gallery-card.ts';

const sheet = {
  title: '巴彦托海镇 2026年11月',
  count: 128,
  parts: 1,
  note: '按登记时间统计，含下属单位；群众信息已隐去。',
  full: null,
};
const full = { unitId: 1, from: '2026-11-01', to: '2026-11-30' };
const ordinary: readonly GalleryCard[] = [
  { name: 'sheet', title: '台账：正在生成', card: sheetCard(sheet) },
  { name: 'sheet-admin', title: '台账：系统管理员', card: sheetCard({ ...sheet, full }) },
  { name: 'sheet-parts', title: '台账：分几份', card: sheetCard({ ...sheet, count: 100_000, parts: 4 }) },
  { name: 'sheet-empty', title: '台账：没有办件', card: sheetCard({ ...sheet, count: 0, full }) },
  { name: 'sheet-full', title: '台账：要完整信息', card: fullLedgerCard({ ...full, title: sheet.title, count: 128 }) },
  {
    name: 'sheet-full-ordered',
    title: '台账：完整信息已记入台账',
    card: fullLedgerOrderedCard({ title: sheet.title, count: 128, reason: '年度检查，核对补贴发放' }),
  },
  {
    name: 'sheet-too-large',
    title: '台账：文件太大',
    card: sheetTooLargeCard({ fileName: '台账_鄂温克族自治旗_2026年.xlsx', shorter: ['2026-01-01..2026-03-31'] }),
  },
];

export const sheetGallery: NounGallery = {
  ordinary,
  extreme: (text) => [
    { name: 'sheet', title: '台账', card: sheetCard({ ...sheet, title: text, note: text, full }) },
    { name: 'sheet-full', title: '台账：要完整信息', card: fullLedgerCard({ ...full, title: text, count: 1 }) },
    {
      name: 'sheet-full-ordered',
      title: '台账：完整信息已记入台账',
      card: fullLedgerOrderedCard({ title: text, count: 1, reason: text }),
    },
    {
      name: 'sheet-too-large',
      title: '台账：文件太大',
      card: sheetTooLargeCard({ fileName: text, shorter: Array.from({ length: 40 }, () => text) }),
    },
  ],
};
