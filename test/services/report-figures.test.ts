/** The figures of a report are those of a brute count over the ledger, whatever happened in the month. */
import { eq } from 'drizzle-orm';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { encodeAction } from '../../cards/action-values.ts';
import { itemReads } from '../../db/repositories/item.ts';
import type { LedgerRow } from '../../db/repositories/ledger.ts';
import { unitReads } from '../../db/repositories/unit.ts';
import { localDay } from '../../src/domain/calendar.ts';
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

/** What the town says of one of the plan's tasks, or of what its center or a station has, after so many hours. */
const planStep = fc.record({
  afterHours: fc.integer({ min: 1, max: 120 }),
  said: fc.oneof(
    fc.record({
      task: fc.constantFrom(9, 10, 13, 16),
      state: fc.constantFrom('notStarted', 'underWay', 'done', 'ongoing'),
    }),
    fc.record({ place: fc.constantFrom('巴彦托海镇', '安达社区'), lacks: fc.constantFrom(-1, -1, 0, 3) }),
  ),
});
type PlanStep = typeof planStep extends fc.Arbitrary<infer Step> ? Step : never;

/** Last days of the plan's tasks around the months that are looked at. */
const dueDays: readonly [number, string | null][] = [
  [9, '2026-11-30'],
  [10, '2026-12-20'],
  [13, null],
  [16, '2026-11-25'],
];

async function setDueDays(scene: Scene): Promise<void> {
  await scene.db.write(async ({ q, t }) => {
    for (const [number, dueDay] of dueDays) await q.update(t.tasks).set({ dueDay }).where(eq(t.tasks.number, number));
  });
}

async function sayOfPlan(scene: Scene, { afterHours, said }: PlanStep): Promise<void> {
  scene.clock.advance(afterHours * 3_600_000);
  const { tasks, updates, answers, lists } = await planRows(scene);
  if ('task' in said) {
    const unitId = scene.unitId('巴彦托海镇');
    const taskId = tasks.find(({ number }) => number === said.task)?.id ?? 0;
    const seen = updates.filter((one) => one.line === taskId && one.unitId === unitId).length;
    const value = encodeAction({ action: 'task.save', taskId, unitId, seen });
    // 持续推进 where the plan has none is refused, and counts nowhere.
    await scene.forges(TOWN_MANAGER, { value, form: { state: said.state, text: `做到第${seen}步` } });
    return;
  }
  const unitId = scene.unitId(said.place);
  const seen = answers.filter((one) => one.unitId === unitId).length;
  const value = encodeAction({ action: 'readiness.save', unitId, listId: lists[0]?.id ?? 0, seen });
  const boxes = (lists[0]?.checks ?? []).map((_, index) => [`c${index}`, index !== said.lacks] as const);
  await scene.forges(TOWN_MANAGER, { value, form: Object.fromEntries(boxes) });
}

function planRows(scene: Scene) {
  return scene.db.read(async ({ q, t }) => ({
    tasks: await q.select().from(t.tasks),
    updates: await q.select().from(t.taskUpdates),
    answers: await q.select().from(t.readinessAnswers),
    lists: await q.select().from(t.readinessLists),
  }));
}

/** What stood at the end of a day, by the last entry of each task and check; lights by the words of docs/FIGURES.md. */
async function brutePlan(scene: Scene, { day, entries }: { day: string; entries: readonly LedgerRow[] }) {
  const { tasks, lists } = await planRows(scene);
  const townId = scene.unitId('巴彦托海镇');
  const last = (kind: string, is: Record<string, unknown>) =>
    entries.findLast((entry) => {
      const facts = factsOf(entry);
      const fits = Object.entries(is).every(([name, value]) => facts[name] === value);
      return entry.kind === kind && fits && String(facts['day']) <= day;
    });
  const soon = new Date(Date.parse(day) + 15 * 86_400_000).toISOString().slice(0, 10);
  const counts = { done: 0, atRisk: 0, late: 0, total: 0 };
  for (const { id, dueDay, ongoing } of tasks.filter(({ responsible }) => responsible.includes('towns'))) {
    const said = last('updateTask', { line: id, unitId: townId });
    const state = said === undefined ? 'notStarted' : factsOf(said)['state'];
    const open = state !== 'done' && !(state === 'ongoing' && ongoing) && dueDay !== null;
    counts.total += 1;
    if (state === 'done') counts.done += 1;
    if (open && dueDay < day) counts.late += 1;
    if (open && dueDay >= day && dueDay <= soon) counts.atRisk += 1;
  }
  const isReady = (name: string) =>
    (lists[0]?.checks ?? []).every(({ name: check }) => {
      const answer = last('answerCheck', { unitId: scene.unitId(name), check });
      return answer !== undefined && factsOf(answer)['present'] === true;
    });
  const readyOf = (names: readonly string[]) => ({ ready: names.filter(isReady).length, total: names.length });
  const readiness = { centers: readyOf(['巴彦托海镇']), stations: readyOf(['安达社区', '安门社区', '瑟宾社区']) };
  return { tasks: counts, readiness };
}

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

/** Of what is told by department and by type. */
function groupOf({ bad: _, returned: __, rated: ___, ...own }: ReturnType<typeof bruteCount>) {
  return own;
}
const nothing = { registered: 0, completed: 0, completedOnTime: 0, open: 0, returnedAgain: 0 };

it('equal a brute count over the entries, month by month: in all, by department and type, checks and tasks', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(course, { minLength: 1, maxLength: 3 }),
      fc.array(planStep, { minLength: 2, maxLength: 12 }),
      async (courses, plan) => {
        const scene = await openScene({ now: '2026-11-23T10:00' });
        try {
          await setDueDays(scene);
          // Half of it before the cases, so that both months have some.
          for (const one of plan.slice(0, plan.length / 2)) await sayOfPlan(scene, one);
          for (const one of courses) await play(scene, one);
          for (const one of plan.slice(plan.length / 2)) await sayOfPlan(scene, one);
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
            const today = localDay(scene.clock.now(), ZONE);
            const last = month === '2026-11' ? '2026-11-30' : '2026-12-31';
            const { tasks, readiness } = await brutePlan(scene, { day: today < last ? today : last, entries });
            expect({ month, tasks: parts.tasks, readiness: parts.readiness }).toEqual({ month, tasks, readiness });
            for (const type of ['local', 'extended']) {
              const ofType = entries.filter(({ caseId }) => cases.find(({ id }) => id === caseId)?.assistType === type);
              const found = parts.assists.find(({ key }) => key === type);
              expect({ month, type, ...(found ?? nothing) }).toMatchObject({
                month,
                type,
                ...groupOf(bruteCount(ofType, month)),
              });
            }
            const departmentOf = (caseId: number | null) => {
              const record = cases.find(({ id }) => id === caseId);
              return items.find(({ id }) => id === record?.itemId)?.departmentUnitId;
            };
            for (const department of units.filter(({ level }) => level === 'department')) {
              const own = groupOf(
                bruteCount(
                  entries.filter(({ caseId }) => departmentOf(caseId) === department.id),
                  month,
                ),
              );
              const found = parts.departments.find(({ key }) => key === department.id);
              expect({ department: department.name, ...(found ?? nothing) }).toMatchObject({
                department: department.name,
                ...own,
              });
            }
          }
        } finally {
          await scene.close();
        }
      },
    ),
    { numRuns: 4 },
  );
});
