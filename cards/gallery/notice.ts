/** The gallery's notices. */
import { noticeCard } from '../notice.ts';
import type { NounGallery } from './gallery-card.ts';

export const noticeGallery: NounGallery = {
  ordinary: (['info', 'success', 'warning', 'error'] as const).map((tone) => ({
    name: `notice-${tone}`,
    title: `通知：${tone}`,
    card: noticeCard({ tone, title: '催办提醒', lines: ['26-02-00012 最晚11月24日办结，请抓紧办理。'] }),
  })),
  extreme: (text) => [
    {
      name: 'notice',
      title: '通知',
      card: noticeCard({ tone: 'info', title: text, lines: Array.from({ length: 40 }, () => text) }),
    },
  ],
};
