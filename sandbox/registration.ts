/** Making an app by a scan, as the platform's accounts host does it: a device flow (RFC 8628), and the page where somebody confirms. */
import { gunzipSync } from 'node:zlib';
import express, { Router } from 'express';
import * as z from 'zod';
import type { Clock, World } from './world.ts';

/** How long a code is good, s. */
const CODE_SECONDS = 600;

const beginBody = z.object({
  action: z.literal('begin'),
  archetype: z.string(),
  auth_method: z.literal('client_secret'),
  request_user_info: z.string().optional(),
});
const pollBody = z.object({ action: z.literal('poll'), device_code: z.string() });
const registrationBody = z.discriminatedUnion('action', [beginBody, pollBody]);
const scanBody = z.object({ code: z.string(), openId: z.string(), answer: z.enum(['confirm', 'deny']) });

const addonsSchema = z.object({
  preset: z.boolean().optional(),
  scopes: z.object({ tenant: z.array(z.string()).optional() }).optional(),
  events: z.object({ items: z.object({ tenant: z.array(z.string()).optional() }).optional() }).optional(),
  callbacks: z.object({ items: z.array(z.string()).optional() }).optional(),
});

/** What the confirmation page shows, and the app gets. */
export interface Granted {
  readonly name: string;
  readonly scopes: readonly string[];
  readonly events: readonly string[];
  readonly callbacks: readonly string[];
}

type Answer = { readonly by: string } | 'denied';

interface Code {
  readonly deviceCode: string;
  readonly begunAt: number;
  /** undefined while nobody has answered. */
  answer: Answer | undefined;
}

export interface RegistrationOptions {
  readonly world: World;
  readonly clock: Clock;
  readonly appId: string;
  readonly appSecret: string;
  /** The sandbox's own address. */
  readonly url: () => string;
  /** How long a client waits between two questions, s; the platform says 5. */
  readonly pollSeconds: number;
  /** Whose tenant the app is made in. */
  readonly brand: 'feishu' | 'lark';
  /** Does the answer tell who scanned? */
  readonly tellsWho: boolean;
}

/** The codes that were shown, and what the app was granted. */
export class Registration {
  readonly #options: RegistrationOptions;
  /** By what stands in the scanned address. */
  readonly #codes = new Map<string, Code>();
  #granted: Granted | undefined;
  #lost = 0;

  constructor(options: RegistrationOptions) {
    this.#options = options;
  }

  /** undefined until somebody confirmed. */
  get granted(): Granted | undefined {
    return this.#granted;
  }

  /** Somebody scans what `url` says, and confirms or denies. Throws for an address that is not one of ours. */
  scan(url: string, { openId, answer }: { readonly openId: string; readonly answer: 'confirm' | 'deny' }): void {
    const address = new URL(url);
    const code = this.#codes.get(address.searchParams.get('user_code') ?? '');
    if (code === undefined) throw new Error(`no such code: ${url}`);
    if (answer === 'confirm') this.#granted = askedFor(address);
    code.answer = answer === 'confirm' ? { by: openId } : 'denied';
  }

  /** The next so many questions for an answer get none: the line is cut. */
  losePolls(times: number): void {
    this.#lost = times;
  }

  /** Whether this question is one of those. */
  isLost(): boolean {
    this.#lost -= 1;
    return this.#lost >= 0;
  }

  begin(): Record<string, unknown> {
    const number = this.#codes.size + 1;
    const userCode = `SBX-${number.toString().padStart(4, '0')}`;
    const deviceCode = `device-${number}`;
    this.#codes.set(userCode, { deviceCode, begunAt: this.#options.clock.now(), answer: undefined });
    return {
      device_code: deviceCode,
      user_code: userCode,
      verification_uri: `${this.#options.url()}/sandbox/scan`,
      verification_uri_complete: `${this.#options.url()}/sandbox/scan?user_code=${userCode}`,
      expires_in: CODE_SECONDS,
      interval: this.#options.pollSeconds,
    };
  }

