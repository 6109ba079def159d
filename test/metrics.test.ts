import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { LarkError } from '../src/lark/port.ts';
import { createMetrics } from '../src/metrics.ts';
import { sendsFile } from './imports/support.ts';
import { noFiles } from './support/no-files.ts';
import { ADA, BAI, CLERK, openScene, type Scene, TOWN, VILLAGE } from './support/scene.ts';

let scene: Scene;
beforeEach(async () => {
  scene = await openScene();
});
afterEach(() => scene.close());

async function value(line: string): Promise<number | undefined> {
  const found = (await scene.app.metrics.text()).split('\n').find((one) => one.startsWith(`${line} `));
  return found === undefined ? undefined : Number(found.slice(line.length + 1));
}

describe('metrics', () => {
  it('count deliveries by how they ended, refusals by code, and steps by button', async () => {
    await scene.register();
    await scene.does(CLERK, { target: TOWN, label: '接收' });
    await scene.forges(BAI, { value: { v: 1, action: 'nonsense' } });
    expect(await value('daiban_events_total{kind="action",status="done"}')).toBe(2);
    expect(await value('daiban_events_total{kind="action",status="refused"}')).toBe(1);
    expect(await value('daiban_refusals_total{code="button_unknown"}')).toBe(1);
    expect(await value('daiban_step_seconds_count{step="case.accept"}')).toBe(1);
    expect(await value('daiban_step_seconds_count{step="unknown"}')).toBe(1);
  });

  it('count a repeat as a repeat', async () => {
    const again = { kind: 'chatEntered' as const, eventId: 'ev_again', chatId: 'oc_p2p', openId: ADA };
    await scene.app.receive(again);
    await scene.app.receive(again);
    expect(await value('daiban_events_total{kind="chatEntered",status="done"}')).toBe(1);
    expect(await value('daiban_events_total{kind="chatEntered",status="repeated"}')).toBe(1);
  });

  it('tell the height of each chain, the age of the outbox and the last run of a job', async () => {
    await scene.register();
    const entries = await scene.entries();
    const own = entries.filter((entry) => entry.townId === scene.unitId('巴彦托海镇')).length;
    expect(await value('daiban_ledger_height{town="巴彦托海镇"}')).toBe(own);
    expect(await value('daiban_outbox_oldest_seconds')).toBe(0);
    await scene.says(ADA, '/待办', VILLAGE);
    scene.clock.advance(90_000);
    expect(await value('daiban_outbox_oldest_seconds')).toBe(90);
    await scene.app.scheduler.tick();
    scene.clock.to('2026-11-27T16:00');
    await scene.app.scheduler.tick();
    expect(await value('daiban_job_runs_total{job="weekly-digest",result="ok"}')).toBe(1);
    const at = await value('daiban_job_last_run_timestamp_seconds{job="weekly-digest"}');
    expect(at).toBe(scene.clock.now() / 1000);
  });

  it('count what the platform refuses by its code, and let the error through', async () => {
    const metrics = createMetrics({ db: scene.db, clock: scene.clock, zone: 'Asia/Shanghai', jobNames: [] });
    const refuse = () => Promise.reject(new LarkError('gone', 'bot not in chat', { code: 230002 }));
    const lark = metrics.countingLark({
      post: refuse,
      reply: refuse,
      update: () => Promise.reject(new TypeError('x')),
      ...noFiles,
    });
    const card = { schema: '2.0' } as unknown as Parameters<typeof lark.post>[0]['card'];
    await expect(lark.post({ target: TOWN, card, uuid: 'u' })).rejects.toMatchObject({ code: 230002 });
    await expect(lark.update({ messageId: 'om_1', card })).rejects.toThrow(TypeError);
    const text = await metrics.text();
    expect(text).toContain('daiban_lark_errors_total{code="230002",failure="gone"} 1');
    expect(text).toContain('daiban_lark_errors_total{code="none",failure="broken"} 1');
  });

  it('count lists that cannot be had, and leave the calls for them to whoever counts those', async () => {
    const metrics = createMetrics({ db: scene.db, clock: scene.clock, zone: 'Asia/Shanghai', jobNames: [] });
    const history = metrics.countingHistory({
      list: () => Promise.reject(new LarkError('later', 'Access denied', { code: 99991672 })),
      readsGroups: () => Promise.reject(new LarkError('quota', 'used up', { code: 99991403 })),
      takeCalls: () => 2,
    });
    await expect(history.list({ chatId: 'oc_1', chatType: 'p2p' }, 0)).rejects.toMatchObject({ code: 99991672 });
    await expect(history.readsGroups()).rejects.toMatchObject({ code: 99991403 });
    expect(history.takeCalls()).toBe(2);
    const text = await metrics.text();
    expect(text).toContain('daiban_lark_errors_total{code="99991672",failure="later"} 1');
    expect(text).toContain('daiban_lark_errors_total{code="99991403",failure="quota"} 1');
  });

  it('count a list of an administrator that the platform does not give', async () => {
    await sendsFile(scene, { content: new LarkError('expired', 'recalled', { code: 230110 }) });
    expect(await value('daiban_lark_errors_total{code="230110",failure="expired"}')).toBe(1);
  });

  it('tell when something came last, whether anything can, and what was taken in from lists', async () => {
    expect(await value('daiban_last_event_timestamp_seconds')).toBe(0);
    expect(await value('daiban_connection_up')).toBe(1);
    scene.app.flow.heard();
    expect(await value('daiban_last_event_timestamp_seconds')).toBe(scene.clock.now() / 1000);
    scene.app.flow.down(undefined);
    expect([await value('daiban_connection_up'), await value('daiban_connection_losses')]).toEqual([0, 1]);
    scene.app.metrics.caughtUp({ messages: 3, why: 'gap' });
    expect(await value('daiban_caught_up_messages_total{why="gap"}')).toBe(3);
  });

  it('carry no word that a person typed', async () => {
    await scene.says(ADA, '/登记 低保 张三丰 13812341234', VILLAGE);
    await scene.forges(ADA, { value: { v: 1, action: '张三丰' } });
    await scene.settle();
    expect(await scene.app.metrics.text()).not.toMatch(/张三丰|13812341234|ou_ada/);
  });
});
