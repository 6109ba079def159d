/** Who asks what in the measurement: managers and agents of the busiest units, for what has the most hits. */
import { and, count, desc, eq, inArray, isNotNull, lte, type SQL } from 'drizzle-orm';
import type { Database, Tx } from '../../db/database.ts';
import { type AgentRow, agentReads } from '../../db/repositories/agent.ts';
import { caseReads } from '../../db/repositories/case.ts';
import { itemReads } from '../../db/repositories/item.ts';
import { type UnitRow, unitReads } from '../../db/repositories/unit.ts';
import { FIRST_DAY } from '../../src/domain/item-version.ts';
import { phoneTail } from '../../src/domain/person.ts';
import type { Vault } from '../../src/vault.ts';

export interface Question {
  readonly name: string;
  readonly ask: (run: number) => { readonly openId: string; readonly text: string };
  /** What the answer in the outbox says. */
  readonly answer: RegExp;
}

export interface Cast {
  readonly questions: readonly Question[];
  readonly registration: (run: number) => {
    readonly openId: string;
    readonly chatId: string;
    readonly form: Readonly<Record<string, string | boolean>>;
  };
}

const PERIODS = ['今年', '去年', '2024-01-02..2024-12-31', '2025-02-10..2026-11-20'];
const WORDS = 40;
const BUSY_UNITS = 5;
/** Answers of one length in a small database and in a large one. */
const FEW = 3;
const LIST = /代办件|共\d+件|living/;

export async function castOf(db: Database, vault: Vault): Promise<Cast> {
  return db.read(async (tx) => {
    const towns = await busiest(tx, 'town');
    const villages = await busiest(tx, 'village');
    const [top] = [...(await unitReads.ofLevels(tx, ['league'])), ...(await unitReads.ofLevels(tx, ['banner']))];
    const manager = await oneOf(tx, { unit: top, role: 'manager' });
    const clerks = await Promise.all(towns.map((unit) => oneOf(tx, { unit, role: 'agent' })));
    const agents = await Promise.all(villages.map((unit) => oneOf(tx, { unit, role: 'agent' })));
    const items = (await itemReads.active(tx, FIRST_DAY)).filter((item) => item.assistType === 'local');
    return {
      questions: [
        ...figureQuestions(manager, towns),
        { name: '/待办（镇）', ask: by(clerks, ['/待办']), answer: /的待办/ },
        { name: '/待办（嘎查）', ask: by(agents, ['/待办']), answer: /的待办/ },
        ...(await searchQuestions(tx, { vault, manager, towns, clerks, villages, agents })),
        { name: '/我（镇代办员）', ask: by(clerks, ['/我']), answer: /职责/ },
      ],
      registration(run) {
        const { openId, unitId } = turn(agents, run);
        const unit = turn(villages, run);
        const phone = `138${String(run).padStart(8, '0')}`;
        const form = { applicantName: `张三丰${run}`, phone, consent: true, way: 'counter' };
        return {
          openId,
          chatId: unit.chatId ?? '',
          form: { ...form, residence: String(unitId), item: String(turn(items, run).id) },
        };
      },
    };
  });
}

function figureQuestions(manager: AgentRow, towns: readonly UnitRow[]): Question[] {
  const ofAll = PERIODS.map((period) => `/统计 ${period}`);
  const ofTowns = towns.map((town) => `/统计 今年 ${town.name}`);
  const answer = /按时办结率/;
  return [
    { name: '/统计（一年，全部）', ask: by([manager], ofAll), answer },
    { name: '/统计（一年，一个镇）', ask: by([manager], ofTowns), answer },
  ];
}

interface Searchers {
  readonly vault: Vault;
  readonly manager: AgentRow;
  /** Each with one of its people at the same place. */
  readonly towns: readonly UnitRow[];
  readonly clerks: readonly AgentRow[];
  readonly villages: readonly UnitRow[];
  readonly agents: readonly AgentRow[];
}

async function searchQuestions(tx: Tx, searchers: Searchers): Promise<Question[]> {
  const { vault, manager } = searchers;
  const names = await commonWords(tx, { vault, column: 'nameHash' });
  const tails = await commonWords(tx, { vault, column: 'phoneTailHash' });
  const inTowns = { tx, vault, units: searchers.towns, people: searchers.clerks };
  const inVillages = { tx, vault, units: searchers.villages, people: searchers.agents };
  const ofTheTown = await eachOf({ ...inTowns, column: 'phoneTailHash' });
  const ofTheVillage = await eachOf({ ...inVillages, column: 'nameHash' });
  const fewOfTheVillage = await eachOf({ ...inVillages, column: 'nameHash', hitsMax: FEW });
  const find = (list: readonly string[]) =>
    by(
      [manager],
      list.map((word) => `/查 ${word}`),
    );
  return [
    { name: '/查 编号', ask: find(await caseNumbers(tx)), answer: LIST },
    { name: '/查 手机尾号（管理员）', ask: find(tails), answer: LIST },
    { name: '/查 手机尾号（镇代办员）', ask: byOwn(ofTheTown), answer: LIST },
    { name: '/查 姓名（管理员）', ask: find(names), answer: LIST },
    { name: '/查 姓名（嘎查代办员）', ask: byOwn(ofTheVillage), answer: LIST },
    { name: `/查 姓名（嘎查代办员，至多${FEW}件）`, ask: byOwn(fewOfTheVillage), answer: LIST },
  ];
}

