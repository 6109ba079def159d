import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { encodeAction } from '../../cards/action-values.ts';
import { noticeCard } from '../../cards/notice.ts';
import type { CaseRow } from '../../db/repositories/case.ts';
import { draftReads } from '../../db/repositories/draft.ts';
import { inboxReads } from '../../db/repositories/inbox.ts';
import { Refused } from '../../src/refusals.ts';
import { eraseApplicant } from '../../src/services/case/erase.ts';
import { sealDraft } from '../../src/services/draft/content.ts';
import { sealKept } from '../../src/services/inbox/kept.ts';
import { enqueuePost } from '../../src/services/message/enqueue.ts';
import { rebuildCounters } from '../../src/services/stats/rebuild.ts';
import { buttonOf, wordsOf, ZONE } from '../support/office.ts';
import { ADA, ADMIN, CLERK, openScene, type Scene, TOWN, TOWN_MANAGER, VILLAGE } from '../support/scene.ts';

const NAME = '欧阳乌兰图雅';
const PHONE = '13812340077';
const ID_NUMBER = '990101199003074219';
const REASON = '本人书面申请删除';
const NUMBER = '26-01-00001';

let scene: Scene;
let record: CaseRow;

beforeEach(async () => {
  scene = await openScene();
  record = await scene.register({ applicantName: NAME, phone: PHONE, idNumber: ID_NUMBER, remarks: `${NAME}行动不便` });
});
afterEach(() => scene.close());

const erase = (reason = REASON) => scene.asProgram((ctx) => eraseApplicant(ctx, { caseId: record.id, reason }));
const applicants = () => scene.db.read(async ({ q, t }) => q.select().from(t.applicants));
const outbox = () => scene.db.read(async ({ q, t }) => q.select().from(t.outbox).orderBy(t.outbox.id));

