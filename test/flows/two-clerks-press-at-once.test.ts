import { afterEach, describe, expect, it } from 'vitest';
import { ledgerReads } from '../../db/repositories/ledger.ts';
import { raiseCurtain, type TestStage } from '../support/stage.ts';
import { caseCards, expectAllWell, posted, presses, registers, statesSeen, zhang } from './support.ts';

let stage: TestStage;
afterEach(() => stage.close());

describe.each(['websocket', 'webhook'] as const)('two clerks over %s', (transport) => {
  it('press 接收 at the same moment: one has it, the other is told who', async () => {
    stage = await raiseCurtain({ transport });
    const number = await registers(stage, { item: '低保' });
    const { people, groups } = stage;
    const [card] = posted(stage, 'town');
    if (!card) throw new Error('no card in the town');
    const answers = await Promise.all([people.townClerk.clicks(card, '接收'), people.secondClerk.clicks(card, '接收')]);
    expect(answers.map((answer) => answer.toast?.type).sort()).toEqual(['success', 'warning']);
    const refused = answers.find((answer) => answer.toast?.type === 'warning');
    expect(refused?.toast?.content).toMatch(
      new RegExp(`^${number} 已由巴彦托海镇(王芳|李强)接收，不用再点了；要接着办，请点“转给我办”。$`),
    );
    expect(refused?.card).toBeDefined();
    await stage.settle();
    expect(await kinds()).toEqual(['register', 'forward', 'accept']);
    for (const group of ['village', 'town'] as const) {
      expect(statesSeen(stage, { group, number })).toEqual(['待接收', '办理中']);
      expect(caseCards(stage, { group, number })).toHaveLength(1);
    }
    expect(people.townClerk.sees(groups.town)).toHaveLength(1);
    await expectAllWell(stage, { residents: [zhang] });
  });
});

describe('different steps at once', () => {
  it('退回补正 against 接收, 撤回 against 办结: exactly one of the two counts', async () => {
    stage = await raiseCurtain();
    const number = await registers(stage, { item: '低保' });
    const { people, groups } = stage;
    const first = await Promise.all([
      people.townClerk.clicks(groups.town, '接收'),
      people.secondClerk.clicks(groups.town, '退回补正', { 说明: '缺户口本' }),
    ]);
    expect(first.filter((answer) => answer.toast?.type === 'success')).toHaveLength(1);
    await stage.settle();
    const [card = ''] = caseCards(stage, { group: 'town', number });
    if (card.includes('待补正')) {
      await presses(stage, { who: 'villageAgent', where: 'village', label: '重新转送' });
      await presses(stage, { who: 'townClerk', where: 'town', label: '接收' });
    }
    const second = await Promise.all([
      people.villageAgent.clicks(groups.village, '撤回', { 撤回原因: '群众不办了' }),
      people.townClerk.clicks(groups.town, '办结', { 办理结果: '予以办理' }),
    ]);
    expect(second.filter((answer) => answer.toast?.type === 'success')).toHaveLength(1);
    await stage.settle();
    const ends = (await kinds()).filter((kind) => kind === 'withdraw' || kind === 'complete');
    expect(ends).toHaveLength(1);
    await expectAllWell(stage, { residents: [zhang] });
  });

  it('a phone that still shows an older card is told so, gets the newest, and the next press works', async () => {
    stage = await raiseCurtain();
    const number = await registers(stage, { item: '低保' });
    const [old] = posted(stage, 'town');
    if (!old) throw new Error('no card in the town');
    const reason = { 说明: '缺户口本', 需补正的材料: '户口本' };
    await presses(stage, { who: 'townClerk', where: 'town', label: '退回补正', form: reason });
    await presses(stage, { who: 'villageAgent', where: 'village', label: '重新转送' });
    stage.sandbox.world.updateMessage(old.messageId, old.content);
    const late = await stage.people.secondClerk.clicks(old, '接收');
    expect(late.toast?.content).toBe('这张卡片是旧的，已换成最新状态，请看清后再点一次。');
    expect(await kinds()).toEqual(['register', 'forward', 'return', 'forward']);
    const toast = await presses(stage, { who: 'secondClerk', where: 'town', label: '接收' });
    expect(toast).toBe(`已接收 ${number}`);
    await expectAllWell(stage, { residents: [zhang] });
  });
});

async function kinds(): Promise<string[]> {
  return (await stage.db.read((tx) => ledgerReads.ofCase(tx, 1))).map((entry) => entry.kind);
}
