import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { encodeAction } from '../../cards/action-values.ts';
import { agentReads, agentWrites } from '../../db/repositories/agent.ts';
import { caseReads } from '../../db/repositories/case.ts';
import { unitWrites } from '../../db/repositories/unit.ts';
import { buttonOf, wordsOf } from '../support/office.ts';
import {
  ADA,
  ADMIN,
  BAI,
  BANNER_MANAGER,
  CIVIL_CLERK,
  CLERK,
  NAME,
  OTHER_CLERK,
  openScene,
  type Scene,
  SECOND,
  STRANGER,
  TOWN,
  TOWN_MANAGER,
  VILLAGE,
} from '../support/scene.ts';

let scene: Scene;

beforeEach(async () => {
  scene = await openScene();
});

afterEach(() => scene.close());

const says = async (openId: string, line: string, chat?: string) => {
  await scene.says(openId, line, chat);
  await scene.settle();
  return wordsOf(scene.last(chat ?? openId).card);
};
const presses = async (openId: string, label: string) =>
  (await scene.does(openId, { target: openId, label })).toast?.content;
const agentOf = async (openId: string) => {
  const found = await scene.db.read((tx) => agentReads.byOpenId(tx, openId));
  if (!found) throw new Error(`nobody is ${openId}`);
  return found;
};
const wordsTo = (openId: string) =>
  scene.posted
    .filter(({ target }) => target === openId)
    .map(({ card }) => wordsOf(card))
    .join('\n');
/** Nothing but what the ledger tells stands in the rows of staff and units. */
const expectTrueLedger = async () => expect((await scene.checkLedger()).faults).toEqual([]);
/** The payloads of the ledger's entries of a kind. */
const noted = async (kind: string) =>
  (await scene.entries()).filter((entry) => entry.kind === kind).map(({ payload }) => JSON.parse(payload));

