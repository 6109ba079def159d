import { inArray } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { agentReads } from '../../db/repositories/agent.ts';
import { unitReads, unitWrites } from '../../db/repositories/unit.ts';
import { buttonOf, openOffice, wordsOf } from '../support/office.ts';
import {
  ADA,
  ADMIN,
  BANNER_MANAGER,
  CLERK,
  type FormValues,
  OTHER_CLERK,
  openScene,
  type Scene,
  STRANGER,
  TOWN,
  TOWN_MANAGER,
  UNBOUND,
  VILLAGE,
} from '../support/scene.ts';

let scene: Scene;

beforeEach(async () => {
  scene = await openScene();
});

afterEach(async () => {
  await scene.close();
});

const agentOf = async (openId: string) =>
  (await scene.db.read(async ({ q, t }) => q.select().from(t.agents))).find((agent) => agent.openId === openId);

const says = async (openId: string, line: string, chat?: string) => {
  await scene.says(openId, line, chat);
  await scene.settle();
  return wordsOf(scene.last(chat ?? openId).card);
};

const application = (over: FormValues = {}): FormValues => ({
  name: '新来的',
  phone: '13900001111',
  unit: String(scene.unitId('安达社区')),
  employment: 'partTime',
  ...over,
});

async function applies(over: FormValues = {}) {
  await says(STRANGER, '/登记');
  return scene.does(STRANGER, { target: STRANGER, label: '提交申请', form: application(over) });
}

const decides = (openId: string, label: '通过' | '不通过', role = 'agent') =>
  scene.does(openId, { target: openId, label, form: { role, reason: '人员已定' } });

