/** A local look-alike of the Lark open platform: the real SDK talks to it over HTTP and a long connection. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import express, { type NextFunction, type Request, type Response, type Router } from 'express';
import { Tokens } from './api/auth.ts';
import { type ApiCall, apiRouter } from './api.ts';
import { controlRouter } from './control.ts';
import { Envelopes } from './envelope.ts';
import { Faults } from './faults.ts';
import { groupLife } from './groups.ts';
import { Limits } from './limits.ts';
import { Person } from './person.ts';
import { type Patience, Push } from './push.ts';
import { WebhookTransport } from './push-webhook.ts';
import { WebsocketTransport } from './push-websocket.ts';
import { type Delivery, recorded } from './recording.ts';
import { Registration, registrationRouter } from './registration.ts';
import { type ChatRecord, type Clock, World } from './world.ts';

const TENANT = 'sandbox_tenant';

/** What an app has that was set up by hand as the platform's pages tell. */
const allScopes: readonly string[] = [
  'im:message:send_as_bot',
  'im:message.p2p_msg:readonly',
  'im:message.group_at_msg:readonly',
  'im:message:readonly',
  'im:resource',
  'im:chat.members:bot_access',
  'im:chat:read',
  'contact:contact.base:readonly',
  'application:app_slash_command:read',
  'application:app_slash_command:write',
];

export interface SandboxOptions {
  readonly clock: Clock;
  /** 0, the default: any free port. The sandbox listens on 127.0.0.1 only. */
  readonly port?: number;
  readonly appId?: string;
  readonly appSecret?: string;
  readonly encryptKey?: string;
  readonly verificationToken?: string;
  /** Where the bot listens; needed for the webhook transport, may also be set later. */
  readonly webhookUrl?: string;
  /** Default: websocket. */
  readonly transport?: 'websocket' | 'webhook';
  /** Rate limits by the world's clock; default on. */
  readonly limits?: boolean;
  readonly botName?: string;
  /** How long the bot may take for an answer; default 3 s of real time as on the platform. */
  readonly patience?: Patience;
  /** Moves the clock for the control API; without it the clock stands under nobody's control there. */
  readonly onClock?: (toMs: number) => void | Promise<void>;
  readonly log?: (line: string) => void;
  /** How the making of an app by a scan goes; scopes of an app that nobody made are all granted. */
  readonly scan?: { readonly pollSeconds?: number; readonly brand?: 'feishu' | 'lark'; readonly tellsWho?: boolean };
  /** The scopes that the app has, whatever was asked for; for a tenant that grants less. */
  readonly scopes?: readonly string[] | undefined;
}

export interface Sandbox {
  /** The SDK's `domain`. */
  readonly url: string;
  readonly appId: string;
  readonly appSecret: string;
  readonly world: World;
  readonly faults: Faults;
  /** Making an app by a scan. */
  readonly registration: Registration;
  /** Every API call in the order of the answers. */
  readonly calls: readonly ApiCall[];
  /** The last events and callbacks that went to the bot, with what came back. */
  readonly deliveries: readonly Delivery[];
  /** Serves more on the sandbox's port, e.g. a page. */
  mount(router: Router): void;
  addPerson(person: { name: string; openId?: string }): Person;
  addGroup(group: { name: string; members: readonly Person[]; bot?: boolean; chatId?: string }): ChatRecord;
  /** The person of an open id; throws for an unknown one. */
  person(openId: string): Person;
  /** Puts the bot into a group; resolves when the event was acknowledged. */
  addBot(chat: ChatRecord, by: Person): Promise<void>;
  /** Takes the bot out of a group; resolves when the event was acknowledged. */
  removeBot(chat: ChatRecord, by: Person): Promise<void>;
  /** Dissolves a group; resolves when the event was acknowledged. None comes where the members keep the history. */
  disband(chat: ChatRecord, by: Person, options?: { keepsHistory?: boolean }): Promise<void>;
  /** Gives a group another name; resolves when the event was acknowledged. */
  rename(chat: ChatRecord, by: Person, name: string): Promise<void>;
  /** Delivers the events whose retry is due; call it after moving the clock. */
  advance(): Promise<void>;
  /** Resolves when no delivery is in flight. */
  idle(): Promise<void>;
  /** Resolves when the bot's long connections listen; at once for the webhook. */
  connected(clients?: number): Promise<void>;
  /** Sets the webhook's address after the start. */
  setWebhookUrl(url: string): void;
  /** The platform's check of the webhook address; false for the websocket transport. */
  verifyUrl(): Promise<boolean>;
  close(): Promise<void>;
}

