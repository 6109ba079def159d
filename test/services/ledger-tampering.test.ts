/**
 * What somebody with the database and without DATA_KEY can do to the books, and that the check finds it. Each manipulation is made
 * as carefully as the program itself would write.
 */
import { and, eq, inArray } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Tx } from '../../db/database.ts';
import type { CaseRow } from '../../db/repositories/case.ts';
import { appendLedger } from '../../src/services/ledger/append.ts';
import { signText } from '../../src/services/ledger/key.ts';
import { rotateLedgerKey } from '../../src/services/ledger/rotate-key.ts';
import type { LedgerFault } from '../../src/services/ledger/verify.ts';
import { ADA, CLERK, openScene, RELIEF, type Scene, TOWN, TOWN_MANAGER, VILLAGE } from '../support/scene.ts';
import { rewriteChain, tamper } from '../support/tamper.ts';

let scene: Scene;
let townId: number;
let bannerId: number;
/** Done, rated and archived. */
let first: CaseRow;
/** Accepted. */
let second: CaseRow;

beforeEach(async () => {
  scene = await openScene();
  townId = scene.unitId('巴彦托海镇');
  bannerId = scene.unitId('鄂温克族自治旗');
  const { id } = await scene.register({ itemName: RELIEF });
  await scene.does(CLERK, { target: TOWN, label: '接收', form: { externalNumber: 'YC-1' } });
  await scene.does(CLERK, { target: TOWN, label: '查看申请人' });
  await scene.does(CLERK, { target: TOWN, label: '办结', form: { outcome: 'granted' } });
  await scene.does(ADA, { target: VILLAGE, label: '确认送达', form: { deliveryWay: 'pickup' } });
  await scene.does(ADA, { target: VILLAGE, label: '回访评价', form: { rating: '4' } });
  const later = await scene.register({
    applicantName: '李小四',
    phone: '13912345678',
    address: '三组',
    remarks: '上门',
  });
  await scene.does(CLERK, { target: TOWN, label: '接收' });
  await submitReport();
  first = await scene.record(id);
  second = await scene.record(later.id);
});

afterEach(() => scene.close());

async function submitReport(): Promise<void> {
  await scene.app.scheduler.tick();
  scene.clock.to('2026-12-10T09:00');
  await scene.app.scheduler.tick();
  await scene.settle();
  await scene.does(TOWN_MANAGER, { target: TOWN, label: '确认报送' });
}

const faults = async () => (await scene.checkLedger()).faults;

/** The faults after somebody's work. */
async function after(work: (tx: Tx) => Promise<unknown>): Promise<readonly LedgerFault[]> {
  await tamper(scene.db, work);
  return faults();
}

it('finds nothing in books that nobody touched', async () => {
  const check = await scene.checkLedger();
  expect(check).toMatchObject({ faults: [], faultCount: 0, cases: 2 });
  expect(check.entries).toBeGreaterThan(20);
  expect(first.state).toBe('archived');
});

