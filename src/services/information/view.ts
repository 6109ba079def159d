/** What people see of the information work, each of their own unit, the office of all. */

import type { Choice } from '../../../cards/form.ts';
import type {
  AdoptionLine,
  InformationHomeView,
  PieceLine,
  PieceListView,
  PieceView,
} from '../../../cards/information.ts';
import { PIECES_A_PAGE, type PointsView } from '../../../cards/information.ts';
import { agentReads } from '../../../db/repositories/agent.ts';
import { type AdoptionRow, informationReads, type PieceRow } from '../../../db/repositories/information.ts';
import { type UnitRow, unitReads } from '../../../db/repositories/unit.ts';
import { type Ctx, requireStaff, today } from '../../ctx.ts';
import { type Half, pointsOn } from '../../domain/information.ts';
import { Refused } from '../../refusals.ts';
import {
  isClosed,
  keeps,
  type Office,
  officeFor,
  officeOver,
  rankedUnits,
  rankingVersions,
  requireOffice,
  sendingUnit,
} from './office.ts';
import { informationRanking, maySeeRanking } from './ranking.ts';
import { openBody, openTitle } from './text.ts';

export async function viewHome(ctx: Ctx, half: Half): Promise<InformationHomeView> {
  const staff = requireStaff(ctx);
  const unit = await sendingUnit(ctx, staff);
  const office = await officeFor(ctx, staff);
  const of = { office, half };
  const ranking = await informationRanking(ctx, of);
  const own = ranking.rows.find(({ unitId }) => unitId === unit?.id);
  const { name } = unit ?? { name: '' };
  // The place would tell where the others stand.
  const place = own && own.score > 0 && maySeeRanking(staff, { ranking, office }) ? own.place : null;
  return {
    half,
    own: unit ? { name, submitted: own?.submitted ?? 0, score: own?.score ?? 0, place } : null,
    office: keeps(staff, office),
    published: ranking.publishedAt !== null,
    correcting: (await rankingVersions(ctx, of)).open !== undefined,
    received: ranking.rows.reduce((sum, { submitted }) => sum + submitted, 0),
  };
}

/** The unit whose form it is. Refuses `information_no_unit`. */
export async function requireSendingUnit(ctx: Ctx): Promise<UnitRow> {
  const staff = requireStaff(ctx);
  const unit = await sendingUnit(ctx, staff);
  if (!unit) throw new Refused('information_no_unit', { unit: staff.unit.name });
  return unit;
}

/** @param wanted.words in the title or the unit's name; all if absent */
export async function viewPieces(
  ctx: Ctx,
  wanted: { half: Half; list: 'own' | 'inbox'; page: number; words?: string },
): Promise<PieceListView> {
  const { half, list, page, words } = wanted;
  const units = list === 'inbox' ? (await requireOffice(ctx)).office.units : [await requireSendingUnit(ctx)];
  const nameOf = (id: number) => units.find((unit) => unit.id === id)?.name ?? '';
  const all = await informationReads.pieces(ctx.tx, { half, unitIds: units.map(({ id }) => id) });
  const found =
    words === undefined
      ? all
      : all.filter((piece) => nameOf(piece.unitId).includes(words) || openTitle(ctx.vault, piece).includes(words));
  const shown = found.slice(page * PIECES_A_PAGE, (page + 1) * PIECES_A_PAGE);
  const adoptions = await adoptionsOf(ctx, shown);
  const pieces = shown.map((piece) => pieceLine(ctx, { piece, unit: nameOf(piece.unitId), adoptions }));
  return { half, list, page, total: found.length, searched: words !== undefined, pieces };
}

async function adoptionsOf({ tx }: Ctx, pieces: readonly PieceRow[]): Promise<AdoptionRow[]> {
  return pieces.length === 0
    ? []
    : informationReads.adoptionsOf(
        tx,
        pieces.map(({ id }) => id),
      );
}

