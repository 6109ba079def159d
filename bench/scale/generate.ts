/**
 * Makes a database with realistic years of cases, always the same for the same size (but for the random part of what is sealed).
 * Everything a working bot would have left is there: cases in every state, the ledger with its chains, counters, cards in
 * chats, the last month's messages, the last week's deliveries and drafts.
 */
import type { Tx } from '../../db/database.ts';
import { type LedgerKeyRow, ledgerReads } from '../../db/repositories/ledger.ts';
import { openSqlite } from '../../db/sqlite/open.ts';
import { countHistory, timedSteps } from '../../src/domain/case-count.ts';
import { formatCaseNumber } from '../../src/domain/case-number.ts';
import { workedMinutes } from '../../src/domain/office-hours.ts';
import { publishedCalendar } from '../../src/domain/working-calendar.ts';
import { sealDraft } from '../../src/services/draft/content.ts';
import { entryText, GENESIS_HASH, headText, ledgerHash } from '../../src/services/ledger/hash.ts';
import { signText } from '../../src/services/ledger/key.ts';
import { ensureCounters } from '../../src/services/stats/rebuild.ts';
import type { Vault } from '../../src/vault.ts';
import { type Bulk, openBulk } from './bulk.ts';
import { createCounting } from './counting.ts';
import { type Life, type LifeEvent, liveCase, type World } from './life.ts';
import { createOfficeTime, DAY_MINUTES, loadOfDays, ZONE } from './office-time.ts';
import { HIRED_AT, settlePlaces, type Town } from './places.ts';
import { createRandom, type Random, weighted } from './random.ts';
import { createResidents, type Resident } from './residents.ts';

export interface YearsOrder {
  readonly file: string;
  readonly vault: Vault;
  readonly cases: number;
  /** 14 banners instead of one. */
  readonly league: boolean;
}

const SEED = 20_261_123;
const FIRST_DAY = '2024-01-02';
/** A Monday morning. */
export const NOW = Date.UTC(2026, 10, 23, 2, 0);
const DAY_MS = 86_400_000;
/** As long as the sealed content of a living card's row, which nobody opens after it was sent. */
const SEALED = 'x'.repeat(60);
/** A resident comes this often in the three years. */
const CASES_OF_A_RESIDENT = 6;
const RESIDENTS_MIN = 1000;

interface Due extends LifeEvent {
  readonly at: number;
  readonly caseId: number;
  readonly life: Life;
}

export async function generate(order: YearsOrder): Promise<void> {
  const random = createRandom(SEED);
  const db = openSqlite({ file: order.file });
  const { places, chains } = await db.write(async (tx) => {
    const ctx = {
      tx,
      vault: order.vault,
      now: HIRED_AT,
      zone: ZONE,
      actor: { kind: 'system' as const, name: 'bench' },
    };
    // Says that the counters are of this version: they will be right when the cases are there.
    await ensureCounters({ tx, zone: ZONE });
    const settled = await settlePlaces(ctx, { random, league: order.league });
    return { places: settled, chains: await takeChains(tx) };
  });
  await db.close();
  const time = createOfficeTime(FIRST_DAY, NOW);
  const count = Math.max(RESIDENTS_MIN, Math.round(order.cases / CASES_OF_A_RESIDENT));
  const residents = createResidents({ random, vault: order.vault, count });
  const bulk = openBulk(order.file);
  const years = new Years({ order, world: { places, time, random }, bulk, residents, chains });
  years.run();
  bulk.finish();
}

interface Chains {
  readonly heads: Map<number, { seq: number; hash: string }>;
  readonly key: LedgerKeyRow;
}

/** The chains as hiring has left them; their ends are written anew when the years are over. */
async function takeChains(tx: Tx): Promise<Chains> {
  const heads = new Map((await ledgerReads.heads(tx)).map(({ townId, seq, hash }) => [townId, { seq, hash }]));
  await tx.q.delete(tx.t.ledgerHeads);
  const [key] = await ledgerReads.keys(tx);
  if (!key) throw new Error('the ledger has no key');
  return { heads, key };
}

class Years {
  readonly #order: YearsOrder;
  readonly #world: World;
  readonly #bulk: Bulk;
  readonly #residents: readonly Resident[];
  readonly #pickTown: (random: Random) => Town;
  readonly #agenda = new Map<number, Due[]>();
  readonly #numbers = new Map<string, number>();
  readonly #counting = createCounting();
  readonly #heads: Chains['heads'];
  readonly #key: Chains['key'];
  #cases = 0;
  #cards = 0;
  #messages = 0;

  constructor(given: {
    order: YearsOrder;
    world: World;
    bulk: Bulk;
    residents: readonly Resident[];
    chains: Chains;
  }) {
    this.#key = given.chains.key;
    this.#heads = given.chains.heads;
    this.#order = given.order;
    this.#world = given.world;
    this.#bulk = given.bulk;
    this.#residents = given.residents;
    this.#pickTown = weighted(given.world.places.towns.map((town) => [town, town.weight] as const));
  }

