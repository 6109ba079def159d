/**
 * Everybody tries everything, by the doors that people use: each button with a value of its own making, each command, the file.
 * Who is let in is what the table of rights says of that person. Values are such that whoever is let in is stopped right behind the door.
 */
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { ActionName } from '../../cards/action-values.ts';
import { agentReads } from '../../db/repositories/agent.ts';
import { unitReads } from '../../db/repositories/unit.ts';
import { type ActionRight, actionRights } from '../../src/actions/rights.ts';
import { commands } from '../../src/commands/index.ts';
import { personOf } from '../../src/ctx.ts';
import { belongsTo } from '../../src/domain/agent.ts';
import type { BulletinTotals } from '../../src/domain/bulletin.ts';
import { stepRules } from '../../src/domain/case.ts';
import { highestRole, type Person, relationsTo } from '../../src/domain/permission.ts';
import { may, rights, type Subject } from '../../src/domain/rights.ts';
import { defaultScoring } from '../../src/domain/score.ts';
import { unitsOf } from '../../src/domain/task.ts';
import type { RefusalCode } from '../../src/refusals.ts';
import { loadCase } from '../../src/services/case/dossier.ts';
import { staffByOpenId } from '../../src/services/stand-in/running.ts';
import { tasksOn } from '../../src/services/task/standing.ts';
import {
  ADA,
  ADMIN,
  BAI,
  BANNER_MANAGER,
  CIVIL_CLERK,
  CIVIL_MANAGER,
  CLERK,
  OTHER_CLERK,
  openScene,
  type Scene,
  STRANGER,
  TOWN,
  TOWN_MANAGER,
} from '../support/scene.ts';

const APPLICANT = 'ou_applicant';
const OTHER_VILLAGE = 'ou_other_village';
const OTHER_MANAGER = 'ou_other_manager';
const LEFT = 'ou_left';
const STAND_IN = 'ou_stand_in';
const BANNER_STAND_IN = 'ou_banner_stand_in';

const people = {
  陌生人: STRANGER,
  等审批的申请人: APPLICANT,
  停用的人: LEFT,
  登记的代办员: ADA,
  本嘎查的同事: BAI,
  别的嘎查的代办员: OTHER_VILLAGE,
  给镇里同事代班的人: STAND_IN,
  承办的镇的工作人员: CLERK,
  别的镇的工作人员: OTHER_CLERK,
  主管部门的工作人员: CIVIL_CLERK,
  承办的镇的管理员: TOWN_MANAGER,
  别的镇的管理员: OTHER_MANAGER,
  主管部门的管理员: CIVIL_MANAGER,
  旗县的管理员: BANNER_MANAGER,
  给旗县管理员代班的人: BANNER_STAND_IN,
  系统管理员: ADMIN,
} as const;

let scene: Scene;
let refusal: string | undefined;
let subject: Required<Pick<Subject, 'parties'>> & { village: number[]; town: number[] };
const persons = new Map<string, Person>();
/** Where each of them works, then the units above. */
const lines = new Map<string, readonly number[]>();
const ids = {
  banner: 0,
  bulletinId: 0,
  caseId: 0,
  draftId: 0,
  roundId: 0,
  pendingId: 0,
  baiId: 0,
  adaId: 0,
  taskId: 0,
  village: 0,
  town: 0,
};

