/** The documents that the program itself makes of a quarter's work, as an office program lays them out. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type ActionValue, encodeAction } from '../../../cards/action-values.ts';
import { NOTE_MAX } from '../../../src/domain/bulletin.ts';
import { REPORT_TEXT_MAX } from '../../../src/domain/report.ts';
import { defaultScoring } from '../../../src/domain/score.ts';
import {
  ADA,
  ADMIN,
  BANNER_MANAGER,
  CIVIL_CLERK,
  CLERK,
  OTHER_CLERK,
  OTHER_TOWN,
  openScene,
  RELIEF,
  type Scene,
  TOWN,
  TOWN_MANAGER,
  VILLAGE,
} from '../../support/scene.ts';
import { footOf, type OpenedLetter, openLetters } from './libre-office.ts';

/** Of A4, in points. */
const UPRIGHT = [595, 842] as const;
const LYING = [842, 595] as const;
const MONTH = '2026-09';

/** As long as the field takes; it says where it ends. */
function longText(sentence: string, { max, end }: { max: number; end: string }): string {
  return `${sentence.repeat(max).slice(0, max - end.length)}${end}`;
}
const ofReport = (sentence: string, end: string) => longText(sentence, { max: REPORT_TEXT_MAX, end });

const town = {
  practices: ofReport('每周三下乡上门办件，能办的当场办好。', '做法写到这里。'),
  problems: ofReport('网络不稳，上传慢，要来回跑。', '问题写到这里。'),
  plans: ofReport('下月起每个嘎查各培训一回。', '打算写到这里。'),
};
const other = { practices: ofReport('服务站早晚都有人值班。', '另一个镇写到这里。') };
const note = longText('请靠后的单位对照得分表逐项整改。', { max: NOTE_MAX, end: '按语写到这里。' });
const piece = '帮办代办窗口实现村级全覆盖';

type Name = 'report' | 'reports' | 'bulletin' | 'information';
let opened: Record<Name, OpenedLetter>;
let scene: Scene;

async function presses(openId: string, value: ActionValue, form: Record<string, string> = {}): Promise<void> {
  const { toast } = await scene.forges(openId, { value, chat: `oc_p2p_${openId}`, form });
  await scene.settle();
  expect([value, toast?.type, toast?.content]).toEqual([value, 'success', expect.any(String)]);
}

/** The file that came last. */
function file(name: string): Buffer {
  const found = scene.files.at(-1);
  expect(found?.name).toBe(name);
  return found?.content ?? Buffer.alloc(0);
}

async function works(): Promise<void> {
  await scene.register({ itemName: RELIEF });
  await scene.does(CLERK, { target: TOWN, label: '接收' });
  await scene.does(CLERK, { target: TOWN, label: '办结', form: { outcome: 'granted' } });
  await scene.does(ADA, { target: VILLAGE, label: '确认送达', form: { deliveryWay: 'pickup' } });
  await scene.does(ADA, { target: VILLAGE, label: '回访评价', form: { rating: '1', comment: '太慢了' } });
  const residence = String(scene.unitId('大雁镇'));
  await scene.register({ itemName: RELIEF, residence }, { openId: OTHER_CLERK, chat: OTHER_TOWN });
}

async function writesReport(openId: string, texts: Record<string, string>): Promise<void> {
  await scene.says(openId, `/月报 ${MONTH}`);
  await scene.settle();
  await scene.does(openId, { target: openId, label: '填写文字' });
  await scene.does(openId, { target: openId, label: '保存', form: texts });
  await scene.does(openId, { target: openId, label: '确认报送' });
}

