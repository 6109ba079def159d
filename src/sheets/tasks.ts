/** 专项工作台账 (方案三（五）) as an Excel file: every task of every unit, how it stands, what was done, who said so. */
import { taskLightWords, taskStateWords } from '../../cards/words.ts';
import { agentReads } from '../../db/repositories/agent.ts';
import { unitReads } from '../../db/repositories/unit.ts';
import { today } from '../ctx.ts';
import { dayPeriod } from '../domain/period.ts';
import { responsibleText, type TaskLight } from '../domain/task.ts';
import { recordOpener } from '../services/data-key/record-keys.ts';
import type { SheetOrderOf } from '../services/message/sheet-order.ts';
import { countLights, type Standing, standingsOf } from '../services/task/standing.ts';
import { openUpdate } from '../services/task/update.ts';
import { type Column, moment, tableOf } from './columns.ts';
import { fileName } from './file-name.ts';
import { madeBy } from './made-by.ts';
import type { ReadPage, Workbook } from './sheet.ts';

interface Row extends Standing {
  readonly responsible: string;
  /** What was written of it last. */
  readonly text: string;
  readonly by: string;
}

const colors: Readonly<Record<TaskLight, string>> = { done: '绿', onTrack: '绿', atRisk: '黄', late: '红' };

export async function tasksWorkbook(read: ReadPage, order: SheetOrderOf<'tasks'>): Promise<Workbook> {
  const { rows, place, made, day } = await read(async (ctx) => {
    const units = await unitReads.all(ctx.tx);
    const standings = await standingsOf(ctx, { unitId: order.unitId, day: today(ctx), units });
    const people = new Map((await agentReads.all(ctx.tx)).map(({ id, name }) => [id, name]));
    const opener = await recordOpener(ctx);
    return {
      rows: standings.map((one): Row => {
        const { update, task } = one;
        const responsible = responsibleText(task.responsible, units);
        const text = update ? openUpdate(opener, update) : '';
        return { ...one, responsible, text, by: update ? (people.get(update.by) ?? '') : '' };
      }),
      place: units.find(({ id }) => id === order.unitId)?.name ?? '',
      made: await madeBy(ctx, order),
      day: today(ctx),
    };
  });
  const { label } = dayPeriod(day);
  const { done, onTrack, atRisk, late, total } = countLights(rows);
  const counted = `共${total}项：已完成${done}，正常${onTrack}，快到期${atRisk}，逾期${late}`;
  const sheet = {
    ...tableOf(columns, rows),
    name: '专项工作台账',
    title: `${place} 推进政务服务向基层延伸专项工作台账`,
    note: `${made}；截至${label}；${counted}。红：过了完成时限；黄：15天内到期；绿：已完成、持续推进或还有时间。`,
  };
  return { fileName: fileName(`专项工作台账_${place}_${label}`), sheets: [sheet] };
}

const columns: readonly Column<Row>[] = [
  { header: '序号', width: 6, value: ({ task }) => task.number },
  { header: '任务', width: 36, wraps: true, value: ({ task }) => task.title },
  { header: '责任单位（方案）', width: 28, wraps: true, value: ({ responsible }) => responsible },
  {
    header: '填报单位',
    width: 18,
    wraps: true,
    value: ({ unit, insteadOf }) => (insteadOf.length === 0 ? unit.name : `${unit.name}（代${insteadOf.join('、')}）`),
  },
  { header: '完成时限', width: 16, value: ({ task }) => (task.dueDay === null ? null : dayPeriod(task.dueDay).label) },
  { header: '持续推进', width: 10, value: ({ task }) => (task.ongoing ? '是' : null) },
  { header: '进展', width: 10, value: ({ state }) => taskStateWords[state] },
  { header: '预警', width: 13, value: ({ light }) => `${colors[light]}（${taskLightWords[light]}）` },
  { header: '完成情况', width: 48, wraps: true, value: ({ text }) => (text === '' ? null : text) },
  { header: '最近更新', width: 18, value: ({ update }) => moment(update?.at ?? null) },
  { header: '更新人', width: 12, value: ({ by }) => (by === '' ? null : by) },
];