function threeSeconds(late: () => void): () => void {
  const timer = setTimeout(late, 3_000);
  return () => clearTimeout(timer);
}

/** Starts the sandbox; resolves when it listens. */
export async function startSandbox(options: SandboxOptions): Promise<Sandbox> {
  const { clock, log = () => {} } = options;
  const appId = options.appId ?? 'cli_0123456789abcdef';
  const appSecret = options.appSecret ?? 'sandbox-secret';
  const verificationToken = options.verificationToken ?? 'sandbox-token';
  const patience = options.patience ?? threeSeconds;
  const webhookUrl = { value: options.webhookUrl };

  const world = new World({ clock, botName: options.botName ?? '代办' });
  const tokens = new Tokens(clock);
  const limits = new Limits({ clock, enabled: options.limits ?? true });
  const envelopes = new Envelopes(world, { appId, tenantKey: TENANT, verificationToken });
  const websocket = new WebsocketTransport({ appId, appSecret, patience });
  const { encryptKey } = options;
  const webhook = new WebhookTransport({ url: () => webhookUrl.value, clock, encryptKey, verificationToken, patience });
  const transport = options.transport === 'webhook' ? webhook : websocket;
  const faults: Faults = new Faults({
    dropWebsockets: () => websocket.dropAll(),
    playDead: (dead) => websocket.playDead(dead),
    otherInstance: (takes) => websocket.otherInstance(takes),
    revokeTokens: () => tokens.revokeAll(),
    releaseEvents: () => push.releaseHeld(),
  });
  const deliveries: Delivery[] = [];
  const recording = recorded(transport, { clock, kept: deliveries });
  const push = new Push({ clock, transport: recording, envelopes, faults, log });
  const calls: ApiCall[] = [];
  const context = { world, push, envelopes };
  const { open: openGroup, addBot, removeBot, disband, rename } = groupLife(context);

  const app = express();
  const server = createServer(app);
  const host = () => `127.0.0.1:${addressOf(server.address()).port}`;
  const { pollSeconds = 5, brand = 'feishu', tellsWho = true } = options.scan ?? {};
  const url = () => `http://${host()}`;
  const registration = new Registration({ world, clock, appId, appSecret, url, pollSeconds, brand, tellsWho });
  const granted = () => new Set(options.scopes ?? registration.granted?.scopes ?? allScopes);
  const person = (openId: string): Person => {
    const record = world.people.get(openId);
    if (record === undefined) throw new Error(`no person ${openId}`);
    return new Person(record, context);
  };
  const advance = () => push.advance();
  app.use(ownHostOnly);
  app.use(apiRouter({ world, limits, tenantKey: TENANT, appId, appSecret, tokens, faults, calls, granted }));
  app.use(registrationRouter(registration, { world }));
  app.use(websocket.router(host));
  app.use(controlRouter({ world, faults, person, advance, openGroup, onClock: options.onClock }));
  server.on('upgrade', (request, socket, head) => websocket.upgrade(request, socket, head));
  await listen(server, options.port ?? 0);
  return {
    ...{ addBot, removeBot, disband, rename },
    ...{ url: url(), appId, appSecret, world, faults, registration, calls, deliveries, person, advance },
    mount: (router) => void app.use(router),
    addPerson: (record) => new Person(world.addPerson(record), context),
    addGroup: ({ name, members, bot, chatId }) =>
      world.addGroup({ name, members: members.map((member) => member.openId), hasBot: bot ?? true, chatId }),
    idle: () => push.idle(),
    connected: (clients) => (transport === websocket ? websocket.connected(clients) : Promise.resolve()),
    setWebhookUrl: (url) => {
      webhookUrl.value = url;
    },
    verifyUrl: () => (transport === webhook ? webhook.verifyUrl() : Promise.resolve(false)),
    close: async () => {
      await websocket.close();
      server.closeAllConnections();
      await new Promise<void>((resolve) => {
        server.close(() => resolve());
      });
    },
  };
}

/** A page elsewhere whose name is made to lead to this machine has its own name in `Host`, and would be let in without this. */
function ownHostOnly(request: Request, response: Response, next: NextFunction): void {
  if (/^(?:127\.0\.0\.1|localhost|\[::1\])(?::\d+)?$/i.test(request.headers.host ?? '')) next();
  else response.status(421).type('text/plain').send('this sandbox is served on 127.0.0.1 and localhost only\n');
}

function listen(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
}

function addressOf(address: AddressInfo | string | null): AddressInfo {
  if (address === null || typeof address === 'string') throw new Error('the sandbox does not listen on a port');
  return address;
}
