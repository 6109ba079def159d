/** The gallery's cards about groups and their units. */
import { bindCard, boundCard, rebindCard, unbindCard } from '../unit.ts';
import type { GalleryCard, NounGallery } from './gallery-card.ts';
import { textChoices, unitChoices } from './samples.ts';

const rebinding = {
  unitId: 3,
  unit: '大雁镇',
  seen: { from: 'oc_1', others: [] },
  fromName: '大雁镇代办群',
  others: [],
};

const unbinding = { unitId: 3, unit: '大雁镇', chatId: 'oc_1', chatName: '大雁镇代办群', deserted: false };

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
  { name: 'rebind', title: '改绑', card: rebindCard(rebinding) },
  { name: 'unbind', title: '解绑', card: unbindCard(unbinding) },
  { name: 'unbind-deserted', title: '解绑，那里没有人', card: unbindCard({ ...unbinding, deserted: true }) },
  {
    name: 'rebind-shared',
    title: '群里已有别的单位',
    card: rebindCard({ ...rebinding, seen: { from: null, others: [2] }, fromName: null, others: ['巴彦托海镇'] }),
  },
];

export const unitGallery: NounGallery = {
  ordinary,
  extreme: (text) => [
    { name: 'bind', title: '绑定群', card: bindCard({ chatName: text, units: textChoices(text, 300), hint: text }) },
    { name: 'bound', title: '群已绑定', card: boundCard({ unit: text, center: text, boundBy: text }) },
    { name: 'unbind', title: '解绑', card: unbindCard({ ...unbinding, unit: text, chatName: text }) },
    {
      name: 'rebind',
      title: '改绑',
      card: rebindCard({ ...rebinding, unit: text, fromName: text, others: Array.from({ length: 20 }, () => text) }),
    },
  ],
};
