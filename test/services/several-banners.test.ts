/** Several banners in one database: each has its own office, reports, checks and scores. */
import { eq } from 'drizzle-orm';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { followUpCheckWrites } from '../../db/repositories/follow-up-check.ts';
import { reportReads, reportWrites } from '../../db/repositories/report.ts';
import { settingWrites } from '../../db/repositories/setting.ts';
import { type UnitRow, unitReads, unitWrites } from '../../db/repositories/unit.ts';
import { measureQuarter } from '../../src/services/bulletin/measure.ts';
import { postWeeklyDigest } from '../../src/services/digest/weekly.ts';
import { drawChecks } from '../../src/services/follow-up/draw.ts';
import { listLateTowns, remindTowns } from '../../src/services/report/remind.ts';
import { at, wordsOf } from '../support/office.ts';
import {
  ADA,
  ADMIN,
  BANNER,
  BANNER_MANAGER,
  CLERK,
  openScene,
  type Scene,
  UNEMPLOYMENT,
  VILLAGE,
} from '../support/scene.ts';
import { readSheets } from '../support/sheets.ts';

const SECOND = '第二旗';
const SECOND_TOWN = '第二旗的镇';
const SECOND_GROUP = 'oc_second_banner';
const SECOND_MANAGER = 'ou_second_manager';
const SECOND_CLERK = 'ou_second_clerk';

let scene: Scene;
let second: UnitRow;
let secondTown: UnitRow;

beforeEach(async () => {
  scene = await openScene();
  await scene.db.write(async (tx) => {
    const plain = { center: '', parentId: null };
    second = await unitWrites.insert(tx, { ...plain, code: 'second', level: 'banner', name: SECOND });
    const town = { code: 'second-town', level: 'town' as const, name: SECOND_TOWN, townNumber: 90 };
    secondTown = await unitWrites.insert(tx, { ...plain, ...town, parentId: second.id });
  });
  await scene.hire({ openId: SECOND_MANAGER, name: '第二旗管理', unit: SECOND, role: 'manager' });
  await scene.hire({ openId: SECOND_CLERK, name: '第二镇员', unit: SECOND_TOWN });
  for (const openId of [CLERK, BANNER_MANAGER, SECOND_CLERK, SECOND_MANAGER]) await scene.says(openId, '/信息');
  await scene.settle();
});

afterEach(() => scene.close());

async function presses(openId: string, value: object, form: Record<string, string> = {}) {
  const answer = await scene.forges(openId, { value: { v: 1, ...value }, chat: `oc_p2p_${openId}`, form });
  await scene.settle();
  return { said: answer.toast?.content ?? '', words: answer.card ? wordsOf(answer.card as never) : '' };
}

const half = '2026H2';
const sends = (openId: string, title: string) =>
  presses(openId, { action: 'information.file' }, { title, body: 'https://example.com/a' });
const adopts = (openId: string, pieceId: number) =>
  presses(openId, { action: 'information.adopt', pieceId }, { adoptionKind: 'brief' });

