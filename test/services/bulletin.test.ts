/** 季度通报: the draft of the first working day, 发布, 更正, and who may do and see what. */
import { eq } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type ActionValueOf, encodeAction } from '../../cards/action-values.ts';
import type { BulletinRow } from '../../db/repositories/bulletin.ts';
import { defaultScoring, scoreTowns } from '../../src/domain/score.ts';
import { passes } from '../jobs/support.ts';
import { linesOfLetter } from '../support/letters.ts';
import { buttonOf, type Posted, wordsOf } from '../support/office.ts';
import {
  ADA,
  ADMIN,
  BANNER,
  BANNER_MANAGER,
  CIVIL_MANAGER,
  CLERK,
  NAME,
  OTHER_CLERK,
  OTHER_TOWN,
  openScene,
  PHONE,
  RELIEF,
  type Scene,
  STRANGER,
  TOWN,
  TOWN_MANAGER,
} from '../support/scene.ts';
import { readSheets } from '../support/sheets.ts';

let scene: Scene;

/** The end of a quarter, one case of the quarter in the town, and weights by which one case is enough for a place. */
beforeEach(async () => {
  scene = await openScene({ now: '2026-09-28T10:00' });
  await scene.register({ itemName: RELIEF });
  await scene.does(CLERK, { target: TOWN, label: '接收' });
  await scene.does(CLERK, { target: TOWN, label: '办结' });
});
afterEach(() => scene.close());

const rows = (): Promise<BulletinRow[]> =>
  scene.db.read(({ q, t }) => Promise.resolve(q.select().from(t.bulletins).orderBy(t.bulletins.id)));
const newest = async () => (await rows()).at(-1) as BulletinRow;
/** The first chart of a card. */
function chartOf(card: Posted['card'] | undefined): unknown {
  return card?.body.elements.find(({ tag }) => tag === 'chart');
}
const draftWords = () => wordsOf(scene.last(BANNER_MANAGER).card);

async function weighs(casesMin: number): Promise<void> {
  const { weights } = defaultScoring;
  const form = { ...Object.fromEntries(Object.entries(weights).map(([name, one]) => [name, String(one)])) };
  await scene.forges(ADMIN, { value: encodeAction({ action: 'setting.ask', name: 'scoring' }) });
  await scene.settle();
  await scene.does(ADMIN, { target: ADMIN, label: '保存', form: { ...form, casesMin: String(casesMin) } });
}

/** The draft on the third quarter stands in its manager's private chat. */
async function drafted(): Promise<void> {
  await weighs(1);
  await passes(scene, '2026-10-08T08:59', '2026-10-08T09:00');
}

async function presses(
  openId: string,
  value: ActionValueOf<
    'bulletin.publish' | 'bulletin.recount' | 'bulletin.note' | 'bulletin.correct' | 'bulletin.parts' | 'bulletin.file'
  >,
  form: Record<string, string> = {},
): Promise<string | undefined> {
  const answer = await scene.forges(openId, { value, form });
  await scene.settle();
  return answer.toast?.content;
}

const onDraft = async () => {
  const { id, revision } = await newest();
  return { v: 1 as const, bulletinId: id, revision };
};
const publishes = async (openId: string) => presses(openId, { ...(await onDraft()), action: 'bulletin.publish' });