async function reports(): Promise<Pick<Record<Name, Buffer>, 'report' | 'reports'>> {
  const at = { townId: scene.unitId('巴彦托海镇'), month: MONTH };
  await writesReport(TOWN_MANAGER, { ...town, plans: '' });
  await writesReport(OTHER_CLERK, other);
  await scene.says(TOWN_MANAGER, `/月报 ${MONTH}`);
  await scene.settle();
  await scene.does(TOWN_MANAGER, { target: TOWN_MANAGER, label: '更正' });
  await scene.does(TOWN_MANAGER, { target: TOWN_MANAGER, label: '先改文字' });
  await scene.does(TOWN_MANAGER, { target: TOWN_MANAGER, label: '保存', form: town });
  await presses(TOWN_MANAGER, encodeAction({ ...at, action: 'report.correct', version: 1 }), { reason: '补写打算' });
  await presses(TOWN_MANAGER, encodeAction({ ...at, action: 'report.letter' }));
  const report = file('月报_巴彦托海镇_2026年9月.docx');
  await presses(BANNER_MANAGER, encodeAction({ action: 'report.letters', month: MONTH }));
  return { report, reports: file('月报_2026年9月_各镇.docx') };
}

async function bulletin(): Promise<Buffer> {
  const weights = Object.entries(defaultScoring.weights).map(([name, one]) => [name, String(one)]);
  await scene.forges(ADMIN, { value: encodeAction({ action: 'setting.ask', name: 'scoring' }) });
  await scene.settle();
  const form = { ...Object.fromEntries(weights), casesMin: '1' };
  await scene.does(ADMIN, { target: ADMIN, label: '保存', form });
  await scene.says(BANNER_MANAGER, '/通报 2026Q3');
  await scene.settle();
  await scene.does(BANNER_MANAGER, { target: BANNER_MANAGER, label: '保存按语', form: { note } });
  await scene.does(BANNER_MANAGER, { target: BANNER_MANAGER, label: '发布' });
  return file('鄂温克族自治旗2026年第三季度帮办代办工作情况通报.docx');
}

async function information(): Promise<Buffer> {
  const half = '2026H2';
  for (const openId of [CLERK, CIVIL_CLERK]) {
    await presses(openId, encodeAction({ action: 'information.file' }), {
      title: piece,
      body: 'https://example.com/a',
    });
  }
  for (const [pieceId, adoptionKind] of [
    [1, 'city'],
    [1, 'brief'],
    [2, 'comprehensive'],
  ] as const) {
    await presses(BANNER_MANAGER, encodeAction({ action: 'information.adopt', pieceId }), { adoptionKind, day: '' });
  }
  await presses(BANNER_MANAGER, encodeAction({ action: 'information.letter', half }));
  return file('政务信息工作情况的通报_2026年下半年.docx');
}

beforeAll(async () => {
  scene = await openScene({ now: '2026-09-24T10:00' });
  await works();
  scene.clock.to('2026-10-09T10:00');
  opened = await openLetters({ ...(await reports()), bulletin: await bulletin(), information: await information() });
});
afterAll(() => scene.close());

/** All that stands in it, its page numbers apart: where a line or a page ends is the program's affair. */
function textOf({ pages }: OpenedLetter): string {
  const whole = pages.join('').replaceAll(/\s/g, '');
  return withoutStops(whole.replaceAll(/—\d+—/g, ''));
}

/** LibreOffice 7.4 does not draw a full stop that hangs beyond a full first line, though the file has it. */
function withoutStops(text: string): string {
  return text.replaceAll('。', '');
}

/** The first page of each annex, without blanks. */
function annexesOf({ pages }: OpenedLetter): string[] {
  return pages.map((page) => page.replaceAll(/\s/g, '')).filter((page) => page.startsWith('附件'));
}

const sheets: Record<Name, readonly (typeof UPRIGHT | typeof LYING)[]> = {
  report: Array.from({ length: 9 }, () => UPRIGHT),
  reports: [UPRIGHT, LYING, UPRIGHT, UPRIGHT, UPRIGHT, UPRIGHT],
  bulletin: [UPRIGHT, UPRIGHT, LYING, LYING, UPRIGHT],
  information: [UPRIGHT, LYING, LYING],
};

