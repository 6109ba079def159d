/** The gallery's cards of who had a case when. */
import { type ResponsibleView, responsibleCard } from '../responsible.ts';
import type { NounGallery } from './gallery-card.ts';

const view: ResponsibleView = {
  caseId: 7,
  caseNumber: '26-02-00012',
  day: null,
  stretches: [
    {
      ...{ duty: 'holder', unit: '大雁镇便民服务中心', person: null, standIn: null },
      ...{ from: '2026年11月23日 10:00', until: '2026年11月23日 14:20' },
    },
    {
      ...{ duty: 'keeper', unit: '安门社区', person: '敖登', standIn: null },
      ...{ from: '2026年11月23日 10:00', until: '2026年11月26日 00:00' },
    },
    {
      ...{ duty: 'holder', unit: '大雁镇便民服务中心', person: '王芳', standIn: null },
      ...{ from: '2026年11月23日 14:20', until: null },
    },
    {
      ...{ duty: 'keeper', unit: '安门社区', person: '敖登', standIn: '白音' },
      ...{ from: '2026年11月26日 00:00', until: null },
    },
  ],
};

export const responsibleGallery: NounGallery = {
  ordinary: [
    { name: 'responsible', title: '责任人', card: responsibleCard(view) },
    {
      name: 'responsible-day',
      title: '责任人：某一天没有',
      card: responsibleCard({ ...view, day: '2026年11月1日', stretches: [] }),
    },
  ],
  extreme(text) {
    const stretch = { unit: text, person: text, standIn: text, from: text, until: text, duty: 'holder' as const };
    const stretches = Array.from({ length: 90 }, () => stretch);
    const card = responsibleCard({ caseId: 1, caseNumber: text, day: text, stretches });
    return [{ name: 'responsible', title: '责任人', card }];
  },
};
