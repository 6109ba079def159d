/** The monthly report from the draft to the banner: who may, what is kept, what is told. */
import { readXlsx } from 'hucre/xlsx';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { encodeAction } from '../../cards/action-values.ts';
import { reportLists } from '../../cards/report-lines.ts';
import { reportReads } from '../../db/repositories/report.ts';
import type { PressedStep } from '../../src/domain/case.ts';
import { versionOpener } from '../../src/services/report/texts.ts';
import { buttonOf, wordsOf } from '../support/office.ts';
import {
  ADA,
  ADMIN,
  BANNER,
  BANNER_MANAGER,
  CIVIL_MANAGER,
  CLERK,
  NAME,
  OTHER_CLERK,
  OTHER_TOWN,
  openScene,
  PHONE,
  type Scene,
  TOWN,
  TOWN_MANAGER,
  VILLAGE,
} from '../support/scene.ts';

let scene: Scene;

beforeEach(async () => {
  scene = await openScene({ now: '2026-11-23T10:00' });
});
afterEach(() => scene.close());

const month = '2026-11';
const town = () => ({ townId: scene.unitId('巴彦托海镇'), month });

async function asks(openId: string, line: string, chat?: string): Promise<string> {
  await scene.says(openId, line, chat);
  await scene.settle();
  return wordsOf(scene.last(chat ?? openId).card);
}

/** Presses what stands on the newest card of the private chat that offers it; returns the toast and the card's words. */
async function presses(openId: string, label: string, form = {}): Promise<{ toast: string; words: string }> {
  const { toast, card } = await scene.does(openId, { target: openId, label, form });
  return { toast: toast?.content ?? '', words: card ? wordsOf(card.data) : wordsOf(scene.last(openId).card) };
}

/** Label and button of each figure of a report's card; `value` is undefined where nothing opens. */
function figuresOf(node: unknown): { label: string; value: unknown }[] {
  if (typeof node !== 'object' || node === null) return [];
  const element = node as { tag?: unknown; behaviors?: { value?: unknown }[]; elements?: unknown; content?: unknown };
  const label = /^\*\*.+\*\*<br>([^（<]+)/u.exec(wordsOf(node).split('\n').join(''))?.[1];
  if (label !== undefined && (element.tag === 'interactive_container' || element.tag === 'markdown')) {
    return [{ label, value: element.behaviors?.[0]?.value }];
  }
  return Object.values(node).flatMap(figuresOf);
}

const versions = () =>
  scene.db.read(async (tx) => {
    const report = await reportReads.ofTown(tx, town());
    return report ? (await reportReads.versions(tx, report.id)).toReversed() : [];
  });

/** On the 10th the town's manager submits from the private chat. */
async function submits(texts = {}): Promise<void> {
  scene.clock.to('2026-12-10T10:00');
  await asks(TOWN_MANAGER, '/月报');
  if (Object.keys(texts).length > 0) {
    await presses(TOWN_MANAGER, '填写文字');
    await presses(TOWN_MANAGER, '保存', texts);
  }
  expect((await presses(TOWN_MANAGER, '确认报送')).toast).toBe('2026年11月月报已报送');
}

