import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Office, openOffice, wordsOf } from '../support/office.ts';
import { cardsIn, passes, press, registerCase } from './support.ts';

const TOWN = 'oc_town';
const VILLAGE = 'oc_village';
const LIST = '要接收、到期和超期的件';

describe('the list of cases that press', () => {
  let office: Office;

  beforeEach(async () => {
    office = await openOffice({ now: '2026-11-23T10:00' });
    await office.bindGroup(VILLAGE, '安达社区');
    await office.hire({ openId: 'ou_ada', name: '阿达', unit: '安达社区' });
    await office.hire({ openId: 'ou_clerk', name: '王芳', unit: '巴彦托海镇' });
    await office.app.scheduler.tick();
    await office.settle();
  });

  afterEach(() => office.close());

  const lists = (target = TOWN) => cardsIn(office, target, LIST);

  it('reminds the holder on the morning of the day by which it must accept', async () => {
    await office.bindGroup(TOWN, '巴彦托海镇');
    const number = await registerCase(office, { openId: 'ou_ada', chatId: VILLAGE });
    await passes(office, '2026-11-24T08:59');
    expect(lists()).toHaveLength(0);
    await passes(office, '2026-11-24T09:00', '2026-11-24T09:01');
    expect(lists()).toHaveLength(1);
    expect(wordsOf(lists()[0]?.card)).toContain(number);
  });

  it('is silent about an accepted case until its promised day, then comes every working morning', async () => {
    await office.bindGroup(TOWN, '巴彦托海镇');
    await registerCase(office, { openId: 'ou_ada', chatId: VILLAGE });
    await press(office, 'ou_clerk', { target: TOWN, label: '接收' });
    // Monday + 5 working days: the next Monday. The weekend brings no list.
    const mornings = ['24', '25', '26', '27', '28', '29'].map((date) => `2026-11-${date}T09:00`);
    await passes(office, ...mornings);
    expect(lists()).toHaveLength(0);
    await passes(office, '2026-11-30T09:00');
    expect(lists()).toHaveLength(1);
    await passes(office, '2026-12-01T09:00');
    expect(lists()).toHaveLength(2);
    expect(wordsOf(lists()[1]?.card)).toContain('1件已超期');
    await passes(office, '2026-12-05T09:00', '2026-12-06T09:00');
    expect(lists()).toHaveLength(2);
  });

  it('puts all cases of a holder on one list', async () => {
    await office.bindGroup(TOWN, '巴彦托海镇');
    const first = await registerCase(office, { openId: 'ou_ada', chatId: VILLAGE });
    const second = await registerCase(office, { openId: 'ou_ada', chatId: VILLAGE });
    await passes(office, '2026-11-24T09:00');
    expect(lists()).toHaveLength(1);
    expect(wordsOf(lists()[0]?.card)).toContain('共2件');
    for (const number of [first, second]) expect(wordsOf(lists()[0]?.card)).toContain(number);
  });

  it('stops when the case is completed', async () => {
    await office.bindGroup(TOWN, '巴彦托海镇');
    await registerCase(office, { openId: 'ou_ada', chatId: VILLAGE });
    await press(office, 'ou_clerk', { target: TOWN, label: '接收' });
    const done = await office.clicks('ou_clerk', { target: TOWN, label: '办结', form: { outcome: 'granted' } });
    expect(done.toast?.type).toBe('success');
    await passes(office, '2026-11-30T09:00', '2026-12-01T09:00');
    expect(lists()).toHaveLength(0);
  });

  it('reaches the people of a holder without a group, and tells a group no name', async () => {
    await registerCase(office, { openId: 'ou_ada', chatId: VILLAGE });
    await passes(office, '2026-11-24T09:00');
    expect(lists('ou_clerk')).toHaveLength(1);
    const words = wordsOf(lists('ou_clerk')[0]?.card);
    expect(words).not.toContain('张三');
    expect(words).not.toContain('1380000');
  });

  it('is not made up for in the evening', async () => {
    await office.bindGroup(TOWN, '巴彦托海镇');
    await registerCase(office, { openId: 'ou_ada', chatId: VILLAGE });
    await passes(office, '2026-11-24T21:01');
    expect(lists()).toHaveLength(0);
  });
});
