/** Adds up what the entries say of the information work and compares the rows with it. */
import { isDeepStrictEqual } from 'node:util';
import type { Tx } from '../../../db/database.ts';
import {
  type AdoptionRow,
  type InformationRankingRow,
  informationReads,
  type PieceRow,
  type PointsRow,
} from '../../../db/repositories/information.ts';
import type { LedgerRow } from '../../../db/repositories/ledger.ts';
import { digestOf } from './bulletin-entry.ts';
import { factsOf } from './facts.ts';
import type { FaultList, InformationObject } from './fault.ts';

type Facts = Readonly<Record<string, unknown>>;

export function pieceFacts({ unitId, kind, day, half }: PieceRow): Facts {
  return { unitId, kind, day, half };
}

export function adoptionFacts({ unitId, pieceId, kind, times, day, half }: AdoptionRow): Facts {
  return { unitId, pieceId, kind, times, day, half };
}

function pointsKey({ bannerId, kind, fromDay }: Partial<Record<keyof PointsRow, unknown>>): string {
  return `${bannerId} ${kind} ${fromDay}`;
}

export class InformationFold {
  readonly #said: Readonly<Record<InformationObject, Map<string, Facts>>> = {
    piece: new Map(),
    adoption: new Map(),
    points: new Map(),
    ranking: new Map(),
  };

  observe(entry: LedgerRow): void {
    const { pieceId, adoptionId, standsInFor: _, ...said } = factsOf(entry);
    const by = { at: entry.at, by: Number(entry.actorId) };
    if (entry.kind === 'fileInformation') this.#said.piece.set(String(pieceId), { ...said, ...by });
    else if (entry.kind === 'adoptInformation') {
      this.#said.adoption.set(String(adoptionId), { ...said, ...by, pieceId, undoneAt: null, undoneById: null });
    } else if (entry.kind === 'undoAdoption') {
      const before = this.#said.adoption.get(String(adoptionId)) ?? {};
      this.#said.adoption.set(String(adoptionId), { ...before, undoneAt: by.at, undoneById: by.by });
    } else if (entry.kind === 'setPoints') {
      this.#said.points.set(pointsKey(said), { points: said['points'] });
    } else if (entry.kind === 'publishInformation') {
      const key = rankingKey(said);
      this.#said.ranking.set(key, { ...(this.#said.ranking.get(key) ?? firstVersion), ...by, rows: said['rows'] });
    } else if (entry.kind === 'correctInformation') {
      const { reason } = said;
      this.#said.ranking.set(rankingKey(said), { ...notPublished, reason, openedAt: by.at, openedBy: by.by, rows: [] });
    } else if (entry.kind === 'dropInformationCorrection') {
      this.#said.ranking.delete(rankingKey(said));
    }
  }

  async compare(tx: Tx, faults: FaultList): Promise<void> {
    const { pieces, adoptions, points, rankings } = await informationReads.all(tx);
    this.#differing(faults, 'piece', new Map(pieces.map((row) => [String(row.id), pieceIs(row)])));
    this.#differing(faults, 'adoption', new Map(adoptions.map((row) => [String(row.id), adoptionIs(row)])));
    this.#differing(faults, 'points', new Map(points.map((row) => [pointsKey(row), { points: row.points }])));
    this.#differing(faults, 'ranking', new Map(rankings.map((row) => [rankingKey(row), rankingIs(row)])));
  }

  #differing(faults: FaultList, what: InformationObject, rows: ReadonlyMap<string, Facts>): void {
    const said = this.#said[what];
    const about = { about: 'information' as const, what };
    for (const [key, is] of rows) {
      const facts = said.get(key);
      if (facts === undefined) faults.add({ ...about, key, problem: 'no entry' });
      else if (!isDeepStrictEqual(is, facts)) faults.add({ ...about, key, problem: 'differs' });
    }
    for (const key of said.keys()) if (!rows.has(key)) faults.add({ ...about, key, problem: 'no row' });
  }
}

function pieceIs(row: PieceRow): Facts {
  return { ...pieceFacts(row), at: row.filedAt, by: row.agentId };
}

function adoptionIs(row: AdoptionRow): Facts {
  const { recordedAt, recordedById, undoneAt, undoneById } = row;
  return { ...adoptionFacts(row), at: recordedAt, by: recordedById, undoneAt, undoneById };
}

const notPublished: Facts = { at: null, by: null };
const firstVersion: Facts = { reason: null, openedAt: null, openedBy: null };

function rankingKey({ bannerId, half, version }: Partial<Record<keyof InformationRankingRow, unknown>>): string {
  return `${bannerId} ${half} ${version}`;
}

function rankingIs(row: InformationRankingRow): Facts {
  const { reasonSealed, openedAt, openedById, rows, publishedAt, publishedById } = row;
  const opened = { reason: digestOf(reasonSealed), openedAt, openedBy: openedById };
  return { ...opened, rows, at: publishedAt, by: publishedById };
}
