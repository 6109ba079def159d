/** Who asks what in the measurement: managers and agents of the busiest units, for what has the most hits. */
import { and, count, desc, eq, inArray, isNotNull, lte, type SQL } from 'drizzle-orm';
import type { Database, Tx } from '../../db/database.ts';
import { type AgentRow, agentReads } from '../../db/repositories/agent.ts';
import { caseReads } from '../../db/repositories/case.ts';
import { itemReads } from '../../db/repositories/item.ts';
import { type UnitRow, unitReads } from '../../db/repositories/unit.ts';
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
    const words = {
      names: await commonWords(tx, { vault, column: 'nameHash' }),
      tails: await commonWords(tx, { vault, column: 'phoneTailHash' }),
    };
    const ofTheTown = await eachOf({ tx, vault, units: towns, people: clerks, column: 'phoneTailHash' });
    const ofTheVillage = await eachOf({ tx, vault, units: villages, people: agents, column: 'nameHash' });
    const fewOfTheVillage = await eachOf({
      tx,
      vault,
      units: villages,
      people: agents,
      column: 'nameHash',
      hitsMax: FEW,
    });
    const numbers = await caseNumbers(tx);
    const turn = <Item>(items: readonly Item[], run: number): Item => {
      const item = items[run % items.length];
      if (item === undefined) throw new Error('nobody to ask, or nothing to ask for');
      return item;
    };
    const by = (people: readonly AgentRow[], texts: readonly string[]) => (run: number) => ({
      openId: turn(people, run).openId,
      text: turn(texts, run),
    });
    const byOwn = (askers: readonly Asker[]) => (run: number) => {
      const { openId, texts } = turn(askers, run);
      return { openId, text: `/查 ${turn(texts, Math.floor(run / askers.length))}` };
    };
    const find = (list: readonly string[]) => list.map((word) => `/查 ${word}`);
    const items = (await itemReads.active(tx)).filter((item) => item.assistType === 'local');
    return {
      questions: [
        {
          name: '/统计（一年，全部）',
          ask: by(
            [manager],
            PERIODS.map((period) => `/统计 ${period}`),
          ),
          answer: /按时办结率/,
        },
        {
          name: '/统计（一年，一个镇）',
          ask: by(
            [manager],
            towns.map((town) => `/统计 今年 ${town.name}`),
          ),
          answer: /按时办结率/,
        },
        { name: '/待办（镇）', ask: by(clerks, ['/待办']), answer: /的待办/ },
        { name: '/待办（嘎查）', ask: by(agents, ['/待办']), answer: /的待办/ },
        { name: '/查 编号', ask: by([manager], find(numbers)), answer: LIST },
        { name: '/查 手机尾号（管理员）', ask: by([manager], find(words.tails)), answer: LIST },
        { name: '/查 手机尾号（镇代办员）', ask: byOwn(ofTheTown), answer: LIST },
        { name: '/查 姓名（管理员）', ask: by([manager], find(words.names)), answer: LIST },
        { name: '/查 姓名（嘎查代办员）', ask: byOwn(ofTheVillage), answer: LIST },
        { name: `/查 姓名（嘎查代办员，至多${FEW}件）`, ask: byOwn(fewOfTheVillage), answer: LIST },
        { name: '/我（镇代办员）', ask: by(clerks, ['/我']), answer: /职责/ },
      ],
      registration(run) {
        const { openId, unitId } = turn(agents, run);
        const unit = turn(villages, run);
        const form = {
          applicantName: '张三丰',
          phone: `138${String(run).padStart(8, '0')}`,
          consent: true,
          way: 'counter',
        };
        return {
          openId,
          chatId: unit.chatId ?? '',
          form: { ...form, residence: String(unitId), item: String(turn(items, run).id) },
        };
      },
    };
  });
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

async function oneOf(tx: Tx, of: { unit: UnitRow | undefined; role: 'agent' | 'manager' }): Promise<AgentRow> {
  const staff = of.unit ? await agentReads.activeOfUnit(tx, of.unit.id) : [];
  const found = staff.find(({ role }) => role === of.role);
  if (!found) throw new Error(`no ${of.role} at ${of.unit?.name}`);
  return found;
}

type Column = 'nameHash' | 'phoneTailHash';

interface Asker {
  readonly openId: string;
  /** The words with the most cases in this person's sight; not more than `hitsMax` of them. */
  readonly texts: readonly string[];
}

/** @param of.people one of each of the units. */
async function eachOf(of: {
  tx: Tx;
  vault: Vault;
  units: readonly UnitRow[];
  people: readonly AgentRow[];
  column: Column;
  hitsMax?: number;
}): Promise<Asker[]> {
  const { registeringUnitId, townId } = of.tx.t.applicants;
  const askers: Asker[] = [];
  for (const [index, unit] of of.units.entries()) {
    const within = eq(unit.level === 'village' ? registeringUnitId : townId, unit.id);
    const { vault, column, hitsMax } = of;
    const texts = await commonWords(of.tx, { vault, column, within, hitsMax });
    askers.push({ openId: of.people[index]?.openId ?? '', texts });
  }
  return askers;
}

/** The names or phone tails with the most cases; if possible no single ones, which are answered with a card and not with a list. */
async function commonWords(
  { q, t }: Tx,
  of: { vault: Vault; column: Column; within?: SQL | undefined; hitsMax?: number | undefined },
): Promise<string[]> {
  const { vault, column, hitsMax = Number.MAX_SAFE_INTEGER } = of;
  const hash = t.applicants[column];
  const top = await q
    .select({ hash, n: count() })
    .from(t.applicants)
    .where(and(isNotNull(hash), of.within))
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
