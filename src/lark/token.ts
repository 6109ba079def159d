/**
 * The tenant access token. Kept here rather than by the SDK, which fetches one for every concurrent first call, shares its
 * cache across the process and keeps a token the platform has refused until it expires.
 */

export interface FetchedToken {
  readonly token: string;
  readonly expiresInMs: number;
}

export interface TokenSource {
  /** The current token, fetched when there is none or it is about to expire. Rejects with what the fetch rejects with. */
  get(): Promise<string>;
  /** Forgets a token that was refused, unless it has been replaced meanwhile. */
  drop(token: string): void;
}

/** A token is renewed this long before its end, since a request may wait on its way. */
const MARGIN_MS = 3 * 60_000;

/** Callers that come while a fetch is under way share it. */
export function createTokenSource(options: {
  readonly fetch: () => Promise<FetchedToken>;
  readonly clock: { now(): number };
}): TokenSource {
  const { fetch, clock } = options;
  let current: { token: string; until: number } | undefined;
  let fetching: Promise<string> | undefined;

  async function renew(): Promise<string> {
    try {
      const { token, expiresInMs } = await fetch();
      // A token of short life is used for nine tenths of it.
      current = { token, until: clock.now() + expiresInMs - Math.min(MARGIN_MS, expiresInMs / 10) };
      return token;
    } finally {
      fetching = undefined;
    }
  }

  return {
    async get() {
      if (current && clock.now() < current.until) return current.token;
      fetching ??= renew();
      return await fetching;
    },
    drop(token) {
      if (current?.token === token) current = undefined;
    },
  };
}
