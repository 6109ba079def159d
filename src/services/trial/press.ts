/** Presses on cards that were sent to try the platform: what arrived, for `doctor` and `live-check` to read. Nothing else comes of them. */
import * as z from 'zod';
import type { Tx } from '../../../db/database.ts';
import { inboxReads, inboxWrites } from '../../../db/repositories/inbox.ts';
import type { Ctx } from '../../ctx.ts';
import type { Vault } from '../../vault.ts';
import { openKept, sealKept } from '../inbox/kept.ts';

const KIND = 'trial';
/** Whoever forges a form gets no more of it kept. */
const FIELDS_MAX = 30;
const SHAPE_MAX = 40;

type Form = Readonly<Record<string, string | readonly string[] | boolean>>;

const pressSchema = z.object({ fields: z.record(z.string(), z.string()) });

export interface TrialPress {
  /** When it arrived, ms. */
  readonly at: number;
  /** Of each field of a form, the shape of what came: `9999-99-99 +9999` for a date. Never what was typed. */
  readonly fields: Readonly<Record<string, string>>;
}

/** Notes the first press of a trial; further ones change nothing. */
export async function noteTrialPress(ctx: Ctx, { token, form }: { token: string; form: Form }): Promise<void> {
  const key = keyOf(token);
  const names = Object.keys(form).filter((name) => /^[\w.]{1,40}$/.test(name));
  const fields = Object.fromEntries(names.slice(0, FIELDS_MAX).map((name) => [name, shapeOf(form[name])]));
  const answerSealed = sealKept(ctx.vault, { key, text: JSON.stringify({ fields }) });
  await inboxWrites.claim(ctx.tx, { key, kind: KIND, receivedAt: ctx.now, status: 'done', answerSealed });
}

/** What has arrived of a trial; undefined while nothing has. */
export async function trialPress(ctx: { tx: Tx; vault: Vault }, token: string): Promise<TrialPress | undefined> {
  const row = await inboxReads.byKey(ctx.tx, keyOf(token));
  if (row === undefined) return undefined;
  const { answerSealed, receivedAt: at, key } = row;
  const text = answerSealed === null ? '{"fields":{}}' : openKept(ctx.vault, { key, answerSealed });
  return { ...pressSchema.parse(JSON.parse(text)), at };
}

function keyOf(token: string): string {
  return `trial:${token}`;
}

/** Every digit a 9, every other letter an x or 字: how the platform writes it, without what somebody wrote. */
function shapeOf(value: Form[string] | undefined): string {
  if (typeof value === 'boolean') return value ? '勾了' : '没勾';
  if (typeof value !== 'string') return `${value?.length ?? 0} 项`;
  const shown = value.slice(0, SHAPE_MAX);
  const shape = shown
    .replace(/\d/g, '9')
    .replace(/[a-z]/gi, 'x')
    .replace(/[^\x20-\x7e]/g, '字');
  return value.length > SHAPE_MAX ? `${shape}…（${value.length} 个字符）` : shape;
}
