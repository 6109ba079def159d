/**
 * The long connection: events and card callbacks without a public address. The SDK connects, pings and reconnects; here somebody
 * looks whether it still does, and begins anew with another client when nothing comes for too long.
 */
import { EventDispatcher, type HttpInstance, WSClient } from '@larksuiteoapi/node-sdk';
import type { Logger } from 'pino';
import * as z from 'zod';
import type { SdkConfig } from './client.ts';
import { createDeliver, type DeliverOptions } from './deliver.ts';
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
  /** Ends the connection and makes another: it stands, but does not bring what it should. */
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
const TOO_MANY_CONNECTIONS = 1_000_040_350;

/** What the endpoint answers with that hands out the connection's address. */
const endpointSchema = z.object({
  code: z.number(),
  data: z.object({ ClientConfig: z.object({ PingInterval: z.number().positive() }) }).optional(),
});

/**
 * Connects and keeps connected. An event that `receive` fails on is acknowledged with 500, so that the platform sends it again.
 * Throws when the app id is not of the platform's form: the SDK would only log that and never connect.
 */
export function connectWebsocket(options: WebsocketOptions): WebsocketConnection {
  const { sdkConfig, clock, log } = options;
  if (!/^cli_[0-9a-fA-F]{16}$/.test(sdkConfig.appId)) {
    throw new Error('LARK_APP_ID must be cli_ and 16 hexadecimal digits for the long connection');
  }
  const deliver = createDeliver(options);
  const pingTimeout = options.pingTimeoutSeconds ?? PING_TIMEOUT_SECONDS;
  const lookEveryMs = options.lookEveryMs ?? LOOK_EVERY_MS;
  let pingEverySeconds = PING_EVERY_SECONDS;
  let crowded = false;
  let lastEventAt: number | undefined;
  let restartTimer: NodeJS.Timeout | undefined;
  let losses = 0;
  let isUp = false;
  let aliveAt: number | undefined;

  const httpInstance = overheard(sdkConfig.httpInstance, (answer) => {
    const { code, data } = endpointSchema.safeParse(answer).data ?? {};
    if (code === undefined) return;
    crowded = code === TOO_MANY_CONNECTIONS;
    pingEverySeconds = data?.ClientConfig.PingInterval ?? pingEverySeconds;
  });
  const up = () => {
    isUp = true;
    aliveAt = clock.now();
    options.onUp?.();
  };
  const down = () => {
    losses += 1;
    if (isUp) options.onDown?.(aliveAt);
    isUp = false;
  };
  let session = open();
  let seen = { bytes: 0, looks: 0 };
  const looks = setInterval(look, lookEveryMs);
  looks.unref();

  /** A client of its own each time: what the former one still tells is not heard. */
  function open(): { client: WSClient; agent: WatchedAgent } {
    const agent = new WatchedAgent();
    const current = () => session?.client === client;
    const eventDispatcher = new EnvelopeDispatcher(sdkConfig, (envelope) => {
      lastEventAt = clock.now();
      const before = losses;
      const wasAnswered = () => losses === before && client.getConnectionStatus().state === 'connected';
      return deliver(envelope, { log: requestLog(log), wasAnswered });
    });
    const client = new WSClient({
      ...sdkConfig,
      httpInstance,
      agent,
      handshakeTimeoutMs: 15_000,
      wsConfig: { pingTimeout },
      onReady() {
        if (!current()) return;
        log.info('the long connection is up');
        up();
      },
      onReconnecting() {
        if (!current()) return;
        down();
        log.warn('the long connection is lost; reconnecting');
      },
      onReconnected() {
        if (!current()) return;
        log.info('the long connection is up again');
        up();
      },
      onError(error) {
        if (!current()) return;
        down();
        log.error({ reason: redactText(error.message) }, 'the long connection failed; starting anew in a while');
        restartTimer = setTimeout(restart, options.restartAfterMs ?? 60_000);
        restartTimer.unref();
      },
    });
    // Connecting goes on in the background and reports through the callbacks above.
    void client.start({ eventDispatcher });
    return { client, agent };
  }

  function restart(): void {
    clearTimeout(restartTimer);
    restartTimer = undefined;
    session.client.close({ force: true });
    down();
    session = open();
    seen = { bytes: 0, looks: 0 };
  }

  /** Counted in looks, not by the clock, which may be set. */
  function look(): void {
    if (restartTimer !== undefined) return;
    const { bytesRead: bytes } = session.agent;
    const connected = session.client.getConnectionStatus().state === 'connected';
    if (connected && bytes !== seen.bytes) {
      aliveAt = clock.now();
      seen = { bytes, looks: 0 };
      return;
    }
    seen.looks += 1;
    const silentAfterMs = (pingEverySeconds * PINGS_MISSED + pingTimeout) * 1000;
    const patienceMs = options.silentAfterMs ?? (connected ? silentAfterMs : Math.max(CONNECTING_MS, silentAfterMs));
    if (seen.looks * lookEveryMs < patienceMs) return;
    log.warn({ connected }, 'nothing comes through the long connection; starting anew');
    restart();
  }

  return {
    close() {
      clearTimeout(restartTimer);
      clearInterval(looks);
      session.client.close({ force: true });
    },
    restart,
    status: () => session.client.getConnectionStatus().state,
    lastEventAt: () => lastEventAt,
    isCrowded: () => crowded,
  };
}

/** The same, with each answer told: the SDK keeps to itself what the platform says when a connection is made. */
function overheard(http: HttpInstance, tell: (answer: unknown) => void): HttpInstance {
  return {
    ...http,
    async request(wanted) {
      const answer = await http.request(wanted);
      tell(answer);
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
