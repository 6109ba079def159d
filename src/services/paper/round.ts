/** One stretch of sending: its card in the sender's private chat, and its end. */
import { type PaperRound, paperReads, paperWrites } from '../../../db/repositories/paper.ts';
import { unitListWrites } from '../../../db/repositories/unit-list.ts';
import { type Ctx, requireStaff } from '../../ctx.ts';
import { QUIET_MS } from '../../domain/paper.ts';
import { Refused } from '../../refusals.ts';
import { placeCard, takeFollowing } from '../card/place.ts';
import { refreshCaseCards } from '../card/refresh-case.ts';
import { takeCase } from '../case/dossier.ts';
import { cardUpdate, enqueue } from '../message/enqueue.ts';

/** What comes and what has been stored within so long is one edit of the card. */
const TOGETHER_MS = 5_000;

/** 传材料, 传照片或PDF: what the acting agent sends privately belongs to this case, task or check from now on. What was open before ends. */
export async function startRound(
  ctx: Ctx,
  { caseId, placeId = null }: { caseId: number | null; placeId?: number | null },
): Promise<PaperRound> {
  const { agent } = requireStaff(ctx);
  await endRounds(ctx, await paperWrites.takeOpenRounds(ctx.tx, agent.id));
  // What comes from now on belongs to the case, not to the list that was published before.
  await unitListWrites.endAwaited(ctx.tx, agent.id);
  const until = ctx.now + QUIET_MS;
  const round = await paperWrites.startRound(ctx.tx, { agentId: agent.id, caseId, placeId, material: null, until });
  const subject = { subject: 'papers' as const, subjectId: round.id };
  await placeCard(ctx, { subject, at: { target: agent.openId, agentId: agent.id }, reach: 'new' });
  return round;
}

/** The round of the acting agent that a button names, while it takes anything. Refuses `papers_round_over`. */
export async function takeOwnRound(
  ctx: Ctx,
  { roundId, ended }: { roundId: number; ended?: 'too' },
): Promise<PaperRound> {
  const { agent } = requireStaff(ctx);
  const round = await paperWrites.takeRound(ctx.tx, roundId);
  if (round?.agentId !== agent.id) throw new Refused('papers_round_over');
  if (round.endedAt !== null && ended === undefined) throw new Refused('papers_round_over');
  return round;
}

/** Brings the card of a round up to date. */
export async function showRound(ctx: Ctx, { id }: Pick<PaperRound, 'id'>): Promise<void> {
  const following = await takeFollowing(ctx, { subject: 'papers', subjectId: id });
  await enqueue(
    ctx,
    following.map((card) => cardUpdate(ctx, { card, content: { kind: 'living' }, availableAt: ctx.now + TOGETHER_MS })),
  );
}

/** 传完了, or nothing came for long: what nobody said a case of is not kept. */
export async function endRounds(ctx: Ctx, rounds: readonly PaperRound[]): Promise<void> {
  for (const round of rounds) {
    await paperWrites.changeRound(ctx.tx, { id: round.id, endedAt: ctx.now });
    if (round.caseId === null && round.placeId === null) {
      const ids = (await paperReads.ofRound(ctx.tx, round.id)).map(({ id }) => id);
      await paperWrites.assign(ctx.tx, { ids, state: 'refused', problem: 'notChosen', settledAt: ctx.now });
    }
    await showRound(ctx, round);
    await showOnCase(ctx, { ...round, endedAt: ctx.now });
  }
}

/** The case's cards show what came, all of it at once: when the round is over and nothing of it waits. */
export async function showOnCase(ctx: Ctx, { id, caseId, endedAt }: PaperRound): Promise<void> {
  if (caseId === null || endedAt === null) return;
  const papers = await paperReads.ofRound(ctx.tx, id);
  if (papers.some(({ state }) => state === 'waiting') || !papers.some(({ state }) => state === 'kept')) return;
  await refreshCaseCards(ctx, await takeCase(ctx, caseId), { event: 'attach' });
}

/** Ends what is open of an agent. False when nothing was. */
export async function finishSending(ctx: Ctx): Promise<boolean> {
  const rounds = await paperWrites.takeOpenRounds(ctx.tx, requireStaff(ctx).agent.id);
  await endRounds(ctx, rounds);
  return rounds.length > 0;
}

/** Ends what has been quiet for long enough. Returns how many. */
export async function endQuietRounds(ctx: Ctx): Promise<number> {
  const rounds = await paperWrites.takeQuietRounds(ctx.tx, { now: ctx.now, limit: 20 });
  await endRounds(ctx, rounds);
  return rounds.length;
}
