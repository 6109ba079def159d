/** Long and violent trouble with the platform, beyond the single faults of the flow tests. */
import { pino } from 'pino';
import { describe, expect, it } from 'vitest';
import { outboxReads } from '../../db/repositories/outbox.ts';
import { employCast, enterCast } from '../../sandbox/cast.ts';
import { startSandbox } from '../../sandbox/index.ts';
import { openStage, StageClock } from '../../sandbox/stage.ts';
import { serve } from '../../src/serve.ts';
import { createVault } from '../../src/vault.ts';
import { caseCards, expectAllWell, posted, zhang } from '../flows/support.ts';
import { emptyDatabase } from '../support/databases.ts';
import { openGate } from '../support/gate.ts';
import { at, ZONE } from '../support/office.ts';
import { raiseCurtain, type TestStage } from '../support/stage.ts';
import { pause } from './house.ts';

const MINUTE_MS = 60_000;
const vault = createVault(Buffer.alloc(32, 7));
const log = pino({ level: 'silent' });
const consent = { 自愿委托确认: true };

/** A stage whose bot reaches the platform through a gate; the platform reaches the bot directly. */
async function stageBehindGate() {
  const clock = new StageClock(at('2026-11-23T10:00'));
  const db = emptyDatabase();
  const secrets = { encryptKey: 'sandbox-encrypt-key', verificationToken: 'sandbox-token' };
  const sandbox = await startSandbox({ clock, transport: 'webhook', ...secrets });
  const cast = enterCast(sandbox);
  const gate = await openGate(sandbox.url);
  const { appId, appSecret } = sandbox;
  const connection = { appId, appSecret, domain: gate.url, host: '127.0.0.1', port: 0 };
  const transport = { kind: 'webhook' as const, ...secrets };
  const service = await serve({
    connection: { ...connection, transport },
    ...{ db, vault, clock, zone: ZONE, log },
    autostart: false,
  });
  await employCast({ db, vault, zone: ZONE, now: clock.now() });
  sandbox.setWebhookUrl(`${service.url}/lark/events`);
  async function settle(): Promise<void> {
    for (let round = 0; round < 100; round++) {
      await service.app.dispatcher.drain();
      const next = await db.read((tx) => outboxReads.nextAvailableAt(tx));
      if (next === undefined) return;
      clock.moveTo(Math.max(clock.now() + 100, next));
    }
    throw new Error('the outbox does not come to rest');
  }
  async function moveTo(ms: number): Promise<void> {
    clock.moveTo(ms);
    await service.app.scheduler.tick();
    await sandbox.advance();
  }
  const stage: TestStage = {
    ...{ ...cast, sandbox, service, clock, settle, moveTo, passTo: moveTo, db, shown: [] },
    vault,
    stop: () => service.stop(),
    async close() {
      await service.stop();
      await gate.shut();
      await sandbox.close();
      await db.close();
    },
  };
  return { stage, gate };
}

describe('the platform cannot be reached for an hour and a half', () => {
  it('while it still delivers: work goes on, and every card arrives once afterwards, in the newest state', async () => {
    const { stage, gate } = await stageBehindGate();
    const { people, groups, clock } = stage;
    for (const tail of [0, 1, 2]) {
      await people.villageAgent.says(
        groups.village,
        `/登记 低保 ${zhang.name}${'甲乙丙'.charAt(tail)} 1380000123${tail}`,
      );
    }
    await stage.settle();
    await gate.shut();
    await pause(50);
    for (const card of posted(stage, 'village')) {
      expect((await people.villageAgent.clicks(card, '提交登记', consent)).toast?.type).toBe('success');
    }
    const until = clock.now() + 90 * MINUTE_MS;
    while (clock.now() < until) {
      await stage.moveTo(clock.now() + 2 * MINUTE_MS);
      await stage.service.app.dispatcher.drain();
    }
    expect(posted(stage, 'town')).toEqual([]);
    await gate.open();
    await stage.settle();
    const numbers = posted(stage, 'town').map(({ content }) => /代办件 (\d{2}-\d{2}-\d{5})/.exec(content)?.[1]);
    expect(numbers).toEqual(['26-01-00001', '26-01-00002', '26-01-00003']);
    expect((await people.townClerk.clicks(groups.town, '接收')).toast?.content).toBe('已接收 26-01-00003');
    await expectAllWell(stage, { residents: [zhang] });
    expect(caseCards(stage, { group: 'village', number: '26-01-00003' })[0]).toContain('办理中');
    await stage.close();
  });
});

