/** A unit is taken away from a group, put into another's, or out of any, only knowingly, and all whom it concerns hear of it. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { unitReads, unitWrites } from '../../db/repositories/unit.ts';
import { buttonOf, wordsOf } from '../support/office.ts';
import {
  ADA,
  ADMIN,
  BANNER_MANAGER,
  CLERK,
  OTHER_CLERK,
  OTHER_TOWN,
  openScene,
  type Scene,
  TOWN,
  TOWN_MANAGER,
  UNBOUND,
  VILLAGE,
} from '../support/scene.ts';

const SECOND_ADMIN = 'ou_admin2';
let scene: Scene;

beforeEach(async () => {
  scene = await openScene();
  await scene.hire({ openId: SECOND_ADMIN, name: '系统乙', unit: '鄂温克族自治旗', role: 'admin' });
});

afterEach(() => scene.close());

const says = async (openId: string, line: string, chat?: string) => {
  await scene.says(openId, line, chat);
  await scene.settle();
  return wordsOf(scene.last(chat ?? openId).card);
};
const chatOf = async (unit: string) => (await scene.db.read((tx) => unitReads.byId(tx, scene.unitId(unit))))?.chatId;
const wordsTo = (target: string) =>
  scene.posted
    .filter((one) => one.target === target)
    .map(({ card }) => wordsOf(card))
    .join('\n');
/** What people did; the scene was bound before. */
const kinds = async () =>
  (await scene.entries()).filter(({ actorKind }) => actorKind === 'agent').map(({ kind }) => kind);

describe('binding a unit that is bound elsewhere', () => {
  it('asks first, by the line and by the card alike', async () => {
    expect(await says(ADMIN, '/绑定 大雁镇', UNBOUND)).toContain('大雁镇已绑在“大雁镇群”群，改到本群吗？');
    await says(ADMIN, '/绑定', UNBOUND);
    const form = { unit: String(scene.unitId('大雁镇')) };
    const answer = await scene.does(ADMIN, { target: UNBOUND, label: '绑定', form });
    expect(wordsOf(answer.card?.data)).toContain('改到本群吗？');
    expect(await chatOf('大雁镇')).toBe(OTHER_TOWN);
    expect(await kinds()).not.toContain('bind');
  });

  it('does not bind one that has been taken out of use since the card was drawn', async () => {
    await says(ADMIN, '/绑定 大雁镇', UNBOUND);
    const unitId = scene.unitId('大雁镇');
    await scene.db.write((tx) => unitWrites.update(tx, { id: unitId, set: { active: false } }));
    const answer = await scene.does(ADMIN, { target: UNBOUND, label: '改绑' });
    expect(answer.toast?.content).toContain('没有找到');
    expect(await chatOf('大雁镇')).toBe(OTHER_TOWN);
  });

  it('is done by 改绑, and both groups and the other administrators are told', async () => {
    await says(ADMIN, '/绑定 大雁镇', UNBOUND);
    const answer = await scene.does(ADMIN, { target: UNBOUND, label: '改绑' });
    expect(answer.toast?.content).toBe('本群已绑定大雁镇');
    expect(await chatOf('大雁镇')).toBe(UNBOUND);
    expect(wordsOf(scene.last(UNBOUND).card)).toContain('群已绑定');
    expect(wordsTo(OTHER_TOWN)).toContain('大雁镇改绑到别的群了');
    expect(wordsTo(SECOND_ADMIN)).toContain('大雁镇的群改绑了');
    expect(wordsTo(ADMIN)).not.toContain('大雁镇的群改绑了');
    expect((await kinds()).slice(-2).sort()).toEqual(['bind', 'unbind']);
    expect((await scene.checkLedger()).faults).toEqual([]);
  });

  it('is left by 不改, which only an administrator says', async () => {
    await says(ADMIN, '/绑定 大雁镇', UNBOUND);
    const refused = await scene.does(CLERK, { target: UNBOUND, label: '不改' });
    expect(refused.toast?.content).toContain('只有系统管理员能绑定群');
    const other = await scene.does(TOWN_MANAGER, { target: UNBOUND, label: '改绑' });
    expect(other.toast?.content).toContain('只有系统管理员能绑定群');
    await scene.does(ADMIN, { target: UNBOUND, label: '不改' });
    expect(await chatOf('大雁镇')).toBe(OTHER_TOWN);
  });

  it('asks again when it has changed since', async () => {
    await says(ADMIN, '/绑定 大雁镇', UNBOUND);
    const value = buttonOf(scene.last(UNBOUND).card, '改绑');
    await scene.bindGroup('oc_third', '大雁镇');
    const answer = await scene.forges(ADMIN, { value, chat: UNBOUND });
    expect(wordsOf(answer.card?.data)).toContain('大雁镇已绑在“大雁镇群”群');
    expect(await chatOf('大雁镇')).toBe('oc_third');
  });

  it('is no question where the unit is already', async () => {
    expect(await says(ADMIN, '/绑定 大雁镇', OTHER_TOWN)).toContain('群已绑定');
    expect(await kinds()).not.toContain('bind');
  });
});

