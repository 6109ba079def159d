/** A log that keeps its lines, sample deliveries, and the signing the platform does. */
import { createCipheriv, createHash, randomBytes } from 'node:crypto';
import pino, { type Logger } from 'pino';

export const ENCRYPT_KEY = 'test encrypt key';
export const VERIFICATION_TOKEN = 'test verification token';
export const BOT = 'ou_bot';
export const APP_ID = 'cli_0123456789abcdef';
export const NOW = Date.parse('2026-11-02T09:00:00+08:00');

/** A real pino logger writing into an array, so that a test can look for what must not be in it. */
export function memoryLog(): { log: Logger; lines: string[]; text: () => string } {
  const lines: string[] = [];
  const log = pino({ level: 'trace' }, { write: (line: string) => void lines.push(line) });
  return { log, lines, text: () => lines.join('') };
}

export function envelope(eventType: string, event: unknown, header: Record<string, unknown> = {}) {
  return {
    schema: '2.0',
    header: {
      event_id: 'ev-1',
      event_type: eventType,
      create_time: '1608725989000',
      token: VERIFICATION_TOKEN,
      app_id: APP_ID,
      tenant_key: 'tenant',
      ...header,
    },
    event,
  };
}

export function messageEnvelope(message: Record<string, unknown> = {}, header: Record<string, unknown> = {}) {
  return envelope(
    'im.message.receive_v1',
    {
      sender: { sender_id: { open_id: 'ou_ada', union_id: 'on_ada' }, sender_type: 'user', tenant_key: 'tenant' },
      message: {
        message_id: 'om_1',
        create_time: '1608725989000',
        chat_id: 'oc_group',
        chat_type: 'group',
        message_type: 'text',
        content: JSON.stringify({ text: '@_user_1 /待办' }),
        mentions: [{ key: '@_user_1', id: { open_id: BOT }, name: '代办', tenant_key: 'tenant' }],
        ...message,
      },
    },
    header,
  );
}

export function clickEnvelope(event: Record<string, unknown> = {}) {
  return envelope('card.action.trigger', {
    operator: { tenant_key: 'tenant', open_id: 'ou_ada' },
    token: 'c-0123',
    action: { value: { v: 1, action: 'agent.apply' }, tag: 'button', name: 'apply' },
    host: 'im_message',
    context: { open_message_id: 'om_1', open_chat_id: 'oc_group' },
    ...event,
  });
}

/** AES-256-CBC as the platform documents it: key = SHA-256(encrypt key), base64(IV ‖ ciphertext). */
export function encrypt(plain: string, key: string = ENCRYPT_KEY): string {
  const iv = randomBytes(16);
  const cipher = createCipheriv('aes-256-cbc', createHash('sha256').update(key).digest(), iv);
  return Buffer.concat([iv, cipher.update(plain, 'utf8'), cipher.final()]).toString('base64');
}

export function sign(
  body: string | Buffer,
  parts: { timestamp?: string; nonce?: string; key?: string } = {},
): Record<string, string> {
  const timestamp = parts.timestamp ?? String(NOW / 1000);
  const nonce = parts.nonce ?? randomBytes(6).toString('hex');
  const signature = createHash('sha256')
    .update(`${timestamp}${nonce}${parts.key ?? ENCRYPT_KEY}`)
    .update(body)
    .digest('hex');
  return {
    'X-Lark-Request-Timestamp': timestamp,
    'X-Lark-Request-Nonce': nonce,
    'X-Lark-Signature': signature,
  };
}

/** The body of a delivery, encrypted. */
export function sealed(payload: unknown): string {
  return JSON.stringify({ encrypt: encrypt(JSON.stringify(payload)) });
}