describe('/月报', () => {
  it('opens the town’s draft of last month for its manager, with figures, groups and people', async () => {
    await scene.register();
    await scene.does(CLERK, { target: TOWN, label: '接收' });
    await scene.does(CLERK, { target: TOWN, label: '办结', form: { outcome: 'granted' } });
    scene.clock.to('2026-12-03T10:00');
    const words = (await asks(TOWN_MANAGER, '/月报')).split('\n').join(' ');
    expect(words).toContain('2026年11月工作进展月报');
    expect(words).toContain('草稿');
    expect(words).toMatch(/\*\*1件\*\*<br>登记/);
    expect(words).toMatch(/民政部门\*\*<br>登记1　办结1　在办0　超期在办0<br>按时办结率100\.0%（1件）/);
    expect(words).toMatch(/本级帮办代办\*\*<br>登记1/);
    expect(words).toMatch(/\*\*5人\*\*<br>专职代办员/);
    expect(words).toContain('没有专职代办员：');
    expect(words).not.toContain('、安达社区');
  });

  it('shows the banner every town: who reported, how late, who is missing', async () => {
    scene.clock.to('2026-12-17T10:00');
    await asks(OTHER_CLERK, '/月报');
    await presses(OTHER_CLERK, '确认报送');
    const words = await asks(BANNER_MANAGER, '/月报');
    expect(words).toContain('已报送1个，未报送9个');
    expect(words).toContain('大雁镇\n12月17日 10:00 大雁员，晚2天');
    expect(words).toContain('巴彦托海镇\n未报送，已晚2天');
    expect(await asks(BANNER_MANAGER, '/report 2026-10 大雁')).toContain('大雁镇');
  });

  it.each([
    [ADA, '/月报', '巴彦托海镇的月报由巴彦托海镇的管理员包主任填写、报送，请联系他们。'],
    [CLERK, '/月报', '巴彦托海镇的月报由巴彦托海镇的管理员包主任填写、报送，请联系他们。'],
    [TOWN_MANAGER, '/月报 大雁镇', '大雁镇的月报由大雁镇的工作人员填写、报送，请联系他们。'],
    [TOWN_MANAGER, '/月报 2027-01', '2027年1月还没有到'],
    [TOWN_MANAGER, '/月报 今年', '/月报 2026-10'],
    [TOWN_MANAGER, '/月报 2026-13', '/月报 2026-10'],
    [BANNER_MANAGER, '/月报 安达社区', '/月报 2026-10'],
    [CIVIL_MANAGER, '/月报', '月报由苏木乡镇报送，您的单位不用报'],
  ])('%s typing %s is told: %s', async (openId, line, told) => {
    expect(await asks(openId, line)).toContain(told);
  });

  it('in the town’s own group brings the shared card, elsewhere the draft goes to the manager alone', async () => {
    scene.clock.to('2026-12-10T10:00');
    expect(await asks(TOWN_MANAGER, '/月报', TOWN)).toContain('看草稿、填文字');
    expect(await asks(TOWN_MANAGER, '/月报', VILLAGE)).toContain('已私信发给您');
    expect(wordsOf(scene.last(TOWN_MANAGER).card)).toContain('草稿');
    await asks(BANNER_MANAGER, '/月报', BANNER);
    expect(wordsOf(scene.last(BANNER).card)).toContain('未报送10个');
  });

  it('opens the cases behind each figure, department and type', async () => {
    const { caseNumber } = await scene.register();
    scene.clock.to('2026-12-03T10:00');
    const at = { ...town(), list: 'registered' as const, page: 0 };
    const departmentId = scene.unitId('民政部门');
    const [medical] = [scene.unitId('医保部门')];
    const opened = async (value: object, openId = TOWN_MANAGER) => {
      const { toast } = await scene.forges(openId, {
        value: encodeAction({ ...at, ...value, action: 'report.cases' }),
        chat: TOWN,
      });
      await scene.settle();
      return `${toast?.content} ${wordsOf(scene.last(TOWN).card)}`;
    };
    expect(await opened({})).toContain(caseNumber);
    expect(await opened({ departmentId })).toContain(caseNumber);
    expect(await opened({ departmentId: medical })).not.toContain(caseNumber);
    expect(await opened({ assistType: 'local' })).toContain(caseNumber);
    expect(await opened({ assistType: 'extended' })).not.toContain(caseNumber);
    // A case that has just been registered is behind these, and behind no other.
    const listed = [];
    for (const list of reportLists) if ((await opened({ list })).includes(caseNumber)) listed.push(list);
    expect(listed).toEqual(['registered', 'total', 'open']);
    expect(await opened({}, OTHER_CLERK)).toContain('管理员包主任');
  });

  it('opens something behind every figure: its cases, or the roster, 七有, the tasks', async () => {
    await scene.register();
    scene.clock.to('2026-12-03T10:00');
    await asks(TOWN_MANAGER, '/月报');
    const report = scene.last(TOWN_MANAGER);
    const behind = figuresOf(report.card);
    expect(behind.map(({ label }) => label)).toEqual(expect.arrayContaining(['登记', '专职代办员', '方案任务逾期']));
    expect(behind.filter(({ value }) => value === undefined)).toEqual([]);
    const titles = {
      'report.cases': '2026年11月',
      'roster.show': '代办员名册',
      'readiness.show': '七有',
      'task.show': '任务',
    };
    for (const { label, value } of behind) {
      const { toast, card } = await scene.forges(TOWN_MANAGER, { value, chat: `oc_p2p_${TOWN_MANAGER}` });
      await scene.settle();
      const words = wordsOf(card?.data ?? scene.last(TOWN_MANAGER).card);
      const title = titles[(value as { action: keyof typeof titles }).action];
      expect([label, toast?.type, words]).toEqual([label, 'success', expect.stringContaining(title)]);
    }
    expect(new Set(behind.map(({ value }) => (value as { action: string }).action))).toEqual(
      new Set(Object.keys(titles)),
    );
    const roster = encodeAction({ action: 'roster.show', unitId: town().townId });
    const answer = await scene.forges(OTHER_CLERK, { value: roster, chat: OTHER_TOWN });
    expect(answer.toast?.content).toMatch(/管理员/);
  });

  it('opens those that were refused, ended, or rated badly and put right, each by its own figure', async () => {
    const [refused, ended, bad] = [await scene.register(), await scene.register(), await scene.register()];
    const step = (openId: string, name: PressedStep, id: number, form: Record<string, string> = {}) =>
      scene.record(id).then(({ version }) =>
        scene.forges(openId, {
          value: encodeAction({ action: `case.${name}`, caseId: id, version }),
          form,
        }),
      );
    for (const { id } of [refused, ended, bad]) await step(CLERK, 'accept', id);
    const advice = { outcome: 'refused', note: '收入高于标准', advice: '可以问问临时救助' };
    await step(CLERK, 'complete', refused.id, advice);
    await step(CLERK, 'terminate', ended.id, { terminateReason: 'asked', terminateAdvice: '备齐再来' });
    await step(CLERK, 'complete', bad.id, { outcome: 'granted' });
    await step(ADA, 'deliver', bad.id, { deliveryWay: 'pickup' });
    await step(ADA, 'followUp', bad.id, { rating: '1', comment: '等得太久' });
    const opened = async (list: 'refused' | 'terminated' | 'ratedBadly' | 'rectified') => {
      const value = encodeAction({ ...town(), action: 'report.cases', list, page: 0 });
      await scene.forges(TOWN_MANAGER, { value, chat: TOWN });
      await scene.settle();
      const words = wordsOf(scene.last(TOWN).card);
      return [refused, ended, bad].filter(({ caseNumber }) => words.includes(caseNumber)).map(({ id }) => id);
    };
    expect(await opened('refused')).toEqual([refused.id]);
    expect(await opened('terminated')).toEqual([ended.id]);
    expect([await opened('ratedBadly'), await opened('rectified')]).toEqual([[bad.id], []]);
    await step(TOWN_MANAGER, 'rectify', bad.id, { note: '已上门道歉' });
    expect(await opened('rectified')).toEqual([bad.id]);
  });
});

