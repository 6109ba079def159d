import { randomInt } from 'node:crypto';
import * as z from 'zod';
import { type AgentRow, agentReads, agentWrites } from '../../../db/repositories/agent.ts';
import { settingWrites } from '../../../db/repositories/setting.ts';
import { unitReads } from '../../../db/repositories/unit.ts';
import type { Ctx } from '../../ctx.ts';
import { parseName } from '../../domain/name.ts';
import { Refused } from '../../refusals.ts';
import { recordAgent } from '../ledger/agent-entry.ts';

const SETTING = 'setup';
const ATTEMPTS = 5;
/** `wrong`: how many wrong codes each person has sent, by open_id. */
const setupSchema = z.object({ codeHash: z.string(), wrong: z.record(z.string(), z.number().int()) });
type Setup = z.infer<typeof setupSchema>;

/**
 * While there is no administrator: makes a new first-use code and returns it for printing, else undefined. Only its hash is
 * kept, so every start prints another one.
 */
export async function prepareSetup(ctx: Ctx): Promise<string | undefined> {
  if ((await agentReads.activeAdmins(ctx.tx)).length > 0) return undefined;
  const code = String(randomInt(10_000_000, 100_000_000));
  const value: Setup = { codeHash: ctx.vault.hashSetupCode(code), wrong: {} };
  await settingWrites.set(ctx.tx, { key: SETTING, value });
  return code;
}

export type SetupResult =
  | { readonly ok: true; readonly admin: AgentRow }
  | { readonly ok: false; readonly refusal: Refused };

/**
 * /初始化 口令 姓名: the first user becomes administrator. A wrong code is answered, not thrown, so that the attempt counts: after five
 * the code is dead until the next start for who sent them, and for nobody else. Who the administrator is, strangers do not hear.
 */
export async function setUp(ctx: Ctx, input: { openId: string; code: string; name: string }): Promise<SetupResult> {
  const { openId, code } = input;
  const stored = setupSchema.safeParse(await settingWrites.take(ctx.tx, SETTING));
  if ((await agentReads.activeAdmins(ctx.tx)).length > 0) throw new Refused('setup_done');
  if (!stored.success) throw new Refused('setup_code_gone');
  const { codeHash, wrong } = stored.data;
  const sent = wrong[openId] ?? 0;
  if (sent >= ATTEMPTS) throw new Refused('setup_locked');
  if (!ctx.vault.isSetupCode(code, codeHash)) {
    await settingWrites.set(ctx.tx, { key: SETTING, value: { codeHash, wrong: { ...wrong, [openId]: sent + 1 } } });
    return { ok: false, refusal: new Refused('setup_wrong_code') };
  }
  // The code has done its work: were there no administrator again one day, only a new one would count.
  await settingWrites.set(ctx.tx, { key: SETTING, value: {} });
  const name = parseName(input.name);
  return { ok: true, admin: await makeAdmin(ctx, { openId, ...(name.ok ? { name: name.value } : {}) }) };
}

/** Stands where an administrator's name is not known yet. */
const NAMELESS = '管理员';

/** An administrator who has not said the own name yet. */
export function isNameless({ role, name }: Pick<AgentRow, 'role' | 'name'>): boolean {
  return role === 'admin' && name === NAMELESS;
}

/**
 * Makes somebody an administrator of the banner, whether they are staff yet or not. Nothing happens when they are one, or when they
 * have left and another administrator is there: whoever was deactivated stays so, though the configuration names them still.
 */
export async function makeAdmin(ctx: Ctx, input: { openId: string; name?: string }): Promise<AgentRow> {
  const known = await agentReads.byOpenId(ctx.tx, input.openId);
  if (known?.role === 'admin' && known.status === 'active') return known;
  if (known?.status === 'left' && (await agentReads.activeAdmins(ctx.tx)).length > 0) return known;
  const [banner] = await unitReads.ofLevels(ctx.tx, ['banner']);
  if (!banner) throw new Error('there is no banner to administer');
  const set = { role: 'admin' as const, status: 'active' as const, decidedAt: ctx.now };
  const admin = known
    ? await agentWrites.update(ctx.tx, { id: known.id, set }).then(() => ({ ...known, ...set }))
    : await agentWrites.insert(ctx.tx, {
        ...set,
        openId: input.openId,
        name: input.name ?? NAMELESS,
        unitId: banner.id,
        employment: 'fullTime',
        appliedAt: ctx.now,
      });
  await recordAgent(ctx, { kind: 'makeAdmin', agent: admin });
  return admin;
}
