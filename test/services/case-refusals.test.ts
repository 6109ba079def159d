import { readFileSync } from 'node:fs';
import { eq } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { encodeAction } from '../../cards/action-values.ts';
import type { CaseRow } from '../../db/repositories/case.ts';
import type { PressedStep } from '../../src/domain/case.ts';
import { type RefusalCode, Refused } from '../../src/refusals.ts';
import { wordsOf } from '../support/office.ts';
import {
  ADA,
  ALLOWANCE,
  BAI,
  BANNER_MANAGER,
  CIVIL_CLERK,
  CLERK,
  type FormValues,
  OTHER_CLERK,
  openScene,
  PHONE,
  RELIEF,
  type Scene,
  SECOND,
  STRANGER,
  TOWN,
  TOWN_MANAGER,
  VILLAGE,
} from '../support/scene.ts';

type Taken = readonly [openId: string, step: PressedStep | 'correct', form?: FormValues];

const accept: Taken = [CLERK, 'accept'];
const giveBack: Taken = [CLERK, 'return', { note: '缺户口本' }];
const complete: Taken = [CLERK, 'complete'];
const deliver: Taken = [ADA, 'deliver'];
const badRating: Taken = [ADA, 'followUp', { rating: '1', comment: '等得太久' }];
const goodRating: Taken = [ADA, 'followUp', { rating: '5' }];
const withdraw: Taken = [ADA, 'withdraw', { note: '不办了' }];

interface Way {
  readonly code: RefusalCode;
  readonly before: readonly Taken[];
  readonly attempt: Taken;
  readonly words: string;
  readonly itemName?: string;
}