beforeAll(async () => {
  scene = await openScene();
  await scene.hire({ openId: OTHER_VILLAGE, name: '萨仁', unit: '安门社区' });
  await scene.hire({ openId: STAND_IN, name: '代班员', unit: '安门社区' });
  await scene.hire({ openId: BANNER_STAND_IN, name: '旗里代班', unit: '鄂温克族自治旗' });
  await scene.hire({ openId: OTHER_MANAGER, name: '大雁主任', unit: '大雁镇', role: 'manager' });
  await scene.hire({ openId: LEFT, name: '走的人', unit: '安达社区' });
  const idOf = async (openId: string) => (await scene.db.read((tx) => agentReads.byOpenId(tx, openId)))?.id ?? 0;
  const village = scene.unitId('安达社区');
  const town = scene.unitId('巴彦托海镇');
  await scene.says(ADMIN, '/停用 走的人');
  await scene.settle();
  await scene.does(ADMIN, { target: ADMIN, label: '确认停用' });
  await scene.says(TOWN_MANAGER, '/代班');
  await scene.settle();
  const days = { fromDay: '今天', toDay: '11月27日' };
  const pair = { standIn: String(await idOf(STAND_IN)), absent: String(await idOf(CLERK)) };
  await scene.does(TOWN_MANAGER, { target: TOWN_MANAGER, label: '定下来', form: { ...pair, ...days } });
  await scene.says(BANNER_MANAGER, '/代班');
  await scene.settle();
  const inBanner = { standIn: String(await idOf(BANNER_STAND_IN)), absent: String(await idOf(BANNER_MANAGER)) };
  await scene.does(BANNER_MANAGER, { target: BANNER_MANAGER, label: '定下来', form: { ...inBanner, ...days } });
  const { id: caseId } = await scene.register();
  await scene.does(CLERK, { target: TOWN, label: '接收' });
  const form = { name: '申请的人', unit: String(village), phone: '13900002222', employment: 'fullTime' };
  await scene.forges(APPLICANT, { value: { v: 1, action: 'agent.apply' }, chat: `oc_p2p_${APPLICANT}`, form });
  await scene.says(ADA, '/登记 低保 李四 13812340001');
  await scene.forges(ADA, { value: { v: 1, action: 'papers.start', caseId } });
  await scene.settle();
  const drafts = await scene.db.read(async ({ q, t }) => q.select().from(t.drafts));
  const [round] = await scene.db.read(async ({ q, t }) => q.select().from(t.paperRounds));
  Object.assign(ids, { caseId, village, town, draftId: drafts.at(-1)?.id, roundId: round?.id });
  Object.assign(ids, { pendingId: await idOf(APPLICANT), baiId: await idOf(BAI), adaId: await idOf(ADA) });
  ids.taskId = await taskOfTown();
  ids.banner = scene.unitId('鄂温克族自治旗');
  await publishedBulletin();
  await scene.db.write(({ q, t }) => q.insert(t.followUpChecks).values({ caseId, drawnAt: scene.clock.now() }));
  await scene.db.read(async (tx) => {
    const lineOf = async (id: number) => (await unitReads.lineage(tx, id)).map((unit) => unit.id);
    const reading = { tx, now: scene.clock.now(), zone: 'Asia/Shanghai', vault: scene.vault };
    const { parties } = await loadCase(reading, caseId);
    subject = { parties, village: await lineOf(village), town: await lineOf(town) };
    for (const openId of Object.values(people)) {
      const staff = await staffByOpenId(reading, openId);
      if (staff?.agent.status !== 'active') continue;
      persons.set(openId, personOf(staff));
      lines.set(openId, await lineOf(staff.unit.id));
    }
  });
});
afterAll(() => scene.close());

// What a test mocks is put back after it.
beforeEach(() => {
  vi.spyOn(scene.app.metrics, 'dealt').mockImplementation((dealt) => {
    refusal = dealt.status === 'failed' ? 'failed' : dealt.refusal;
  });
});

/** One that stands, so that it is read by everybody and changed by nobody. */
async function publishedBulletin(): Promise<void> {
  const [bulletin] = await scene.db.write(({ q, t }) =>
    q
      .insert(t.bulletins)
      .values({
        ...{ bannerId: ids.banner, quarter: '2026Q3', version: 1, state: 'published', draftedAt: 1, publishedAt: 1 },
        figures: { scoring: defaultScoring, towns: [], whole: { registered: 0, completed: 0 } as BulletinTotals },
      })
      .returning(),
  );
  ids.bulletinId = bulletin?.id ?? 0;
}

/** A task that the town has to report on. */
async function taskOfTown(): Promise<number> {
  const tasks = await scene.db.read(async ({ q, t }) => q.select().from(t.tasks));
  const day = '2026-11-23';
  const units = await scene.db.read((tx) => unitReads.all(tx));
  const found = tasksOn(tasks, day).find(({ responsible }) =>
    unitsOf(responsible, units).some(({ unitId }) => unitId === ids.town),
  );
  return found?.id ?? 0;
}

/** All that says: this is not for you. Whatever else is said, is said to somebody who may. */
const closed: readonly (RefusalCode | undefined)[] = [
  ...([
    'not_staff',
    'staff_pending',
    'not_for_your_role',
    'for_admins_only',
    'case_not_yours',
    'case_unknown',
  ] as const),
  ...(['reveal_not_handler', 'papers_not_handler', 'print_not_handler', 'papers_round_over', 'more_nothing'] as const),
  ...(['draft_not_yours', 'duties_not_yours', 'erase_admin_only', 'retention_admin_only'] as const),
  ...(['bind_not_allowed', 'unbind_not_allowed', 'settings_admin_only', 'item_admin_only'] as const),
  ...(['import_admin_only', 'export_admin_only', 'stats_not_yours', 'roster_not_yours', 'task_not_yours'] as const),
  ...(['report_not_received', 'check_not_yours', 'information_office_only', 'bulletin_not_yours'] as const),
  ...(['lists_not_yours', 'stand_in_not_yours', 'bulletin_not_for_you', 'print_not_handler'] as const),
  ...(['readiness_not_yours', 'report_not_yours', 'application_not_yours', 'staff_not_yours', 'staff_self'] as const),
];

