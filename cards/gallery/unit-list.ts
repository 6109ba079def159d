/** The gallery's cards of 4张清单. */
import { type UnitListFormView, type UnitListsView, unitListFormCard, unitListsCard } from '../unit-list.ts';
import type { GalleryCard, NounGallery } from './gallery-card.ts';

const list = { listId: 7, name: '清单一', edition: '2026年版', publishedOn: '2026-09-30', fileState: 'kept' } as const;

const lists: UnitListsView = {
  ...{ unitId: 12, unit: '安达社区', center: '安达社区便民服务站', mayFill: true },
  slots: [
    { slot: 1, name: '清单一', list, older: [{ ...list, listId: 3, edition: '2022年版', publishedOn: '2022-12-30' }] },
    { slot: 2, name: '清单二', list: { ...list, name: '清单二', edition: '', fileState: 'awaited' }, older: [] },
    { slot: 3, name: '清单三', list: undefined, older: [] },
    { slot: 4, name: '清单四', list: undefined, older: [] },
  ],
};
const asked: UnitListFormView = {
  ...{ unitId: 12, slot: 1, unit: '安达社区', seen: 7, name: '清单一' },
  ...{ edition: '2026年版', publishedOn: '2026-11-23' },
};

const ordinary: readonly GalleryCard[] = [
  { name: 'unit-lists', title: '4张清单：管理员看', card: unitListsCard(lists) },
  { name: 'unit-lists-agent', title: '4张清单：代办员看', card: unitListsCard({ ...lists, mayFill: false }) },
  { name: 'unit-list-form', title: '更新清单', card: unitListFormCard(asked) },
  { name: 'unit-list-form-first', title: '公布清单', card: unitListFormCard({ ...asked, seen: 0, edition: '' }) },
];

export const unitListGallery: NounGallery = {
  ordinary,
  extreme(text) {
    const long = { ...list, name: text, edition: text };
    const slots = lists.slots.map((slot) => ({
      ...slot,
      name: text,
      list: long,
      older: Array.from({ length: 3 }, () => long),
    }));
    return [
      { name: 'unit-lists', title: '4张清单', card: unitListsCard({ ...lists, unit: text, center: text, slots }) },
      {
        name: 'unit-list-form',
        title: '更新清单',
        card: unitListFormCard({ ...asked, unit: text, name: text, edition: text, publishedOn: text }),
      },
    ];
  },
};
