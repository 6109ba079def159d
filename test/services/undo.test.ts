/** 撤销: a step taken by mistake is taken back, and everything is as if it had never been; the ledger keeps both. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { encodeAction } from '../../cards/action-values.ts';
import { rebuildCounters } from '../../src/services/stats/rebuild.ts';
import { asksFor, lays, photo } from '../papers/support.ts';
import { keptCounters } from '../support/brute-force.ts';
import { buttonOf, wordsOf, ZONE } from '../support/office.ts';
import {
  ADA,
  BAI,
  CIVIL,
  CIVIL_CLERK,
  CLERK,
  OTHER_CLERK,
  openScene,
  type Scene,
  SECOND,
  STRANGER,
  TOWN,
  TOWN_MANAGER,
  UNEMPLOYMENT,
  VILLAGE,
} from '../support/scene.ts';

let scene: Scene;

beforeEach(async () => {
  scene = await openScene();
});

afterEach(() => scene.close());

const town = (label: string, form = {}, openId = CLERK) => scene.does(openId, { target: TOWN, label, form });
const village = (label: string, form = {}, openId = ADA) => scene.does(openId, { target: VILLAGE, label, form });
/** A step whose form `opener` brings privately. */
async function privately(opener: string, step: { label: string; form: Record<string, string> }) {
  await town(opener);
  return scene.does(CLERK, { target: CLERK, ...step });
}
const suspends = () =>
  privately('中止、终止、转办', { label: '中止', form: { suspendReason: 'applicant', suspendNote: '等户口本' } });
const MINUTE = 60_000;

/** Row of the case without its version, and the counters that are not 0. */
async function standing(caseId: number) {
  const { version: _, ...row } = await scene.record(caseId);
  const counters = await scene.db.read(async ({ q, t }) => keptCounters(await q.select().from(t.statCounters)));
  return { row, counters };
}

async function expectBooksToAgree(): Promise<void> {
  expect((await scene.checkLedger()).faults).toEqual([]);
  const found = await scene.db.read((tx) => rebuildCounters({ tx, zone: ZONE }, { write: false }));
  expect(found.differences).toBe(0);
}

const steps: Readonly<
  Record<
    string,
    {
      before: () => Promise<unknown>;
      take: () => Promise<unknown>;
      back: () => ReturnType<Scene['does']>;
      word: string;
    }
  >
> = {
  'return, from 待接收': {
    before: async () => undefined,
    take: () => town('退回补正', { note: '缺户口本' }),
    back: () => town('撤销'),
    word: '退回补正',
  },
  'a second return, from 办理中': {
    before: async () => {
      await town('退回补正', { note: '缺户口本' });
      await village('重新转送');
      await town('接收');
    },
    take: () => town('退回补正', { note: '缺照片', whyNotBefore: '换了经办人' }),
    back: () => town('撤销'),
    word: '退回补正',
  },
  complete: {
    before: async () => town('接收', { externalNumber: 'YC-1' }),
    take: () =>
      town('办结', { outcome: 'refused', note: '收入超过标准', advice: '可以申请临时救助', externalNumber: 'YC-2' }),
    back: () => town('撤销'),
    word: '办结',
  },
  deliver: {
    before: async () => {
      await town('接收');
      await town('办结', { outcome: 'granted' });
    },
    take: () => village('确认送达', { deliveryWay: 'doorstep' }),
    back: () => village('撤销'),
    word: '送达',
  },
  'a good rating': {
    before: async () => {
      await town('接收');
      await town('办结', { outcome: 'granted' });
      await village('确认送达', { deliveryWay: 'doorstep' });
    },
    take: () => village('回访评价', { rating: '5', comment: '好' }),
    back: () => village('撤销'),
    word: '回访',
  },
  'a bad rating': {
    before: async () => {
      await town('接收');
      await town('办结', { outcome: 'granted' });
      await village('确认送达', { deliveryWay: 'doorstep' });
    },
    take: () => village('回访评价', { rating: '1', comment: '太慢了' }),
    back: () => village('撤销'),
    word: '回访',
  },
  'withdraw, from 待补正': {
    before: async () => {
      await town('退回补正', { note: '缺户口本' });
    },
    take: () => village('撤回', { note: '不办了' }),
    back: () => village('撤销'),
    word: '撤回',
  },
  suspend: {
    before: async () => town('接收'),
    take: suspends,
    back: () => town('撤销'),
    word: '中止',
  },
  'terminate, from 已中止': {
    before: async () => {
      await town('接收');
      await suspends();
    },
    take: () =>
      privately('终止、转办', {
        label: '终止',
        form: { terminateReason: 'unqualified', terminateNote: '已迁出', terminateAdvice: '到迁入地申请' },
      }),
    back: () => town('撤销'),
    word: '终止',
  },
  escalate: {
    before: async () => town('接收'),
    take: () => town('转上级', { note: '请核' }),
    back: () => town('收回'),
    word: '转上级',
  },
};