describe('the texts of a draft', () => {
  it('are saved each by itself, with who saved last, and masked where others read them', async () => {
    scene.clock.to('2026-12-10T10:00');
    await asks(TOWN_MANAGER, '/月报');
    await presses(TOWN_MANAGER, '填写文字');
    const typed = { practices: `给叫${NAME}的老人送证，电话${PHONE}`, problems: '', plans: '入户宣传' };
    const { toast, words } = await presses(TOWN_MANAGER, '保存', typed);
    expect(toast).toBe('已保存');
    expect(words).toContain('主要做法　包主任 12月10日 10:00 保存');
    expect(words).toContain('138****1234');
    expect(words).toContain('文字里像是有群众的姓名、电话或住址');
    await presses(TOWN_MANAGER, '填写文字');
    expect(JSON.stringify(scene.last(TOWN_MANAGER).card)).toContain(PHONE);
    await presses(TOWN_MANAGER, '不改，回到月报');
    await presses(TOWN_MANAGER, '确认报送');
    const [version] = await versions();
    if (!version) throw new Error('nothing was submitted');
    const texts = await scene.db.read(async (tx) => (await versionOpener({ tx, vault: scene.vault })).texts(version));
    expect(texts).toMatchObject({ plans: '入户宣传', problems: '' });
    expect(JSON.stringify(texts)).not.toMatch(new RegExp(`${NAME}|${PHONE}`));
    const kept = JSON.stringify([await scene.entries(), await versions()]);
    expect(kept).not.toContain('入户宣传');
    expect(await asks(BANNER_MANAGER, '/月报 巴彦托海镇')).toContain('入户宣传');
  });

  it('of two who write at once: the second loses nothing, sees both, and the next 保存 is meant', async () => {
    scene.clock.to('2026-12-10T10:00');
    for (const openId of [TOWN_MANAGER, ADMIN]) {
      await asks(openId, '/月报 2026-11 巴彦托海镇');
      await presses(openId, '填写文字');
    }
    await presses(ADMIN, '保存', { practices: '设流动窗口', problems: '', plans: '培训' });
    const typed = { practices: '每周下乡', problems: '网络慢', plans: '' };
    const { toast, words } = await presses(TOWN_MANAGER, '保存', typed);
    expect(toast).toContain('同事刚改过');
    expect(words).toContain('设流动窗口');
    // Nobody else touched this one, and the manager not the plans.
    expect(JSON.stringify(scene.last(TOWN_MANAGER).card)).toMatch(/每周下乡[\s\S]*网络慢[\s\S]*培训/);
    const after = await presses(TOWN_MANAGER, '保存', { ...typed, plans: '培训', practices: '设流动窗口，每周下乡' });
    expect(after.toast).toBe('已保存');
    for (const written of ['设流动窗口，每周下乡', '网络慢', '培训']) expect(after.words).toContain(written);
  });

  it.each([
    ['150 kB', '长'.repeat(50_000)],
    ['501 characters', '长'.repeat(501)],
  ])('of %s are refused by the field’s name, and nothing is changed', async (_size, practices) => {
    scene.clock.to('2026-12-10T10:00');
    await asks(TOWN_MANAGER, '/月报');
    await presses(TOWN_MANAGER, '填写文字');
    const before = scene.posted.length;
    const { card, toast } = await scene.does(TOWN_MANAGER, {
      target: TOWN_MANAGER,
      label: '保存',
      form: { practices },
    });
    expect(toast?.content).toBe('主要做法请控制在500字以内，改短后再点一次。');
    expect([card, scene.posted.length]).toEqual([undefined, before]);
  });

  it('are written and read by nobody else, whatever a button claims', async () => {
    await submits();
    const seen = `m${'0'.repeat(12)}`.repeat(3);
    for (const openId of [CLERK, OTHER_CLERK, BANNER_MANAGER, ADA]) {
      for (const value of [
        encodeAction({ ...town(), action: 'report.edit' }),
        encodeAction({ ...town(), action: 'report.save', seen }),
        encodeAction({ ...town(), action: 'report.submit' }),
        encodeAction({ ...town(), action: 'report.correct', version: 1 }),
      ]) {
        const { toast } = await scene.forges(openId, {
          value,
          chat: TOWN,
          form: { practices: '别人写的', reason: '改一改' },
        });
        expect(toast?.content).toContain('管理员包主任');
      }
    }
    expect(await versions()).toHaveLength(1);
  });
});