describe('/停用', () => {
  it('asks first, with what the person leaves and who goes on with it', async () => {
    await scene.register();
    const asked = await says(TOWN_MANAGER, '/停用 阿达');
    for (const words of [
      '停用这位同事？',
      '安达社区',
      '还有1件没办完',
      '26-01-00001',
      '待接收',
      '由安达社区的白音接着办',
    ])
      expect(asked).toContain(words);
    expect(asked).not.toContain('张*');
    expect(await agentOf(ADA)).toMatchObject({ status: 'active' });
    expect(await presses(TOWN_MANAGER, '不停用')).toBe('没有改动');
    expect(await agentOf(ADA)).toMatchObject({ status: 'active' });
  });

  it('ends the person’s work, in the ledger, and tells them and their manager', async () => {
    const { id: agentId, unitId } = await agentOf(ADA);
    await says(ADMIN, '/停用 阿达');
    expect(await presses(ADMIN, '确认停用')).toBe('阿达已停用');
    expect(wordsTo(ADMIN)).toContain('请把阿达移出安达社区的群');
    expect(await agentOf(ADA)).toMatchObject({ status: 'left', unitId });
    expect(await noted('deactivateAgent')).toEqual([{ agentId, openId: ADA, unitId, role: 'agent', status: 'left' }]);
    expect(wordsTo(ADA)).toContain('您不再是安达社区的代办员');
    expect(wordsTo(TOWN_MANAGER)).toContain('阿达（代办员）已停用，操作人：');
    expect(wordsTo(BANNER_MANAGER)).not.toContain('阿达');
    expect((await scene.checkLedger()).faults).toEqual([]);
    expect(await says(ADA, '/待办')).toContain('申请成为代办员');
  });

  it('lets colleagues go on with what the person registered', async () => {
    const { id } = await scene.register();
    await scene.does(CLERK, { target: TOWN, label: '退回补正', form: { note: '缺户口本' } });
    await says(TOWN_MANAGER, '/停用 阿达');
    await presses(TOWN_MANAGER, '确认停用');
    const refused = await scene.does(ADA, { target: VILLAGE, label: '重新转送' });
    expect(refused.toast?.content).toContain('您还没有登记为代办员');
    const done = await scene.does(BAI, { target: VILLAGE, label: '重新转送' });
    expect(done.toast?.content).toContain('已重新转送');
    expect(await scene.record(id)).toMatchObject({ state: 'forwarded' });
  });

  it('sends the person nothing more: no card, no reminder, nothing that was on its way', async () => {
    await scene.db.write((tx) => unitWrites.setChat(tx, { unitId: scene.unitId('巴彦托海镇'), chatId: null }));
    await scene.register();
    const [card] = scene.cards(CLERK, '26-01-00001');
    expect(card).toBeDefined();
    await scene.clicks(CLERK, { target: CLERK, label: '查看申请人' });
    const value = encodeAction({
      action: 'agent.change',
      agentId: (await agentOf(CLERK)).id,
      seen: { unitId: scene.unitId('巴彦托海镇'), role: 'agent' },
      change: { kind: 'deactivate' },
    });
    const before = scene.posted.filter(({ target }) => target === CLERK).length;
    await scene.forges(ADMIN, { value });
    await scene.settle();
    const after = scene.posted.filter(({ target }) => target === CLERK).slice(before);
    expect(after.map(({ card: posted }) => wordsOf(posted)).join()).toMatch(/^您已停用/);
    expect(after).toHaveLength(1);
    expect(wordsOf(card?.card)).toContain('这张卡片停止更新了');
    const updates = card?.updates;
    await scene.does(SECOND, { target: SECOND, label: '接收' });
    await scene.does(SECOND, { target: SECOND, label: '办结', form: { outcome: 'granted', note: '每月680元' } });
    scene.clock.to('2026-12-20T09:30');
    await scene.does(ADA, { target: VILLAGE, label: '确认送达', form: { deliveryWay: 'doorstep' } });
    expect(scene.posted.filter(({ target }) => target === CLERK)).toHaveLength(before + 1);
    expect(card?.updates).toBe(updates);
    expect(wordsTo(CLERK)).not.toContain(NAME);
    expect(wordsTo(CLERK)).not.toContain('680');
  });

  it('holds for who was taken off the staff in the database, too', async () => {
    await scene.db.write((tx) => unitWrites.setChat(tx, { unitId: scene.unitId('巴彦托海镇'), chatId: null }));
    await scene.register();
    const [card] = scene.cards(CLERK, '26-01-00001');
    const { id } = await agentOf(CLERK);
    await scene.db.write((tx) => agentWrites.update(tx, { id, set: { status: 'left' } }));
    await scene.does(SECOND, { target: SECOND, label: '接收' });
    expect(wordsOf(card?.card)).toContain('这张卡片停止更新了');
    const updates = card?.updates;
    await scene.does(SECOND, { target: SECOND, label: '办结', form: { outcome: 'granted' } });
    expect(card?.updates).toBe(updates);
  });

  it('takes the applications, too, that were theirs to decide', async () => {
    await says(STRANGER, '/登记');
    const form = {
      name: '新来的',
      phone: '13900001111',
      unit: String(scene.unitId('安达社区')),
      employment: 'partTime',
    };
    await scene.does(STRANGER, { target: STRANGER, label: '提交申请', form });
    const card = scene.last(TOWN_MANAGER);
    expect(wordsOf(card.card)).toContain('13900001111');
    const { id } = await agentOf(TOWN_MANAGER);
    await scene.db.write((tx) => agentWrites.update(tx, { id, set: { status: 'left' } }));
    await scene.does(ADMIN, { target: ADMIN, label: '不通过', form: { reason: '人员已定' } });
    expect(wordsOf(card.card)).toContain('这张卡片停止更新了');
    expect(wordsOf(card.card)).not.toContain('13900001111');
  });

  it('is no end: the person may apply again, even elsewhere', async () => {
    await says(ADMIN, '/停用 阿达');
    await presses(ADMIN, '确认停用');
    await says(ADA, '/登记');
    const form = { name: '阿达', phone: '13900001111', unit: String(scene.unitId('大雁镇')), employment: 'partTime' };
    await scene.does(ADA, { target: ADA, label: '提交申请', form });
    await scene.does(ADMIN, { target: ADMIN, label: '通过', form: { role: 'agent' } });
    expect(await agentOf(ADA)).toMatchObject({ status: 'active', unitId: scene.unitId('大雁镇'), role: 'agent' });
    expect(await says(ADA, '/登记')).toContain('帮办代办登记');
    await expectTrueLedger();
  });

  it('says so when nobody is left in the unit', async () => {
    expect(await says(ADMIN, '/停用 大雁员')).toContain('大雁镇没有别的代办员了');
    await presses(ADMIN, '确认停用');
    expect(wordsTo(BANNER_MANAGER)).toContain('大雁镇没有别的代办员了，请尽快安排人');
  });

  it.each(['阿 达', ' 阿达 ', '阿·达'])('finds the person by %j', async (name) => {
    expect(await says(ADMIN, `/停用 ${name}`)).toContain('停用这位同事？');
  });

  it('lets one choose among namesakes', async () => {
    await scene.hire({ openId: 'ou_ada2', name: '阿达', unit: '大雁镇' });
    const asked = await says(ADMIN, '/停用 阿达');
    expect(asked).toContain('叫这个名字的有2位');
    expect(asked).toContain('大雁镇');
    // The first of the list is who has been here longer.
    await presses(ADMIN, '选这位');
    await presses(ADMIN, '确认停用');
    expect(await agentOf(ADA)).toMatchObject({ status: 'left' });
    expect(await agentOf('ou_ada2')).toMatchObject({ status: 'active' });
    // A manager of one town is asked about nobody of another.
    await scene.hire({ openId: 'ou_ada3', name: '阿达', unit: '安达社区' });
    expect(await says(TOWN_MANAGER, '/停用 阿达')).toContain('停用这位同事？');
  });

  it('is done in private, wherever it was asked for', async () => {
    const group = await says(TOWN_MANAGER, '/停用 阿达', TOWN);
    expect(group).toContain('人员调整只在私信里办');
    expect(group).not.toContain('阿达');
    expect(wordsOf(scene.last(TOWN_MANAGER).card)).toContain('停用这位同事？');
  });

  it.each([
    [TOWN_MANAGER, '/停用', '请写上姓名'],
    [TOWN_MANAGER, '/停用 没这个人', '没有这个姓名'],
    [TOWN_MANAGER, '/停用 大雁员', '没有这个姓名'],
    [TOWN_MANAGER, '/停用 王方', '没有这个姓名，是不是“王芳”'],
    [TOWN_MANAGER, '/角色 李墙 管理员', '是不是“李强”'],
    [TOWN_MANAGER, '/调动 大燕员 安达社区', '没有这个姓名，请核对'],
    [TOWN_MANAGER, '/停用 旗管理', '没有这个姓名'],
    [TOWN_MANAGER, '/停用 包主任', '不能改自己的'],
    [ADMIN, '/停用 管理员', '不能改自己的'],
    [CLERK, '/停用 李强', '要管理员才能用'],
  ])('by %s: %s is refused', async (openId, line, words) => {
    expect(await says(openId, line)).toContain(words);
  });

  it('is refused to who forges the button, and twice', async () => {
    const ada = await agentOf(ADA);
    const seen = { unitId: ada.unitId, role: ada.role };
    const of = { action: 'agent.change', agentId: ada.id, seen, change: { kind: 'deactivate' } } as const;
    for (const openId of [BAI, OTHER_CLERK, CIVIL_CLERK, ADA]) {
      const refused = await scene.forges(openId, { value: encodeAction(of) });
      expect(refused.toast?.type).toBe('warning');
    }
    expect((await scene.forges(STRANGER, { value: encodeAction(of) })).toast?.content).toContain('您还没有登记');
    expect(await agentOf(ADA)).toMatchObject({ status: 'active' });
    const stale = { ...of, seen: { ...seen, role: 'manager' as const } };
    expect((await scene.forges(ADMIN, { value: encodeAction(stale) })).toast?.content).toContain('情况已经变了');
    expect((await scene.forges(ADMIN, { value: encodeAction(of) })).toast?.content).toBe('阿达已停用');
    expect((await scene.forges(ADMIN, { value: encodeAction(of) })).toast?.content).toContain('情况已经变了');
    expect(await noted('deactivateAgent')).toHaveLength(1);
  });
});

