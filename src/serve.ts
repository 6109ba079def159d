/** A running bot: the app, connected to a platform by one of the two transports, with its web server. */

import { type App, type AppOptions, buildApp } from './app.ts';
import type { LiveConfig } from './config.ts';
import type { Parts } from './ctx.ts';
import type { EventFlow } from './event-flow.ts';
import { healthRouter } from './http/health.ts';
import { closeServer, createHttpApp, listen } from './http/server.ts';
import { createLark } from './lark/client.ts';
import type { Entrance } from './lark/port.ts';
import { webhookRouter } from './lark/webhook.ts';
import { connectWebsocket, type WebsocketConnection } from './lark/websocket.ts';
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
  /** Other processes may work on the same database. */
  readonly mayHaveSiblings?: boolean;
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
  let websocket: WebsocketConnection | undefined;
  const { history, botOpenId } = lark;
  const connects = transport.kind === 'websocket';
  const link = { restart: () => websocket?.restart(), isCrowded: () => websocket?.isCrowded() ?? false };
  const { mayHaveSiblings } = options;
  const platform = { history, botOpenId, mayHaveSiblings, connection: connects ? link : undefined };
  const app = buildApp({ ...options, db, lark: lark.port, platform });
  const setupCode = await app.prepare();
  void botOpenId();
  const { flow, metrics, isLosingAll } = app;
  const door = { ...heardBy(flow, app), clock, log, botOpenId };
  const http = createHttpApp();
  if (transport.kind === 'webhook') {
    http.use(webhookRouter({ ...door, ...transport, appId, onRefused: app.webhookRefused }));
  }
  const connectionProblem = () => {
    const status = connects ? (websocket?.status() ?? 'idle') : 'connected';
    return status === 'connected' ? undefined : `long connection is ${status}`;
  };
  const access = { token: connection.metricsToken, host: connection.host };
  const health = { db, writeProblem, isLosingAll, watch: app.watch, metrics, connectionProblem, access };
  http.use(healthRouter({ ...health, lastEventAt: flow.lastEventAt, clock }));
  // Before it connects: a program that cannot start must take no event away from the one that runs.
  const { server, url } = await listen(http, connection);
  if (connects) {
    websocket = connectWebsocket({
      ...door,
      sdkConfig: lark.sdkConfig,
      onUp() {
        flow.up();
        void app.catchUp?.look();
      },
      onDown: flow.down,
    });
  }
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

/** The same door, with what comes through it noted. */
function heardBy(flow: EventFlow, entrance: Entrance): Entrance {
  return {
    receive(inbound, arrival) {
      flow.heard(inbound.kind === 'message' && inbound.chatType === 'p2p' ? inbound.chatId : undefined);
      return entrance.receive(inbound, arrival);
    },
    keepUnreadable(delivery, arrival) {
      flow.heard();
      return entrance.keepUnreadable(delivery, arrival);
    },
    passOver(arrival) {
      flow.heard();
      return entrance.passOver(arrival);
    },
  };
}
