import { Router as createRouter, type Router } from 'express';
import type { Database } from '../../db/client.ts';
import { outboxReads } from '../../db/repositories/outbox.ts';

export interface HealthOptions {
  readonly db: Database;
  /** Whether the database takes what is written. */
  readonly writable: () => Promise<boolean>;
  /** What the connection to the platform says; undefined when it is fine. */
  readonly connectionProblem: () => string | undefined;
}

/** `/healthz`: the process lives. `/readyz`: it can do its work, or what is in the way. */
export function healthRouter(options: HealthOptions): Router {
  const router = createRouter();
  router.get('/healthz', (_request, response) => {
    response.json({ ok: true });
  });
  router.get('/readyz', async (_request, response) => {
    const problems = await findProblems(options);
    response.status(problems.length === 0 ? 200 : 503).json({ ready: problems.length === 0, problems });
  });
  router.get('/metrics', async (_request, response) => {
    const metrics = await readMetrics(options.db);
    response
      .status(metrics === undefined ? 503 : 200)
      .type('text/plain')
      .send(metrics ?? 'database cannot be read\n');
  });
  return router;
}

/** In the text format of Prometheus; undefined when the database cannot be read. */
async function readMetrics(db: Database): Promise<string | undefined> {
  try {
    const counts = await db.read((tx) => outboxReads.counts(tx));
    const lines = [...counts].map(([status, n]) => `daiban_outbox_rows{status="${status}"} ${n}`);
    return ['# TYPE daiban_outbox_rows gauge', ...lines, ''].join('\n');
  } catch {
    return undefined;
  }
}

async function findProblems(options: HealthOptions): Promise<string[]> {
  const problems: string[] = [];
  try {
    await options.db.read((tx) => outboxReads.counts(tx));
  } catch {
    problems.push('database cannot be read');
  }
  if (!(await options.writable())) problems.push('database cannot be written');
  const connection = options.connectionProblem();
  if (connection !== undefined) problems.push(connection);
  return problems;
}
