/** The gallery's cards of sending papers. */
import { paperProblems } from '../../src/domain/paper.ts';
import { type PapersView, papersCard } from '../papers.ts';
import type { NounGallery } from './gallery-card.ts';

const materials = ['身份证', '户口簿', '银行卡复印件', '低保申请表'];
const about = {
  caseNumber: '26-01-00003',
  itemName: '最低生活保障对象认定',
  itemId: 5,
  materials,
  there: ['身份证'],
  missing: ['户口簿', '银行卡复印件', '低保申请表'],
  material: '户口簿',
};
const open: PapersView = {
  roundId: 7,
  ended: false,
  kept: 3,
  waiting: 1,
  problems: [],
  case: about,
  offered: [],
};
const offered = [
  { caseId: 3, caseNumber: '26-01-00003', applicant: '孙*', itemName: '最低生活保障对象认定' },
  { caseId: 2, caseNumber: '26-01-00002', applicant: '张**', itemName: '高龄津贴' },
];

export const papersGallery: NounGallery = {
  ordinary: [
    { name: 'papers-asked', title: '传材料：刚开始', card: papersCard({ ...open, kept: 0, waiting: 0 }) },
    { name: 'papers-coming', title: '传材料：收到几张', card: papersCard(open) },
    {
      name: 'papers-problem',
      title: '传材料：有一份没有存',
      card: papersCard({ ...open, waiting: 0, problems: [{ problem: 'wrongType', count: 1 }] }),
    },
    { name: 'papers-done', title: '传材料：传完了', card: papersCard({ ...open, ended: true, waiting: 0 }) },
    {
      name: 'papers-whose',
      title: '照片没有说是哪一件的',
      card: papersCard({ ...open, kept: 0, waiting: 2, case: null, offered }),
    },
    {
      name: 'papers-not-chosen',
      title: '照片没有选是哪一件',
      card: papersCard({
        ...open,
        ended: true,
        kept: 0,
        waiting: 0,
        case: null,
        problems: [{ problem: 'notChosen', count: 2 }],
      }),
    },
  ],
  extreme: (text) => {
    const many = Array.from({ length: 60 }, () => text);
    const texts = { ...about, caseNumber: text, itemName: text, materials: many, there: many, missing: many };
    const problems = paperProblems.map((problem) => ({ problem, count: 99_999 }));
    const whose = Array.from({ length: 6 }, () => ({ caseId: 1, caseNumber: text, applicant: text, itemName: text }));
    return [
      { name: 'papers', title: '传材料', card: papersCard({ ...open, problems, case: { ...texts, material: text } }) },
      { name: 'papers-whose', title: '哪一件的', card: papersCard({ ...open, problems, case: null, offered: whose }) },
    ];
  },
};