describe('the last administrator', () => {
  it('cannot be deactivated or made less by anybody', async () => {
    await scene.hire({ openId: 'ou_admin2', name: '系统乙', unit: '大雁镇', role: 'admin' });
    expect(await says(ADMIN, '/停用 系统乙')).toContain('停用这位同事？');
    const admin = await agentOf(ADMIN);
    const second = await agentOf('ou_admin2');
    const of = (agent: typeof admin) =>
      encodeAction({
        action: 'agent.change',
        agentId: agent.id,
        seen: { unitId: agent.unitId, role: 'admin' },
        change: { kind: 'deactivate' },
      });
    expect((await scene.forges(ADMIN, { value: of(second) })).toast?.content).toBe('系统乙已停用');
    expect((await scene.forges('ou_admin2', { value: of(admin) })).toast?.content).toContain('您还没有登记');
    expect(await agentOf(ADMIN)).toMatchObject({ status: 'active', role: 'admin' });
  });

  it('remains when two put each other out at the same moment', async () => {
    await scene.hire({ openId: 'ou_admin2', name: '系统乙', unit: '大雁镇', role: 'admin' });
    const of = async (openId: string) => {
      const agent = await agentOf(openId);
      const change = { kind: 'role', role: 'agent' } as const;
      const seen = { unitId: agent.unitId, role: 'admin' as const };
      return encodeAction({ action: 'agent.change', agentId: agent.id, seen, change });
    };
    const [first, second] = [await of('ou_admin2'), await of(ADMIN)];
    await Promise.all([scene.forges(ADMIN, { value: first }), scene.forges('ou_admin2', { value: second })]);
    expect(await scene.db.read((tx) => agentReads.activeAdmins(tx))).toHaveLength(1);
  });
});