describe('a chain', () => {
  const chain = (problem: string) => [expect.objectContaining({ about: 'chain', townId, problem })];

  it('without its looks at applicants, numbered and linked anew', async () => {
    const change = (tx: Tx) =>
      rewriteChain(tx, { townId, change: (entry) => (entry.kind === 'reveal' ? undefined : entry) });
    expect(await after(change)).toEqual(chain('bad signature'));
  });

  it('with another person and time of an acceptance', async () => {
    const other = { actorId: '1', at: 1 };
    const change = (tx: Tx) =>
      rewriteChain(tx, { townId, change: (entry) => (entry.kind === 'accept' ? { ...entry, ...other } : entry) });
    expect(await after(change)).toEqual(chain('bad signature'));
  });

  it('signed throughout with a key of somebody’s own', async () => {
    const change = (tx: Tx) =>
      rewriteChain(tx, { townId, signing: 'forged', change: (entry) => (entry.kind === 'reveal' ? undefined : entry) });
    expect(await after(change)).toEqual([{ about: 'key', problem: 'foreign key', keyId: 1 }]);
  });

  it('signed with a key of somebody’s own that is slipped in beside the program’s', async () => {
    const found = await after(async (tx) => {
      const [key] = await tx.q.select().from(tx.t.ledgerKeys);
      if (!key) throw new Error('no key');
      await rewriteChain(tx, { townId, signing: 'forged', change: (entry) => entry });
      const [forged] = await tx.q.select().from(tx.t.ledgerKeys);
      await tx.q.update(tx.t.ledgerKeys).set(key);
      await tx.q.insert(tx.t.ledgerKeys).values({ ...key, id: 2, publicKey: forged?.publicKey ?? '' });
    });
    expect(found).toContainEqual({ about: 'key', problem: 'foreign key', keyId: 2 });
    expect(found).toContainEqual(expect.objectContaining({ about: 'chain', townId, problem: 'bad signature' }));
  });

  it('cut, with its end moved back', async () => {
    const change = (tx: Tx) =>
      rewriteChain(tx, { townId, change: (entry) => (entry.kind === 'report' ? undefined : entry) });
    expect(await after(change)).toContainEqual(expect.objectContaining({ about: 'chain', problem: 'head not signed' }));
  });

  it('cut, with its end moved back, is not signed on by the next step', async () => {
    await tamper(scene.db, (tx) =>
      rewriteChain(tx, { townId, change: (entry) => (entry.kind === 'report' ? undefined : entry) }),
    );
    const answer = await scene.does(CLERK, { target: TOWN, label: '查看申请人' });
    expect(answer.toast?.content).toContain('台账的末尾被人改动过');
    expect(await faults()).toContainEqual(expect.objectContaining({ about: 'chain', problem: 'head not signed' }));
  });

  it('removed with its end', async () => {
    const found = await after(async ({ q, t }) => {
      await q.delete(t.ledgerEntries).where(eq(t.ledgerEntries.townId, townId));
      await q.delete(t.ledgerHeads).where(eq(t.ledgerHeads.townId, townId));
    });
    for (const { id: caseId, caseNumber } of [first, second]) {
      expect(found).toContainEqual({ about: 'case', caseId, caseNumber, problem: 'no registration' });
    }
    expect(found).toContainEqual({ about: 'unit', unitId: townId, problem: 'differs' });
    expect(found).toContainEqual({ about: 'report', townId, month: '2026-11', problem: 'no entry' });
  });

  it('of the whole staff removed with its end', async () => {
    const found = await after(async ({ q, t }) => {
      await q.delete(t.ledgerEntries).where(eq(t.ledgerEntries.townId, bannerId));
      await q.delete(t.ledgerHeads).where(eq(t.ledgerHeads.townId, bannerId));
    });
    expect(found.filter(({ about, problem }) => about === 'agent' && problem === 'no entry').length).toBeGreaterThan(8);
  });

  it('with a signature spelt another way', async () => {
    const found = await after(async ({ q, t }) => {
      const place = and(eq(t.ledgerEntries.townId, townId), eq(t.ledgerEntries.seq, 2));
      const [entry] = await q.select().from(t.ledgerEntries).where(place);
      await q
        .update(t.ledgerEntries)
        .set({ signature: `${entry?.signature}=` })
        .where(place);
    });
    expect(found).toEqual([{ about: 'chain', townId, seq: 2, problem: 'bad signature' }]);
  });

  it('whose sealed note was taken from another entry', async () => {
    const found = await after(async ({ q, t }) => {
      const [note] = await q.select().from(t.ledgerEntries).where(eq(t.ledgerEntries.caseId, first.id));
      const register = and(eq(t.ledgerEntries.caseId, second.id), eq(t.ledgerEntries.kind, 'register'));
      await q
        .update(t.ledgerEntries)
        .set({ sealed: note?.sealed ?? '' })
        .where(register);
    });
    expect(found).toContainEqual(expect.objectContaining({ about: 'chain', townId, problem: 'changed entry' }));
  });
});

