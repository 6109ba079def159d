/** A running bot: the app, connected to a platform by one of the two transports, with its web server. */

import { type App, type AppOptions, buildApp } from './app.ts';
import type { LiveConfig } from './config.ts';
import type { Parts } from './ctx.ts';
import { healthRouter } from './http/health.ts';
import { closeServer, createHttpApp, listen } from './http/server.ts';
import { createLark } from './lark/client.ts';
import { webhookRouter } from './lark/webhook.ts';
import { connectWebsocket } from './lark/websocket.ts';
import { watchWrites } from './write-watch.ts';

/** An answer under way when the program stops gets so long. */
const STOP_ANSWERING_MS = 2_000;

export interface ServeOptions extends Parts {
  readonly connection: Pick<
    LiveConfig,
    'appId' | 'appSecret' | 'domain' | 'transport' | 'host' | 'port' | 'metricsToken'
  >;
  readonly adminOpenIds?: readonly string[];
  readonly backups?: AppOptions['backups'];
  readonly papers?: AppOptions['papers'];
  readonly processMetrics?: boolean;
  /** False: outbox and jobs only move when told (`app.dispatcher.drain`, `app.scheduler.tick`), for a clock that stands still. */
  readonly autostart?: boolean;
}

export interface Service {
  readonly app: App;
  /** Of the web server: health, and the webhook if that is the transport. */
  readonly url: string;
  /** To be printed: whoever sends it becomes administrator. undefined when there is one. */
  readonly setupCode: string | undefined;
  /** Takes nothing new, finishes what is in hand. The database stays open. */
  stop(): Promise<void>;
}

/** Prepares the database, listens, connects, starts the outbox and the jobs, in that order. */
export async function serve(options: ServeOptions): Promise<Service> {
  const { connection, clock, log } = options;
  const { appId, appSecret, domain, transport } = connection;
  const lark = createLark({ appId, appSecret, domain, log, clock });
  const { db, writeProblem } = watchWrites(options.db);
  const app = buildApp({ ...options, db, lark: lark.port });
  const setupCode = await app.prepare();
  void lark.botOpenId();
  const { receive, keepUnreadable, passOver, metrics, isLosingAll } = app;
  const door = { receive, keepUnreadable, passOver, clock, log, botOpenId: lark.botOpenId };
  const websocket =
    transport.kind === 'websocket' ? connectWebsocket({ ...door, sdkConfig: lark.sdkConfig }) : undefined;
  const http = createHttpApp();
  if (transport.kind === 'webhook') {
    http.use(webhookRouter({ ...door, ...transport, appId, onRefused: app.webhookRefused }));
  }
  const connectionProblem = () =>
    websocket && websocket.status() !== 'connected' ? `long connection is ${websocket.status()}` : undefined;
  const access = { token: connection.metricsToken, host: connection.host };
  http.use(healthRouter({ db, writeProblem, isLosingAll, watch: app.watch, metrics, connectionProblem, access }));
  const { server, url } = await listen(http, connection);
  if (options.autostart !== false) await app.start();
  return {
    app,
    url,
    setupCode,
    async stop() {
      websocket?.close();
      // Side by side: whoever holds a connection open must not keep the outbox from finishing in time.
      await Promise.all([closeServer(server, STOP_ANSWERING_MS), app.stop()]);
    },
  };
}
