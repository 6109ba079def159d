import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { CaseRow } from '../../db/repositories/case.ts';
import { LarkError } from '../../src/lark/port.ts';
import { type Posted, wordsOf } from '../support/office.ts';
import { ADA, ADMIN, CLERK, OTHER_CLERK, openScene, type Scene, TOWN, VILLAGE } from '../support/scene.ts';
import { asksFor, lays, papersOf, photo } from './support.ts';

let scene: Scene;
let record: CaseRow;
beforeEach(async () => {
  scene = await openScene();
  record = await scene.register();
});
afterEach(() => scene.close());

const caseCardIn = (chat: string): Posted => scene.cards(chat, record.caseNumber).at(-1) as Posted;
const states = async () => (await papersOf(scene, record)).map(({ state, problem }) => problem ?? state);
const newest = () => wordsOf(scene.last(ADA).card);

describe('pictures belong to a case', () => {
  it.each([
    ['in a group, with a mention of the bot', VILLAGE],
    ['in the private chat', undefined],
  ])('that they reply to, %s', async (_, chatId) => {
    await scene.says(ADA, record.caseNumber);
    await scene.settle();
    const card = chatId === undefined ? scene.last(ADA) : caseCardIn(VILLAGE);
    const files = [lays(scene, await photo()), lays(scene, await photo())];
    await scene.replies(ADA, { to: card, files, ...(chatId === undefined ? {} : { chatId }) });
    await scene.settle();
    expect(await states()).toEqual(['kept', 'kept']);
    expect(newest()).toContain('已收2张');
  });

  it('that is chosen where nothing says which', async () => {
    await scene.sends(ADA, { files: [lays(scene, await photo())] });
    await scene.settle();
    expect(newest()).toContain('收到1份，是哪一件的？');
    await scene.does(ADA, { target: ADA, label: `${record.caseNumber} 张** 最低生活保障对象认定` });
    expect(await states()).toEqual(['kept']);
  });

  it('until ten quiet minutes are over', async () => {
    await asksFor(scene, VILLAGE);
    await scene.sends(ADA, { files: [lays(scene, await photo())] });
    await scene.settle();
    scene.clock.advance(10 * 60_000 + 1);
    await scene.settle();
    expect(newest()).toContain('已结束');
    await scene.sends(ADA, { files: [lays(scene, await photo())] });
    await scene.settle();
    expect(newest()).toContain('是哪一件的？');
    expect(await states()).toEqual(['kept']);
  });
});

it('查看材料 sends them privately, by an entry of the ledger', async () => {
  await asksFor(scene, VILLAGE);
  await scene.sends(ADA, { files: [lays(scene, await photo())] });
  await scene.says(ADA, '传完了');
  await scene.settle();
  await scene.does(CLERK, { target: TOWN, label: '查看材料（1份）' });
  expect(scene.files.map(({ target, name }) => [target, name])).toEqual([[CLERK, `${record.caseNumber} 材料1.jpg`]]);
  const content = scene.files[0]?.content ?? Buffer.alloc(0);
  expect(content.subarray(0, 3).toString('hex')).toBe('ffd8ff');
  expect(content.includes('SecretCamera')).toBe(false);
  expect((await scene.entries(record.id)).at(-1)?.kind).toBe('papers');
  const value = { v: 1, action: 'papers.show', caseId: record.id };
  const answer = await scene.forges(OTHER_CLERK, { value });
  expect(answer.toast?.type).not.toBe('success');
  expect(scene.files).toHaveLength(1);
});

it('goes with the person who is erased, and the ledger still agrees', async () => {
  await asksFor(scene, VILLAGE);
  await scene.sends(ADA, { files: [lays(scene, await photo())] });
  await scene.says(ADA, '传完了');
  await scene.settle();
  await scene.says(ADMIN, record.caseNumber);
  await scene.settle();
  await scene.does(ADMIN, { target: ADMIN, label: '删除个人信息' });
  await scene.does(ADMIN, { target: ADMIN, label: '确认删除', form: { reason: '本人要求' } });
  expect(await papersOf(scene, record)).toMatchObject([{ state: 'gone', hash: null, bytes: null }]);
  expect((await scene.checkLedger()).faults).toEqual([]);
});

it('a row of a paper that was changed by hand is found', async () => {
  await asksFor(scene, VILLAGE);
  await scene.sends(ADA, { files: [lays(scene, await photo())] });
  await scene.settle();
  await scene.db.write(async ({ q, t }) => void (await q.update(t.papers).set({ hash: 'another' })));
  expect((await scene.checkLedger()).faults).toMatchObject([{ about: 'case', problem: 'other papers' }]);
});

