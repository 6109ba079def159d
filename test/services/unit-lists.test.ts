/** 4 张清单: who publishes, what becomes of the file, what replaces what, and who reads. */
import { eq } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { unitListReads } from '../../db/repositories/unit-list.ts';
import { listSlotsOf } from '../../src/services/unit-list/view.ts';
import { lays, photo } from '../papers/support.ts';
import { wordsOf } from '../support/office.ts';
import {
  ADA,
  BANNER_MANAGER,
  CLERK,
  OTHER_CLERK,
  openScene,
  type Scene,
  TOWN_MANAGER,
  VILLAGE,
} from '../support/scene.ts';

let scene: Scene;
let unitId: number;

beforeEach(async () => {
  scene = await openScene();
  unitId = scene.unitId('安达社区');
});

afterEach(() => scene.close());

const filled = { listName: '服务事项清单', edition: '2026年版', publishedOn: '2026-11-01' };

async function publishes(
  openId: string,
  { slot = 1, seen = 0, form = filled }: { slot?: number; seen?: number; form?: Record<string, string> } = {},
) {
  const answer = await scene.forges(openId, { value: { v: 1, action: 'lists.publish', unitId, slot, seen }, form });
  await scene.settle();
  return answer;
}

const newest = async () => (await scene.db.read((tx) => unitListReads.ofUnits(tx, [unitId])))[0];
const published = () => scene.db.read((tx) => listSlotsOf({ tx }, unitId));

async function asks(openId: string, line: string, chat?: string): Promise<string> {
  await scene.says(openId, line, chat);
  await scene.settle();
  return wordsOf(scene.last(chat ?? openId).card);
}

describe('a list', () => {
  it('is published by the manager above, its file sent, kept sealed, and given to whoever of the staff asks', async () => {
    expect(await asks(TOWN_MANAGER, '/清单 安达社区')).toContain('还没有公布');
    await scene.does(TOWN_MANAGER, { target: TOWN_MANAGER, label: '公布' });
    const answer = await scene.does(TOWN_MANAGER, { target: TOWN_MANAGER, label: '公布', form: filled });
    expect(answer.toast?.content).toContain('已公布');
    expect(await published()).toEqual({ published: 1, of: 4 });
    const pdf = Buffer.from('%PDF-1.7\nthe list');
    await scene.sends(TOWN_MANAGER, { files: [{ ...lays(scene, pdf, 'file'), name: '清单.pdf' }] });
    await scene.settle();
    expect(wordsOf(scene.last(TOWN_MANAGER).card)).toContain('清单的文件存好了');
    expect(await newest()).toMatchObject({ fileState: 'kept', ending: '.pdf', slot: 1, publishedOn: '2026-11-01' });
    const shown = await asks(ADA, '/清单', VILLAGE);
    for (const text of ['服务事项清单', '2026年版', '2026年11月1日公布', '已公布1张']) expect(shown).toContain(text);
    await scene.does(ADA, { target: VILLAGE, label: '看文件' });
    expect(scene.files.at(-1)).toMatchObject({ target: ADA, name: '安达社区 服务事项清单.pdf' });
    expect(scene.files.at(-1)?.content.equals(pdf)).toBe(true);
    expect((await scene.checkLedger()).faults).toEqual([]);
  });

  it('stays when a newer one takes its slot; who has not seen the newer one publishes nothing', async () => {
    await publishes(TOWN_MANAGER);
    const first = await newest();
    const late = await publishes(BANNER_MANAGER, { form: { ...filled, edition: '别人的' } });
    expect(late.toast?.content).toContain('刚有人更新过');
    await publishes(TOWN_MANAGER, { seen: first?.id ?? 0, form: { ...filled, edition: '第二版' } });
    expect(await published()).toEqual({ published: 1, of: 4 });
    const shown = await asks(ADA, '/清单');
    expect(shown).toContain('第二版');
    expect(shown).toContain('以前的版本');
    expect(shown).toContain('2026年版');
  });

  it('is named after that of the unit above where nobody has named it', async () => {
    const village = unitId;
    unitId = scene.unitId('巴彦托海镇');
    await publishes(TOWN_MANAGER, { slot: 2, form: { ...filled, listName: '责任清单' } });
    unitId = village;
    const shown = await asks(ADA, '/清单');
    for (const text of ['1. 清单一', '2. 责任清单', '4. 清单四']) expect(shown).toContain(text);
  });

  it.each([
    [ADA, filled, '自己或上级的管理员'],
    [CLERK, filled, '自己或上级的管理员'],
    [OTHER_CLERK, filled, '自己或上级的管理员'],
    [TOWN_MANAGER, { ...filled, publishedOn: '2026-12-01' }, '不能晚于今天'],
    [TOWN_MANAGER, { ...filled, publishedOn: '去年' }, '公布日期'],
    [TOWN_MANAGER, { ...filled, listName: '  ' }, '清单名称'],
    [TOWN_MANAGER, { ...filled, listName: '长'.repeat(61) }, '60字以内'],
  ])('%s is refused with %o', async (openId, form, words) => {
    expect((await publishes(openId, { form })).toast?.content).toContain(words);
    expect(await newest()).toBeUndefined();
  });

  it('belongs to no department', async () => {
    expect(await asks(BANNER_MANAGER, '/清单 民政部门')).toContain('嘎查社区');
  });

  it('takes no file that is none, too late, or meant for a case by then', async () => {
    await publishes(TOWN_MANAGER);
    await scene.sends(TOWN_MANAGER, { files: [{ ...lays(scene, Buffer.from('MZ an exe'), 'file'), name: 'a.docx' }] });
    await scene.settle();
    expect(await newest()).toMatchObject({ fileState: 'failed', hash: null });
    expect(wordsOf(scene.last(TOWN_MANAGER).card)).toContain('没有存下来');
    await publishes(TOWN_MANAGER, { seen: (await newest())?.id ?? 0 });
    scene.clock.advance(31 * 60_000);
    await scene.sends(TOWN_MANAGER, { files: [lays(scene, await photo())] });
    await scene.settle();
    expect(await newest()).toMatchObject({ fileState: 'none', messageId: null });
  });

  it('changed by hand is found by the check of the ledger', async () => {
    await publishes(TOWN_MANAGER);
    await scene.db.write(async ({ q, t }) => {
      await q.update(t.unitLists).set({ publishedOn: '2022-01-01' }).where(eq(t.unitLists.unitId, unitId));
    });
    const list = await newest();
    expect((await scene.checkLedger()).faults).toEqual([{ about: 'unitList', listId: list?.id, problem: 'differs' }]);
  });
});
