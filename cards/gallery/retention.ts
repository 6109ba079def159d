/** The gallery's cards of 归档满几年. */
import { retentionCard, retentionDecidedCard } from '../retention.ts';
import type { GalleryCard, NounGallery } from './gallery-card.ts';
import { zone } from './samples.ts';

const view = { zone, years: 10, people: 128, oldestAt: Date.UTC(2016, 10, 23) };

const ordinary: readonly GalleryCard[] = [
  { name: 'retention', title: '到期的个人信息：问一次', card: retentionCard(view) },
  {
    name: 'retention-agreed',
    title: '到期的个人信息：已确认',
    card: retentionDecidedCard({ years: 10, agreed: true }),
  },
  { name: 'retention-later', title: '到期的个人信息：暂不', card: retentionDecidedCard({ years: 10, agreed: false }) },
];

const most = { ...view, years: 50, people: 9_999_999 };

export const retentionGallery: NounGallery = {
  ordinary,
  // Nothing in it is anybody's text.
  extreme: () => [{ name: 'retention', title: '到期的个人信息：问一次', card: retentionCard(most) }],
};
