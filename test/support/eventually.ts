import { vi } from 'vitest';

/** What has not come about by then does not: a busy machine may take its time. */
const WITHIN_MS = 300_000;

/** Resolves once `seen` no longer throws; looks every few milliseconds. */
export function eventually(seen: () => unknown): Promise<unknown> {
  return vi.waitFor(seen, { timeout: WITHIN_MS, interval: 5 });
}
