import { randomBytes } from 'node:crypto';
import { type NewPaper, type PaperRound, paperReads, paperWrites } from '../../../db/repositories/paper.ts';
import { type Ctx, requireStaff } from '../../ctx.ts';
import { PAPERS_MAX, QUIET_MS } from '../../domain/paper.ts';
import { requireSender } from './admit.ts';
import { endRounds, showRound, startRound } from './round.ts';

export interface SentPapers {
  readonly messageId: string;
  readonly files: readonly { readonly kind: 'image' | 'file'; readonly key: string }[];
  /** The case whose card was replied to. */
  readonly caseId?: number | undefined;
}

/**
 * Notes what the acting agent has sent, to be fetched after the commit: for the case whose card it replies to, else for the one
 * that papers are being sent for, else until somebody says of which case it is.
 */
export async function receivePapers(ctx: Ctx, sent: SentPapers): Promise<void> {
  const round = await roundFor(ctx, sent);
  const known = await knownOf(ctx, round);
  const [first, ...rest] = sent.files.map((file, index) =>
    newPaper(ctx, { ...file, messageId: sent.messageId, round, fits: known + index < PAPERS_MAX }),
  );
  if (!first) return;
  await paperWrites.insert(ctx.tx, [first, ...rest]);
  await paperWrites.changeRound(ctx.tx, { id: round.id, until: ctx.now + QUIET_MS });
  await showRound(ctx, round);
}

async function knownOf({ tx }: Ctx, { caseId, placeId }: PaperRound): Promise<number> {
  if (placeId !== null) return paperReads.countOfPlace(tx, placeId);
  return caseId === null ? 0 : paperReads.countOfCase(tx, caseId);
}

/** Whether what the acting agent sends now belongs to a case. */
export async function expectsPapers(ctx: Ctx): Promise<boolean> {
  return (await openRound(ctx)) !== undefined;
}

async function roundFor(ctx: Ctx, { caseId }: SentPapers): Promise<PaperRound> {
  if (caseId !== undefined) await requireSender(ctx, caseId);
  const open = await openRound(ctx);
  if (open && (caseId === undefined || open.caseId === caseId)) return open;
  return startRound(ctx, { caseId: caseId ?? null });
}

/** What has been quiet for too long ends here, before anybody else looks. */
async function openRound(ctx: Ctx): Promise<PaperRound | undefined> {
  const rounds = await paperWrites.takeOpenRounds(ctx.tx, requireStaff(ctx).agent.id);
  await endRounds(
    ctx,
    rounds.filter(({ until }) => until <= ctx.now),
  );
  return rounds.findLast(({ until }) => until > ctx.now);
}

function newPaper(
  ctx: Ctx,
  sent: { messageId: string; key: string; kind: 'image' | 'file'; round: PaperRound; fits: boolean },
): NewPaper {
  const { messageId, key: resourceKey, kind, round, fits } = sent;
  const { id: roundId, caseId, placeId, material } = round;
  const times = { availableAt: ctx.now, createdAt: ctx.now };
  // Drawn before the file is there: whatever ends the program between the two, the next attempt writes the same file.
  const fileName = randomBytes(16).toString('hex');
  const row = { ...times, roundId, caseId, placeId, material, messageId, resourceKey, kind, fileName };
  if (!fits) return { ...row, state: 'refused', problem: 'tooMany', settledAt: ctx.now };
  return caseId === null && placeId === null
    ? { ...row, state: 'unassigned', settledAt: ctx.now }
    : { ...row, state: 'waiting' };
}
