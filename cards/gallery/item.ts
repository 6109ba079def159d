/** The gallery's cards about catalogue items. */
import { quote } from '../../src/domain/quote.ts';
import { itemCard, itemListCard, itemOverviewCard } from '../item.ts';
import type { GalleryCard, NounGallery } from './gallery-card.ts';
import { sampleItem } from './samples.ts';

const ordinary: readonly GalleryCard[] = [
  { name: 'item', title: '事项：一项', card: itemCard(sampleItem) },
  { name: 'item-no-materials', title: '事项：没有材料清单', card: itemCard({ ...sampleItem, materials: [] }) },
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
    const item = { ...sampleItem, code: text, name: text, department: text, materials: many(text) };
    return [
      { name: 'item', title: '事项', card: itemCard(item) },
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
