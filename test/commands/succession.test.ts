/** 停用, 调动 and 只转件: what waits for somebody goes to a colleague in the same press. */
import { afterEach, beforeEach, expect, it } from 'vitest';
import { agentReads } from '../../db/repositories/agent.ts';
import { buttonOf, wordsOf } from '../support/office.ts';
import {
  ADA,
  ADMIN,
  BAI,
  CLERK,
  openScene,
  RELIEF,
  type Scene,
  SECOND,
  TOWN,
  TOWN_MANAGER,
  VILLAGE,
} from '../support/scene.ts';

let scene: Scene;
beforeEach(async () => {
  scene = await openScene();
});
afterEach(() => scene.close());

const idOf = async (openId: string) => (await scene.db.read((tx) => agentReads.byOpenId(tx, openId)))?.id ?? 0;
const asks = async (line: string, by = TOWN_MANAGER) => {
  await scene.says(by, line);
  await scene.settle();
};
const entriesOf = async (kind: string) => (await scene.entries()).filter((entry) => entry.kind === kind);

/** Three cases of ADA's: one waits, one is handled by CLERK, one has been delivered. */
async function threeCases() {
  const waiting = await scene.register();
  const handled = await scene.register({ applicantName: '李四', phone: '13900000001', itemName: RELIEF });
  await scene.does(CLERK, { target: TOWN, label: '接收' });
  const delivered = await scene.register({ applicantName: '王五', phone: '13900000002' });
  await scene.does(CLERK, { target: TOWN, label: '接收' });
  await scene.does(CLERK, { target: TOWN, label: '办结', form: { outcome: 'granted' } });
  await scene.does(ADA, { target: VILLAGE, label: '确认送达', form: { deliveryWay: 'doorstep' } });
  return [waiting, handled, delivered] as const;
}

it('停用: one press, an entry for each case, the cards follow without a sound, the colleague gets one list', async () => {
  const cases = await threeCases();
  await asks('/停用 阿达');
  const before = scene.posted.length;
  const answer = await scene.does(TOWN_MANAGER, {
    target: TOWN_MANAGER,
    label: '确认停用',
    form: { successor: String(await idOf(BAI)) },
  });
  expect(answer.toast?.content).toBe('阿达已停用');
  for (const { id } of cases) expect(await scene.record(id)).toMatchObject({ keeperId: await idOf(BAI) });
  expect(await entriesOf('entrust')).toHaveLength(3);
  const posted = scene.posted.slice(before).filter(({ target }) => target !== ADA && target !== TOWN_MANAGER);
  expect(posted.map(({ target }) => target)).toEqual([BAI]);
  expect(wordsOf(scene.last(BAI).card)).toContain('阿达的3件转给白音接着办');
  expect(wordsOf(scene.last(BAI).card)).toContain(cases[0].caseNumber);
  expect(wordsOf(scene.last(VILLAGE).card)).toContain('白音');
  expect((await scene.checkLedger()).faults).toEqual([]);
});

it('调动 of a clerk: what they handle goes to the named one, and nothing else changes', async () => {
  const [waiting, handled, delivered] = await threeCases();
  await asks('/调动 王芳 大雁镇', ADMIN);
  const form = { successor: String(await idOf(SECOND)) };
  await scene.does(ADMIN, { target: ADMIN, label: '确认调动', form });
  expect(await scene.record(handled.id)).toMatchObject({ handlerId: await idOf(SECOND), state: 'accepted' });
  expect(await scene.record(waiting.id)).toMatchObject({ handlerId: null });
  // Who completed it stays known.
  expect(await scene.record(delivered.id)).toMatchObject({ handlerId: await idOf(CLERK) });
  expect((await entriesOf('handOver')).map(({ actorId }) => actorId)).toEqual([String(await idOf(ADMIN))]);
  expect(wordsOf(scene.last(CLERK).card)).toContain('由李强接着办');
});

it('只转件: the person stays; a case that both keep and handle is one case with two entries', async () => {
  await scene.register({ itemName: RELIEF }, { openId: CLERK, chat: TOWN });
  await scene.does(CLERK, { target: TOWN, label: '接收' });
  await asks('/停用 王芳');
  const missing = await scene.does(TOWN_MANAGER, { target: TOWN_MANAGER, label: '只转件，人不动' });
  expect(missing.toast?.content).toContain('请先选一位同事');
  const form = { successor: String(await idOf(SECOND)) };
  const value = buttonOf(scene.last(TOWN_MANAGER).card, '只转件，人不动');
  await scene.forges(TOWN_MANAGER, { value, form });
  expect(await scene.record(1)).toMatchObject({ keeperId: await idOf(SECOND), handlerId: await idOf(SECOND) });
  expect([await entriesOf('entrust'), await entriesOf('handOver')].map(({ length }) => length)).toEqual([1, 1]);
  expect((await scene.db.read((tx) => agentReads.byOpenId(tx, CLERK)))?.status).toBe('active');
  // Pressed twice, nothing is left to go.
  expect((await scene.forges(TOWN_MANAGER, { value, form })).toast?.type).toBe('success');
  expect(await entriesOf('entrust')).toHaveLength(1);
  expect((await scene.checkLedger()).faults).toEqual([]);
});

it.each([
  ['nobody in particular', '', true],
  ['somebody of another unit', CLERK, false],
  ['who leaves', ADA, false],
])('to %s: the unit goes on, or nothing is done', async (_whom, openId, done) => {
  await scene.register();
  await asks('/停用 阿达');
  const successor = openId === '' ? '' : String(await idOf(openId));
  const answer = await scene.does(TOWN_MANAGER, { target: TOWN_MANAGER, label: '确认停用', form: { successor } });
  expect(answer.toast?.type).toBe(done ? 'success' : 'warning');
  const agent = await scene.db.read((tx) => agentReads.byOpenId(tx, ADA));
  expect(agent?.status).toBe(done ? 'left' : 'active');
  expect(await entriesOf('entrust')).toEqual([]);
});

it('is not for who may not end that person’s work', async () => {
  await scene.register();
  await asks('/停用 阿达');
  const value = buttonOf(scene.last(TOWN_MANAGER).card, '只转件，人不动');
  const form = { successor: String(await idOf(BAI)) };
  for (const openId of [BAI, ADA, CLERK])
    expect((await scene.forges(openId, { value, form })).toast?.type).toBe('warning');
  expect(await entriesOf('entrust')).toEqual([]);
});
