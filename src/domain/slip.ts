/**
 * 打印的单子: the papers that offices hand out or keep about one case, and which of them fit what has become of it.
 * Source: the plan's sections 11–12 (自愿委托、一次性告知、限时办结) and what windows hand out (委托书、受理单、告知单、办结单).
 */
import type { CaseState, Outcome } from './case.ts';

export const slips = [
  'mandate',
  'acceptance',
  'materials',
  'completion',
  'refusal',
  'suspension',
  'termination',
] as const;
export type Slip = (typeof slips)[number];

/** What of a case decides. */
export interface SlipFacts {
  readonly state: CaseState;
  /** Whether the unit that holds it has accepted it (接收). */
  readonly accepted: boolean;
  readonly outcome: Outcome | null;
  /** How many materials its item lists. */
  readonly materials: number;
}

/**
 * In the order in which they are handed out. 委托书 always; 受理单 once the holder has accepted the case, unless it came to nothing; 一次性告知单 while something is missing, or
 * where the item lists what to bring and the case is still open; then what says how it ended, or why it stands still.
 */
export function slipsFor({ state, accepted, outcome, materials }: SlipFacts): Slip[] {
  const open = state === 'forwarded' || state === 'accepted' || state === 'suspended';
  const fits: Readonly<Record<Slip, boolean>> = {
    mandate: true,
    acceptance: accepted && state !== 'withdrawn' && state !== 'terminated' && outcome !== 'refused',
    materials: state === 'returned' || (open && materials > 0),
    completion: outcome === 'granted',
    refusal: outcome === 'refused',
    suspension: state === 'suspended',
    termination: state === 'terminated' || state === 'withdrawn',
  };
  return slips.filter((slip) => fits[slip]);
}
