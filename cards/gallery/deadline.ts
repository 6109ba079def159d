/** The gallery's arithmetic of promised days. */
import { deadlineCard } from '../deadline.ts';
import type { NounGallery } from './gallery-card.ts';

export const deadlineGallery: NounGallery = {
  ordinary: [
    {
      name: 'deadline',
      title: '期限怎么算',
      card: deadlineCard({
        caseId: 12,
        caseNumber: '26-02-00012',
        lines: [
          '9月24日登记，9月28日退回补正，用了2个工作日：25日，26、27日周末，28日，从这天起暂停计时',
          '9月29日重新转送，接着算3个工作日：30日，10月1–7日国庆，8、9日 → 10月9日',
        ],
      }),
    },
  ],
  extreme: (text) => [
    {
      name: 'deadline',
      title: '期限怎么算',
      card: deadlineCard({ caseId: 12, caseNumber: text, lines: Array.from({ length: 40 }, () => text) }),
    },
  ],
};