  /** `error` is what a client goes on asking at, or gives up. */
  poll(deviceCode: string): { readonly error: string } | Record<string, unknown> {
    const { clock, appId, appSecret, brand, tellsWho } = this.#options;
    const code = [...this.#codes.values()].find((one) => one.deviceCode === deviceCode);
    if (code === undefined || clock.now() - code.begunAt > CODE_SECONDS * 1000) return { error: 'expired_token' };
    if (code.answer === undefined) return { error: 'authorization_pending' };
    if (code.answer === 'denied') return { error: 'access_denied', error_description: 'the user denied the request' };
    const who = tellsWho ? { open_id: code.answer.by } : {};
    return { client_id: appId, client_secret: appSecret, user_info: { ...who, tenant_brand: brand } };
  }
}

/** The platform's routes and, under `/sandbox/scan`, the page that opens where the phone scanned. */
export function registrationRouter(registration: Registration, { world }: { readonly world: World }): Router {
  const router = Router();
  const form = express.urlencoded({ extended: false });
  router.post('/oauth/v1/app/registration', form, (request, response) => {
    const body = registrationBody.safeParse(request.body);
    if (!body.success) return void response.status(400).json({ error: 'invalid_request' });
    if (body.data.action === 'begin') return void response.json(registration.begin());
    if (registration.isLost()) return void request.socket.destroy();
    const answer = registration.poll(body.data.device_code);
    response.status('error' in answer ? 400 : 200).json(answer);
  });
  router.get('/sandbox/scan', (request, response) => {
    const asked = askedFor(new URL(request.originalUrl, 'http://sandbox'));
    response.type('html').send(confirmationPage(asked, { url: request.originalUrl, world }));
  });
  router.post('/sandbox/scan', form, (request, response) => {
    const { code, openId, answer } = scanBody.parse(request.body);
    registration.scan(new URL(code, 'http://sandbox').toString(), { openId, answer });
    response.type('html').send(page(answer === 'confirm' ? '应用已建好，可以回到终端了。' : '没有建应用。'));
  });
  return router;
}

/** What an address asks for; nothing where it says nothing. */
function askedFor({ searchParams }: URL): Granted {
  const packed = searchParams.get('addons');
  const json = packed === null ? '{}' : gunzipSync(Buffer.from(packed, 'base64url')).toString();
  const { scopes, events, callbacks } = addonsSchema.parse(JSON.parse(json));
  return {
    name: searchParams.get('name') ?? '',
    scopes: scopes?.tenant ?? [],
    events: events?.items?.tenant ?? [],
    callbacks: callbacks?.items ?? [],
  };
}

function confirmationPage(asked: Granted, { url, world }: { url: string; world: World }): string {
  const items = (names: readonly string[]) => names.map((name) => `<li>${escapeHtml(name)}</li>`).join('');
  const people = [...world.people.values()]
    .map(({ openId, name }) => `<option value="${escapeHtml(openId)}">${escapeHtml(name)}</option>`)
    .join('');
  return page(
    `<h1>创建应用“${escapeHtml(asked.name)}”</h1><h2>权限</h2><ul>${items(asked.scopes)}</ul>` +
      `<h2>事件</h2><ul>${items(asked.events)}</ul><h2>回调</h2><ul>${items(asked.callbacks)}</ul>` +
      `<form method="post"><input type="hidden" name="code" value="${escapeHtml(url)}">` +
      `<label>扫码的人 <select name="openId">${people}</select></label> ` +
      '<button name="answer" value="confirm">确认创建</button> <button name="answer" value="deny">拒绝</button></form>',
  );
}

function page(body: string): string {
  return (
    '<!doctype html><html lang="zh-CN"><meta charset="utf-8"><meta name="viewport" content="width=device-width">' +
    `<title>沙箱：创建应用</title><link rel="icon" href="data:,"><style>body{font:16px/1.6 system-ui;margin:1rem auto;max-width:32rem;padding:0 1rem}</style>${body}</html>`
  );
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
