/** The gallery's cards of /名册. */
import { rosterCard } from '../roster.ts';
import type { NounGallery } from './gallery-card.ts';

const roster = {
  unitId: 1,
  unit: '鄂温克族自治旗',
  day: '2026-11-29',
  standIns: ['白音代阿达'],
  coverage: {
    fullTime: 61,
    partTime: 48,
    villages: 44,
    withoutFullTime: [
      { name: '瑟宾社区', town: '巴彦托海镇' },
      { name: '雁北社区', town: '大雁镇' },
    ],
    notJoined: [
      { name: '张三', unit: '巴彦托海镇' },
      { name: '王五', unit: '安达社区' },
    ],
    towns: [
      { name: '巴彦托海镇', fullTime: 30, partTime: 21, uncovered: ['人社', '交管'] },
      { name: '大雁镇', fullTime: 31, partTime: 27, uncovered: [] },
      { name: '辉苏木', fullTime: 0, partTime: 0, uncovered: null },
    ],
  },
} as const;

const village = {
  ...roster,
  unit: '安门社区',
  standIns: [],
  coverage: {
    fullTime: 1,
    partTime: 0,
    villages: 1,
    withoutFullTime: [],
    notJoined: [],
    towns: [{ name: '巴彦托海镇', fullTime: 1, partTime: 0, uncovered: null }],
  },
};

export const rosterGallery: NounGallery = {
  ordinary: [
    { name: 'roster', title: '名册：有嘎查社区没有专职代办员', card: rosterCard(roster) },
    { name: 'roster-covered', title: '名册：都有专职代办员', card: rosterCard(village) },
  ],
  extreme: (text) => [
    {
      name: 'roster',
      title: '名册',
      card: rosterCard({
        ...roster,
        unit: text,
        standIns: Array.from({ length: 200 }, () => `${text}代${text}`),
        coverage: {
          ...roster.coverage,
          withoutFullTime: Array.from({ length: 400 }, () => ({ name: text, town: text })),
          notJoined: Array.from({ length: 400 }, () => ({ name: text, unit: text })),
          towns: Array.from({ length: 100 }, () => ({
            ...{ name: text, fullTime: 9999, partTime: 9999 },
            uncovered: Array.from({ length: 10 }, () => text),
          })),
        },
      }),
    },
  ],
};
