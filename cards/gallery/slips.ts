/** The gallery's card of the papers that can be printed of a case. */
import { slips } from '../../src/domain/slip.ts';
import { type SlipsView, slipsCard } from '../slips.ts';
import type { NounGallery } from './gallery-card.ts';

const view: SlipsView = {
  caseId: 7,
  caseNumber: '26-02-00012',
  itemName: '高龄津贴发放',
  offers: ['mandate', 'acceptance', 'materials'],
};

export const slipsGallery: NounGallery = {
  ordinary: [{ name: 'slips', title: '打印（私聊）', card: slipsCard(view) }],
  extreme: (text) => [
    { name: 'slips', title: '打印', card: slipsCard({ ...view, caseNumber: text, itemName: text, offers: slips }) },
  ],
};
