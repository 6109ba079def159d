/** The report of a live-check: Markdown that may be attached to an issue, and at its end what a later run goes on from. */
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import * as z from 'zod';
import { hidePersonal } from '../domain/hiding.ts';
import { CliProblem } from './command.ts';
import { type LiveStep, liveSteps } from './live-steps.ts';

const WORDS_MAX = 300;

const answerSchema = z.object({
  /** `refused`: the platform did not take what was sent. */
  outcome: z.enum(['same', 'differs', 'skipped', 'refused']),
  /** What was seen instead, or why the platform refused. */
  words: z.string(),
  /** Of a press that was to arrive, the shapes of the fields that came with it; null where none arrived. */
  press: z.record(z.string(), z.string()).nullable().optional(),
});
export type LiveAnswer = z.infer<typeof answerSchema>;

const stateSchema = z.object({
  begunOn: z.string(),
  /** As told by the person: system and version of the clients. */
  phone: z.string(),
  desktop: z.string(),
  answers: z.record(z.string(), answerSchema),
});
export type LiveState = z.infer<typeof stateSchema>;

/** What the report says of the surroundings, each with its name. */
export type LiveVersions = Readonly<Record<string, string>>;

const BEGINS = '<!-- daiban live-check ';
const ENDS = ' -->';

const outcomeWords: Readonly<Record<LiveAnswer['outcome'], string>> = {
  same: '一样',
  differs: '**不一样**',
  skipped: '没有核对',
  refused: '**平台没有收下**',
};

/** What an earlier run has written; undefined where there is no file. @throws CliProblem for a file that is no report of ours. */
export function readLiveReport(file: string): LiveState | undefined {
  if (!existsSync(file)) return undefined;
  const text = readFileSync(file, 'utf8');
  const state = stateSchema.safeParse(jsonIn(text));
  if (state.success) return state.data;
  throw new CliProblem(`${file} 不是真机核对的报告，没有动它。请把它移走，或用 --report 换一个文件名。`);
}

function jsonIn(text: string): unknown {
  const begins = text.lastIndexOf(BEGINS);
  const ends = text.indexOf(ENDS, begins);
  if (begins < 0 || ends < 0) return undefined;
  try {
    return JSON.parse(text.slice(begins + BEGINS.length, ends));
  } catch {
    return undefined;
  }
}

/** Replaces the file in one step: whoever ends the program in between loses no answer. */
export function writeLiveReport(file: string, text: string): void {
  const fresh = `${file}.new`;
  writeFileSync(fresh, text, { mode: 0o600 });
  renameSync(fresh, file);
}

/** The whole report. */
export function liveReport(state: LiveState, versions: LiveVersions): string {
  const rows = liveSteps.map((step, index) => reportRow(step, { number: index + 1, answer: state.answers[step.id] }));
  const counts = countOutcomes(state);
  const told = { 手机: state.phone || '没有说', 电脑: state.desktop || '没有说' };
  const about = { ...{ 日期: state.begunOn }, ...versions, ...told };
  const json = JSON.stringify(state).replace(/[<>]/g, (sign) => (sign === '<' ? '\\u003c' : '\\u003e'));
  return [
    '# 真机核对报告',
    '',
    ...Object.entries(about).map(([name, value]) => `- ${name}：${cell(value)}`),
    `- 结果：${liveSteps.length} 步，一样 ${counts.same}，不一样 ${counts.differs}，平台没有收下 ${counts.refused}，没有核对 ${counts.skipped + counts.open}`,
    '',
    '| # | 做什么 | 结果 | 看到的 | 按钮 |',
    '| --- | --- | --- | --- | --- |',
    ...rows,
    '',
    '电话、密钥和编号程序已经隐去，姓名请自己再看一遍；“按钮”一列是收到的字段的样子，9 是数字，x 是字母，字是汉字。',
    '',
    `${BEGINS}${json}${ENDS}`,
    '',
  ].join('\n');
}

/** How many of the steps came out how; `open`: not answered yet. */
export function countOutcomes(state: LiveState): Record<LiveAnswer['outcome'] | 'open', number> {
  const counts = { same: 0, differs: 0, skipped: 0, refused: 0, open: 0 };
  for (const { id } of liveSteps) counts[state.answers[id]?.outcome ?? 'open'] += 1;
  return counts;
}

function reportRow(step: LiveStep, { number, answer }: { number: number; answer: LiveAnswer | undefined }): string {
  const result = answer === undefined ? '还没有' : outcomeWords[answer.outcome];
  return `| ${[String(number), cell(step.does), result, cell(answer?.words ?? ''), cell(pressWords(answer))].join(' | ')} |`;
}

function pressWords(answer: LiveAnswer | undefined): string {
  if (answer?.press === undefined) return '';
  if (answer.press === null) return '没有收到';
  const fields = Object.entries(answer.press).map(([name, shape]) => `${name}: ${shape === '' ? '空' : shape}`);
  return fields.length === 0 ? '收到' : `收到（${fields.join('，')}）`;
}

function cell(text: string): string {
  return text.replace(/[\r\n]+/g, ' ').replace(/[|<>]/g, (sign) => `\\${sign}`);
}

/**
 * What a person typed, fit for an issue: not the own name, nobody's name beside a number, no number, no id of the platform, nothing that could be a key, a host or a
 * mailbox; at most 300 characters.
 */
export function publicWords(typed: string, ownName: string): string {
  const person = { name: ownName, phone: '', idNumber: null, address: null, contact: null };
  return shortened(hidePersonal(withoutIds(typed), person));
}

/** The same of the platform's own words: they name nobody, and the digits of a code count. */
export function publicProblem(words: string): string {
  return shortened(withoutIds(words));
}

function withoutIds(text: string): string {
  const [first = ''] = text.split(/[\r\n]/);
  return first
    .slice(0, 10 * WORDS_MAX)
    .replace(/\b(?:ou|oc|om|on|omt|cli)_[\w-]+/gi, '（编号）')
    .replace(/\b[a-z][a-z+.-]*:\/\/\S+/gi, '（网址）')
    .replace(/\S+@\S+\.\S+/g, '（邮箱）')
    .replace(/[\w+/=-]{20,}/g, '（已隐去）');
}

function shortened(text: string): string {
  const shown = text.trim();
  return shown.length > WORDS_MAX ? `${shown.slice(0, WORDS_MAX)}…` : shown;
}
