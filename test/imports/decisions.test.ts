/** 确认导入, 取消, 停用: who may, when, and what two administrators do to each other. */
import { pino } from 'pino';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { unitReads, unitWrites } from '../../db/repositories/unit.ts';
import { buttonOf, wordsOf } from '../support/office.ts';
import { ADA, ADMIN, openScene, type Scene, VILLAGE } from '../support/scene.ts';
import { sheetOf } from '../support/workbooks.ts';
import { confirms, sendsFile, sendsList } from './support.ts';

const OTHER_ADMIN = 'ou_other_admin';
const HEADER = ['级别', '单位名称', '上级单位'];

let scene: Scene;
beforeEach(async () => {
  scene = await openScene();
  await scene.hire({ openId: OTHER_ADMIN, name: '另一位', unit: '鄂温克族自治旗', role: 'admin' });
});
afterEach(() => scene.close());

function villages(...names: string[]) {
  return [sheetOf('单位', [HEADER, ...names.map((name) => ['嘎查社区', name, '巴彦托海镇'])])];
}

/** As the tables stand, to compare before and after. */
function unitsNow(): Promise<string> {
  return scene.db.read(async (tx) => JSON.stringify(await unitReads.all(tx)));
}

describe('two administrators', () => {
  it('the second sees the new state, and nothing is done until it has been looked at', async () => {
    await sendsList(scene, { sheets: villages('甲嘎查', '乙嘎查') });
    await sendsList(scene, { sheets: villages('甲嘎查'), by: OTHER_ADMIN });
    expect(await confirms(scene)).toContain('单位已导入');
    const before = await unitsNow();
    const answer = await scene.does(OTHER_ADMIN, { target: OTHER_ADMIN, label: '确认导入' });
    expect(answer.toast?.content).toBe('还没有导入：核对以后有人改动过，请再看一遍');
    expect(await unitsNow()).toBe(before);
    expect(wordsOf(scene.last(OTHER_ADMIN).card)).toContain('单位没有要导入的');
  });

  it("neither decides on the other's list, by whatever button", async () => {
    await sendsList(scene, { sheets: villages('甲嘎查') });
    const value = buttonOf(scene.last(ADMIN).card, '确认导入');
    const chat = `oc_p2p_${OTHER_ADMIN}`;
    const answer = await scene.forges(OTHER_ADMIN, { value, chat });
    expect(answer.toast?.content).toContain('这份名单是另一位管理员发的');
    for (const openId of [ADA, 'ou_stranger']) {
      const before = await unitsNow();
      await scene.forges(openId, { value });
      await scene.forges(openId, { value: buttonOf(scene.last(ADMIN).card, '取消') });
      await scene.forges(openId, { value: { v: 1, action: 'import.template', kind: 'units' } });
      await scene.settle();
      expect(await unitsNow()).toBe(before);
    }
    expect(scene.files).toEqual([]);
  });
});

it('pressed twice it is imported once; cancelled it is forgotten', async () => {
  await sendsList(scene, { sheets: villages('甲嘎查') });
  const value = buttonOf(scene.last(ADMIN).card, '确认导入');
  await confirms(scene);
  const before = await scene.entries();
  const chat = `oc_p2p_${ADMIN}`;
  expect((await scene.forges(ADMIN, { value, chat })).toast?.content).toContain('已经导入过了');
  expect(await scene.entries()).toEqual(before);

  await sendsList(scene, { sheets: villages('乙嘎查') });
  const late = buttonOf(scene.last(ADMIN).card, '确认导入');
  await scene.does(ADMIN, { target: ADMIN, label: '取消' });
  expect((await scene.forges(ADMIN, { value: late, chat })).toast?.content).toContain('请把文件再发一次');
  const rows = await scene.db.read(({ q, t }) => Promise.resolve(q.select().from(t.imports)));
  expect(rows.map(({ state }) => state)).toEqual(['done', 'cancelled']);
  expect(rows[1]?.contentSealed.length).toBeLessThan(200);
});

describe('the card ends on the result', () => {
  const press = (value: unknown, { messageId }: { messageId: string }) => {
    const click = { kind: 'action' as const, messageId, chatId: `oc_p2p_${ADMIN}`, openId: ADMIN, value, form: {} };
    const arrival = { log: pino({ level: 'silent' }), wasAnswered: () => false };
    return scene.app.receive({ ...click, eventId: `ev_late_${++late}` }, arrival);
  };
  let late = 0;

  it('when the platform did not wait for the answer, and a second press imports nothing', async () => {
    await sendsList(scene, { sheets: villages('甲嘎查') });
    const shown = scene.last(ADMIN);
    const messages = scene.posted.length;
    const value = buttonOf(shown.card, '确认导入');
    await press(value, shown);
    expect(wordsOf(shown.card)).toContain('核对单位');
    const entries = await scene.entries();
    const again = await press(value, shown);
    expect(again.toast?.content).toBe('这份名单已经导入过了，没有重复导入。');
    expect(wordsOf(again.card)).toContain('单位已导入');
    scene.clock.advance(5_000);
    await scene.app.dispatcher.drain();
    expect(wordsOf(shown.card)).toContain('单位已导入');
    expect(wordsOf(shown.card)).toContain('新增1个、改动0个');
    await scene.settle();
    expect(shown.updates).toBe(1);
    expect(scene.posted).toHaveLength(messages);
    expect(await scene.entries()).toEqual(entries);
  });

  it('and an update that comes after the next press does not take it back', async () => {
    await sendsList(scene, { sheets: villages('安达社区', '安门社区', '甲嘎查') });
    await scene.clicks(ADMIN, { target: ADMIN, label: '确认导入' });
    scene.clock.advance(2_000);
    await scene.clicks(ADMIN, { target: ADMIN, label: '停用名单里没有的1个' });
    await scene.settle();
    expect(wordsOf(scene.last(ADMIN).card)).toContain('已停用：瑟宾社区。');
  });

  it('also where somebody had changed the rows, or it was cancelled', async () => {
    await sendsList(scene, { sheets: villages('甲嘎查', '乙嘎查') });
    const shown = scene.last(ADMIN);
    await sendsList(scene, { sheets: villages('甲嘎查'), by: OTHER_ADMIN });
    await confirms(scene, OTHER_ADMIN);
    await press(buttonOf(shown.card, '确认导入'), shown);
    await scene.settle();
    expect(wordsOf(shown.card)).toContain('核对以后又有人改动过');
    expect(wordsOf(shown.card)).toContain('新增：乙嘎查');
    await press(buttonOf(shown.card, '取消'), shown);
    await scene.settle();
    expect(wordsOf(shown.card)).toContain('这份名单没有导入');
  });
});

