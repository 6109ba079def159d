import { eq } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { settingWrites } from '../../db/repositories/setting.ts';
import { wordsOf } from '../support/office.ts';
import {
  ADA,
  ADMIN,
  ALLOWANCE,
  BANNER,
  BANNER_MANAGER,
  CLERK,
  openScene,
  type Scene,
  SECOND,
  TOWN,
  TOWN_MANAGER,
  VILLAGE,
} from '../support/scene.ts';
import { cardsIn, passes } from './support.ts';

/** Registered on Monday, 23 November: to be accepted by Tuesday 24th, promised for Monday 30th. */
describe('the digest of a working morning', () => {
  let scene: Scene;

  beforeEach(async () => {
    scene = await openScene();
    await scene.app.scheduler.tick();
  });

  afterEach(() => scene.close());

  const digests = (target: string) => cardsIn(scene, target, '提醒').map(({ card }) => wordsOf(card));
  const last = (target: string) => digests(target).at(-1) ?? '';
  const accept = () => scene.does(CLERK, { target: TOWN, label: '接收' });
  const set = (key: string, value: unknown) => scene.db.write((tx) => settingWrites.set(tx, { key, value }));

  it('is no card where nothing waits', async () => {
    await passes(scene, '2026-11-24T09:00', '2026-11-25T09:00');
    for (const target of [TOWN, VILLAGE, BANNER, ADMIN, ADA, TOWN_MANAGER]) expect(digests(target)).toEqual([]);
  });

  it('asks the holder to accept once the working day for it is over, three mornings and then on Mondays', async () => {
    const { caseNumber } = await scene.register();
    await passes(scene, '2026-11-24T09:00');
    expect(digests(TOWN)).toEqual([]);
    await passes(scene, '2026-11-25T08:59');
    expect(digests(TOWN)).toEqual([]);
    await passes(scene, '2026-11-25T09:00', '2026-11-25T09:01');
    expect(digests(TOWN)).toHaveLength(1);
    expect(last(TOWN)).toContain('巴彦托海镇：11月25日提醒');
    expect(last(TOWN)).toContain('过了接收期限　1件');
    expect(last(TOWN)).toContain('请接收（最晚11月24日接收）');
    expect(last(TOWN)).toContain(caseNumber);
    expect(last(TOWN)).not.toContain('张三丰');
  });

  it('tells the holder the working day before, on the day, and when it is overdue', async () => {
    await scene.register();
    await accept();
    await passes(scene, ...['24', '25', '26'].map((date) => `2026-11-${date}T09:00`));
    expect(digests(TOWN)).toEqual([]);
    await passes(scene, '2026-11-27T09:00');
    expect(last(TOWN)).toContain('11月30日到期　1件');
    await passes(scene, '2026-11-28T09:00', '2026-11-29T09:00');
    expect(digests(TOWN)).toHaveLength(1);
    await passes(scene, '2026-11-30T09:00');
    expect(last(TOWN)).toContain('11月30日到期');
    await passes(scene, '2026-12-01T09:00');
    expect(last(TOWN)).toContain('已超期　1件');
    expect(last(TOWN)).toContain('请办理，办好点“办结”（最晚11月30日办结）');
    // Three mornings overdue, then on the week's first one.
    await passes(scene, ...['02', '03', '04', '05', '06'].map((date) => `2026-12-${date}T09:00`));
    expect(digests(TOWN)).toHaveLength(5);
    await passes(scene, ...['07', '08', '09'].map((date) => `2026-12-${date}T09:00`));
    expect(digests(TOWN)).toHaveLength(6);
  });

  it('puts everything for one group on one card, the most pressing first', async () => {
    await scene.register();
    await accept();
    await scene.register({ applicantName: '李四光', phone: '13900001111' });
    await passes(scene, '2026-12-01T09:00');
    expect(digests(TOWN)).toHaveLength(1);
    expect(last(TOWN)).toContain('已超期　2件');
    await scene.register({ applicantName: '王五', phone: '13900002222' });
    await accept();
    await passes(scene, '2026-12-08T09:00');
    const words = last(TOWN);
    expect(words.indexOf('已超期')).toBeLessThan(words.indexOf('12月8日到期'));
  });

  it('asks the registering unit to resubmit, to deliver, and after three working days to follow up', async () => {
    await scene.register();
    await scene.does(CLERK, { target: TOWN, label: '退回补正', form: { materials: '户口本复印件' } });
    await passes(scene, '2026-11-24T09:00');
    expect(last(VILLAGE)).toContain('请补正后重新转送（11月23日退回）');
    await scene.does(ADA, { target: VILLAGE, label: '重新转送' });
    await accept();
    await scene.does(CLERK, { target: TOWN, label: '办结', form: { outcome: 'granted' } });
    await passes(scene, '2026-11-25T09:00');
    expect(last(VILLAGE)).toContain('请把结果送达群众（11月24日办结）');
    await scene.does(ADA, { target: VILLAGE, label: '确认送达', form: { deliveryWay: 'doorstep' } });
    await passes(scene, '2026-11-26T09:00', '2026-11-27T09:00');
    expect(digests(VILLAGE)).toHaveLength(2);
    await passes(scene, '2026-11-30T09:00');
    expect(last(VILLAGE)).toContain('请白音回访群众（11月25日送达）');
  });

  it('asks for 整改 with its day, in the town’s group', async () => {
    await scene.register();
    await accept();
    await scene.does(CLERK, { target: TOWN, label: '办结', form: { outcome: 'granted' } });
    await scene.does(ADA, { target: VILLAGE, label: '确认送达', form: { deliveryWay: 'doorstep' } });
    await scene.does(ADA, { target: VILLAGE, label: '回访评价', form: { rating: '2', comment: '等得太久' } });
    await passes(scene, '2026-11-24T09:00');
    // 15 working days after Monday 23 November.
    expect(last(TOWN)).toContain('请管理员填写整改情况（最晚12月14日）');
    await passes(scene, '2026-11-25T09:00', '2026-11-26T09:00', '2026-11-27T09:00', '2026-12-11T09:00');
    expect(digests(TOWN)).toHaveLength(4);
  });

  it('climbs the ladder: managers after a whole working day, the banner’s group after three, each once', async () => {
    await scene.register();
    await accept();
    await passes(scene, '2026-12-01T09:00');
    expect([digests(TOWN_MANAGER), digests(BANNER)]).toEqual([[], []]);
    await passes(scene, '2026-12-02T09:00', '2026-12-03T09:00');
    expect(digests(TOWN_MANAGER)).toHaveLength(1);
    expect(last(TOWN_MANAGER)).toContain('超期满1个工作日');
    expect(last(TOWN_MANAGER)).toContain('请过问，在巴彦托海镇便民服务中心（最晚11月30日办结）');
    expect(digests(BANNER)).toEqual([]);
    await passes(scene, '2026-12-04T09:00', '2026-12-07T09:00', '2026-12-14T09:00');
    expect(digests(BANNER)).toHaveLength(1);
    expect(last(BANNER)).toContain('鄂温克族自治旗：12月4日提醒');
    expect(last(BANNER)).toContain('超期满3个工作日');
    expect(digests(TOWN_MANAGER)).toHaveLength(1);
    expect(digests(BANNER_MANAGER)).toEqual([]);
  });

  it('tells of both rungs at once after a week with the process down, and once', async () => {
    await scene.register();
    await accept();
    await passes(scene, '2026-12-09T10:30', '2026-12-09T10:31', '2026-12-10T09:00');
    for (const target of [TOWN_MANAGER, BANNER]) expect(digests(target)).toHaveLength(1);
    // Its three mornings are over: the holder hears of it on the week's first working day.
    expect(digests(TOWN)).toEqual([]);
    await passes(scene, '2026-12-14T09:00');
    expect(digests(TOWN)).toHaveLength(1);
  });

  it('reaches the responsible person where the holder has no group', async () => {
    await scene.asProgram(
      async ({ tx: { q, t } }) => void (await q.update(t.units).set({ chatId: null }).where(eq(t.units.chatId, TOWN))),
    );
    await scene.register({ itemName: ALLOWANCE });
    await passes(scene, '2026-11-25T09:00');
    for (const person of [CLERK, SECOND]) expect(digests(person)).toHaveLength(1);
    await scene.does(CLERK, { target: CLERK, label: '接收' });
    await passes(scene, '2026-11-30T09:00');
    expect(digests(CLERK)).toHaveLength(2);
    expect(digests(SECOND)).toHaveLength(1);
    expect(last(CLERK)).toContain('11月30日提醒');
  });

  it('opens the living card by its button', async () => {
    const { caseNumber } = await scene.register();
    await passes(scene, '2026-11-25T09:00');
    const answer = await scene.does(CLERK, { target: TOWN, label: '打开' });
    expect(answer.toast?.content).toBe(`${caseNumber} 的卡片在下方`);
  });

  it('shows ten lines and says how many there are', async () => {
    for (let n = 0; n < 12; n++) await scene.register({ applicantName: '李四光', phone: `139000011${10 + n}` });
    await passes(scene, '2026-11-25T09:00');
    expect(last(TOWN)).toContain('过了接收期限　12件');
    expect(last(TOWN).match(/请接收/g)).toHaveLength(10);
    expect(last(TOWN)).toContain('共12件，发 /待办 看全部');
  });

  it('comes at the time that is set, and once a day though the time is moved', async () => {
    await scene.register();
    await set('digestTime', '10:30');
    await passes(scene, '2026-11-25T09:00', '2026-11-25T10:29');
    expect(digests(TOWN)).toEqual([]);
    await passes(scene, '2026-11-25T10:30');
    await set('digestTime', '14:00');
    await passes(scene, '2026-11-25T14:00');
    expect(digests(TOWN)).toHaveLength(1);
    await passes(scene, '2026-11-26T10:30', '2026-11-26T14:00');
    expect(digests(TOWN)).toHaveLength(2);
  });

  it('waits for the end of the quiet hours, and is not made up for twelve hours late', async () => {
    await scene.register();
    await set('digestTime', '07:15');
    await passes(scene, '2026-11-25T07:15', '2026-11-25T07:59');
    expect(digests(TOWN)).toEqual([]);
    await passes(scene, '2026-11-25T08:00');
    expect(digests(TOWN)).toHaveLength(1);
    await passes(scene, '2026-11-26T20:00', '2026-11-27T07:14');
    expect(digests(TOWN)).toHaveLength(1);
  });
});