describe('a case', () => {
  const otherHolder = () => scene.unitId('大雁镇');

  it.each<[string, (record: CaseRow) => Partial<CaseRow>, (keyof CaseRow)[]]>([
    ['its state', () => ({ state: 'archived' }), ['state']],
    ['its holder', () => ({ holderUnitId: otherHolder() }), ['holderUnitId']],
    ['its handler', () => ({ handlerId: null }), ['handlerId']],
    ['its rating', () => ({ rating: 5 }), ['rating']],
    ['its outcome', () => ({ outcome: 'refused', completedOnTime: true }), ['outcome', 'completedOnTime']],
    ['its promised day', (record) => ({ dueAt: (record.dueAt ?? 0) + 1 }), ['dueAt']],
    ['when it was accepted', () => ({ acceptedAt: 1 }), ['acceptedAt']],
    ['its registrar', () => ({ registrarId: 1 }), ['registrarId']],
    ['its registering unit', () => ({ registeringUnitId: otherHolder() }), ['registeringUnitId']],
    ['its item', () => ({ itemId: scene.itemId(RELIEF) }), ['itemId']],
    ['its number', () => ({ caseNumber: '26-01-09999' }), ['caseNumber']],
    ['how often it was returned', () => ({ returnCount: 3 }), ['returnCount']],
    ['its number in the other system', () => ({ externalNumber: 'YC-2' }), ['externalNumber']],
    [
      'its day of registration',
      () => ({ registeredDay: '2026-11-22', registeredAt: 1 }),
      ['registeredAt', 'registeredDay'],
    ],
  ])('with another value of %s', async (_what, change, columns) => {
    const set = change(second);
    const found = await after(({ q, t }) =>
      Promise.resolve(q.update(t.cases).set(set).where(eq(t.cases.id, second.id))),
    );
    const { id: caseId } = second;
    const caseNumber = set.caseNumber ?? second.caseNumber;
    const wanted = { about: 'case', caseId, caseNumber, problem: 'differs', columns: expect.arrayContaining(columns) };
    expect(found).toContainEqual(wanted);
  });

  it.each([undefined, 0, -5])('that nobody registered, of the id %s', async (id) => {
    const found = await after(async ({ q, t }) => {
      const { id: _, ...row } = second;
      await q.insert(t.cases).values({ ...row, ...(id === undefined ? {} : { id }), caseNumber: '26-01-00777' });
    });
    expect(found).toMatchObject([{ about: 'case', caseNumber: '26-01-00777', problem: 'no registration' }]);
  });

  it('that is gone', async () => {
    const found = await after(async ({ q, t }) => {
      await q.update(t.drafts).set({ caseId: null });
      await q.delete(t.cases).where(eq(t.cases.id, second.id));
    });
    expect(found).toEqual([{ about: 'case', caseId: second.id, caseNumber: undefined, problem: 'no row' }]);
  });

  it('whose applicant is the other one', async () => {
    const found = await after(async ({ q, t }) => {
      await q.update(t.cases).set({ applicantId: second.applicantId }).where(eq(t.cases.id, first.id));
      await q.update(t.cases).set({ applicantId: first.applicantId }).where(eq(t.cases.id, second.id));
    });
    for (const { id: caseId } of [first, second]) {
      expect(found).toContainEqual(expect.objectContaining({ caseId, problem: 'other applicant' }));
      expect(found).toContainEqual(expect.objectContaining({ caseId, columns: ['applicantId'] }));
    }
  });

  it('whose applicant’s key and sealed data are the other one’s', async () => {
    const found = await after(async ({ q, t }) => {
      const ids = [first.applicantId, second.applicantId];
      const rows = await q.select().from(t.applicants).where(inArray(t.applicants.id, ids));
      for (const { id, ...row } of rows) {
        const { wrappedKey, nameSealed, phoneSealed, idNumberSealed, addressSealed } = row;
        const other = ids.find((one) => one !== id) ?? 0;
        const swapped = { wrappedKey, nameSealed, phoneSealed, idNumberSealed, addressSealed };
        await q.update(t.applicants).set(swapped).where(eq(t.applicants.id, other));
      }
    });
    for (const { id: caseId } of [first, second]) {
      expect(found).toContainEqual(expect.objectContaining({ about: 'case', caseId, problem: 'other applicant' }));
    }
  });

  it('whose applicant another unit is let find', async () => {
    const found = await after(({ q, t }) =>
      Promise.resolve(
        q.update(t.applicants).set({ holderUnitId: otherHolder() }).where(eq(t.applicants.id, first.applicantId)),
      ),
    );
    expect(found).toMatchObject([{ about: 'case', caseId: first.id, problem: 'other applicant' }]);
  });

  it.each(['nameHash', 'phoneHash', 'phoneTailHash', 'idNumberHash'] as const)(
    'that another %s finds',
    async (column) => {
      const found = await after(({ q, t }) =>
        Promise.resolve(
          q
            .update(t.applicants)
            .set({ [column]: 'x' })
            .where(eq(t.applicants.id, first.applicantId)),
        ),
      );
      expect(found).toMatchObject([{ about: 'case', caseId: first.id, problem: 'other applicant' }]);
    },
  );

  it('whose remarks are gone', async () => {
    const found = await after(({ q, t }) =>
      Promise.resolve(q.update(t.cases).set({ remarksSealed: null }).where(eq(t.cases.id, second.id))),
    );
    expect(found).toMatchObject([{ about: 'case', caseId: second.id, problem: 'other applicant' }]);
  });

  it('whose address is gone', async () => {
    const found = await after(({ q, t }) =>
      Promise.resolve(
        q.update(t.applicants).set({ addressSealed: null }).where(eq(t.applicants.id, second.applicantId)),
      ),
    );
    expect(found).toMatchObject([{ about: 'case', caseId: second.id, problem: 'other applicant' }]);
  });

  it('whose applicant was erased without a word', async () => {
    const found = await after(({ q, t }) =>
      Promise.resolve(
        q.update(t.applicants).set({ wrappedKey: null, erasedAt: 1 }).where(eq(t.applicants.id, second.applicantId)),
      ),
    );
    expect(found).toMatchObject([{ about: 'case', caseId: second.id, problem: 'erased unsaid' }]);
  });
});

