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
import { readBody } from './body.ts';
import { createDeliver, type Deliver, DeliveryFailed } from './deliver.ts';
import type { KeepUnreadable, Receive } from './port.ts';
import { requestLog } from './request.ts';
import { type CheckSignature, createSecretCheck, createSignatureCheck } from './signature.ts';
import { withoutPrototypeKeys } from './unreadable.ts';

const BODY_MAX_BYTES = 1024 * 1024;

export interface WebhookOptions {
  readonly encryptKey: string;
  readonly verificationToken: string;
  readonly receive: Receive;
  readonly keepUnreadable: KeepUnreadable;
  /** Milliseconds since the epoch. */
  readonly clock: { now(): number };
  readonly log: Logger;
  /** The bot's own open_id, as soon as it is known. */
  readonly botOpenId: () => string | undefined;
}

interface Answer {
  readonly status: number;
  readonly body: object;
  readonly headers?: Readonly<Record<string, string>>;
}

interface Door {
  readonly checkSignature: CheckSignature;
  readonly cipher: AESCipher;
  readonly isToken: (given: string) => boolean;
  readonly deliver: Deliver;
  readonly log: Logger;
}

const challengeSchema = z.object({
  type: z.literal('url_verification'),
  challenge: z.string().max(1000),
  token: z.string(),
});
const encryptedSchema = z.object({ encrypt: z.string().min(1) });
const tokenSchema = z.object({ header: z.object({ token: z.string() }) });

/**
 * Answers at `/lark/events`: 401 to what is unsigned, stale, replayed or of a wrong token, 400 to signed bytes that are not
 * JSON, 405 to other methods, 413 past 1 MiB, 415 to what is compressed, 500 with an empty object when `receive` fails.
 * Throws when a secret is empty: an open door is not offered.
 */
export function webhookRouter(options: WebhookOptions): Router {
  const { encryptKey, verificationToken, receive, keepUnreadable, clock, log, botOpenId } = options;
  if (!encryptKey || !verificationToken) {
    throw new Error('the webhook needs both LARK_ENCRYPT_KEY and LARK_VERIFICATION_TOKEN');
  }
  const door: Omit<Door, 'log'> = {
    checkSignature: createSignatureCheck({ encryptKey, clock }),
    cipher: new AESCipher(encryptKey),
    isToken: createSecretCheck(verificationToken),
    deliver: createDeliver({ receive, keepUnreadable, botOpenId }),
  };
  const router = createRouter();
  router.post('/lark/events', async (request, response) => {
    try {
      const answer = await answerRequest(request, { ...door, log: requestLog(log) });
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

/** undefined when there is nobody left to be answered. */
async function answerRequest(request: Request, door: Door): Promise<Answer | undefined> {
  // The platform compresses nothing, and the limit is meant for what is parsed.
  if ((request.headers['content-encoding'] ?? 'identity') !== 'identity') return { status: 415, body: {} };
  const body = await readBody(request, BODY_MAX_BYTES);
  if (body.kind === 'broken off') return undefined;
  if (body.kind === 'too large') return { status: 413, body: {}, headers: { connection: 'close' } };
  return answerBody(request, { ...door, bytes: body.bytes });
}

async function answerBody(request: Request, door: Door & { bytes: Buffer }): Promise<Answer> {
  const { bytes } = door;
  const signature = headerOf(request, 'x-lark-signature');
  // The console's first visit, before it knows of an encrypt key, is plain and unsigned; it proves itself by the token.
  if (!signature) return answerPlainChallenge(bytes, door) ?? refuse('headers', door);
  const refusal = door.checkSignature({
    timestamp: headerOf(request, 'x-lark-request-timestamp'),
    nonce: headerOf(request, 'x-lark-request-nonce'),
    signature,
    body: bytes,
  });
  if (refusal) return refuse(refusal, door);
  const outer = tryParse(bytes.toString('utf8'));
  if (outer === undefined) return { status: 400, body: {} };
  const encrypted = encryptedSchema.safeParse(outer);
  if (!encrypted.success) return answerPlainChallenge(bytes, door) ?? refuse('plaintext', door);
  const envelope = decrypt(encrypted.data.encrypt, door.cipher);
  if (envelope === undefined) return refuse('encryption', door);
  return answerEnvelope(envelope, door);
}

/** Sent twice it comes joined by a comma, and fits nothing. */
function headerOf(request: Request, name: string): string | undefined {
  const value = request.headers[name];
  return Array.isArray(value) ? value.join() : value;
}

async function answerEnvelope(envelope: unknown, door: Door): Promise<Answer> {
  // Looked at first: a schema that does not fit costs as much as all the others together, and nearly nothing is a challenge.
  if (typeof envelope === 'object' && envelope !== null && 'challenge' in envelope) {
    const challenge = challengeSchema.safeParse(envelope);
    if (challenge.success) return answerChallenge(challenge.data, door) ?? refuse('token', door);
  }
  const token = tokenSchema.safeParse(envelope);
  if (!token.success || !door.isToken(token.data.header.token)) return refuse('token', door);
  try {
    return { status: 200, body: await door.deliver(envelope, door.log) };
  } catch (error) {
    if (error instanceof DeliveryFailed) return { status: 500, body: {} };
    throw error;
  }
}

function answerPlainChallenge(body: Buffer, door: Door): Answer | undefined {
  const challenge = challengeSchema.safeParse(tryParse(body.toString('utf8')));
  return challenge.success ? answerChallenge(challenge.data, door) : undefined;
}

/** undefined when the token is wrong. */
function answerChallenge(asked: z.infer<typeof challengeSchema>, door: Door): Answer | undefined {
  if (!door.isToken(asked.token)) return undefined;
  return { status: 200, body: { challenge: asked.challenge } };
}

/** The reason goes into the log only: whoever knocks without the key learns nothing. */
function refuse(reason: string, door: Door): Answer {
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