describe('/调动', () => {
  it('moves the person, whose cases stay where they are', async () => {
    await scene.register();
    const { id: agentId } = await agentOf(ADA);
    const asked = await says(ADMIN, '/调动 阿达 大雁镇');
    for (const words of ['调动这位同事？', '安达社区', '大雁镇', '26-01-00001', '白音接着办'])
      expect(asked).toContain(words);
    expect(await presses(ADMIN, '确认调动')).toBe('阿达已调动');
    const unitId = scene.unitId('大雁镇');
    expect(await agentOf(ADA)).toMatchObject({ unitId, role: 'agent', status: 'active' });
    expect(await noted('moveAgent')).toEqual([{ agentId, openId: ADA, unitId, role: 'agent', status: 'active' }]);
    expect((await scene.checkLedger()).faults).toEqual([]);
    expect(wordsTo(ADA)).toContain('您现在是大雁镇的代办员');
    expect(wordsTo(TOWN_MANAGER)).toContain('阿达（代办员）已从安达社区调到大雁镇');
    expect(wordsTo(BANNER_MANAGER)).toContain('阿达（代办员）已从安达社区调到大雁镇');
    expect(await says(ADA, '/查 26-01-00001')).toContain('没有找到这个代办件');
    const refused = await scene.does(ADA, { target: VILLAGE, label: '撤回', form: { note: '不办了' } });
    expect(refused.toast?.content).toContain('要由安达社区的代办员来办');
    const done = await scene.does(BAI, { target: VILLAGE, label: '撤回', form: { note: '不办了' } });
    expect(done.toast?.type).toBe('success');
    expect(await scene.db.read((tx) => caseReads.waitingFor(tx, { unitId, limit: 9 }))).toEqual([]);
    await expectTrueLedger();
  });

  it('by a manager: only within what they manage', async () => {
    expect(await says(TOWN_MANAGER, '/调动 阿达 巴彦托海镇')).toContain('调动这位同事？');
    expect(await says(TOWN_MANAGER, '/调动 阿达 大雁镇')).toContain('只能调到您管的单位');
    expect(await says(BANNER_MANAGER, '/调动 阿达 大雁镇')).toContain('调动这位同事？');
  });

  it.each([
    ['/调动', '请写上姓名'],
    ['/调动 阿达', '请写上姓名'],
    ['/调动 阿达 月球', '没有找到'],
    ['/调动 阿达 安达社区', '本来就是这样'],
  ])('%s is refused', async (line, words) => {
    expect(await says(ADMIN, line)).toContain(words);
  });
});