describe('确认报送', () => {
  it('of a month that is not over is refused, and the draft says why', async () => {
    const words = await asks(TOWN_MANAGER, '/月报 本月');
    expect(words).toContain('2026年11月还没有过完');
    expect(buttonOf(scene.last(TOWN_MANAGER).card, '确认报送')).toBeUndefined();
    const { toast } = await scene.forges(TOWN_MANAGER, { value: encodeAction({ ...town(), action: 'report.submit' }) });
    expect(toast?.content).toBe('2026年11月还没有过完，下个月再报送。');
  });

  it('of a month without cases is one tap from the shared card', async () => {
    scene.clock.to('2026-12-10T10:00');
    await asks(OTHER_CLERK, '/月报', OTHER_TOWN);
    const { toast } = await scene.does(OTHER_CLERK, { target: OTHER_TOWN, label: '确认报送' });
    expect(toast?.content).toBe('2026年11月月报已报送');
  });

  it('fixes the figures: what comes later changes only a 更正', async () => {
    await scene.register();
    await submits();
    await scene.db.write(async ({ q, t }) => void (await q.update(t.statCounters).set({ registered: 7 })));
    expect(await asks(TOWN_MANAGER, '/月报')).toContain('**1件**<br>登记');
    const { words } = await presses(TOWN_MANAGER, '更正');
    expect(words).toContain('登记：1件 → 7件');
  });
});

