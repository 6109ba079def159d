/** The gallery's cards about groups and their units. */
import { bindCard, boundCard } from '../unit.ts';
import type { GalleryCard, NounGallery } from './gallery-card.ts';
import { textChoices, unitChoices } from './samples.ts';

const ordinary: readonly GalleryCard[] = [
  {
    name: 'bind',
    title: '绑定群',
    card: bindCard({ chatName: '大雁镇代办群', units: unitChoices(20), hint: '只有管理员能绑定。' }),
  },
  {
    name: 'bound',
    title: '群已绑定',
    card: boundCard({ unit: '大雁镇', center: '大雁镇便民服务中心', boundBy: '王海' }),
  },
];

export const unitGallery: NounGallery = {
  ordinary,
  extreme: (text) => [
    { name: 'bind', title: '绑定群', card: bindCard({ chatName: text, units: textChoices(text, 300), hint: text }) },
    { name: 'bound', title: '群已绑定', card: boundCard({ unit: text, center: text, boundBy: text }) },
  ],
};
