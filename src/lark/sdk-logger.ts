/**
 * The SDK's log, made safe. On a failed request the SDK logs the whole error, with the app secret, tokens and message
 * content in it; so only what is known to be harmless passes: short texts without secrets, and of objects their codes.
 */
import { isAxiosError } from 'axios';
import type { Logger } from 'pino';

/** What the SDK wants of a logger. */
export interface SdkLogger {
  error(...message: unknown[]): void;
  warn(...message: unknown[]): void;
  info(...message: unknown[]): void;
  debug(...message: unknown[]): void;
  trace(...message: unknown[]): void;
}

const TEXT_MAX = 300;

/** `debug` and `trace` are dropped: there the SDK logs addresses with tickets and whole payloads. Its `info` is our `debug`. */
export function createSdkLogger(log: Logger): SdkLogger {
  const child = log.child({ component: 'lark-sdk' });
  return {
    error: (...message) => child.warn({ sdk: readable(message) }, 'SDK reports an error'),
    warn: (...message) => child.warn({ sdk: readable(message) }, 'SDK warns'),
    info: (...message) => child.debug({ sdk: readable(message) }, 'SDK reports'),
    debug: () => {},
    trace: () => {},
  };
}

/** The SDK wraps its arguments into one array, at times twice. */
function readable(message: readonly unknown[]): unknown[] {
  return message.flat(2).map((part) => {
    if (typeof part === 'string') return redactText(part);
    if (typeof part === 'number' || typeof part === 'boolean') return part;
    return codesIn(part);
  });
}

/** Takes out tokens, secrets and tickets; a text that looks like data (JSON) is not shown at all. */
export function redactText(text: string): string {
  if (/[{[]\s*"/.test(text)) return '[data]';
  return text
    .replace(/\b(Bearer\s+)\S+/gi, '$1[redacted]')
    .replace(/\b[atu]-[A-Za-z0-9_.-]{8,}/g, '[redacted]')
    .replace(
      /([\w-]*(?:secret|token|ticket|access_key|authorization|password)[\w-]*["']?\s*[=:]\s*)[^\s&,;]+/gi,
      '$1[redacted]',
    )
    .slice(0, TEXT_MAX);
}

/** Of an error or an object: name, code and HTTP status. */
function codesIn(value: unknown): Record<string, unknown> {
  if (isAxiosError(value)) {
    return {
      ...platformCode(value.response?.data),
      name: value.name,
      code: value.code,
      status: value.response?.status,
    };
  }
  if (value instanceof Error) return { name: value.name, message: redactText(value.message) };
  return platformCode(value);
}

function platformCode(value: unknown): { platformCode?: number } {
  const code = typeof value === 'object' && value !== null && 'code' in value ? value.code : undefined;
  return typeof code === 'number' ? { platformCode: code } : {};
}
