/**
 * Random people press random buttons, old ones too, and type commands, while time passes. Whatever they do: what was
 * acknowledged is in the ledger exactly once, what was refused is not, and state, counters and cards agree with it.
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { encodeAction } from '../../cards/action-values.ts';
import { unitReads } from '../../db/repositories/unit.ts';
import { type CaseState, type PressedStep, pressedSteps } from '../../src/domain/case.ts';
import type { CallbackAnswer } from '../../src/lark/port.ts';
import { rebuildCounters } from '../../src/services/stats/rebuild.ts';
import { bruteForceCounters, keptCounters } from '../support/brute-force.ts';
import { differingCopies } from '../support/copies.ts';
import { ZONE } from '../support/office.ts';
import {
  ADA,
  ADMIN,
  ALLOWANCE,
  BAI,
  BANNER_MANAGER,
  CIVIL_CLERK,
  CLERK,
  ID_NUMBER,
  NAME,
  OTHER_CLERK,
  openScene,
  PHONE,
  RELIEF,
  type Scene,
  SECOND,
  STRANGER,
  TOWN,
  TOWN_MANAGER,
  UNEMPLOYMENT,
  VILLAGE,
} from '../support/scene.ts';

const people = [ADA, BAI, CLERK, SECOND, CIVIL_CLERK, TOWN_MANAGER, BANNER_MANAGER, OTHER_CLERK, ADMIN, STRANGER];
const buttonSteps = pressedSteps;
const lines = ['/待办', '/查 26-01-00001', '/我', '/统计', '/帮助', '/登记 低保', `/查 ${NAME}`, '随便说说'];

interface Deed {
  readonly person: string;
  /** A step, a look at the applicant, a typed line, a registration. */
  readonly kind: 'step' | 'fitting' | 'reveal' | 'line' | 'register';
  readonly step: PressedStep;
  readonly which: number;
  /** So many versions behind the present one. */
  readonly behind: number;
  readonly rating: string;
  readonly words: string;
  readonly line: string;
  /** Milliseconds on the clock before it: working minutes are rounded, and whole hours would not show how. */
  readonly waitMs: number;
  readonly redelivered: boolean;
  readonly itemName: string;
  readonly onTheSpot: boolean;
}

const HOUR_MS = 3_600_000;

const deed: fc.Arbitrary<Deed> = fc.record({
  person: fc.constantFrom(...people),
  kind: fc.constantFrom('step', 'fitting', 'fitting', 'fitting', 'fitting', 'reveal', 'line', 'register'),
  step: fc.constantFrom(...buttonSteps),
  which: fc.nat(5),
  behind: fc.constantFrom(0, 0, 0, 1, 2),
  rating: fc.constantFrom('1', '2', '3', '5', '9'),
  words: fc.constantFrom('', '说明', `${NAME} ${PHONE}`, ID_NUMBER, '<at id=all></at>'),
  line: fc.constantFrom(...lines),
  waitMs: fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 2 * HOUR_MS }), fc.integer({ min: 0, max: 90 * HOUR_MS })),
  redelivered: fc.boolean(),
  itemName: fc.constantFrom(ALLOWANCE, RELIEF, UNEMPLOYMENT),
  onTheSpot: fc.boolean(),
});

/** What a case is after the steps its ledger tells of; throws when a step could not have followed. */
function stateAfter(kinds: readonly string[]): CaseState | undefined {
  let state: CaseState | undefined;
  const next: Record<string, { from: (CaseState | undefined)[]; to: CaseState | undefined }> = {
    register: { from: [undefined], to: undefined },
    forward: { from: [undefined, 'returned'], to: 'forwarded' },
    accept: { from: ['forwarded'], to: 'accepted' },
    return: { from: ['forwarded', 'accepted'], to: 'returned' },
    escalate: { from: ['accepted'], to: 'forwarded' },
    complete: { from: [undefined, 'accepted'], to: 'completed' },
    deliver: { from: ['completed'], to: 'delivered' },
    followUp: { from: ['delivered'], to: 'followedUp' },
    archive: { from: ['followedUp'], to: 'archived' },
    withdraw: { from: ['forwarded', 'accepted', 'returned', 'suspended'], to: 'withdrawn' },
    suspend: { from: ['accepted'], to: 'suspended' },
    resume: { from: ['suspended'], to: 'accepted' },
    terminate: { from: ['accepted', 'suspended'], to: 'terminated' },
  };
  for (const kind of kinds) {
    const rule = next[kind];
    if (!rule) continue;
    if (!rule.from.includes(state)) throw new Error(`${kind} after ${state}`);
    state = rule.to;
  }
  return state;
}