const day = '2026-11-23';
const onPeriod = () => ({ unitId: ids.town, from: day, to: day });
const ranking = { whom: 'towns', by: 'volume', page: 0 };
const figures = () => ({ unitId: ids.town, period: '本月', by: 'village', askerId: ids.baiId });
const onImport = { importId: 999, seen: 'p0123456789abcdef' };
const colleague = () => ({ agentId: ids.baiId, change: { kind: 'deactivate' } });
const ofVillage = () => ({ unitId: ids.village, listId: 1, index: 0, seen: 0 });
const onTask = () => ({ taskId: ids.taskId, unitId: ids.town, seen: 999 });

/** What buttons carry besides their name, by how it begins; the longest beginning counts. */
const values: Readonly<Record<string, () => object>> = {
  'case.': () => ({ caseId: ids.caseId, version: 99, as: 'handler', blank: 'keep', slip: 'mandate', large: false }),
  'case.register': () => ({ draftId: ids.draftId }),
  'case.print': () => ({ caseId: ids.caseId, slip: 'termination', large: false }),
  'draft.': () => ({ draftId: ids.draftId, itemId: 1 }),
  'list.': () => ({ draftId: ids.draftId, line: 1 }),
  'retention.': () => ({ years: 99, agreed: true }),
  'papers.': () => ({ caseId: ids.caseId, roundId: ids.roundId, itemId: 1 }),
  'agent.': () => ({ agentId: ids.pendingId }),
  'agent.askChange': colleague,
  'agent.change': () => ({ ...colleague(), seen: { unitId: ids.village, role: 'admin' } }),
  'agent.leave': () => ({ agentId: ids.baiId, kind: 'deactivate', toUnitId: 0, unitId: ids.village, role: 'admin' }),
  'agent.passOn': () => ({ agentId: ids.baiId, unitId: ids.village }),
  'unit.': () => ({ unitId: ids.village, seen: { from: null, others: [] } }),
  // Bound elsewhere than was asked about: nothing is undone.
  'unit.unbind': () => ({ unitId: ids.town, seen: 'oc_elsewhere', keep: false }),
  'report.': () => ({ townId: ids.town, month: '2026-11', version: 99, list: 'returnedAgain', page: 0 }),
  'report.open': () => ({ townId: ids.town, month: '2026-11' }),
  'report.save': () => ({ townId: ids.town, month: '2026-11', seen: 'm0123456789ab'.repeat(3) }),
  'bulletin.': () => ({ bulletinId: ids.bulletinId, revision: 99, unitId: ids.town, as: 'word' }),
  'check.': () => ({ caseId: ids.caseId }),
  'information.': () => ({ half: '2026H2', page: 0, pieceId: 999, adoptionId: 999 }),
  'lists.': () => ({ unitId: ids.town, slot: 1, listId: 999, seen: 999 }),
  'stats.': () => ({ ...figures(), list: 'total', page: 0 }),
  'ledger.': onPeriod,
  'rank.': () => ({ ...onPeriod(), ...ranking }),
  'setting.': () => ({ name: 'digestTime', seen: 's00000000' }),
  'import.': () => ({ ...onImport, kind: 'units' }),
  'item.': () => ({ itemId: 1, seen: 999, looked: 'v00000000', versionId: 999 }),
  'roster.': () => ({ unitId: ids.town, day }),
  'task.': () => ({ ...onTask(), by: 'own' }),
  'readiness.': ofVillage,
  'readiness.show': () => ({ unitId: ids.town }),
  'duties.': () => ({ agentId: ids.adaId, text: '0123456789abcdef' }),
  'command.': () => ({ line: '/帮助' }),
  'trial.': () => ({ token: 't0123456789ab', after: 'stay' }),
};

/** What forms ask for before the right can be looked at. No reason for an erasure, an export or a rejection. */
const filled = {
  ...{ note: '已按规定核对', rating: '5', role: 'admin', unit: '999999', state: 'ongoing', present: 'yes' },
  // Nobody stands in for themselves, which is said to whoever may name one.
  ...{ absent: () => String(ids.adaId), standIn: () => String(ids.adaId), fromDay: '今天', toDay: '今天' },
  ...{ suspendReason: 'applicant', suspendNote: '等材料', terminateReason: 'asked', terminateAdvice: '备齐再来' },
};