/** These people in turn, each with the next of the texts. */
function by(people: readonly AgentRow[], texts: readonly string[]): Question['ask'] {
  return (run) => ({ openId: turn(people, run).openId, text: turn(texts, run) });
}

/** These people in turn, each with words of their own. */
function byOwn(askers: readonly Asker[]): Question['ask'] {
  return (run) => {
    const { openId, texts } = turn(askers, run);
    return { openId, text: `/查 ${turn(texts, Math.floor(run / askers.length))}` };
  };
}

function turn<Item>(items: readonly Item[], run: number): Item {
  const item = items[run % items.length];
  if (item === undefined) throw new Error('nobody to ask, or nothing to ask for');
  return item;
}

/** The units of a level for whose people the most is waiting. */
async function busiest(tx: Tx, level: 'town' | 'village'): Promise<UnitRow[]> {
  const waiting = [];
  for (const unit of await unitReads.ofLevels(tx, [level])) {
    waiting.push({ unit, n: await caseReads.countWaitingFor(tx, unit.id) });
  }
  return waiting
    .sort((a, b) => b.n - a.n)
    .slice(0, BUSY_UNITS)
    .map(({ unit }) => unit);
}

async function oneOf(tx: Tx, place: { unit: UnitRow | undefined; role: 'agent' | 'manager' }): Promise<AgentRow> {
  const staff = place.unit ? await agentReads.activeOfUnit(tx, place.unit.id) : [];
  const found = staff.find(({ role }) => role === place.role);
  if (!found) throw new Error(`no ${place.role} at ${place.unit?.name}`);
  return found;
}

type Column = 'nameHash' | 'phoneTailHash';

interface Asker {
  readonly openId: string;
  /** The words with the most cases in this person's sight; not more than `hitsMax` of them. */
  readonly texts: readonly string[];
}

/** @param asked.people one of each of the units. */
async function eachOf(asked: {
  tx: Tx;
  vault: Vault;
  units: readonly UnitRow[];
  people: readonly AgentRow[];
  column: Column;
  hitsMax?: number;
}): Promise<Asker[]> {
  const { registeringUnitId, townId } = asked.tx.t.applicants;
  const askers: Asker[] = [];
  for (const [index, unit] of asked.units.entries()) {
    const within = eq(unit.level === 'village' ? registeringUnitId : townId, unit.id);
    const { vault, column, hitsMax } = asked;
    const texts = await commonWords(asked.tx, { vault, column, within, hitsMax });
    askers.push({ openId: asked.people[index]?.openId ?? '', texts });
  }
  return askers;
}

/** The names or phone tails with the most cases; if possible no single ones, which are answered with a card and not with a list. */
async function commonWords(
  { q, t }: Tx,
  search: { vault: Vault; column: Column; within?: SQL | undefined; hitsMax?: number | undefined },
): Promise<string[]> {
  const { vault, column, hitsMax = Number.MAX_SAFE_INTEGER } = search;
  const hash = t.applicants[column];
  const top = await q
    .select({ hash, n: count() })
    .from(t.applicants)
    .where(and(isNotNull(hash), search.within))
    .groupBy(hash)
    .having(lte(count(), hitsMax))
    .orderBy(desc(count()))
    .limit(WORDS);
  const several = top.filter(({ n }) => n > 1);
  const words: string[] = [];
  for (const group of several.length > 0 ? several : top) {
    const [one] = await q
      .select()
      .from(t.applicants)
      .where(eq(hash, group.hash ?? ''))
      .limit(1);
    if (!one?.wrappedKey) continue;
    const cipher = vault.applicantCipher(one.wrappedKey);
    if (column === 'nameHash') words.push(cipher.open('applicants.name', one.nameSealed));
    else words.push(phoneTail(cipher.open('applicants.phone', one.phoneSealed)));
  }
  return words;
}

async function caseNumbers({ q, t }: Tx): Promise<string[]> {
  const total = await q.$count(t.cases);
  const ids = Array.from({ length: WORDS }, (_, index) => 1 + Math.floor((total * index) / WORDS));
  const rows = await q
    .select({ caseNumber: t.cases.caseNumber })
    .from(t.cases)
    .where(and(inArray(t.cases.id, ids)));
  return rows.map((row) => row.caseNumber);
}
