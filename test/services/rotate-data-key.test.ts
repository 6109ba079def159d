import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Database } from '../../db/database.ts';
import { resealAll } from '../../src/cli/reseal.ts';
import type { BulletinTotals } from '../../src/domain/bulletin.ts';
import { defaultScoring } from '../../src/domain/score.ts';
import { openNote, openReason, sealWords } from '../../src/services/bulletin/words.ts';
import { eraseApplicant } from '../../src/services/case/erase.ts';
import { keyChange, requireDataKey, WrongDataKey } from '../../src/services/data-key/check.ts';
import { recordOpener } from '../../src/services/data-key/record-keys.ts';
import { finishRotation, leftUnder } from '../../src/services/data-key/rotate.ts';
import { openDraft } from '../../src/services/draft/content.ts';
import { verifyLedger } from '../../src/services/ledger/verify.ts';
import { openAnswer } from '../../src/services/readiness/answer.ts';
import { draftTexts, sealVersion, textMark, versionOpener } from '../../src/services/report/texts.ts';
import { openUpdate } from '../../src/services/task/update.ts';
import { createVault, type Vault } from '../../src/vault.ts';
import { type Office, openOffice, wordsOf } from '../support/office.ts';
import { ADA, CLERK, ID_NUMBER, openScene, type Scene, TOWN, TOWN_MANAGER, VILLAGE } from '../support/scene.ts';

const FORMER = Buffer.alloc(32, 7);
const NEXT = Buffer.alloc(32, 8);
const NAME = '欧阳乌兰图雅';
const PHONE = '13812340077';
const both = createVault(NEXT, FORMER);
const next = createVault(NEXT);
const former = createVault(FORMER);

let scene: Scene;
let office: Office;

const PERSON = { applicantName: NAME, phone: PHONE, idNumber: ID_NUMBER, remarks: `${NAME}行动不便` };

beforeEach(async () => {
  scene = await openScene();
  office = scene;
});
afterEach(() => scene.close());

/** A case with a number of the government's own system, another, one of somebody erased, and a form not sent. */
async function story(): Promise<void> {
  const { id } = await scene.register(PERSON);
  await scene.does(CLERK, { target: TOWN, label: '接收', form: { externalNumber: 'YC-2026-77' } });
  expect((await scene.record(id)).externalNumber).toBe('YC-2026-77');
  await scene.register({ applicantName: '李四', phone: '13812340001' });
  const gone = await scene.register({ applicantName: '王五', phone: '13812340002' });
  await scene.asProgram((ctx) => eraseApplicant(ctx, { caseId: gone.id, reason: '本人来电要求' }));
  await scene.says(ADA, '/登记 低保 赵六 13812340003');
  await scene.settle();
}

const VERSION = { practices: '每周下乡', problems: '', plans: '培训', reason: '' };

/** A task's text and photo, a check's note, a bulletin's words, a report's draft and version. */
async function written(): Promise<{ reportId: number; textsSealed: string; photo: string }> {
  const [town, village, banner] = ['巴彦托海镇', '安达社区', '鄂温克族自治旗'].map((name) => scene.unitId(name));
  const does = (openId: string, value: object, form: Record<string, string> = {}) =>
    scene.forges(openId, { value: { v: 1, ...value }, form, chat: `oc_p2p_${openId}` });
  const onTask = { taskId: 1, unitId: town };
  await does(TOWN_MANAGER, { ...onTask, action: 'task.save', seen: 0 }, { state: 'underWay', text: '牌子在做' });
  await does(TOWN_MANAGER, { ...onTask, action: 'task.photo' });
  const onCheck = { unitId: village, listId: 1, index: 0, seen: 0 };
  await does(ADA, { ...onCheck, action: 'readiness.saveCheck' }, { present: 'no', note: '窗口在装修' });
  const onReport = { townId: town, month: '2026-11', seen: textMark('').repeat(3) };
  const { practices, problems, plans } = VERSION;
  await does(TOWN_MANAGER, { ...onReport, action: 'report.save' }, { practices, problems, plans });
  return scene.db.write(async (tx) => {
    const { q, t } = tx;
    const place = { bannerId: banner ?? 0, quarter: '2026Q3', version: 2 };
    const figures = { scoring: defaultScoring, towns: [], whole: {} as BulletinTotals };
    const seals = { tx, vault: scene.vault };
    const { sealed: noteSealed } = await sealWords(seals, { ...place, which: 'note', text: '请各镇对照改进' });
    const { sealed: reasonSealed } = await sealWords(seals, { ...place, which: 'reason', text: '漏了一个镇' });
    await q.insert(t.bulletins).values({ ...place, state: 'draft', figures, noteSealed, reasonSealed, draftedAt: 1 });
    const [report] = await q.select().from(t.monthlyReports);
    const [photos] = await q.select().from(t.evidencePlaces);
    const reportId = report?.id ?? 0;
    const photo = scene.vault.applicantCipher(photos?.wrappedKey ?? '').seal('photo', 'a sign');
    return { reportId, textsSealed: sealVersion(scene.vault, { reportId, number: 1 }, VERSION), photo };
  });
}

