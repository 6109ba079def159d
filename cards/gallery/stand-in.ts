/** The gallery's cards about standing in for a colleague. */
import { type StandInView, standInCard } from '../stand-in.ts';
import type { NounGallery } from './gallery-card.ts';
import { textChoices } from './samples.ts';

const view: StandInView = {
  rows: [
    { standInRow: 1, absent: '阿达', standIn: '白音', days: '2026年12月1日至12月5日', mayEnd: true },
    { standInRow: 2, absent: '王芳', standIn: '李强', days: '2026年12月8日', mayEnd: false },
  ],
  absent: [
    { value: '1', text: '我自己' },
    { value: '5', text: '阿达（安达社区）' },
  ],
  colleagues: [
    { value: '6', text: '白音（安达社区）' },
    { value: '7', text: '李强（巴彦托海镇）' },
  ],
  values: { fromDay: '12月14日' },
};

export const standInGallery: NounGallery = {
  ordinary: [
    { name: 'stand-in', title: '代班：管理员', card: standInCard(view) },
    { name: 'stand-in-own', title: '代班：还没有', card: standInCard({ ...view, rows: [], absent: [], values: {} }) },
    { name: 'stand-in-alone', title: '代班：没有同事', card: standInCard({ ...view, rows: [], colleagues: [] }) },
  ],
  extreme(text) {
    const line = { standInRow: 1, absent: text, standIn: text, days: text, mayEnd: true };
    const choices = textChoices(text, 300);
    const values = { absent: text, standIn: text, fromDay: text, toDay: text };
    const rows = Array.from({ length: 60 }, () => line);
    return [
      { name: 'stand-in', title: '代班', card: standInCard({ rows, absent: choices, colleagues: choices, values }) },
    ];
  },
};
