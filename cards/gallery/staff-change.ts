/** The gallery's cards about changes among the staff. */
import { namesakesCard, type StaffChangeView, staffChangeCard } from '../staff-change.ts';
import type { GalleryCard, NounGallery } from './gallery-card.ts';
import { now, textChoices, zone } from './samples.ts';

const leaving: StaffChangeView = {
  agentId: 5,
  name: '王芳',
  unit: { id: 2, name: '大雁镇' },
  role: 'agent',
  change: { kind: 'deactivate' },
  toUnit: '大雁镇',
  leaves: {
    total: 12,
    cases: [
      { caseNumber: '26-02-00012', itemName: '最低生活保障对象认定', state: 'accepted' },
      { caseNumber: '26-02-00015', itemName: '失业登记', state: 'completed' },
    ],
    colleagues: [
      { value: '6', text: '李强' },
      { value: '7', text: '包志远' },
    ],
  },
};

const namesakes = [
  { agentId: 5, name: '王芳', unit: '大雁镇', role: 'agent', since: now },
  { agentId: 9, name: '王芳', unit: '安达社区', role: 'manager', since: now },
] as const;

const ordinary: readonly GalleryCard[] = [
  { name: 'staff-deactivate', title: '停用', card: staffChangeCard(leaving) },
  {
    name: 'staff-deactivate-last',
    title: '停用：单位没有别人了',
    card: staffChangeCard({ ...leaving, leaves: { total: 0, cases: [], colleagues: [] } }),
  },
  {
    name: 'staff-move',
    title: '调动',
    card: staffChangeCard({ ...leaving, change: { kind: 'move', unitId: 3 }, toUnit: '辉苏木' }),
  },
  {
    name: 'staff-role',
    title: '角色',
    card: staffChangeCard({ ...leaving, change: { kind: 'role', role: 'manager' }, leaves: undefined }),
  },
  {
    name: 'staff-namesakes',
    title: '同名',
    card: namesakesCard({ change: { kind: 'deactivate' }, people: namesakes, zone }),
  },
];

export const staffChangeGallery: NounGallery = {
  ordinary,
  extreme(text) {
    const cases = Array.from({ length: 40 }, () => ({ caseNumber: text, itemName: text, state: 'accepted' as const }));
    const colleagues = textChoices(text, 300);
    const people = Array.from({ length: 40 }, () => ({ ...namesakes[0], name: text, unit: text }));
    return [
      {
        name: 'staff-move',
        title: '调动',
        card: staffChangeCard({
          ...leaving,
          name: text,
          unit: { id: 2, name: text },
          change: { kind: 'move', unitId: 3 },
          toUnit: text,
          leaves: { total: 40, cases, colleagues },
        }),
      },
      {
        name: 'staff-namesakes',
        title: '同名',
        card: namesakesCard({ change: { kind: 'deactivate' }, people, zone }),
      },
    ];
  },
};