describe('the draft', () => {
  it('comes to the banner’s managers on the first working day after the quarter, once', async () => {
    await weighs(1);
    const before = scene.posted.length;
    await passes(scene, '2026-10-07T09:00', '2026-10-08T08:59');
    expect(await rows()).toEqual([]);
    await passes(scene, '2026-10-08T09:00', '2026-10-09T09:00');
    const drafts = scene.posted.slice(before).filter(({ card }) => wordsOf(card).includes('工作情况通报'));
    expect(drafts.map(({ target }) => target)).toEqual([BANNER_MANAGER]);
    const words = draftWords();
    for (const said of [
      '2026年第三季度帮办代办工作情况通报',
      '草稿',
      '1件',
      '1　巴彦托海镇',
      '大雁镇（0件）',
      '登记不满1件',
    ]) {
      expect(words).toContain(said);
    }
  });

  it('counts the quarter’s cases, notices, reports and villages of each town', async () => {
    await drafted();
    const { figures } = await newest();
    const town = figures.towns.find(({ name }) => name === '巴彦托海镇');
    expect(town?.measures).toMatchObject({
      volume: { part: 1, whole: 0 },
      onTime: { part: 1, whole: 1 },
      satisfaction: { part: 0, whole: 0 },
      oneTimeNotice: { part: 0, whole: 0 },
      // The only village with somebody full-time is 安达社区.
      roster: { part: 1 },
    });
    expect(figures.whole).toMatchObject({ registered: 1, completed: 1, completedOnTime: 1 });
  });

  it('takes a 按语, which hides what a group may not see, and shows who saved last to whoever saw less', async () => {
    await drafted();
    const seen = await onDraft();
    const note = `请靠后的单位整改。联系人张三 ${PHONE}`;
    expect(await presses(BANNER_MANAGER, { ...seen, action: 'bulletin.note' }, { note })).toContain(
      '按语已保存；像是有群众的姓名',
    );
    expect(await presses(ADMIN, { ...seen, action: 'bulletin.note' }, { note: '另一句' })).toContain('刚有人改过');
    expect(await presses(ADMIN, { ...seen, action: 'bulletin.publish' })).toContain('刚有人改过');
    expect(JSON.stringify(scene.last(BANNER_MANAGER).card)).toContain('请靠后的单位整改');
    expect(JSON.stringify(scene.last(BANNER_MANAGER).card)).not.toContain(PHONE);
    expect(JSON.stringify(await rows())).not.toContain('整改');
  });

  it('shows the newest card at once to who pressed an older one, as the refusal says', async () => {
    await drafted();
    const seen = await onDraft();
    const { messageId } = scene.last(BANNER_MANAGER);
    const value = { ...seen, action: 'bulletin.note' as const };
    await scene.forges(ADMIN, { value, form: { note: '请靠后的单位整改。' } });
    const late = await scene.forges(BANNER_MANAGER, {
      value,
      chat: BANNER_MANAGER,
      messageId,
      form: { note: '另一句' },
    });
    expect(late.toast?.content).toContain('卡片已换成最新的');
    expect(JSON.stringify(late.card)).toContain('请靠后的单位整改');
  });

  it('refuses a text that is too long, and keeps what was there', async () => {
    await drafted();
    const value = { ...(await onDraft()), action: 'bulletin.note' as const };
    expect(await presses(BANNER_MANAGER, value, { note: '长'.repeat(501) })).toContain('请控制在500字以内');
    expect((await newest()).revision).toBe(1);
  });

  it('is counted anew with what has come since and the weights of now', async () => {
    await drafted();
    await weighs(2);
    expect(await presses(BANNER_MANAGER, { ...(await onDraft()), action: 'bulletin.recount' })).toContain('重新计算');
    expect(draftWords()).toContain('登记不满2件');
    expect((await newest()).figures.scoring.casesMin).toBe(2);
  });

  it('is made by /通报 where there is none, and not before the quarter is over', async () => {
    await scene.says(BANNER_MANAGER, '/通报 2026Q3', BANNER);
    await scene.settle();
    expect(wordsOf(scene.last(BANNER).card)).toContain('2026年第三季度到9月30日才结束');
    scene.clock.to('2026-10-01T10:00');
    await scene.says(BANNER_MANAGER, '/通报', BANNER);
    await scene.settle();
    expect(wordsOf(scene.last(BANNER).card)).toContain('通报已私信给您');
    expect(draftWords()).toContain('草稿');
    expect(await rows()).toHaveLength(1);
    // The job finds it there.
    await passes(scene, '2026-10-08T09:00');
    expect(await rows()).toHaveLength(1);
  });

  it.each(['明年', '2026-10', '2026Q5', '张三 13812341234'])('/通报 %s is no quarter', async (words) => {
    await scene.says(BANNER_MANAGER, `/通报 ${words}`);
    await scene.settle();
    expect(draftWords()).toMatch(/没看懂是哪个季度|才结束/);
    expect(draftWords()).not.toContain('13812341234');
  });
});

