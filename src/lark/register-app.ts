/** Making the app on the platform by one scan: the SDK's device flow, asked for as little as the bot needs. */
import { defaultHttpInstance, registerApp } from '@larksuiteoapi/node-sdk';
import { isAxiosError } from 'axios';
import * as z from 'zod';
import { callbacks, events, optionalEvents, optionalScopes, scopes } from './console-setup.ts';
import { toLarkError } from './errors.ts';

export interface RegisterOptions {
  /** Where people confirm, e.g. `accounts.feishu.cn`; an origin with `http:` for a look-alike on this machine. */
  readonly accounts: string;
  /** An app that is there already: its confirmation page shows what would be added. undefined: an app is made. */
  readonly appId?: string | undefined;
  /** The page offers no app that is there already. */
  readonly createOnly?: boolean;
  /** Hears that a question got no answer; it is asked again until the code expires. */
  readonly onTrouble?: (message: string) => void;
  readonly onCode: (code: { readonly url: string; readonly seconds: number }) => void;
}

export interface RegisteredApp {
  readonly appId: string;
  readonly appSecret: string;
  /** Who scanned, where the platform says. */
  readonly openId: string | undefined;
  /** The tenant is Lark's, outside China, whatever domain was asked first. */
  readonly isLark: boolean;
}

/** Why nobody confirmed. `other`: with the platform's own words. */
export class NotRegistered extends Error {
  override readonly name = 'NotRegistered';
  readonly reason: 'denied' | 'expired' | 'other';

  constructor(reason: NotRegistered['reason'], message: string) {
    super(message);
    this.reason = reason;
  }
}

/** Where Feishu's people log in. */
export const FEISHU_ACCOUNTS = 'accounts.feishu.cn';

const SERVER_ERROR = 500;
/** The SDK waits without an end for an answer that is lost on its way. */
const ANSWER_WITHIN_MS = 15_000;

const reasons: Readonly<Record<string, NotRegistered['reason']>> = {
  access_denied: 'denied',
  expired_token: 'expired',
};

const refusalSchema = z.object({ code: z.string(), description: z.string().optional() });

/**
 * Shows a code to be scanned and waits until somebody has confirmed. Rejects with `NotRegistered`, or as HTTP does.
 * What the tenant's gray-scale ignores is missing afterwards: `doctor` asks the platform for the scopes that were granted.
 */
export async function registerBot(options: RegisterOptions): Promise<RegisteredApp> {
  const { accounts, appId, createOnly = false, onCode } = options;
  const undo = [endWaiting(), speakPlainly(accounts), askAgain(options.onTrouble ?? (() => {}))];
  try {
    const { client_id, client_secret, user_info } = await registerApp({
      domain: hostOf(accounts),
      // Only Feishu's own host has tenants of Lark's; whoever runs another is asked there to the end.
      ...(accounts === FEISHU_ACCOUNTS ? {} : { larkDomain: hostOf(accounts) }),
      ...(appId === undefined ? {} : { appId }),
      createOnly,
      // No description: its characters would make the code wider than a terminal of 80 columns.
      appPreset: { name: '代办' },
      addons: {
        preset: false,
        scopes: { tenant: [...scopes, ...optionalScopes].map(({ name }) => name) },
        events: { items: { tenant: [...events, ...optionalEvents] } },
        callbacks: { items: [...callbacks] },
      },
      onQRCodeReady: ({ url, expireIn }) => onCode({ url, seconds: expireIn }),
    });
    return {
      appId: client_id,
      appSecret: client_secret,
      openId: user_info?.open_id,
      isLark: user_info?.tenant_brand === 'lark',
    };
  } catch (error) {
    const refusal = refusalSchema.safeParse(error);
    if (error instanceof Error || !refusal.success) throw error;
    const { code, description = code } = refusal.data;
    throw new NotRegistered(reasons[code] ?? 'other', description);
  } finally {
    for (const restore of undo) restore();
  }
}

/**
 * A line that is lost while somebody confirms must not end the waiting: the app would be there, and its secret lost. The SDK ends at
 * the first answer that does not come, so it is told that nobody has confirmed yet. Returns what undoes it.
 */
function askAgain(onTrouble: (message: string) => void): () => void {
  const { interceptors } = defaultHttpInstance;
  const id = interceptors.response.use(undefined, (error: unknown) => {
    const isPoll = isAxiosError(error) && String(error.config?.data).includes('action=poll');
    const isOutage = isPoll && (error.response === undefined || error.response.status >= SERVER_ERROR);
    if (!isOutage) throw error;
    onTrouble(toLarkError(error).message);
    return { error: 'authorization_pending' };
  });
  return () => interceptors.response.eject(id);
}

/** A question that gets no answer counts as one that was lost. Returns what undoes it. */
function endWaiting(): () => void {
  const { defaults } = defaultHttpInstance;
  const { timeout: before = 0 } = defaults;
  defaults.timeout = ANSWER_WITHIN_MS;
  return () => {
    defaults.timeout = before;
  };
}

/** `accounts.feishu.cn` as it is; of an origin the host and port. */
function hostOf(accounts: string): string {
  return accounts.includes('://') ? new URL(accounts).host : accounts;
}

/** The SDK always asks by https; a look-alike on this machine has no certificate. Returns what undoes it. */
function speakPlainly(accounts: string): () => void {
  if (!accounts.startsWith('http://')) return () => {};
  const { interceptors } = defaultHttpInstance;
  const id = interceptors.request.use((config) => {
    config.url = (config.url ?? '').replace(/^https:/, 'http:');
    config.proxy = false;
    return config;
  });
  return () => interceptors.request.eject(id);
}
