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
/** The app was not granted a scope that the call takes. */
export const NO_SCOPE = 99991672;
/** The whole app is over its limit, not one chat. */
export const APP_RATE_LIMITED = 99991400;
/** The chat is not there for the bot any more: it was removed, or the chat dissolved. */
export const CHAT_LOST: ReadonlySet<number> = new Set([230002, 232009, 232011, 10030, 99992356]);
/** One chat, person or message is over its limit. */
export const TARGET_RATE_LIMITED: ReadonlySet<number> = new Set([230020, 11232, 232019]);
/** Of the endpoint that hands out addresses for long connections: the app has fifty. */
export const TOO_MANY_CONNECTIONS = 1_000_040_350;
/** A proxy passed the call on, and nothing came back. */
const GATEWAY_TIMEOUT = 504;
/** Without a word from the platform about when to come back. */
const RETRY_AFTER_429_MS = 1_000;

/** No connection came about: whatever was to be sent has certainly not arrived. */
export class NeverSent extends LarkError {}

/** No answer came, or none that tells of the message: it may have arrived all the same. */
export class Unconfirmed extends LarkError {}

const CONNECTION_CODES: ReadonlySet<string> = new Set([
  'ENOTFOUND',
  'EAI_AGAIN',
  'ECONNREFUSED',
  'EHOSTUNREACH',
  'ENETUNREACH',
  // Of no address that was tried; a call’s own time-out is ECONNABORTED.
  'ETIMEDOUT',
]);
/** The certificate was not accepted, so nothing was said. */
const CERTIFICATE_CODE = /^(?:CERT_|ERR_TLS_CERT|DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_)/;

const codesOf: Readonly<Record<Exclude<LarkFailure, 'broken'>, readonly number[]>> = {
  later: [
    APP_RATE_LIMITED,
    ...TARGET_RATE_LIMITED,
    // Too many calls at once, of kinds that say neither whose nor until when.
    2200,
    11233,
    11247,
    // Something of the platform's own failed, is under maintenance or has no room.
    1500,
    5000,
    1000004,
    1000005,
    232096,
    234042,
    // Still being sent; the same uuid is in hand.
    230049,
    18121,
    // The operator's set-up is at fault, not the message: token, app secret, app status, scope, address list, bot ability,
    // file ability. It can be mended within the week that such a message is tried for.
    ...TOKEN_REFUSED,
    99991662,
    NO_SCOPE,
    99991673,
    99991676,
    99991401,
    10005,
    10012,
    10013,
    10014,
    10015,
    11205,
    11207,
    230006,
    232025,
    234002,
    234007,
    234019,
    234041,
    90003087,
    90003088,
  ],
  quota: [99991403],
  // Card too old, recalled, deleted, unknown.
  expired: [230031, 230011, 231003, 230110, 230111, 99992354],
  // Invisible to the bot; a topic that does not exist or takes no answer; a kind of message that takes none.
  unanswerable: [230050, 230019, 230071, 230072, 230054],
  // Bot not in the chat, person out of reach, resigned, stopped the bot, chat dissolved, external or only for its admins to speak
  // in, ids unknown or of another app.
  gone: [
    ...CHAT_LOST,
    230013,
    230018,
    230027,
    230029,
    230034,
    230035,
    230036,
    230038,
    230053,
    230075,
    // Of a resource: bot not in its chat, chat of another tenant, chat whose files must not leave it, message not to be seen.
    234004,
    234009,
    234038,
    234040,
    232006,
    232010,
    99992351,
    99992361,
  ],
  // Sensitive words; personal data that must not leave the tenant.
  screened: [230022, 230028],
  // Of a download alone: the platform gives 100 MB at most.
  oversized: [234037],
};

const failureByCode: ReadonlyMap<number, LarkFailure> = new Map(
  (['later', 'quota', 'expired', 'unanswerable', 'gone', 'screened', 'oversized'] as const).flatMap((failure) =>
    codesOf[failure].map((code) => [code, failure] as const),
  ),
);

/** A card was refused; why stands in the message only. */
const CARD_REFUSED = 230099;
/** Somebody presses the card just now; the same code stands for limits that waiting does not mend. */
const CARD_LOCKED = /card action is lock/i;

/** The platform's answer, in either shape. */
const answerSchema = z.object({ code: z.number(), msg: z.string().optional() });

/** What to do about a code, its message and the HTTP status; `status` undefined means that no answer came. */
export function failureOf(
  code: number | undefined,
  { status, message = '' }: { status: number | undefined; message?: string | undefined },
): LarkFailure {
  if (CARD_LOCKED.test(message)) return 'later';
  const known = failureByCode.get((code === CARD_REFUSED ? innerCode(message) : code) ?? NaN);
  if (known) return known;
  return status === undefined || status >= 500 || status === 429 ? 'later' : 'broken';
}

/** An answer that came with HTTP 200: undefined when it is a success. */
export function errorInAnswer(answer: unknown): LarkError | undefined {
  const parsed = answerSchema.safeParse(answer);
  if (!parsed.success) return new LarkError('later', 'the platform answered without a code');
  const { code, msg } = parsed.data;
  return code === 0
    ? undefined
    : new LarkError(failureOf(code, { status: 200, message: msg }), describe(code, msg), { code });
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
    if (CONNECTION_CODES.has(reason) || CERTIFICATE_CODE.test(reason))
      return new NeverSent('later', `no connection: ${reason}`);
    return ours ? new LarkError('broken', `no answer: ${reason}`) : new Unconfirmed('later', `no answer: ${reason}`);
  }
  const parsed = answerSchema.safeParse(response.data);
  const { status } = response;
  const { code, msg } = parsed.success ? parsed.data : {};
  const message = code === undefined ? `HTTP ${status}` : describe(code, msg);
  if (status === GATEWAY_TIMEOUT && code === undefined) return new Unconfirmed('later', message);
  return new LarkError(failureOf(code, { status, message: msg }), message, {
    code,
    retryAfterMs: retryAfterMs(response.headers) ?? (status === 429 ? RETRY_AFTER_429_MS : undefined),
  });
}

/** `… ext=ErrCode: 11310; ErrMsg: …`: the reason inside a refused card. */
function innerCode(message: string): number | undefined {
  const digits = /ErrCode:\s*(\d{1,10})/.exec(message)?.[1];
  return digits === undefined ? undefined : Number(digits);
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

/** Stands in the log and beside the outbox's row, so without the value at fault: that is a piece of the card. */
function describe(code: number, msg = ''): string {
  return `${code} ${msg.replace(/\bErrorValue:.*/is, '')}`.trim().slice(0, 300);
}