describe('a monthly report', () => {
  it.each([
    ['which version stands', { version: 2 }],
    ['who sent it', { submittedBy: 1 }],
    ['when it was sent', { submittedAt: 1 }],
    ['whether it was late', { late: true }],
    ['all of it', { version: null, submittedAt: null, submittedBy: null, late: null }],
  ])('with another value of %s', async (_what, set) => {
    const found = await after(({ q, t }) => Promise.resolve(q.update(t.monthlyReports).set(set)));
    expect(found).toContainEqual({ about: 'report', townId, month: '2026-11', problem: 'differs' });
  });

  it.each([
    ['figures', { figures: { registered: 99 } }],
    ['texts', { textsSealed: 'others' }],
    ['time', { submittedAt: 1 }],
    ['end', { ending: 'returned' as const }],
  ])('whose version has other %s', async (_what, set) => {
    const found = await after(({ q, t }) => Promise.resolve(q.update(t.reportVersions).set(set)));
    expect(found).toContainEqual({ about: 'report', townId, month: '2026-11', problem: 'differs' });
  });

  it('that is gone', async () => {
    const found = await after(async ({ q, t }) => {
      await q.delete(t.reportVersions);
      await q.delete(t.monthlyReports);
    });
    expect(found).toContainEqual({ about: 'report', townId, month: '2026-11', problem: 'no row' });
  });

  it('that nobody sent', async () => {
    const other = scene.unitId('大雁镇');
    const row = { month: '2026-10', version: 1, submittedAt: 1, submittedBy: 1, late: false };
    const found = await after(({ q, t }) =>
      Promise.resolve(q.insert(t.monthlyReports).values({ ...row, townId: other })),
    );
    expect(found).toEqual([{ about: 'report', townId: other, month: '2026-10', problem: 'no entry' }]);
  });
});

