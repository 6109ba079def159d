/** What the runner and the client say to one another. */

export interface LoadJob {
  /** Where to: the contender's processes in turn. */
  readonly urls: readonly string[];
  /** Of the contender, for the processor time it takes. */
  readonly pids: readonly number[];
  /** Each so many-th delivery goes to two processes at once, as the platform does when an answer is late; none unless given. */
  readonly twiceEvery?: number;
  readonly connections: number;
  readonly count: number;
  /** Requests that are not counted, before. */
  readonly warmUp: number;
  /** Requests a second; null: as many as go. */
  readonly rate: number | null;
  /** Must occur in every answer. */
  readonly expect: string;
  readonly what:
    | { readonly kind: 'message'; readonly text: string }
    | { readonly kind: 'submit'; readonly draftsFile: string; readonly from: number };
}

export interface LoadResult {
  readonly count: number;
  readonly failed: number;
  readonly firstProblem: string | null;
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly maxMs: number;
  /** Milliseconds since the epoch. */
  readonly startedAt: number;
  readonly seconds: number;
  /** What the contender used in this time, user and system. */
  readonly processorMs: number;
}
