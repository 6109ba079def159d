/** 通报 of a quarter (the plan, 三（五）): what is fixed with it. */
import type { Scoring, TownMeasures } from './score.ts';

/** `corrected`: a 更正 stands in its place. */
export const bulletinStates = ['draft', 'published', 'corrected'] as const;
export type BulletinState = (typeof bulletinStates)[number];

/** What the scores follow from; with it they are the same on any day. */
export interface BulletinFigures {
  readonly scoring: Scoring;
  /** In the order of the plan. */
  readonly towns: readonly TownMeasures[];
  /** Of the whole banner. */
  readonly whole: BulletinTotals;
}

export interface BulletinTotals {
  readonly registered: number;
  readonly completed: number;
  readonly completedOnTime: number;
  /** Open and past the promised day at the end of the quarter. */
  readonly overdue: number;
  readonly rated: number;
  readonly ratedSatisfied: number;
}

export const NOTE_MAX = 500;
export const REASON_MAX = 200;
