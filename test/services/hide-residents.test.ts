/** Free text that is about no case: who had a case registered in the town is named in none of it. */
import { afterEach, beforeEach, expect, it } from 'vitest';
import { taskReads } from '../../db/repositories/task.ts';
import { openNote } from '../../src/services/bulletin/words.ts';
import { eraseApplicant } from '../../src/services/case/erase.ts';
import { recordOpener } from '../../src/services/data-key/record-keys.ts';
import { hideResidents } from '../../src/services/hide-residents.ts';
import { openCorrectionReason, sealCorrectionReason } from '../../src/services/information/text.ts';
import { openAnswer } from '../../src/services/readiness/answer.ts';
import { textMark, versionOpener } from '../../src/services/report/texts.ts';
import { openUpdate } from '../../src/services/task/update.ts';
import { passes } from '../jobs/support.ts';
import { wordsOf } from '../support/office.ts';
import { ADA, BANNER_MANAGER, NAME, openScene, type Scene, TOWN_MANAGER } from '../support/scene.ts';

const BAYAR = '苏日娜·宝音';
const TYPED = `给${NAME}送证，${BAYAR}满意`;
const HIDDEN = '给张**送证，苏***满意';

let scene: Scene;

beforeEach(async () => {
  scene = await openScene({ now: '2026-09-28T10:00' });
  await scene.register();
  await scene.register({ applicantName: BAYAR, phone: '13900000000' });
});
afterEach(() => scene.close());

function hidden(text: string, unit: string) {
  return scene.db.read((tx) => hideResidents({ tx, vault: scene.vault }, { text, unitId: scene.unitId(unit) }));
}

async function does(openId: string, value: object, form: Record<string, string> = {}): Promise<string> {
  const answer = await scene.forges(openId, { value: { v: 1, ...value }, form, chat: `oc_p2p_${openId}` });
  await scene.settle();
  return answer.toast?.content ?? '';
}

it('by the town’s own residents, for the town, its villages and the banner', async () => {
  for (const unit of ['巴彦托海镇', '安达社区', '鄂温克族自治旗']) {
    expect(await hidden(TYPED, unit), unit).toEqual({ text: HIDDEN, hides: true });
  }
  expect(await hidden(TYPED, '大雁镇')).toEqual({ text: TYPED, hides: false });
  expect(await hidden('入户宣传，安达社区群众满意', '巴彦托海镇')).toMatchObject({ hides: false });
  expect(await hidden('', '巴彦托海镇')).toEqual({ text: '', hides: false });
});

it('by a telephone number beside a name, and the unit in front of the name stays', async () => {
  expect(await hidden('巴彦托海镇王秀英老人13911112222反映好', '鄂温克族自治旗')).toEqual({
    ...{ text: '巴彦托海镇王**老人139****2222反映好', hides: true },
  });
  expect((await hidden('安达社区便民服务站的娜仁高娃13911112222', '大雁镇')).text).toBe(
    '安达社区便民服务站的娜***139****2222',
  );
});

it('of nobody who was erased', async () => {
  await scene.asProgram(async ({ tx: { q, t } }) => void (await q.update(t.applicants).set({ nameHash: null })));
  expect(await hidden(TYPED, '巴彦托海镇')).toEqual({ text: TYPED, hides: false });
});

it('in a report: its texts, why it is corrected, and why it is sent back', async () => {
  const town = scene.unitId('巴彦托海镇');
  const place = { townId: town, month: '2026-09' };
  const texts = { practices: TYPED, problems: '', plans: '' };
  await does(TOWN_MANAGER, { ...place, action: 'report.save', seen: textMark('').repeat(3) }, texts);
  await scene.says(TOWN_MANAGER, '/月报 2026-09');
  await scene.settle();
  expect(wordsOf(scene.last(TOWN_MANAGER).card)).toContain('文字里像是有群众的姓名');
  expect(wordsOf(scene.last(TOWN_MANAGER).card)).toContain(HIDDEN);
  scene.clock.to('2026-10-09T10:00');
  await does(TOWN_MANAGER, { ...place, action: 'report.submit' });
  const seen = [TYPED, '', ''].map(textMark).join('');
  await does(TOWN_MANAGER, { ...place, action: 'report.save', seen }, { ...texts, plans: '培训' });
  await does(TOWN_MANAGER, { ...place, action: 'report.correct', version: 1 }, { reason: `补充${NAME}的事` });
  await does(BANNER_MANAGER, { ...place, action: 'report.return', version: 2 }, { returnReason: `请核对${NAME}的件` });
  await scene.db.read(async (tx) => {
    const opener = await versionOpener({ tx, vault: scene.vault });
    const [first, second] = (await tx.q.select().from(tx.t.reportVersions)).toSorted((a, b) => a.number - b.number);
    if (!first || !second) throw new Error('not submitted and corrected');
    expect(opener.texts(first)).toMatchObject({ practices: HIDDEN });
    expect(opener.texts(second)).toMatchObject({ practices: HIDDEN, plans: '培训', reason: '补充张**的事' });
    expect(opener.reason(second)).toBe('请核对张**的件');
  });
});