/** The bot as it is started again, with the keys of this vault. */
async function restart(vault: Vault): Promise<void> {
  office = await openOffice({ db: scene.db, vault, after: office.state() });
}

/** A database whose program is killed in its transaction of this number, before the commit. */
function endedIn(db: Database, transaction: number): Database {
  let left = transaction;
  return {
    ...db,
    write: (work) =>
      db.write(async (tx) => {
        const done = await work(tx);
        if (--left === 0) throw new Error('killed');
        return done;
      }),
  };
}

async function answerTo(line: string): Promise<string> {
  await office.says(CLERK, line);
  await office.settle();
  return wordsOf(office.posted.findLast(({ target }) => target === CLERK)?.card);
}

/** What people need of the data, whatever is under which key. */
async function expectReadable(vault: Vault): Promise<void> {
  const check = await scene.db.read((tx) => verifyLedger({ tx, vault }));
  expect(check.faults).toEqual([]);
  expect(check.cases).toBe(3);
  expect(await answerTo(`/查 ${NAME}`)).toContain('26-01-00001');
  expect(await answerTo('/查 0077')).toContain('26-01-00001');
  expect(await answerTo('/查 13812340001')).toContain('26-01-00002');
  const drafts = await scene.db.read(async ({ q, t }) => q.select().from(t.drafts));
  expect(drafts.map((draft) => openDraft(vault, draft).applicantName)).toContain('赵六');
}

