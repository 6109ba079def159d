/** The gallery's cards of 通报. */
import { defaultScoring, type Measure, scoreTowns, type TownMeasures } from '../../src/domain/score.ts';
import { type BulletinView, bulletinCard, townScoreCard } from '../bulletin.ts';
import type { NounGallery } from './gallery-card.ts';
import { now, townNames, zone } from './samples.ts';

/** Measures that differ from town to town; the last one has too few cases. */
function townsNamed(names: readonly string[]): TownMeasures[] {
  return names.map((name, index) => {
    const cases = index === names.length - 1 && names.length > 1 ? 4 : 132 - 7 * index;
    const of = (whole: number, missing: number): Measure => ({ part: Math.max(0, whole - missing), whole });
    return {
      unitId: index + 1,
      name,
      population: 2400 + 800 * index,
      measures: {
        volume: { part: cases, whole: 0 },
        onTime: of(cases, index % 5),
        satisfaction: of(Math.round(cases / 3), index % 3),
        oneTimeNotice: index % 4 === 3 ? { part: 0, whole: 0 } : of(6 + index, index % 2),
        punctuality: of(3, index % 3),
        readiness: of(5 + (index % 4), index % 2),
        roster: of(4 + (index % 4), index % 3),
      },
    };
  });
}

const towns = townsNamed(townNames);
const scores = scoreTowns(towns, defaultScoring);
const whole = { registered: 843, completed: 801, completedOnTime: 779, overdue: 12, rated: 264, ratedSatisfied: 257 };
const draft: BulletinView = {
  bulletinId: 1,
  revision: 3,
  version: 1,
  state: 'draft',
  banner: '鄂温克族自治旗',
  quarterName: '2026年第三季度',
  note: '三季度办件量继续增加，按时办结率保持在95%以上。请名次靠后的苏木乡镇对照附件逐项整改，重点落实一次性告知和月报按时报送。',
  reason: '',
  scoring: defaultScoring,
  scores,
  whole,
  published: null,
  draftedAt: now,
  controls: true,
  zone,
};
const published: BulletinView = { ...draft, state: 'published', published: { by: '旗管理', at: now } };
const correction = '大雁镇有12件是系统里补登的，原来没有算进去。';
const nothing: BulletinView = {
  ...draft,
  note: '',
  scores: scoreTowns(
    towns.map((town) => ({ ...town, measures: { ...town.measures, volume: { part: 0, whole: 0 } } })),
    defaultScoring,
  ),
  whole: { registered: 0, completed: 0, completedOnTime: 0, overdue: 0, rated: 0, ratedSatisfied: 0 },
};
const [first] = scores.ranked;
const [few] = scores.unranked;
const partsOf = (town: typeof first) =>
  town === undefined
    ? []
    : [townScoreCard({ title: '2026年第三季度帮办代办工作情况通报', town, scoring: defaultScoring })];

export const bulletinGallery: NounGallery = {
  ordinary: [
    { name: 'bulletin-draft', title: '通报：草稿', card: bulletinCard(draft) },
    {
      name: 'bulletin-published',
      title: '通报：发到群里的',
      card: bulletinCard({ ...published, controls: false }),
    },
    { name: 'bulletin-own', title: '通报：已发布，管理员看的', card: bulletinCard(published) },
    {
      name: 'bulletin-correction',
      title: '通报：更正',
      card: bulletinCard({ ...published, version: 2, reason: correction, controls: false }),
    },
    { name: 'bulletin-corrected', title: '通报：已被更正', card: bulletinCard({ ...published, state: 'corrected' }) },
    { name: 'bulletin-empty', title: '通报：没有办件', card: bulletinCard(nothing) },
    ...partsOf(first).map((card) => ({ name: 'bulletin-parts', title: '通报：得分明细', card })),
    ...partsOf(few).map((card) => ({ name: 'bulletin-parts-few', title: '通报：得分明细，件数太少', card })),
  ],
  extreme: (text) => {
    const many = townsNamed(Array.from({ length: 60 }, () => text));
    const casesMin = 100;
    const view = { ...draft, note: text, reason: text, banner: text, quarterName: text };
    const of = scoreTowns(many, { ...defaultScoring, casesMin });
    const all = scoreTowns(many, { ...defaultScoring, casesMin: 1 });
    const [town] = of.ranked;
    const title = text;
    return [
      { name: 'bulletin-draft', title: '通报', card: bulletinCard({ ...view, scores: all }) },
      {
        name: 'bulletin-published',
        title: '通报：发布',
        card: bulletinCard({ ...view, scores: of, state: 'published', published: { by: text, at: now } }),
      },
      ...(town
        ? [{ name: 'bulletin-parts', title: '得分明细', card: townScoreCard({ title, town, scoring: defaultScoring }) }]
        : []),
    ];
  },
};