/** Whose right hangs on who took the step before, or who stands in: `undo.test.ts`, `undo-report.test.ts`, `stand-in.test.ts`. */
const elsewhere: readonly string[] = ['case.undo', 'report.undo', 'standIn.end'];
/** What ends with the round of its owner, who hears the same then. */
const onOwnRound: readonly string[] = ['papers.done', 'papers.choose', 'papers.name'];
const probed = (Object.keys(actionRights) as ActionName[]).filter((name) => !elsewhere.includes(name));

/** Whether the table lets them in. */
function expected(name: ActionName, openId: string): boolean {
  const asked: ActionRight = actionRights[name];
  const person = persons.get(openId);
  if ('step' in asked) {
    const relations = person ? relationsTo(subject.parties, person) : new Set();
    return stepRules[asked.step].who.some((relation) => relations.has(relation));
  }
  // Its case was drawn for 抽查回访: whoever asks the resident once more needs the number.
  if (name === 'case.reveal' && may('checkRatings', person, subjectOf('check.open'))) return true;
  const of = { ...subjectOf(name), ownLine: lines.get(openId) ?? [] };
  if (readsReport.includes(name) && may('receiveReports', person, { unitLine: subject.town.slice(1) })) return true;
  return may(asked.right, person, of);
}

/** Who sends or receives a town's reports reads them. */
const readsReport: readonly ActionName[] = ['report.open', 'report.cases', 'report.letter'];
const ofBanner = [
  'bulletin.',
  'check.',
  'information.',
  'report.return',
  'report.urge',
  'report.export',
  'report.letters',
];

function subjectOf(name: ActionName): Subject {
  const ofVillageToo = [
    'agent.',
    'standIn.',
    'readiness.place',
    'readiness.save',
    'readiness.check',
    'readiness.photo',
  ];
  const isOfVillage = ofVillageToo.some((beginning) => name.startsWith(beginning));
  const isOfBanner = ofBanner.some((beginning) => name.startsWith(beginning));
  const unitLine = isOfBanner ? subject.town.slice(1) : isOfVillage ? subject.village : subject.town;
  // The town has a manager, who alone of its staff writes the reports.
  return { parties: subject.parties, ownerId: ids.adaId, unitLine, hasManager: true };
}

async function isLetIn(openId: string, name: ActionName): Promise<boolean> {
  const longest = Object.keys(values)
    .filter((beginning) => name.startsWith(beginning))
    .sort((a, b) => b.length - a.length)[0];
  const value = { ...values[longest ?? '']?.(), v: 1, action: name };
  refusal = undefined;
  const form = Object.fromEntries(
    Object.entries(filled).map(([key, one]) => [key, typeof one === 'string' ? one : one()]),
  );
  await scene.forges(openId, { value, chat: `oc_p2p_${openId}`, form });
  expect([name, refusal]).not.toEqual([name, 'failed']);
  return !closed.some((code) => code === refusal);
}

describe.each(Object.entries(people))('%s', (_, openId) => {
  it('is let in by the buttons that the table names, and by no other', async () => {
    const wrong: string[] = [];
    for (const name of probed) {
      if (openId === ADA && onOwnRound.includes(name)) continue;
      // Has applied, and waits.
      if (openId === APPLICANT && name === 'agent.apply') continue;
      const letIn = await isLetIn(openId, name);
      if (letIn !== expected(name, openId)) wrong.push(`${name}: ${letIn ? 'let in' : 'refused'} (${refusal})`);
    }
    expect(wrong).toEqual([]);
  });

  it('may type the commands of their audience, and no other', async () => {
    const person = persons.get(openId);
    const role = person && highestRole(person);
    const wrong: string[] = [];
    for (const { name, audience } of commands) {
      refusal = undefined;
      await scene.says(openId, `/${name}`);
      const letIn = !['not_for_your_role', 'for_admins_only', 'not_staff', 'staff_pending'].includes(refusal ?? '');
      // Who is not of the staff is asked to join instead: nothing was refused, and nothing done.
      if (person && letIn !== belongsTo(audience, role)) wrong.push(`/${name} (${refusal})`);
    }
    expect(wrong).toEqual([]);
  });

  it('brings a list in by a file if the table says so', async () => {
    const imports = () => scene.db.read(async ({ q, t }) => (await q.select().from(t.imports)).length);
    // A file that a button was pressed for a while ago is not waited for any longer.
    scene.clock.advance(3_600_000);
    const before = await imports();
    await scene.sends(openId, { files: [{ key: `file_${openId}`, name: '单位.xlsx', kind: 'file' }] });
    expect((await imports()) > before).toBe(may('importLists', persons.get(openId)));
  });
});

it('every right is asked for by a button', () => {
  const asked = Object.values(actionRights).flatMap((one) => ('right' in one ? [one.right] : []));
  expect(Object.keys(rights).filter((right) => !asked.some((one) => one === right))).toEqual([]);
});