describe('erasing', () => {
  it('leaves nothing personal in the rows, and a case whose chain and figures still agree', async () => {
    await scene.does(CLERK, { target: TOWN, label: '退回补正', form: { note: `${NAME}的户口本` } });
    await erase();
    const [row] = await applicants();
    const kept = Object.entries(row ?? {}).filter(([name]) => /wrappedKey|Sealed$|Hash$/.test(name));
    expect(kept.length).toBeGreaterThan(6);
    expect(kept.filter(([, value]) => value !== null && value !== '')).toEqual([]);
    expect(row?.erasedAt).toBe(scene.clock.now());
    const now = await scene.record(record.id);
    expect(now).toMatchObject({ remarksSealed: null, state: 'returned', caseNumber: record.caseNumber });
    expect((await scene.checkLedger()).faults).toEqual([]);
    const counted = await scene.db.read((tx) => rebuildCounters({ tx, zone: ZONE }, { write: false }));
    expect(counted.differences).toBe(0);
  });

  it('says in the ledger who did it, and why to nobody who only reads it', async () => {
    await erase(`${NAME}（${PHONE}）书面申请`);
    const entry = (await scene.entries(record.id)).at(-1);
    expect(entry).toMatchObject({ kind: 'erase', caseId: record.id, actorKind: 'system', payload: '{}' });
    const opened = scene.vault.records.open('ledger.eraseReason', entry?.sealed ?? '');
    expect(opened).toContain('书面申请');
    expect(opened).not.toContain(NAME);
    expect(opened).not.toContain(PHONE);
  });

  it('shows on every card of the case that the person was erased', async () => {
    await scene.settle();
    await erase();
    await scene.settle();
    for (const target of [VILLAGE, TOWN]) {
      const words = wordsOf(scene.last(target).card);
      expect(words).toContain('（已删除）');
      expect(words).toContain('删除个人信息');
      expect(words).not.toMatch(/欧|0077/);
    }
  });

  it('is final: the case goes on, is found by its number alone, and shows nobody the person', async () => {
    await erase();
    await scene.settle();
    await expect(erase()).rejects.toMatchObject({ code: 'applicant_erased' });
    for (const word of [NAME, PHONE, '0077']) {
      await scene.says(CLERK, `/查 ${word}`);
      await scene.settle();
      expect(wordsOf(scene.last(CLERK).card)).toContain('没有找到');
    }
    await scene.says(CLERK, `/查 ${record.caseNumber}`);
    await scene.settle();
    expect(wordsOf(scene.last(CLERK).card)).toContain('（已删除）');
    expect((await scene.does(CLERK, { target: TOWN, label: '接收' })).toast?.type).toBe('success');
  });

  it.each([
    [[], ADA, VILLAGE, '撤回', { note: '群众不办了' }, 'withdrawn'],
    [['接收'], CLERK, TOWN, '退回补正', { note: '缺户口本' }, 'returned'],
    [['接收'], CLERK, TOWN, '转上级', { note: '超出权限' }, 'forwarded'],
    [['接收'], CLERK, TOWN, '办结', { outcome: 'refused', note: '不符合', advice: '可以再来问' }, 'completed'],
  ])(
    'leaves its case a way to its end, though the words of a step are kept no more: %s %s %s %s',
    async (before, who, target, label, form, state) => {
      for (const step of before) await scene.does(CLERK, { target: TOWN, label: step });
      await erase();
      await scene.settle();
      expect((await scene.does(who, { target, label, form })).toast?.type).toBe('success');
      expect((await scene.record(record.id)).state).toBe(state);
      expect((await scene.entries(record.id)).at(-1)?.sealed).toBeNull();
      expect((await scene.checkLedger()).faults).toEqual([]);
    },
  );

  it('lets a manager end what came of a bad rating, but takes no note that says nothing but words', async () => {
    await scene.does(CLERK, { target: TOWN, label: '接收' });
    await scene.does(CLERK, { target: TOWN, label: '办结', form: { outcome: 'granted' } });
    await scene.does(ADA, { target: VILLAGE, label: '确认送达', form: { deliveryWay: 'doorstep' } });
    await scene.does(ADA, { target: VILLAGE, label: '回访评价', form: { rating: '1', comment: '等得太久' } });
    await erase();
    await scene.settle();
    const note = await scene.does(CLERK, { target: TOWN, label: '加说明', form: { say: '群众来过' } });
    expect(note.toast?.content).toContain('已按规定删除');
    await scene.does(TOWN_MANAGER, { target: TOWN, label: '整改', form: { note: '已上门说明' } });
    expect((await scene.record(record.id)).state).toBe('archived');
  });

  it('takes what lies about elsewhere with it: forms, kept answers, messages waiting and sent', async () => {
    const content = { applicantName: '欧阳 乌兰图雅', phone: PHONE };
    const draftId = await scene.asProgram(async (ctx) => {
      const [agent] = await ctx.tx.q.select().from(ctx.tx.t.agents).limit(1);
      const agentId = agent?.id ?? 0;
      const place = { agentId, createdAt: ctx.now, shared: false };
      const draft = {
        ...place,
        contentSealed: sealDraft(ctx.vault, { ...place, content }),
      };
      const [row] = await ctx.tx.q.insert(ctx.tx.t.drafts).values(draft).returning();
      const other = {
        ...draft,
        contentSealed: sealDraft(ctx.vault, { ...place, content: { applicantName: '王小虎' } }),
      };
      await ctx.tx.q.insert(ctx.tx.t.drafts).values(other);
      const card = (text: string) => noticeCard({ tone: 'info', title: '通知', lines: [text] });
      await enqueuePost(ctx, { target: ADA, content: { kind: 'fixed', card: card(`请联系${NAME}`) } });
      await enqueuePost(ctx, { target: ADA, content: { kind: 'fixed', card: card('和他人无关') } });
      const answerSealed = sealKept(ctx.vault, { key: 'event:named', text: JSON.stringify({ toast: `电话${PHONE}` }) });
      const kept = { kind: 'action', receivedAt: ctx.now, status: 'done' as const };
      await ctx.tx.q.insert(ctx.tx.t.inbox).values({ ...kept, key: 'event:named', answerSealed });
      const strange = sealKept(ctx.vault, { key: 'event:other', text: JSON.stringify({ toast: '好' }) });
      await ctx.tx.q.insert(ctx.tx.t.inbox).values({ ...kept, key: 'event:other', answerSealed: strange });
      return row?.id ?? 0;
    });
    const before = await outbox();
    await erase();
    const after = (await outbox()).map(({ id }) => id);
    const [named, other] = before.slice(-2);
    expect(after).not.toContain(named?.id);
    expect(after).toContain(other?.id);
    await scene.db.read(async (tx) => {
      expect(await draftReads.byId(tx, draftId)).toBeUndefined();
      expect(await draftReads.byId(tx, draftId + 1)).toBeDefined();
      expect((await inboxReads.byKey(tx, 'event:named'))?.answerSealed).toBeNull();
      expect((await inboxReads.byKey(tx, 'event:other'))?.answerSealed).not.toBeNull();
    });
  });

  it('does not stop at data that nobody can read any more', async () => {
    await scene.db.write(async ({ q, t }) => q.update(t.applicants).set({ wrappedKey: 'damaged' }));
    await erase();
    expect((await applicants())[0]).toMatchObject({ wrappedKey: null, nameHash: null, nameSealed: '' });
    expect((await scene.checkLedger()).faults).toEqual([]);
  });

  it('does not stop at a message that somebody changed', async () => {
    await scene.db.write(async ({ q, t }) => q.update(t.outbox).set({ contentSealed: 'changed' }));
    await erase();
    expect((await applicants())[0]?.erasedAt).toBe(scene.clock.now());
  });

  it('takes a 一窗受理号 with the person’s own name, and leaves any other', async () => {
    const first = await scene.register({ applicantName: 'Ganbold Batbayar', phone: '13812340079' });
    await scene.does(CLERK, { target: TOWN, label: '接收', form: { externalNumber: 'HL-GANBOLD-2026' } });
    expect((await scene.record(first.id)).externalNumber).not.toBeNull();
    await scene.asProgram((ctx) => eraseApplicant(ctx, { caseId: first.id, reason: REASON }));
    expect((await scene.record(first.id)).externalNumber).toBeNull();
    const second = await scene.register({ applicantName: '李四光', phone: '13812340078' });
    await scene.does(CLERK, { target: TOWN, label: '接收', form: { externalNumber: 'HL2026112300001' } });
    await scene.asProgram((ctx) => eraseApplicant(ctx, { caseId: second.id, reason: REASON }));
    expect((await scene.record(second.id)).externalNumber).toBe('HL2026112300001');
    expect((await scene.checkLedger()).faults).toEqual([]);
  });
});

