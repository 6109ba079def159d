/** The gallery's cards of 抽查回访. */
import { checkCard, checkListCard } from '../check.ts';
import type { NounGallery } from './gallery-card.ts';
import { days, now, zone } from './samples.ts';

const row = { caseId: 12, caseNumber: '26-01-00012', applicant: '张**', itemName: '最低生活保障对象认定' };
const check = { ...row, unitName: '安达社区', rating: 5, ratedAt: now - 2 * days, now, zone };

export const checkGallery: NounGallery = {
  ordinary: [
    {
      name: 'second-call-list',
      title: '抽查回访：有三件',
      card: checkListCard({ rows: [row, row, row], total: 3, consistent: 11, different: 1 }),
    },
    {
      name: 'second-call-list-none',
      title: '抽查回访：没有',
      card: checkListCard({ rows: [], total: 0, consistent: 0, different: 0 }),
    },
    { name: 'second-call', title: '抽查回访：一件', card: checkCard(check) },
  ],
  extreme: (text) => {
    const long = { caseId: 12, caseNumber: text, applicant: text, itemName: text };
    return [
      {
        name: 'second-call-list',
        title: '抽查回访',
        card: checkListCard({
          rows: Array.from({ length: 40 }, () => long),
          total: 9999,
          consistent: 9999,
          different: 9999,
        }),
      },
      { name: 'second-call', title: '抽查回访：一件', card: checkCard({ ...check, ...long, unitName: text }) },
    ];
  },
};
