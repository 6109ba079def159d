/** Lists of cases as the database puts them together: what waits for a unit, and what somebody may find. */
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Database, Tx } from '../../db/database.ts';
import { applicantWrites } from '../../db/repositories/applicant.ts';
import { caseReads, caseWrites, type NewCase } from '../../db/repositories/case.ts';
import { caseListReads } from '../../db/repositories/case-list.ts';
import { caseSearchReads } from '../../db/repositories/case-search.ts';
import { itemReads } from '../../db/repositories/item.ts';
import { lineOf, unitReads } from '../../db/repositories/unit.ts';
import { seed } from '../../db/seed/seed.ts';
import { agentRoles } from '../../src/domain/agent.ts';
import type { CaseState } from '../../src/domain/case.ts';
import { FIRST_DAY } from '../../src/domain/item-version.ts';
import { maySee, type Person, sightsOf } from '../../src/domain/permission.ts';
import { maySeeCase } from '../../src/services/case/dossier.ts';
import { emptyDatabase } from '../support/databases.ts';

const DAY = 86_400_000;
/** Of 民政部门 and of 残联部门. */
const itemNames = ['最低生活保障对象认定', '残疾人证挂失补办'] as const;
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
  const whose = {
    ...{ townId: unit('巴彦托海镇'), registeringUnitId: unit('安达社区'), registrarId: 1, keeperId: 1 },
    ...{ holderUnitId: unit('巴彦托海镇'), ...over },
  };
  await db.write(async (tx) => {
    const { townId, registeringUnitId, holderUnitId } = whose;
    const hashes = { nameHash: 'name', phoneHash: 'phone', phoneTailHash: 'tail' };
    const sealed = { nameSealed: 'x', phoneSealed: 'x', ...hashes };
    const copied = { townId, registeringUnitId, holderUnitId };
    const applicant = await applicantWrites.insert(tx, { ...sealed, ...copied });
    await caseWrites.insert(tx, {
      ...{ caseNumber, version: 1, applicantId: applicant.id, assistType: 'local', way: 'counter' },
      ...{ itemId: 1, itemVersionId: 1 },
      ...{ residenceUnitId: unit('安达社区'), originTarget: 'oc_1', registeredAt: count },
      ...{ registeredDay: '2026-11-23', promisedDays: 5, externalNumber: 'external', ...whose },
    });
  });
  return caseNumber;
}

