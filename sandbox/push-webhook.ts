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

interface SignedRequest {
  readonly body: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** AES-256-CBC under SHA-256 of the key, the random IV in front, base64. */
export function encrypt(text: string, encryptKey: string): string {
  const iv = randomBytes(16);
  const cipher = createCipheriv('aes-256-cbc', createHash('sha256').update(encryptKey).digest(), iv);
  return Buffer.concat([iv, cipher.update(text, 'utf8'), cipher.final()]).toString('base64');
}

/** The request as it goes over the wire: `{"encrypt":…}` and three signature headers when a key is set. */
function signedRequest(payload: unknown, options: { clock: Clock; encryptKey: string | undefined }): SignedRequest {
  const plain = JSON.stringify(payload);
  const headers = { 'content-type': 'application/json; charset=utf-8' };
  if (options.encryptKey === undefined) return { body: plain, headers };
  const body = JSON.stringify({ encrypt: encrypt(plain, options.encryptKey) });
  const timestamp = String(Math.floor(options.clock.now() / 1000));
  const nonce = randomBytes(8).toString('hex');
  const signature = createHash('sha256').update(`${timestamp}${nonce}${options.encryptKey}${body}`).digest('hex');
  return {
    body,
    headers: {
      ...headers,
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
      return await this.#post(envelope, waiting.signal);
    } finally {
      callOff();
    }
  }

  /** The console's check of the address: true when the challenge comes back within a second. */
  async verifyUrl(): Promise<boolean> {
    const challenge = randomBytes(8).toString('hex');
    const token = this.#options.verificationToken;
    const signal = AbortSignal.timeout(CHALLENGE_TIMEOUT_MS);
    const delivered = await this.#post({ challenge, token, type: 'url_verification' }, signal);
    if (!delivered.ok || typeof delivered.answer !== 'object' || delivered.answer === null) return false;
    return 'challenge' in delivered.answer && delivered.answer.challenge === challenge;
  }

  async close(): Promise<void> {}

  async #post(payload: unknown, signal: AbortSignal): Promise<Delivered> {
    const { body, headers } = signedRequest(payload, this.#options);
    const url = this.#options.url();
    if (url === undefined) return { ok: false, code: clientCodes.notConfigured, problem: 'no webhook address is set' };
    try {
      const response = await fetch(url, { method: 'POST', body, headers, redirect: 'manual', signal });
      const text = await response.text();
      if (response.status !== 200)
        return { ok: false, code: clientCodes.badStatus, problem: `HTTP ${response.status}` };
      return { ok: true, answer: text === '' ? {} : JSON.parse(text) };
    } catch (error) {
      return { ok: false, code: clientCodes.noAnswer, problem: error instanceof Error ? error.message : String(error) };
    }
  }
}
