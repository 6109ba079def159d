import { informationReads, informationWrites, type PieceRow } from '../../../db/repositories/information.ts';
import { type Ctx, requireStaff, today } from '../../ctx.ts';
import { halfOf, type PieceKind, parsePieceDay, titleKey } from '../../domain/information.ts';
import { saysNothing } from '../../domain/typed.ts';
import { Refused } from '../../refusals.ts';
import { appendLedger } from '../ledger/append.ts';
import { pieceFacts } from '../ledger/fold-information.ts';
import { topChain } from '../ledger/top-chain.ts';
import { holdOffice, officeOver, requireUnpublished, sendingUnit } from './office.ts';
import { openTitle, sealPiece } from './text.ts';

/**
 * 报送: a piece for the own department or town. Refuses without a title or text, a day that is none or lies ahead or in a half-year that
 * was published, and a title that the unit has sent in that half-year.
 * @param typed.day as people write it; '' is today
 */
export async function filePiece(
  ctx: Ctx,
  typed: { title: string; kind: PieceKind; body: string; day: string },
): Promise<PieceRow> {
  const staff = requireStaff(ctx);
  const unit = await sendingUnit(ctx, staff);
  if (!unit) throw new Refused('information_no_unit', { unit: staff.unit.name });
  if (saysNothing(typed.title) || titleKey(typed.title) === '') throw new Refused('information_needs_title');
  if (saysNothing(typed.body)) throw new Refused('information_needs_body');
  const day = requireDay(ctx, typed.day);
  const half = halfOf(day);
  const office = await officeOver(ctx, unit.id);
  await holdOffice(ctx, office);
  await requireUnpublished(ctx, { office, half });
  const sent = await informationReads.pieces(ctx.tx, { half, unitIds: [unit.id] });
  const key = titleKey(typed.title);
  if (sent.some((piece) => titleKey(openTitle(ctx.vault, piece)) === key)) {
    throw new Refused('information_duplicate', { unit: unit.name });
  }
  const row = { unitId: unit.id, agentId: staff.agent.id, kind: typed.kind, day, half, filedAt: ctx.now };
  const piece = await informationWrites.addPiece(ctx.tx, { ...row, ...sealPiece(ctx.vault, row, typed) });
  await appendLedger(ctx, {
    townId: await topChain(ctx),
    caseId: null,
    kind: 'fileInformation',
    payload: { ...pieceFacts(piece), pieceId: piece.id },
  });
  return piece;
}

/** A day up to today. Refuses `information_day_unfit` and `information_day_ahead`. */
export function requireDay(ctx: Ctx, typed: string): string {
  const day = parsePieceDay(typed, { today: today(ctx), lies: 'past' });
  if (day === undefined) throw new Refused('information_day_unfit');
  if (day > today(ctx)) throw new Refused('information_day_ahead');
  return day;
}