describe.each(Object.entries(steps))('%s', (_name, { before, take, back, word }) => {
  it('is taken back: row, figures and ledger', async () => {
    const { id } = await scene.register();
    await before();
    const was = await standing(id);
    // Across midnight: what is taken out is taken out of the day on which it was counted.
    scene.clock.to('2026-11-23T23:55');
    await take();
    expect((await standing(id)).row).not.toEqual(was.row);
    scene.clock.advance(8 * MINUTE);
    expect((await back()).toast?.content).toBe(`已撤销 26-01-00001 的“${word}”`);
    const { row, counters } = await standing(id);
    expect({ ...row, externalNumber: null }).toEqual({ ...was.row, externalNumber: null });
    expect(counters).toEqual(was.counters);
    await expectBooksToAgree();
    // And may be taken again.
    await take();
    await expectBooksToAgree();
  });
});

describe('only', () => {
  async function completed(): Promise<number> {
    const { id } = await scene.register();
    await town('接收');
    scene.clock.to('2026-11-23T11:00');
    await town('办结', { outcome: 'granted' });
    return id;
  }
  const undoes = async (openId: string, caseId: number, version?: number) =>
    (
      await scene.forges(openId, {
        chat: TOWN,
        value: encodeAction({ action: 'case.undo', caseId, version: version ?? (await scene.record(caseId)).version }),
      })
    ).toast?.content;

  it('by whoever took it', async () => {
    const id = await completed();
    expect(await undoes(SECOND, id)).toBe('“办结”只能由王芳撤销，请联系他们。');
    expect(await undoes(TOWN_MANAGER, id)).toContain('只能由王芳撤销');
    expect(await undoes(OTHER_CLERK, id)).toBe('没有找到这个代办件，请核对编号。');
    expect(await undoes(STRANGER, id)).toContain('还没有登记为代办员');
    expect((await scene.record(id)).state).toBe('completed');
  });

  it('for ten minutes, and the card names the hour', async () => {
    const id = await completed();
    expect(wordsOf(scene.last(TOWN).card)).toContain('办错了？11月23日 11:10前可由王芳撤销');
    scene.clock.advance(10 * MINUTE);
    expect(await undoes(CLERK, id)).toBe(
      '“办结”要在11:10前撤销，现在过了。请用“加说明”写清情况，或联系巴彦托海镇的管理员包主任。',
    );
  });

  it('while nobody has gone on; a note, a look, a paper and 催办 are no step further', async () => {
    const id = await completed();
    await town('加说明', { say: '结果已打印' });
    await village('查看申请人');
    await asksFor(scene, VILLAGE);
    await scene.sends(ADA, { files: [lays(scene, await photo())] });
    await scene.says(ADA, '传完了');
    await scene.settle();
    expect((await scene.entries(id)).at(-1)?.kind).toBe('attach');
    expect(await undoes(SECOND, id)).toContain('只能由王芳撤销');
    const { version } = await scene.record(id);
    await village('确认送达', { deliveryWay: 'doorstep' });
    // The last step is now another one.
    expect(await undoes(CLERK, id)).toBe('“送达”只能由阿达撤销，请联系他们。');
    expect(await undoes(ADA, id, version)).toContain('这张卡片是旧的');
    await village('回访评价', { rating: '1', comment: '等得太久' });
    await town('整改', { note: '已上门致歉' }, TOWN_MANAGER);
    expect(await undoes(TOWN_MANAGER, id)).toContain('没有可以撤销的一步');
  });

  it('by a button of this very step', async () => {
    const id = await completed();
    const { version } = await scene.record(id);
    expect(await undoes(CLERK, id, version - 1)).toContain('这张卡片是旧的');
    expect(await undoes(CLERK, id, version)).toContain('已撤销');
    expect(await undoes(CLERK, id, version)).toContain('没有可以撤销的一步');
  });

  it('not 当场办结, which would leave a case that nobody ever forwarded', async () => {
    const { id } = await scene.register({ itemName: UNEMPLOYMENT, onTheSpot: true });
    expect(await undoes(ADA, id)).toContain('没有可以撤销的一步');
    expect(buttonOf(scene.last(VILLAGE).card, '撤销')).toBeUndefined();
  });

  it('转上级: by anybody of the unit that passed it up, days later, until it is accepted', async () => {
    const { id } = await scene.register();
    await town('接收');
    await town('转上级');
    scene.clock.to('2026-11-25T10:00');
    await village('催办');
    await village('换人跟进', {}, BAI);
    await scene.does(BAI, { target: BAI, label: '转给我跟进' });
    expect(await undoes(CIVIL_CLERK, id)).toBe('“转上级”只能由巴彦托海镇便民服务中心收回，请联系他们。');
    expect(await undoes(SECOND, id)).toContain('已撤销');
    await scene.settle();
    expect(await scene.record(id)).toMatchObject({ state: 'accepted', holderUnitId: scene.unitId('巴彦托海镇') });
    await town('转上级');
    await scene.does(CIVIL_CLERK, { target: CIVIL, label: '接收' });
    expect(await undoes(CLERK, id)).toContain('没有可以撤销的一步');
    await expectBooksToAgree();
  });
});

