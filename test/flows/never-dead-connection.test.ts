/** Sandbox, real SDK and bot over real sockets: what was written while nothing could come is done afterwards, once. */
import { pino } from 'pino';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { MessageRecord } from '../../sandbox/world.ts';
import { serve } from '../../src/serve.ts';
import { Dice } from '../crash/dice.ts';
import { eventually } from '../support/eventually.ts';
import { ZONE } from '../support/office.ts';
import { raiseCurtain, type TestStage } from '../support/stage.ts';
import { answers, catchUpOf, cut, looks, MINUTE_MS } from './outage.ts';

let stage: TestStage;

beforeEach(async () => {
  stage = await raiseCurtain();
  catchUpOf(stage.service).start();
  // By this the bot knows the private chats.
  await stage.people.villageAgent.says('/我');
  await stage.people.townClerk.says('/我');
  await stage.settle();
});
afterEach(async () => {
  await stage.close();
});

const look = () => looks(stage);
const answersTo = (who: 'villageAgent' | 'townClerk', message: MessageRecord) => answers(stage, { who, message });
/** The platform takes the messages, but none of them comes, and no repeat either before the clock moves. */
const cutFor = (minutes: number, meanwhile: () => Promise<void>) => cut(stage, { minutes, meanwhile });

describe('after the connection was gone', () => {
  it('what was written in private chats is answered, with a word about it, and a late delivery does nothing more', async () => {
    const { people, sandbox } = stage;
    let asked: MessageRecord | undefined;
    await cutFor(20, async () => {
      asked = await people.villageAgent.says('/登记 低保 张三丰 13800001234');
      await people.townClerk.says('/待办');
    });
    await look();
    const answers = answersTo('villageAgent', asked as MessageRecord);
    expect(answers).toHaveLength(2);
    expect(answers[0]).toContain('刚才没连上，补上了');
    expect(answers[0]).toContain('您10:00发来的消息');
    expect(answers[1]).toContain('张三丰');
    const before = sandbox.world.messages.size;
    expect(sandbox.deliveries.length).toBeGreaterThan(0);
    await sandbox.advance();
    stage.clock.moveTo(stage.clock.now() + 8 * 3_600_000);
    await sandbox.advance();
    await stage.settle();
    await look();
    expect(sandbox.world.messages.size).toBe(before);
  });

  it('groups are looked through only where the tenant lets the app read them', async () => {
    const { people, groups, sandbox } = stage;
    await cutFor(20, async () => {
      await people.townClerk.says(groups.town, '/待办');
    });
    const before = sandbox.world.messagesOf(groups.town.chatId).length;
    await look();
    expect(sandbox.world.messagesOf(groups.town.chatId)).toHaveLength(before);
    expect(sandbox.calls.filter(({ query }) => query.includes(groups.town.chatId))).toEqual([]);
  });

  it('a gap of four minutes is left to the platform, which repeats what was not acknowledged', async () => {
    const { people, sandbox } = stage;
    const calls = sandbox.calls.length;
    await cutFor(4, async () => {
      await people.villageAgent.says('/待办');
    });
    await look();
    expect(sandbox.calls.slice(calls).filter(({ query }) => query.includes('container_id'))).toEqual([]);
  });
});

it('what was written while the program was down is done after its start', async () => {
  const { people, sandbox, clock, db, vault, service } = stage;
  await service.stop();
  const asked = await people.villageAgent.says('/待办');
  clock.moveTo(clock.now() + 20 * MINUTE_MS);
  const { appId, appSecret, url: domain } = sandbox;
  const transport = { kind: 'websocket' } as const;
  const connection = { appId, appSecret, domain, transport, host: '127.0.0.1', port: 0 };
  const log = pino({ level: 'silent' });
  const second = await serve({ connection, db, vault, clock, zone: ZONE, log, autostart: false });
  stage = {
    ...stage,
    close: () =>
      second
        .stop()
        .then(() => sandbox.close())
        .then(() => db.close()),
  };
  await eventually(() => expect(second.app.flow.upSince()).toBeDefined());
  catchUpOf(second).start();
  await catchUpOf(second).look();
  for (let next: number | undefined = 0; next !== undefined; next = await second.app.dispatcher.drain()) {
    clock.moveTo(Math.max(clock.now() + 1, next));
  }
  expect(answersTo('villageAgent', asked)).toHaveLength(2);
  expect(second.app.flow.owed()).toBeUndefined();
});

