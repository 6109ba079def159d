/** Who is told of a step, and how: by a message of its own, or by a change of the card that is there. */
import { eq } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { agentReads } from '../../db/repositories/agent.ts';
import { unitWrites } from '../../db/repositories/unit.ts';
import { wordsOf } from '../support/office.ts';
import {
  ADA,
  ADMIN,
  BAI,
  CIVIL,
  CLERK,
  openScene,
  type Scene,
  SECOND,
  TOWN,
  TOWN_MANAGER,
  UNEMPLOYMENT,
  VILLAGE,
} from '../support/scene.ts';

let scene: Scene;

beforeEach(async () => {
  scene = await openScene();
});

afterEach(() => scene.close());

/** The chats in which something was posted meanwhile, with the first line of what stands there. */
async function heard(work: () => Promise<unknown>): Promise<Record<string, string>> {
  const before = scene.posted.length;
  await work();
  const calls = scene.posted.slice(before).map(({ target, card }) => {
    const [first] = card.body.elements;
    return [target, first?.['tag'] === 'markdown' ? String(first['content']) : wordsOf(first)] as const;
  });
  return Object.fromEntries(calls);
}

const mentions = (openId: string) => `<at id=${openId}></at>`;
const town = (label: string, form = {}) => scene.does(CLERK, { target: TOWN, label, form });
const village = (label: string, form = {}) => scene.does(ADA, { target: VILLAGE, label, form });

/** A case of the village up to its rating. */
async function delivered(): Promise<void> {
  await scene.register();
  await town('接收');
  await town('办结', { outcome: 'granted' });
  await village('确认送达', { deliveryWay: 'doorstep' });
}

describe('a step that passes the turn', () => {
  it('登记: the town hears whose case it is, nobody in particular is called', async () => {
    const told = await heard(() => scene.register());
    expect(told[TOWN]).toBe('**巴彦托海镇便民服务中心：请接收**');
  });

  it('退回补正: the village hears it, and who registered is called', async () => {
    await scene.register();
    const told = await heard(() => town('退回补正', { note: '缺户口本' }));
    expect(told).toEqual({ [VILLAGE]: `${mentions(ADA)} **请补正后重新转送**` });
  });

  it('重新转送: the town hears it, and who had accepted is called', async () => {
    await scene.register();
    await town('接收');
    await town('退回补正', { note: '缺户口本' });
    const told = await heard(() => village('重新转送'));
    expect(told).toEqual({ [TOWN]: `${mentions(CLERK)} **请接收**` });
  });

  it('转上级: the department hears it', async () => {
    await scene.register();
    await town('接收');
    expect(await heard(() => town('转上级'))).toEqual({ [CIVIL]: '**民政部门：请接收**' });
  });

  it('办结 and a refusal: the village hears what to tell, and who registered is called', async () => {
    await scene.register();
    await town('接收');
    const told = await heard(() =>
      town('办结', { outcome: 'refused', note: '收入超过标准', advice: '可以申请临时救助' }),
    );
    expect(told).toEqual({ [VILLAGE]: `${mentions(ADA)} **不予办理，请告知群众**` });
  });

  it('催办: the holder hears it, and who accepted is called', async () => {
    await scene.register();
    await town('接收');
    expect(await heard(() => village('催办'))).toEqual({ [TOWN]: `${mentions(CLERK)} **请抓紧办理**` });
  });

  it('a bad rating: the town hears that something has to be put right', async () => {
    await delivered();
    const told = await heard(() => village('回访评价', { rating: '1', comment: '等得太久' }));
    expect(told).toEqual({ [TOWN]: `${mentions(TOWN_MANAGER)} **请填写整改情况**` });
  });

  it('a bad rating of what was done on the spot reaches the town, too', async () => {
    await scene.register({ itemName: UNEMPLOYMENT, onTheSpot: true });
    await village('确认送达', { deliveryWay: 'doorstep' });
    const told = await heard(() => village('回访评价', { rating: '2', comment: '等得太久' }));
    expect(Object.keys(told)).toEqual([TOWN]);
    await scene.does(TOWN_MANAGER, { target: TOWN, label: '整改', form: { note: '已上门说明' } });
    expect(wordsOf(scene.last(VILLAGE).card)).toContain('已归档');
  });

  it('calls nobody who has left', async () => {
    await scene.register();
    const { id } = (await scene.db.read((tx) => agentReads.byOpenId(tx, ADA))) ?? { id: 0 };
    await scene.db.write(async ({ q, t }) => q.update(t.agents).set({ status: 'left' }).where(eq(t.agents.id, id)));
    const told = await heard(() => town('退回补正', { note: '缺户口本' }));
    expect(told).toEqual({ [VILLAGE]: '**安达社区：请补正后重新转送**' });
  });
});

describe('where there is no group', () => {
  beforeEach(async () => {
    await scene.db.write((tx) => unitWrites.setChat(tx, { unitId: scene.unitId('安达社区'), chatId: null }));
  });

  it('who registered is written to privately', async () => {
    await scene.register({}, { openId: ADA, chat: TOWN });
    const told = await heard(() => town('退回补正', { note: '缺户口本' }));
    expect(Object.keys(told)).toContain(ADA);
    expect(Object.keys(told)).not.toContain(BAI);
  });
});

describe('the town without a group', () => {
  it('a bad rating comes to its manager privately', async () => {
    await scene.register({ itemName: UNEMPLOYMENT, onTheSpot: true });
    await village('确认送达', { deliveryWay: 'doorstep' });
    await scene.db.write((tx) => unitWrites.setChat(tx, { unitId: scene.unitId('巴彦托海镇'), chatId: null }));
    const told = await heard(() => village('回访评价', { rating: '1', comment: '等得太久' }));
    expect(Object.keys(told)).toEqual([TOWN_MANAGER]);
  });
});

describe('a step that passes no turn', () => {
  it.each([
    ['接收', () => town('接收'), []],
    ['确认送达', () => village('确认送达', { deliveryWay: 'doorstep' }), ['接收', '办结']],
    ['撤回', () => village('撤回', { note: '不办了' }), ['接收']],
  ] as const)('%s makes no sound', async (_, step, before) => {
    await scene.register();
    for (const label of before) await town(label, { outcome: 'granted' });
    expect(await heard(step)).toEqual({});
  });

  it('a good rating makes no sound', async () => {
    await delivered();
    expect(await heard(() => village('回访评价', { rating: '5' }))).toEqual({});
  });
});

it('a press in one’s own group calls a colleague whose turn it is, and nobody when it is one’s own', async () => {
  await scene.register({}, { openId: CLERK, chat: TOWN });
  await scene.does(SECOND, { target: TOWN, label: '接收' });
  const told = await heard(() => scene.does(SECOND, { target: TOWN, label: '办结', form: { outcome: 'granted' } }));
  expect(told[TOWN]).toBe(`${mentions(CLERK)} **请把结果送达群众**`);
  await scene.register({}, { openId: SECOND, chat: TOWN });
  await scene.does(SECOND, { target: TOWN, label: '接收' });
  expect(await heard(() => scene.does(SECOND, { target: TOWN, label: '办结', form: { outcome: 'granted' } }))).toEqual(
    {},
  );
});

it('who only looks a case up calls nobody', async () => {
  const { caseNumber } = await scene.register();
  await town('退回补正', { note: '缺户口本' });
  await scene.says(BAI, `/查 ${caseNumber}`, VILLAGE);
  await scene.settle();
  expect(JSON.stringify(scene.last(VILLAGE).card)).not.toContain('<at');
  expect(scene.posted.some(({ target }) => target === ADMIN)).toBe(false);
});