describe('whoever was told is told again', () => {
  /** The chats in which something was posted meanwhile, with its words. */
  async function heard(work: () => Promise<unknown>): Promise<Record<string, string>> {
    const before = scene.posted.length;
    await work();
    scene.clock.advance(MINUTE);
    await scene.settle();
    return Object.fromEntries(scene.posted.slice(before).map(({ target, card }) => [target, wordsOf(card)]));
  }

  it('办结: the village, by a card that says why it is back', async () => {
    await scene.register();
    await town('接收');
    await town('办结', { outcome: 'granted' });
    scene.clock.to('2026-11-23T10:05');
    const told = await heard(() => town('撤销'));
    expect(Object.keys(told)).toEqual([VILLAGE]);
    expect(told[VILLAGE]).toContain('11月23日 10:05 王芳撤销了“办结”');
    expect(told[VILLAGE]).toContain('巴彦托海镇便民服务中心王芳正在办理');
    expect(told[VILLAGE]).not.toContain('办理结果');
  });

  it('转上级: the department, whose card ends', async () => {
    await scene.register();
    await town('接收');
    await town('转上级');
    const card = scene.last(CIVIL);
    const told = await heard(() => town('收回'));
    expect(told).toEqual({
      [CIVIL]: expect.stringContaining('巴彦托海镇便民服务中心收回了 26-01-00001，不用接收了。'),
    });
    expect(wordsOf(card.card)).toContain('停止更新');
  });

  it('a good rating: nobody anew, the cards change', async () => {
    await scene.register();
    await steps['a good rating']?.before();
    await village('回访评价', { rating: '5' }, BAI);
    expect(wordsOf(scene.last(VILLAGE).card)).toContain('前可由白音撤销');
    expect(await heard(() => village('撤销', {}, BAI))).toEqual({});
    expect(wordsOf(scene.last(VILLAGE).card)).not.toContain('群众评价');
  });
});

it('a reply 撤销 to the card takes it back, too', async () => {
  const { id } = await scene.register();
  await town('接收');
  await town('办结', { outcome: 'granted' });
  await scene.replies(CLERK, { to: scene.last(TOWN), chatId: TOWN, text: '撤销' });
  expect((await scene.record(id)).state).toBe('accepted');
});