describe('发布', () => {
  beforeEach(drafted);

  it('posts card and Word file to the banner and every town, once, and freezes them', async () => {
    const before = scene.posted.length;
    expect(await publishes(BANNER_MANAGER)).toMatch(/^已发布，发给3个单位；.*没有群也没有人，请另行告知$/);
    const posts = scene.posted.slice(before).filter(({ card }) => wordsOf(card).includes('已发布'));
    expect(new Set(posts.map(({ target }) => target))).toEqual(new Set([BANNER, TOWN, OTHER_TOWN]));
    expect(scene.files.map(({ target }) => target).sort()).toEqual([BANNER, TOWN, OTHER_TOWN].sort());
    const lines = linesOfLetter(scene.files[0]?.content ?? Buffer.alloc(0));
    expect(lines[0]).toBe('方正小标宋简体22 关于2026年第三季度');
    expect(lines).toContain('方正小标宋简体22 帮办代办工作情况的通报');
    expect(lines.join('\n')).toContain(
      '全旗共登记代办件1件，办结1件，季末超期在办0件；按时办结率100.0%（应按时办结的1件里1件）',
    );
    expect(lines.some((line) => line.startsWith('| 1 | 巴彦托海镇 |'))).toBe(true);
    expect(scene.files[0]?.name).toBe('鄂温克族自治旗2026年第三季度帮办代办工作情况通报.docx');
    expect(buttonOf(scene.last(BANNER_MANAGER).card, '发布')).toBeUndefined();
    // One town alone has a place: there is nothing to compare.
    for (const { card } of posts) expect(chartOf(card)).toBeUndefined();

    expect(await publishes(BANNER_MANAGER)).toContain('已经发布，不能再改');
    expect(await publishes(ADMIN)).toContain('已经发布，不能再改');
    expect(scene.files).toHaveLength(3);
    const value = { ...(await onDraft()), action: 'bulletin.note' as const };
    expect(await presses(BANNER_MANAGER, value, { note: '改一改' })).toContain('不能再改；有错请用“更正”');
    expect((await scene.checkLedger()).faults).toEqual([]);
  });

  it.each([
    ['an agent', ADA],
    ['a town’s manager', TOWN_MANAGER],
    ['a department’s manager', CIVIL_MANAGER],
  ])('is not for %s', async (_, openId) => {
    expect(await publishes(openId)).toBe('通报由鄂温克族自治旗的管理员核对和发布，请联系他们；发布后发 /通报 就能看。');
    const { id } = await newest();
    expect(await presses(openId, { v: 1, action: 'bulletin.file', bulletinId: id, as: 'word' })).toContain(
      '还没有发布',
    );
    expect((await newest()).state).toBe('draft');
    expect(scene.files).toEqual([]);
  });

  it('is not for a stranger, nor is what was published', async () => {
    await publishes(BANNER_MANAGER);
    const { id } = await newest();
    const files = scene.files.length;
    const value = { v: 1 as const, action: 'bulletin.file' as const, bulletinId: id, as: 'word' as const };
    expect(await presses(STRANGER, value)).toContain('您还没有登记为代办员');
    expect(scene.files).toHaveLength(files);
  });

  it('shows everybody of the banner what each point rests on, privately', async () => {
    await publishes(BANNER_MANAGER);
    const { id } = await newest();
    const unitId = scene.unitId('巴彦托海镇');
    expect(await presses(ADA, { v: 1, action: 'bulletin.parts', bulletinId: id, unitId })).toBe('得分明细已私信给您');
    const words = wordsOf(scene.last(ADA).card);
    for (const said of ['巴彦托海镇得分明细', '第1名', '100.0%（1件里1件）', '没有回访评价', '不计分', '分值25']) {
      expect(words).toContain(said);
    }
    expect(await presses(ADA, { v: 1, action: 'bulletin.parts', bulletinId: id, unitId: 99_999 })).toContain('失效');
    await presses(ADA, { v: 1, action: 'bulletin.file', bulletinId: id, as: 'excel' });
    const [points] = await readSheets(scene.files.at(-1)?.content ?? Buffer.alloc(0));
    expect(points?.rows[0]?.slice(0, 2)).toEqual([1, '巴彦托海镇']);
  });

  it('answers /通报 of a town’s manager with it, and before it with a sentence', async () => {
    await scene.says(TOWN_MANAGER, '/通报', TOWN);
    await scene.settle();
    expect(wordsOf(scene.last(TOWN).card)).toContain('2026年第三季度的通报还没有发布');
    await publishes(BANNER_MANAGER);
    await scene.says(TOWN_MANAGER, '/通报');
    await scene.settle();
    expect(wordsOf(scene.last(TOWN_MANAGER).card)).toContain('旗管理 2026年10月8日');
    expect(buttonOf(scene.last(TOWN_MANAGER).card, '更正')).toBeUndefined();
  });
});

