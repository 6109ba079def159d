/** What a chat shows that is not the ground of the person who asks or registers there. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { encodeAction } from '../../cards/action-values.ts';
import { agentReads, agentWrites } from '../../db/repositories/agent.ts';
import { unitWrites } from '../../db/repositories/unit.ts';
import { buttonOf, wordsOf } from '../support/office.ts';
import {
  ADA,
  BANNER,
  BANNER_MANAGER,
  CIVIL,
  CIVIL_MANAGER,
  CLERK,
  NAME,
  OTHER_TOWN,
  openScene,
  type Scene,
  TOWN,
  TOWN_MANAGER,
  UNBOUND,
  VILLAGE,
} from '../support/scene.ts';

let scene: Scene;

beforeEach(async () => {
  scene = await openScene();
});

afterEach(() => scene.close());

const wordsIn = (target: string) =>
  scene.posted
    .filter((one) => one.target === target)
    .map(({ card }) => wordsOf(card))
    .join('\n');

function offered(target: string): string[] {
  return ['接收', '退回补正', '重新转送', '撤回', '催办', '确认送达'].filter(
    (label) => buttonOf(scene.last(target).card, label) !== undefined,
  );
}

async function says(openId: string, line: string, chat: string): Promise<string> {
  await scene.says(openId, line, chat);
  await scene.settle();
  return wordsOf(scene.last(chat).card);
}

const bind = (unit: string, chatId: string | null) =>
  scene.db.write((tx) => unitWrites.setChat(tx, { unitId: scene.unitId(unit), chatId }));

describe('a registration', () => {
  it.each([UNBOUND, OTHER_TOWN, CIVIL])('in the foreign group %s goes on privately', async (chat) => {
    const before = scene.posted.filter((one) => one.target === chat).length;
    expect(await says(ADA, `/登记 低保 ${NAME} 13812341234`, chat)).toContain('登记卡已私信发给您');
    const answer = await scene.does(ADA, { target: ADA, label: '提交登记', form: scene.registration() });
    expect(answer.toast?.content).toContain('登记成功，编号 26-01-00001');
    expect(wordsOf(scene.last(ADA).card)).toContain('代办件 26-01-00001');
    await scene.does(CLERK, { target: TOWN, label: '接收' });
    expect(scene.posted.filter((one) => one.target === chat)).toHaveLength(before + 1);
    expect(wordsIn(chat)).not.toContain('26-01-00001');
  });

  it('in the group of the town above stays there, and its registrar goes on with it there', async () => {
    await scene.register({}, { openId: ADA, chat: TOWN });
    expect(offered(TOWN)).toEqual(['接收', '退回补正', '撤回']);
    await scene.does(CLERK, { target: TOWN, label: '退回补正', form: { note: '缺户口本' } });
    expect(offered(TOWN)).toEqual(['重新转送', '撤回']);
    await scene.does(ADA, { target: TOWN, label: '重新转送' });
    expect(offered(TOWN)).toEqual(['接收', '退回补正', '撤回']);
  });

  it('in the group of the banner offers there what the registrar may do, and not what the holder may', async () => {
    await scene.register({}, { openId: ADA, chat: BANNER });
    expect(offered(BANNER)).toEqual(['撤回', '催办']);
    await scene.does(CLERK, { target: TOWN, label: '接收' });
    await scene.does(CLERK, { target: TOWN, label: '办结', form: { outcome: 'granted' } });
    expect(offered(BANNER)).toEqual(['确认送达']);
    await scene.does(ADA, { target: BANNER, label: '确认送达', form: { deliveryWay: 'doorstep' } });
    await scene.does(ADA, { target: BANNER, label: '回访评价', form: { rating: '5' } });
    expect(await scene.record(1)).toMatchObject({ state: 'archived', rating: 5 });
  });

  it('sent by a form from before the group was another’s leaves no card there', async () => {
    await scene.says(ADA, '/登记', VILLAGE);
    await scene.settle();
    await bind('安达社区', UNBOUND);
    const answer = await scene.does(ADA, { target: VILLAGE, label: '提交登记', form: scene.registration() });
    expect(answer.toast?.content).toContain('登记成功，编号 26-01-00001');
    expect(wordsOf(scene.last(VILLAGE).card)).toContain('这个群不是登记单位的群');
    expect(scene.cards(ADA, '26-01-00001')).toHaveLength(1);
    expect(scene.cards(UNBOUND, '26-01-00001')).toHaveLength(1);
    await scene.does(CLERK, { target: TOWN, label: '接收' });
    expect(wordsIn(VILLAGE)).not.toContain('26-01-00001');
    expect(wordsIn(VILLAGE)).not.toContain('张*');
  });
});

describe('a form from before the group was another’s', () => {
  it('that cannot be registered yet goes on in private, with what was typed', async () => {
    await scene.says(ADA, `/登记 低保 ${NAME}`, VILLAGE);
    await scene.settle();
    await bind('安达社区', UNBOUND);
    const form = scene.registration({ applicantName: '', phone: '138' });
    const answer = await scene.does(ADA, { target: VILLAGE, label: '提交登记', form });
    expect(answer.toast?.content).toContain('联系电话：');
    expect(buttonOf(answer.card?.data, '提交登记')).toBeUndefined();
    expect(wordsIn(VILLAGE)).not.toContain('张*');
    expect(JSON.stringify(scene.last(ADA).card)).toContain(NAME);
    const done = await scene.does(ADA, { target: ADA, label: '提交登记', form: scene.registration() });
    expect(done.toast?.content).toContain('登记成功');
    expect(scene.cards(ADA, '26-01-00001')).toHaveLength(1);
  });
});

describe('a case’s card', () => {
  it('ends in a group that is no unit’s of the case any more, and goes on where the unit is now', async () => {
    const { caseNumber } = await scene.register();
    const [old] = scene.cards(VILLAGE, caseNumber);
    await bind('安达社区', UNBOUND);
    await scene.does(CLERK, { target: TOWN, label: '退回补正', form: { note: '缺户口本' } });
    expect(wordsOf(old?.card)).toContain('这张卡片停止更新了');
    expect(wordsIn(VILLAGE)).not.toContain(caseNumber);
    expect(wordsOf(scene.last(UNBOUND).card)).toContain('缺户口本');
    const updates = old?.updates;
    await scene.does(ADA, { target: UNBOUND, label: '重新转送' });
    expect(old?.updates).toBe(updates);
  });

  it('is not drawn there even when its update was queued before', async () => {
    const { caseNumber } = await scene.register();
    const [old] = scene.cards(VILLAGE, caseNumber);
    await scene.clicks(CLERK, { target: TOWN, label: '退回补正', form: { note: '缺户口本' } });
    await bind('安达社区', UNBOUND);
    await scene.settle();
    expect(wordsOf(old?.card)).toContain('这张卡片停止更新了');
    expect(wordsIn(VILLAGE)).not.toContain('缺户口本');
  });
});

describe('figures', () => {
  it.each(['/统计 本月', '/排名 本月', '/台账 本月', '/我'])(
    '%s go to the asker alone outside of the own group',
    async (line) => {
      await scene.register();
      expect(await says(TOWN_MANAGER, line, UNBOUND)).toContain('已私信发给您');
      expect(wordsIn(UNBOUND)).not.toMatch(/巴彦托海镇 2026|登记\n1/);
      expect(wordsOf(scene.last(TOWN_MANAGER).card)).toContain('巴彦托海镇');
      expect(await says(TOWN_MANAGER, line, TOWN)).not.toContain('已私信发给您');
    },
  );

  it.each([UNBOUND, 'oc_never_heard_of'])('pressed in %s leave the card there as it is', async (chat) => {
    await scene.register();
    const manager = await scene.db.read((tx) => agentReads.byOpenId(tx, BANNER_MANAGER));
    const figures = { unitId: manager?.unitId ?? 0, period: '本月', by: 'town', askerId: manager?.id ?? 0 } as const;
    const ranking = { unitId: figures.unitId, from: '2026-11-01', to: '2026-11-30', page: 0 };
    const values = [
      encodeAction({ ...figures, action: 'stats.show' }),
      encodeAction({ ...figures, action: 'stats.cases', list: 'registered', page: 0, turn: true }),
      encodeAction({ ...ranking, action: 'rank.show', whom: 'towns', by: 'volume' }),
    ];
    for (const value of values) {
      const answer = await scene.forges(BANNER_MANAGER, { value, chat });
      expect(answer.toast?.content).toContain('已私信发给您');
      expect(answer.card).toBeUndefined();
    }
    await scene.settle();
    expect(scene.posted.filter((one) => one.target === chat && wordsOf(one.card).includes('2026年11月'))).toEqual([]);
    expect(wordsIn(BANNER_MANAGER)).toContain('登记：鄂温克族自治旗 2026年11月');
  });

  it('are replaced in place in the private chat, once it is known', async () => {
    await scene.register();
    await scene.says(BANNER_MANAGER, '/统计');
    await scene.settle();
    const answer = await scene.clicks(BANNER_MANAGER, { target: BANNER_MANAGER, label: '上月' });
    expect(wordsOf(answer.card?.data)).toContain('2026年10月');
  });

  it('in a private chat of somebody else’s are not taken for one’s own', async () => {
    await scene.says(TOWN_MANAGER, '/统计');
    await scene.settle();
    const value = buttonOf(scene.last(TOWN_MANAGER).card, '上月');
    const answer = await scene.forges(BANNER_MANAGER, { value, chat: `oc_p2p_${TOWN_MANAGER}` });
    expect(answer.card).toBeUndefined();
  });
});

describe('an administrator whose own unit is a small one', () => {
  const SMALL = 'ou_small_admin';
  const inVillage = (line: string) => says(SMALL, line, VILLAGE);

  beforeEach(async () => {
    await scene.hire({ openId: SMALL, name: '系统乙', unit: '安达社区', role: 'admin' });
    await scene.register();
    await scene.register({}, { openId: CLERK, chat: TOWN });
  });

  it.each(['/统计 大雁镇', '/统计 鄂温克族自治旗', '/排名 本月 大雁镇', '/台账 本月 巴彦托海镇', `/查 ${NAME}`])(
    '%s in the group of that unit goes to the administrator alone',
    async (line) => {
      expect(await inVillage(line)).toContain('已私信发给您');
      expect(scene.files.every(({ target }) => target === SMALL)).toBe(true);
    },
  );

  it('sees what is of that unit there', async () => {
    expect(await inVillage('/统计 安达社区')).toContain('安达社区');
    expect(await inVillage('/台账 本月 安达社区')).toContain('共 1 件');
  });

  it('does not turn that unit’s figures there into another’s', async () => {
    await inVillage('/统计 安达社区');
    const admin = await scene.db.read((tx) => agentReads.byOpenId(tx, SMALL));
    const figures = {
      period: '本月',
      by: 'village',
      askerId: admin?.id ?? 0,
      unitId: scene.unitId('安达社区'),
    } as const;
    const value = encodeAction({ ...figures, action: 'stats.show', pick: 'unit' });
    const option = String(scene.unitId('大雁镇'));
    const answer = await scene.forges(SMALL, { value, chat: VILLAGE, option });
    expect(answer.toast?.content).toBe('已私信发给您');
    expect(answer.card).toBeUndefined();
    const list = encodeAction({ ...figures, unitId: Number(option), action: 'stats.cases', list: 'total', page: 0 });
    expect((await scene.forges(SMALL, { value: list, chat: VILLAGE })).toast?.content).toBe('清单已私信发给您');
    const file = encodeAction({ ...figures, unitId: Number(option), action: 'stats.export' });
    expect((await scene.forges(SMALL, { value: file, chat: VILLAGE })).toast?.content).toBe('Excel 做好就私信给您');
  });
});

describe('the manager of a department', () => {
  beforeEach(() => scene.register());

  it('sees the cases of its items, wherever they are, everywhere alike', async () => {
    await scene.says(CIVIL_MANAGER, '/查 26-01-00001');
    await scene.settle();
    expect(wordsOf(scene.last(CIVIL_MANAGER).card)).toContain('代办件 26-01-00001');
    await scene.says(CIVIL_MANAGER, `/查 ${NAME}`);
    await scene.settle();
    expect(wordsOf(scene.last(CIVIL_MANAGER).card)).toContain('代办件 26-01-00001');
    expect(offered(CIVIL_MANAGER)).toEqual([]);
  });

  it('does not see their applicants in full while others handle them', async () => {
    const value = encodeAction({ action: 'case.reveal', caseId: 1 });
    const answer = await scene.forges(CIVIL_MANAGER, { value, chat: `oc_p2p_${CIVIL_MANAGER}` });
    expect(answer.toast?.content).toContain('只有经手这件代办的人');
  });

  it('gets lists and files of them privately even in the own group, whose clerks see what the department holds', async () => {
    const unitId = scene.unitId('民政部门');
    const manager = await scene.db.read((tx) => agentReads.byOpenId(tx, CIVIL_MANAGER));
    const askerId = manager?.id ?? 0;
    const list = { unitId, period: '本月', by: 'town', askerId, list: 'registered', page: 0 } as const;
    const answer = await scene.forges(CIVIL_MANAGER, {
      value: encodeAction({ ...list, action: 'stats.cases' }),
      chat: CIVIL,
    });
    expect(answer.toast?.content).toBe('清单已私信发给您');
    await says(CIVIL_MANAGER, '/台账 本月', CIVIL);
    await scene.settle();
    expect(scene.files.map(({ target }) => target)).toEqual([CIVIL_MANAGER]);
    expect(wordsIn(CIVIL)).not.toContain('26-01-00001');
    expect(wordsOf(scene.last(CIVIL_MANAGER).card)).not.toBe('');
  });

  it('keeps urging and rectifying what the department holds', async () => {
    await scene.does(CLERK, { target: TOWN, label: '接收' });
    await scene.does(CLERK, { target: TOWN, label: '转上级' });
    await scene.says(CIVIL_MANAGER, '/查 26-01-00001');
    await scene.settle();
    const before = await scene.record(1);
    const value = encodeAction({ action: 'case.urge', caseId: 1, version: before.version });
    const answer = await scene.forges(CIVIL_MANAGER, { value, chat: CIVIL });
    expect(answer.toast?.content).toContain('已催办');
  });
});

it('a registrar who went to another unit sees nothing more of the case, and a colleague goes on', async () => {
  await bind('安达社区', null);
  await scene.register({}, { openId: ADA, chat: undefined });
  await scene.db.write(async (tx) => {
    const ada = await agentReads.byOpenId(tx, ADA);
    await agentWrites.update(tx, { id: ada?.id ?? 0, set: { unitId: scene.unitId('大雁镇') } });
  });
  const [old] = scene.cards(ADA, '26-01-00001');
  await scene.does(CLERK, { target: TOWN, label: '退回补正', form: { note: '缺户口本' } });
  expect(wordsOf(old?.card)).toContain('这张卡片停止更新了');
  expect(wordsIn(ADA)).not.toContain('缺户口本');
  const value = encodeAction({ action: 'case.reveal', caseId: 1 });
  expect((await scene.forges(ADA, { value })).toast?.content).toContain('只有经手这件代办的人');
});
