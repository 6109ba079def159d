/** The figures of a report are those of a brute count over the ledger, whatever happened in the month. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { encodeAction } from '../../cards/action-values.ts';
import { itemReads } from '../../db/repositories/item.ts';
import type { LedgerRow } from '../../db/repositories/ledger.ts';
import { unitReads } from '../../db/repositories/unit.ts';
import type { PressedStep } from '../../src/domain/case.ts';
import { reportFigures } from '../../src/services/report/figures.ts';
import { at, ZONE } from '../support/office.ts';
import {
  ADA,
  ALLOWANCE,
  BAI,
  CLERK,
  openScene,
  RELIEF,
  type Scene,
  TOWN_MANAGER,
  UNEMPLOYMENT,
} from '../support/scene.ts';

/** A case's course: each step by whom, after so many hours. */
const course = fc.record({
  itemName: fc.constantFrom(ALLOWANCE, RELIEF, UNEMPLOYMENT),
  steps: fc.array(
    fc.record({
      step: fc.constantFrom('accept', 'accept', 'return', 'forward', 'complete', 'deliver', 'followUp', 'rectify'),
      afterHours: fc.integer({ min: 1, max: 120 }),
      rating: fc.constantFrom('1', '2', '4', '5'),
    }),
    { minLength: 4, maxLength: 10 },
  ),
});

const whoTakes: Partial<Record<PressedStep, string>> = {
  forward: ADA,
  deliver: ADA,
  followUp: BAI,
  rectify: TOWN_MANAGER,
};

async function play(
  scene: Scene,
  { itemName, steps }: { itemName: string; steps: readonly { step: string; afterHours: number; rating: string }[] },
): Promise<void> {
  const { id } = await scene.register({ itemName });
  for (const { step, afterHours, rating } of steps) {
    scene.clock.advance(afterHours * 3_600_000);
    const { version } = await scene.record(id);
    const value = encodeAction({ action: `case.${step as PressedStep}`, caseId: id, version });
    const form = {
      note: '说明',
      materials: '户口本',
      whyNotBefore: '没看清',
      outcome: 'granted',
      deliveryWay: 'pickup',
      rating,
    };
    // What does not fit the case's state is refused, and counts nowhere.
    await scene.forges(whoTakes[step as PressedStep] ?? CLERK, { value, form });
  }
}

const inMonth = (entry: LedgerRow, month: string) =>
  entry.at >= at(`${month}-01T00:00`) && entry.at < at(month === '2026-12' ? '2027-01-01T00:00' : '2026-12-01T00:00');
const factsOf = ({ payload }: LedgerRow) => JSON.parse(payload) as Record<string, unknown>;

/** Entry by entry, without a counter. */
function bruteCount(entries: readonly LedgerRow[], month: string) {
  const own = entries.filter((entry) => entry.caseId !== null);
  const within = own.filter((entry) => inMonth(entry, month));
  const of = (kind: string) => within.filter((entry) => entry.kind === kind);
  const end = at(month === '2026-12' ? '2027-01-01T00:00' : '2026-12-01T00:00');
  const before = own.filter((entry) => entry.at < end);
  const ended = new Set(
    before.filter(({ kind }) => ['complete', 'withdraw', 'terminate'].includes(kind)).map(({ caseId }) => caseId),
  );
  const registered = before.filter(({ kind }) => kind === 'register');
  const badly = of('followUp').filter((entry) => Number(factsOf(entry)['rating']) <= 2);
  const rectified = new Set(own.filter(({ kind }) => kind === 'rectify').map(({ caseId }) => caseId));
  return {
    registered: of('register').length,
    completed: of('complete').length,
    completedOnTime: of('complete').filter((entry) => factsOf(entry)['completedOnTime'] === true).length,
    returned: of('return').length,
    returnedAgain: of('return').filter((entry) =>
      own.some((one) => one.kind === 'return' && one.caseId === entry.caseId && one.seq < entry.seq),
    ).length,
    open: registered.filter(({ caseId }) => !ended.has(caseId)).length,
    rated: of('followUp').length,
    bad: { rated: badly.length, rectified: badly.filter(({ caseId }) => rectified.has(caseId)).length },
  };
}

it('equal a brute count over the entries, month by month, in all and department by department', {
  timeout: 90_000,
}, async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(course, { minLength: 1, maxLength: 3 }), async (courses) => {
      const scene = await openScene({ now: '2026-11-23T10:00' });
      try {
        for (const one of courses) await play(scene, one);
        const entries = await scene.entries();
        const cases = await scene.db.read(({ q, t }) => q.select().from(t.cases));
        const items = await scene.db.read((tx) => itemReads.all(tx, '2026-12-31'));
        const units = await scene.db.read((tx) => unitReads.all(tx));
        for (const month of ['2026-11', '2026-12']) {
          const place = { townId: scene.unitId('巴彦托海镇'), month };
          const { figures, parts } = await scene.db.read((tx) =>
            reportFigures({ tx, now: scene.clock.now(), zone: ZONE, vault: scene.vault }, place),
          );
          const { bad, ...counted } = bruteCount(entries, month);
          expect({ month, ...figures }).toMatchObject({ month, ...counted });
          expect({ month, bad: parts.bad }).toEqual({ month, bad });
          const departmentOf = (caseId: number | null) => {
            const record = cases.find(({ id }) => id === caseId);
            return items.find(({ id }) => id === record?.itemId)?.departmentUnitId;
          };
          for (const department of units.filter(({ level }) => level === 'department')) {
            const {
              bad: _,
              returned: __,
              rated: ___,
              ...own
            } = bruteCount(
              entries.filter(({ caseId }) => departmentOf(caseId) === department.id),
              month,
            );
            const found = parts.departments.find(({ key }) => key === department.id);
            const nothing = { registered: 0, completed: 0, completedOnTime: 0, open: 0, returnedAgain: 0 };
            expect({ department: department.name, ...(found ?? nothing) }).toMatchObject({
              department: department.name,
              ...own,
            });
          }
        }
      } finally {
        await scene.close();
      }
    }),
    { numRuns: 4 },
  );
});