describe('who may', () => {
  it('is an administrator, from a card in private that asks for the reason', async () => {
    await scene.says(ADMIN, `/查 ${record.caseNumber}`);
    await scene.settle();
    await scene.clicks(ADMIN, { target: ADMIN, label: '删除个人信息' });
    await scene.settle();
    const short = await scene.clicks(ADMIN, { target: ADMIN, label: '确认删除', form: { reason: '删' } });
    expect(short.toast?.content).toContain('请写明删除原因');
    const done = await scene.clicks(ADMIN, { target: ADMIN, label: '确认删除', form: { reason: REASON } });
    expect(done.toast).toMatchObject({ type: 'success', content: `${record.caseNumber} 申请人的个人信息已删除` });
    expect(wordsOf(done.card?.data)).toMatch(/保留 14 天.*保留 12 个月/);
    await scene.settle();
    expect(wordsOf(scene.last(VILLAGE).card)).toContain('（已删除）');
    expect((await scene.entries(record.id)).at(-1)).toMatchObject({ kind: 'erase', actorKind: 'agent' });
  });

  it.each([
    [`/删除申请人 ${NUMBER} ${REASON}`, REASON],
    [`/erase 26-1-1 ${NAME}${REASON}，电话${PHONE}`, `欧***${REASON}，电话138****0077`],
    [`/删除申请人编号：${NUMBER}，${REASON}`, REASON],
    [`/删除申请人 ${NUMBER}`, ''],
  ])('is an administrator, by a line in private with the reason or without: %s', async (line, filled) => {
    await scene.says(ADMIN, line);
    await scene.settle();
    const { card } = scene.last(ADMIN);
    expect(wordsOf(card)).toContain(`代办件 ${NUMBER}`);
    expect(JSON.stringify(card).includes('"default_value"')).toBe(filled !== '');
    expect(JSON.stringify(card)).toContain(filled);
    expect(JSON.stringify(card)).not.toMatch(new RegExp(`${NAME}|${PHONE}`));
    expect((await applicants())[0]?.erasedAt).toBeNull();
    const done = await scene.clicks(ADMIN, { target: ADMIN, label: '确认删除', form: { reason: filled || REASON } });
    expect(done.toast).toMatchObject({ type: 'success' });
    expect((await applicants())[0]?.erasedAt).toBe(scene.clock.now());
    await scene.says(ADMIN, line);
    await scene.settle();
    expect(wordsOf(scene.last(ADMIN).card)).toContain('已按规定删除');
  });

  it.each([
    [CLERK, `/删除申请人 ${NUMBER} ${REASON}`, undefined, '要系统管理员才能用'],
    [ADMIN, `/删除申请人 ${NUMBER} ${REASON}`, TOWN, '请系统管理员私信发给我'],
    [ADMIN, '/删除申请人', undefined, '请写上编号和原因'],
    [ADMIN, `/删除申请人 ${REASON}`, undefined, '请写上编号和原因'],
    [ADMIN, '/删除申请人 26-01-00099 本人书面申请', undefined, '没有找到这个代办件'],
  ])('%s who types %s in %s hears what to do', async (who, line, chat, sentence) => {
    await scene.says(who, line, chat);
    await scene.settle();
    expect(wordsOf(scene.last(chat ?? who).card)).toContain(sentence);
    expect((await applicants())[0]?.erasedAt).toBeNull();
  });

  it('is nobody else, whatever button they press', async () => {
    await scene.settle();
    for (const target of [VILLAGE, TOWN]) expect(buttonOf(scene.last(target).card, '删除个人信息')).toBeUndefined();
    for (const who of [ADA, CLERK]) {
      for (const action of ['case.askErase', 'case.erase'] as const) {
        const value = encodeAction({ action, caseId: record.id });
        const answer = await scene.forges(who, { value, form: { reason: REASON } });
        expect(answer.toast?.content).toBe(new Refused('erase_admin_only').sentence);
      }
    }
    expect((await applicants())[0]?.erasedAt).toBeNull();
  });
});
