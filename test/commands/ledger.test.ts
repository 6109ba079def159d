import { buffer } from 'node:stream/consumers';
import { pino } from 'pino';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { buildApp } from '../../src/app.ts';
import { LarkError } from '../../src/lark/port.ts';
import { openContent } from '../../src/services/message/content.ts';
import { noFiles } from '../support/no-files.ts';
import { buttonOf, wordsOf, ZONE } from '../support/office.ts';
import {
  ADA,
  ADMIN,
  BANNER,
  BANNER_MANAGER,
  CIVIL_MANAGER,
  CLERK,
  ID_NUMBER,
  NAME,
  OTHER_TOWN,
  openScene,
  PHONE,
  type Scene,
  TOWN,
  TOWN_MANAGER,
  UNEMPLOYMENT,
  VILLAGE,
} from '../support/scene.ts';
import { readSheets } from '../support/sheets.ts';

const FULL_HEADER = [
  '编号',
  '登记时间',
  '申请人姓名',
  '联系电话',
  '联系人',
  '身份证号',
  '住址',
  '所在嘎查社区',
  '办理事项',
  '主管部门',
  '类型',
  '代办员',
  '办理方式',
  '所需材料',
  '承办单位',
  '经办人',
  '转送时间',
  '接收时间',
  '办结期限',
  '办结时间',
  '是否超期',
  '办理结果',
  '不予办理原因',
  '退回原因',
  '中止原因',
  '终止原因',
  '撤回原因',
  '送达时间',
  '评价',
  '回访人',
  '整改情况',
  '备注',
];
const HEADER = FULL_HEADER.filter((title) => !['联系人', '身份证号', '住址'].includes(title));

let scene: Scene;

beforeEach(async () => {
  scene = await openScene();
});
afterEach(() => scene.close());

async function asks(openId: string, line: string, chat?: string): Promise<string> {
  await scene.says(openId, line, chat);
  await scene.settle();
  return wordsOf(scene.last(chat ?? openId).card);
}

async function lastSheets() {
  const file = scene.files.at(-1);
  if (!file) throw new Error('no file was sent');
  return { file, sheets: await readSheets(file.content) };
}

/** Cells of a row by their column. */
function named(sheet: { header: readonly string[]; rows: readonly (readonly unknown[])[] } | undefined, row = 0) {
  return Object.fromEntries(sheet?.header.map((title, index) => [title, sheet.rows[row]?.[index]]) ?? []);
}

const wall = (value: unknown) => (value instanceof Date ? value.toISOString().slice(0, 16) : value);

