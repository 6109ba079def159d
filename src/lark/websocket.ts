/**
 * The long connection: events and card callbacks without a public address. The SDK connects, pings and reconnects; here somebody
 * looks whether it still does, and begins anew with another client when nothing comes for too long.
 */
import { EventDispatcher, type HttpInstance, WSClient } from '@larksuiteoapi/node-sdk';
import type { Logger } from 'pino';
import * as z from 'zod';
import type { SdkConfig } from './client.ts';
import { createDeliver, type Deliver, type DeliverOptions } from './deliver.ts';
import { TOO_MANY_CONNECTIONS } from './errors.ts';
import { requestLog } from './request.ts';
import { redactText } from './sdk-logger.ts';
import { WatchedAgent } from './sockets.ts';

export interface WebsocketOptions extends DeliverOptions {
  readonly sdkConfig: SdkConfig;
  /** Milliseconds since the epoch. */
  readonly clock: { now(): number };
  readonly log: Logger;
  /** Told whenever events can come. */
  readonly onUp?: () => void;
  /** Told whenever they cannot come any more; `aliveAt`: when something came last, if anything did. */
  readonly onDown?: (aliveAt: number | undefined) => void;
  /** Seconds without a sign of life after a ping until the SDK takes the connection for dead. */
  readonly pingTimeoutSeconds?: number;
  /** Pause before starting anew when the SDK has given up (wrong secret, too many connections, platform busy). */
  readonly restartAfterMs?: number;
  /** Nothing came for so long though the connection seems to stand, or none came about: begun anew. Default: by the platform's pings. */
  readonly silentAfterMs?: number;
  /** So often it is looked whether something came. */
  readonly lookEveryMs?: number;
}

type WebsocketStatus = 'idle' | 'connecting' | 'connected' | 'reconnecting' | 'failed';

export interface WebsocketConnection {
  /** Ends the connection at once and for good. */
  close(): void;
  /** Ends the connection and makes another: it stands, but does not bring what it should. Nothing after `close`. */
  restart(): void;
  status(): WebsocketStatus;
  /** When the last event came; undefined before the first. */
  lastEventAt(): number | undefined;
  /** The app has as many connections as the platform lets it have (50), so that this one was refused. */
  isCrowded(): boolean;
}

const PING_TIMEOUT_SECONDS = 20;
/** What the platform names when a connection is made; this until then. */
const PING_EVERY_SECONDS = 120;
/** A ping may be missed, not two. */
const PINGS_MISSED = 2;
const LOOK_EVERY_MS = 5_000;
/** Between two attempts the platform lets pass two minutes and a half, and each may take half a minute. */
const CONNECTING_MS = 10 * 60_000;

/** What the endpoint answers with that hands out the connection's address. */
const endpointSchema = z.object({
  code: z.number(),
  data: z.object({ ClientConfig: z.object({ PingInterval: z.number().positive() }).optional() }).nullish(),
});

/**
 * Connects and keeps connected. An event that `receive` fails on is acknowledged with 500, so that the platform sends it again.
 * Throws when the app id is not of the platform's form: the SDK would only log that and never connect.
 */
export function connectWebsocket(options: WebsocketOptions): WebsocketConnection {
  const { clock, log } = options;
  if (!/^cli_[0-9a-fA-F]{16}$/.test(options.sdkConfig.appId)) {
    throw new Error('LARK_APP_ID must be cli_ and 16 hexadecimal digits for the long connection');
  }
  const lookEveryMs = options.lookEveryMs ?? LOOK_EVERY_MS;
  const state: State = { pingEverySeconds: PING_EVERY_SECONDS, isCrowded: false, losses: 0, isUp: false };
  const deliver = createDeliver(options);
  const open = () => openSession(options, { state, deliver, isCurrent: (one) => session === one, failed });
  let restartTimer: NodeJS.Timeout | undefined;
  let isClosed = false;
  let seen = { bytes: 0, looks: 0 };
  let session: Session | undefined;
  session = open();
  const looks = setInterval(look, lookEveryMs);
  looks.unref();

  function failed(): void {
    if (isClosed) return;
    clearTimeout(restartTimer);
    restartTimer = setTimeout(restart, options.restartAfterMs ?? 60_000);
    restartTimer.unref();
  }

  function restart(): void {
    clearTimeout(restartTimer);
    restartTimer = undefined;
    if (isClosed) return;
    session?.client.close({ force: true });
    down(options, state);
    session = open();
    seen = { bytes: 0, looks: 0 };
  }

  const status = () => session?.client.getConnectionStatus().state ?? 'idle';

  /** Counted in looks, not by the clock, which may be set. */
  function look(): void {
    if (restartTimer !== undefined) return;
    const bytes = session?.agent.bytesRead ?? 0;
    const connected = status() === 'connected';
    if (connected && bytes !== seen.bytes) {
      state.aliveAt = clock.now();
      seen = { bytes, looks: 0 };
      return;
    }
    seen.looks += 1;
    if (seen.looks * lookEveryMs < patienceOf(options, { ...state, connected })) return;
    log.warn({ connected }, 'nothing comes through the long connection; starting anew');
    restart();
  }

  return {
    close() {
      isClosed = true;
      clearTimeout(restartTimer);
      clearInterval(looks);
      session?.client.close({ force: true });
    },
    restart,
    status,
    lastEventAt: () => state.lastEventAt,
    isCrowded: () => state.isCrowded,
  };
}

