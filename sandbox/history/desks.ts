/** Who did the work of those weeks: the cast where a visitor looks, and others elsewhere. */
import type { Desk } from './tale.ts';

const shared = { above: 'ou_demo_departmentClerk' } as const;
const town = {
  ...shared,
  clerks: ['ou_demo_townClerk', 'ou_demo_secondClerk'],
  manager: 'ou_demo_townManager',
  isStation: true,
} as const;

export const desks: readonly [Desk, ...Desk[]] = [
  { ...town, registrars: ['ou_demo_villageAgent', 'ou_demo_villageColleague'], village: '安达社区', share: 32 },
  { ...town, registrars: ['ou_elsewhere_1'], village: '安门社区', share: 12 },
  { ...town, registrars: ['ou_elsewhere_2'], village: '瑟宾社区', share: 14 },
  {
    ...shared,
    registrars: ['ou_elsewhere_3'],
    clerks: ['ou_elsewhere_4'],
    manager: 'ou_demo_bannerManager',
    village: '伊兰嘎查',
    isStation: true,
    share: 18,
  },
  ...[
    { who: 'ou_demo_otherTownClerk', village: '大雁镇', share: 10 },
    { who: 'ou_elsewhere_5', village: '伊敏河镇', share: 8 },
    { who: 'ou_elsewhere_6', village: '锡尼河东苏木', share: 6 },
  ].map(({ who, village, share }): Desk => {
    return {
      ...shared,
      registrars: [who],
      clerks: [who],
      manager: 'ou_demo_bannerManager',
      village,
      isStation: false,
      share,
    };
  }),
];

/** Of the towns that have sent their monthly reports in time. */
export const reporters = ['ou_demo_townManager', 'ou_demo_otherTownClerk', 'ou_elsewhere_4', 'ou_elsewhere_5'] as const;
