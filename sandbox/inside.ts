/** What the page shows of the bot's inside: outbox, ledger, calls and deliveries, and who is who. Only the sandbox has it. */
import { and, desc, eq, getTableColumns, gte, isNotNull } from 'drizzle-orm';
import { type Request, type Response, Router } from 'express';
import { roleWords, stepWord } from '../cards/words.ts';
import type { Database } from '../db/database.ts';
import { agentReads } from '../db/repositories/agent.ts';
import { unitReads } from '../db/repositories/unit.ts';
import { commands } from '../src/commands/index.ts';
import { isElsewhere } from './history/people.ts';
import type { Sandbox } from './index.ts';

export interface InsideOptions {
  readonly db: Database;
  readonly sandbox: Sandbox;
  /** Begins everything anew; without it the page offers no reset. It may close the server this request came by. */
  readonly reset?: (() => Promise<void>) | undefined;
}

const SHOWN = 40;

/** The routes `/sandbox/{inside,progress,people,commands,gallery,reset}`. */
export function insideRouter(options: InsideOptions): Router {
  const { sandbox, reset } = options;
  const router = Router();
  router.get('/sandbox/inside', async (_request, response) => {
    response.json({ ...(await inside(options)), now: sandbox.world.clock.now() });
  });
  router.get('/sandbox/progress', async (_request, response) => {
    response.json(await progress(options));
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
      described.push({
        openId,
        name,
        part,
        played: !isElsewhere(openId),
        role: unit ? (agent?.role ?? null) : null,
        level: unit?.level ?? null,
      });
    }
    return described;
  });
}

/** What case events are called stands with the cards. */
const otherWords: ReadonlyMap<string, string> = new Map([
  ['applyAgent', '申请加入'],
  ['approveAgent', '同意加入'],
  ['rejectAgent', '不同意加入'],
  ['makeAdmin', '成为系统管理员'],
  ['enrolAgent', '加入代办员'],
  ['deactivateAgent', '停用人员'],
  ['moveAgent', '调整单位'],
  ['changeRole', '调整角色'],
  ['bind', '绑定群'],
  ['unbind', '解绑群'],
  ['report', '报送月报'],
  ['export', '导出完整信息'],
  ['rotateKey', '更换签名密钥'],
]);

/** The newest of everything, with the case and the person that it is about. */
async function inside({ db, sandbox }: InsideOptions) {
  const { outbox, ledger, agents, units } = await db.read(async ({ q, t }) => ({
    agents: await q.select({ id: t.agents.id, name: t.agents.name }).from(t.agents),
    units: await q.select({ id: t.units.id, name: t.units.name }).from(t.units),
    outbox: await q
      .select({ ...getTableColumns(t.outbox), caseNumber: t.cases.caseNumber })
      .from(t.outbox)
      .leftJoin(t.livingCards, eq(t.livingCards.id, t.outbox.livingCardId))
      .leftJoin(t.cases, and(eq(t.livingCards.subject, 'case'), eq(t.cases.id, t.livingCards.subjectId)))
      .orderBy(desc(t.outbox.id))
      .limit(SHOWN),
    ledger: await q
      .select({
        ...getTableColumns(t.ledgerEntries),
        town: t.units.name,
        caseNumber: t.cases.caseNumber,
      })
      .from(t.ledgerEntries)
      .leftJoin(t.units, eq(t.units.id, t.ledgerEntries.townId))
      .leftJoin(t.cases, eq(t.cases.id, t.ledgerEntries.caseId))
      .orderBy(desc(t.ledgerEntries.at), desc(t.ledgerEntries.seq), t.ledgerEntries.townId)
      .limit(SHOWN),
  }));
  return {
    calls: sandbox.calls.slice(-SHOWN).reverse(),
    deliveries: sandbox.deliveries.slice(-SHOWN).reverse(),
    outbox,
    ledger: ledger.map((entry) => ({
      ...entry,
      step: otherWords.get(entry.kind) ?? stepWord(entry.kind),
      who: entry.actorKind === 'agent' ? nameIn(agents, Number(entry.actorId)) : null,
      about: aboutWhat(JSON.parse(entry.payload), { kind: entry.kind, agents, units }),
    })),
  };
}

interface Named {
  readonly id: number;
  readonly name: string;
}

/** The person or the unit that an entry without a case is about. */
function aboutWhat(
  payload: { readonly agentId?: number; readonly unitId?: number },
  among: { kind: string; agents: readonly Named[]; units: readonly Named[] },
): string | null {
  if (!otherWords.has(among.kind)) return null;
  return nameIn(among.agents, payload.agentId) ?? nameIn(among.units, payload.unitId);
}

function nameIn(all: readonly Named[], id: number | undefined): string | null {
  return all.find((one) => one.id === id)?.name ?? null;
}

/** Each case's events since this world began, oldest first: by them the page knows how far a story has come. */
async function progress({ db, sandbox }: InsideOptions) {
  const entries = await db.read(({ q, t }) =>
    q
      .select({ caseId: t.ledgerEntries.caseId, kind: t.ledgerEntries.kind, payload: t.ledgerEntries.payload })
      .from(t.ledgerEntries)
      .where(and(isNotNull(t.ledgerEntries.caseId), gte(t.ledgerEntries.at, sandbox.world.startedAt)))
      .orderBy(t.ledgerEntries.townId, t.ledgerEntries.seq),
  );
  return entries.map(({ caseId, kind, payload }) => ({ caseId, kind, facts: JSON.parse(payload) as unknown }));
}
