import { afterEach, describe, expect, it } from 'vitest';
import { caseReads } from '../../db/repositories/case.ts';
import { ledgerReads } from '../../db/repositories/ledger.ts';
import { buttonOf } from '../support/office.ts';
import { raiseCurtain, type TestStage } from '../support/stage.ts';
import { asks, caseCards, expectAllWell, posted, presses, reads, registers, statesSeen, zhang } from './support.ts';

let stage: TestStage;
afterEach(() => stage.close());

const cases = (['websocket', 'webhook'] as const).flatMap((transport) =>
  (['sameEventId', 'newEventId'] as const).map((duplicates) => ({ transport, duplicates })),
);

describe.each(cases)('every event twice ($duplicates) over $transport', ({ transport, duplicates }) => {
  it('a case is told once, done once, and every line is answered once', async () => {
    stage = await raiseCurtain({ transport });
    stage.sandbox.faults.duplicateEvents(duplicates);
    const number = await registers(stage, { item: '低保' });
    await presses(stage, { who: 'townClerk', where: 'town', label: '接收' });
    await presses(stage, { who: 'townClerk', where: 'town', label: '办结', form: { 办理结果: '予以办理' } });
    expect(await asks(stage, { who: 'townClerk', where: 'town', text: '/待办' })).toHaveLength(1);
    expect(await asks(stage, { who: 'townClerk', text: '/我' })).toHaveLength(1);
    expect(posted(stage, 'village')).toHaveLength(2);
    expect(caseCards(stage, { group: 'town', number })).toHaveLength(1);
    expect(statesSeen(stage, { group: 'village', number })).toEqual(['待接收', '办理中', '已办结']);
    const entries = await stage.db.read((tx) => ledgerReads.ofCase(tx, 1));
    expect(entries.map((entry) => entry.kind)).toEqual(['register', 'forward', 'accept', 'complete']);
    await expectAllWell(stage, { residents: [zhang] });
  });
});

describe('a press that comes twice', () => {
  it('is done once and answered with the same toast, as is one that was refused', async () => {
    stage = await raiseCurtain();
    await registers(stage, { item: '低保' });
    const { people, groups, service } = stage;
    const card = posted(stage, 'town').at(-1);
    const press = (eventId: string) =>
      service.app.receive({
        ...{ kind: 'action', eventId, messageId: card?.messageId ?? '', chatId: groups.town.chatId, form: {} },
        ...{ openId: people.townClerk.openId, value: buttonOf(JSON.parse(card?.content ?? ''), '接收') },
      });
    const first = await press('ev_first');
    expect(first.toast).toEqual({ type: 'success', content: '已接收 26-01-00001' });
    expect((await press('ev_first')).toast).toEqual(first.toast);
    const refused = await press('ev_second');
    expect(refused.toast?.type).toBe('warning');
    expect((await press('ev_second')).toast).toEqual(refused.toast);
    const entries = await stage.db.read((tx) => ledgerReads.ofCase(tx, 1));
    expect(entries.map((entry) => entry.kind)).toEqual(['register', 'forward', 'accept']);
    await stage.settle();
  });
});

describe('order', () => {
  it('lines that arrive in reverse are each answered once, each under its own question', async () => {
    stage = await raiseCurtain();
    const { people, groups, sandbox } = stage;
    sandbox.faults.reorderEvents(3);
    await people.townClerk.says(groups.town, '/待办');
    await people.townClerk.says(groups.town, '/我');
    await people.townClerk.says(groups.town, '/帮助');
    await stage.settle();
    const answers = posted(stage, 'town').map((message) => sandbox.world.messages.get(message.parentId ?? '')?.content);
    expect(answers.map((content) => /\/(\S+)"/.exec(content ?? '')?.[1])).toEqual(['帮助', '我', '待办']);
    await expectAllWell(stage, { residents: [] });
  });

  it('the removal of the bot that arrives after its return costs nothing but the binding', async () => {
    stage = await raiseCurtain();
    const { people, groups, sandbox } = stage;
    sandbox.faults.reorderEvents(2);
    await sandbox.removeBot(groups.town, people.admin);
    await sandbox.addBot(groups.town, people.admin);
    await stage.settle();
    expect(reads(stage, 'town').at(-1)).toContain('这个群属于哪个单位？');
    expect(people.admin.sees().join('\n')).toContain('巴彦托海镇的群解绑了');
    await expectAllWell(stage, { residents: [] });
  });

  it('an event without an answer comes again after 15 seconds and is then done, once', async () => {
    stage = await raiseCurtain();
    const { people, groups, sandbox, clock } = stage;
    sandbox.faults.dropWebsockets();
    await people.villageAgent.says(groups.village, `/登记 低保 ${zhang.name} ${zhang.phone}`);
    await stage.settle();
    expect(posted(stage, 'village')).toEqual([]);
    await sandbox.connected();
    await stage.moveTo(clock.now() + 15_000);
    await stage.moveTo(clock.now() + 7 * 3_600_000);
    expect(posted(stage, 'village')).toHaveLength(1);
    await presses(stage, { who: 'villageAgent', where: 'village', label: '提交登记', form: { 自愿委托确认: true } });
    expect(await stage.db.read((tx) => caseReads.byId(tx, 2))).toBeUndefined();
    await expectAllWell(stage, { residents: [zhang] });
  });
});