describe('a storm of refusals', () => {
  it('slows the messages down and loses, repeats and reorders none; minutes after its end all are there', async () => {
    const stage = await raiseCurtain();
    const { people, groups, sandbox, clock } = stage;
    const lines = [];
    for (let second = 0; second < 180; second++) {
      sandbox.faults.rateLimit(20, second % 2 === 0 ? { resetSeconds: 2 } : { code: 230020 });
      if (second % 40 === 0) sandbox.faults.revokeTokens();
      if (second % 10 === 0) lines.push(await people.townClerk.says(groups.town, '/待办'));
      if (second % 10 === 5) lines.push(await people.villageAgent.says(groups.village, '/我'));
      await stage.service.app.dispatcher.drain();
      await sandbox.faults.clear();
      clock.moveTo(clock.now() + 1_000);
    }
    const stormEnd = clock.now();
    expect(posted(stage, 'town')).toEqual([]);
    await stage.settle();
    expect(clock.now() - stormEnd).toBeLessThan(5 * MINUTE_MS);
    expect(sandbox.calls.filter((call) => call.code === 99991400 || call.code === 230020).length).toBeGreaterThan(5);
    for (const group of ['town', 'village'] as const) {
      const asked = lines.filter((line) => line.chatId === groups[group].chatId).map((line) => line.messageId);
      expect(posted(stage, group).map((message) => message.parentId)).toEqual(asked);
    }
    await expectAllWell(stage, { residents: [] });
    await stage.close();
  });
});

describe('a long connection that is cut every second', () => {
  it('brings every line and every press once, sooner or later', async () => {
    const db = emptyDatabase();
    const stage = await openStage({ clock: new StageClock(), db, vault, zone: ZONE, log, autostart: true });
    const { people, groups, sandbox, clock } = stage;
    const cuts = setInterval(() => sandbox.faults.dropWebsockets(), 1_000);
    const lines = [];
    let lost = 0;
    await people.villageAgent.says(groups.village, `/登记 低保 ${zhang.name} ${zhang.phone}`);
    for (let turn = 0; turn < 40; turn++) {
      const saying = people.townClerk.says(groups.town, '/待办');
      // Now and then while it is on its way, so that some of it is lost in any case.
      if (turn % 8 === 3) sandbox.faults.dropWebsockets();
      lines.push(await saying);
      await pause(150);
      const [form] = sandbox.world.messagesOf(groups.village.chatId).filter((message) => message.parentId);
      if (form?.content.includes('提交登记')) {
        const { error } = await people.villageAgent.clicks(form, '提交登记', consent);
        if (error !== undefined) lost += 1;
      }
      // What was not acknowledged comes again after 15 s, 5 min, 1 h and 6 h.
      if (turn % 10 === 9) await stage.moveTo(clock.now() + 16_000);
    }
    clearInterval(cuts);
    await sandbox.connected();
    for (const waitMs of [16_000, 5 * MINUTE_MS, 60 * MINUTE_MS]) {
      await stage.moveTo(clock.now() + waitMs);
      await stage.settle();
    }
    const test: TestStage = { ...stage, db, shown: [], vault, close: () => db.close() };
    const answers = posted(test, 'town').flatMap((message) => message.parentId ?? []);
    expect(answers.sort()).toEqual(lines.map((line) => line.messageId).sort());
    expect(sandbox.deliveries.filter(({ delivered }) => !delivered.ok).length).toBeGreaterThan(lost);
    expect(caseCards(test, { group: 'town', number: '26-01-00001' })).toHaveLength(1);
    expect(caseCards(test, { group: 'village', number: '26-01-00001' })).toHaveLength(1);
    await expectAllWell(test, { residents: [zhang] });
    await stage.stop();
    await db.close();
  });
});
