/**
 * `POST /lark/events`: where the platform delivers events and card callbacks when the bot has a public address.
 *
 * The SDK's express adapter is not used. Its check accepts everything without an encrypt key, never compares the verification
 * token, has no time window, signs the re-serialised JSON instead of the bytes received and answers a failed check with 200.
 * With verification and decryption done here its dispatcher would only flatten the envelope that `inbound.ts` reads.
 */
import { AESCipher } from '@larksuiteoapi/node-sdk';
import { Router as createRouter, type Request, type Response, type Router } from 'express';
import type { Logger } from 'pino';
import * as z from 'zod';
import { describeFault } from '../fault.ts';
import { type Body, createBodyReader, type ReadBody } from './body.ts';
import { createDeliver, type Deliver, type DeliverOptions, DeliveryFailed } from './deliver.ts';
import { type Arrival, Replayed } from './port.ts';
import { requestLog } from './request.ts';
import {
  createRecentSignatures,
  createSecretCheck,
  createSignatureCheck,
  type RecentSignatures,
  type SignatureCheck,
  type Signed,
} from './signature.ts';
import { withoutPrototypeKeys } from './unreadable.ts';

const BODY_MAX_BYTES = 1024 * 1024;
/** Nothing but a challenge comes unsigned. */
const UNSIGNED_MAX_BYTES = 4 * 1024;
/** A delivery has a few kilobytes, so this is many times what may wait at once. */
const BODIES_MAX_BYTES = 16 * 1024 * 1024;

/** Why a request was answered with 401. `app`: it is meant for another app. */
export type WebhookRefusal =
  | 'unsigned'
  | 'headers'
  | 'stale'
  | 'signature'
  | 'replay'
  | 'plaintext'
  | 'encryption'
  | 'token'
  | 'app';

export interface WebhookOptions extends DeliverOptions {
  readonly appId: string;
  readonly encryptKey: string;
  readonly verificationToken: string;
  /** Milliseconds since the epoch. */
  readonly clock: { now(): number };
  readonly log: Logger;
  /** Told of every request that is answered with 401. */
  readonly onRefused: (reason: WebhookRefusal) => void;
}

interface Answer {
  readonly status: number;
  readonly body: object;
  readonly headers?: Readonly<Record<string, string>>;
}

interface Door {
  readonly appId: string;
  readonly signatures: SignatureCheck;
  /** What was answered as done without being recorded must not come again either: a press is told that it could not be saved. */
  readonly answered: RecentSignatures;
  readonly readBody: ReadBody;
  readonly cipher: AESCipher;
  readonly isToken: (given: string) => boolean;
  readonly deliver: Deliver;
  readonly passOver: WebhookOptions['passOver'];
  readonly onRefused: WebhookOptions['onRefused'];
  readonly log: Logger;
  readonly wasAnswered: () => boolean;
}

const challengeSchema = z.object({
  type: z.literal('url_verification'),
  challenge: z.string().max(1000),
  token: z.string(),
});
const encryptedSchema = z.object({ encrypt: z.string().min(1) });
/** Version 1 of the envelope, which nobody asks the platform for, has its token outside. */
const headerSchema = z.union([
  z.object({ header: z.object({ token: z.string(), app_id: z.string().nullish() }) }).transform(({ header }) => header),
  z.object({ token: z.string() }).transform(({ token }) => ({ token, app_id: undefined })),
]);

/**
 * Answers at `/lark/events`: 401 to what is unsigned, stale, replayed, of a wrong token or for another app, where it can be told
 * without reading the body; of what looks signed, 413 past 1 MiB, 415 to what is compressed, 503 when too many bodies are being
 * read; 400 to signed bytes that are not JSON, 405 to other methods, 500 with an empty object when `receive` fails. The challenge
 * of the platform's console is the only thing that is answered unsigned: it proves itself by the token.
 * Throws when a secret is empty: an open door is not offered.
 */
export function webhookRouter(options: WebhookOptions): Router {
  const { appId, encryptKey, verificationToken, clock, log } = options;
  if (!encryptKey || !verificationToken) {
    throw new Error('the webhook needs both LARK_ENCRYPT_KEY and LARK_VERIFICATION_TOKEN');
  }
  const door: Omit<Door, 'log' | 'wasAnswered'> = {
    appId,
    signatures: createSignatureCheck({ encryptKey, clock }),
    answered: createRecentSignatures(clock),
    readBody: createBodyReader(BODIES_MAX_BYTES),
    cipher: new AESCipher(encryptKey),
    isToken: createSecretCheck(verificationToken),
    deliver: createDeliver(options),
    passOver: (arrival) => options.passOver(arrival),
    onRefused: (reason) => options.onRefused(reason),
  };
  const router = createRouter();
  router.post('/lark/events', async (request, response) => {
    try {
      const answer = await answerRequest(request, {
        ...door,
        log: requestLog(log),
        wasAnswered: () => response.writableFinished,
      });
      if (answer) send(response, answer);
    } catch (error) {
      log.error({ fault: describeFault(error) }, 'webhook failed');
      send(response, { status: 500, body: {} });
    }
  });
  router.all('/lark/events', (_request, response) => {
    send(response, { status: 405, body: {}, headers: { allow: 'POST' } });
  });
  return router;
}

function send(response: Response, { status, body, headers = {} }: Answer): void {
  response.status(status).set(headers).json(body);
}

