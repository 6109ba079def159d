import { Router as createRouter, type Request, type Router } from 'express';
import type { Database } from '../../db/database.ts';
import { outboxReads } from '../../db/repositories/outbox.ts';
import { createSecretCheck } from '../lark/signature.ts';
import type { Metrics } from '../metrics.ts';
import type { Watch } from '../watch.ts';

export interface HealthOptions {
  readonly db: Database;
  readonly watch: Pick<Watch, 'troubles'>;
  readonly metrics: Pick<Metrics, 'text' | 'contentType'>;
  /** Why the database does not take what is written; undefined when it does. */
  readonly writeProblem: () => Promise<string | undefined>;
  /** What is wrong with the deliveries of the last minutes. */
  readonly deliveryProblems: () => string[];
  /** What the connection to the platform says; undefined when it is fine. */
  readonly connectionProblem: () => string | undefined;
  /** See `isInsider`. */
  readonly metricsToken?: string | undefined;
}

/**
 * `/healthz`: the process lives. `/readyz`: it can do its work, or what is in the way (503); `troubles` are what the
 * administrators are told of, which no restart would mend. `/metrics`: for Prometheus. Whoever is no insider learns only whether it is
 * ready.
 */
export function healthRouter(options: HealthOptions): Router {
  const router = createRouter();
  const isInsider = createInsiderCheck(options.metricsToken);
  router.get('/healthz', (_request, response) => {
    response.json({ ok: true });
  });
  router.get('/readyz', async (request, response) => {
    const problems = await findProblems(options);
    const ready = problems.length === 0;
    const reasons = isInsider(request) ? { problems, troubles: await findTroubles(options.watch) } : {};
    response.status(ready ? 200 : 503).json({ ...reasons, ready });
  });
  router.get('/metrics', async (request, response) => {
    if (!isInsider(request)) {
      response.status(401).set('www-authenticate', 'Bearer').end();
      return;
    }
    const metrics = await readMetrics(options.metrics);
    if (metrics === undefined) response.status(503).type('text/plain').send('database cannot be read\n');
    else response.set('content-type', options.metrics.contentType).send(metrics);
  });
  return router;
}

/**
 * Who may see more than whether the program lives: with a token whoever shows it, without one whoever asks from this machine and was not
 * passed on by a proxy, which asks from this machine for everybody.
 */
function createInsiderCheck(token: string | undefined): (request: Request) => boolean {
  if (token === undefined) {
    return ({ socket, headers }) =>
      isLoopback(socket.remoteAddress ?? '') && !('x-forwarded-for' in headers || 'forwarded' in headers);
  }
  const isToken = createSecretCheck(token);
  return ({ headers }) => isToken(/^Bearer (.+)$/i.exec(headers.authorization ?? '')?.[1] ?? '');
}

function isLoopback(address: string): boolean {
  return /^(?:::ffff:)?127\.|^::1$/.test(address);
}

async function readMetrics(metrics: HealthOptions['metrics']): Promise<string | undefined> {
  try {
    return await metrics.text();
  } catch {
    return undefined;
  }
}

/** Empty when the database cannot be read: that is told by the problems. */
async function findTroubles(watch: HealthOptions['watch']): Promise<{ key: string; title: string }[]> {
  try {
    return (await watch.troubles()).map(({ key, title }) => ({ key, title }));
  } catch {
    return [];
  }
}

async function findProblems(options: HealthOptions): Promise<string[]> {
  const problems: string[] = [];
  try {
    await options.db.read((tx) => outboxReads.counts(tx));
  } catch {
    problems.push('database cannot be read');
  }
  const unwritable = await options.writeProblem();
  if (unwritable !== undefined) problems.push(unwritable);
  problems.push(...options.deliveryProblems());
  const connection = options.connectionProblem();
  if (connection !== undefined) problems.push(connection);
  return problems;
}
