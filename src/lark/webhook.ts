/**
 * `POST /lark/events`: where the platform delivers events and card callbacks when the bot has a public address.
 *
 * The SDK's express adapter is not used. Its check accepts everything without an encrypt key, never compares the verification
 * token, has no time window, signs the re-serialised JSON instead of the bytes received and answers a failed check with 200.
 * With verification and decryption done here its dispatcher would only flatten the envelope that `inbound.ts` reads.
 */
import { AESCipher } from '@larksuiteoapi/node-sdk';
import express, { type NextFunction, type Request, type Response, Router } from 'express';
import type { Logger } from 'pino';
import * as z from 'zod';
import { createDeliver, type Deliver, DeliveryFailed } from './deliver.ts';
import { describeFault } from './fault.ts';
import type { KeepUnreadable, Receive } from './port.ts';
import { requestLog } from './request.ts';
import { type CheckSignature, createSignatureCheck, sameSecret } from './signature.ts';
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
}

interface Door {
  readonly checkSignature: CheckSignature;
  readonly cipher: AESCipher;
  readonly verificationToken: string;
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
 * The router for `POST /lark/events`. Answers 401 to what is unsigned, stale, replayed or of a wrong token, 400 to signed
 * bytes that are not JSON, 405 to other methods, 413 past 1 MiB, 500 with an empty object when `receive` fails.
 * Throws when a secret is empty: an open door is not offered.
 */
export function webhookRouter(options: WebhookOptions): Router {
  const { encryptKey, verificationToken, receive, keepUnreadable, clock, log, botOpenId } = options;
  if (!encryptKey || !verificationToken) {
    throw new Error('the webhook needs both LARK_ENCRYPT_KEY and LARK_VERIFICATION_TOKEN');
  }
  const door: Door = {
    checkSignature: createSignatureCheck({ encryptKey, clock }),
    cipher: new AESCipher(encryptKey),
    verificationToken,
    deliver: createDeliver({ receive, keepUnreadable, botOpenId }),
    log,
  };
  const router = Router();
  // Compressed bodies are refused (415): the platform sends none, and the limit is meant for what is parsed.
  const rawBody = express.raw({ type: () => true, limit: BODY_MAX_BYTES, inflate: false });
  router.post('/lark/events', rawBody, async (request: Request, response: Response) => {
    const { status, body } = await answer(request, { ...door, log: requestLog(log) });
    // Not `response.json`, which computes an ETag of every answer: nobody asks twice here.
    response.writeHead(status, { 'content-type': 'application/json; charset=utf-8' }).end(JSON.stringify(body));
  });
  router.all('/lark/events', (_request: Request, response: Response) => {
    response.status(405).set('Allow', 'POST').json({});
  });
  router.use('/lark/events', (error: unknown, _request: Request, response: Response, next: NextFunction) => {
    if (response.headersSent) {
      next(error);
      return;
    }
    const status = statusOf(error);
    if (status === 500) log.error({ fault: describeFault(error) }, 'webhook failed');
    response.status(status).json({});
  });
  return router;
}

async function answer(request: Request, door: Door): Promise<Answer> {
  const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
  const signature = request.get('x-lark-signature');
  // The console's first visit, before it knows of an encrypt key, is plain and unsigned; it proves itself by the token.
  if (!signature) return answerPlainChallenge(body, door) ?? refuse('headers', door);
  const refusal = door.checkSignature({
    timestamp: request.get('x-lark-request-timestamp'),
    nonce: request.get('x-lark-request-nonce'),
    signature,
    body,
  });
  if (refusal) return refuse(refusal, door);
  const outer = tryParse(body.toString('utf8'));
  if (outer === undefined) return { status: 400, body: {} };
  const encrypted = encryptedSchema.safeParse(outer);
  if (!encrypted.success) return answerPlainChallenge(body, door) ?? refuse('plaintext', door);
  const envelope = decrypt(encrypted.data.encrypt, door.cipher);
  if (envelope === undefined) return refuse('encryption', door);
  return answerEnvelope(envelope, door);
}

async function answerEnvelope(envelope: unknown, door: Door): Promise<Answer> {
  // Looked at first: a schema that does not fit costs as much as all the others together, and nearly nothing is a challenge.
  if (typeof envelope === 'object' && envelope !== null && 'challenge' in envelope) {
    const challenge = challengeSchema.safeParse(envelope);
    if (challenge.success) return answerChallenge(challenge.data, door) ?? refuse('token', door);
  }
  const token = tokenSchema.safeParse(envelope);
  if (!token.success || !sameSecret(token.data.header.token, door.verificationToken)) return refuse('token', door);
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
  if (!sameSecret(asked.token, door.verificationToken)) return undefined;
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

/** body-parser's own errors carry the status to answer with (413, 415, 400); anything else is our fault. */
function statusOf(error: unknown): number {
  const status = typeof error === 'object' && error !== null && 'status' in error ? error.status : undefined;
  return typeof status === 'number' && status >= 400 && status < 500 ? status : 500;
}