/** How each refusal comes about, and the sentence a person then reads. */
const ways: readonly Way[] = [
  { code: 'case_not_yours', before: [], attempt: [ADA, 'accept'], words: '这一步要由巴彦托海镇便民服务中心来办' },
  { code: 'case_not_yours', before: [accept], attempt: [OTHER_CLERK, 'complete'], words: '巴彦托海镇便民服务中心' },
  {
    code: 'case_not_yours',
    before: [giveBack],
    attempt: [CLERK, 'forward'],
    words: '登记的代办员阿达或安达社区的其他代办员来办，请联系他们',
  },
  {
    code: 'case_not_yours',
    before: [accept],
    attempt: [OTHER_CLERK, 'complete'],
    words: '巴彦托海镇便民服务中心（经办：王芳）来办',
  },
  {
    code: 'case_not_yours',
    before: [],
    attempt: [BAI, 'withdraw', { note: '不办了' }],
    words: '由登记的代办员阿达来办，请联系他们，或点“换人跟进”转给自己后再办。',
  },
  { code: 'case_not_yours', before: [], attempt: [CLERK, 'urge'], words: '登记的代办员阿达或巴彦托海镇的管理员包主任' },
  {
    code: 'case_already_accepted',
    before: [accept],
    attempt: [SECOND, 'accept'],
    words: '巴彦托海镇王芳接收，不用再点了；要接着办，请点“转给我办”。',
  },
  { code: 'case_returned_wait', before: [giveBack], attempt: [CLERK, 'accept'], words: '等安达社区的代办员重新转送' },
  { code: 'case_not_accepted_yet', before: [], attempt: complete, words: '请先点“接收”' },
  { code: 'case_not_returned', before: [accept], attempt: [ADA, 'forward'], words: '没有被退回' },
  { code: 'case_not_completed_yet', before: [accept], attempt: deliver, words: '还没有办结' },
  { code: 'case_not_delivered_yet', before: [accept, complete], attempt: goodRating, words: '请先把结果送给群众' },
  { code: 'case_already_completed', before: [accept, complete], attempt: giveBack, words: '有问题请联系巴彦托海镇' },
  { code: 'case_already_delivered', before: [accept, complete, deliver], attempt: deliver, words: '已经送达' },
  {
    code: 'case_already_rated',
    before: [accept, complete, deliver, badRating],
    attempt: goodRating,
    words: '评价过了',
  },
  { code: 'case_archived', before: [accept, complete, deliver, goodRating], attempt: deliver, words: '已经归档' },
  {
    code: 'case_suspended',
    before: [accept, [CLERK, 'suspend', { suspendReason: 'season' }]],
    attempt: complete,
    words: '条件具备后由巴彦托海镇便民服务中心点“恢复”',
  },
  { code: 'case_not_suspended', before: [accept], attempt: [CLERK, 'resume'], words: '没有中止，不用恢复' },
  {
    code: 'case_terminated',
    before: [accept, [CLERK, 'terminate', { terminateReason: 'asked', terminateAdvice: '可以再申请' }]],
    attempt: complete,
    words: '已经终止；群众还要办，请重新登记',
  },
  { code: 'case_withdrawn', before: [withdraw], attempt: accept, words: '请重新登记' },
  {
    code: 'case_no_higher_level',
    before: [accept],
    attempt: [CLERK, 'escalate'],
    words: '在本级就能办',
    itemName: RELIEF,
  },
  { code: 'case_urged_today', before: [[ADA, 'urge']], attempt: [TOWN_MANAGER, 'urge'], words: '已经催办过了' },
  {
    code: 'case_nothing_to_rectify',
    before: [accept, complete, deliver],
    attempt: [TOWN_MANAGER, 'rectify', { note: '改了' }],
    words: '没有需要整改的评价',
  },
  {
    code: 'return_needs_reason',
    before: [accept],
    attempt: [CLERK, 'return', { note: ' ', materials: '' }],
    words: '一次写全',
  },
  ...['.', '。。', '无', '😀'].flatMap((note) => [
    {
      code: 'withdraw_needs_reason' as const,
      before: [],
      attempt: [ADA, 'withdraw', { note }] satisfies Taken,
      words: '撤回原因',
    },
    {
      code: 'return_needs_reason' as const,
      before: [accept],
      attempt: [CLERK, 'return', { note, materials: '-' }] satisfies Taken,
      words: '一次写全',
    },
    {
      code: 'bad_rating_needs_words' as const,
      before: [accept, complete, deliver],
      attempt: [ADA, 'followUp', { rating: '2', comment: note }] satisfies Taken,
      words: '在“评价内容”里写一句哪里不满意',
    },
    {
      code: 'rectify_needs_note' as const,
      before: [accept, complete, deliver, badRating],
      attempt: [BANNER_MANAGER, 'rectify', { note }] satisfies Taken,
      words: '请写明整改情况',
    },
  ]),
  ...['', ' ', '\u200b\u3164\u2800 \n', '.', '。。。', '无', '1', '- /', '😀😀'].map((note) => ({
    code: 'refusal_needs_reason' as const,
    before: [accept],
    attempt: [CLERK, 'complete', { outcome: 'refused', note }] satisfies Taken,
    words: '请写明不予办理的理由',
  })),
  ...['李四13998765432', 'YC 2026', 'YC-2026\n7', '受理2026', '<at>', 'Y'.repeat(41)].map((externalNumber) => ({
    code: externalNumber.length > 40 ? ('text_too_long' as const) : ('external_number_unfit' as const),
    before: [],
    attempt: [CLERK, 'accept', { externalNumber }] satisfies Taken,
    words: externalNumber.length > 40 ? '一窗受理号请控制在40字以内' : '一窗受理号只有字母、数字和横线，最多40个字',
  })),
  ...[
    PHONE,
    `YC${PHONE}07`,
    `YC-${PHONE.slice(0, 3)}-${PHONE.slice(3, 7)}_${PHONE.slice(7)}`,
    '13998765432',
    'YC-13998765432/7',
    '１３９９８７６５４３２',
  ].map((externalNumber) => ({
    code: 'external_number_personal' as const,
    before: [accept],
    attempt: [CLERK, 'complete', { outcome: 'granted', externalNumber }] satisfies Taken,
    words: '不要写手机号、身份证号',
  })),
  {
    code: 'refusal_needs_advice',
    before: [accept],
    attempt: [CLERK, 'complete', { outcome: 'refused', note: '收入超过标准', advice: ' ' }],
    words: '“群众下一步可以”',
  },
  {
    code: 'return_needs_reason',
    before: [accept],
    attempt: [CLERK, 'return', { note: '\u200b', materials: '\u2800' }],
    words: '一次写全',
  },
  { code: 'withdraw_needs_reason', before: [], attempt: [ADA, 'withdraw'], words: '撤回原因' },
  {
    code: 'choice_unknown',
    before: [accept],
    attempt: [CLERK, 'complete', { outcome: 'maybe' }],
    words: '没有这个选项',
  },
  {
    code: 'choice_unknown',
    before: [accept, complete],
    attempt: [ADA, 'deliver', { deliveryWay: 'drone' }],
    words: '没有这个选项',
  },
  {
    code: 'rating_missing',
    before: [accept, complete, deliver],
    attempt: [ADA, 'followUp', { rating: '6' }],
    words: '满意度',
  },
  {
    code: 'rectify_needs_note',
    before: [accept, complete, deliver, badRating],
    attempt: [BANNER_MANAGER, 'rectify'],
    words: '请写明整改情况',
  },
  {
    code: 'case_correct_by_unit',
    before: [accept],
    attempt: [TOWN_MANAGER, 'correct'],
    words: '更正由安达社区的代办员来做',
  },
  {
    code: 'case_correct_by_manager',
    before: [accept, complete],
    attempt: [ADA, 'correct'],
    words: '更正由巴彦托海镇的管理员包主任写明原因来做',
  },
  { code: 'not_staff', before: [], attempt: [STRANGER, 'accept'], words: '还没有登记为代办员' },
];

