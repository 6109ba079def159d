/** What people type of a resident, in every door, is afterwards nowhere in clear: files, log, metrics, groups, masked Excel. */
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { pino } from 'pino';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { openSqlite } from '../../db/sqlite/open.ts';
import { makeBackup } from '../../src/backup/make.ts';
import { createMemoryStore } from '../../src/papers/store.ts';
import { bannerLists } from '../support/banner-lists.ts';
import { plantedIn } from '../support/needles.ts';
import { ZONE } from '../support/office.ts';
import { readSheets } from '../support/sheets.ts';
import { raiseCurtain, type TestStage } from '../support/stage.ts';
import { asks, clicks, expectAllWell, posted, presses, zhang } from './support.ts';

const NAME = '乌云其木格';
const PHONE = '15247003366';
const ID_NUMBER = '11010519491231002X';
const ADDRESS = '呼格吉勒街88号楼3单元402室';
const LANDLINE = '0470-8812345';
const DAUGHTER = '萨日朗花';
/** As a person writes it into a text, and as the program keeps numbers. */
const planted = [NAME, PHONE, ID_NUMBER, ADDRESS, LANDLINE, '04708812345', DAUGHTER];
const told = `叫${NAME}，电话${PHONE}，身份证${ID_NUMBER}，住${ADDRESS}，女儿${DAUGHTER}${LANDLINE}`;

let folder: string;
let stage: TestStage;
let logged: string[];

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'daiban-leaks-'));
  mkdirSync(join(folder, 'temporary'));
  vi.stubEnv('TMPDIR', join(folder, 'temporary'));
  logged = [];
  const log = pino({ level: 'trace' }, { write: (line: string) => void logged.push(line) });
  stage = await raiseCurtain({ db: openSqlite({ file: join(folder, 'daiban.db') }), log });
});
afterEach(async () => {
  await stage.close();
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true });
});

/** Registers and brings a case to its end, with everything told wherever there is a field. */
async function story(): Promise<void> {
  await asks(stage, { who: 'villageAgent', where: 'village', text: `/登记 ${NAME} ${PHONE} ${ID_NUMBER} ${told}` });
  const form = {
    ...{ 申请人姓名: NAME, 联系电话: '无', 联系人: `女儿${DAUGHTER} ${LANDLINE}`, 身份证号: ID_NUMBER, 住址: ADDRESS },
    ...{ 其他事项: `给${NAME}修水管，电话${PHONE}，住${ADDRESS}`, 备注: told },
  };
  const press = { who: 'villageAgent', where: 'village', label: '提交登记' } as const;
  // Not agreed to yet: the form comes back with everything in it.
  expect((await clicks(stage, { ...press, form })).toast?.type).toBe('warning');
  await presses(stage, { ...press, form: { ...form, 自愿委托确认: true } });
  const town = { who: 'townClerk', where: 'town' } as const;
  await presses(stage, { ...town, label: '退回补正', form: { 说明: told, 需补正的材料: told } });
  await presses(stage, { who: 'villageAgent', where: 'village', label: '重新转送', form: { 补正说明: told } });
  await presses(stage, { ...town, label: '接收' });
  const [card] = posted(stage, 'town').slice(-1);
  if (!card) throw new Error('the town has no card');
  await stage.people.townClerk.says(stage.groups.town, told, { repliesTo: card });
  await stage.settle();
  await presses(stage, { ...town, label: '查看申请人' });
  await presses(stage, { ...town, label: '打印' });
  await presses(stage, { who: 'townClerk', label: '委托书' });
  expect([...stage.sandbox.world.files.values()].map(({ name }) => name)).toContain('委托书_26-01-00001.docx');
  const completed = { 办理结果: '不予办理', 说明: told, 群众下一步可以: told };
  await presses(stage, { ...town, label: '办结', form: completed });
}