describe('/台账', () => {
  it('answers with a card and sends the file after it', async () => {
    await scene.register({ idNumber: ID_NUMBER, remarks: `=找${NAME}，电话${PHONE}` });
    const words = await asks(TOWN_MANAGER, '/台账');
    expect(words).toContain('巴彦托海镇 2026年11月');
    expect(words).toContain('共 1 件');
    const { file, sheets } = await lastSheets();
    expect(file).toMatchObject({ target: TOWN_MANAGER, name: '台账_巴彦托海镇_2026年11月.xlsx' });
    expect(sheets.map((sheet) => [sheet.name, sheet.rows.length])).toEqual([
      ['台账', 1],
      ['每一步', 2],
    ]);
    expect(sheets[0]?.title).toBe('巴彦托海镇帮办代办工作台账 2026年11月');
    expect(sheets[0]?.note).toMatch(
      /^包主任 2026-11-23 10:\d\d 生成；.*由巴彦托海镇及下属单位登记的代办件，共 1 件；群众信息已隐去。$/,
    );
    expect(sheets[1]?.note).toMatch(/群众信息已隐去。台账公钥指纹 (?:[0-9a-f]{4}-){3}[0-9a-f]{4}。$/);
  });

  it('has the columns of a daiban ledger, masked, with real dates', async () => {
    const record = await scene.register({ idNumber: ID_NUMBER, remarks: `=找${NAME}，电话${PHONE}` });
    scene.clock.to('2026-11-23T15:20');
    await scene.does(CLERK, { target: TOWN, label: '接收' });
    await asks(TOWN_MANAGER, '/台账 本月');
    const { file, sheets } = await lastSheets();
    const [cases] = sheets;
    expect(cases?.header).toEqual(HEADER);
    const row = named(cases);
    expect(row).toMatchObject({
      编号: record.caseNumber,
      申请人姓名: '张**',
      联系电话: '138****1234',
      所在嘎查社区: '安达社区',
      办理事项: '最低生活保障对象认定',
      主管部门: '民政部门',
      代办员: '阿达',
      办理方式: '窗口',
      承办单位: '巴彦托海镇',
      经办人: '王芳',
      是否超期: '否',
      办理结果: '办理中',
      退回原因: null,
      备注: '=找张**，电话138****1234',
      送达时间: null,
    });
    expect(wall(row['接收时间'])).toBe('2026-11-23T15:20');
    expect(wall(row['转送时间'])).toMatch(/^2026-11-23T10:0/);
    expect(row['办结期限']).toBeInstanceOf(Date);
    expect(cases?.cell('Y4')?.formula).toBeUndefined();
    for (const secret of [NAME, PHONE, ID_NUMBER]) expect(await everyWord(file.content)).not.toContain(secret);
  });

  it('explains what was returned, refused and withdrawn, hidden like remarks', async () => {
    await scene.register();
    await scene.does(CLERK, {
      target: TOWN,
      label: '退回补正',
      form: { note: `请${NAME}补，电话${PHONE}`, materials: '户口本' },
    });
    await scene.register({ itemName: UNEMPLOYMENT });
    await scene.does(CLERK, { target: TOWN, label: '接收' });
    await scene.does(CLERK, {
      target: TOWN,
      label: '办结',
      form: { outcome: 'refused', note: `${NAME}已经就业`, advice: '失业后再来' },
    });
    await scene.register();
    await scene.does(ADA, { target: VILLAGE, label: '撤回', form: { note: `${NAME}不办了` } });
    await scene.register();
    await scene.does(CLERK, { target: TOWN, label: '接收' });
    for (const suspendNote of [`等${NAME}的户口本`, '']) {
      await scene.does(CLERK, { target: TOWN, label: '中止、终止、转办' });
      await scene.does(CLERK, { target: CLERK, label: '中止', form: { suspendReason: 'applicant', suspendNote } });
      await scene.does(CLERK, { target: TOWN, label: '恢复' });
    }
    await scene.does(CLERK, { target: TOWN, label: '中止、终止、转办' });
    const ending = {
      terminateReason: 'other',
      terminateNote: `${NAME}已经去世`,
      terminateAdvice: '家属可以办丧葬补助',
    };
    await scene.does(CLERK, { target: CLERK, label: '终止', form: ending });
    scene.clock.to('2026-12-30T10:00');
    await scene.register();
    await asks(TOWN_MANAGER, '/台账 2026-11..2026-12');
    const { file, sheets } = await lastSheets();
    const [returned, refused, withdrawn, terminated] = [0, 1, 2, 3].map((row) => named(sheets[0], row));
    expect(returned).toMatchObject({ 撤回原因: null, 不予办理原因: null, 是否超期: '否' });
    expect(returned?.['退回原因']).toContain('户口本');
    expect(returned?.['退回原因']).toContain('请张**补，电话138****1234');
    expect(refused).toMatchObject({ 办理结果: '不予办理', 不予办理原因: '张**已经就业；失业后再来', 退回原因: null });
    expect(withdrawn).toMatchObject({ 撤回原因: '张**不办了', 是否超期: null, 中止原因: null, 终止原因: null });
    expect(terminated).toMatchObject({
      办理结果: '已终止',
      中止原因: '1. 等群众提供：等张**的户口本\n2. 等群众提供',
      终止原因: '张**已经去世；家属可以办丧葬补助',
      是否超期: null,
    });
    for (const secret of [NAME, PHONE]) expect(await everyWord(file.content)).not.toContain(secret);
  });

  it('hides a name that was corrected since, too', async () => {
    await scene.register({ remarks: `${NAME}行动不便` });
    await scene.does(CLERK, { target: TOWN, label: '退回补正', form: { note: `请${NAME}补` } });
    await scene.does(ADA, { target: VILLAGE, label: '更正' });
    await scene.does(ADA, {
      target: ADA,
      label: '确认更正',
      form: { applicantName: '章小峰', remarks: `${NAME}行动不便` },
    });
    await asks(TOWN_MANAGER, '/台账 2026-11..2026-12');
    const { file, sheets } = await lastSheets();
    expect(named(sheets[0], 0)).toMatchObject({ 申请人姓名: '章**', 退回原因: '请张**补' });
    expect(await everyWord(file.content)).not.toContain(NAME);
  });

  it('says what is past its promised day, whether it lies open or was completed too late', async () => {
    await scene.register();
    await scene.register();
    scene.clock.to('2026-12-29T10:00');
    await scene.does(CLERK, { target: TOWN, label: '接收' });
    await scene.does(CLERK, { target: TOWN, label: '办结', form: { outcome: 'granted', note: '' } });
    await scene.register();
    await asks(TOWN_MANAGER, '/台账 2026-11..2026-12');
    const { sheets } = await lastSheets();
    expect([0, 1, 2].map((row) => named(sheets[0], row)['是否超期'])).toEqual(['是', '是', '否']);
  });

  it('在办 has what is open now, whenever it was registered, and says so', async () => {
    scene.clock.to('2025-12-30T10:00');
    const old = await scene.register();
    scene.clock.to('2026-11-23T10:00');
    await scene.register({ itemName: UNEMPLOYMENT });
    await scene.does(CLERK, { target: TOWN, label: '接收' });
    await scene.does(CLERK, { target: TOWN, label: '办结', form: { outcome: 'granted', note: '' } });
    expect(await asks(BANNER_MANAGER, '/台账 在办 巴彦托海镇')).toMatch(/共 1 件[\s\S]*现在还没办结的/);
    const { file, sheets } = await lastSheets();
    expect(file.name).toBe('台账_巴彦托海镇_2026年11月23日在办.xlsx');
    expect(sheets[0]?.note).toContain('现在在办、不管哪天登记、由巴彦托海镇及下属单位登记的代办件，共 1 件');
    expect(named(sheets[0])).toMatchObject({ 编号: old.caseNumber, 是否超期: '是', 办结时间: null });
    expect(await asks(BANNER_MANAGER, '/台账 本月 在办')).toContain('不分时间');
    expect(await asks(TOWN_MANAGER, '/台账 在办 大雁镇')).toContain('您只能看巴彦托海镇及下属单位的统计、排名和台账');
  });

  it('lists every step with its hash, chain by chain', async () => {
    const record = await scene.register();
    await scene.register({ itemName: UNEMPLOYMENT, onTheSpot: true });
    await scene.does(CLERK, { target: TOWN, label: '接收' });
    await asks(TOWN_MANAGER, '/台账');
    const { sheets } = await lastSheets();
    const steps = sheets[1];
    const entries = await scene.entries();
    const ofCases = entries.filter((entry) => entry.caseId !== null);
    expect(steps?.rows.map((row) => [row[1], row[7], row[8]])).toEqual(
      ofCases.map((entry) => [entry.seq, entry.hash, entry.prevHash]),
    );
    expect(steps?.rows.map((row) => row[4])).toEqual(['登记', '转送', '登记', '办结', '接收']);
    expect(named(steps)).toMatchObject({
      台账链: '巴彦托海镇',
      编号: record.caseNumber,
      操作人: '阿达',
      单位: '安达社区',
    });
    const [cases] = sheets;
    expect(named(cases, 1)).toMatchObject({ 转送时间: null, 办理结果: '予以办理', 备注: '当场办结' });
  });

  it('takes only what was registered in the period, below the unit', async () => {
    scene.clock.to('2026-10-31T23:59');
    await scene.register();
    scene.clock.to('2026-11-01T00:00');
    const second = await scene.register();
    await asks(BANNER_MANAGER, '/台账 2026-11 巴彦托海镇');
    const { sheets } = await lastSheets();
    expect(sheets[0]?.rows.map((row) => row[0])).toEqual([second.caseNumber]);
    await asks(BANNER_MANAGER, '/台账 2026-10..2026-11');
    expect((await lastSheets()).sheets[0]?.rows).toHaveLength(2);
    await asks(BANNER_MANAGER, '/台账 2026-10..2026-11 大雁镇');
    expect(scene.files).toHaveLength(2);
  });

  it('gives a department the cases of its items, wherever they were registered', async () => {
    await scene.register();
    await scene.register({ itemName: UNEMPLOYMENT });
    const words = await asks(CIVIL_MANAGER, '/台账');
    expect(words).toContain('共 1 件');
    const [first] = (await lastSheets()).sheets;
    expect(named(first)['主管部门']).toBe('民政部门');
    expect(first?.note).toContain('事项属于民政部门的代办件，共 1 件');
  });

  it('says in words that there is nothing, and sends no file', async () => {
    expect(await asks(TOWN_MANAGER, '/台账 去年')).toContain('本期暂无办件');
    expect(scene.files).toEqual([]);
  });

  it('answers in a group of the own unit there, elsewhere privately', async () => {
    await scene.register();
    expect(await asks(TOWN_MANAGER, '/台账', TOWN)).toContain('共 1 件');
    expect(scene.files.at(-1)?.target).toBe(TOWN);
    expect(await asks(TOWN_MANAGER, '/台账', OTHER_TOWN)).toContain('已私信发给您');
    expect(scene.files.at(-1)?.target).toBe(TOWN_MANAGER);
  });

  it.each([
    ['/台账 大雁镇', '您只能看巴彦托海镇及下属单位的统计'],
    ['/台账 火星镇', '没看懂“火星镇”'],
    ['/台账 2026-13', '没看懂“2026-13”'],
    ['/台账 本月 上月', '没看懂“本月 上月”'],
  ])('refuses %s', async (line, sentence) => {
    await scene.register();
    expect(await asks(TOWN_MANAGER, line)).toContain(sentence);
    expect(scene.files).toEqual([]);
  });

  it('is for managers', async () => {
    expect(await asks(ADA, '/台账')).toContain('要管理员才能用');
    expect(scene.files).toEqual([]);
  });

  it('copes with a range of a thousand years', async () => {
    await scene.register();
    expect(await asks(TOWN_MANAGER, '/台账 2000-01-01..2099-12-31')).toContain('共 1 件');
    expect(scene.files).toHaveLength(1);
  });

  it('makes one file of an order that waits already', async () => {
    await scene.register();
    await scene.says(TOWN_MANAGER, '/台账');
    await scene.says(TOWN_MANAGER, '/台账');
    await scene.settle();
    expect(scene.files).toHaveLength(1);
  });
});

