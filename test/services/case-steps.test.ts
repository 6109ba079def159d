import { eq } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { localDay } from '../../src/domain/calendar.ts';
import { appendLedger } from '../../src/services/ledger/append.ts';
import { buttonOf, wordsOf, ZONE } from '../support/office.ts';
import {
  ADA,
  ADMIN,
  BAI,
  BANNER_MANAGER,
  CIVIL,
  CIVIL_CLERK,
  CLERK,
  ID_NUMBER,
  NAME,
  OTHER_CLERK,
  openScene,
  PHONE,
  type Scene,
  SECOND,
  TOWN,
  TOWN_MANAGER,
  VILLAGE,
} from '../support/scene.ts';

let scene: Scene;

beforeEach(async () => {
  // A Monday; from Wednesday on the National Day holiday, and Saturday the 11th is a working day.
  scene = await openScene({ now: '2025-09-29T10:00' });
});

afterEach(async () => {
  await scene.close();
});

const accept = () => scene.does(CLERK, { target: TOWN, label: '接收' });
const giveBack = (form: Record<string, string> = { note: '材料不全', materials: '户口本\n身份证复印件' }) =>
  scene.does(CLERK, { target: TOWN, label: '退回补正', form });
const forward = () => scene.does(ADA, { target: VILLAGE, label: '重新转送', form: { note: '补齐了' } });
const complete = (form: Record<string, string> = { outcome: 'granted' }) =>
  scene.does(CLERK, { target: TOWN, label: '办结', form });
const deliver = (openId = ADA) =>
  scene.does(openId, { target: VILLAGE, label: '确认送达', form: { deliveryWay: 'pickup' } });
const rate = (rating: string, openId = ADA) =>
  scene.does(openId, { target: VILLAGE, label: '回访评价', form: { rating, comment: '群众的话' } });
const dueDay = (dueAt: number | null) => dueAt && localDay(dueAt, ZONE);
const countersOf = async (unit: string) => {
  const rows = await scene.db.read(async ({ q, t }) => q.select().from(t.statCounters));
  const wanted = rows.filter(
    (row) => row.unitId === scene.unitId(unit) && row.dimension === 'all' && row.period.startsWith('m'),
  );
  const sum = (pick: (row: (typeof rows)[number]) => number) => wanted.reduce((total, row) => total + pick(row), 0);
  return {
    registered: sum((row) => row.registered),
    returned: sum((row) => row.returned),
    returnedAgain: sum((row) => row.returnedAgain),
    accepted: sum((row) => row.accepted),
    withdrawn: sum((row) => row.withdrawn),
    completed: sum((row) => row.completed),
    onTime: sum((row) => row.completedOnTime),
    rated: sum((row) => row.rated1 + row.rated2 + row.rated3 + row.rated4 + row.rated5),
    satisfied: sum((row) => row.rated4 + row.rated5),
  };
};

describe('time', () => {
  it('is promised in Chinese working days, and stands still while the case is returned', async () => {
    const { id, ...registered } = await scene.register();
    expect(dueDay(registered.dueAt)).toBe('2025-10-13');
    expect(dueDay(registered.acceptBy)).toBe('2025-09-30');
    scene.clock.to('2025-09-30T16:00');
    await giveBack();
    expect(await scene.record(id)).toMatchObject({ state: 'returned', dueAt: null, acceptBy: null, remainingDays: 4 });
    expect(wordsOf(scene.last(VILLAGE).card)).toContain('暂停计时，还剩4个工作日');
    scene.clock.to('2025-10-20T09:00');
    await forward();
    const resumed = await scene.record(id);
    expect(dueDay(resumed.dueAt)).toBe('2025-10-24');
    expect(dueDay(resumed.acceptBy)).toBe('2025-10-21');
    expect(resumed.remainingDays).toBeNull();
  });

  it('stays what was promised when the case is passed up', async () => {
    const { id, dueAt } = await scene.register();
    await accept();
    scene.clock.to('2025-10-09T09:00');
    await scene.does(CLERK, { target: TOWN, label: '转上级', form: { note: '超出权限' } });
    const passed = await scene.record(id);
    expect(passed).toMatchObject({
      state: 'forwarded',
      dueAt,
      handlerId: null,
      holderUnitId: scene.unitId('民政部门'),
    });
    expect(dueDay(passed.acceptBy)).toBe('2025-10-10');
  });

  it.each([
    ['2025-10-13T23:59:59', true],
    ['2025-10-14T00:00:00', false],
  ])('completed at %s is on time: %s', async (moment, onTime) => {
    const { id } = await scene.register();
    await accept();
    scene.clock.to(moment);
    await scene.clicks(CLERK, { target: TOWN, label: '办结' });
    expect((await scene.record(id)).completedOnTime).toBe(onTime);
    expect(await countersOf('巴彦托海镇')).toMatchObject({ completed: 1, onTime: onTime ? 1 : 0 });
  });

  it('to acceptance counts once, however often the case is passed on', async () => {
    await scene.register();
    await accept();
    await giveBack();
    await forward();
    await accept();
    expect(await countersOf('安达社区')).toMatchObject({ registered: 1, accepted: 1, returned: 1, returnedAgain: 0 });
  });
});