/** Titles of what the watch finds. */
const troubles = async () => (await stage.service.app.watch.troubles()).map(({ key }) => key);

const later = (minutes: number) => stage.clock.moveTo(stage.clock.now() + minutes * MINUTE_MS);

describe('while the connection stands', () => {
  it('names a second program that gets a part of the messages, and does what never came', async () => {
    const { people, sandbox } = stage;
    sandbox.faults.otherInstance('some');
    later(5);
    const lost = await people.villageAgent.says('/待办');
    later(5);
    await people.townClerk.says('/待办');
    await stage.settle();
    expect(answersTo('villageAgent', lost)).toEqual([]);
    later(55);
    await look();
    expect(answersTo('villageAgent', lost)).toHaveLength(2);
    expect(await troubles()).toContain('second-instance');
  });

  it('makes it anew where nothing comes any more, and does what never came, in the other chats too', async () => {
    const { people, sandbox, service } = stage;
    sandbox.faults.otherInstance('all');
    later(5);
    const lost = await people.villageAgent.says('/待办');
    const other = await people.townClerk.says('/待办');
    later(40);
    const { losses } = service.app.flow;
    expect(losses()).toBe(0);
    await look();
    expect(await troubles()).toContain('events-missed');
    await eventually(() => expect(losses()).toBe(1));
    sandbox.faults.otherInstance('none');
    await eventually(() => expect(service.app.flow.upSince()).toBeDefined());
    await look();
    for (const [who, message] of [['villageAgent', lost] as const, ['townClerk', other] as const]) {
      expect(answersTo(who, message)).toHaveLength(2);
    }
  });

  it('asks seldom while nothing happens, and not at night', async () => {
    const { sandbox } = stage;
    const lists = () => sandbox.calls.filter(({ query }) => query.includes('container_id')).length;
    const pass = async (hours: number) => {
      for (let minute = 0; minute < hours * 60; minute += 10) {
        later(10);
        await catchUpOf(stage.service).look();
      }
    };
    // From ten to six: 10:30, 11:30, and from half past two on every hour; two chats each.
    await pass(8);
    expect(lists()).toBe(12);
    // From six in the evening to eight in the morning.
    await pass(14);
    expect(lists()).toBe(12);
  });
});

it.each([1, 2])(
  'seed %i: whatever of the deliveries is lost and comes late or never, everything is done once',
  async (seed) => {
    const { people, sandbox, clock, db } = stage;
    const dice = new Dice(seed);
    const names = [...'甲乙丙丁戊己庚辛'];
    const says = async (name: string) => {
      sandbox.faults.duplicateEvents(dice.below(2) === 0 ? 'off' : 'newEventId');
      sandbox.faults.otherInstance(dice.below(3) === 0 ? 'all' : 'none');
      await people.villageAgent.says(`/登记 低保 张${name} 1380000123${names.indexOf(name)}`);
      sandbox.faults.otherInstance('none');
    };
    const half = 2 + dice.below(4);
    for (const name of names.slice(0, half - 2)) await says(name);
    await cutFor(8, async () => {
      for (const name of names.slice(half - 2, half)) await says(name);
    });
    if (dice.below(2) === 0) await sandbox.advance();
    await look();
    for (const name of names.slice(half)) await says(name);
    for (const minutes of [70, 70, 7 * 60]) {
      clock.moveTo(clock.now() + minutes * MINUTE_MS);
      if (dice.below(2) === 0) await sandbox.advance();
      await look();
      await look();
    }
    await sandbox.advance();
    await stage.settle();
    const drafts = await db.read(({ q, t }) => Promise.resolve(q.select().from(t.drafts)));
    expect(drafts).toHaveLength(names.length);
  },
);