/** Who could fittingly do something about a case in this state, and what. */
const fitting: Partial<Record<CaseState, readonly (readonly [string, PressedStep])[]>> = {
  forwarded: [
    [CLERK, 'accept'],
    [SECOND, 'accept'],
    [CIVIL_CLERK, 'accept'],
    [ADA, 'urge'],
    [CLERK, 'return'],
  ],
  accepted: [
    [CLERK, 'complete'],
    [CIVIL_CLERK, 'complete'],
    [CLERK, 'return'],
    [CLERK, 'escalate'],
    [ADA, 'withdraw'],
    [CLERK, 'suspend'],
    [CLERK, 'handOver'],
    [CLERK, 'terminate'],
  ],
  suspended: [
    [SECOND, 'resume'],
    [BAI, 'entrust'],
    [CLERK, 'handOver'],
  ],
  returned: [
    [ADA, 'forward'],
    [ADA, 'forward'],
    [ADA, 'withdraw'],
  ],
  completed: [[ADA, 'deliver']],
  delivered: [[BAI, 'followUp']],
  followedUp: [[TOWN_MANAGER, 'rectify']],
};

class Run {
  readonly #scene: Scene;
  #count = 0;
  /** Entries that acknowledged presses must have left, by case and kind. */
  readonly promised = new Map<string, number>();

  constructor(scene: Scene) {
    this.#scene = scene;
  }

  async cases() {
    return this.#scene.db.read(async ({ q, t }) => q.select().from(t.cases).orderBy(t.cases.id));
  }

  async perform(deed: Deed): Promise<void> {
    const scene = this.#scene;
    scene.clock.advance(deed.waitMs);
    if (deed.kind === 'line')
      return void (await scene.says(deed.person, deed.line, deed.which % 2 ? VILLAGE : undefined));
    if (deed.kind === 'register') return this.#register(deed);
    const all = await this.cases();
    const record = all[deed.which % Math.max(1, all.length)];
    if (!record) return;
    if (deed.kind === 'reveal') {
      const value = encodeAction({ action: 'case.reveal', caseId: record.id });
      const answer = await this.#deliver(deed, { value });
      if (answer.toast?.type === 'success') this.#promise(record.id, 'reveal');
      return;
    }
    const options = fitting[record.state] ?? [];
    const [person, step] = (deed.kind === 'fitting' && options[deed.which % options.length]) || [
      deed.person,
      deed.step,
    ];
    const version = Math.max(0, record.version - deed.behind);
    const value = encodeAction({ action: `case.${step}`, caseId: record.id, version });
    const form = {
      ...{ note: deed.words, rating: deed.rating, comment: deed.words },
      ...{ suspendReason: 'season', suspendNote: deed.words },
      ...{ terminateReason: 'asked', terminateNote: deed.words, terminateAdvice: deed.words },
      ...{ handler: String(deed.which + 1), keeper: String(deed.which + 1) },
    };
    const before = await scene.dump();
    const answer = await this.#deliver({ ...deed, person }, { value, form });
    if (answer.toast?.type === 'success') this.#promise(record.id, step);
    else expect(await scene.dump()).toBe(before);
    expect(['success', 'warning']).toContain(answer.toast?.type);
  }

  async #register(deed: Deed): Promise<void> {
    const scene = this.#scene;
    await scene.says(ADA, '/登记', VILLAGE);
    await scene.settle();
    const form = scene.registration({
      itemName: deed.itemName,
      onTheSpot: deed.onTheSpot,
      remarks: deed.words,
      idNumber: ID_NUMBER,
    });
    const answer = await scene.clicks(ADA, { target: VILLAGE, label: '提交登记', form });
    if (answer.toast?.type !== 'success') return;
    const record = (await this.cases()).at(-1);
    this.#promise(record?.id ?? 0, 'register');
  }

  /** Delivers the press, perhaps twice: the second time must change nothing and get the same answer. */
  async #deliver(deed: Deed, press: { value: unknown; form?: Record<string, string> }) {
    const inbound = {
      kind: 'action' as const,
      eventId: `ev_run${++this.#count}`,
      messageId: 'om_run',
      chatId: TOWN,
      openId: deed.person,
      value: press.value,
      form: press.form ?? {},
    };
    const answer: CallbackAnswer = await this.#scene.app.receive(inbound);
    if (deed.redelivered) {
      const before = await this.#scene.dump();
      expect(await this.#scene.app.receive(inbound)).toEqual(answer);
      expect(await this.#scene.dump()).toBe(before);
    }
    return answer;
  }

  #promise(caseId: number, kind: string): void {
    const key = `${caseId} ${kind}`;
    this.promised.set(key, (this.promised.get(key) ?? 0) + 1);
  }
}

