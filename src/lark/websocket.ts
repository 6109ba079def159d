/** The long connection: events and card callbacks without a public address. The SDK connects, pings and reconnects. */
import { EventDispatcher, WSClient } from '@larksuiteoapi/node-sdk';
import type { Logger } from 'pino';
import type { SdkConfig } from './client.ts';
import { createDeliver, type DeliverOptions } from './deliver.ts';
import { requestLog } from './request.ts';
import { redactText } from './sdk-logger.ts';

export interface WebsocketOptions extends DeliverOptions {
  readonly sdkConfig: SdkConfig;
  /** Milliseconds since the epoch. */
  readonly clock: { now(): number };
  readonly log: Logger;
  /** Seconds without a sign of life after a ping until the connection counts as dead. */
  readonly pingTimeoutSeconds?: number;
  /** Pause before starting anew when the SDK has given up (wrong secret, too many connections, platform busy). */
  readonly restartAfterMs?: number;
}

type WebsocketStatus = 'idle' | 'connecting' | 'connected' | 'reconnecting' | 'failed';

export interface WebsocketConnection {
  /** Ends the connection at once and for good. */
  close(): void;
  status(): WebsocketStatus;
  /** When the last event came; undefined before the first. */
  lastEventAt(): number | undefined;
}

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
  let lastEventAt: number | undefined;
  let restart: NodeJS.Timeout | undefined;
  let losses = 0;
  const eventDispatcher = new EnvelopeDispatcher(sdkConfig, (envelope) => {
    lastEventAt = clock.now();
    const before = losses;
    const wasAnswered = () => losses === before && client.getConnectionStatus().state === 'connected';
    return deliver(envelope, { log: requestLog(log), wasAnswered });
  });
  const client = new WSClient({
    ...sdkConfig,
    handshakeTimeoutMs: 15_000,
    wsConfig: { pingTimeout: options.pingTimeoutSeconds ?? 20 },
    onReady: () => log.info('the long connection is up'),
    onReconnecting() {
      losses += 1;
      log.warn('the long connection is lost; reconnecting');
    },
    onReconnected: () => log.info('the long connection is up again'),
    onError: (error) => {
      losses += 1;
      log.error({ reason: redactText(error.message) }, 'the long connection failed; starting anew in a while');
      restart = setTimeout(start, options.restartAfterMs ?? 60_000);
      restart.unref();
    },
  });
  function start(): void {
    // Connecting goes on in the background and reports through the callbacks above.
    void client.start({ eventDispatcher });
  }
  start();
  return {
    close() {
      clearTimeout(restart);
      client.close({ force: true });
    },
    status: () => client.getConnectionStatus().state,
    lastEventAt: () => lastEventAt,
  };
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
