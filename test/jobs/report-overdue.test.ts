import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { unitReads } from '../../db/repositories/unit.ts';
import { type Office, openOffice, wordsOf } from '../support/office.ts';
import { cardsIn, passes, press } from './support.ts';

const BANNER = 'oc_banner';
const TOWN = 'oc_town';

describe('the list of towns that are late', () => {
  let office: Office;

  beforeEach(async () => {
    office = await openOffice({ now: '2026-11-23T10:00' });
    await office.bindGroup(TOWN, '巴彦托海镇');
    await office.hire({ openId: 'ou_clerk', name: '王芳', unit: '巴彦托海镇' });
    await office.app.scheduler.tick();
    await office.settle();
  });

  afterEach(() => office.close());

  const lists = (target = BANNER) => cardsIn(office, target, '月报报送情况');

  it('goes to the banner’s group on the 16th at nine, once', async () => {
    await office.bindGroup(BANNER, '鄂温克族自治旗');
    await passes(office, '2026-12-10T09:00', '2026-12-16T08:59');
    expect(lists()).toHaveLength(0);
    await passes(office, '2026-12-16T09:00', '2026-12-16T09:01', '2026-12-17T09:00');
    expect(lists()).toHaveLength(1);
    expect(wordsOf(lists()[0]?.card)).toContain('2026年11月月报报送情况');
    expect(cardsIn(office, 'ou_admin', '月报报送情况')).toEqual([]);
  });

  it('names every town that has not reported, and those that have with their time', async () => {
    await office.bindGroup(BANNER, '鄂温克族自治旗');
    await passes(office, '2026-12-10T09:00');
    await press(office, 'ou_clerk', { target: TOWN, label: '确认报送' });
    await passes(office, '2026-12-16T09:00');
    const words = wordsOf(lists()[0]?.card).split('\n');
    const towns = await office.db.read((tx) => unitReads.ofLevels(tx, ['town']));
    expect(towns).toHaveLength(10);
    expect(words).toContain('未报送9个');
    expect(words).toContain('已报送1个');
    for (const { name } of towns) expect(words).toContain(name);
    expect(words.indexOf('巴彦托海镇')).toBeGreaterThan(words.indexOf('已报送1个'));
    expect(words.join('\n')).toContain('12月10日 09:0');
  });

  it('turns the cards of late towns to overdue', async () => {
    await office.bindGroup(BANNER, '鄂温克族自治旗');
    await passes(office, '2026-12-15T15:00');
    expect(cardsIn(office, TOWN, '已逾期')).toHaveLength(0);
    await passes(office, '2026-12-16T09:00');
    expect(cardsIn(office, TOWN, '已逾期')).toHaveLength(1);
    expect(cardsIn(office, TOWN, '确认报送')).toHaveLength(1);
  });

  it('goes to managers and administrators privately while the banner has no group', async () => {
    await office.hire({ openId: 'ou_manager', name: '旗管理员', unit: '鄂温克族自治旗', role: 'manager' });
    await office.hire({ openId: 'ou_plain', name: '旗人员', unit: '鄂温克族自治旗' });
    await passes(office, '2026-12-16T09:00');
    expect(lists('ou_admin')).toHaveLength(1);
    expect(lists('ou_manager')).toHaveLength(1);
    expect(lists('ou_plain')).toHaveLength(0);
  });

  it('is made up for within a week, and not later', async () => {
    await office.bindGroup(BANNER, '鄂温克族自治旗');
    await passes(office, '2026-12-20T12:00');
    expect(lists()).toHaveLength(1);
    await passes(office, '2027-01-24T12:00');
    expect(lists()).toHaveLength(1);
  });
});