describe('joining', () => {
  it('says who decides: the nearest managers, else the administrators', async () => {
    const waitsFor = async () => /请等(.+?)通过/u.exec(await says(STRANGER, '/登记'))?.[1];
    expect((await applies()).toast?.content).toBe('申请已提交，请等包主任（巴彦托海镇）通过');
    await scene.hire({ openId: 'ou_own_manager', name: '斯琴', unit: '安达社区', role: 'manager' });
    expect(await waitsFor()).toBe('斯琴（安达社区）');
    const managers = (role: 'agent' | 'manager') =>
      scene.asProgram(async ({ tx: { q, t } }) => {
        await q
          .update(t.agents)
          .set({ role })
          .where(inArray(t.agents.openId, ['ou_own_manager', TOWN_MANAGER, BANNER_MANAGER]));
      });
    await managers('agent');
    expect(await waitsFor()).toBe('系统管理员');
    await scene.asProgram(async ({ tx: { q, t } }) => {
      await q
        .update(t.agents)
        .set({ name: '高娃' })
        .where(inArray(t.agents.openId, [ADMIN]));
    });
    expect(await waitsFor()).toBe('高娃（系统管理员）');
  });

  it('goes from the form to work', async () => {
    expect((await applies()).toast?.type).toBe('success');
    expect(await says(STRANGER, '/登记')).toContain('请等包主任（巴彦托海镇）通过');
    for (const openId of [TOWN_MANAGER, BANNER_MANAGER, ADMIN]) {
      expect(wordsOf(scene.last(openId).card)).toContain('13900001111');
    }
    expect((await decides(TOWN_MANAGER, '通过')).toast?.content).toBe('已通过新来的的申请');
    expect(wordsOf(scene.last(STRANGER).card)).toContain('您现在是安达社区的代办员');
    expect(await agentOf(STRANGER)).toMatchObject({
      status: 'active',
      role: 'agent',
      employment: 'partTime',
      name: '新来的',
    });
    expect(await says(STRANGER, '/登记')).toContain('帮办代办登记');
    expect((await scene.entries()).map((entry) => entry.kind)).toContain('approveAgent');
  });

  it.each([
    [{ name: '' }, '姓名：'],
    [{ phone: '12' }, '联系电话：'],
    [{ unit: '99999' }, '所在单位：请选您所在的单位'],
    [{ unit: 'x' }, '所在单位：请选您所在的单位'],
    [{ employment: 'boss' }, '专职/兼职：请选专职或兼职'],
  ])('with %j says what is wrong and keeps the rest', async (wrong, problem) => {
    const answer = await applies(wrong);
    expect(answer.toast?.type).toBe('warning');
    expect(answer.toast?.content).toContain(problem);
    if (!('name' in wrong)) expect(JSON.stringify(answer.card)).toContain('新来的');
    expect(await agentOf(STRANGER)).toBeUndefined();
    const again = await scene.does(STRANGER, { target: STRANGER, label: '提交申请', form: application() });
    expect(again.toast?.type).toBe('success');
  });

  it('is decided once, and the second approver is told by whom', async () => {
    await applies();
    const { card, messageId } = scene.last(BANNER_MANAGER);
    const button = buttonOf(card, '通过');
    await decides(TOWN_MANAGER, '不通过');
    expect(wordsOf(scene.last(STRANGER).card)).toContain('申请没有通过');
    expect(buttonOf(scene.last(BANNER_MANAGER).card, '通过')).toBeUndefined();
    const press = { value: button, messageId, chat: BANNER_MANAGER, form: { role: 'agent' } };
    const late = await scene.forges(BANNER_MANAGER, press);
    expect(late.card && wordsOf(late.card.data)).toContain('未通过');
    expect(late.toast?.content).toBe('这份申请已由包主任处理过了。');
    expect((await agentOf(STRANGER))?.status).toBe('rejected');
  });

  it('is not refused without a reason, which the applicant and the other approvers read', async () => {
    await applies();
    const press = { target: TOWN_MANAGER, label: '不通过' };
    for (const reason of ['', ' 。'])
      expect((await scene.does(TOWN_MANAGER, { ...press, form: { reason } })).toast?.content).toContain(
        '请先写明不通过的原因',
      );
    const tooLong = await scene.does(TOWN_MANAGER, { ...press, form: { reason: '长'.repeat(151) } });
    expect(tooLong.toast?.content).toContain('控制在150字以内');
    expect((await agentOf(STRANGER))?.status).toBe('pending');
    await scene.does(TOWN_MANAGER, { ...press, form: { reason: '两位都定了' } });
    for (const openId of [STRANGER, BANNER_MANAGER]) {
      expect(wordsOf(scene.last(openId).card)).toContain('两位都定了');
    }
    expect(wordsOf(scene.last(STRANGER).card)).toContain('重新申请');
    expect(await scene.dump()).not.toContain('两位都定了');
  });

  it('into a unit that was taken out of use since is not accepted, and may be refused', async () => {
    await applies();
    await scene.db.write((tx) => unitWrites.update(tx, { id: scene.unitId('安达社区'), set: { active: false } }));
    expect((await decides(TOWN_MANAGER, '通过')).toast?.content).toContain('安达社区已经停用');
    expect((await agentOf(STRANGER))?.status).toBe('pending');
    await decides(TOWN_MANAGER, '不通过');
    expect((await agentOf(STRANGER))?.status).toBe('rejected');
  });

  it('may be tried again after a rejection', async () => {
    await applies();
    await decides(TOWN_MANAGER, '不通过');
    expect((await applies({ name: '新名字' })).toast?.type).toBe('success');
    await decides(ADMIN, '通过');
    expect(await agentOf(STRANGER)).toMatchObject({ status: 'active', name: '新名字' });
  });

  it.each([ADA, CLERK, OTHER_CLERK, STRANGER])('is not decided by %s', async (openId) => {
    await applies();
    const value = buttonOf(scene.last(ADMIN).card, '通过');
    const answer = await scene.forges(openId, { value, form: { role: 'agent' } });
    expect(answer.toast?.type).toBe('warning');
    expect((await agentOf(STRANGER))?.status).toBe('pending');
  });

  it.each([
    [TOWN_MANAGER, '安达社区', 'manager', true],
    [TOWN_MANAGER, '安达社区', 'admin', false],
    [TOWN_MANAGER, '巴彦托海镇', 'agent', true],
    [TOWN_MANAGER, '巴彦托海镇', 'manager', false],
    [BANNER_MANAGER, '巴彦托海镇', 'manager', true],
    [BANNER_MANAGER, '鄂温克族自治旗', 'manager', false],
    [ADMIN, '鄂温克族自治旗', 'admin', true],
  ])('%s gives in %s the role %s: %s', async (openId, unit, role, allowed) => {
    await applies({ unit: String(scene.unitId(unit)) });
    const answer = await decides(openId, '通过', role);
    if (allowed) expect(await agentOf(STRANGER)).toMatchObject({ status: 'active', role });
    else {
      expect(answer.toast?.content).toMatch(/^您不能授予/);
      expect(await agentOf(STRANGER)).toMatchObject({ status: 'pending', role: 'agent' });
    }
  });

  it('is not asked of a town’s manager for another town', async () => {
    await applies({ unit: String(scene.unitId('大雁镇')) });
    const value = buttonOf(scene.last(ADMIN).card, '通过');
    const answer = await scene.forges(TOWN_MANAGER, { value });
    expect(answer.toast?.content).toBe('要由大雁镇的管理员或系统管理员审批。');
  });

  it('is not for who is staff already', async () => {
    await applies();
    const form = application();
    const value = { v: 1, action: 'agent.apply' };
    expect((await scene.forges(STRANGER, { value, form })).toast?.content).toContain('已经提交');
    expect((await scene.forges(ADA, { value, form })).toast?.content).toBe(
      '您已经是安达社区的代办员了，不用重复申请。',
    );
  });
});