describe('更正', () => {
  it('stands as a version of its own beside the first, with the difference shown; the time of the report stays', async () => {
    await submits({ practices: '每周下乡' });
    scene.clock.to('2026-12-20T09:00');
    await asks(TOWN_MANAGER, '/月报');
    await presses(TOWN_MANAGER, '更正');
    expect((await presses(TOWN_MANAGER, '确认更正', { reason: '文字有误' })).toast).toContain('没有差别，不用更正');
    await presses(TOWN_MANAGER, '先改文字');
    const saved = (await presses(TOWN_MANAGER, '保存', { practices: '每周三下乡' })).words;
    expect(saved).toContain('确认更正');
    expect(saved).toContain('主要做法：每周下乡 → 每周三下乡');
    expect((await presses(TOWN_MANAGER, '确认更正', { reason: '' })).toast).toContain('请写明更正原因');
    const { toast, words } = await presses(TOWN_MANAGER, '确认更正', { reason: '漏写了周三' });
    expect(toast).toBe('已更正，现在是第2版');
    expect(words).toContain('（第2版）');
    expect(words).toContain('包主任 12月10日 10:00 报送');
    expect((await versions()).map(({ corrects, late }) => [corrects, late])).toEqual([
      [null, false],
      [1, false],
    ]);
    await asks(BANNER_MANAGER, '/月报 巴彦托海镇');
    const all = (await presses(BANNER_MANAGER, '看各版（共2版）')).words;
    expect(all).toContain('主要做法：每周下乡 → 每周三下乡');
    expect(all).toContain('更正原因：漏写了周三');
    expect((await scene.checkLedger()).faults).toEqual([]);
  });

  it('is taken back within ten minutes, and the version before stands again', async () => {
    await submits();
    scene.clock.to('2026-12-12T09:00');
    await asks(TOWN_MANAGER, '/月报');
    await presses(TOWN_MANAGER, '更正');
    await presses(TOWN_MANAGER, '先改文字');
    await presses(TOWN_MANAGER, '保存', { plans: '培训' });
    await presses(TOWN_MANAGER, '确认更正', { reason: '补写打算' });
    const { toast, words } = await presses(TOWN_MANAGER, '撤销');
    expect(toast).toBe('2026年11月月报的更正已撤销，还是第1版');
    expect(words).toContain('包主任 12月10日 10:00 报送');
    expect((await versions()).map(({ ending }) => ending)).toEqual([null, 'undone']);
    expect((await scene.checkLedger()).faults).toEqual([]);
  });
});

it('offers 撤销 with its day, and no longer than it can be pressed', async () => {
  await submits();
  expect(await asks(TOWN_MANAGER, '/月报')).toContain('报错了？12月10日 10:10前可以撤销');
  scene.clock.to('2026-12-10T10:10');
  expect(await asks(TOWN_MANAGER, '/月报')).not.toContain('撤销');
});

it('a draft’s texts are not opened for who receives the report', async () => {
  scene.clock.to('2026-12-10T10:00');
  await asks(TOWN_MANAGER, '/月报');
  await presses(TOWN_MANAGER, '填写文字');
  await presses(TOWN_MANAGER, '保存', { practices: '每周下乡' });
  await scene.db.write(({ q, t }) => q.update(t.reportTexts).set({ wordsSealed: 'opens under no key' }));
  expect(await asks(BANNER_MANAGER, '/月报 巴彦托海镇')).toContain('2026年11月工作进展月报');
});