/** Tasks, reports, 政务信息, a list, and lines that are nothing. */
async function otherDoors(agents: Buffer): Promise<void> {
  const manager = { who: 'townManager' } as const;
  await asks(stage, { ...manager, text: '/任务' });
  await clicks(stage, { ...manager, label: '填' });
  await presses(stage, { ...manager, label: '保存', form: { 进展: '已完成', 完成情况: told } });
  await asks(stage, { ...manager, text: '/月报' });
  await clicks(stage, { ...manager, label: '填写文字' });
  await presses(stage, { ...manager, label: '保存', form: { 主要做法: told, 存在问题: told, 下步打算: told } });
  await asks(stage, { ...manager, text: '/信息' });
  await clicks(stage, { ...manager, label: '报送信息' });
  await clicks(stage, { ...manager, label: '报送', form: { 标题: `看望${NAME}`, 链接或正文: told } });
  for (const text of [`/事项 ${told}`, `/查 ${NAME}`, `${PHONE} ${told}`, `/统计 ${told}`]) {
    await asks(stage, { who: 'townClerk', where: 'town', text });
  }
  await stage.people.admin.gives(undefined, { name: '代办人员.xlsx', bytes: agents });
  await stage.settle();
  await asks(stage, { ...manager, where: 'town', text: '/台账 本月' });
}

function filesBelow(place: string): string[] {
  const entries = readdirSync(place, { withFileTypes: true, recursive: true });
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
}

/** Where something planted was found: place and text. */
async function leaks(texts: readonly string[]): Promise<string[][]> {
  const files = filesBelow(folder).map((file) => [basename(file), readFileSync(file)] as const);
  const { world } = stage.sandbox;
  const sheets = [...world.files.values()].filter(({ name }) => name.startsWith('台账'));
  expect(sheets).toHaveLength(1);
  const read = await Promise.all(sheets.map(({ bytes }) => readSheets(bytes)));
  const inGroups = stage.shown.filter(({ chatId }) => world.chats.get(chatId)?.mode === 'group');
  const places: (readonly [string, Buffer | string])[] = [
    ...files,
    ['log', logged.join('')],
    ['metrics', await stage.service.app.metrics.text()],
    ...inGroups.map(({ chatId, content }) => [chatId, content] as const),
    ['masked Excel', JSON.stringify(read)],
  ];
  return places.flatMap(([place, bytes]) => plantedIn(bytes, texts).map((text) => [place, text]));
}

it('what is told of a resident in every door lies nowhere in clear, before and after the person is erased', async () => {
  await story();
  const { agents, someone } = await bannerLists();
  await otherDoors(agents);
  const backups = { databaseFile: join(folder, 'daiban.db'), folder: join(folder, 'backups') };
  const keys = { dataKey: Buffer.alloc(32, 7), papers: createMemoryStore(), zone: ZONE, clock: stage.clock };
  await makeBackup({ ...backups, ...keys }, new AbortController().signal);
  const names = filesBelow(folder).map((file) => basename(file));
  expect(names).toEqual(expect.arrayContaining(['daiban.db', 'daiban.db-wal']));
  expect(names.some((name) => name.includes('backup') || name.startsWith('daiban-'))).toBe(true);
  expect(logged.length).toBeGreaterThan(10);
  expect(await leaks([...planted, someone.phone])).toEqual([]);
  // The same search finds what is meant to be there, so that it is no blind one.
  expect(await leaks(['安达社区'])).toEqual(expect.arrayContaining([['daiban.db-wal', '安达社区']]));

  await asks(stage, { who: 'admin', text: `/删除申请人 26-01-00001 ${told}` });
  await presses(stage, { who: 'admin', label: '确认删除', form: { 删除原因: `本人书面申请，${told}` } });
  expect(await leaks([...planted, someone.phone])).toEqual([]);
  await expectAllWell(stage, { residents: [zhang, { name: NAME, phone: PHONE, idNumber: ID_NUMBER }] });
});
