/** Own days off and make-up days: how an administrator sets them, and what follows them from then on. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { settingReads } from '../../db/repositories/setting.ts';
import { endOfDay } from '../../src/domain/calendar.ts';
import { settingMark } from '../../src/services/setting/view.ts';
import { wordsOf, ZONE } from '../support/office.ts';
import { ADA, ADMIN, CLERK, openScene, type Scene, TOWN, VILLAGE } from '../support/scene.ts';

let scene: Scene;
const SECOND_ADMIN = 'ou_second_admin';

beforeEach(async () => {
  scene = await openScene();
  await scene.hire({ openId: SECOND_ADMIN, name: '高娃', unit: '鄂温克族自治旗', role: 'admin' });
  await scene.settle();
});

afterEach(() => scene.close());

const stored = () => scene.db.read((tx) => settingReads.get(tx, 'ownDays'));
const dayEnd = (day: string) => endOfDay(day, ZONE);
const NADAM = [{ from: '2026-11-25', to: '2026-11-27', kind: 'off', name: '那达慕' }];

/** Presses 先看一遍 or 确认，保存, as the form of `seen` draws it. */
async function sends(ownDays: string, marks: { seen?: unknown; shown?: unknown } = {}, openId = ADMIN) {
  const shown = marks.shown === undefined ? {} : { shown: settingMark(marks.shown) };
  const value = { v: 1, action: 'setting.change', name: 'ownDays', seen: settingMark(marks.seen ?? []), ...shown };
  const answer = await scene.forges(openId, { value, chat: `oc_p2p_${openId}`, form: { ownDays } });
  await scene.settle();
  return answer;
}

async function setNadam() {
  for (const admin of [ADMIN, SECOND_ADMIN]) await scene.says(admin, '/设置');
  await sends('11月25日至27日 放假 那达慕', { shown: NADAM });
}

describe('own days', () => {
  it('are shown as they were read, with the open cases that keep their day, before they count', async () => {
    await scene.register();
    await scene.says(ADMIN, '/设置');
    const first = await sends('11月25日至27日 放假 那达慕');
    const words = wordsOf(first.card);
    expect(words).toContain('2026年\n11月25日至27日 放假 那达慕');
    expect(words).toContain('在办的有1件按新的算法会是另一天：已经承诺的日子不变');
    expect(await stored()).toBeUndefined();
    const second = await sends('11月25日至27日 放假 那达慕', { shown: NADAM });
    expect(second.toast).toMatchObject({ type: 'success', content: '自定放假和上班的日子已保存' });
    expect(await stored()).toEqual(NADAM);
    expect(wordsOf(scene.last(SECOND_ADMIN).card)).toContain('从“没有”改为“2026年11月25日至27日 放假 那达慕”');
    expect((await scene.checkLedger()).faults).toEqual([]);
  });

  it('name what was not understood, keep the text, and are not saved', async () => {
    await scene.says(ADMIN, '/设置');
    const typed = '11月25日 放假\n<at id=all></at>\n2月30日 上班';
    const answer = await sends(typed, { shown: [] });
    expect(answer.toast).toMatchObject({ type: 'warning', content: '有没看懂的，还没有保存' });
    const words = wordsOf(answer.card);
    for (const text of ['“2月30日”：没有这一天', '没看懂，请写日期']) expect(words).toContain(text);
    // What was typed stands in the field.
    expect(JSON.stringify(answer.card)).toContain(JSON.stringify(typed));
    expect(words).toContain('&#60;at id=all&#62;');
    expect(await stored()).toBeUndefined();
  });

  it('of a text far too long are refused at the door', async () => {
    await scene.says(ADMIN, '/设置');
    expect((await sends('8月15日 '.repeat(25_000))).toast?.content).toContain('控制在1000字以内');
  });

  it('that somebody else has set meanwhile are not lost, and neither is what was typed', async () => {
    await setNadam();
    const late = await sends(
      '12月1日 放假',
      { shown: [{ ...NADAM[0], from: '2026-12-01', to: '2026-12-01', name: '' }] },
      SECOND_ADMIN,
    );
    expect(late.toast).toMatchObject({ type: 'warning', content: '没有保存：刚有人改过' });
    expect(wordsOf(late.card)).toContain('11月25日至27日 放假 那达慕');
    expect(wordsOf(late.card)).toContain('12月1日 放假');
    expect(await stored()).toEqual(NADAM);
  });

  it('are an administrator’s to set', async () => {
    await setNadam();
    expect((await sends('', { seen: NADAM, shown: [] }, ADA)).toast?.content).toContain('系统管理员');
    expect(await stored()).toEqual(NADAM);
  });

  it('move what is promised from then on, and nothing that was promised before', async () => {
    const before = await scene.register({ applicantName: '李四', phone: '13900000001' });
    await setNadam();
    const after = await scene.register();
    expect((await scene.record(before.id)).dueAt).toBe(before.dueAt);
    expect(after.acceptBy).toBe(dayEnd('2026-11-24'));
    expect(Number(after.dueAt) - Number(before.dueAt)).toBeGreaterThan(2 * 86_400_000);
    await scene.clicks(ADA, { target: VILLAGE, label: '期限怎么算' });
    await scene.settle();
    expect(wordsOf(scene.last(ADA).card)).toContain('25–27日那达慕');
  });

  it('are no days of the digest, nor of 催办, nor of the working hours that figures count', async () => {
    await setNadam();
    const { id } = await scene.register();
    scene.clock.to('2026-11-24T17:00');
    await scene.does(ADA, { target: VILLAGE, label: '催办' });
    const urges = async () => (await scene.entries(id)).filter(({ kind }) => kind === 'urge').length;
    scene.clock.to('2026-11-26T10:00');
    await scene.settle();
    await scene.does(ADA, { target: VILLAGE, label: '催办' });
    expect(await urges()).toBe(1);
    expect(scene.posted.filter(({ card }) => wordsOf(card).includes('11月25日提醒'))).toEqual([]);
    scene.clock.to('2026-11-30T09:00');
    await scene.does(CLERK, { target: TOWN, label: '接收' });
    const accept = (await scene.entries(id)).find(({ kind }) => kind === 'accept');
    // Monday from ten, Tuesday, and half an hour of the Monday after.
    expect(JSON.parse(accept?.payload ?? '{}')).toMatchObject({ workedMinutes: 330 + 420 + 30 });
    expect((await scene.checkLedger()).faults).toEqual([]);
  });
});
