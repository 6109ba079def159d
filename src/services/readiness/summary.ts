import type { Reading } from '../../ctx.ts';
import { isReady } from '../../domain/readiness.ts';
import { type Place, placesOf } from './standing.ts';

interface Share {
  /** With all that the list of that day asks for. */
  readonly ready: number;
  readonly total: number;
}

/** Centers (便民服务中心, of towns) and stations (便民服务站, of villages). */
export interface ReadinessSummary {
  readonly centers: Share;
  readonly stations: Share;
}

/** How many of a unit's centers and stations had everything at the end of a day. @param asked.on YYYY-MM-DD */
export async function readinessSummary(
  ctx: Pick<Reading, 'tx'>,
  { unitId, on }: { unitId: number; on: string },
): Promise<ReadinessSummary> {
  const { places } = await placesOf(ctx, { unitId, day: on });
  return { centers: shareOf(places, 'town'), stations: shareOf(places, 'village') };
}

function shareOf(places: readonly Place[], level: 'town' | 'village'): Share {
  const own = places.filter(({ unit }) => unit.level === level);
  return { ready: own.filter(({ readiness }) => isReady(readiness)).length, total: own.length };
}
