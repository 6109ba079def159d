/** The units and staff of one banner (10 towns, 60 villages, 300 agents) or of a league of 14 banners. */
import { eq } from 'drizzle-orm';
import type { Tx } from '../../db/database.ts';
import type { AgentRow } from '../../db/repositories/agent.ts';
import { type ItemRow, itemReads } from '../../db/repositories/item.ts';
import { type NewUnit, type UnitRow, unitReads, unitWrites } from '../../db/repositories/unit.ts';
import { seed } from '../../db/seed/seed.ts';
import type { Ctx } from '../../src/ctx.ts';
import type { AgentRole } from '../../src/domain/agent.ts';
import { FIRST_DAY } from '../../src/domain/item-version.ts';
import type { UnitLevel } from '../../src/domain/unit.ts';
import { enrolAgent } from '../../src/services/agent/enrol.ts';
import { ensureLedgerKey } from '../../src/services/ledger/key.ts';
import { setUnitChat } from '../../src/services/unit/bind.ts';
import type { Random } from './random.ts';
import { inventName } from './residents.ts';

export interface Station {
  readonly unit: UnitRow;
  readonly agents: readonly AgentRow[];
  /** The unit, then its parents up to the root. */
  readonly line: readonly UnitRow[];
}

export interface Town extends Station {
  readonly villages: readonly Station[];
  readonly banner: Station;
  /** Share of the cases among the towns of its banner. */
  readonly weight: number;
}

export interface Places {
  readonly towns: readonly Town[];
  readonly items: readonly ItemRow[];
  /** Every unit that may hold a case. */
  readonly stations: ReadonlyMap<number, Station>;
}

const BANNERS = 14;
const VILLAGES_OF_A_TOWN = 6;
/** A case number has two digits for the town: a league has room for 99, so the banners beside the first have six each. */
const TOWNS_OF_OTHER_BANNERS = 6;
const AGENTS: Partial<Record<UnitLevel, number>> = { village: 3, town: 8, department: 3, banner: 10, league: 5 };
/** Towns differ: the first has seven times the cases of the last. */
const townWeights = [22, 16, 13, 11, 9, 8, 7, 6, 5, 3];
export const HIRED_AT = Date.UTC(2023, 11, 1);

/** Seeds the product's own units and catalogue, adds what the years need, hires everybody and binds every group. */
export async function settlePlaces(ctx: Ctx, request: { random: Random; league: boolean }): Promise<Places> {
  const { tx } = ctx;
  await seed(tx);
  await ensureLedgerKey(ctx);
  if (request.league) await addBanners(tx);
  for (const town of await unitReads.ofLevels(tx, ['town'])) {
    const known = await unitReads.children(tx, town.id);
    for (let n = known.length + 1; n <= VILLAGES_OF_A_TOWN; n++) {
      await add(tx, {
        code: `village:${town.name}/${n}`,
        level: 'village',
        name: `${town.name}第${n}嘎查`,
        parentId: town.id,
      });
    }
  }
  const stations = new Map<number, Station>();
  const units = await unitReads.ofLevels(tx, ['league', 'banner', 'department', 'town', 'village']);
  for (const unit of units) stations.set(unit.id, await hire(ctx, { random: request.random, unit }));
  const station = (unit: { id: number } | undefined): Station => {
    const found = unit && stations.get(unit.id);
    if (!found) throw new Error('a unit without its parents');
    return found;
  };
  const towns: Town[] = [];
  for (const unit of units.filter(({ level }) => level === 'town')) {
    const own = station(unit);
    const siblings = units.filter(({ level, parentId }) => level === 'town' && parentId === unit.parentId);
    towns.push({
      ...own,
      banner: station(own.line.find(({ level }) => level === 'banner')),
      villages: units.filter(({ parentId }) => parentId === unit.id).map(station),
      weight: townWeights[siblings.findIndex(({ id }) => id === unit.id)] ?? 1,
    });
  }
  return { towns, stations, items: await itemReads.active(tx, FIRST_DAY) };
}

async function addBanners(tx: Tx): Promise<void> {
  const first = await unitReads.byCode(tx, 'banner');
  if (!first) throw new Error('the seed has no banner');
  const league = await add(tx, { code: 'league', level: 'league', name: '呼伦贝尔市', parentId: null });
  await tx.q.update(tx.t.units).set({ parentId: league.id }).where(eq(tx.t.units.id, first.id));
  let townNumber = townWeights.length;
  for (let n = 2; n <= BANNERS; n++) {
    const banner = await add(tx, { code: `banner:${n}`, level: 'banner', name: `第${n}旗`, parentId: league.id });
    for (let m = 1; m <= TOWNS_OF_OTHER_BANNERS; m++) {
      const name = `${banner.name}第${m}镇`;
      await add(tx, { code: `town:${name}`, level: 'town', name, parentId: banner.id, townNumber: ++townNumber });
    }
  }
}

async function add(tx: Tx, unit: Omit<NewUnit, 'center'>): Promise<UnitRow> {
  await unitWrites.addIfMissing(tx, { ...unit, center: `${unit.name}便民服务中心` });
  const added = await unitReads.byCode(tx, unit.code);
  if (!added) throw new Error(`${unit.code} was not added`);
  return added;
}

/** The first member of staff of a town and of everything above manages it. */
async function hire(ctx: Ctx, post: { random: Random; unit: UnitRow }): Promise<Station> {
  const { unit, random } = post;
  await setUnitChat(ctx, { unitId: unit.id, chatId: `oc_scale_${unit.id}` });
  const managed = unit.level !== 'village' && unit.level !== 'department';
  const agents: AgentRow[] = [];
  for (let n = 0; n < (AGENTS[unit.level] ?? 0); n++) {
    const role: AgentRole = managed && n === 0 ? 'manager' : 'agent';
    agents.push(
      await enrolAgent(ctx, {
        openId: `ou_scale_${unit.id}_${n}`,
        name: inventName(random),
        unitId: unit.id,
        role,
        employment: n === 0 ? 'fullTime' : 'partTime',
        appliedAt: HIRED_AT,
        decidedAt: HIRED_AT,
      }),
    );
  }
  return { unit, agents, line: await unitReads.lineage(ctx.tx, unit.id) };
}
