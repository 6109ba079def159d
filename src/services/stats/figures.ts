import { type Counters, counterNames, statsReads } from '../../../db/repositories/stats.ts';
import type { Reading } from '../../ctx.ts';
import type { Period } from '../../domain/period.ts';
import { ALL_CASES } from './count.ts';

/** Sums over a period, with what is open at its end. */
export interface Figures extends Counters {
  /** Registered and neither completed nor withdrawn by the end of the period. */
  readonly open: number;
}

const zero = Object.fromEntries(counterNames.map((name) => [name, 0])) as Counters;

/** Figures of each unit, including those without a case. `dimension`: see `count.ts`. */
export async function figuresByUnit(
  ctx: Reading,
  scope: { unitIds: readonly number[]; period: Pick<Period, 'from' | 'to'>; dimension?: string },
): Promise<Map<number, Figures>> {
  const { unitIds, period, dimension = ALL_CASES } = scope;
  const within = await statsReads.byUnit(ctx.tx, { unitIds, dimension, from: period.from, to: period.to });
  const everUntil = await statsReads.byUnit(ctx.tx, { unitIds, dimension, from: undefined, to: period.to });
  return new Map(
    unitIds.map((unitId) => {
      const ever = everUntil.get(unitId) ?? zero;
      const open = ever.registered - ever.completed - ever.withdrawn;
      return [unitId, { ...(within.get(unitId) ?? zero), open }];
    }),
  );
}

export async function figuresOf(
  ctx: Reading,
  scope: { unitId: number; period: Pick<Period, 'from' | 'to'>; dimension?: string },
): Promise<Figures> {
  const { unitId, ...rest } = scope;
  const figures = (await figuresByUnit(ctx, { unitIds: [unitId], ...rest })).get(unitId);
  return figures ?? { ...zero, open: 0 };
}
