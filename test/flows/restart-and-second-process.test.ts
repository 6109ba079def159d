import { pino } from 'pino';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Service, serve } from '../../src/serve.ts';
import { createVault } from '../../src/vault.ts';
import { ZONE } from '../support/office.ts';
import { raiseCurtain, type TestStage } from '../support/stage.ts';
import { caseCards, expectAllWell, goTo, posted, presses, reads, statesSeen, zhang } from './support.ts';

let stage: TestStage;
let second: Service | undefined;

beforeEach(async () => {
  stage = await raiseCurtain();
});
afterEach(async () => {
  await second?.stop();
  second = undefined;
  await stage.close();
});

const number = '26-01-00001';

describe('the bot stops with work in hand', () => {
  it('and after a start sends what was left, once, and still knows its cards', async () => {
    const { people, groups } = stage;
    await people.villageAgent.says(groups.village, `/登记 低保 ${zhang.name} ${zhang.phone}`);
    await stage.settle();
    await people.villageAgent.clicks(groups.village, '提交登记', { 自愿委托确认: true });
    await stage.service.stop();
    stage = { ...stage, close: () => stage.sandbox.close().then(() => stage.db.close()) };
    expect(posted(stage, 'town')).toEqual([]);
    const offline = await people.townClerk.says(groups.town, '/待办');
    second = await anotherProcess();
    await stage.sandbox.connected();
    await settleSecond();
    expect(caseCards(stage, { group: 'town', number })).toHaveLength(1);
    stage.clock.moveTo(stage.clock.now() + 20_000);
    await stage.sandbox.advance();
    await settleSecond();
    expect(posted(stage, 'town').filter((message) => message.parentId === offline.messageId)).toHaveLength(1);
    expect((await people.townClerk.clicks(groups.town, '接收')).toast?.content).toBe(`已接收 ${number}`);
    await settleSecond();
    expect(statesSeen(stage, { group: 'village', number })).toEqual(['待接收', '办理中']);
    await expectAllWell(stage, { residents: [zhang] });
  });
});

describe('two processes on one database', () => {
  it('share deliveries and messages: every case, card and reminder is there once', async () => {
    second = await anotherProcess();
    await stage.sandbox.connected(2);
    const { people, groups, sandbox } = stage;
    sandbox.faults.duplicateEvents('newEventId');
    for (const tail of [0, 1, 2]) {
      await people.villageAgent.says(
        groups.village,
        `/登记 低保 ${zhang.name}${'甲乙丙'.charAt(tail)} 1380000123${tail}`,
      );
    }
    await settleBoth();
    expect(posted(stage, 'village')).toHaveLength(3);
    const forms = posted(stage, 'village').flatMap((card) => [card, card]);
    const answers = await Promise.all(
      forms.map((card) => people.villageAgent.clicks(card, '提交登记', { 自愿委托确认: true })),
    );
    expect(answers.filter((answer) => answer.toast?.type === 'success')).toHaveLength(3);
    await settleBoth();
    const titles = posted(stage, 'town').map((message) => /代办件 (\d{2}-\d{2}-\d{5})/.exec(message.content)?.[1]);
    expect(titles).toEqual([number, '26-01-00002', '26-01-00003']);
    await presses(stage, { who: 'townClerk', where: 'town', label: '接收' });

    await goTo(stage, '2026-12-15T16:00');
    await second.app.scheduler.tick();
    await settleBoth();
    stage.clock.moveTo(Date.parse('2026-12-16T09:00:00+08:00'));
    await Promise.all([stage.service.app.scheduler.tick(), second.app.scheduler.tick()]);
    await settleBoth();
    expect(reads(stage, 'banner').filter((text) => text.includes('未报送10个'))).toHaveLength(1);
    await expectAllWell(stage, { residents: [zhang] });
  });
});

/** Another process of the same bot: connected to the same platform, on the same database. */
function anotherProcess(): Promise<Service> {
  const { sandbox, db, clock } = stage;
  return serve({
    connection: {
      appId: sandbox.appId,
      appSecret: sandbox.appSecret,
      domain: sandbox.url,
      transport: { kind: 'websocket' },
      host: '127.0.0.1',
      port: 0,
    },
    ...{ db, clock, zone: ZONE },
    vault: createVault(Buffer.alloc(32, 7)),
    log: pino({ level: 'silent' }),
    autostart: false,
  });
}

/** Both processes send at the same time until nothing is left. */
async function settleBoth(): Promise<void> {
  await Promise.all([second?.app.dispatcher.drain(), stage.settle()]);
}

/** The second process alone sends until nothing is left. */
async function settleSecond(): Promise<void> {
  for (let round = 0; round < 50; round++) {
    await stage.sandbox.idle();
    const next = await second?.app.dispatcher.drain();
    if (next === undefined) return;
    stage.clock.moveTo(Math.max(stage.clock.now() + 1, next));
  }
  throw new Error('the outbox does not come to rest');
}