describe('a step that is refused', () => {
  let scene: Scene;

  beforeEach(async () => {
    scene = await openScene();
  });

  afterEach(async () => {
    await scene.close();
  });

  async function take(record: CaseRow, [openId, step, form = {}]: Taken) {
    const { version } = await scene.record(record.id);
    const onCase = { caseId: record.id, version };
    const value =
      step === 'correct'
        ? encodeAction({ ...onCase, action: 'case.correct', blank: 'keep' })
        : encodeAction({ ...onCase, action: `case.${step}` });
    return scene.forges(openId, { value, form });
  }

  it.each(ways)('$code: $words', async ({ code, before, attempt, words, itemName = ALLOWANCE }) => {
    const record = await scene.register({ itemName });
    for (const step of before) expect((await take(record, step)).toast?.type).toBe('success');
    const untouched = await scene.dump();
    const answer = await take(record, attempt);
    expect(answer.toast).toMatchObject({ type: 'warning' });
    expect(answer.toast?.content).toContain(words);
    expect(answer.toast?.content).toMatch(sentencePattern(code));
    expect(answer.toast?.content).not.toMatch(/[{}]|undefined|null/);
    expect(await scene.dump()).toBe(untouched);
  });

  it('names every refusal there is about cases', () => {
    const reached = new Set(ways.map((way) => way.code));
    // 归档 is never pressed, so that the refusal of it is met by nobody.
    const unreached = allCodes().filter(
      (code) => code.startsWith('case_') && !['case_rectify_first', 'case_unknown'].includes(code),
    );
    expect(unreached.filter((code) => !reached.has(code))).toEqual([]);
  });

  it('comes with the fresh card when the pressed card is out of date', async () => {
    const record = await scene.register();
    const village = scene.last(VILLAGE);
    const old = structuredClone(village.card);
    await scene.does(CLERK, { target: TOWN, label: '接收' });
    const untouched = await scene.dump();
    village.card = old;
    const press = { target: VILLAGE, label: '撤回', form: { note: '不办了' }, on: village };
    const answer = await scene.clicks(ADA, press);
    expect(answer.toast?.content).toBe(sentenceOf('card_outdated'));
    expect(wordsOf(answer.card?.data)).toContain('正在办理');
    expect(JSON.stringify(answer.card?.data)).toContain(`"version":${(await scene.record(record.id)).version}`);
    expect(await scene.dump()).toBe(untouched);
    await scene.clicks(ADA, press);
    expect((await scene.record(record.id)).state).toBe('withdrawn');
  });

  it('of two clerks who press 接收 at the same moment one gets the case, the other hears who', async () => {
    const record = await scene.register();
    const card = scene.last(TOWN);
    const old = structuredClone(card.card);
    const [wang, li] = await Promise.all([
      scene.clicks(CLERK, { target: TOWN, label: '接收', on: card }),
      scene.clicks(SECOND, { target: TOWN, label: '接收', on: { ...card, card: old } }),
    ]);
    const [first, second, who] = wang.toast?.type === 'success' ? [wang, li, '王芳'] : [li, wang, '李强'];
    expect(first.toast).toEqual({ type: 'success', content: `已接收 ${record.caseNumber}` });
    expect(second.toast).toEqual({
      type: 'warning',
      content: `${record.caseNumber} 已由巴彦托海镇${who}接收，不用再点了；要接着办，请点“转给我办”。`,
    });
    expect(wordsOf(second.card?.data)).toContain(`经办：${who}`);
    expect((await scene.entries(record.id)).filter((entry) => entry.kind === 'accept')).toHaveLength(1);
  });

  it('about a case that does not exist', async () => {
    const untouched = await scene.dump();
    const value = encodeAction({ action: 'case.accept', caseId: 4711, version: 1 });
    expect((await scene.forges(CLERK, { value })).toast?.content).toBe(sentenceOf('case_unknown'));
    expect(await scene.dump()).toBe(untouched);
  });

  it.each([
    {},
    null,
    'accept',
    { v: 1, action: 'case.burn', caseId: 1, version: 1 },
    { v: 2, action: 'case.accept', caseId: 1, version: 1 },
    { v: 1, action: 'case.accept', caseId: '1', version: 1 },
    { v: 1, action: 'case.accept', caseId: -1, version: 1 },
    { v: 1, action: 'case.accept', caseId: 1 },
    { v: 1, action: '__proto__' },
  ])('is no button of ours: %j', async (value) => {
    expect((await scene.forges(CLERK, { value })).toast).toEqual({
      type: 'warning',
      content: sentenceOf('button_unknown'),
    });
  });

  it('of somebody who has left', async () => {
    const record = await scene.register();
    await scene.db.write(async ({ q, t }) =>
      q.update(t.agents).set({ status: 'left' }).where(eq(t.agents.openId, CLERK)),
    );
    const untouched = await scene.dump();
    expect((await take(record, accept)).toast?.content).toBe(sentenceOf('not_staff'));
    expect((await take(record, [CIVIL_CLERK, 'accept'])).toast?.type).toBe('warning');
    expect(await scene.dump()).toBe(untouched);
  });
});