describe('what cannot be kept is said, and nothing is kept of it', () => {
  it.each([
    ['tooLarge', () => Buffer.alloc(30 * 1024 * 1024, 1), '超过20MB'],
    ['empty', () => Buffer.alloc(0), '文件是空的'],
    ['wrongType', () => Buffer.from('MZ a program called photo.jpg'), '只收照片和PDF'],
    ['damaged', () => Buffer.from('ffd8ffe000104a46', 'hex'), '照片是坏的'],
    ['vanished', () => undefined, '消息撤回了'],
    ['closedChat', () => new LarkError('screened', 'restricted', { code: 230110 }), '这个聊天不让取文件'],
  ] satisfies [string, () => Buffer | Error | undefined, string][])('%s', async (problem, content, words) => {
    await asksFor(scene, VILLAGE);
    const sent = content();
    const file = lays(scene, undefined, 'file');
    if (sent !== undefined) scene.resources.set(file.key, sent);
    await scene.sends(ADA, { files: [file] });
    await scene.settle();
    expect(await states()).toEqual([problem]);
    expect(newest()).toContain(words);
    expect((await scene.entries(record.id)).some(({ kind }) => kind === 'attach')).toBe(false);
  });

  it('for a case that ended while they were on their way', async () => {
    await asksFor(scene, VILLAGE);
    await scene.does(ADA, { target: VILLAGE, label: '撤回', form: { note: '不办了' } });
    await scene.sends(ADA, { files: [lays(scene, await photo())] });
    await scene.settle();
    expect(await states()).toEqual(['caseClosed']);
    const value = { v: 1, action: 'papers.start', caseId: record.id };
    expect((await scene.forges(ADA, { value })).toast?.content).toContain('不再收材料');
  });

  it('from somebody who does not handle the case', async () => {
    const value = { v: 1, action: 'papers.start', caseId: record.id };
    const before = await scene.dump();
    expect((await scene.forges(OTHER_CLERK, { value, chat: TOWN })).toast?.type).not.toBe('success');
    await scene.replies(OTHER_CLERK, { to: caseCardIn(VILLAGE), files: [lays(scene, await photo())], chatId: VILLAGE });
    await scene.settle();
    expect(await states()).toEqual([]);
    expect(await scene.dump()).toBe(before);
  });
});

describe('pictures beside words that say of no case whose they are', () => {
  const said = (chat: string) => wordsOf(scene.last(chat).card);
  const sends = async (openId: string, how: { text: string; chatId?: string }) => {
    await scene.sends(openId, { ...how, files: [lays(scene, await photo())] });
    await scene.settle();
  };

  it.each(['的户口本', ' 的户口本请收', ''])(
    'are not stored in a group, which is said, and that they be recalled: %j',
    async (words) => {
      await sends(ADA, { text: `${record.caseNumber}${words}`, chatId: VILLAGE });
      expect(said(VILLAGE)).toContain('照片没有存下来');
      expect(said(VILLAGE)).toContain('请在群里撤回');
      expect(await states()).toEqual([]);
    },
  );

  it('are not stored either where the words are refused', async () => {
    await sends(ADA, { text: '/查 26-01-00099', chatId: VILLAGE });
    expect(said(VILLAGE)).toMatch(/没有找到这个代办件.*传材料.*请在群里撤回/s);
  });

  it('are not stored in the private chat before 传材料, where nothing need be recalled', async () => {
    await sends(ADA, { text: record.caseNumber });
    expect(said(ADA)).toContain('照片没有存下来');
    expect(said(ADA)).not.toContain('撤回');
  });

  it.each([
    ['image', undefined, '照片'],
    ['file', '委托书.pdf', '文件'],
  ] as const)('are called what they are: %s', async (kind, name, noun) => {
    const { key } = lays(scene, await photo());
    await scene.sends(ADA, {
      text: record.caseNumber,
      files: [{ kind, key, ...(name === undefined ? {} : { name }) }],
    });
    await scene.settle();
    expect(said(ADA)).toContain(`${noun}没有存下来`);
    expect(said(ADA)).toContain(`再把${noun}发一次`);
  });

  it('say nothing of it where a file was taken as a list', async () => {
    const { key } = lays(scene, await photo());
    await scene.sends(ADMIN, { text: '名单', files: [{ kind: 'file', key, name: '名单.xlsx' }] });
    await scene.settle();
    expect(scene.cards(ADMIN, '没有存下来')).toEqual([]);
  });

  it('say nothing of it where they were taken', async () => {
    await asksFor(scene, VILLAGE);
    await sends(ADA, { text: record.caseNumber });
    expect(scene.cards(ADA, '照片没有存下来')).toEqual([]);
    expect(await states()).toEqual(['kept']);
  });

  it('are to be recalled from a group where there are no words at all', async () => {
    await scene.sends(ADA, { files: [lays(scene, await photo())], wordless: 'picture', chatId: VILLAGE });
    await scene.settle();
    expect(said(VILLAGE)).toMatch(/这是哪一件的.*请在群里撤回/s);
  });
});
