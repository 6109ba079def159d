/** The gallery's cards of 值得看看. */
import { patternKinds } from '../../src/domain/patterns.ts';
import { type PatternsView, patternsCard } from '../patterns.ts';
import type { NounGallery } from './gallery-card.ts';

const cases = [1, 2, 3].map((caseId) => ({ caseId, caseNumber: `26-01-0001${caseId}` }));
const view: PatternsView = {
  unitName: '巴彦托海镇',
  from: '2026-11-01',
  to: '2026-11-23',
  rectification: { bad: 3, rectified: 1, late: 1 },
  patterns: patternKinds.map((kind) => ({ kind, count: 5, who: kind === 'samePhone' ? null : '王芳', cases })),
  more: 2,
};

export const patternsGallery: NounGallery = {
  ordinary: [
    { name: 'patterns', title: '值得看看', card: patternsCard(view) },
    {
      name: 'patterns-none',
      title: '值得看看：没有',
      card: patternsCard({ ...view, patterns: [], more: 0, rectification: { bad: 0, rectified: 0, late: 0 } }),
    },
  ],
  extreme: (text) => [
    {
      name: 'patterns',
      title: '值得看看',
      card: patternsCard({
        ...view,
        unitName: text,
        more: 9999,
        patterns: Array.from({ length: 40 }, (_, index) => ({
          kind: patternKinds[index % patternKinds.length] ?? 'samePhone',
          count: 9999,
          who: text,
          cases: cases.map((one) => ({ ...one, caseNumber: text })),
        })),
      }),
    },
  ],
};
