/** What becomes of something that was sent, once it has been fetched or could not be. */
import { type PaperRow, paperReads, paperWrites } from '../../../db/repositories/paper.ts';
import type { Ctx } from '../../ctx.ts';
import { FETCH_ATTEMPTS_MAX, fetchAgainAfterMs, type PaperProblem, type PaperType } from '../../domain/paper.ts';
import { chainOfUnit } from '../agent/approvers.ts';
import { appendLedger } from '../ledger/append.ts';
import { admitPaper } from './admit.ts';
import { showOnCase, showRound } from './round.ts';

export interface StoredPaper {
  readonly id: number;
  readonly type: PaperType;
  /** Of the file as it is stored, with its SHA-256. */
  readonly bytes: number;
  readonly hash: string;
}

/**
 * The file is in the store: the paper is the case's, or the task's or check's, from now on, by an entry of whoever sent it. False when it may not be any more;
 * then its file is to go.
 */
export async function keepPaper(ctx: Ctx, { id, type, bytes, hash }: StoredPaper): Promise<boolean> {
  const paper = await paperWrites.take(ctx.tx, id);
  if (paper?.state !== 'waiting') return false;
  const admitted = await admitPaper(ctx, paper);
  if ('problem' in admitted) {
    await refusePaper(ctx, { id, problem: admitted.problem });
    return false;
  }
  const { sender } = admitted;
  await paperWrites.change(ctx.tx, { id, state: 'kept', type, bytes, hash, settledAt: ctx.now });
  const bySender: Ctx = { ...ctx, actor: { ...sender, kind: 'agent' } };
  if ('place' in admitted) {
    const { unitId, id: placeId, kind, ref } = admitted.place;
    const payload = { paperId: id, placeId, unitId, of: kind, ref, paper: hash };
    const townId = await chainOfUnit(ctx, unitId);
    await appendLedger(bySender, { townId, caseId: null, kind: 'attachEvidence', payload });
  } else {
    const { townId, id: caseId } = admitted.dossier.record;
    const payload = { paper: hash, type, material: paper.material };
    await appendLedger(bySender, { townId, caseId, kind: 'attach', payload });
  }
  await showProgress(ctx, paper);
  return true;
}

/** It is not kept, and whoever sent it is told why, on the one card. */
export async function refusePaper(ctx: Ctx, refusal: { id: number; problem: PaperProblem }): Promise<void> {
  const { id, problem } = refusal;
  const paper = await paperWrites.take(ctx.tx, id);
  if (paper?.state !== 'waiting') return;
  await paperWrites.change(ctx.tx, { id, state: 'refused', problem, settledAt: ctx.now });
  await showProgress(ctx, paper);
}

/** It is tried again; after days of that it is given up. */
export async function putOffPaper(ctx: Ctx, { id, attempts, state }: PaperRow): Promise<void> {
  if (attempts >= FETCH_ATTEMPTS_MAX && state === 'waiting') return refusePaper(ctx, { id, problem: 'notFetched' });
  await paperWrites.change(ctx.tx, { id, availableAt: ctx.now + fetchAgainAfterMs(attempts) });
}

/** The file of an erased person's paper is gone. */
export async function forgetPaperFile(ctx: Ctx, { id }: { id: number }): Promise<void> {
  await paperWrites.change(ctx.tx, { id, state: 'gone', hash: null, bytes: null, settledAt: ctx.now });
}

async function showProgress(ctx: Ctx, { roundId }: PaperRow): Promise<void> {
  const round = await paperReads.round(ctx.tx, roundId);
  if (!round) return;
  await showRound(ctx, round);
  await showOnCase(ctx, round);
}