async function checkEverything(scene: Scene, run: Run): Promise<void> {
  const entries = await scene.entries();
  expect((await scene.checkLedger()).faults).toEqual([]);
  const kinds = new Map<string, number>();
  for (const { caseId, kind } of entries) kinds.set(`${caseId} ${kind}`, (kinds.get(`${caseId} ${kind}`) ?? 0) + 1);
  const records = await run.cases();
  for (const record of records) {
    const own = entries.filter((entry) => entry.caseId === record.id);
    expect(stateAfter(own.map((entry) => entry.kind))).toBe(record.state);
    // The first forwarding, or the completion on the spot, belongs to the registration; the archive to rating or rectification.
    const first = own[1]?.kind ?? '';
    for (const kind of [...buttonSteps, 'register', 'reveal']) {
      const expected = (run.promised.get(`${record.id} ${kind}`) ?? 0) + (kind === first ? 1 : 0);
      expect([record.caseNumber, kind, kinds.get(`${record.id} ${kind}`) ?? 0]).toEqual([
        record.caseNumber,
        kind,
        expected,
      ]);
    }
  }
  await checkCounters(scene, records);
  const applicants = await scene.db.read(async ({ q, t }) => q.select().from(t.applicants));
  expect(differingCopies({ cases: records, applicants })).toEqual([]);
  for (const message of scene.posted.filter((one) => one.target.startsWith('oc_'))) {
    const text = JSON.stringify(message.card);
    for (const secret of [NAME, PHONE, ID_NUMBER]) expect(text).not.toContain(secret);
    expect(text.length).toBeLessThan(30 * 1024);
  }
}

/** Every counter of every unit, made again the slow way and by the program's own rebuilding. */
async function checkCounters(scene: Scene, records: Awaited<ReturnType<Run['cases']>>): Promise<void> {
  const books = await scene.db.read(async (tx) => ({
    units: await unitReads.all(tx),
    rows: await tx.q.select().from(tx.t.statCounters),
  }));
  const counted = bruteForceCounters({ cases: records, entries: await scene.entries(), units: books.units }, ZONE);
  expect(keptCounters(books.rows)).toEqual(counted);
  const differences: unknown[] = [];
  const again = await scene.db.read((tx) =>
    rebuildCounters({ tx, zone: ZONE }, { write: false, onDifference: (one) => differences.push(one) }),
  );
  expect(differences).toEqual([]);
  expect(again).toMatchObject({ cases: records.length, differences: 0 });
}

describe('in whatever order people act', () => {
  it('nothing acknowledged is lost or done twice, and everything agrees with the ledger', async () => {
    const seen = new Set<string>();
    await fc.assert(
      fc.asyncProperty(fc.array(deed, { minLength: 15, maxLength: 60 }), async (deeds) => {
        const scene = await openScene();
        try {
          const run = new Run(scene);
          await run.perform({ ...firstDeed, itemName: deeds[0]?.itemName ?? ALLOWANCE });
          for (const [index, one] of deeds.entries()) {
            await run.perform(one);
            if (index % 10 === 0) await scene.settle();
          }
          await scene.settle();
          await checkEverything(scene, run);
          for (const entry of await scene.entries()) seen.add(entry.kind);
        } finally {
          await scene.close();
        }
      }),
      // The first goes from 接收 and 退回补正 to 回访评价, which few by chance reach.
      { numRuns: Number(process.env['PROPERTY_RUNS'] ?? 12), endOnFailure: true, examples: [[wholeCourse()]] },
    );
    // The runs are worth something only if they get about.
    for (const kind of ['register', 'accept', 'return', 'complete', 'deliver', 'followUp'])
      expect(seen).toContain(kind);
  });
});

/** Accepted, returned, and from the beginning again. `which` chooses among what fits. */
const wholeCourse = () =>
  [0, 2, 0, 0, 0, 0, 0].map((which): Deed => ({ ...firstDeed, kind: 'fitting', words: '说明', which }));

const firstDeed: Deed = {
  person: ADA,
  kind: 'register',
  step: 'accept',
  which: 0,
  behind: 0,
  rating: '5',
  words: '',
  line: '',
  waitMs: 0,
  redelivered: false,
  itemName: ALLOWANCE,
  onTheSpot: false,
};
