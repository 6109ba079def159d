/** 通报 as an Excel file: every town's points, what each part rests on, and how they are counted. */
import { bulletinTitle } from '../../cards/bulletin.ts';
import { measureWords, scorePartMeanings, scorePartWords, scoreRules } from '../../cards/scores.ts';
import { bulletinReads } from '../../db/repositories/bulletin.ts';
import { pointsOf, type ScorePart, scoreParts, type TownScore } from '../domain/score.ts';
import { viewBulletin } from '../services/bulletin/view.ts';
import type { SheetOrderOf } from '../services/message/sheet-order.ts';
import { type Column, tableOf } from './columns.ts';
import { fileName } from './file-name.ts';
import { madeBy } from './made-by.ts';
import type { ReadPage, Workbook } from './sheet.ts';

export async function bulletinWorkbook(read: ReadPage, order: SheetOrderOf<'bulletin'>): Promise<Workbook> {
  const { view, made } = await read(async (ctx) => {
    const bulletin = await bulletinReads.byId(ctx.tx, order.bulletinId);
    if (!bulletin) throw new Error(`bulletin ${order.bulletinId} does not exist`);
    return { view: await viewBulletin(ctx, { bulletin, controls: false }), made: await madeBy(ctx, order) };
  });
  const draft = view.published === null ? '（草稿）' : '';
  const title = `${view.banner}${bulletinTitle(view)}${draft}`;
  const frame = { title, note: `${made}；${scoreRules(view).slice(3).join('')}` };
  const towns = [...view.scores.ranked, ...view.scores.unranked];
  return {
    fileName: fileName(title),
    sheets: [
      { ...frame, ...tableOf(pointColumns, towns), name: '得分' },
      { ...frame, ...tableOf(basisColumns, towns), name: '依据' },
      { ...frame, ...tableOf(methodColumns(view.scoring.weights), [...scoreParts]), name: '计分办法' },
    ],
  };
}

const whose: readonly Column<TownScore>[] = [
  { header: '名次', width: 8, value: ({ place }) => place ?? '不排名' },
  { header: '单位', width: 20, value: ({ name }) => name },
];

const pointColumns: readonly Column<TownScore>[] = [
  ...whose,
  { header: '总分', width: 10, value: ({ total }) => ({ number: total, format: 'hours' }) },
  ...scoreParts.map(
    (part): Column<TownScore> => ({
      header: scorePartWords[part],
      width: 12,
      value: (town) => {
        const points = pointsOf(town, partOf(town, part));
        return points === null ? '不计分' : { number: points, format: 'hours' };
      },
    }),
  ),
];

const basisColumns: readonly Column<TownScore>[] = [
  ...whose,
  { header: '常住人口', width: 12, value: ({ population }) => population },
  ...scoreParts.map(
    (part): Column<TownScore> => ({
      header: scorePartWords[part],
      width: 22,
      wraps: true,
      value: (town) => measureWords(town, partOf(town, part)),
    }),
  ),
];

function methodColumns(weights: Readonly<Record<ScorePart, number>>): Column<ScorePart>[] {
  return [
    { header: '项目', width: 20, value: (part) => scorePartWords[part] },
    { header: '分值', width: 8, value: (part) => weights[part] },
    { header: '怎么算', width: 80, wraps: true, value: (part) => scorePartMeanings[part] },
  ];
}

/** A score has all its parts. */
function partOf({ parts }: TownScore, part: ScorePart): TownScore['parts'][number] {
  const found = parts.find((one) => one.part === part);
  if (!found) throw new Error(`a score without ${part}`);
  return found;
}
