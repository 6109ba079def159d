/** Who may get what is decided again when it is sent: here the platform was away meanwhile, or somebody wrote into the database. */
import { eq } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { NewAgent } from '../../db/repositories/agent.ts';
import type { NewCard } from '../../db/repositories/card.ts';
import { systemCtx } from '../../src/ctx.ts';
import type { OutboxContent } from '../../src/services/message/content.ts';
import { enqueuePost, enqueueSheet } from '../../src/services/message/enqueue.ts';
import type { SheetOrder } from '../../src/services/message/sheet-order.ts';
import { wordsOf } from '../support/office.ts';
import {
  ADA,
  ADMIN,
  CLERK,
  NAME,
  OTHER_TOWN,
  openScene,
  PHONE,
  type Scene,
  SECOND,
  STRANGER,
  TOWN,
  TOWN_MANAGER,
  VILLAGE,
} from '../support/scene.ts';

let scene: Scene;
beforeEach(async () => {
  scene = await openScene();
});
afterEach(() => scene.close());

const becomes = (openId: string, set: Partial<NewAgent>) =>
  scene.db.write(async ({ q, t }) => {
    await q.update(t.agents).set(set).where(eq(t.agents.openId, openId));
  });

const agentId = async (openId: string) => {
  const rows = await scene.db.read(async ({ q, t }) => q.select().from(t.agents).where(eq(t.agents.openId, openId)));
  return rows[0]?.id ?? 0;
};

/** What the program itself puts into the outbox, by mistake or by a right that is gone. */
const queues = (target: string, content: OutboxContent) =>
  scene.db.write((tx) => enqueuePost(systemCtx({ ...scene, zone: 'Asia/Shanghai' }, tx, 'test'), { target, content }));
const orders = (target: string, order: SheetOrder) =>
  scene.db.write((tx) => enqueueSheet(systemCtx({ ...scene, zone: 'Asia/Shanghai' }, tx, 'test'), { target, order }));

async function sends(): Promise<{ cards: string; files: number }> {
  const before = scene.posted.length;
  await scene.settle();
  return {
    cards: scene.posted
      .slice(before)
      .map(({ card }) => wordsOf(card))
      .join('\n'),
    files: scene.files.length,
  };
}

const losses: [string, string, () => Partial<NewAgent>][] = [
  ['has left', 'status', () => ({ status: 'left' })],
  ['works elsewhere', 'unit', () => ({ unitId: scene.unitId('大雁镇') })],
  ['is somebody else now', 'openId', () => ({ openId: 'ou_other' })],
];

describe('an applicant’s data', () => {
  beforeEach(async () => {
    await scene.register();
    await scene.clicks(CLERK, { target: TOWN, label: '查看申请人' });
  });

  it('go to whoever handles the case', async () => {
    expect((await sends()).cards).toContain(PHONE);
  });

  it.each(losses)('do not go to somebody who %s', async (_, __, set) => {
    await becomes(CLERK, set());
    const { cards } = await sends();
    for (const secret of [NAME, PHONE]) expect(cards).not.toContain(secret);
  });
});

describe('a reveal', () => {
  it.each([
    ['that no entry stands for', 999, CLERK],
    ['whose entry is of another step', 1, CLERK],
  ])('%s is not sent', async (_, seq, openId) => {
    const { id: caseId, townId } = await scene.register();
    await queues(openId, { kind: 'reveal', caseId, agentId: await agentId(openId), entry: { townId, seq } });
    expect((await sends()).cards).not.toContain(PHONE);
  });

  it('of another person, case or chat is not sent on the strength of an entry', async () => {
    const { id: caseId, townId } = await scene.register();
    const other = await scene.register({ applicantName: '李四', phone: '13911112222' });
    await scene.does(CLERK, { target: TOWN, label: '查看申请人' });
    const seq = (await scene.entries()).find(({ kind }) => kind === 'reveal')?.seq ?? 0;
    const entry = { townId, seq };
    await queues(SECOND, { kind: 'reveal', caseId: other.id, agentId: await agentId(SECOND), entry });
    await queues(CLERK, { kind: 'reveal', caseId, agentId: await agentId(CLERK), entry });
    await queues(STRANGER, { kind: 'reveal', caseId: other.id, agentId: await agentId(CLERK), entry });
    await queues(TOWN, { kind: 'reveal', caseId: other.id, agentId: await agentId(CLERK), entry });
    const { cards } = await sends();
    for (const secret of [NAME, '李四', PHONE, '13911112222']) expect(cards).not.toContain(secret);
  });
});

