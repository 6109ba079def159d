/** 政务信息工作情况的通报: the letter of the half-year with the tables of departments and of towns as annexes, as the banner's of 2022 was laid out. */
import { differenceWords } from '../../cards/information-ranking.ts';
import { dayWithYear } from '../../cards/kit.ts';
import { adoptionWords } from '../../cards/words.ts';
import { localDay } from '../domain/calendar.ts';
import { adoptionKinds, halfPeriod, rankingDifferences } from '../domain/information.ts';
import { local } from '../domain/level-names.ts';
import { officeOver } from '../services/information/office.ts';
import { type InformationRanking, informationRanking, type RankedUnit } from '../services/information/ranking.ts';
import type { LetterOrderOf } from '../services/message/letter-order.ts';
import { type Annex, denominatorBelow, ended, paragraph, type Table } from './document.ts';
import type { NamedLetter, ReadPage } from './letter.ts';

const groups = {
  get department() {
    return local`旗直部门`;
  },
  get town() {
    return local`苏木乡镇`;
  },
} as const;

export async function informationLetter(read: ReadPage, order: LetterOrderOf<'information'>): Promise<NamedLetter> {
  const { ranking, office, day, zone } = await read(async (ctx) => {
    const office = await officeOver(ctx, order.bannerId);
    const found = await informationRanking(ctx, { office, half: order.half });
    return {
      ranking: found,
      office: `${office.banner.name}人民政府办公室`,
      day: localDay(found.publishedAt ?? order.askedAt, ctx.zone),
      zone: ctx.zone,
    };
  });
  const { label } = halfPeriod(order.half);
  const corrected = ranking.correction === null ? '' : '（更正）';
  return {
    fileName: `政务信息工作情况的通报_${label}${corrected}`,
    letter: {
      letterhead: null,
      title: `关于${label}\n政务信息工作情况的通报${corrected}`,
      addressees: local`各苏木乡镇人民政府，旗直各部门`,
      body: [
        ...correctionOf(ranking, zone),
        paragraph(sentOf(ranking)),
        paragraph(adoptedOf(ranking)),
        ...differsNote(ranking),
      ],
      annexes: (['department', 'town'] as const).map((group) => annexOf(ranking, group)),
      signature: { office, day },
      note: ranking.publishedAt === null ? '排名还没有发布，数字可能还会变。' : null,
      type: 'standard',
    },
  };
}

/** Why there is another one, and what is different in it. */
function correctionOf({ correction, rows }: InformationRanking, zone: string) {
  if (correction === null) return [];
  const { reason, before } = correction;
  const differences = rankingDifferences(before.rows, rows).map(differenceWords);
  return [
    paragraph(
      `${dayWithYear(before.publishedAt, zone)}发布的通报有误，现予更正，以本通报为准。更正原因：${ended(reason)}`,
    ),
    paragraph(`更正内容：${differences.join('；')}。`),
  ];
}

function sentOf({ half, rows }: InformationRanking): string {
  const sent = (group: RankedUnit['group']) =>
    rows.filter((row) => row.group === group).reduce((sum, { submitted }) => sum + submitted, 0);
  const [departments, towns] = [sent('department'), sent('town')];
  const { label } = halfPeriod(half);
  return local`${label}，各苏木乡镇、旗直各部门共上报政务信息${departments + towns}篇，其中各苏木乡镇上报${towns}篇，各部门上报${departments}篇。`;
}

function adoptedOf({ rows }: InformationRanking): string {
  const parts = adoptionKinds.map((kind) => {
    const times = rows.reduce((sum, row) => sum + row.times[kind], 0);
    return `${adoptionWords[kind]}${times}次`;
  });
  return `采用和加分情况：${parts.join('，')}。`;
}

/** The table of 2022 printed places that its own sums did not bear out. */
function differsNote({ rows }: InformationRanking) {
  const places = rows.filter(({ score }) => score > 0).map(({ group, place }) => `${group}${place}`);
  return new Set(places).size === places.length ? [] : [paragraph('得分相同的单位名次相同，报送数多的列在前面。')];
}

/** Who has neither sent in anything nor got points has no place among the others. */
function placeWords({ submitted, score, place }: Pick<RankedUnit, 'submitted' | 'score' | 'place'>): string {
  return submitted === 0 && score === 0 ? '—' : String(place);
}

function annexOf({ half, rows }: InformationRanking, group: RankedUnit['group']): Annex {
  return {
    title: local`${halfPeriod(half).label}全旗政府系统政务信息采用情况统计表\n（${groups[group]}）`,
    body: [tableOf(rows.filter((row) => row.group === group))],
    landscape: true,
  };
}

function tableOf(rows: readonly RankedUnit[]): Table {
  return {
    kind: 'table',
    columns: [
      { header: '单位', width: 5, align: 'left' },
      { header: '报送数', width: 2 },
      ...adoptionKinds.map((kind) => ({ header: denominatorBelow(adoptionWords[kind]), width: 2.6 })),
      { header: '得分', width: 1.6 },
      { header: '排名', width: 1.6 },
    ],
    rows: rows.map(({ name, submitted, times, points, score, place }) => [
      name,
      String(submitted),
      ...adoptionKinds.map((kind) => (times[kind] === 0 ? '' : `${times[kind]}次 +${points[kind]}`)),
      String(score),
      placeWords({ submitted, score, place }),
    ]),
  };
}
