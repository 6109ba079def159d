import { expect, it, vi } from 'vitest';
import { mountPage } from '../../sandbox/page.ts';
import { zhang } from '../flows/support.ts';
import { raiseCurtain } from '../support/stage.ts';

it('shows the page the newest of the ledger with its towns, of the outbox, and of the deliveries', async () => {
  const stage = await raiseCurtain();
  const { sandbox, db, people, groups } = stage;
  await mountPage({ db, sandbox });
  await people.villageAgent.says(groups.village, `/登记 低保 ${zhang.name} ${zhang.phone}`);
  await stage.settle();
  await people.villageAgent.clicks(groups.village, '提交登记', { 自愿委托确认: true });
  await stage.settle();
  const response = await fetch(`${sandbox.url}/sandbox/inside`);
  expect(response.status).toBe(200);
  const inside = (await response.json()) as Record<'ledger' | 'outbox' | 'deliveries' | 'calls', unknown[]>;
  const town = { town: '巴彦托海镇', hash: expect.stringMatching(/^[0-9a-f]{64}$/) };
  // Before them stands how the demo's people were hired and their groups bound.
  expect(inside.ledger.filter((entry) => Object(entry).caseId !== null)).toMatchObject([
    { seq: 4, kind: 'forward', step: '转送', caseNumber: '26-01-00001', who: '娜仁', ...town },
    { seq: 3, kind: 'register', step: '登记', caseNumber: '26-01-00001', who: '娜仁', ...town },
  ]);
  const bound = { kind: 'bind', step: '绑定群', caseNumber: null, about: '大雁镇' };
  expect(inside.ledger).toContainEqual(expect.objectContaining(bound));
  expect(inside.outbox[0]).toMatchObject({ status: 'sent', caseNumber: '26-01-00001' });
  expect(inside.deliveries.length).toBeGreaterThan(1);
  expect(inside.calls.length).toBeGreaterThan(1);
  const progress = await fetch(`${sandbox.url}/sandbox/progress`);
  expect(await progress.json()).toMatchObject([
    { kind: 'register' },
    { kind: 'forward', facts: { holderUnitId: expect.any(Number) } },
  ]);
  await stage.close();
});

it('begins anew once, however many tabs ask for it, and not for a foreign page', async () => {
  const stage = await raiseCurtain();
  const { sandbox, db } = stage;
  const reset = vi.fn(async () => {});
  await mountPage({ db, sandbox, reset });
  const ask = async (type: string) => {
    const headers = { 'content-type': type };
    return (await fetch(`${sandbox.url}/sandbox/reset`, { method: 'POST', headers, body: '{}' })).status;
  };
  expect(await ask('text/plain')).toBe(400);
  expect(reset).not.toHaveBeenCalled();
  expect(await Promise.all([ask('application/json'), ask('application/json')])).toEqual([202, 202]);
  await vi.waitFor(() => expect(reset).toHaveBeenCalled());
  expect(await ask('application/json')).toBe(202);
  await ask('text/plain');
  expect(reset).toHaveBeenCalledTimes(1);
  await stage.close();
});