it('a group that has a unit gets another only when asked', async () => {
  expect(await says(ADMIN, '/绑定 辉苏木', TOWN)).toContain('本群已经是巴彦托海镇的群，再绑辉苏木');
  expect(await chatOf('辉苏木')).toBeNull();
  await scene.does(ADMIN, { target: TOWN, label: '再绑一个' });
  expect(await chatOf('辉苏木')).toBe(TOWN);
  expect(await chatOf('巴彦托海镇')).toBe(TOWN);
});

describe('/解绑', () => {
  it('in the group: by the unit’s manager, with a word there and to the administrators', async () => {
    expect(await says(TOWN_MANAGER, '/解绑', TOWN)).toContain('解绑这个群？');
    expect(await chatOf('巴彦托海镇')).toBe(TOWN);
    const pressed = await scene.does(TOWN_MANAGER, { target: TOWN, label: '解绑' });
    const answer = pressed.card && wordsOf(pressed.card.data);
    expect(answer).toContain('巴彦托海镇的群解绑了');
    expect(answer).toContain('改为私信发给那里的代办员');
    expect(await chatOf('巴彦托海镇')).toBeNull();
    expect(wordsTo(ADMIN)).toContain('巴彦托海镇的群解绑了');
    expect(await kinds()).toContain('unbind');
    await scene.register();
    expect(buttonOf(scene.last(CLERK).card, '接收')).toBeDefined();
    expect(wordsTo(TOWN)).not.toContain('26-01-00001');
  });

  it('from elsewhere: the group is told', async () => {
    await says(ADMIN, '/解绑 大雁镇');
    await scene.does(ADMIN, { target: ADMIN, label: '解绑' });
    expect(await chatOf('大雁镇')).toBeNull();
    expect(wordsTo(OTHER_TOWN)).toContain('大雁镇的代办件不再发到');
    expect((await scene.checkLedger()).faults).toEqual([]);
  });

  it.each([
    [TOWN_MANAGER, '/解绑 大雁镇', undefined, '要由大雁镇的管理员或系统乙（系统管理员）来解绑'],
    [TOWN_MANAGER, '/解绑', OTHER_TOWN, '要由大雁镇的管理员或系统乙（系统管理员）来解绑'],
    [CLERK, '/解绑', TOWN, '要管理员才能用'],
    [OTHER_CLERK, '/解绑 大雁镇', undefined, '要管理员才能用'],
    [ADMIN, '/解绑', undefined, '请写上单位'],
    [ADMIN, '/解绑', UNBOUND, '请写上单位'],
    [ADMIN, '/解绑 辉苏木', undefined, '辉苏木没有绑定群'],
  ])('by %s: %s in %s is refused', async (openId, line, chat, words) => {
    expect(await says(openId, line, chat)).toContain(words);
    expect(await chatOf('大雁镇')).toBe(OTHER_TOWN);
    expect(await chatOf('巴彦托海镇')).toBe(TOWN);
  });

  it('is not done by 不解绑, nor by somebody else’s press, nor for another group than was asked about', async () => {
    await says(TOWN_MANAGER, '/解绑', TOWN);
    const refused = await scene.does(CLERK, { target: TOWN, label: '解绑' });
    expect(refused.toast?.content).toContain('要由巴彦托海镇的管理员或系统乙（系统管理员）来解绑');
    expect((await scene.does(CLERK, { target: TOWN, label: '不解绑' })).card).toBeUndefined();
    await scene.does(TOWN_MANAGER, { target: TOWN, label: '不解绑' });
    expect(await chatOf('巴彦托海镇')).toBe(TOWN);
    await says(ADMIN, '/解绑 巴彦托海镇');
    await scene.bindGroup('oc_new', '巴彦托海镇');
    const again = await scene.does(ADMIN, { target: ADMIN, label: '解绑' });
    expect(again.toast?.content).toContain('请看清后再点');
    expect(again.card && wordsOf(again.card.data)).toContain('解绑这个群？');
    expect(await chatOf('巴彦托海镇')).toBe('oc_new');
    expect(await kinds()).not.toContain('unbind');
  });

  it('says where nobody would be reached any more, before and after', async () => {
    expect(await says(TOWN_MANAGER, '/解绑', TOWN)).not.toContain('没人收到');
    await scene.bindGroup('oc_empty', '辉苏木');
    const asked = await says(ADMIN, '/解绑 辉苏木');
    expect(asked).toContain('那里还没有代办员，解绑以后没人收到');
    expect(asked).not.toContain('私信');
    const { card } = await scene.does(ADMIN, { target: ADMIN, label: '解绑' });
    expect(card && wordsOf(card.data)).toContain('那里还没有代办员，现在没人收到');
    expect(card && wordsOf(card.data)).not.toContain('私信');
  });

  it.each(['解绑', '不解绑'])('is asked no more once somebody else has done it: %s', async (label) => {
    await says(TOWN_MANAGER, '/解绑', TOWN);
    await says(ADMIN, '/解绑 巴彦托海镇');
    await scene.does(ADMIN, { target: ADMIN, label: '解绑' });
    const stranger = await scene.does(CLERK, { target: TOWN, label });
    expect(stranger.card).toBeUndefined();
    const { card } = await scene.does(TOWN_MANAGER, { target: TOWN, label });
    expect(card && buttonOf(card.data, label)).toBeUndefined();
    expect(card && wordsOf(card.data)).toContain('巴彦托海镇没有绑定群');
  });

  it('asks which where a group has several', async () => {
    await scene.bindGroup(TOWN, '辉苏木');
    expect(await says(ADMIN, '/解绑', TOWN)).toContain('本群有几个单位：');
    await says(BANNER_MANAGER, '/解绑 辉苏木', TOWN);
    await scene.does(BANNER_MANAGER, { target: TOWN, label: '解绑' });
    expect(await chatOf('辉苏木')).toBeNull();
    expect(await chatOf('巴彦托海镇')).toBe(TOWN);
  });

  it('ends what the group’s cards show', async () => {
    const { caseNumber } = await scene.register();
    const [card] = scene.cards(VILLAGE, caseNumber);
    await says(TOWN_MANAGER, '/解绑 安达社区');
    await scene.does(TOWN_MANAGER, { target: TOWN_MANAGER, label: '解绑' });
    await scene.does(CLERK, { target: TOWN, label: '接收' });
    expect(wordsOf(card?.card)).toContain('这张卡片停止更新了');
    expect(wordsTo(ADA)).not.toContain(caseNumber);
  });
});