it('in a report not of somebody who was erased, either', async () => {
  const place = { townId: scene.unitId('巴彦托海镇'), month: '2026-09' };
  const texts = { practices: TYPED, problems: '', plans: '' };
  await does(TOWN_MANAGER, { ...place, action: 'report.save', seen: textMark('').repeat(3) }, texts);
  const [first] = await scene.db.read(({ q, t }) => Promise.resolve(q.select().from(t.cases).orderBy(t.cases.id)));
  await scene.asProgram((ctx) => eraseApplicant(ctx, { caseId: first?.id ?? 0, reason: '本人要求删除' }));
  await scene.says(TOWN_MANAGER, '/月报 2026-09');
  await scene.settle();
  expect(JSON.stringify(scene.last(TOWN_MANAGER).card)).toContain(HIDDEN);
  await does(TOWN_MANAGER, { ...place, action: 'report.edit' });
  expect(JSON.stringify(scene.last(TOWN_MANAGER).card)).not.toContain(NAME);
});

it('and a draft that does not open keeps nobody from being erased', async () => {
  const place = { townId: scene.unitId('巴彦托海镇'), month: '2026-09' };
  const texts = { practices: TYPED, problems: '', plans: '' };
  await does(TOWN_MANAGER, { ...place, action: 'report.save', seen: textMark('').repeat(3) }, texts);
  await scene.asProgram(
    async ({ tx: { q, t } }) => void (await q.update(t.reportTexts).set({ wordsSealed: 'forged' })),
  );
  const [first] = await scene.db.read(({ q, t }) => Promise.resolve(q.select().from(t.cases).orderBy(t.cases.id)));
  await scene.asProgram((ctx) => eraseApplicant(ctx, { caseId: first?.id ?? 0, reason: '本人要求删除' }));
  const people = await scene.db.read(({ q, t }) => Promise.resolve(q.select().from(t.applicants)));
  expect(people.filter(({ erasedAt }) => erasedAt !== null).map(({ id }) => id)).toEqual([first?.applicantId]);
});

it('in the reason of a corrected ranking, and in a department’s words', async () => {
  expect(await hidden(TYPED, '民政部门')).toEqual({ text: HIDDEN, hides: true });
  const version = { bannerId: scene.unitId('鄂温克族自治旗'), half: '2026H1' as const, version: 2 };
  await scene.db.read(async (tx) => {
    const reasonSealed = await sealCorrectionReason({ tx, vault: scene.vault }, { ...version, reason: TYPED });
    const opener = await recordOpener({ tx, vault: scene.vault });
    expect(openCorrectionReason(opener, { ...version, reasonSealed })).toBe(HIDDEN);
  });
});

it('in a bulletin, whose editor is told', async () => {
  await passes(scene, '2026-10-08T08:59', '2026-10-08T09:00');
  const [draft] = await scene.db.read(({ q, t }) => Promise.resolve(q.select().from(t.bulletins)));
  const on = { bulletinId: draft?.id ?? 0, action: 'bulletin.note' };
  expect(await does(BANNER_MANAGER, { ...on, revision: draft?.revision }, { note: TYPED })).toContain(
    '像是有群众的姓名',
  );
  const [saved] = await scene.db.read(({ q, t }) => Promise.resolve(q.select().from(t.bulletins)));
  if (!saved) throw new Error('no draft');
  const opener = await scene.db.read((tx) => recordOpener({ tx, vault: scene.vault }));
  expect(openNote(opener, saved)).toBe(HIDDEN);
  expect(await does(BANNER_MANAGER, { ...on, revision: saved.revision }, { note: '再接再厉' })).toBe('按语已保存');
});

it('in what is said of a task and of a check', async () => {
  const [town, village] = ['巴彦托海镇', '安达社区'].map((name) => scene.unitId(name));
  const onTask = { taskId: 1, unitId: town, action: 'task.save', seen: 0 };
  await does(TOWN_MANAGER, onTask, { state: 'underWay', text: TYPED });
  const onCheck = { unitId: village, listId: 1, index: 0, seen: 0, action: 'readiness.saveCheck' };
  await does(ADA, onCheck, { present: 'no', note: TYPED });
  await scene.db.read(async (tx) => {
    const opener = await recordOpener({ tx, vault: scene.vault });
    const [update] = await taskReads.history(tx, { line: 1, unitId: town ?? 0, limit: 1 });
    const [answer] = await tx.q.select().from(tx.t.readinessAnswers);
    expect(update && openUpdate(opener, update)).toBe(HIDDEN);
    expect(openAnswer(opener, answer as NonNullable<typeof answer>)).toBe(HIDDEN);
  });
});