describe('退回修改', () => {
  const returns = (version: number, returnReason = '存在问题写具体些') =>
    scene.forges(BANNER_MANAGER, {
      value: encodeAction({ ...town(), action: 'report.return', version }),
      form: { returnReason },
    });

  it('opens the report again, tells the town why, and keeps what was sent', async () => {
    await submits({ practices: '每周下乡' });
    await asks(BANNER_MANAGER, '/月报 巴彦托海镇');
    await presses(BANNER_MANAGER, '退回修改');
    const reason = `存在问题写具体些，问${NAME}，${PHONE}`;
    const { toast } = await presses(BANNER_MANAGER, '退回修改', { returnReason: reason });
    expect(toast).toBe('已退回，镇里会收到您写的原因');
    const told = wordsOf(scene.last(TOWN).card);
    expect(told).toMatch(/旗管理 12月10日 10:\d\d 退回修改：\n存在问题写具体些/);
    expect(told).not.toContain(PHONE);
    expect(told).toContain('请改好，在12月15日前（含当日）重新报送');
    expect((await returns(1)).toast?.content).toContain('现在没有报送，不用退回');
    scene.clock.to('2026-12-18T10:00');
    expect(await asks(BANNER_MANAGER, '/月报')).toContain('巴彦托海镇\n已退回，等重新报送，已晚3天');
    expect(await asks(TOWN_MANAGER, '/月报')).toContain('每周下乡');
    expect((await presses(TOWN_MANAGER, '确认报送')).toast).toContain('记为逾期报送');
    expect((await versions()).map(({ ending, late }) => [ending, late])).toEqual([
      ['returned', false],
      [null, true],
    ]);
    expect((await returns(1)).toast?.content).toContain('刚有变化');
    expect((await scene.checkLedger()).faults).toEqual([]);
  });

  it('needs a reason, and somebody who receives the report', async () => {
    await submits();
    expect((await returns(1, '')).toast?.content).toContain('请写明退回原因');
    const value = encodeAction({ ...town(), action: 'report.return', version: 1 });
    for (const openId of [TOWN_MANAGER, CLERK, OTHER_CLERK, CIVIL_MANAGER]) {
      const { toast } = await scene.forges(openId, { value, form: { returnReason: '不想要' } });
      expect(toast?.content).toBe('各镇的月报由旗里的管理员看、退回和催报，请联系他们。');
    }
    expect((await versions()).map(({ ending }) => ending)).toEqual([null]);
  });
});

describe('催报', () => {
  const urges = async (openId = BANNER_MANAGER) => {
    const answer = await scene.forges(openId, { value: encodeAction({ action: 'report.urge', month }), chat: BANNER });
    await scene.settle();
    return answer.toast?.content ?? '';
  };

  it('brings the card to every town that is missing, once a day, and names those it cannot reach', async () => {
    await submits();
    const toTown = scene.cards(TOWN, '确认报送').length;
    const told = await urges();
    expect(told).toMatch(/^已催报1个单位；锡尼河西苏木/);
    expect(scene.cards(OTHER_TOWN, '确认报送')).toHaveLength(1);
    expect(scene.cards(TOWN, '确认报送')).toHaveLength(toTown);
    expect(await urges()).toContain('今天已经催过了');
    expect(scene.cards(OTHER_TOWN, '确认报送')).toHaveLength(1);
    scene.clock.to('2026-12-11T10:00');
    expect(await urges()).toContain('已催报1个单位');
    expect((await scene.entries()).filter(({ kind }) => kind === 'urgeReports')).toHaveLength(2);
  });

  it('is not for a town, nor for a month that is not over', async () => {
    expect(await urges()).toContain('还没有过完');
    scene.clock.to('2026-12-10T10:00');
    expect(await urges(TOWN_MANAGER)).toContain('由旗里的管理员看、退回和催报');
  });
});

describe('the Excel of a month', () => {
  it('lists every town with what it submitted, and the corrections', async () => {
    await scene.register();
    await submits({ practices: '=1+1' });
    await asks(BANNER_MANAGER, '/月报');
    expect((await presses(BANNER_MANAGER, '要 Excel')).toast).toContain('私信给您');
    const file = scene.files.at(-1);
    if (!file) throw new Error('no file came');
    expect([file.target, file.name]).toEqual([BANNER_MANAGER, '月报_2026年11月.xlsx']);
    const { sheets } = await readXlsx(file.content, { readStyles: true });
    const [reports, staff, texts, groups] = sheets.map(({ rows }) => rows.map((row) => row.map((cell) => cell)));
    const header = reports?.find((row) => row.includes('苏木乡镇')) ?? [];
    const own = reports?.find((row) => row[0] === '巴彦托海镇') ?? [];
    const of = (name: string) => own[header.indexOf(name)];
    expect([of('状态'), of('报送人'), of('晚几天'), of('登记')]).toEqual(['已报送', '包主任', 0, 1]);
    const ownOf = (rows: typeof reports) => rows?.find((row) => row[0] === '巴彦托海镇') ?? [];
    expect(ownOf(texts)[1]).toBe('=1+1');
    expect(ownOf(staff).slice(1, 5)).toEqual([5, 0, 3, '安门社区、瑟宾社区']);
    expect(reports?.filter((row) => row[1] === '未报送')).toHaveLength(9);
    expect(groups?.some((row) => row[0] === '巴彦托海镇' && row[2] === '民政部门' && row[3] === 1)).toBe(true);
  });
});