describe('the full data', () => {
  const title = '鄂温克族自治旗 2026年11月';

  async function opensForm(): Promise<void> {
    await asks(ADMIN, '/台账');
    await scene.does(ADMIN, { target: ADMIN, label: '要完整信息' });
  }

  it('go to an administrator alone, with a reason that stands in the ledger', async () => {
    await scene.register({ idNumber: ID_NUMBER, remarks: `找${NAME}` });
    await opensForm();
    expect(wordsOf(scene.last(ADMIN).card)).toContain(title);
    const reason = `=年度 检查，问${PHONE}`;
    const answer = await scene.does(ADMIN, { target: ADMIN, label: '确认导出', form: { reason } });
    expect(answer.toast?.content).toBe('已记入台账，文件做好就私信给您');
    expect(buttonOf(answer.card?.data, '确认导出')).toBeUndefined();
    const { file, sheets } = await lastSheets();
    expect(file).toMatchObject({ target: ADMIN, name: '台账_鄂温克族自治旗_2026年11月_完整信息.xlsx' });
    expect(sheets[0]?.header).toEqual(FULL_HEADER);
    expect(named(sheets[0])).toMatchObject({
      申请人姓名: NAME,
      联系电话: PHONE,
      身份证号: ID_NUMBER,
      备注: `找${NAME}`,
    });
    expect(sheets[0]?.note).toContain('导出原因：=年度 检查，问138****1234。');
    const entry = (await scene.entries()).find(({ kind }) => kind === 'export');
    expect(JSON.parse(entry?.payload ?? '')).toEqual({
      unitId: scene.unitId('鄂温克族自治旗'),
      from: '2026-11-01',
      to: '2026-11-30',
      count: 1,
    });
    // Typed, so nobody reads it without DATA_KEY.
    const sealed = entry?.sealed ?? '';
    expect(scene.vault.records.open('ledger.exportReason', sealed)).toBe('=年度 检查，问138****1234');
  });

  it.each([
    ['', '请写明导出原因'],
    ['检 查 a', '请写明导出原因'],
    ['。。。。。', '请写明导出原因'],
    ['因'.repeat(5000), '导出原因请控制在500字以内'],
  ])('are refused for the reason %j', async (reason, sentence) => {
    await scene.register();
    await opensForm();
    const before = await scene.dump();
    const answer = await scene.does(ADMIN, { target: ADMIN, label: '确认导出', form: { reason } });
    expect(answer.toast?.content).toContain(sentence);
    expect(await scene.dump()).toBe(before);
    expect(scene.files.filter(({ name }) => name.includes('完整信息'))).toEqual([]);
  });

  it('are not offered to a manager, nor in a group, and a forged button is refused', async () => {
    await scene.register();
    await asks(BANNER_MANAGER, '/台账');
    expect(buttonOf(scene.last(BANNER_MANAGER).card, '要完整信息')).toBeUndefined();
    await asks(ADMIN, '/台账', BANNER);
    expect(buttonOf(scene.last(BANNER).card, '要完整信息')).toBeUndefined();
    const files = scene.files.length;
    const of = { v: 1, unitId: scene.unitId('巴彦托海镇'), from: '2026-11-01', to: '2026-11-30' };
    for (const action of ['ledger.askFull', 'ledger.full']) {
      for (const openId of [BANNER_MANAGER, ADA, 'ou_nobody']) {
        const answer = await scene.forges(openId, { value: { ...of, action }, form: { reason: '年度检查用' } });
        expect(answer.toast?.content).toMatch(/只有系统管理员能导出|还没有登记为代办员/);
      }
    }
    await scene.settle();
    expect(scene.files).toHaveLength(files);
    expect((await scene.entries()).filter(({ kind }) => kind === 'export')).toEqual([]);
  });

  it.each([{ unitId: 999_999 }, { from: '2026-02-30' }, { to: 'x' }])('are refused for a forged %j', async (forged) => {
    await scene.register();
    const value = { v: 1, action: 'ledger.full', unitId: 1, from: '2026-11-01', to: '2026-11-30', ...forged };
    const answer = await scene.forges(ADMIN, { value, form: { reason: '年度检查用' } });
    expect(answer.toast?.content).toContain('这个按钮已经失效了');
    expect(scene.files).toEqual([]);
  });
});

