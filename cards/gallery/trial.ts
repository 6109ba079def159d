/** The gallery's trial cards. */
import { trialArrivedCard, trialCard } from '../trial.ts';
import type { NounGallery } from './gallery-card.ts';

const token = 't0123456789ab';

export const trialGallery: NounGallery = {
  ordinary: [
    {
      name: 'trial',
      title: '自检：请点一下',
      card: trialCard({ title: '自检', lines: ['请点一下按钮，看机器人收不收得到。'], token }),
    },
    { name: 'trial-arrived', title: '自检：收到了', card: trialArrivedCard() },
  ],
  extreme: (text) => [
    {
      name: 'trial',
      title: '自检',
      card: trialCard({ title: text, lines: Array.from({ length: 10 }, () => text), token }),
    },
  ],
};
