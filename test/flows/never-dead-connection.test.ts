/** Sandbox, real SDK and bot over real sockets: what was written while nothing could come is done afterwards, once. */
import { pino } from 'pino';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { MessageRecord } from '../../sandbox/world.ts';
import type { CatchUp } from '../../src/catch-up.ts';
import { type Service, serve } from '../../src/serve.ts';
import { at, ZONE } from '../support/office.ts';
import { raiseCurtain, type TestStage } from '../support/stage.ts';

const MINUTE_MS = 60_000;

let stage: TestStage;
let second: Service | undefined;

beforeEach(async () => {
  stage = await raiseCurtain();
  await catchUpOf(stage.service).start();
  // By this the bot knows the private chats.
  await stage.people.villageAgent.says('/我');
  await stage.people.townClerk.says('/我');
  await stage.settle();
});
afterEach(async () => {
  await second?.stop();
  second = undefined;
  await stage.close();
});

function catchUpOf({ app }: Service): CatchUp {
  if (!app.catchUp) throw new Error('the platform is not known');
  return app.catchUp;
}

const look = async () => {
  await catchUpOf(stage.service).look();
  await stage.settle();
};

/** The bot's words in a private chat, since a message. */
function answersTo(who: 'villageAgent' | 'townClerk', message: MessageRecord): string[] {
  const all = stage.sandbox.world.messagesOf(message.chatId);
  const own = all.slice(all.findIndex(({ messageId }) => messageId === message.messageId));
  const seen = stage.people[who].sees();
  return seen.slice(seen.length - own.length).filter((line) => line.startsWith('代办：'));
}

/** The platform takes the messages, but none of them comes, and no repeat either before the clock moves. */
async function cutFor(minutes: number, meanwhile: () => Promise<void>): Promise<void> {
  const { sandbox, clock, service } = stage;
  sandbox.faults.playDead();
  sandbox.faults.dropWebsockets();
  await vi.waitFor(() => expect(service.app.flow.upSince()).toBeUndefined(), { timeout: 5_000, interval: 5 });
  await meanwhile();
  clock.moveTo(clock.now() + minutes * MINUTE_MS);
  sandbox.faults.playDead(false);
  sandbox.faults.dropWebsockets();
  await sandbox.connected();
  await vi.waitFor(() => expect(service.app.flow.upSince()).toBeDefined(), { timeout: 5_000, interval: 5 });
}

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

  it('a gap of seconds is left to the platform, which repeats what was not acknowledged', async () => {
    const { people, sandbox } = stage;
    const calls = sandbox.calls.length;
    await cutFor(0.5, async () => {
      await people.villageAgent.says('/待办');
    });
    await look();
    expect(sandbox.calls.slice(calls).filter(({ query }) => query.includes('container_id'))).toEqual([]);
  });
});
void pino;
void at;
void ZONE;
void serve;
