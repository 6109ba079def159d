import { createServer, type Server } from 'node:http';
import { type AddressInfo, isIPv6 } from 'node:net';
import express, { type Express } from 'express';

/** The bare web server: no version header, no default pages. */
export function createHttpApp(): Express {
  const http = express();
  http.disable('x-powered-by');
  return http;
}

export interface ListenAt {
  readonly port: number;
  readonly host: string;
  readonly limits?: ServerLimits;
}

export interface ServerLimits {
  /** A request must have come in whole by then; else it is answered with 408 and its connection closed. */
  readonly requestWithinMs: number;
  /** Further ones are closed at once. */
  readonly connectionsMax: number;
}

/** The platform sends a few kilobytes at once, and waits three seconds for the answer. */
const LIMITS: ServerLimits = { requestWithinMs: 10_000, connectionsMax: 512 };

/** Listens; port 0 takes a free one. Rejects when the address is in use. */
export function listen(http: Express, at: ListenAt): Promise<{ server: Server; url: string }> {
  const { requestWithinMs, connectionsMax } = at.limits ?? LIMITS;
  const timeouts = { requestTimeout: requestWithinMs, headersTimeout: requestWithinMs };
  // By default Node looks for those that are late every thirty seconds only.
  const server = createServer({ ...timeouts, connectionsCheckingInterval: requestWithinMs / 10 }, http);
  server.maxConnections = connectionsMax;
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(at.port, at.host, () => {
      server.off('error', reject);
      const { port } = server.address() as AddressInfo;
      const host = isIPv6(at.host) ? `[${at.host}]` : at.host;
      resolve({ server, url: `http://${host}:${port}` });
    });
  });
}

/** Closes at once for idle connections, waits for those in use, and cuts off what is not done in time. */
export function closeServer(server: Server, timeoutMs = 10_000): Promise<void> {
  return new Promise((resolve, reject) => {
    const late = setTimeout(() => server.closeAllConnections(), timeoutMs);
    server.close((error) => {
      clearTimeout(late);
      if (error) reject(error);
      else resolve();
    });
    server.closeIdleConnections();
  });
}