describe('an Excel file', () => {
  const wrongs: typeof losses = [...losses, ['manages nothing any more', 'role', () => ({ role: 'agent' })]];

  it.each(wrongs)('does not go to a manager who %s', async (_, __, set) => {
    await scene.register();
    await scene.says(TOWN_MANAGER, '/台账');
    await becomes(TOWN_MANAGER, set());
    expect((await sends()).files).toBe(0);
  });

  it('does not go into a group that is another unit’s by now', async () => {
    await scene.register();
    await scene.says(TOWN_MANAGER, '/台账', TOWN);
    await scene.db.write(async ({ q, t }) => {
      await q.update(t.units).set({ chatId: null }).where(eq(t.units.chatId, TOWN));
      await q.update(t.units).set({ chatId: TOWN }).where(eq(t.units.chatId, OTHER_TOWN));
    });
    expect((await sends()).files).toBe(0);
  });

  const fullOrder = async (openId: string, seq: number): Promise<SheetOrder> => ({
    ...{ name: 'ledger', unitId: scene.unitId('鄂温克族自治旗'), from: '2026-11-01', to: '2026-11-30', label: '本月' },
    ...{ agentId: await agentId(openId), askedAt: scene.clock.now(), part: 1, parts: 1 },
    full: { reason: '年度检查', entry: { townId: scene.unitId('鄂温克族自治旗'), seq } },
  });

  it('with full data goes to an administrator alone, and not without its entry', async () => {
    await scene.register();
    await scene.says(ADMIN, '/台账');
    await scene.settle();
    await scene.does(ADMIN, { target: ADMIN, label: '要完整信息' });
    await scene.clicks(ADMIN, { target: ADMIN, label: '确认导出', form: { reason: '年度检查' } });
    const seq = (await scene.entries()).find(({ kind }) => kind === 'export')?.seq ?? 0;
    const before = scene.files.length;
    await becomes(ADMIN, { role: 'manager' });
    expect((await sends()).files).toBe(before);
    await becomes(ADMIN, { role: 'admin' });
    await orders(ADMIN, await fullOrder(ADMIN, seq + 1));
    await orders(TOWN, await fullOrder(ADMIN, seq));
    await orders(TOWN_MANAGER, await fullOrder(ADMIN, seq));
    await orders(TOWN_MANAGER, await fullOrder(TOWN_MANAGER, seq));
    expect((await sends()).files).toBe(before);
    await orders(ADMIN, await fullOrder(ADMIN, seq));
    expect((await sends()).files).toBe(before + 1);
  });
});

describe('an application', () => {
  const form = { name: '新来的', phone: '13900001111', employment: 'partTime' };

  beforeEach(async () => {
    await scene.says(STRANGER, '/登记');
    await scene.settle();
    const unit = String(scene.unitId('安达社区'));
    await scene.clicks(STRANGER, { target: STRANGER, label: '提交申请', form: { ...form, unit } });
  });

  it('goes with its phone number to who decides', async () => {
    expect((await sends()).cards).toContain(form.phone);
    expect(scene.cards(TOWN_MANAGER, form.phone)).toHaveLength(1);
  });

  it.each([...losses, ['is no manager any more', 'role', () => ({ role: 'agent' as const })]] as typeof losses)(
    'does not go to somebody who %s',
    async (_, __, set) => {
      await becomes(TOWN_MANAGER, set());
      await scene.settle();
      expect(scene.cards(TOWN_MANAGER, form.phone)).toEqual([]);
      expect(scene.cards('ou_other', form.phone)).toEqual([]);
    },
  );
});

describe('a registration form', () => {
  it('with what somebody typed goes to that person alone', async () => {
    await scene.says(ADA, `/登记 低保 ${NAME} ${PHONE}`);
    await queues(VILLAGE, { kind: 'registration', draftId: 1 });
    await queues(CLERK, { kind: 'registration', draftId: 1 });
    await scene.settle();
    expect(JSON.stringify(scene.last(ADA).card)).toContain(PHONE);
    for (const target of [VILLAGE, CLERK]) expect(scene.cards(target, PHONE)).toEqual([]);
  });

  it('does not go to somebody who has left', async () => {
    await scene.says(ADA, `/登记 低保 ${NAME} ${PHONE}`);
    await becomes(ADA, { status: 'left' });
    await scene.settle();
    expect(scene.cards(ADA, PHONE)).toEqual([]);
  });
});

describe('a case’s card', () => {
  it.each(losses)('is not sent to somebody who %s', async (_, __, set) => {
    await scene.register();
    await scene.says(CLERK, '/查 26-01-00001');
    await becomes(CLERK, set());
    await scene.settle();
    for (const target of [CLERK, 'ou_other']) expect(scene.cards(target, '26-01-00001')).toEqual([]);
  });

  it.each([
    ['a stranger', { target: 'ou_thief', agentId: null }],
    ['a stranger under a colleague’s name', { target: 'ou_thief', agentId: 1 }],
    ['a group of nobody', { target: 'oc_thief', agentId: null }],
  ])('does not follow the case to %s, whoever wrote that it does', async (_, at) => {
    const { id: subjectId } = await scene.register();
    await scene.says(ADA, '/帮助', VILLAGE);
    await scene.settle();
    const message = scene.last(VILLAGE);
    const card: NewCard = {
      subject: 'case',
      subjectId,
      ...at,
      messageId: message.messageId,
      postedAt: 0,
    };
    await scene.db.write(async ({ q, t }) => q.insert(t.livingCards).values({ ...card, postedAt: scene.clock.now() }));
    await scene.does(CLERK, { target: TOWN, label: '接收' });
    expect(JSON.stringify(message.card)).not.toContain('张**');
    expect(scene.posted.filter(({ target }) => target === at.target)).toEqual([]);
  });
});