describe('a member of staff', () => {
  const ada = ({ t }: Tx) => eq(t.agents.openId, ADA);

  it.each([
    ['role', { role: 'admin' as const }],
    ['status', { status: 'left' as const }],
    ['openId', { openId: 'ou_somebody' }],
  ])('with another %s', async (column, set) => {
    const found = await after((tx) => Promise.resolve(tx.q.update(tx.t.agents).set(set).where(ada(tx))));
    expect(found).toMatchObject([{ about: 'agent', problem: 'differs', columns: [column] }]);
  });

  it('in another unit', async () => {
    const found = await after((tx) =>
      Promise.resolve(tx.q.update(tx.t.agents).set({ unitId: bannerId }).where(ada(tx))),
    );
    expect(found).toMatchObject([{ about: 'agent', problem: 'differs', columns: ['unitId'] }]);
  });

  it('whom nobody hired', async () => {
    const row = { openId: 'ou_new', name: '新', unitId: bannerId, role: 'admin' as const, status: 'active' as const };
    const found = await after(({ q, t }) =>
      Promise.resolve(q.insert(t.agents).values({ ...row, employment: 'fullTime', appliedAt: 1 })),
    );
    expect(found).toMatchObject([{ about: 'agent', problem: 'no entry' }]);
  });
});

it('finds a unit whose group is another', async () => {
  const found = await after(({ q, t }) =>
    Promise.resolve(q.update(t.units).set({ chatId: 'oc_thief' }).where(eq(t.units.id, townId))),
  );
  expect(found).toEqual([{ about: 'unit', unitId: townId, problem: 'differs' }]);
});

describe('after another key has taken over', () => {
  const rotate = () => scene.asProgram(rotateLedgerKey);

  it('the books are whole, work goes on, and new chains begin', async () => {
    const publicKey = await rotate();
    await scene.does(CLERK, { target: TOWN, label: '办结', form: { outcome: 'granted' } });
    await rotate();
    await scene.does(ADA, { target: VILLAGE, label: '确认送达', form: { deliveryWay: 'pickup' } });
    await scene.bindGroup('oc_new', '伊敏河镇');
    expect(await faults()).toEqual([]);
    const entries = (await scene.entries()).filter((entry) => entry.kind === 'rotateKey' && entry.townId === townId);
    expect(entries.map(({ payload }) => JSON.parse(payload))[0]).toEqual({ publicKey });
    expect(entries).toHaveLength(2);
  });

  it('it does so while people go on working, in old chains and in new ones', async () => {
    const append = (name: string) =>
      scene.asProgram((ctx) =>
        appendLedger(ctx, { townId: scene.unitId(name), caseId: null, kind: 'export', payload: {} }),
      );
    const towns = ['巴彦托海镇', '大雁镇', '伊敏河镇', '红花尔基镇', '辉苏木'];
    await Promise.all([...towns.map(append), rotate(), ...towns.map(append), rotate(), ...towns.map(append)]);
    const check = await scene.checkLedger();
    expect(check.faults).toEqual([]);
    expect(check.chains).toBe(6);
  });

  it('nothing of the old key is left that could sign', async () => {
    await rotate();
    const keys = await scene.db.read(async ({ q, t }) => q.select().from(t.ledgerKeys).orderBy(t.ledgerKeys.id));
    expect(keys.map(({ id, retiredAt }) => [id, retiredAt !== null])).toEqual([
      [1, true],
      [2, false],
    ]);
    const [old] = keys;
    if (!old) throw new Error('no key');
    expect(() => signText(scene.vault, old, 'x')).toThrow();
  });

  it('an end that is put back to what the old key signed is found', async () => {
    const [old] = await scene.db.read(({ q, t }) =>
      Promise.resolve(q.select().from(t.ledgerHeads).where(eq(t.ledgerHeads.townId, townId))),
    );
    await rotate();
    const found = await after(async ({ q, t }) => {
      const entries = t.ledgerEntries;
      await q.delete(entries).where(and(eq(entries.townId, townId), eq(entries.kind, 'rotateKey')));
      await q
        .update(t.ledgerHeads)
        .set(old ?? {})
        .where(eq(t.ledgerHeads.townId, townId));
    });
    expect(found).toEqual([{ about: 'chain', townId, seq: undefined, problem: 'head not signed' }]);
  });
});