describe('/初始化', () => {
  async function freshOffice() {
    const office = await openOffice({ adminOpenIds: [] });
    const code = await office.app.prepare();
    const setUp = async (words: string, by = STRANGER, chat?: string) => {
      await office.says(by, `/初始化 ${words}`, chat);
      await office.settle();
      return wordsOf(office.posted.at(-1)?.card);
    };
    const admin = async () => (await office.db.read((tx) => agentReads.activeAdmins(tx)))[0];
    return { office, code: code ?? '', setUp, admin };
  }

  it('makes the first user administrator by the printed code, once, under the name that follows', async () => {
    const { office, code, setUp, admin } = await freshOffice();
    expect(code).toMatch(/^\d{8}$/);
    expect(await setUp('00000000')).toContain('口令不对');
    expect(await setUp(`${code} 高娃`)).toContain('您现在是系统管理员');
    expect(await admin()).toMatchObject({ openId: STRANGER, name: '高娃' });
    expect(await setUp(code)).toContain('系统已经有管理员了');
    expect(await office.app.prepare()).toBeUndefined();
    expect((await office.checkLedger()).faults).toEqual([]);
    await office.close();
  });

  it('asks for name and unit where no name follows, there and after /我, until they are known', async () => {
    const { office, code, setUp, admin } = await freshOffice();
    expect(await setUp(code)).toContain('请留下姓名和单位');
    const saves = (form: FormValues) => office.clicks(STRANGER, { target: STRANGER, label: '保存', form });
    expect((await saves({ name: ' ' })).toast?.content).toContain('还没有保存');
    await office.says(STRANGER, '/我');
    await office.settle();
    const units = await office.db.read((tx) => unitReads.ofLevels(tx, ['town']));
    const unit = units.find(({ name }) => name === '大雁镇');
    expect((await saves({ name: '高娃', unit: String(unit?.id) })).toast?.content).toBe('已保存');
    expect(await admin()).toMatchObject({ name: '高娃', unitId: unit?.id, role: 'admin' });
    expect((await saves({ name: '别人' })).toast?.content).toContain('您已经登记为高娃');
    await office.says(STRANGER, '/我');
    await office.settle();
    expect(wordsOf(office.posted.at(-1)?.card)).toContain('大雁镇');
    await office.close();
  });

  it('does not tell a stranger who the administrator is, by whatever words', async () => {
    const { office, code, setUp } = await freshOffice();
    await setUp(`${code} 高娃`);
    const before = office.posted.length;
    for (const line of ['/初始化 1', '/帮助', '/我', '/绑定 大雁镇', '你好', '/查 1234']) {
      await office.says('ou_anybody', line);
      await office.settle();
    }
    await office.app.receive({ kind: 'chatEntered', eventId: 'ev_in', chatId: 'oc_p2p', openId: 'ou_anybody' });
    await office.settle();
    const told = office.posted.slice(before);
    expect(told.length).toBeGreaterThan(6);
    expect(told.map(({ card }) => wordsOf(card)).join()).not.toContain('高娃');
    await office.close();
  });

  it('is over after five wrong codes, even for the right one, until the next start, for who sent them', async () => {
    const { office, code, setUp } = await freshOffice();
    for (let attempt = 0; attempt < 5; attempt++) expect(await setUp('1')).toContain('口令不对');
    expect(await setUp(code)).toContain('您填错的次数太多了');
    const next = (await office.app.prepare()) ?? '';
    expect(next).not.toBe(code);
    expect(await setUp(code)).toContain('口令不对');
    for (let attempt = 0; attempt < 9; attempt++) await setUp('2', 'ou_spoiler');
    expect(await setUp(next, 'ou_spoiler')).toContain('您填错的次数太多了');
    expect(await setUp(`${next} 高娃`)).toContain('您现在是系统管理员');
    await office.close();
  });

  it('counts no old code when there is no administrator any more', async () => {
    const { office, code, setUp } = await freshOffice();
    await setUp(`${code} 高娃`);
    await office.app.receive({ kind: 'personLeft', eventId: 'ev_gone', openId: STRANGER });
    expect(await setUp(code, 'ou_anybody')).toContain('口令已经失效');
    const next = (await office.app.prepare()) ?? '';
    expect(await setUp(`${next} 敖登`, 'ou_anybody')).toContain('您现在是系统管理员');
    await office.close();
  });

  it('is refused in a group, where everybody could read the code', async () => {
    const { office, code, setUp } = await freshOffice();
    expect(await setUp(code, STRANGER, VILLAGE)).toContain('口令不要发在群里');
    expect(await setUp('')).toContain('口令不对');
    await office.close();
  });
});

