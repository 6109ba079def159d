/**
 * What a failed call to the platform means. Codes: the platform's pages for sending, replying, updating and its list of
 * general errors; the SDK reports them in two shapes (a rejected promise for HTTP ≥ 400, a resolved answer with `code` ≠ 0).
 */
import { isAxiosError } from 'axios';
import * as z from 'zod';
import { LarkError, type LarkFailure } from './port.ts';

/** The token was refused: fetch a new one and try once more. */
export const TOKEN_REFUSED: ReadonlySet<number> = new Set([
  99991661, 99991663, 99991664, 99991665, 99991668, 99991671, 99991677,
]);
/** The whole app is over its limit, not one chat. */
export const APP_RATE_LIMITED = 99991400;
/** One chat, person or message is over its limit. */
export const TARGET_RATE_LIMITED: ReadonlySet<number> = new Set([230020, 11232, 232019]);
/** Without a word from the platform about when to come back. */
const RETRY_AFTER_429_MS = 1_000;

/** No connection came about: whatever was to be sent has certainly not arrived. */
export class NeverSent extends LarkError {}
const CONNECTION_CODES: ReadonlySet<string> = new Set([
  'ENOTFOUND',
  'EAI_AGAIN',
  'ECONNREFUSED',
  'EHOSTUNREACH',
  'ENETUNREACH',
]);

const codesOf: Readonly<Record<Exclude<LarkFailure, 'broken'>, readonly number[]>> = {
  later: [
    APP_RATE_LIMITED,
    ...TARGET_RATE_LIMITED,
    // Still being sent.
    230049,
    // The operator's set-up is at fault, not the message: token, app secret, scope, address list, bot ability.
    // It can be mended within the day that such a message is tried for.
    ...TOKEN_REFUSED,
    99991672,
    99991401,
    10014,
    10015,
    230006,
    232025,
  ],
  // Card too old, recalled, deleted, unknown.
  expired: [230031, 230011, 231003, 230110, 230111, 99992354],
  // Bot not in the chat, person out of reach, resigned, stopped the bot, chat dissolved, ids unknown or of another app.
  gone: [
    230002, 230013, 230029, 230034, 230035, 230036, 230038, 230053, 232006, 232009, 232010, 232011, 10030, 99992351,
    99992356, 99992361,
  ],
};

const failureByCode: ReadonlyMap<number, LarkFailure> = new Map(
  (['later', 'expired', 'gone'] as const).flatMap((failure) =>
    codesOf[failure].map((code) => [code, failure] as const),
  ),
);

/** The platform's answer, in either shape. */
const answerSchema = z.object({ code: z.number(), msg: z.string().optional() });

/** What to do about a code and HTTP status; `status` undefined means that no answer came. */
export function failureOf(code: number | undefined, status: number | undefined): LarkFailure {
  const known = code === undefined ? undefined : failureByCode.get(code);
  if (known) return known;
  return status === undefined || status >= 500 || status === 429 ? 'later' : 'broken';
}

/** An answer that came with HTTP 200: undefined when it is a success. */
export function errorInAnswer(answer: unknown): LarkError | undefined {
  const parsed = answerSchema.safeParse(answer);
  if (!parsed.success) return new LarkError('later', 'the platform answered without a code');
  const { code, msg } = parsed.data;
  return code === 0 ? undefined : new LarkError(failureOf(code, 200), describe(code, msg), { code });
}

/** Anything a call may reject with, as a `LarkError`. Our own mistakes (a TypeError) are `broken` and keep their name. */
export function toLarkError(thrown: unknown): LarkError {
  if (thrown instanceof LarkError) return thrown;
  if (!isAxiosError(thrown)) {
    const name = thrown instanceof Error ? thrown.name : typeof thrown;
    return new LarkError('broken', `call failed before it was sent: ${name}`);
  }
  const { response } = thrown;
  if (!response) {
    const ours = thrown.code === 'ERR_INVALID_URL' || thrown.code === 'ERR_BAD_OPTION';
    const reason = thrown.code ?? 'unknown';
    if (CONNECTION_CODES.has(reason)) return new NeverSent('later', `no connection: ${reason}`);
    return new LarkError(ours ? 'broken' : 'later', `no answer: ${reason}`);
  }
  const parsed = answerSchema.safeParse(response.data);
  const code = parsed.success ? parsed.data.code : undefined;
  const message = parsed.success ? describe(parsed.data.code, parsed.data.msg) : `HTTP ${response.status}`;
  return new LarkError(failureOf(code, response.status), message, {
    code,
    retryAfterMs: retryAfterMs(response.headers) ?? (response.status === 429 ? RETRY_AFTER_429_MS : undefined),
  });
}

/** Both headers count seconds; a `retry-after` that is a date is left to the back-off. */
function retryAfterMs(headers: unknown): number | undefined {
  const parsed = z
    .object({ 'x-ogw-ratelimit-reset': z.coerce.number(), 'retry-after': z.coerce.number() })
    .partial()
    .catch({})
    .parse(headers);
  const seconds = parsed['x-ogw-ratelimit-reset'] ?? parsed['retry-after'];
  return seconds !== undefined && seconds > 0 ? seconds * 1000 : undefined;
}

function describe(code: number, msg: string | undefined): string {
  return `${code} ${msg ?? ''}`.trim().slice(0, 300);
}