it('keep the information work each for itself: pieces, uses, points, rankings and their files', async () => {
  await sends(CLERK, '第一旗的稿件');
  await sends(SECOND_CLERK, '第二旗的稿件');
  const inbox = async (openId: string) => (await presses(openId, { action: 'information.inbox', half, page: 0 })).words;
  expect(await inbox(BANNER_MANAGER)).toContain('第一旗的稿件');
  expect(await inbox(BANNER_MANAGER)).not.toContain('第二旗的稿件');
  expect(await inbox(SECOND_MANAGER)).toContain('第二旗的稿件');
  expect(await inbox(SECOND_MANAGER)).not.toContain('第一旗的稿件');

  expect((await presses(SECOND_MANAGER, { action: 'information.open', pieceId: 1 })).said).toContain('只能看本单位');
  expect((await adopts(SECOND_MANAGER, 1)).said).toContain('旗政府办');
  expect((await adopts(BANNER_MANAGER, 2)).said).toContain('旗政府办');
  const worth = { adoptionKind: 'brief', points: '50', day: '' };
  expect((await presses(SECOND_MANAGER, { action: 'information.setPoints' }, worth)).said).toContain('每次50分');
  expect((await adopts(BANNER_MANAGER, 1)).words).toContain('+5分');
  expect((await adopts(SECOND_MANAGER, 2)).words).toContain('+50分');
  expect(
    (await presses(SECOND_MANAGER, { action: 'information.undo', adoptionId: 1 }, { reason: '记错了' })).said,
  ).toContain('旗政府办');
  const extra = { unit: String(scene.unitId('大雁镇')), adoptionKind: 'quota', times: '1' };
  expect((await presses(SECOND_MANAGER, { action: 'information.addExtra' }, extra)).said).toContain('请选单位');

  scene.clock.to('2027-01-04T10:00');
  const before = scene.posted.length;
  expect((await presses(SECOND_MANAGER, { action: 'information.publish', half })).said).toContain('已发布');
  expect(scene.posted.slice(before).filter(({ target }) => target === BANNER)).toEqual([]);
  const ranking = (openId: string) => presses(openId, { action: 'information.ranking', half });
  expect((await ranking(SECOND_CLERK)).words).toContain(SECOND_TOWN);
  expect((await ranking(SECOND_CLERK)).words).not.toContain('巴彦托海镇');
  expect((await ranking(CLERK)).said).toContain('还没有发布');
  expect((await presses(SECOND_MANAGER, { action: 'information.export', half })).said).toContain('Excel');
  const sheets = JSON.stringify(await readSheets(scene.files.at(-1)?.content ?? Buffer.alloc(0)));
  expect(sheets).toContain(SECOND_TOWN);
  expect(sheets).not.toContain('巴彦托海镇');
  expect((await presses(BANNER_MANAGER, { action: 'information.publish', half })).said).toContain('已发布');
  expect((await ranking(CLERK)).words).toContain('巴彦托海镇');
  expect((await scene.checkLedger()).faults).toEqual([]);
});

it('hear of their own late towns: the banner’s group, and of a banner without one its managers', async () => {
  await scene.asProgram((ctx) => listLateTowns(ctx, '2026-10'));
  await scene.settle();
  const [ofFirst] = scene.cards(BANNER, '月报报送情况');
  expect(wordsOf(ofFirst?.card)).toContain('大雁镇');
  expect(wordsOf(ofFirst?.card)).not.toContain(SECOND_TOWN);
  const [ofSecond] = scene.cards(SECOND_MANAGER, '月报报送情况');
  expect(wordsOf(ofSecond?.card)).toContain(SECOND_TOWN);
  expect(wordsOf(ofSecond?.card)).not.toContain('大雁镇');
  expect(scene.cards(BANNER_MANAGER, '月报报送情况')).toEqual([]);
});

it('leave it to the administrators where nobody is there to hear of late towns', async () => {
  await scene.db.write(async (tx) => {
    const third = await unitWrites.insert(tx, { code: 'third', level: 'banner', name: '第三旗', center: '' });
    const town = { code: 'third-town', level: 'town' as const, name: '第三旗的镇', center: '', townNumber: 91 };
    await unitWrites.insert(tx, { ...town, parentId: third.id });
  });
  await scene.asProgram((ctx) => listLateTowns(ctx, '2026-10'));
  await scene.settle();
  const [card, ...more] = scene.cards(ADMIN, '月报报送情况');
  expect(wordsOf(card?.card)).toContain('第三旗的镇');
  expect(more).toEqual([]);
});

it('of a banner without towns nobody hears that all have reported', async () => {
  await scene.db.write((tx) => unitWrites.insert(tx, { code: 'third', level: 'banner', name: '第三旗', center: '' }));
  await scene.asProgram((ctx) => listLateTowns(ctx, '2026-10'));
  await scene.settle();
  expect(scene.cards(ADMIN, '月报报送情况')).toEqual([]);
});

it('taken out of use, leave their towns to the administrators: reminded, listed late, and their cards turn', async () => {
  await scene.db.write((tx) => tx.q.update(tx.t.units).set({ active: false }).where(eq(tx.t.units.id, second.id)));
  await scene.asProgram((ctx) => remindTowns(ctx, '2026-10'));
  await scene.settle();
  expect(scene.cards(SECOND_CLERK, '确认报送')).toHaveLength(1);
  await scene.asProgram((ctx) => listLateTowns(ctx, '2026-10'));
  await scene.settle();
  const [card, ...more] = scene.cards(ADMIN, '月报报送情况');
  expect(wordsOf(card?.card)).toContain(SECOND_TOWN);
  expect(wordsOf(card?.card)).not.toContain('大雁镇');
  expect(more).toEqual([]);
  const place = { townId: secondTown.id, month: '2026-10' };
  expect((await scene.db.read((tx) => reportReads.ofTown(tx, place)))?.overdue).toBe(true);
});