describe('a change of DATA_KEY', () => {
  it('may be ended at any moment, and everything can be read before, meanwhile and after', async () => {
    await story();
    await restart(both);
    await expectReadable(both);
    let interruptions = 0;
    for (let ended = true; ended; ) {
      interruptions++;
      // Small batches: more moments to end at than the data have tables.
      const db = endedIn(scene.db, interruptions * 3);
      const walked = await resealAll({ db, vault: both, batch: 3 }).catch((error: Error) => error.message);
      ended = walked === 'killed';
      if (interruptions % 4 === 2) await expectReadable(both);
    }
    expect(interruptions).toBeGreaterThan(5);
    await expectReadable(both);
    await finish();
    await restart(next);
    await expectReadable(next);
    const on = office.posted.findLast(({ target, card }) => target === TOWN && wordsOf(card).includes('26-01-00001'));
    await office.clicks(CLERK, { target: TOWN, label: '查看申请人', ...(on ? { on } : {}) });
    await office.settle();
    expect(wordsOf(office.posted.map(({ card }) => card))).toContain(ID_NUMBER);
    expect((await scene.db.read((tx) => leftUnder(tx, former.keyMark))).size).toBe(0);
  });

  it('leaves what was written of work readable with the new key alone, and the ledger whole', async () => {
    const place = await written();
    await restart(both);
    await resealAll({ db: scene.db, vault: both });
    await finish();
    await restart(next);
    await scene.db.read(async (tx) => {
      const reading = { tx, vault: next };
      const opener = await recordOpener(reading);
      const { q, t } = tx;
      const said = (await q.select().from(t.taskUpdates)).map((row) => openUpdate(opener, row));
      const notes = (await q.select().from(t.readinessAnswers)).map((row) => openAnswer(opener, row));
      expect([said, notes]).toEqual([['牌子在做'], ['窗口在装修']]);
      const [bulletin] = await q.select().from(t.bulletins);
      if (!bulletin) throw new Error('no bulletin');
      expect([openNote(opener, bulletin), openReason(opener, bulletin)]).toEqual(['请各镇对照改进', '漏了一个镇']);
      const versions = await versionOpener(reading);
      const { reportId, textsSealed } = place;
      expect(versions.texts({ reportId, number: 1, textsSealed })).toEqual(VERSION);
      expect((await draftTexts(reading, reportId)).typed.practices).toBe('每周下乡');
      const [photos] = await q.select().from(t.evidencePlaces);
      expect(next.applicantCipher(photos?.wrappedKey ?? '').open('photo', place.photo)).toBe('a sign');
      expect((await verifyLedger(reading)).faults).toEqual([]);
    });
  });

  it('meanwhile finds the same person under either key, and writes under the one that counts now', async () => {
    await scene.register(PERSON);
    await restart(both);
    await office.says(ADA, '/登记', VILLAGE);
    await office.settle();
    const form = { ...scene.registration(), applicantName: '另一个', phone: '13812340009', idNumber: ID_NUMBER };
    const answer = await office.clicks(ADA, { target: VILLAGE, label: '提交登记', form });
    expect(answer.toast?.content).toContain('26-01-00001');
    await office.clicks(ADA, { target: VILLAGE, label: '仍要登记', form });
    const rows = await scene.db.read(async ({ q, t }) => q.select().from(t.applicants));
    expect(rows.at(-1)?.wrappedKey?.startsWith(next.keyMark)).toBe(true);
    expect(rows.at(-1)?.nameHash).toBe(next.hash('name', '另一个'));
  });

  it('lets no program start that does not know the key, and none without the former one before the end', async () => {
    const check = (vault: Vault) => scene.db.read((tx) => requireDataKey(tx, vault));
    // Before the bot has been started with it, any order of the two is understood.
    await check(both);
    await check(createVault(FORMER, NEXT));
    await restart(both);
    await expect(check(former)).rejects.toThrow('请换回原来的密钥');
    await expect(check(next)).rejects.toThrow('换密钥还没有完成');
    await expect(check(createVault(NEXT, Buffer.alloc(32, 9)))).rejects.toThrow('DATA_KEY_FORMER 不是原来的密钥');
    await expect(check(createVault(Buffer.alloc(32, 9), Buffer.alloc(32, 10)))).rejects.toThrow('都打不开');
    await resealAll({ db: scene.db, vault: both });
    await finish();
    await check(next);
    await check(both);
    await expect(check(former)).rejects.toThrow(WrongDataKey);
  });

  it('leaves alone what opens under neither key, and counts it', async () => {
    await scene.says(ADA, '/登记 低保 赵六 13812340003');
    await restart(both);
    const foreign = `${former.keyMark}${'A'.repeat(60)}`;
    await scene.db.write(async ({ q, t }) => {
      await q.update(t.drafts).set({ contentSealed: foreign });
    });
    const drafts = (await scene.db.read(async ({ q, t }) => q.select().from(t.drafts))).length;
    const walked = await resealAll({ db: scene.db, vault: both });
    expect([walked.done, [...walked.unreadable]]).toEqual([true, [['drafts', drafts]]]);
    const after = await scene.db.read(async ({ q, t }) => q.select().from(t.drafts));
    expect(after.every(({ contentSealed }) => contentSealed === foreign)).toBe(true);
  });
});

async function finish(): Promise<void> {
  await office.asProgram(async (ctx) => {
    const change = await keyChange(ctx.tx);
    if (!change) throw new Error('no change was begun');
    await finishRotation(ctx, change);
  });
}
