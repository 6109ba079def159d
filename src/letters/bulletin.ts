/** 通报 as the document that goes to the towns: what was done, the places, 按语, and as annexes the points and how they are counted. */
import { bulletinTitle } from '../../cards/bulletin.ts';
import {
  measureWords,
  percentWords,
  pointsWords,
  scorePartMeanings,
  scorePartWords,
  scoreRules,
  totalWords,
} from '../../cards/scores.ts';
import { bulletinReads } from '../../db/repositories/bulletin.ts';
import { localDay } from '../domain/calendar.ts';
import { local } from '../domain/level-names.ts';
import { scoreParts, type TownScore } from '../domain/score.ts';
import { viewBulletin } from '../services/bulletin/view.ts';
import type { LetterOrderOf } from '../services/message/letter-order.ts';
import { type Annex, type Block, ended, heading, type Letter, paragraph } from './document.ts';
import type { NamedLetter, ReadPage } from './letter.ts';

type View = Awaited<ReturnType<typeof viewBulletin>>;

export async function bulletinLetter(read: ReadPage, order: LetterOrderOf<'bulletin'>): Promise<NamedLetter> {
  const view = await read(async (ctx) => {
    const bulletin = await bulletinReads.byId(ctx.tx, order.bulletinId);
    if (!bulletin) throw new Error(`bulletin ${order.bulletinId} does not exist`);
    return viewBulletin(ctx, { bulletin, controls: false });
  });
  const draft = view.published === null ? '（草稿）' : '';
  return { fileName: `${view.banner}${bulletinTitle(view)}${draft}`, letter: letterOf(view, draft) };
}

function letterOf(view: View, draft: string): Letter {
  const { quarterName, version, banner, published, draftedAt, zone } = view;
  return {
    letterhead: null,
    title: `关于${quarterName}\n帮办代办工作情况的${version > 1 ? '更正通报' : '通报'}${draft}`,
    addressees: local`各苏木乡镇人民政府，旗直各部门、单位`,
    body: bodyOf(view),
    annexes: [pointsAnnex(view), methodAnnex(view)],
    // 旗人民政府办公室每季度进行通报 (the plan, 三（五）).
    signature: { office: `${banner}人民政府办公室`, day: localDay(published?.at ?? draftedAt, zone) },
    note: null,
    type: 'standard',
  };
}

function bodyOf(view: View): Block[] {
  const { quarterName, banner, reason, note, scores, scoring } = view;
  const { ranked, unranked } = scores;
  return [
    ...(reason === '' ? [] : [paragraph(`原通报有误，现予更正，原通报作废。更正原因：${ended(reason)}`)]),
    paragraph(local`现将${banner}${quarterName}苏木乡镇、嘎查社区帮办代办工作情况通报如下。`),
    heading(1, '总体情况'),
    paragraph(totalsWords(view)),
    heading(1, '得分和名次'),
    paragraph(
      ranked.length === 0
        ? local`没有登记满${scoring.casesMin}件的苏木乡镇，本季不排名次。`
        : `${ranked.map((town) => `${placeWords(town)}${town.name}，${totalWords(town.total)}分`).join('；')}。`,
    ),
    ...(unranked.length === 0
      ? []
      : [
          paragraph(
            `本季登记不满${scoring.casesMin}件，不参加排名的：${unranked.map(({ name, cases }) => `${name}（${cases}件）`).join('、')}。`,
          ),
        ]),
    paragraph('各项得分和依据见附件1，计分办法见附件2。'),
    ...(note === '' ? [] : [heading(1, '按语'), paragraph(note)]),
  ];
}

function placeWords({ place }: TownScore): string {
  return `第${place}名`;
}

/** Denominators beside every rate. */
function totalsWords({ whole }: View): string {
  const { registered, completed, completedOnTime, overdue, rated, ratedSatisfied } = whole;
  const onTime = { part: completedOnTime, whole: completed + overdue };
  const satisfied = { part: ratedSatisfied, whole: rated };
  return [
    local`全旗共登记代办件${registered}件，办结${completed}件，季末超期在办${overdue}件`,
    onTime.whole === 0
      ? '没有可算按时办结率的件'
      : `按时办结率${percentWords(onTime)}（应按时办结的${onTime.whole}件里${onTime.part}件）`,
    satisfied.whole === 0
      ? '没有回访评价。'
      : `满意率${percentWords(satisfied)}（回访${satisfied.whole}件里${satisfied.part}件）。`,
  ].join('；');
}

function pointsAnnex({ quarterName, scores }: View): Annex {
  const towns = [...scores.ranked, ...scores.unranked];
  return {
    title: local`${quarterName}苏木乡镇帮办代办工作得分表`,
    landscape: true,
    body: [
      {
        kind: 'table',
        columns: [
          { header: '名次', width: 3.5 },
          { header: '单位', width: 8.4 },
          { header: '总分', width: 4 },
          ...scoreParts.map((part) => ({ header: scorePartWords[part], width: 7 })),
        ],
        rows: towns.map((town) => [
          town.place === null ? '不排' : String(town.place),
          town.name,
          totalWords(town.total),
          ...town.parts.map(
            (part) => `${pointsWords(town, part)}\n${measureWords(town, part).replace(/（(.+)）$/u, '\n$1')}`,
          ),
        ]),
      },
    ],
  };
}

function methodAnnex(view: View): Annex {
  const { scoring } = view;
  return {
    title: '计分办法',
    body: [
      {
        kind: 'table',
        columns: [
          { header: '项目', width: 3 },
          { header: '分值', width: 1 },
          { header: '怎么算', width: 8, align: 'left' },
        ],
        rows: scoreParts.map((part) => [scorePartWords[part], String(scoring.weights[part]), scorePartMeanings[part]]),
      },
      ...scoreRules(view).slice(1).map(paragraph),
    ],
  };
}