  run(): void {
    const load = loadOfDays(this.#world.time.days);
    const sum = load.reduce((total, more) => total + more, 0);
    let begun = 0;
    for (const [day, share] of load.entries()) {
      begun += share;
      this.#registerUntil(Math.round((this.#order.cases * begun) / sum), day);
      this.#happen(day);
    }
    for (const [key, last] of this.#numbers) {
      const [townId = 0, year = 0] = key.split(':').map(Number);
      this.#bulk.insert('caseSequences', { townId, year, last });
    }
    for (const [townId, head] of this.#heads) {
      const signature = signText(this.#order.vault, this.#key, headText({ townId, ...head }));
      this.#bulk.insert('ledgerHeads', { townId, ...head, keyId: this.#key.id, signature });
    }
    this.#counting.rows((row) => this.#bulk.insert('statCounters', row));
  }

  /** Registers the day's cases, in the order of the clock. */
  #registerUntil(count: number, day: number): void {
    const { random, time } = this.#world;
    const latest = Math.min(DAY_MINUTES, time.end - day * DAY_MINUTES);
    const moments = Array.from({ length: count - this.#cases }, () => day * DAY_MINUTES + random.below(latest));
    for (const minutes of moments.sort((a, b) => a - b)) this.#register(minutes);
  }

  #register(minutes: number): void {
    const { random, time } = this.#world;
    const town = this.#pickTown(random);
    const resident = random.pick(this.#residents);
    const caseNumber = this.#nextNumber(town, Number(time.dayOf(minutes).slice(0, 4)));
    const id = ++this.#cases;
    const life = liveCase(this.#world, { town, resident, minutes, caseNumber, applicantId: id });
    const { personSealed: _, noteSealed: __, ...applicant } = resident;
    const { townId, registeringUnitId, holderUnitId } = life.row;
    this.#bulk.insert('applicants', { id, ...applicant, townId, registeringUnitId, holderUnitId });
    this.#bulk.insert('cases', { id, ...life.row });
    this.#placeCards(id, life);
    if (NOW - life.row.registeredAt < 7 * DAY_MS) {
      const place = { agentId: life.row.registrarId, createdAt: life.row.registeredAt, shared: true };
      const contentSealed = sealDraft(this.#order.vault, { ...place, content: {} });
      this.#bulk.insert('drafts', { ...place, contentSealed, caseId: id });
    }
    const steps = timed(
      life.events.map((event) => ({
        ...event,
        at: time.momentOf(event.minutes),
        by: event.actor === 'system' ? undefined : event.actor,
      })),
    );
    this.#counting.add({ ...life.row, line: life.registering.line }, countHistory(steps, ZONE));
    for (const event of steps) {
      const day = Math.floor(event.minutes / DAY_MINUTES);
      const agenda = this.#agenda.get(day) ?? [];
      this.#agenda.set(day, agenda);
      agenda.push({ ...event, caseId: id, life });
    }
  }

  #nextNumber(town: Town, year: number): string {
    const key = `${town.unit.id}:${year}`;
    const running = (this.#numbers.get(key) ?? 0) + 1;
    this.#numbers.set(key, running);
    return formatCaseNumber({ year, townNumber: town.unit.townNumber ?? 0, running });
  }

  /** One card where the case was registered, one at its holder's. */
  #placeCards(caseId: number, { row, registering }: Life): void {
    const holder = this.#world.places.stations.get(row.holderUnitId);
    const chats = new Set([registering.unit.chatId ?? '', holder?.unit.chatId ?? '']);
    for (const target of chats) {
      const messageId = `om_scale_${++this.#cards}`;
      const posted = { target, messageId, postedAt: row.registeredAt };
      this.#bulk.insert('livingCards', { subject: 'case', subjectId: caseId, ...posted });
    }
  }

  /** What the day brings to the cases, in the order of the clock. */
  #happen(day: number): void {
    const agenda = this.#agenda.get(day) ?? [];
    this.#agenda.delete(day);
    for (const due of agenda.sort((a, b) => a.minutes - b.minutes)) {
      this.#writeDown(due);
      this.#keepMessages(due);
    }
  }

  #writeDown({ life, caseId, at, kind, actor, payload, sealed }: Due): void {
    const { townId } = life.row;
    const head = this.#heads.get(townId) ?? { seq: 0, hash: GENESIS_HASH };
    const acting =
      actor === 'system'
        ? { actorKind: 'system' as const, actorId: 'archive', unitId: null }
        : { actorKind: 'agent' as const, actorId: String(actor.agentId), unitId: actor.unitId };
    const entry = { townId, seq: head.seq + 1, caseId, at, ...acting, kind };
    const chained = { ...entry, payload: JSON.stringify(payload), sealed, prevHash: head.hash };
    const hash = ledgerHash(chained);
    const signature = signText(this.#order.vault, this.#key, entryText({ hash }));
    this.#bulk.insert('ledgerEntries', { ...chained, hash, signature });
    this.#heads.set(townId, { seq: entry.seq, hash });
  }

  /** Each step is one delivery, kept for a week, and about two messages, kept for a month. */
  #keepMessages({ life, kind, at }: Due): void {
    const age = NOW - at;
    if (age > 30 * DAY_MS) return;
    for (const target of [life.registering.unit.chatId ?? '', life.row.originTarget]) {
      const uuid = `scale-${++this.#messages}`;
      this.#bulk.insert('outbox', {
        ...{ uuid, lane: target, target, operation: 'post', contentSealed: SEALED, status: 'sent' },
        ...{ availableAt: at + 60_000, attempts: 1, createdAt: at, settledAt: at + 1000 },
      });
    }
    if (age > 7 * DAY_MS) return;
    const key = `event:scale-${this.#messages}`;
    this.#bulk.insert('inbox', { key, kind, receivedAt: at, status: 'done', answerSealed: null });
  }
}

/** Each with what its entry says of the time that it took. The first one registers. */
function timed<Step extends LifeEvent & { readonly at: number }>(steps: readonly Step[]): Step[] {
  const registeredAt = steps[0]?.at ?? 0;
  return steps.map((step, index) => {
    if (!timedSteps.has(step.kind)) return step;
    const span = { zone: ZONE, calendar: publishedCalendar, registeredAt, until: step.at };
    return { ...step, payload: { ...step.payload, workedMinutes: workedMinutes(steps.slice(0, index), span) } };
  });
}
