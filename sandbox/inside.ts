/** What the page shows of the bot's inside: outbox, ledger, calls and deliveries, and who is who. Only the sandbox has it. */
import { desc, eq, getTableColumns } from 'drizzle-orm';
import { type Request, type Response, Router } from 'express';
import { roleWords, stepWord } from '../cards/words.ts';
import type { Database } from '../db/database.ts';
import { agentReads } from '../db/repositories/agent.ts';
import { unitReads } from '../db/repositories/unit.ts';
import { commands } from '../src/commands/index.ts';
import type { Sandbox } from './index.ts';

export interface InsideOptions {
  readonly db: Database;
  readonly sandbox: Sandbox;
  /** Begins everything anew; without it the page offers no reset. It may close the server this request came by. */
  readonly reset?: (() => Promise<void>) | undefined;
}

const SHOWN = 40;

/** The routes `/sandbox/{inside,people,commands,gallery,reset}`. */
export function insideRouter(options: InsideOptions): Router {
  const { sandbox, reset } = options;
  const router = Router();
  router.get('/sandbox/inside', async (_request, response) => {
    response.json({ ...(await inside(options)), now: sandbox.world.clock.now() });
  });
  router.get('/sandbox/people', async (_request, response) => {
    response.json({ now: sandbox.world.clock.now(), canReset: reset !== undefined, people: await people(options) });
  });
  router.get('/sandbox/commands', (_request, response) => {
    const shown = commands.filter((command) => !command.hidden);
    response.json(shown.map(({ name, usage, summary, example }) => ({ name, usage, summary, example })));
  });
  router.get('/sandbox/gallery', async (_request, response) => {
    const { gallery } = await import('../cards/gallery/index.ts');
    response.json(gallery.map((entry) => ({ ...entry, bytes: Buffer.byteLength(JSON.stringify(entry.card)) })));
  });
  if (reset) router.post('/sandbox/reset', (request, response) => beginAnew(reset, { request, response }));
  return router;
}

/** Answers first: the reset may take the server away. A body of JSON, so that a foreign page cannot post here unasked. */
function beginAnew(reset: () => Promise<void>, way: { request: Request; response: Response }): void {
  const { request, response } = way;
  if (!request.is('application/json')) {
    response.status(400).json({ error: 'JSON only' });
    return;
  }
  response.once('finish', () => setImmediate(() => void reset()));
  response.status(202).json({});
}

async function people({ db, sandbox }: InsideOptions) {
  return db.read(async (tx) => {
    const described = [];
    for (const { openId, name } of sandbox.world.people.values()) {
      const agent = await agentReads.byOpenId(tx, openId);
      const unit = agent?.status === 'active' ? await unitReads.byId(tx, agent.unitId) : undefined;
      const part = agent && unit ? `${unit.name}${roleWords[agent.role]}` : '还不是代办员';
      described.push({ openId, name, part, role: unit ? (agent?.role ?? null) : null, level: unit?.level ?? null });
    }
    return described;
  });
}

async function inside({ db, sandbox }: InsideOptions) {
  const { outbox, ledger } = await db.read(async ({ q, t }) => ({
    outbox: await q.select().from(t.outbox).orderBy(desc(t.outbox.id)).limit(SHOWN),
    ledger: await q
      .select({ ...getTableColumns(t.ledgerEntries), town: t.units.name })
      .from(t.ledgerEntries)
      .leftJoin(t.units, eq(t.units.id, t.ledgerEntries.townId))
      .orderBy(desc(t.ledgerEntries.at), desc(t.ledgerEntries.seq))
      .limit(SHOWN),
  }));
  return {
    calls: sandbox.calls.slice(-SHOWN).reverse(),
    deliveries: sandbox.deliveries.slice(-SHOWN).reverse(),
    outbox,
    ledger: ledger.map((entry) => ({ ...entry, step: stepWord(entry.kind) })),
  };
}