/** What is known of the connection, whichever client has it. */
interface State {
  /** Seconds, as the platform says. */
  pingEverySeconds: number;
  isCrowded: boolean;
  losses: number;
  isUp: boolean;
  aliveAt?: number;
  lastEventAt?: number;
}

interface Session {
  readonly client: WSClient;
  readonly agent: WatchedAgent;
}

interface SessionParts {
  readonly state: State;
  readonly deliver: Deliver;
  /** What a former client still tells is not heard. */
  readonly isCurrent: (session: Session) => boolean;
  /** The SDK has given up. */
  readonly failed: () => void;
}

function openSession(options: WebsocketOptions, { state, deliver, isCurrent, failed }: SessionParts): Session {
  const { sdkConfig, clock, log } = options;
  const agent = new WatchedAgent();
  const heard = (tell: () => void) => () => {
    if (isCurrent(session)) tell();
  };
  const eventDispatcher = new EnvelopeDispatcher(sdkConfig, (envelope) => {
    state.lastEventAt = clock.now();
    const before = state.losses;
    const wasAnswered = () => state.losses === before && client.getConnectionStatus().state === 'connected';
    return deliver(envelope, { log: requestLog(log), wasAnswered });
  });
  const client = new WSClient({
    ...sdkConfig,
    httpInstance: overheard(sdkConfig.httpInstance, state),
    agent,
    handshakeTimeoutMs: 15_000,
    wsConfig: { pingTimeout: pingTimeoutOf(options) },
    onReady: heard(() => up(options, { state, how: 'the long connection is up' })),
    onReconnecting: heard(() => {
      down(options, state);
      log.warn('the long connection is lost; reconnecting');
    }),
    onReconnected: heard(() => up(options, { state, how: 'the long connection is up again' })),
    onError(error) {
      if (!isCurrent(session)) return;
      down(options, state);
      log.error({ reason: redactText(error.message) }, 'the long connection failed; starting anew in a while');
      failed();
    },
  });
  const session = { client, agent };
  // Connecting goes on in the background and reports through the callbacks above.
  void client.start({ eventDispatcher });
  return session;
}

function up({ clock, log, onUp }: WebsocketOptions, { state, how }: { state: State; how: string }): void {
  log.info(how);
  state.isUp = true;
  state.aliveAt = clock.now();
  onUp?.();
}

function down({ onDown }: WebsocketOptions, state: State): void {
  state.losses += 1;
  if (state.isUp) onDown?.(state.aliveAt);
  state.isUp = false;
}

function pingTimeoutOf({ pingTimeoutSeconds }: WebsocketOptions): number {
  return pingTimeoutSeconds ?? PING_TIMEOUT_SECONDS;
}

/** For how long nothing may come. */
function patienceOf(
  options: WebsocketOptions,
  { connected, pingEverySeconds }: Pick<State, 'pingEverySeconds'> & { connected: boolean },
): number {
  const silent = options.silentAfterMs ?? (pingEverySeconds * PINGS_MISSED + pingTimeoutOf(options)) * 1000;
  return connected ? silent : Math.max(silent, options.silentAfterMs ?? CONNECTING_MS);
}

/** The same, with a look at each answer: the SDK keeps to itself what the platform says when a connection is made. */
function overheard(http: HttpInstance, state: State): HttpInstance {
  return {
    ...http,
    async request(wanted) {
      const answer = await http.request(wanted);
      const { code, data } = endpointSchema.safeParse(answer).data ?? {};
      if (code !== undefined) {
        state.isCrowded = code === TOO_MANY_CONNECTIONS;
        state.pingEverySeconds = data?.ClientConfig?.PingInterval ?? state.pingEverySeconds;
      }
      return answer;
    },
  } as HttpInstance;
}

/**
 * Takes the envelope as it came. The SDK's own dispatcher flattens header and event into one object, where the click's token
 * overwrites the header's and a field of the event could pass for one of the header.
 */
class EnvelopeDispatcher extends EventDispatcher {
  readonly #deliver: (envelope: unknown) => Promise<unknown>;

  constructor(sdkConfig: SdkConfig, deliver: (envelope: unknown) => Promise<unknown>) {
    super({ logger: sdkConfig.logger, loggerLevel: sdkConfig.loggerLevel });
    this.#deliver = deliver;
  }

  /** What it resolves to is the answer; a rejection becomes an acknowledgement with 500. */
  override invoke(envelope: unknown): Promise<unknown> {
    return this.#deliver(envelope);
  }
}