describe('what the list does not have', () => {
  it('is asked about, taken out of use when nothing depends on it, and comes back with the next list', async () => {
    const shown = await sendsList(scene, { sheets: villages('安达社区', '安门社区', '甲嘎查') });
    expect(shown).toContain('在用、但名单里没有的有1个：瑟宾社区。');
    await confirms(scene);
    await scene.does(ADMIN, { target: ADMIN, label: '停用名单里没有的1个' });
    expect(wordsOf(scene.last(ADMIN).card)).toContain('已停用：瑟宾社区。');
    const named = async () => (await scene.db.read((tx) => unitReads.all(tx))).find(({ name }) => name === '瑟宾社区');
    expect(await named()).toMatchObject({ active: false });
    expect((await scene.checkLedger()).faults).toEqual([]);
    await sendsList(scene, { sheets: villages('瑟宾社区') });
    expect(await confirms(scene)).toContain('单位已导入');
    expect(await named()).toMatchObject({ active: true });
  });

  it('stays when people work there or cases are open there', async () => {
    await sendsList(scene, { sheets: villages('瑟宾社区', '安门社区') });
    await scene.does(ADMIN, { target: ADMIN, label: '停用名单里没有的1个' });
    expect(wordsOf(scene.last(ADMIN).card)).toContain('安达社区还有2位在岗人员');
  });
});

it('a unit changed by hand after an import shows in the check of the ledger', async () => {
  await sendsList(scene, { sheets: villages('甲嘎查') });
  await confirms(scene);
  const unit = (await scene.db.read((tx) => unitReads.all(tx))).find(({ name }) => name === '甲嘎查');
  await scene.db.write((tx) => unitWrites.update(tx, { id: unit?.id ?? 0, set: { parentId: scene.unitId('大雁镇') } }));
  expect((await scene.checkLedger()).faults).toEqual([{ about: 'unit', unitId: unit?.id, problem: 'differs' }]);
});

describe('a file', () => {
  it('of others, in a group, or that is no spreadsheet gets the answer it always got', async () => {
    const content = Buffer.from('x');
    expect(await sendsFile(scene, { content, by: ADA })).toContain('文件要说明是哪一件的');
    expect(await sendsFile(scene, { content, name: '材料.pdf' })).toContain('是哪一件的？');
    const list = { files: [{ kind: 'file' as const, key: 'file_0', name: '名单.xlsx' }], wordless: 'file' as const };
    await scene.sends(ADMIN, { ...list, chatId: VILLAGE });
    await scene.settle();
    const rows = await scene.db.read(({ q, t }) => Promise.resolve(q.select().from(t.imports)));
    expect(rows).toEqual([]);
  });

  it('that is too large, gone or of another kind is answered with what to do', async () => {
    expect(await sendsFile(scene, { content: Buffer.alloc(50 * 1024 * 1024) })).toContain('最多20 MB');
    expect(await sendsFile(scene, { content: Buffer.from('级别,单位') })).toContain('这是文本文件（CSV）');
    const unknown = { sheets: [sheetOf('Sheet1', [['菜名', '价钱']])] };
    expect(await sendsList(scene, unknown)).toContain('“Sheet1”表的表头看不出是哪种名单');
    const near = { sheets: [sheetOf('Sheet1', [['嘎查社区', '常住人口']])] };
    expect(await sendsList(scene, near)).toContain('“Sheet1”表像是单位，表头缺“级别”一列。请照空表的表头填。');
  });

  it('with two hundred wrong rows says how many, names the first, and nothing of it goes in', async () => {
    const rows = Array.from({ length: 200 }, (_, index) => ['嘎查社区', `甲${index}嘎查`, '没有的镇']);
    const before = await unitsNow();
    const shown = await sendsList(scene, { sheets: [sheetOf('单位', [HEADER, ...rows])] });
    expect(shown).toContain('200处');
    expect(shown).toContain('“单位”表第2行“上级单位”：没有叫“没有的镇”的苏木乡镇');
    expect(shown).toContain('另有194处，都在文件里。');
    expect(shown).not.toContain('确认导入');
    expect(await unitsNow()).toBe(before);
  });
});
