/** Deliveries by HTTP POST: encrypted and signed when a key is set, three seconds to answer, no redirects. */
import { createCipheriv, createHash, randomBytes } from 'node:crypto';
import { clientCodes } from './client-codes.ts';
import type { Envelope } from './envelope.ts';
import { type Delivered, NO_ANSWER, type Patience, type Transport } from './push.ts';
import type { Clock } from './world.ts';

const CHALLENGE_TIMEOUT_MS = 1000;

export interface WebhookOptions {
  /** Undefined until the bot's address is known. */
  readonly url: () => string | undefined;
  readonly clock: Clock;
  readonly encryptKey: string | undefined;
  readonly verificationToken: string;
  readonly patience: Patience;
}

interface OutgoingRequest {
  readonly body: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** AES-256-CBC under SHA-256 of the key, the random IV in front, base64. */
export function encrypt(text: string, encryptKey: string): string {
  const iv = randomBytes(16);
  const cipher = createCipheriv('aes-256-cbc', createHash('sha256').update(encryptKey).digest(), iv);
  return Buffer.concat([iv, cipher.update(text, 'utf8'), cipher.final()]).toString('base64');
}

const JSON_HEADERS = { 'content-type': 'application/json; charset=utf-8' };

/** As it goes over the wire: `{"encrypt":…}` when a key is set. */
function bodyOf(payload: unknown, encryptKey: string | undefined): string {
  const plain = JSON.stringify(payload);
  return encryptKey === undefined ? plain : JSON.stringify({ encrypt: encrypt(plain, encryptKey) });
}

/** An event or callback, with the three signature headers when a key is set. */
function signedRequest(payload: unknown, options: Pick<WebhookOptions, 'clock' | 'encryptKey'>): OutgoingRequest {
  const { clock, encryptKey } = options;
  const body = bodyOf(payload, encryptKey);
  if (encryptKey === undefined) return { body, headers: JSON_HEADERS };
  const timestamp = String(Math.floor(clock.now() / 1000));
  const nonce = randomBytes(8).toString('hex');
  const signature = createHash('sha256').update(`${timestamp}${nonce}${encryptKey}${body}`).digest('hex');
  return {
    body,
    headers: {
      ...JSON_HEADERS,
      'x-lark-request-timestamp': timestamp,
      'x-lark-request-nonce': nonce,
      'x-lark-signature': signature,
    },
  };
}

export class WebhookTransport implements Transport {
  readonly #options: WebhookOptions;

  constructor(options: WebhookOptions) {
    this.#options = options;
  }

  async deliver(envelope: Envelope): Promise<Delivered> {
    const waiting = new AbortController();
    const callOff = this.#options.patience(() => waiting.abort(new Error(NO_ANSWER)));
    try {
      return await this.#post(signedRequest(envelope, this.#options), waiting.signal);
    } finally {
      callOff();
    }
  }

  /** The console's check of the address, encrypted but never signed: true when the challenge comes back within a second. */
  async verifyUrl(): Promise<boolean> {
    const { verificationToken: token, encryptKey } = this.#options;
    const challenge = randomBytes(8).toString('hex');
    const body = bodyOf({ challenge, token, type: 'url_verification' }, encryptKey);
    const delivered = await this.#post({ body, headers: JSON_HEADERS }, AbortSignal.timeout(CHALLENGE_TIMEOUT_MS));
    if (!delivered.ok || typeof delivered.answer !== 'object' || delivered.answer === null) return false;
    return 'challenge' in delivered.answer && delivered.answer.challenge === challenge;
  }

  async close(): Promise<void> {}

  async #post({ body, headers }: OutgoingRequest, signal: AbortSignal): Promise<Delivered> {
    const url = this.#options.url();
    if (url === undefined) return { ok: false, code: clientCodes.notConfigured, problem: 'no webhook address is set' };
    try {
      const response = await fetch(url, { method: 'POST', body, headers, redirect: 'manual', signal });
      const text = await response.text();
      if (response.status !== 200)
        return { ok: false, code: clientCodes.badStatus, problem: `HTTP ${response.status}` };
      return { ok: true, answer: text === '' ? {} : JSON.parse(text) };
    } catch (error) {
      const code = error instanceof SyntaxError ? clientCodes.badAnswer : clientCodes.noAnswer;
      return { ok: false, code, problem: error instanceof Error ? error.message : String(error) };
    }
  }
}