describe('an administrator of the configuration', () => {
  it('who was deactivated is not brought back by the next start, unless nobody else is left', async () => {
    await scene.hire({ openId: 'ou_admin2', name: '系统乙', unit: '大雁镇', role: 'admin' });
    await scene.says('ou_admin2', '/停用 管理员');
    await scene.settle();
    await scene.does('ou_admin2', { target: 'ou_admin2', label: '确认停用' });
    await scene.app.prepare();
    expect(await agentOf(ADMIN)).toMatchObject({ status: 'left' });
    await scene.app.receive({ kind: 'personLeft', eventId: 'ev_gone', openId: 'ou_admin2' });
    await scene.app.prepare();
    expect(await agentOf(ADMIN)).toMatchObject({ status: 'active', role: 'admin' });
  });
});

describe('/绑定', () => {
  it('binds the group by the typed name', async () => {
    expect(await says(ADMIN, '/绑定 辉苏木', UNBOUND)).toContain('群已绑定');
    const residence = String(scene.unitId('辉苏木'));
    const { caseNumber } = await scene.register({ residence }, { openId: BANNER_MANAGER, chat: undefined });
    expect(wordsOf(scene.last(UNBOUND).card)).toContain(caseNumber);
    expect((await scene.entries()).map((entry) => entry.kind)).toContain('bind');
  });

  it.each([
    ['', '这个群属于哪个单位'],
    ['月球', '没有找到这个单位'],
    ['社区', '有几个单位都对得上'],
    ['伊敏', '伊敏苏木、伊敏河镇'],
  ])('by %j: %s', async (name, words) => {
    expect(await says(ADMIN, `/绑定 ${name}`, UNBOUND)).toContain(words);
  });

  it('is done in the group itself', async () => {
    expect(await says(ADMIN, '/绑定 辉苏木')).toContain('请到要绑定的群里');
  });

  it('by the card: only an administrator, and only with a unit', async () => {
    await says(ADMIN, '/绑定', UNBOUND);
    const form = { unit: String(scene.unitId('辉苏木')) };
    const value = buttonOf(scene.last(UNBOUND).card, '绑定');
    expect((await scene.forges(ADA, { value, chat: UNBOUND, form })).toast?.content).toContain(
      '只有系统管理员能绑定群',
    );
    expect((await scene.forges(ADMIN, { value, chat: UNBOUND })).toast?.content).toContain('请先选单位');
    const gone = { unit: '4711' };
    expect((await scene.forges(ADMIN, { value, chat: UNBOUND, form: gone })).toast?.type).toBe('warning');
    const done = await scene.does(ADMIN, { target: UNBOUND, label: '绑定', form });
    expect(done.toast?.content).toBe('本群已绑定辉苏木');
    expect(wordsOf(scene.last(UNBOUND).card)).toContain('群已绑定');
  });
});

