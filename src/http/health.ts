import type { IncomingMessage } from 'node:http';
import { Router as createRouter, type Router } from 'express';
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
  /** True while not one of the last deliveries was saved. */
  readonly isLosingAll: () => boolean;
  /** What the connection to the platform says; undefined when it is fine. */
  readonly connectionProblem: () => string | undefined;
  /** When something was delivered last (ms); undefined before the first. Not told of without. */
  readonly lastEventAt?: () => number | undefined;
  readonly clock?: { now(): number };
  /** Who may see more than whether the program is well. */
  readonly access: Access;
}

export interface Access {
  /** To be given as `Authorization: Bearer …`; without one everybody may who reaches an address of this machine alone. */
  readonly token: string | undefined;
  /** Where the server listens. */
  readonly host: string;
}

/**
 * `/healthz`: the process lives. `/readyz`: it can do its work, or not (503); to whom it may concern, what is in the way, and as
 * `troubles` what the administrators are told of, which no restart would mend. `/metrics`: for Prometheus, 401 to others.
 */
export function healthRouter(options: HealthOptions): Router {
  const router = createRouter();
  const mayLook = createLookCheck(options.access);
  router.get('/healthz', (_request, response) => {
    response.json({ ok: true });
  });
  router.get('/readyz', async (request, response) => {
    const problems = await findProblems(options);
    const ready = problems.length === 0;
    const details = mayLook(request)
      ? { ...lastEvent(options), problems, troubles: await findTroubles(options.watch) }
      : {};
    response.status(ready ? 200 : 503).json({ ...details, ready });
  });
  router.get('/metrics', async (request, response) => {
    if (!mayLook(request)) return void response.status(401).set('www-authenticate', 'Bearer').end();
    const metrics = await readMetrics(options.metrics);
    if (metrics === undefined) response.status(503).type('text/plain').send('database cannot be read\n');
    else response.set('content-type', options.metrics.contentType).send(metrics);
  });
  return router;
}

function createLookCheck({ token, host }: Access): (request: IncomingMessage) => boolean {
  if (token === undefined) {
    const alone = /^(127\.\d+\.\d+\.\d+|::1|localhost)$/.test(host);
    return () => alone;
  }
  const isToken = createSecretCheck(`Bearer ${token}`);
  return ({ headers }) => isToken(headers.authorization ?? '');
}

/** In whole seconds; null before the first. */
function lastEvent({ clock, lastEventAt }: HealthOptions): { lastEventSeconds?: number | null } {
  if (!clock || !lastEventAt) return {};
  const at = lastEventAt();
  return { lastEventSeconds: at === undefined ? null : Math.max(0, Math.round((clock.now() - at) / 1000)) };
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
  // Else the database is the reason.
  if (problems.length === 0 && options.isLosingAll()) problems.push('deliveries cannot be saved');
  const connection = options.connectionProblem();
  if (connection !== undefined) problems.push(connection);
  return problems;
}