describe('退回补正', () => {
  it('tells the village everything that is missing', async () => {
    await scene.register();
    await giveBack();
    const words = wordsOf(scene.last(VILLAGE).card);
    for (const text of ['材料不全', '户口本', '身份证复印件', '待补正']) expect(words).toContain(text);
  });

  it('counts a second return of the same case', async () => {
    const { id } = await scene.register();
    await giveBack();
    await forward();
    await giveBack({ note: '缺户口本', whyNotBefore: '户口本当时过期没看出来' });
    expect((await scene.record(id)).returnCount).toBe(2);
    for (const unit of ['安达社区', '巴彦托海镇', '鄂温克族自治旗']) {
      expect(await countersOf(unit)).toMatchObject({ returned: 2, returnedAgain: 1 });
    }
  });

  it('needs either a reason or the materials', async () => {
    await scene.register();
    expect((await giveBack({ materials: '户口本' })).toast?.type).toBe('success');
  });
});

describe('办结 to 归档', () => {
  it('refused is an outcome as well, with its reason on the village’s card', async () => {
    await scene.register();
    await accept();
    await complete({ outcome: 'refused', note: '收入超过标准', advice: '申请临时救助', externalNumber: 'YC-2025-7' });
    const words = wordsOf(scene.last(VILLAGE).card);
    expect(words).toContain('不予办理：收入超过标准');
    expect(words).toContain('下一步可以：申请临时救助');
    expect(words).toContain('YC-2025-7');
    expect((await deliver()).toast?.type).toBe('success');
    expect((await rate('5')).toast?.content).toContain('已归档');
  });

  it('archives a good rating at once', async () => {
    const { id } = await scene.register();
    await accept();
    await complete();
    await deliver();
    expect((await rate('3')).toast?.content).toContain('基本满意，已归档');
    expect((await scene.entries(id)).map((entry) => entry.kind)).toEqual([
      'register',
      'forward',
      'accept',
      'complete',
      'deliver',
      'followUp',
      'archive',
    ]);
    expect(await countersOf('安达社区')).toMatchObject({ rated: 1, satisfied: 0 });
  });

  it('keeps a bad rating open until a manager has put it right', async () => {
    const { id } = await scene.register();
    await accept();
    await complete();
    await deliver();
    expect((await rate('2')).toast?.content).toContain('请管理员填写整改情况');
    expect((await scene.record(id)).state).toBe('followedUp');
    const value = buttonOf(scene.last(TOWN).card, '整改');
    expect(value).toBeDefined();
    expect((await scene.forges(CLERK, { value, form: { note: '改了' } })).toast?.content).toContain(
      '要由巴彦托海镇的管理员包主任来办',
    );
    const done = await scene.forges(TOWN_MANAGER, { value, form: { note: '已上门道歉' } });
    expect(done.toast?.content).toContain('整改已记录，已归档');
    expect(await scene.record(id)).toMatchObject({ state: 'archived', rating: 2 });
    await scene.settle();
    expect(wordsOf(scene.last(VILLAGE).card)).toContain('已上门道歉');
  });

  it('may be delivered and followed up by a colleague of the registering unit, not by somebody of another', async () => {
    await scene.register();
    await accept();
    await complete();
    expect((await deliver(OTHER_CLERK)).toast?.content).toContain('登记的代办员阿达');
    expect((await deliver(BAI)).toast?.type).toBe('success');
    expect((await rate('5', BAI)).toast?.type).toBe('success');
  });
});

describe('撤回', () => {
  it('ends the case, with its reason', async () => {
    const { id } = await scene.register();
    await scene.does(ADA, { target: VILLAGE, label: '撤回', form: { note: '群众自己去办了' } });
    expect(await scene.record(id)).toMatchObject({ state: 'withdrawn', dueAt: null, acceptBy: null });
    expect(wordsOf(scene.last(TOWN).card)).toContain('群众自己去办了');
    expect(buttonOf(scene.last(TOWN).card, '接收')).toBeUndefined();
    expect(await countersOf('安达社区')).toMatchObject({ withdrawn: 1, completed: 0 });
  });

  it('is possible while returned', async () => {
    const { id } = await scene.register();
    await giveBack();
    await scene.does(ADA, { target: VILLAGE, label: '撤回', form: { note: '材料补不齐' } });
    expect((await scene.record(id)).state).toBe('withdrawn');
  });
});