describe('the sentences', () => {
  it('have no gap left when a detail is missing', () => {
    for (const code of allCodes()) {
      expect(new Refused(code).sentence).not.toMatch(/[{}]/);
    }
  });

  it('takes details as they are, whatever stands in them', () => {
    expect(new Refused('draft_used', { number: '$& $1 {number}' }).sentence).toBe(
      '这张登记卡已经提交过，编号 $& $1 {number}，没有重复登记。',
    );
  });

  it('says again what was typed to whoever typed it alone, and there masked', () => {
    const refused = new Refused('unit_unknown', {}, '$& {typed} 13812341234');
    expect(refused.sentenceIn('p2p')).toBe('没有找到“$& {typed} 138****12…”，请写单位全称，或直接在卡片里选。');
    expect(refused.sentence).toBe('没有找到这个单位，请写单位全称，或直接在卡片里选。');
    expect(new Refused('unit_unknown').sentenceIn('p2p')).toBe(refused.sentence);
  });
});

function sentenceOf(code: RefusalCode): string {
  return new Refused(code).sentence;
}

/** Every code, as the file declares them. */
function allCodes(): RefusalCode[] {
  const source = readFileSync(new URL('../../src/refusals.ts', import.meta.url), 'utf8');
  return [...source.matchAll(/^ {2}([a-z_\d]+): '/gm)].map((match) => match[1] as RefusalCode);
}

/** The sentence of the code with anything in its gaps. */
function sentencePattern(code: RefusalCode): RegExp {
  const gap = '\u0001';
  const marked = new Refused(code, new Proxy({}, { get: () => gap })).sentence.split(gap);
  return new RegExp(`^${marked.map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('.*')}$`);
}