/** Whoever is answered before the body was read need not send the rest of it. */
const hangUp = { connection: 'close' };

/** undefined when there is nobody left to be answered. */
async function answerRequest(request: Request, door: Door): Promise<Answer | undefined> {
  const signed = door.signatures.read(request.headers);
  if (signed === 'unsigned') return answerUnsigned(request, door);
  if (typeof signed === 'string') return { ...refuse(signed, door), headers: hangUp };
  if (isCompressed(request)) return { status: 415, body: {}, headers: hangUp };
  const body = await door.readBody(request, BODY_MAX_BYTES);
  if (body.kind === 'whole') return answerSigned(body.bytes, { ...door, signed });
  return answerUnread(body);
}

/** The platform compresses nothing, and the limit is meant for what is parsed. */
function isCompressed(request: Request): boolean {
  return (request.headers['content-encoding'] ?? 'identity') !== 'identity';
}

function answerUnread({ kind }: Exclude<Body, { kind: 'whole' }>): Answer | undefined {
  if (kind === 'broken off') return undefined;
  return { status: kind === 'too large' ? 413 : 503, body: {}, headers: hangUp };
}

/** The console's challenge comes unsigned: plain while it knows of no encrypt key, afterwards encrypted. */
async function answerUnsigned(request: Request, door: Door): Promise<Answer | undefined> {
  if (isCompressed(request)) return { ...refuse('unsigned', door), headers: hangUp };
  const body = await door.readBody(request, UNSIGNED_MAX_BYTES);
  if (body.kind === 'broken off') return undefined;
  if (body.kind !== 'whole') return { ...refuse('unsigned', door), headers: hangUp };
  const outer = tryParse(body.bytes.toString('utf8'));
  const encrypted = encryptedSchema.safeParse(outer);
  const asked = challengeIn(encrypted.success ? decrypt(encrypted.data.encrypt, door.cipher) : outer);
  return asked && door.isToken(asked.token) ? challengeAnswer(asked) : refuse('unsigned', door);
}

async function answerSigned(bytes: Buffer, door: Door & { signed: Signed }): Promise<Answer> {
  const { signed } = door;
  if (!door.signatures.fits(signed, bytes)) return refuse('signature', door);
  const outer = tryParse(bytes.toString('utf8'));
  if (outer === undefined) return { status: 400, body: {} };
  const encrypted = encryptedSchema.safeParse(outer);
  // Of what is plain, only a challenge is listened to.
  if (!encrypted.success && !challengeIn(outer)) return refuse('plaintext', door);
  const envelope = encrypted.success ? decrypt(encrypted.data.encrypt, door.cipher) : outer;
  if (envelope === undefined) return refuse('encryption', door);
  const { signature } = signed;
  const { log, wasAnswered } = door;
  if (door.answered.has(signature)) return refuse('replay', door);
  try {
    const answer = await answerEnvelope(envelope, { ...door, arrival: { log, signature, wasAnswered } });
    door.answered.add(signature);
    return answer;
  } catch (error) {
    if (error instanceof Replayed) return refuse('replay', door);
    if (error instanceof DeliveryFailed) return { status: 500, body: {} };
    throw error;
  }
}

async function answerEnvelope(envelope: unknown, door: Door & { arrival: Arrival }): Promise<Answer> {
  const asked = challengeIn(envelope);
  if (asked) {
    if (!door.isToken(asked.token)) return refuse('token', door);
    await door.passOver(door.arrival);
    return challengeAnswer(asked);
  }
  const header = headerSchema.safeParse(envelope);
  if (!header.success || !door.isToken(header.data.token)) return refuse('token', door);
  if (header.data.app_id != null && header.data.app_id !== door.appId) return refuse('app', door);
  return { status: 200, body: await door.deliver(envelope, door.arrival) };
}

type Challenge = z.infer<typeof challengeSchema>;

/** Looked at by its key first: a schema that does not fit costs as much as all the others together. */
function challengeIn(envelope: unknown): Challenge | undefined {
  if (typeof envelope !== 'object' || envelope === null || !('challenge' in envelope)) return undefined;
  return challengeSchema.safeParse(envelope).data;
}

function challengeAnswer({ challenge }: Challenge): Answer {
  return { status: 200, body: { challenge } };
}

/** The reason goes into the log only: whoever knocks without the key learns nothing. */
function refuse(reason: WebhookRefusal, door: Door): Answer {
  door.onRefused(reason);
  door.log.warn({ reason }, 'a webhook request was refused');
  return { status: 401, body: {} };
}

/** undefined when it cannot be decrypted or holds no JSON. */
function decrypt(encrypted: string, cipher: AESCipher): unknown {
  try {
    return tryParse(cipher.decrypt(encrypted));
  } catch {
    return undefined;
  }
}

/** A key to be left out, or an escape that may spell one. */
const forbiddenKey = /"(?:__proto__|constructor|prototype|headers)"|\\u/;

/** JSON without the keys that could reach a prototype or be taken for the request's headers; undefined for what is not JSON. */
function tryParse(text: string): unknown {
  try {
    // A reviver makes parsing ten times slower; only a text in which such a key may hide needs one.
    if (!forbiddenKey.test(text)) return JSON.parse(text);
    return JSON.parse(text, (key, value: unknown) =>
      key === 'headers' ? undefined : withoutPrototypeKeys(key, value),
    );
  } catch {
    return undefined;
  }
}
