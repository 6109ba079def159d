/** The gallery's lists of cases. */
import { type CaseListRow, caseListCard } from '../case-list.ts';
import type { GalleryCard, NounGallery } from './gallery-card.ts';
import { days, now, sampleRow, zone } from './samples.ts';

const list = { empty: '没有待办，辛苦了。', hint: null, now, zone };
const ordinary: readonly GalleryCard[] = [
  { name: 'case-list-empty', title: '待办：没有', card: caseListCard({ ...list, title: '待办', total: 0, rows: [] }) },
  {
    name: 'case-list',
    title: '待办：各种期限',
    card: caseListCard({
      ...list,
      title: '待办',
      total: 23,
      hint: '要看全部，请发：台账',
      rows: [
        sampleRow,
        { ...sampleRow, id: 13, workingDaysLeft: 0, dueAt: now, inHandsOf: null },
        { ...sampleRow, id: 14, overdue: true, workingDaysLeft: -3, dueAt: now - 3 * days },
        { ...sampleRow, id: 15, state: 'returned', workingDaysLeft: null, dueAt: null },
        ...Array.from({ length: 8 }, (_, index) => ({ ...sampleRow, id: 20 + index })),
      ],
    }),
  },
  {
    name: 'case-list-group',
    title: '待办：群里',
    card: caseListCard({
      ...list,
      title: '待办',
      total: 2,
      rows: [
        { ...sampleRow, workingDaysLeft: null },
        { ...sampleRow, id: 13, overdue: true, workingDaysLeft: null, dueAt: now - 3 * days },
      ],
    }),
  },
];

const managers: GalleryCard = {
  name: 'case-list-manager',
  title: '待办：管理员，等整改和抽查回访',
  card: caseListCard({
    ...list,
    title: '鄂温克族自治旗的待办',
    total: 1,
    rows: [{ ...sampleRow, turn: 'own' }],
    unrectified: { total: 1, rows: [{ ...sampleRow, id: 14, state: 'followedUp', rectifyBy: '2026-12-14' }] },
    checks: 3,
  }),
};

const privately: GalleryCard = {
  name: 'case-list-parts',
  title: '待办：要我办，等别人',
  card: caseListCard({
    ...list,
    title: '安达社区的待办',
    total: 2,
    rows: [
      { ...sampleRow, applicant: '乌云其木格', state: 'returned', workingDaysLeft: null, dueAt: null, turn: 'own' },
      { ...sampleRow, id: 13, applicant: '张三', state: 'completed', dueAt: null, workingDaysLeft: null, turn: 'own' },
    ],
    elsewhere: {
      total: 2,
      rows: [
        { ...sampleRow, id: 14, state: 'forwarded', turn: { since: now - days } },
        { ...sampleRow, id: 15, turn: { since: now - 3 * days } },
      ],
    },
  }),
};

export const caseListGallery: NounGallery = {
  ordinary: [...ordinary, managers, privately],
  extreme: (text) => [
    {
      name: 'case-list',
      title: '待办',
      card: caseListCard({
        ...list,
        title: text,
        hint: text,
        total: 99,
        rows: Array.from({ length: 12 }, () => extremeRow(text)),
        elsewhere: { total: 99, rows: Array.from({ length: 12 }, () => extremeRow(text)) },
        unrectified: {
          total: 99,
          rows: Array.from({ length: 12 }, () => ({ ...extremeRow(text), rectifyBy: '2026-12-14' })),
        },
        checks: 9999,
      }),
    },
  ],
};

function extremeRow(text: string): CaseListRow {
  return {
    ...sampleRow,
    caseNumber: text,
    itemName: text,
    applicant: text,
    holderUnit: text,
    turn: { since: now },
  };
}