describe('催办', () => {
  it('once a working day, and brings the holder’s card to the bottom', async () => {
    const { caseNumber } = await scene.register();
    const before = scene.last(TOWN);
    expect((await scene.does(ADA, { target: VILLAGE, label: '催办' })).toast?.type).toBe('success');
    const after = scene.last(TOWN);
    expect(after.messageId).not.toBe(before.messageId);
    expect(wordsOf(after.card)).toContain('9月29日催办过');
    expect(wordsOf(before.card)).toContain('有新卡片');
    expect(buttonOf(before.card, '接收')).toBeUndefined();
    expect(scene.cards(VILLAGE, caseNumber)).toHaveLength(1);
    scene.clock.to('2025-09-30T08:00');
    const again = await scene.does(TOWN_MANAGER, { target: VILLAGE, label: '催办' });
    expect(again.toast?.type).toBe('success');
  });
});

describe('when the registering agent has left', () => {
  it('a colleague of the unit may withdraw, somebody else may not', async () => {
    const { id } = await scene.register();
    const value = buttonOf(scene.last(VILLAGE).card, '撤回');
    const form = { note: '不办了' };
    expect((await scene.forges(BAI, { value, form })).toast?.content).toContain('登记的代办员阿达');
    expect(wordsOf(scene.last(VILLAGE).card)).toContain('催办、撤回由登记的代办员阿达操作');
    await scene.db.write(async ({ q, t }) =>
      q.update(t.agents).set({ status: 'left' }).where(eq(t.agents.openId, ADA)),
    );
    expect((await scene.forges(OTHER_CLERK, { value, form })).toast?.type).toBe('warning');
    expect((await scene.forges(BAI, { value, form })).toast?.type).toBe('success');
    expect((await scene.record(id)).state).toBe('withdrawn');
  });
});

describe('a colleague of the registering agent', () => {
  it('forwards again, and is offered on a private card only what the right allows', async () => {
    const { id, caseNumber } = await scene.register();
    await scene.says(BAI, `/查 ${caseNumber}`);
    await scene.settle();
    expect(buttonOf(scene.last(BAI).card, '撤回')).toBeUndefined();
    await giveBack();
    expect((await scene.does(BAI, { target: BAI, label: '重新转送' })).toast?.type).toBe('success');
    expect((await scene.record(id)).state).toBe('forwarded');
  });
});

describe('查看申请人', () => {
  it('sends the full data privately to somebody who handles the case, and the ledger knows', async () => {
    const { id } = await scene.register({ idNumber: ID_NUMBER });
    for (const openId of [ADA, BAI, CLERK, SECOND]) {
      const answer = await scene.does(openId, { target: TOWN, label: '查看申请人' });
      expect(answer).toEqual({ toast: { type: 'success', content: '已私信发给您，这次查看记入台账' } });
      for (const text of [NAME, PHONE, ID_NUMBER]) expect(wordsOf(scene.last(openId).card)).toContain(text);
    }
    const looks = (await scene.entries(id)).filter((entry) => entry.kind === 'reveal');
    expect(looks).toHaveLength(4);
    expect(JSON.stringify(looks)).not.toContain(NAME);
    for (const message of scene.posted.filter((one) => one.target.startsWith('oc_'))) {
      expect(JSON.stringify(message.card)).not.toContain(PHONE);
    }
  });

  it.each([OTHER_CLERK, CIVIL_CLERK, BANNER_MANAGER, TOWN_MANAGER])('for %s', async (openId) => {
    await scene.register();
    const untouched = await scene.dump();
    const value = buttonOf(scene.last(TOWN).card, '查看申请人');
    const answer = await scene.forges(openId, { value });
    // The town's manager belongs to the holder; the others do not handle the case.
    if (openId === TOWN_MANAGER) return expect(answer.toast?.type).toBe('success');
    expect(answer.toast?.content).toBe('只有经手这件代办的人能看群众的完整信息。');
    expect(await scene.dump()).toBe(untouched);
  });

  it('by a former holder is over once the case has been passed up', async () => {
    await scene.register();
    await accept();
    const value = buttonOf(scene.last(TOWN).card, '查看申请人');
    await scene.does(CLERK, { target: TOWN, label: '转上级' });
    expect((await scene.forges(CLERK, { value })).toast?.type).toBe('warning');
    expect((await scene.does(CIVIL_CLERK, { target: CIVIL, label: '查看申请人' })).toast?.type).toBe('success');
  });
});

