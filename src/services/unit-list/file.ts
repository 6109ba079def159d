/** The file of a list: sent privately by who has just published it, fetched after the commit, kept sealed beside the papers. */
import { randomBytes } from 'node:crypto';
import { agentReads } from '../../../db/repositories/agent.ts';
import { unitReads } from '../../../db/repositories/unit.ts';
import { type UnitListRow, unitListReads, unitListWrites } from '../../../db/repositories/unit-list.ts';
import { type Ctx, requireStaff } from '../../ctx.ts';
import { Refused } from '../../refusals.ts';
import { recordListFile } from '../ledger/list-entries.ts';
import { enqueuePost } from '../message/enqueue.ts';
import { notify } from '../message/notify.ts';

const ENDING_MAX = 8;
/** Longer than any outage that is nobody's business. */
const ATTEMPTS_MAX = 40;
const TRY_AGAIN_MS = 5 * 60_000;

export interface SentListFile {
  readonly messageId: string;
  readonly key: string;
  readonly kind: 'image' | 'file';
  readonly name: string | undefined;
}

/** False where nothing that the acting agent sends is awaited. */
export async function receiveListFile(ctx: Ctx, sent: SentListFile): Promise<boolean> {
  const { agent } = requireStaff(ctx);
  const list = await unitListReads.awaited(ctx.tx, { agentId: agent.id, now: ctx.now });
  if (!list) return false;
  const ending = /\.[a-z]+$/i.exec(sent.name ?? '')?.[0].slice(0, ENDING_MAX) ?? '';
  const { messageId, key: resourceKey, kind: resourceKind } = sent;
  await unitListWrites.update(ctx.tx, {
    id: list.id,
    set: {
      ...{ messageId, resourceKey, resourceKind, ending, availableAt: ctx.now },
      ...{ fileState: 'waiting', awaitedUntil: null, fileName: randomBytes(16).toString('hex') },
    },
  });
  return true;
}

export function claimListFile(ctx: Ctx, { leaseMs }: { leaseMs: number }): Promise<UnitListRow | undefined> {
  return unitListWrites.claim(ctx.tx, { now: ctx.now, leaseMs });
}

export type KeptListFile = Required<Pick<UnitListRow, 'id' | 'ending' | 'wrappedKey' | 'bytes' | 'hash'>>;

/** It lies in the store: its maker hears so. */
export async function keepListFile(ctx: Ctx, { id, ...set }: KeptListFile): Promise<void> {
  await unitListWrites.update(ctx.tx, { id, set: { ...set, fileState: 'kept' } });
  await recordListFile(ctx, { id, hash: set.hash });
  await tellMaker(ctx, { id, title: '清单的文件存好了', tone: 'success', line: '同事发“/清单”就能看。' });
}

/** `final`: it will never be kept; else it is tried again, not for ever. */
export async function putOffListFile(ctx: Ctx, { list, final }: { list: UnitListRow; final: boolean }): Promise<void> {
  const { id, attempts } = list;
  if (!final && attempts < ATTEMPTS_MAX) {
    return unitListWrites.update(ctx.tx, { id, set: { availableAt: ctx.now + TRY_AGAIN_MS } });
  }
  await unitListWrites.update(ctx.tx, { id, set: { fileState: 'failed' } });
  const line = '只收 PDF、照片、Word、Excel 和 WPS 文件，最大20 MB。清单已经登记，请在“/清单”里点“更新”再发一次。';
  await tellMaker(ctx, { id, title: '清单的文件没有存下来', tone: 'warning', line });
}

async function tellMaker(
  ctx: Ctx,
  told: { id: number; title: string; tone: 'success' | 'warning'; line: string },
): Promise<void> {
  const list = await unitListReads.byId(ctx.tx, told.id);
  const maker = list && (await agentReads.byId(ctx.tx, list.madeBy));
  const unit = list && (await unitReads.byId(ctx.tx, list.unitId));
  if (!list || !maker || !unit) return;
  const lines = [`${unit.name}：${list.name}`, told.line];
  await notify(ctx, { target: maker.openId, notice: { title: told.title, tone: told.tone, lines } });
}

/** 看文件: sent privately to whoever of the staff asks; the lists are published. */
export async function askListFile(ctx: Ctx, { listId }: { listId: number }): Promise<void> {
  const { agent } = requireStaff(ctx);
  const list = await unitListReads.byId(ctx.tx, listId);
  if (list?.fileState !== 'kept') throw new Refused('lists_no_file');
  await enqueuePost(ctx, { target: agent.openId, content: { kind: 'listFile', listId, agentId: agent.id } });
}