describe('what waits for a unit', () => {
  const waiting = async (name: string, limit = 10) => {
    const lines = await db.read(async (tx) =>
      caseListReads.lines(tx, await caseReads.waitingFor(tx, { unitId: unit(name), limit })),
    );
    return lines.map((line) => line.caseNumber);
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
  const places = ['安达社区', '巴彦托海镇', '大雁镇', '民政部门', '残联部门', '鄂温克族自治旗'] as const;
  const traces = [
    { by: 'nameHash', value: 'name' },
    { by: 'phoneHash', value: 'phone', tail: 'tail' },
    { by: 'phoneTailHash', value: 'tail' },
    { by: 'externalNumber', value: 'external' },
  ] as const;

  const place = fc.constantFrom(...places);
  const anyCase = fc.record({
    ...{ registering: place, holder: place, item: fc.constantFrom(...itemNames), byTheOther: fc.boolean() },
    ...{ town: fc.constantFrom('巴彦托海镇', '大雁镇'), passedOn: fc.boolean() },
  });
  type AnyCase = typeof anyCase extends fc.Arbitrary<infer Value> ? Value : never;

  async function addAny({ registering, holder, town, item, passedOn, byTheOther }: AnyCase): Promise<void> {
    const found = (await db.read((tx) => itemReads.all(tx, FIRST_DAY))).find(({ subItem }) => subItem === item);
    const ids = {
      townId: unit(town),
      registeringUnitId: unit(registering),
      registrarId: 1,
      keeperId: byTheOther ? 2 : 1,
      itemId: found?.id ?? 0,
      itemVersionId: found?.versionId ?? 0,
    };
    await add({ state: 'accepted', ...ids, holderUnitId: unit(passedOn ? town : holder) });
    if (!passedOn) return;
    const change = { id: count, version: 1, set: { holderUnitId: unit(holder) } };
    expect(await db.write((tx) => caseWrites.update(tx, change))).toBeDefined();
  }

  /** What `maySee` says of every case there is, against what the database finds by each trace and what a line alone tells. */
  async function differences(tx: Tx, person: Person): Promise<string[]> {
    const units = await unitReads.all(tx);
    const lineIds = (id: number) => lineOf(id, units).map((one) => one.id);
    const items = new Map((await itemReads.all(tx, FIRST_DAY)).map((item) => [item.versionId, item]));
    const all = (await tx.q.select().from(tx.t.cases)).map((record) => ({
      ...record,
      departmentUnitId: items.get(record.itemVersionId)?.departmentUnitId ?? null,
    }));
    const allowed = all.filter(({ registeringUnitId, holderUnitId, townId, departmentUnitId: departmentId }) => {
      const [registeringLine, holderLine] = [lineIds(registeringUnitId), lineIds(holderUnitId)];
      return maySee({ townId, departmentId, registeringLine, holderLine }, person);
    });
    const wrong: string[] = [];
    for (const whose of all) {
      const seen = await maySeeCase({ tx }, { whose, person });
      if (seen !== allowed.includes(whose)) wrong.push(`case ${whose.id}: ${seen}`);
    }
    const expected = allowed.map(({ applicantId }) => applicantId).sort((one, other) => other - one);
    for (const trace of traces) {
      const found = new Set<number>();
      for (const sight of sightsOf(person)) {
        for (const id of await caseSearchReads.find(tx, { trace, sight, limit: 1000 })) found.add(id);
      }
      const newest = [...found].sort((one, other) => other - one);
      if (String(newest) !== String(expected)) wrong.push(`by ${trace.by}: ${newest} instead of ${expected}`);
    }
    return wrong;
  }

  it('is what the rules let them see, whoever they are and wherever they worked before', async () => {
    const post = fc.record({ name: place, role: fc.constantFrom(...agentRoles), agentId: fc.constantFrom(1, 2) });
    const person = fc.record({ own: post, absent: fc.array(post, { maxLength: 2 }) });
    const property = fc.asyncProperty(fc.array(anyCase, { minLength: 1, maxLength: 8 }), person, async (cases, who) => {
      for (const one of cases) await addAny(one);
      const units = await db.read((tx) => unitReads.all(tx));
      const postAt = ({ name, ...at }: typeof who.own) => {
        const found = units.find((one) => one.name === name);
        if (!found) throw new Error(`no unit ${name}`);
        return { ...at, unitId: found.id, unitLevel: found.level };
      };
      const asker = { ...postAt(who.own), standsInFor: who.absent.map(postAt) };
      expect(await db.read((tx) => differences(tx, asker))).toEqual([]);
    });
    await fc.assert(property, { numRuns: 25 });
  });

  it('stays as it was when a change comes too late', async () => {
    await add({ state: 'accepted' });
    const late = { id: 1, version: 7, set: { holderUnitId: unit('民政部门') } };
    expect(await db.write((tx) => caseWrites.update(tx, late))).toBeUndefined();
    const [sight] = sightsOf({ agentId: 2, unitId: unit('民政部门'), unitLevel: 'department', role: 'agent' });
    if (!sight) throw new Error('a clerk sees nothing');
    expect(await db.read((tx) => caseSearchReads.find(tx, { trace: traces[0], sight, limit: 3 }))).toEqual([]);
  });

  it('comes newest first and ends at the limit', async () => {
    for (let more = 0; more < 5; more++) await add({ state: 'accepted' });
    const [sight] = sightsOf({ agentId: 1, unitId: unit('安达社区'), unitLevel: 'village', role: 'agent' });
    if (!sight) throw new Error('an agent sees nothing');
    const found = await db.read((tx) => caseSearchReads.find(tx, { trace: traces[0], sight, limit: 3 }));
    expect(found).toEqual([5, 4, 3]);
  });
});

describe('the lines of applicants', () => {
  const numbers = async (applicantIds: number[]) => {
    const lines = await db.read((tx) => caseSearchReads.ofApplicants(tx, applicantIds));
    return lines.map((line) => [line.applicantId, line.caseNumber]);
  };

  it('are those of their own cases, newest first, whatever number the case has', async () => {
    const first = await add({ state: 'accepted' });
    const hidden = { townId: 1, registeringUnitId: 1, holderUnitId: 1 };
    const left = { nameSealed: 'x', phoneSealed: 'x', ...hidden };
    // One whose case was never kept: from here on the numbers of applicants are ahead.
    await db.write((tx) => applicantWrites.insert(tx, left));
    const second = await add({ state: 'accepted' });
    const third = await add({ state: 'archived' });
    expect(await numbers([1, 3, 4])).toEqual([
      [4, third],
      [3, second],
      [1, first],
    ]);
    expect(await numbers([3])).toEqual([[3, second]]);
    expect(await numbers([2])).toEqual([]);
  });
});

describe('what was returned', () => {
  /** A return of a case in the town's chain. */
  const returns = (caseId: number, seq: number) =>
    db.write(({ q, t }) =>
      Promise.resolve(
        q.insert(t.ledgerEntries).values({
          ...{ townId: unit('巴彦托海镇'), seq, caseId, at: seq, actorKind: 'agent', actorId: '1', kind: 'return' },
          ...{ payload: '{}', prevHash: '', hash: '', signature: '' },
        }),
      ),
    );

  it('is each case once, by its last return, however often others were', async () => {
    for (let more = 0; more < 3; more++) await add({ state: 'returned' });
    await returns(3, 1);
    await returns(1, 2);
    for (let seq = 3; seq < 9; seq++) await returns(2, seq);
    const town = { townId: unit('巴彦托海镇'), unitIds: [unit('安达社区')], from: 0, to: DAY };
    const found = (limit: number) => db.read((tx) => caseListReads.returned(tx, { ...town, limit }));
    expect(await found(3)).toEqual([
      { id: 2, at: 8 },
      { id: 1, at: 2 },
      { id: 3, at: 1 },
    ]);
    expect((await found(2)).map(({ id }) => id)).toEqual([2, 1]);
  });
});
