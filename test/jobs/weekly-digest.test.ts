import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ledgerReads } from '../../db/repositories/ledger.ts';
import { unitReads, unitWrites } from '../../db/repositories/unit.ts';
import { askWitness } from '../../src/services/ledger/witness.ts';
import { openOffice, wordsOf } from '../support/office.ts';
import { BANNER, CLERK, OTHER_TOWN, openScene, type Scene, TOWN, VILLAGE } from '../support/scene.ts';
import { cardsIn, passes } from './support.ts';

/** The week of Monday, 23 November 2026. */
describe('the weekly digest', () => {
  let scene: Scene;

  beforeEach(async () => {
    scene = await openScene();
    await scene.app.scheduler.tick();
  });

  afterEach(() => scene.close());

  const weeklies = (target = BANNER) => cardsIn(scene, target, '这一周').map(({ card }) => wordsOf(card));

  it('comes to the banner’s group on Fridays at four, once', async () => {
    await passes(scene, '2026-11-27T15:59');
    expect(weeklies()).toEqual([]);
    await passes(scene, '2026-11-27T16:00', '2026-11-27T16:01', '2026-11-28T16:00', '2026-12-03T16:00');
    expect(weeklies()).toHaveLength(1);
    expect(weeklies()[0]).toContain('鄂温克族自治旗：11月23日至11月27日这一周');
    expect(weeklies(TOWN)).toEqual([]);
    await passes(scene, '2026-12-04T16:00');
    expect(weeklies()).toHaveLength(2);
  });

  it('is made up for within a day, and not later', async () => {
    await passes(scene, '2026-11-28T10:00', '2026-11-28T10:01');
    expect(weeklies()).toHaveLength(1);
    expect(weeklies()[0]).toContain('11月23日至11月27日');
    await passes(scene, '2026-12-05T16:01');
    expect(weeklies()).toHaveLength(1);
  });

  it('tells the week’s figures, town by town, and what stays overdue', async () => {
    const late = await scene.register();
    await scene.does(CLERK, { target: TOWN, label: '接收' });
    scene.clock.to('2026-11-30T10:00');
    await scene.register({ applicantName: '李四光', phone: '13900001111' });
    await scene.does(CLERK, { target: TOWN, label: '接收' });
    await scene.does(CLERK, { target: TOWN, label: '办结', form: { outcome: 'granted' } });
    await passes(scene, '2026-12-04T16:00');
    const words = weeklies().at(-1) ?? '';
    expect(words).toContain('巴彦托海镇　登记1件，办结1件，按时办结率50.0%（2件），超期在办1件');
    expect(words).toContain('大雁镇　登记0件，办结0件，按时办结率暂无，超期在办0件');
    expect(words).toContain('超期在办　1件');
    expect(words).toContain(late.caseNumber);
    expect(words).toContain('在巴彦托海镇便民服务中心（最晚11月30日办结）');
    expect(words).not.toContain('张三丰');
  });

  it('holds the end of every chain and the key, so that the ledger can be asked about it', async () => {
    await scene.register();
    await passes(scene, '2026-11-27T16:00');
    const [words = ''] = weeklies();
    const heads = await scene.db.read((tx) => ledgerReads.heads(tx));
    for (const { townId, seq, hash } of heads) {
      const unit = await scene.db.read((tx) => unitReads.byId(tx, townId));
      expect(words).toContain(`${unit?.name}：第${seq}条 ${hash.slice(0, 16)}`);
    }
    const [key] = await scene.db.read((tx) => ledgerReads.keys(tx));
    expect(words).toContain(`公钥 ${key?.publicKey}`);
    await scene.register({ applicantName: '李四光', phone: '13900001111' });
    const { lines, keys, unread } = await scene.db.read((tx) => askWitness(tx, words));
    expect(lines.map(({ result }) => result)).toEqual(heads.map(() => 'stands'));
    expect([keys.length, unread]).toEqual([1, 0]);
  });

  it('goes to the towns’ groups where the banner has none, each with its own figures', async () => {
    await scene.db.write(async (tx) =>
      unitWrites.setChat(tx, { unitId: scene.unitId('鄂温克族自治旗'), chatId: null }),
    );
    await scene.register();
    await passes(scene, '2026-11-27T16:00');
    expect(weeklies(TOWN)[0]).toContain('巴彦托海镇：11月23日至11月27日这一周');
    expect(weeklies(OTHER_TOWN)[0]).toContain('大雁镇：11月23日至11月27日这一周');
    for (const target of [TOWN, OTHER_TOWN]) expect(weeklies(target)[0]).toContain('台账指纹');
    expect(weeklies(VILLAGE)).toEqual([]);
  });
});

it('there is no weekly digest while there is no entry', async () => {
  const office = await openOffice({ now: '2026-11-23T10:00', adminOpenIds: [] });
  await office.db.write(async (tx) => {
    const [banner] = await unitReads.ofLevels(tx, ['banner']);
    await unitWrites.setChat(tx, { unitId: banner?.id ?? 0, chatId: BANNER });
  });
  await office.app.scheduler.tick();
  await passes(office, '2026-11-27T16:00');
  expect(cardsIn(office, BANNER, '这一周')).toEqual([]);
  await office.close();
});
