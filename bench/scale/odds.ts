/** How often what happens to an invented case, and how long it takes. */
import type { DeliveryWay, ServiceWay } from '../../src/domain/case.ts';
import { DAY_MINUTES } from './office-time.ts';
import { weighted } from './random.ts';

export const shares = {
  townWindow: 0.22,
  aboveTown: 0.03,
  ofTheTownItself: 0.05,
  onTheSpot: 0.3,
  returned: 0.09,
  escalated: 0.9,
  escalatedThoughLocal: 0.02,
  refused: 0.02,
  withdrawn: 0.02,
  /** Nobody ever does the next step. */
  forgotten: 0.0005,
  neverFollowedUp: 0.004,
};
export const meanMinutes = {
  accept: 90,
  work: 1.6 * DAY_MINUTES,
  mend: 2 * DAY_MINUTES,
  deliver: 0.7 * DAY_MINUTES,
  ask: 3 * DAY_MINUTES,
};
export const BAD_BELOW = 3;
export const NOTE_SHARE = 0.3;
export const ratings = weighted<number>([
  [5, 70],
  [4, 20],
  [3, 6],
  [2, 3],
  [1, 1],
]);
export const serviceWay = weighted<ServiceWay>([
  ['counter', 55],
  ['doorstep', 30],
  ['mobileCounter', 7],
  ['post', 4],
  ['bank', 2],
  ['deputyHome', 2],
]);
export const deliveryWay = weighted<DeliveryWay>([
  ['doorstep', 50],
  ['pickup', 30],
  ['phone', 12],
  ['post', 8],
]);