describe('a file on its way', () => {
  const broken = () => new LarkError('later', 'HTTP 502');

  it('is made anew when the upload fails, and posted once', async () => {
    await scene.register();
    scene.fileFaults.push(broken(), broken());
    await asks(TOWN_MANAGER, '/台账');
    expect(scene.files).toHaveLength(1);
    expect(scene.fileFaults).toEqual([]);
  });

  it('is posted once when the answer to the post is lost', async () => {
    await scene.register();
    const noFault = undefined as unknown as Error;
    scene.fileFaults.push(noFault, broken());
    await asks(TOWN_MANAGER, '/台账');
    expect(scene.files).toHaveLength(1);
    expect(scene.fileFaults).toEqual([]);
  });

  it('is sent after a restart between the card and the file', async () => {
    await scene.register();
    await scene.says(TOWN_MANAGER, '/台账');
    await scene.app.dispatcher.stop(0);
    expect(scene.files).toEqual([]);
    const rows = await scene.db.read(({ q, t }) => Promise.resolve(q.select().from(t.outbox)));
    const waiting = rows
      .filter((row) => row.status === 'waiting')
      .map((row) => JSON.stringify(openContent(scene.vault, row)));
    expect(waiting.filter((content) => content.includes('"sheet"'))).toHaveLength(1);
    for (const secret of [NAME, PHONE]) expect(waiting.join()).not.toContain(secret);
    const sent: string[] = [];
    const restarted = buildApp({
      ...{ db: scene.db, vault: scene.vault, clock: scene.clock, zone: ZONE, log: pino({ level: 'silent' }) },
      lark: {
        post: async ({ card }) => ({ messageId: `om_${sent.push(wordsOf(card))}` }),
        reply: async ({ card }) => ({ messageId: `om_${sent.push(wordsOf(card))}` }),
        update: async () => {},
        upload: async ({ name, read }) => ({ fileKey: `${name} ${(await buffer(read())).length > 1000}` }),
        postFile: async ({ fileKey }) => ({ messageId: `om_${sent.push(fileKey)}` }),
        download: noFiles.download,
      },
    });
    for (let round = 0; round < 5; round++) {
      await restarted.dispatcher.drain();
      scene.clock.advance(1000);
    }
    expect(sent).toEqual([expect.stringContaining('共 1 件'), '台账_巴彦托海镇_2026年11月.xlsx true']);
  });

  it('that the platform refuses is told to whoever waits for it', async () => {
    await scene.register();
    scene.fileFaults.push(new LarkError('broken', '234006 too big', { code: 234006 }));
    expect(await asks(TOWN_MANAGER, '/台账')).toContain('文件没有发成');
  });
});

/** Everything in the archive, decompressed. */
async function everyWord(content: Buffer): Promise<string> {
  return JSON.stringify(await readSheets(content));
}
