/** The gallery's cards of 删除个人信息. */
import { eraseCard, erasedCard } from '../erase.ts';
import type { GalleryCard, NounGallery } from './gallery-card.ts';

const caseNumber = '26-02-00012';

const ordinary: readonly GalleryCard[] = [
  { name: 'erase', title: '删除个人信息：问原因', card: eraseCard({ caseId: 1, caseNumber, reason: '' }) },
  {
    name: 'erase-said',
    title: '删除个人信息：原因已写',
    card: eraseCard({ caseId: 1, caseNumber, reason: '本人书面申请' }),
  },
  { name: 'erased', title: '删除个人信息：已删除', card: erasedCard({ caseNumber }) },
];

export const eraseGallery: NounGallery = {
  ordinary,
  extreme: (text) => [
    { name: 'erase', title: '删除个人信息：问原因', card: eraseCard({ caseId: 1, caseNumber: text, reason: text }) },
    { name: 'erased', title: '删除个人信息：已删除', card: erasedCard({ caseNumber: text }) },
  ],
};
