/** The gallery's cards of /七有. */
import {
  type CheckView,
  checkCard,
  type PlaceView,
  placeCard,
  type ReadinessRow,
  type ReadinessView,
  readinessCard,
} from '../readiness.ts';
import type { NounGallery } from './gallery-card.ts';

const row: ReadinessRow = {
  unitId: 20,
  name: '安达社区便民服务站',
  line: '有5项，共7项，缺：办事指南、工作台账',
  ready: false,
  opens: 'place',
};

const town: ReadinessView = {
  unitId: 2,
  unit: '巴彦托海镇',
  day: '2026-11-29',
  list: '七有',
  centers: { ready: 1, total: 1 },
  stations: { ready: 2, total: 3 },
  gaps: [
    { name: '办事指南', places: 1 },
    { name: '工作台账', places: 1 },
  ],
  rows: [{ ...row, unitId: 2, name: '巴彦托海镇便民服务中心', line: '有7项，共7项', ready: true }, row],
  page: 0,
  pages: 1,
};

const banner: ReadinessView = {
  ...town,
  unitId: 1,
  unit: '鄂温克族自治旗',
  centers: { ready: 10, total: 10 },
  stations: { ready: 44, total: 44 },
  gaps: [],
  rows: [{ unitId: 2, name: '巴彦托海镇', line: '中心有7项，共7项；站3个齐全，共3个', ready: true, opens: 'unit' }],
  pages: 2,
};

const found = { present: true, by: '阿达', when: '2026年11月23日', note: '' } as const;
const missing = { ...found, present: false, note: '指南改版，下周印好' } as const;

const place: PlaceView = {
  unitId: 20,
  center: '安达社区便民服务站',
  day: '2026-11-29',
  list: '七有',
  listId: 1,
  seen: 3,
  checks: [
    { name: '帮办代办窗口', hint: '窗口或流动窗口', ticked: true, found },
    { name: '办事指南', hint: '', ticked: false, found: missing },
    { name: '工作台账', hint: '', ticked: false, found: null },
  ],
  aboveId: 2,
};

const check: CheckView = {
  unitId: 20,
  center: '安达社区便民服务站',
  listId: 1,
  index: 3,
  name: '办事指南',
  hint: '办事指南和办理流程放在窗口',
  seen: 2,
  photos: 2,
  filled: { present: false, note: missing.note },
  found: [missing, found],
  newer: false,
};

export const readinessGallery: NounGallery = {
  ordinary: [
    { name: 'readiness-town', title: '七有：一个苏木乡镇', card: readinessCard(town) },
    { name: 'readiness-banner', title: '七有：全旗', card: readinessCard(banner) },
    { name: 'readiness-place', title: '七有：一个站', card: placeCard(place) },
    {
      name: 'readiness-place-newer',
      title: '七有：有人先填了',
      card: placeCard({
        ...place,
        aboveId: null,
        said: { text: '没有保存：有人先填了，请看清下面的结果，再点保存。', warns: true },
      }),
    },
    { name: 'readiness-check', title: '七有：细看一项', card: checkCard(check) },
    {
      name: 'readiness-check-first',
      title: '七有：还没有人填',
      card: checkCard({ ...check, found: [], seen: 0, filled: { present: null, note: '' } }),
    },
  ],
  extreme: (text) => [
    {
      name: 'readiness-banner',
      title: '七有：全旗',
      card: readinessCard({
        ...banner,
        unit: text,
        list: text,
        gaps: Array.from({ length: 20 }, () => ({ name: text, places: 999 })),
        rows: Array.from({ length: 20 }, () => ({ ...row, name: text, line: text })),
        page: 1,
        pages: 9,
      }),
    },
    {
      name: 'readiness-place',
      title: '七有：一个站',
      card: placeCard({
        ...place,
        center: text,
        list: text,
        said: { text, warns: true },
        checks: Array.from({ length: 20 }, () => ({
          name: text,
          hint: text,
          ticked: true,
          found: { ...missing, by: text, note: text },
        })),
      }),
    },
    {
      name: 'readiness-check',
      title: '七有：细看一项',
      card: checkCard({
        ...check,
        center: text,
        name: text,
        hint: text,
        newer: true,
        filled: { present: true, note: text },
        found: Array.from({ length: 4 }, () => ({ ...missing, by: text, note: text })),
      }),
    },
  ],
};