function pieceLine(
  { vault }: Ctx,
  { piece, unit, adoptions }: { piece: PieceRow; unit: string; adoptions: readonly AdoptionRow[] },
): PieceLine {
  const { id: pieceId, kind, day } = piece;
  const adopted = adoptions.filter((one) => one.pieceId === pieceId).map((one) => one.kind);
  return { pieceId, title: openTitle(vault, piece), unit, kind, day, adopted };
}

/** A piece of the own unit, or any for the office. Refuses `information_unknown` and `information_not_yours`. */
export async function viewPiece(ctx: Ctx, pieceId: number): Promise<PieceView> {
  const staff = requireStaff(ctx);
  const piece = await informationReads.piece(ctx.tx, pieceId);
  if (!piece) throw new Refused('information_unknown');
  const over = await officeOver(ctx, piece.unitId);
  const office = keeps(staff, over);
  if (!office && (await sendingUnit(ctx, staff))?.id !== piece.unitId) throw new Refused('information_not_yours');
  const unit = (await unitReads.byId(ctx.tx, piece.unitId))?.name ?? '';
  const adoptions = await informationReads.adoptionsOf(ctx.tx, [piece.id]);
  return {
    ...pieceLine(ctx, { piece, unit, adoptions }),
    body: openBody(ctx.vault, piece),
    half: piece.half,
    sentBy: (await agentReads.byId(ctx.tx, piece.agentId))?.name ?? '',
    adoptions: await adoptionLines(ctx, { adoptions, office: over }),
    office,
    published: await isClosed(ctx, { office: over, half: piece.half }),
  };
}

async function adoptionLines(
  { tx }: Ctx,
  { adoptions, office }: { adoptions: readonly AdoptionRow[]; office: Office },
): Promise<AdoptionLine[]> {
  const settings = await informationReads.points(tx, office.banner.id);
  const nameOf = (unitId: number) => office.units.find(({ id }) => id === unitId)?.name ?? '';
  return adoptions.map(({ id, unitId, kind, times, day }) => ({
    ...{ adoptionId: id, unit: nameOf(unitId), kind, times, day },
    points: times * pointsOn(settings, day)[kind],
  }));
}

/** One use, for the form that takes it back. */
export async function viewAdoption(ctx: Ctx, adoptionId: number): Promise<AdoptionLine> {
  const adoption = await informationReads.adoption(ctx.tx, adoptionId);
  const { office } = await requireOffice(ctx, adoption?.unitId);
  if (!adoption) throw new Refused('information_unknown');
  if (adoption.undoneAt !== null) throw new Refused('information_undone');
  const [line] = await adoptionLines(ctx, { adoptions: [adoption], office });
  if (!line) throw new Refused('information_unknown');
  return line;
}

/** 加分: whom points can be given to, and those that belong to no piece, the newest first. */
export async function viewExtra(
  ctx: Ctx,
  half: Half,
): Promise<{ half: Half; units: Choice[]; given: AdoptionLine[]; published: boolean }> {
  const { office } = await requireOffice(ctx);
  const unitIds = office.units.map(({ id }) => id);
  const adoptions = await informationReads.adoptions(ctx.tx, { half, unitIds });
  const extra = adoptions.filter(({ pieceId }) => pieceId === null).reverse();
  return {
    half,
    units: rankedUnits(office, new Set()).map(({ id, name }) => ({ value: String(id), text: name })),
    given: await adoptionLines(ctx, { adoptions: extra, office }),
    published: await isClosed(ctx, { office, half }),
  };
}

export async function viewPoints(ctx: Ctx): Promise<PointsView> {
  const { office } = await requireOffice(ctx);
  const settings = await informationReads.points(ctx.tx, office.banner.id);
  const coming = settings.filter(({ fromDay }) => fromDay > today(ctx));
  return { points: pointsOn(settings, today(ctx)), coming };
}
