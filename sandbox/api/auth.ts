/** Tenant access tokens: issue, check, expire by the world's clock. */
import { type Request, Router } from 'express';
import * as z from 'zod';
import type { Clock } from '../world.ts';
import { ApiError, readBody } from './answer.ts';

const LIFE_MS = 7200 * 1000;
/** A new token is issued only when the present one has less than this left; both are then valid. */
const RENEW_MS = 30 * 60 * 1000;

export class Tokens {
  readonly #clock: Clock;
  readonly #expiry = new Map<string, number>();
  #newest: string | undefined;
  #count = 0;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** The present token and the seconds it has left. */
  issue(): { token: string; expireSeconds: number } {
    const now = this.#clock.now();
    let token = this.#newest;
    if (token === undefined || (this.#expiry.get(token) ?? 0) - now < RENEW_MS) {
      this.#count += 1;
      token = `t-sandbox${this.#count.toString().padStart(8, '0')}`;
      this.#expiry.set(token, now + LIFE_MS);
      this.#newest = token;
    }
    return { token, expireSeconds: Math.floor(((this.#expiry.get(token) ?? now) - now) / 1000) };
  }

  /** Forgets every token: the next call with one gets 99991663. */
  revokeAll(): void {
    this.#expiry.clear();
    this.#newest = undefined;
  }

  /** Refuses a call whose `Authorization` header is missing (99991661), malformed (99991671), unknown (99991663) or old (99991677). */
  check(request: Request): void {
    const header = request.headers.authorization;
    if (header === undefined || header === '') throw new ApiError(99991661, 'Missing access token for authorization.');
    const token = /^Bearer (.+)$/.exec(header)?.[1];
    if (token === undefined || !/^[tu]-/.test(token)) {
      throw new ApiError(99991671, 'Invalid access token for authorization. It must start with t- or u-.');
    }
    const expiry = this.#expiry.get(token);
    if (expiry === undefined) throw new ApiError(99991663, 'Invalid access token for authorization.');
    if (expiry <= this.#clock.now()) throw new ApiError(99991677, 'Authentication token expired.');
  }
}

/** The token endpoint. Its errors come with HTTP 200 and a code, and its fields stand at the top level. */
export function tokenRouter(options: { tokens: Tokens; appId: string; appSecret: string }): Router {
  const router = Router();
  const body = z.strictObject({ app_id: z.string(), app_secret: z.string() });
  router.post('/open-apis/auth/v3/tenant_access_token/internal', (request, response) => {
    const given = readBody(request, body);
    if (given.app_id !== options.appId) return void response.json({ code: 10003, msg: 'invalid param' });
    if (given.app_secret !== options.appSecret) return void response.json({ code: 10014, msg: 'app secret invalid' });
    const { token, expireSeconds } = options.tokens.issue();
    response.json({ code: 0, msg: 'ok', tenant_access_token: token, expire: expireSeconds });
  });
  return router;
}