describe('an erased applicant', () => {
  it('leaves a case that still renders and goes on, and chains that still verify', async () => {
    const record = await scene.register({ idNumber: ID_NUMBER, remarks: '秘密' });
    await giveBack({ note: '缺材料' });
    await scene.db.write(async ({ q, t }) =>
      q.update(t.applicants).set({ wrappedKey: null }).where(eq(t.applicants.id, record.applicantId)),
    );
    await scene.asProgram((ctx) =>
      appendLedger(ctx, { townId: record.townId, caseId: record.id, kind: 'erase', payload: {} }),
    );
    expect((await scene.does(ADA, { target: VILLAGE, label: '重新转送', form: {} })).toast?.type).toBe('success');
    await accept();
    expect((await complete({ outcome: 'granted' })).toast?.type).toBe('success');
    const words = wordsOf(scene.last(VILLAGE).card);
    expect(words).toContain('（已删除）');
    expect(words).not.toContain('张**');
    expect(words).not.toContain('缺材料');
    await scene.says(CLERK, `/查 ${record.caseNumber}`);
    await scene.says(ADA, '/待办');
    await scene.settle();
    expect(wordsOf(scene.last(CLERK).card)).toContain(record.caseNumber);
    expect(wordsOf(scene.last(ADA).card)).toContain('（已删除）');
    const reveal = await scene.clicks(ADA, { target: VILLAGE, label: '查看申请人' });
    expect(reveal.toast?.content).toBe('这位群众的个人信息已按规定删除，看不到了。');
    expect((await scene.checkLedger()).faults).toEqual([]);
  });
});

describe('what people write about a case', () => {
  it.each([
    [`${NAME}没带户口本`, NAME],
    [`电话${PHONE}打不通`, PHONE],
    ['电话138 1234 1234打不通', '138 1234 1234'],
    ['电话 138-1234-1234 打不通', '138-1234-1234'],
    ['电话１３８１２３４１２３４打不通', '１３８１２３４１２３４'],
    ['电话+8613812341234打不通', PHONE],
    ['张\u200b三\u200b丰没带', NAME],
    [`身份证${ID_NUMBER}过期`, ID_NUMBER],
    ['身份证 990101 19900101 0019 过期', '990101 19900101 0019'],
    ['他女儿15912345678', '15912345678'],
  ])('shows nobody in full in a group: %s', async (note, secret) => {
    await scene.register({ idNumber: ID_NUMBER });
    await giveBack({ note, materials: note });
    for (const target of [VILLAGE, TOWN]) {
      const words = wordsOf(scene.last(target).card);
      expect(words).toContain('材料');
      expect(words).not.toContain(secret);
    }
  });

  it('stays readable otherwise', async () => {
    await scene.register();
    const note = '请带 2025-09-01 至 2025-09-30 的流水，共 12000 元，同 25-01-00009 一起';
    await giveBack({ note });
    expect(wordsOf(scene.last(VILLAGE).card)).toContain(note);
  });
});

describe('the 一窗受理号', () => {
  it('stays as it was typed, though the form shows it with the applicant hidden', async () => {
    const { id } = await scene.register({ applicantName: 'Ganbold Batbayar' });
    const externalNumber = 'YC-GANBOLD-BATBAYAR-07';
    await scene.does(CLERK, { target: TOWN, label: '接收', form: { externalNumber } });
    await scene.does(CLERK, { target: TOWN, label: '转上级', form: { externalNumber: 'YC-G***-07' } });
    expect(await scene.record(id)).toMatchObject({ externalNumber });
    await scene.does(CIVIL_CLERK, { target: CIVIL, label: '接收', form: { externalNumber: '' } });
    await scene.does(CIVIL_CLERK, { target: CIVIL, label: '办结', form: { externalNumber: 'YC-G***-07' } });
    expect(await scene.record(id)).toMatchObject({ externalNumber });
  });

  it('is put right by typing another', async () => {
    const { id } = await scene.register();
    await scene.does(CLERK, { target: TOWN, label: '接收', form: { externalNumber: 'YC-2025-7' } });
    await complete({ outcome: 'granted', externalNumber: 'YC-2025-8' });
    expect(await scene.record(id)).toMatchObject({ externalNumber: 'YC-2025-8' });
  });
});

describe('a holder nobody can reach', () => {
  it('is reported to the administrators', async () => {
    const residence = String(scene.unitId('伊兰嘎查'));
    const { caseNumber } = await scene.register({ residence }, { openId: BANNER_MANAGER, chat: undefined });
    expect(wordsOf(scene.last(ADMIN).card)).toContain(`${caseNumber} 已转到巴彦塔拉乡便民服务中心，但它没有绑定群`);
  });
});