it('without one, a town’s pieces are refused with what to do', async () => {
  await sends(SECOND_CLERK, '第二旗的稿件');
  await scene.db.write((tx) => tx.q.update(tx.t.units).set({ parentId: null }).where(eq(tx.t.units.id, secondTown.id)));
  const { said } = await presses(SECOND_CLERK, { action: 'information.open', pieceId: 1 });
  expect(said).toContain(`${SECOND_TOWN}现在不在哪个旗县下面`);
});

it('count in the weekly digest the 抽查回访 that are theirs', async () => {
  await scene.bindGroup(SECOND_GROUP, SECOND);
  const { id } = await scene.register();
  await scene.db.write((tx) => followUpCheckWrites.draw(tx, { caseIds: [id], at: scene.clock.now() }));
  await scene.asProgram((ctx) => postWeeklyDigest(ctx, at('2026-11-27T16:00')));
  await scene.settle();
  expect(wordsOf(scene.cards(BANNER, '这一周').at(-1)?.card)).toContain('抽查回访');
  expect(wordsOf(scene.cards(SECOND_GROUP, '这一周').at(-1)?.card)).not.toContain('抽查回访');
});

it('list, count and hear of the 抽查回访 that are theirs', async () => {
  await scene.db.write((tx) => settingWrites.set(tx, { key: 'checkedPercent', value: 100 }));
  await scene.db.write((tx) => unitWrites.setChat(tx, { unitId: scene.unitId('鄂温克族自治旗'), chatId: null }));
  const { id, caseNumber } = await scene.register({ itemName: UNEMPLOYMENT, onTheSpot: true });
  await scene.does(ADA, { target: VILLAGE, label: '确认送达', form: { deliveryWay: 'doorstep' } });
  await scene.does(ADA, { target: VILLAGE, label: '回访评价', form: { rating: '5' } });
  scene.clock.to('2026-11-27T16:00');
  await scene.asProgram((ctx) => drawChecks(ctx, ctx.now));
  await scene.settle();
  expect(wordsOf(scene.cards(BANNER_MANAGER, '这周抽到')[0]?.card)).toContain('这周抽到1件');
  expect(scene.cards(SECOND_MANAGER, '这周抽到')).toEqual([]);
  const listOf = async (openId: string) => (await presses(openId, { action: 'check.list' })).words;
  const todoOf = async (openId: string) => {
    await scene.says(openId, '/待办');
    await scene.settle();
    return JSON.stringify(scene.last(openId).card);
  };
  expect(await listOf(BANNER_MANAGER)).toContain(caseNumber);
  expect(await todoOf(BANNER_MANAGER)).toContain('抽查回访（1件）');
  const empty = await listOf(SECOND_MANAGER);
  expect(empty).not.toContain(caseNumber);
  expect(await todoOf(SECOND_MANAGER)).not.toContain('抽查回访');
  await presses(BANNER_MANAGER, { action: 'check.record', caseId: id }, { result: 'consistent' });
  expect(await listOf(BANNER_MANAGER)).toContain('一致1件');
  expect(await listOf(SECOND_MANAGER)).toBe(empty);
  expect((await scene.checkLedger()).faults.filter(({ about }) => about === 'check')).toEqual([]);
});

it('count the months of reports from their own first one that was due, whoever looked at one before', async () => {
  const [first] = await scene.db.read((tx) => unitReads.ofLevels(tx, ['banner']));
  const looks = (townId: number, month: string) => scene.db.write((tx) => reportWrites.open(tx, { townId, month }));
  const missed = async (townId: number, month: string) => {
    const { id } = await looks(townId, month);
    await scene.db.write((tx) => reportWrites.noteOverdue(tx, [id]));
  };
  const punctualityOf = (banner: UnitRow | undefined) =>
    scene.asProgram(async (ctx) => {
      if (!banner) return [];
      const { towns } = await measureQuarter(ctx, { banner, quarter: '2026Q3' });
      return [...new Set(towns.map(({ measures }) => measures.punctuality.whole))];
    });
  await looks(scene.unitId('大雁镇'), '2026-06');
  await looks(secondTown.id, '2026-07');
  expect(await punctualityOf(first)).toEqual([0]);
  await missed(scene.unitId('大雁镇'), '2026-07');
  await missed(secondTown.id, '2026-08');
  expect(await punctualityOf(first)).toEqual([1]);
  expect(await punctualityOf(second)).toEqual([1]);
  await missed(secondTown.id, '2026-07');
  expect(await punctualityOf(first)).toEqual([1]);
  expect(await punctualityOf(second)).toEqual([2]);
});
