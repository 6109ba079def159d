/** What the page shows of the bot's inside: outbox, ledger, calls and deliveries, and who is who. Only the sandbox has it. */
import { and, desc, eq, getTableColumns, gte, isNotNull } from 'drizzle-orm';
import { type Request, type Response, Router } from 'express';
import { roleWords, stepWord, type stepWords } from '../cards/words.ts';
import type { Database } from '../db/database.ts';
import { agentReads } from '../db/repositories/agent.ts';
import { unitReads } from '../db/repositories/unit.ts';
import { commands } from '../src/commands/index.ts';
import type { LedgerKind } from '../src/domain/ledger.ts';
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
  if (reset) router.post('/sandbox/reset', beginAnew(reset));
  return router;
}

/**
 * Answers first: the reset may take the server away. Two tabs may ask at once, but this world ends only once. A body of JSON, so that
 * a foreign page cannot post here unasked.
 */
function beginAnew(reset: () => Promise<void>) {
  let isEnding = false;
  return (request: Request, response: Response): void => {
    if (!request.is('application/json')) {
      response.status(400).json({ error: 'JSON only' });
      return;
    }
    if (!isEnding) response.once('finish', () => setImmediate(() => void reset()));
    isEnding = true;
    response.status(202).json({});
  };
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

/** What case events, and the export, are called stands with the cards. */
const otherWords: Readonly<Record<Exclude<LedgerKind, keyof typeof stepWords>, string>> = {
  applyAgent: '申请加入',
  approveAgent: '同意加入',
  rejectAgent: '不同意加入',
  makeAdmin: '成为系统管理员',
  enrolAgent: '加入代办员',
  deactivateAgent: '停用人员',
  moveAgent: '调整单位',
  changeRole: '调整角色',
  nameStandIn: '定代班',
  endStandIn: '结束代班',
  bind: '绑定群',
  unbind: '解绑群',
  setUnit: '导入单位',
  setItem: '导入事项',
  setItemVersion: '修改事项',
  withdrawItemVersion: '撤回事项的修改',
  setUnitList: '公布清单',
  keepListFile: '存清单的文件',
  setRoster: '导入代办人员',
  setTask: '导入方案任务',
  setChecks: '导入检查项目',
  updateTask: '填任务',
  answerCheck: '填检查结果',
  attachEvidence: '传照片',
  report: '报送月报',
  undoReport: '撤销报送',
  returnReport: '退回修改月报',
  urgeReports: '催报',
  publishBulletin: '发布通报',
  exportRoster: '导出名册',
  readDuties: '阅知职责',
  rotateKey: '更换签名密钥',
  rotateDataKey: '换密钥',
  agreeRetention: '答复到期删除',
  changeSetting: '改设置',
  drawChecks: '抽取抽查回访',
  fileInformation: '报送信息',
  adoptInformation: '记采用',
  undoAdoption: '撤销采用',
  setPoints: '改分值',
  publishInformation: '发布信息排名',
  correctInformation: '更正信息排名',
  dropInformationCorrection: '放弃更正',
};
const wordsOfOthers: ReadonlyMap<string, string> = new Map(Object.entries(otherWords));

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
      step: wordsOfOthers.get(entry.kind) ?? stepWord(entry.kind),
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
  if (!wordsOfOthers.has(among.kind)) return null;
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
