/** Lists of cases as the database puts them together: what waits for a unit, and what somebody may find. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Database } from '../../db/client.ts';
import { caseReads, caseWrites, type NewCase } from '../../db/repositories/case.ts';
import { unitReads } from '../../db/repositories/unit.ts';
import { seed } from '../../db/seed/seed.ts';
import { agentRoles } from '../../src/domain/agent.ts';
import type { CaseState } from '../../src/domain/case.ts';
import { maySee, sightOf } from '../../src/domain/permission.ts';
import { emptyDatabase } from '../support/databases.ts';

const DAY = 86_400_000;
let db: Database;
let unitIds: Record<string, number>;
let count = 0;

beforeEach(async () => {
  db = emptyDatabase();
  count = 0;
  await db.write(seed);
  const units = await db.read((tx) => unitReads.ofLevels(tx, ['banner', 'department', 'town', 'village']));
  unitIds = Object.fromEntries(units.map((unit) => [unit.name, unit.id]));
  const agent = {
    name: '甲',
    unitId: unit('安达社区'),
    role: 'agent',
    employment: 'fullTime',
    status: 'active',
  } as const;
  await db.write(({ q, t }) =>
    Promise.resolve(q.insert(t.agents).values([1, 2].map((n) => ({ ...agent, openId: `ou_${n}`, appliedAt: 0 })))),
  );
});

afterEach(() => db.close());

function unit(name: string): number {
  const id = unitIds[name];
  if (id === undefined) throw new Error(`no unit ${name}`);
  return id;
}

/** Adds a case of 巴彦托海镇 and returns its number. */
async function add(over: Partial<NewCase> & { state: CaseState }): Promise<string> {
  const caseNumber = `26-01-${String(++count).padStart(5, '0')}`;
  await db.write(async (tx) => {
    const sealed = { keyVersion: 1, nameSealed: 'x', phoneSealed: 'x', nameHash: 'name' };
    const [applicant] = await tx.q.insert(tx.t.applicants).values(sealed).returning();
    await caseWrites.insert(tx, {
      ...{ caseNumber, version: 1, applicantId: applicant?.id ?? 0, itemId: 1, assistType: 'local', way: 'counter' },
      ...{ townId: unit('巴彦托海镇'), residenceUnitId: unit('安达社区'), registeringUnitId: unit('安达社区') },
      ...{ registrarId: 1, holderUnitId: unit('巴彦托海镇'), originTarget: 'oc_1', registeredAt: count },
      ...{ registeredDay: '2026-11-23', promisedDays: 5, ...over },
    });
  });
  return caseNumber;
}

describe('what waits for a unit', () => {
  const waiting = async (name: string, limit = 10) => {
    const rows = await db.read((tx) => caseReads.waitingFor(tx, { unitId: unit(name), limit }));
    return rows.map((row) => row.caseNumber);
  };

  it('is what it holds, by the day that presses: acceptance first, then the promised day', async () => {
    const late = await add({ state: 'accepted', dueAt: 9 * DAY });
    const accept = await add({ state: 'forwarded', acceptBy: 2 * DAY, dueAt: 8 * DAY });
    const soon = await add({ state: 'accepted', dueAt: 3 * DAY });
    await add({ state: 'returned' });
    await add({ state: 'archived' });
    await add({ state: 'accepted', dueAt: DAY, holderUnitId: unit('大雁镇') });
    expect(await waiting('巴彦托海镇')).toEqual([accept, soon, late]);
    expect(await waiting('巴彦托海镇', 2)).toEqual([accept, soon]);
    expect(await db.read((tx) => caseReads.countWaitingFor(tx, unit('巴彦托海镇')))).toBe(3);
  });

  it('comes before what it registered: returned, completed, delivered, the oldest first', async () => {
    const own = { holderUnitId: unit('安达社区') };
    const delivered = await add({ state: 'delivered', dueAt: DAY });
    const completed = await add({ state: 'completed', dueAt: DAY });
    const returned = await add({ state: 'returned' });
    const secondReturned = await add({ state: 'returned' });
    const held = await add({ state: 'accepted', dueAt: 9 * DAY, ...own });
    await add({ state: 'followedUp' });
    expect(await waiting('安达社区')).toEqual([held, returned, secondReturned, completed, delivered]);
    expect(await waiting('安达社区', 3)).toEqual([held, returned, secondReturned]);
    expect(await db.read((tx) => caseReads.countWaitingFor(tx, unit('安达社区')))).toBe(5);
  });
});

describe('what somebody finds', () => {
  it('is what the rules let them see, whoever they are', async () => {
    const places = ['安达社区', '巴彦托海镇', '大雁镇', '民政部门', '鄂温克族自治旗'];
    for (const registering of places) {
      for (const holder of places) {
        const ids = { registeringUnitId: unit(registering), holderUnitId: unit(holder) };
        await add({ state: 'accepted', ...ids, registrarId: 1 + (count % 2) });
      }
    }
    const wrong = await db.read(async (tx) => {
      const all = await tx.q.select().from(tx.t.cases);
      const differences: string[] = [];
      for (const role of agentRoles) {
        for (const unitId of places.map(unit)) {
          const person = { agentId: 2, unitId, role };
          const wanted = { trace: { by: 'nameHash' as const, value: 'name' }, sight: sightOf(person), limit: 100 };
          const found = new Set((await caseReads.find(tx, wanted)).map(({ id }) => id));
          for (const { id, registrarId, registeringUnitId, holderUnitId, townId } of all) {
            const lineOf = async (from: number) => (await unitReads.lineage(tx, from)).map((one) => one.id);
            const lines = { registeringLine: await lineOf(registeringUnitId), holderLine: await lineOf(holderUnitId) };
            const may = maySee({ registrarId, registrarActive: true, townId, ...lines }, person);
            if (may !== found.has(id)) differences.push(`${role} of ${unitId}, case ${id}: ${may}`);
          }
        }
      }
      return differences;
    });
    expect(wrong).toEqual([]);
  });

  it('comes newest first and ends at the limit', async () => {
    const numbers: string[] = [];
    for (let more = 0; more < 5; more++) numbers.push(await add({ state: 'accepted' }));
    const sight = sightOf({ agentId: 1, unitId: unit('安达社区'), role: 'agent' });
    const trace = { by: 'nameHash' as const, value: 'name' };
    const found = await db.read((tx) => caseReads.find(tx, { trace, sight, limit: 3 }));
    expect(found.map(({ caseNumber }) => caseNumber)).toEqual(numbers.reverse().slice(0, 3));
  });
});
