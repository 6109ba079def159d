/** The gallery's cards of an administrator's day. */
import { upkeepCard } from '../upkeep.ts';
import type { NounGallery } from './gallery-card.ts';
import { now, zone } from './samples.ts';

const calls = {
  byKind: { post: 620, reply: 210, update: 1430, file: 12, list: 310 },
  total: 2582,
  forecast: 2960,
  allowed: 10_000,
};
const unsent = { waiting: 0, dead: 2 };

export const upkeepGallery: NounGallery = {
  ordinary: [
    {
      name: 'upkeep',
      title: '管理员的值班单',
      card: upkeepCard({
        at: now,
        items: [
          { title: '有消息没有送到', lines: ['大雁镇的群没有收到：代办件 26-02-00012。', '请当面或电话告知。'] },
          { title: '月报提醒没有送到', lines: ['这些单位没有绑定群，也没有人员：辉苏木', '请到它们的群里发 /绑定。'] },
        ],
        calls,
        unsent,
        zone,
      }),
    },
  ],
  extreme: (text) => [
    {
      name: 'upkeep',
      title: '管理员的值班单',
      card: upkeepCard({
        at: now,
        items: Array.from({ length: 30 }, () => ({ title: text, lines: Array.from({ length: 9 }, () => text) })),
        calls: { ...calls, forecast: 20_000 },
        unsent,
        zone,
      }),
    },
  ],
};
