/** What is sealed under a key that many rows share opens in its own row only: moved by hand to another, it is noise. */
import { eq } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openPhone, sealPhone } from '../../src/services/agent/phone.ts';
import { openDraft, sealDraft } from '../../src/services/draft/content.ts';
import { wordsOf } from '../support/office.ts';
import { ADA, BAI, openScene, type Scene, TOWN_MANAGER, VILLAGE } from '../support/scene.ts';

let scene: Scene;

beforeEach(async () => {
  scene = await openScene();
});

afterEach(() => scene.close());

describe('a sealed value', () => {
  it('of somebody’s phone opens for nobody else', () => {
    const phoneSealed = sealPhone(scene.vault, { openId: ADA, phone: '13800000001' });
    expect(openPhone(scene.vault, { openId: ADA, phoneSealed })).toBe('13800000001');
    expect(() => openPhone(scene.vault, { openId: BAI, phoneSealed })).toThrow();
    expect(openPhone(scene.vault, { openId: BAI, phoneSealed: null })).toBeNull();
  });

  it('of a phone that was moved into an application is not shown to who decides', async () => {
    const apply = { name: '吴敏', phone: '13800000002', employment: 'fullTime' };
    for (const openId of ['ou_wu', 'ou_zhao']) {
      await scene.says(openId, '/登记');
      await scene.settle();
      const form = { ...apply, unit: String(scene.unitId('巴彦托海镇')) };
      await scene.does(openId, { target: openId, label: '提交申请', form });
    }
    expect(wordsOf(scene.last(TOWN_MANAGER).card)).toContain('13800000002');
    await scene.db.write(async ({ q, t }) => {
      const [wu] = await q.select().from(t.agents).where(eq(t.agents.openId, 'ou_wu'));
      await q
        .update(t.agents)
        .set({ phoneSealed: wu?.phoneSealed ?? '' })
        .where(eq(t.agents.openId, 'ou_zhao'));
    });
    const [wu, zhao] = await scene.db.read(async ({ q, t }) =>
      (await q.select().from(t.agents)).filter(({ openId }) => ['ou_wu', 'ou_zhao'].includes(openId)),
    );
    if (!wu || !zhao) throw new Error('nobody applied');
    expect(openPhone(scene.vault, wu)).toBe('13800000002');
    expect(() => openPhone(scene.vault, zhao)).toThrow();
  });

  it('of what somebody typed opens in no other draft', () => {
    const place = { agentId: 1, createdAt: 5, shared: true };
    const contentSealed = sealDraft(scene.vault, { ...place, content: { applicantName: '张三' } });
    expect(openDraft(scene.vault, { ...place, contentSealed })).toEqual({ applicantName: '张三' });
    expect(() => openDraft(scene.vault, { ...place, agentId: 2, contentSealed })).toThrow();
    expect(() => openDraft(scene.vault, { ...place, createdAt: 6, contentSealed })).toThrow();
    expect(() => openDraft(scene.vault, { ...place, shared: false, contentSealed })).toThrow();
  });

  it('of an answer opens beside no other delivery', async () => {
    const press = async () => {
      await scene.says(ADA, '/登记', VILLAGE);
      await scene.settle();
      await scene.clicks(ADA, { target: VILLAGE, label: '提交登记', form: { consent: true } });
    };
    await press();
    await press();
    const rows = await scene.db.read(async ({ q, t }) =>
      (await q.select().from(t.inbox)).filter(({ kind, answerSealed }) => kind === 'action' && answerSealed !== null),
    );
    expect(rows.length).toBeGreaterThan(1);
    for (const { key, answerSealed } of rows) {
      expect(scene.vault.open(`inbox.answer:${key}`, answerSealed ?? '')).toContain('toast');
      const others = rows.filter((row) => row.key !== key);
      for (const other of others) {
        expect(() => scene.vault.open(`inbox.answer:${other.key}`, answerSealed ?? '')).toThrow();
      }
    }
  });
});