describe('/角色', () => {
  it('gives another role, which the help follows', async () => {
    expect(await says(ADMIN, '/角色 王芳 管理员')).toContain('改这位同事的身份？');
    expect(await presses(ADMIN, '确认修改')).toBe('王芳身份已修改');
    expect(await agentOf(CLERK)).toMatchObject({ role: 'manager' });
    expect(await noted('changeRole')).toMatchObject([{ role: 'manager', status: 'active' }]);
    expect(wordsTo(CLERK)).toContain('您现在是巴彦托海镇的管理员');
    expect(wordsTo(TOWN_MANAGER)).toContain('王芳的身份改为管理员');
    expect(await says(CLERK, '/帮助')).toContain('停用 姓名');
    await expectTrueLedger();
  });

  it('takes a role, and with it what followed in the private chat', async () => {
    await scene.register();
    await says(TOWN_MANAGER, '/查 26-01-00001');
    const [card] = scene.cards(TOWN_MANAGER, '26-01-00001');
    await says(BANNER_MANAGER, '/角色 包主任 代办员');
    expect(await presses(BANNER_MANAGER, '确认修改')).toBe('包主任身份已修改');
    expect(wordsOf(card?.card)).toContain('这张卡片停止更新了');
    expect(await says(TOWN_MANAGER, '/统计')).toContain('要管理员才能用');
  });

  it.each([
    [TOWN_MANAGER, '/角色 王芳 管理员', '您不能授予“管理员”'],
    [BANNER_MANAGER, '/角色 阿达 系统管理员', '您不能授予“系统管理员”'],
    [ADMIN, '/角色 王芳 皇帝', '身份只有'],
    [ADMIN, '/角色 王芳', '请写上姓名'],
    [ADMIN, '/角色 王芳 代办员', '本来就是这样'],
  ])('by %s: %s is refused', async (openId, line, words) => {
    expect(await says(openId, line)).toContain(words);
  });
});

describe('an account deleted from the organisation', () => {
  const deleted = (openId: string, eventId = `ev_deleted_${openId}`) =>
    scene.app.receive({ kind: 'personLeft', eventId, openId });

  it('is off the staff, by the system, and the manager hears how many cases wait', async () => {
    await scene.register();
    const before = scene.posted.filter(({ target }) => target === ADA).length;
    await deleted(ADA);
    await scene.settle();
    expect(await agentOf(ADA)).toMatchObject({ status: 'left' });
    const [entry] = (await scene.entries()).filter(({ kind }) => kind === 'deactivateAgent');
    expect(entry).toMatchObject({ actorKind: 'system' });
    expect(wordsTo(TOWN_MANAGER)).toContain('阿达（代办员）已停用，操作人：系统');
    expect(wordsTo(TOWN_MANAGER)).toContain('没办完的1件由安达社区的白音接着办');
    expect(scene.posted.filter(({ target }) => target === ADA)).toHaveLength(before);
    await deleted(ADA, 'ev_again');
    await deleted(STRANGER);
    expect(await noted('deactivateAgent')).toHaveLength(1);
    await expectTrueLedger();
  });

  it('takes an application back', async () => {
    await says(STRANGER, '/登记');
    const form = {
      name: '新来的',
      phone: '13900001111',
      unit: String(scene.unitId('安达社区')),
      employment: 'partTime',
    };
    await scene.does(STRANGER, { target: STRANGER, label: '提交申请', form });
    const value = buttonOf(scene.last(TOWN_MANAGER).card, '通过');
    await deleted(STRANGER);
    await scene.settle();
    expect(await agentOf(STRANGER)).toMatchObject({ status: 'left' });
    expect(buttonOf(scene.last(TOWN_MANAGER).card, '通过')).toBeUndefined();
    const refused = await scene.forges(TOWN_MANAGER, { value, form: { role: 'agent' } });
    expect(refused.toast?.content).toContain('这份申请已由');
    expect(await agentOf(STRANGER)).toMatchObject({ status: 'left' });
    await expectTrueLedger();
  });

  it('of the last administrator leaves the way by a new code open', async () => {
    await deleted(ADMIN);
    expect(await scene.db.read((tx) => agentReads.activeAdmins(tx))).toEqual([]);
  });
});
