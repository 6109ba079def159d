import { randomInt } from 'node:crypto';
import * as z from 'zod';
import { agentReads, agentWrites } from '../../../db/repositories/agent.ts';
import { settingWrites } from '../../../db/repositories/setting.ts';
import { unitReads } from '../../../db/repositories/unit.ts';
import type { Ctx } from '../../ctx.ts';
import { Refused } from '../../refusals.ts';
import { recordAgent } from '../ledger/agent-entry.ts';

const SETTING = 'setup';
const ATTEMPTS = 5;
const setupSchema = z.object({ codeHash: z.string(), attemptsLeft: z.number().int() });

/**
 * While there is no administrator: makes a new first-use code and returns it for printing, else undefined. Only its hash is
 * kept, so every start prints another one.
 */
export async function prepareSetup(ctx: Ctx): Promise<string | undefined> {
  if ((await agentReads.activeAdmins(ctx.tx)).length > 0) return undefined;
  const code = String(randomInt(10_000_000, 100_000_000));
  const value = { codeHash: ctx.vault.hashSetupCode(code), attemptsLeft: ATTEMPTS };
  await settingWrites.set(ctx.tx, { key: SETTING, value });
  return code;
}

export type SetupResult = { readonly ok: true } | { readonly ok: false; readonly refusal: Refused };

/**
 * /初始化 口令: the first user becomes administrator. A wrong code is answered, not thrown, so that the attempt counts: after
 * five the code is dead until the next start.
 */
export async function setUp(ctx: Ctx, input: { openId: string; code: string }): Promise<SetupResult> {
  const setting = await settingWrites.take(ctx.tx, SETTING);
  const [admin] = await agentReads.activeAdmins(ctx.tx);
  if (admin) throw new Refused('setup_done', { admin: admin.name });
  const stored = setupSchema.safeParse(setting);
  if (!stored.success || stored.data.attemptsLeft <= 0) throw new Refused('setup_locked');
  if (ctx.vault.hashSetupCode(input.code) !== stored.data.codeHash) {
    const value = { ...stored.data, attemptsLeft: stored.data.attemptsLeft - 1 };
    await settingWrites.set(ctx.tx, { key: SETTING, value });
    return { ok: false, refusal: new Refused('setup_wrong_code') };
  }
  await makeAdmin(ctx, { openId: input.openId });
  return { ok: true };
}

/** Makes somebody an administrator of the banner, whether they are staff yet or not. Nothing happens when they are one. */
export async function makeAdmin(ctx: Ctx, input: { openId: string }): Promise<void> {
  const known = await agentReads.byOpenId(ctx.tx, input.openId);
  if (known?.role === 'admin' && known.status === 'active') return;
  const [banner] = await unitReads.ofLevels(ctx.tx, ['banner']);
  if (!banner) throw new Error('there is no banner to administer');
  const set = { role: 'admin' as const, status: 'active' as const, decidedAt: ctx.now };
  const admin = known
    ? await agentWrites.update(ctx.tx, { id: known.id, set }).then(() => ({ ...known, ...set }))
    : await agentWrites.insert(ctx.tx, {
        ...set,
        openId: input.openId,
        name: '管理员',
        unitId: banner.id,
        employment: 'fullTime',
        appliedAt: ctx.now,
      });
  await recordAgent(ctx, { kind: 'makeAdmin', agent: admin });
}
