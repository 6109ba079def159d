/** 转办 and 转交跟进: a case goes to a named colleague, on the holder's side or on that of who registered it. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { encodeAction } from '../../cards/action-values.ts';
import { agentReads } from '../../db/repositories/agent.ts';
import type { CaseRow } from '../../db/repositories/case.ts';
import { fieldNames } from '../cards/reading.ts';
import {
  ADA,
  ADMIN,
  BAI,
  CIVIL_CLERK,
  CLERK,
  OTHER_CLERK,
  openScene,
  type Scene,
  SECOND,
  TOWN,
  VILLAGE,
} from '../support/scene.ts';

let scene: Scene;
let record: CaseRow;

beforeEach(async () => {
  scene = await openScene();
  record = await scene.register();
  await scene.does(CLERK, { target: TOWN, label: '接收' });
});

afterEach(() => scene.close());

const now = () => scene.record(record.id);
const idOf = async (openId: string) => (await scene.db.read((tx) => agentReads.byOpenId(tx, openId)))?.id ?? 0;
const sight = (target: string) => JSON.stringify(scene.last(target).card);
const words = (answer: { toast?: { content: string } | undefined }) => answer.toast?.content ?? '';

async function handsOver(by: string, to: string) {
  await scene.does(by, { target: TOWN, label: '中止、终止、转办' });
  return scene.does(by, { target: by, label: '转办给同事', form: { handler: String(await idOf(to)) } });
}

async function entrusts(by: string, to: string) {
  await scene.does(by, { target: VILLAGE, label: '换人跟进' });
  return scene.does(by, { target: by, label: '转同事跟进', form: { keeper: String(await idOf(to)) } });
}

describe('转办给同事', () => {
  it('makes the colleague the handler, and calls them by a new message in the group', async () => {
    const before = scene.posted.length;
    const answer = await handsOver(CLERK, SECOND);
    expect(words(answer)).toBe(`${record.caseNumber} 已转给李强办理`);
    expect(await now()).toMatchObject({ state: 'accepted', handlerId: await idOf(SECOND) });
    const inGroup = scene.posted.slice(before).filter(({ target }) => target === TOWN);
    expect(inGroup).toHaveLength(1);
    expect(sight(TOWN)).toContain(`<at id=${SECOND}></at> **这件转给您办**`);
    expect(sight(TOWN)).toContain('巴彦托海镇便民服务中心李强正在办理');
    expect(sight(TOWN)).toContain('王芳：转给李强');
    expect((await scene.checkLedger()).faults).toEqual([]);
  });

  it('offers the unit’s people without who has it, and nobody who left', async () => {
    await scene.says(ADMIN, '/停用 李强');
    await scene.settle();
    await scene.does(ADMIN, { target: ADMIN, label: '确认停用' });
    await scene.does(CLERK, { target: TOWN, label: '中止、终止、转办' });
    const form = sight(CLERK);
    expect(form).toContain('包主任');
    expect(form).not.toContain('李强');
    expect(form).not.toContain('"content":"王芳"');
    expect(form).toContain('转办给同事（现在：您）');
    expect(form).not.toContain('转给我办');
    expect(fieldNames(scene.last(CLERK).card)).toContain('handler');
  });

  it.each([
    ['nobody', async () => '', '请先选一位同事'],
    ['no number', async () => '1; drop', '请先选一位同事'],
    ['somebody of another unit', async () => String(await idOf(CIVIL_CLERK)), '不是巴彦托海镇便民服务中心的在岗人员'],
    ['nobody there is', async () => '99999', '不是巴彦托海镇便民服务中心的在岗人员'],
    ['who has it', async () => String(await idOf(CLERK)), '本来就由王芳办理'],
  ])('to %s is refused', async (_whom, picked, sentence) => {
    const value = encodeAction({ action: 'case.handOver', caseId: record.id, version: (await now()).version });
    const answer = await scene.forges(SECOND, { value, form: { handler: await picked() } });
    expect(words(answer)).toContain(sentence);
    expect((await now()).handlerId).toBe(await idOf(CLERK));
  });

  it('is for the holder’s own people', async () => {
    for (const openId of [ADA, OTHER_CLERK, CIVIL_CLERK]) {
      for (const action of ['case.handOver', 'case.takeOver'] as const) {
        const on = { caseId: record.id, version: (await now()).version };
        const value = action === 'case.handOver' ? { action, ...on } : { action, ...on, as: 'handler' as const };
        const answer = await scene.forges(openId, {
          value: encodeAction(value),
          form: { handler: String(await idOf(SECOND)) },
        });
        expect(words(answer)).toContain('这一步要由巴彦托海镇便民服务中心（经办：王芳）来办');
      }
    }
  });

  it('转给我办: a colleague takes it over where the card stands, without a sound', async () => {
    const before = scene.posted.length;
    const answer = await scene.does(SECOND, { target: TOWN, label: '转给我办' });
    expect(words(answer)).toBe(`${record.caseNumber} 现在由您办理`);
    expect((await now()).handlerId).toBe(await idOf(SECOND));
    expect(scene.posted.slice(before)).toEqual([]);
    expect(sight(TOWN)).toContain('李强正在办理');
    // Who has it already is told so, and whoever pressed 接收 too late is told the way.
    const again = await scene.does(SECOND, { target: TOWN, label: '转给我办' });
    expect(words(again)).toBe(`${record.caseNumber} 本来就由您办理，不用再转。`);
  });

  it('a refused 接收 names the handler and offers the way', async () => {
    const value = encodeAction({ action: 'case.accept', caseId: record.id, version: (await now()).version });
    expect(words(await scene.forges(SECOND, { value }))).toBe(
      `${record.caseNumber} 已由巴彦托海镇王芳接收，不用再点了；要接着办，请点“转给我办”。`,
    );
    expect(words(await scene.forges(CLERK, { value }))).toBe(
      `${record.caseNumber} 已由巴彦托海镇王芳接收，不用再点了。`,
    );
  });

  it('reaches one person alone where the unit has no group', async () => {
    await scene.says(ADMIN, '/解绑 巴彦托海镇');
    await scene.settle();
    await scene.does(ADMIN, { target: ADMIN, label: '解绑' });
    const value = encodeAction({ action: 'case.handOver', caseId: record.id, version: (await now()).version });
    const before = scene.posted.length;
    await scene.forges(CLERK, { value, messageId: 'om_none', form: { handler: String(await idOf(SECOND)) } });
    await scene.settle();
    const called = scene.posted.slice(before).filter(({ card }) => JSON.stringify(card).includes('这件转给您办'));
    expect(called.map(({ target }) => target)).toEqual([SECOND]);
  });
});

describe('转同事跟进', () => {
  it('the colleague looks after it from then on: called, may withdraw and urge; the registrar stays known', async () => {
    const before = scene.posted.length;
    await entrusts(ADA, BAI);
    expect(await now()).toMatchObject({ registrarId: await idOf(ADA), keeperId: await idOf(BAI) });
    expect(scene.posted.slice(before).filter(({ target }) => target === VILLAGE)).toHaveLength(1);
    expect(sight(VILLAGE)).toContain(`<at id=${BAI}></at> **这件转给您跟进**`);
    expect(sight(VILLAGE)).toContain('阿达（安达社区），跟进：白音');
    expect(sight(VILLAGE)).toContain('催办、撤回由跟进的代办员白音操作');
    const refused = await scene.does(ADA, { target: VILLAGE, label: '撤回', form: { note: '不办了' } });
    expect(words(refused)).toBe('这一步要由跟进的代办员白音来办，请联系他们，或点“换人跟进”转给自己后再办。');
    await scene.does(CLERK, { target: TOWN, label: '退回补正', form: { note: '缺材料', materials: '证' } });
    expect(sight(VILLAGE)).toContain(`<at id=${BAI}></at> **请补正后重新转送**`);
    await scene.does(BAI, { target: VILLAGE, label: '撤回', form: { note: '不办了' } });
    expect((await now()).state).toBe('withdrawn');
    expect((await scene.checkLedger()).faults).toEqual([]);
  });

  it('stands in /待办 of who looks after it, and its figures stay with who registered it', async () => {
    await entrusts(ADA, BAI);
    await scene.says(BAI, '/待办');
    await scene.says(ADA, '/待办');
    await scene.settle();
    expect(sight(BAI)).toContain(record.caseNumber);
    expect(sight(ADA)).not.toContain(record.caseNumber);
    const rows = await scene.db.read(({ q, t }) => Promise.resolve(q.select().from(t.statCounters)));
    const agents = rows.filter(({ dimension, registered }) => dimension === 'agent' && registered > 0);
    expect(new Set(agents.map(({ key }) => key))).toEqual(new Set([String(await idOf(ADA))]));
  });

  it('转给我跟进: a colleague takes it over', async () => {
    await scene.does(BAI, { target: VILLAGE, label: '换人跟进' });
    const answer = await scene.does(BAI, { target: BAI, label: '转给我跟进' });
    expect(words(answer)).toBe(`${record.caseNumber} 现在由您跟进`);
    expect((await now()).keeperId).toBe(await idOf(BAI));
  });

  it('goes to nobody of another unit, and is not for them', async () => {
    const value = encodeAction({ action: 'case.entrust', caseId: record.id, version: (await now()).version });
    const toClerk = await scene.forges(ADA, { value, form: { keeper: String(await idOf(CLERK)) } });
    expect(words(toClerk)).toContain('不是安达社区的在岗人员');
    const byClerk = await scene.forges(CLERK, { value, form: { keeper: String(await idOf(BAI)) } });
    expect(words(byClerk)).toContain('这一步要由登记的代办员阿达或安达社区的其他代办员来办');
    expect((await now()).keeperId).toBe(await idOf(ADA));
  });

  it('colleagues stand in where who looks after it has left', async () => {
    await entrusts(ADA, BAI);
    await scene.says(ADMIN, '/停用 白音');
    await scene.settle();
    expect(sight(ADMIN)).toContain(record.caseNumber);
    await scene.does(ADMIN, { target: ADMIN, label: '确认停用' });
    await scene.does(ADA, { target: VILLAGE, label: '撤回', form: { note: '不办了' } });
    expect((await now()).state).toBe('withdrawn');
  });
});