describe('更正', () => {
  beforeEach(async () => {
    await drafted();
    await publishes(BANNER_MANAGER);
  });

  const corrects = async (reason: string, openId = BANNER_MANAGER) => {
    const [first] = await rows();
    return presses(openId, { v: 1, action: 'bulletin.correct', bulletinId: first?.id ?? 0 }, { reason });
  };

  it('is a further version with its reason; the old one stays and says so once it is out', async () => {
    for (const reason of ['错了', '。。。。。'])
      expect(await corrects(reason)).toBe('请写明更正原因（至少4个字），再点“更正”。');
    expect(await corrects('大雁镇漏算一件')).toBe('更正的草稿已私信给您，核对后点“发布”');
    expect(await corrects('再来一份更正')).toContain('已经有人在写');
    expect((await rows()).map(({ version, state }) => [version, state])).toEqual([
      [1, 'published'],
      [2, 'draft'],
    ]);
    await publishes(BANNER_MANAGER);
    expect((await rows()).map(({ version, state }) => [version, state])).toEqual([
      [1, 'corrected'],
      [2, 'published'],
    ]);
    const words = wordsOf(scene.last(TOWN).card);
    for (const said of ['（更正）', '更正原因：大雁镇漏算一件', '以这份为准，原来那份作废'])
      expect(words).toContain(said);
    const lines = linesOfLetter(scene.files.at(-1)?.content ?? Buffer.alloc(0));
    expect(lines).toContain('方正小标宋简体22 帮办代办工作情况的更正通报');
    expect(await corrects('从旧的再改一次')).toContain('已有新的更正');
    expect((await scene.checkLedger()).faults).toEqual([]);
  });

  it('is not for a town’s manager', async () => {
    expect(await corrects('大雁镇漏算一件', TOWN_MANAGER)).toContain('请联系他们');
    expect(await rows()).toHaveLength(1);
  });

  it.each([
    ['other figures', { version: 1, quarter: '2026Q3', noteSealed: 'x' }, 'differs'],
    ['another state', { state: 'corrected' as const }, 'differs'],
    ['another quarter', { quarter: '2026Q2' }, 'no entry'],
  ])('of a row by hand is found by the check of the ledger: %s', async (_, set, problem) => {
    const { id } = await newest();
    await scene.db.write(async ({ q, t }) => {
      await q.update(t.bulletins).set(set).where(eq(t.bulletins.id, id));
    });
    const { faults } = await scene.checkLedger();
    expect(faults).toContainEqual(expect.objectContaining({ about: 'bulletin', problem }));
  });
});

it('that ranks two towns goes to every group with their chart and the Word file', async () => {
  const residence = String(scene.unitId('大雁镇'));
  await scene.register({ itemName: RELIEF, residence }, { openId: OTHER_CLERK, chat: OTHER_TOWN });
  await drafted();
  const before = scene.posted.length;
  await publishes(BANNER_MANAGER);
  const { figures } = await newest();
  const { ranked } = scoreTowns(figures.towns, figures.scoring);
  expect(ranked.map(({ name }) => name)).toEqual(['巴彦托海镇', '大雁镇']);
  const values = ranked.map(({ name, total }) => ({ name, value: total }));
  const posts = scene.posted.slice(before).filter(({ card }) => wordsOf(card).includes('已发布'));
  for (const group of [BANNER, TOWN, OTHER_TOWN]) {
    const [post, ...more] = posts.filter(({ target }) => target === group);
    expect(more).toEqual([]);
    expect(chartOf(post?.card)).toMatchObject({ chart_spec: { type: 'bar', data: { values } } });
    expect(scene.files.filter(({ target }) => target === group).map(({ name }) => name)).toEqual([
      '鄂温克族自治旗2026年第三季度帮办代办工作情况通报.docx',
    ]);
  }
});

it('nothing of a resident is in what goes out', async () => {
  await drafted();
  await publishes(BANNER_MANAGER);
  const out = JSON.stringify([...scene.posted.map(({ card }) => card)].slice(-8)) + JSON.stringify(await rows());
  for (const secret of [NAME, PHONE]) expect(out).not.toContain(secret);
});