describe('the bot', () => {
  it('asks which unit a new group belongs to', async () => {
    const added = {
      kind: 'botAdded' as const,
      eventId: 'ev_new',
      chatId: 'oc_new',
      chatName: '辉苏木工作群',
      openId: ADMIN,
    };
    await scene.app.receive(added);
    await scene.app.receive(added);
    await scene.settle();
    expect(scene.cards('oc_new', '辉苏木工作群')).toHaveLength(1);
  });

  it('taken out of a group tells the administrators, and the unit is reached otherwise', async () => {
    await scene.app.receive({ kind: 'botRemoved', eventId: 'ev_gone', chatId: TOWN });
    await scene.settle();
    const words = wordsOf(scene.last(ADMIN).card);
    expect(words).toContain('巴彦托海镇的群解绑了');
    expect(words).toContain('巴彦托海镇群');
    expect((await scene.entries()).map((entry) => entry.kind)).toContain('unbind');
    await scene.register();
    expect(buttonOf(scene.last(CLERK).card, '接收')).toBeDefined();
  });

  it('knows a group by its newest name', async () => {
    const renamed = { kind: 'chatRenamed' as const, eventId: 'ev_name', chatId: TOWN, chatName: '镇代办群' };
    await scene.app.receive(renamed);
    await scene.app.receive({ kind: 'botRemoved', eventId: 'ev_gone', chatId: TOWN });
    await scene.settle();
    expect(wordsOf(scene.last(ADMIN).card)).toContain('群“镇代办群”');
  });

  it('taken out of a group nobody was bound to bothers nobody', async () => {
    const before = scene.posted.length;
    await scene.app.receive({ kind: 'botRemoved', eventId: 'ev_gone', chatId: 'oc_whatever' });
    await scene.settle();
    expect(scene.posted).toHaveLength(before);
  });

  async function enters(openId: string, eventId: string): Promise<string[]> {
    const before = scene.posted.length;
    await scene.app.receive({ kind: 'chatEntered', eventId, chatId: 'oc_p2p', openId });
    await scene.settle();
    return scene.posted.slice(before).map((message) => wordsOf(message.card));
  }

  it('greets who opens the private chat, a stranger with the form to join', async () => {
    expect(await enters(ADA, 'ev_1')).toMatchObject([expect.stringContaining('阿达，您好')]);
    expect(await enters(ADA, 'ev_1')).toEqual([]);
    const stranger = await enters(STRANGER, 'ev_2');
    expect(stranger).toHaveLength(2);
    expect(stranger[1]).toContain('申请成为代办员');
  });

  it('greets somebody who opens the chat again only after seven days', async () => {
    scene.clock.to('2026-11-23T10:00');
    expect(await enters(ADA, 'ev_1')).toHaveLength(1);
    scene.clock.to('2026-11-30T09:59');
    expect(await enters(ADA, 'ev_2')).toEqual([]);
    scene.clock.to('2026-11-30T10:01');
    expect(await enters(ADA, 'ev_3')).toMatchObject([expect.stringContaining('阿达，您好')]);
  });
});