it.each(Object.keys(sheets) as Name[])('%s has its pages of A4, each with its number on the outer side', (name) => {
  const { pages, sizes } = opened[name];
  expect(sizes).toEqual(sheets[name]);
  expect(pages.map(footOf)).toEqual(pages.map((_, index) => [`—${index + 1}—`, index % 2 === 0 ? 'right' : 'left']));
});

it('月报 of a town loses nothing of what was typed; its numbers, groups and versions are annexes', () => {
  const text = textOf(opened.report);
  for (const typed of Object.values(town)) expect(text).toContain(withoutStops(typed));
  expect(text).toContain('附件：1.主要数字2.分部门、分类型情况3.各版和差别');
  const [list, numbers, groups, versions, ...more] = annexesOf(opened.report);
  expect(more).toEqual([]);
  // The texts fill the page before it to its end.
  expect(list).toMatch(/^附件：1\.主要数字2\./);
  expect(numbers).toMatch(/^附件1主要数字项目数字登记1件/);
  expect(numbers).toContain('专职代办员5人');
  expect(groups).toMatch(/^附件2分部门、分类型情况按部门/);
  expect(groups).toContain('民政部门11100.0%000');
  expect(groups).toContain('本级帮办代办11100.0%000');
  expect(versions).toMatch(/^附件3各版和差别（一）第1版包主任2026年10月9日/);
  expect(versions).toContain('更正原因：补写打算。');
  expect(text.split(withoutStops(town.plans))).toHaveLength(3);
});

it('the list of annexes stays on one page', () => {
  const pages = opened.report.pages.map((page) => page.replaceAll(/\s/g, ''));
  expect(pages.filter((page) => /附件：1\.|2\.分部门|3\.各版/.test(page))).toHaveLength(1);
});

it('月报 of the banner has every town in its table and every text behind it', () => {
  const text = textOf(opened.reports);
  for (const typed of [...Object.values(town), ...Object.values(other)]) expect(text).toContain(withoutStops(typed));
  const [table, texts, ...more] = annexesOf(opened.reports);
  expect(more).toEqual([]);
  expect(table).toMatch(/^附件1各镇报送情况和主要数字/);
  for (const name of ['巴彦托海镇', '大雁镇', '辉苏木']) expect(table).toContain(name);
  expect(table).toContain('（1件）');
  expect(texts).toMatch(/^附件2各镇主要做法、存在问题、下步打算一、巴彦托海镇主要做法：/);
});

it('通报 has its 按语 whole, and the points of every town with their header on each page', () => {
  const text = textOf(opened.bulletin);
  expect(text).toContain(withoutStops(note));
  const [points, method, ...more] = annexesOf(opened.bulletin);
  expect(more).toEqual([]);
  expect(points).toMatch(/^附件12026年第三季度苏木乡镇帮办代办工作得分表/);
  expect(points).toMatch(/31\.3分.*100\.0%.*1件里1件/);
  expect(method).toMatch(/^附件2计分办法项目分值怎么算/);
  const lying = opened.bulletin.pages.filter((_, index) => opened.bulletin.sizes[index]?.[0] === LYING[0]);
  expect(lying.every((page) => page.replaceAll(/\s/g, '').includes('总分办件量'))).toBe(true);
  expect(lying.join('')).toContain('辉苏木');
});

it('通报 of 政务信息 has a table of departments and one of towns', () => {
  const [departments, towns, ...more] = annexesOf(opened.information);
  expect(more).toEqual([]);
  expect(departments).toMatch(/^附件12026年下半年全旗政府系统政务信息采用情况统计表（旗直部门）/);
  expect(departments).toContain('民政部门11次+10101');
  expect(towns).toMatch(/^附件22026年下半年全旗政府系统政务信息采用情况统计表（苏木乡镇）/);
  expect(towns).toContain('巴彦托海镇11次+51次+10151');
  expect(towns).toContain('辉苏木0');
});
