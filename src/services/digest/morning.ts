/** The working morning's digests: one card for each group and each person that something waits for. */
import { DIGEST_LINES_MAX, type DigestPart, digestCard } from '../../../cards/digest.ts';
import { dayFor } from '../../../cards/kit.ts';
import { caseDigestReads, caseDigestWrites, type WaitingRow } from '../../../db/repositories/case-digest.ts';
import { type CaseLine, caseListReads } from '../../../db/repositories/case-list.ts';
import { type Ctx, type Reading, today } from '../../ctx.ts';
import { localDay, startOfDay } from '../../domain/calendar.ts';
import {
  calls,
  type DigestEntry,
  type DigestRules,
  type DigestSection,
  digestEntry,
  digestSections,
  isFirstOfWeek,
  ladder,
  type Morning,
  rungsReached,
} from '../../domain/digest.ts';
import { tellUpkeep } from '../alert/upkeep.ts';
import { isPerson } from '../card/targets.ts';
import { maskedNameOf } from '../case/secret.ts';
import { enqueuePost } from '../message/enqueue.ts';
import { workingCalendar } from '../setting/calendar.ts';
import { settingOf } from '../settings.ts';
import {
  bannerTargets,
  type Directory,
  holderTargets,
  managerTargets,
  readDirectory,
  rectifierTargets,
  registeringTargets,
  type Targets,
  visitingTargets,
  visitorOf,
} from './recipients.ts';
import { taskReminders } from './task-reminders.ts';

interface Told {
  readonly row: WaitingRow;
  readonly entry: DigestEntry;
}

/** By target, what it is told. */
type Digests = Map<string, Told[]>;

/**
 * Posts the digests of today. One comes only when something in it is new or has its day; then it tells all that waits. Each rung of the
 * ladder tells of a case once. On the week's first working day managers hear of their unit's pressing tasks in it.
 */
export async function postMorningDigests(ctx: Ctx): Promise<void> {
  const directory = await readDirectory(ctx);
  const morning = await morningOf(ctx);
  const rows = await caseDigestReads.waiting(ctx.tx);
  const digests: Digests = new Map();
  const own = await tellOwn(ctx, { directory, rows });
  for (const { told, targets } of own) add(digests, told, targets);
  for (const { told, targets } of await climbLadder(ctx, { directory, rows })) add(digests, told, targets);
  await reportUnreached(ctx, { directory, own });
  const tasks = isFirstOfWeek(morning) ? await taskReminders(ctx, { directory, day: morning.today }) : undefined;
  for (const target of new Set([...digests.keys(), ...(tasks?.keys() ?? [])])) {
    const told = digests.get(target) ?? [];
    const own = tasks?.get(target) ?? [];
    if (own.length === 0 && !told.some(({ entry }) => calls(entry, morning))) continue;
    const card = digestCard({
      ...(await viewDigest(ctx, { told, directory, shared: !isPerson(target) })),
      title: titleFor(ctx, { target, directory }),
      tasks: own,
    });
    await enqueuePost(ctx, { target, content: { kind: 'fixed', card } });
  }
}

/** Units that nobody can be told for, on the administrators' card. */
async function reportUnreached(
  ctx: Ctx,
  { directory, own }: { directory: Directory; own: readonly Telling[] },
): Promise<void> {
  const lost = own.filter(({ targets }) => targets.length === 0);
  if (lost.length === 0) return;
  const unitIds = lost.map(({ told: { row, entry } }) =>
    targetsFor[entry.section] === holderTargets ? row.holderUnitId : row.registeringUnitId,
  );
  const names = directory.units.filter(({ id }) => unitIds.includes(id)).map(({ name }) => name);
  const lines = [
    `这些单位没有绑定群，也没有人员：${names.join('、')}，${lost.length}件没人收到提醒。`,
    '请到它们的群里发 /绑定，或让工作人员登记。',
  ];
  await tellUpkeep(ctx, { items: [{ key: 'unreached', title: '有代办件的提醒没人收到', lines }] });
}

function add(digests: Digests, told: Told, targets: Targets): void {
  for (const target of targets) {
    const known = digests.get(target) ?? [];
    // Whoever has it to deal with need not be told of it from above as well.
    if (!known.some(({ row }) => row.id === told.row.id)) digests.set(target, [...known, told]);
  }
}

interface Telling {
  readonly told: Told;
  readonly targets: Targets;
}

/** What waits for each case's holder, registering unit or manager. */
async function tellOwn(
  ctx: Ctx,
  { directory, rows }: { directory: Directory; rows: readonly WaitingRow[] },
): Promise<Telling[]> {
  const returnedAt = await caseDigestReads.returnedAt(ctx.tx);
  const rules = await rulesOf(ctx);
  return rows.flatMap((row) => {
    const waiting = { ...row, returnedAt: returnedAt.get(row.id) ?? null };
    const entry = digestEntry(waiting, { today: today(ctx), zone: ctx.zone, rules });
    return entry ? [{ told: { row, entry }, targets: targetsFor[entry.section](directory, row) }] : [];
  });
}

async function morningOf(ctx: Ctx): Promise<Morning> {
  return { today: today(ctx), calendar: await workingCalendar(ctx) };
}

export async function rulesOf(ctx: Pick<Reading, 'tx'>): Promise<DigestRules> {
  return {
    calendar: await workingCalendar(ctx),
    followUpDays: await settingOf(ctx, 'followUpDays'),
    rectificationDays: await settingOf(ctx, 'rectificationDays'),
  };
}

const targetsFor: Readonly<Record<DigestSection, (directory: Directory, row: WaitingRow) => Targets>> = {
  overdueAtBanner: bannerTargets,
  overdueAtManager: managerTargets,
  overdue: holderTargets,
  dueToday: holderTargets,
  dueNext: holderTargets,
  unaccepted: holderTargets,
  unrectified: rectifierTargets,
  returned: registeringTargets,
  undelivered: registeringTargets,
  unfollowed: visitingTargets,
};

/** Tells of overdue cases those above their holders, and notes on which rung. */
async function climbLadder(
  ctx: Ctx,
  { directory, rows }: { directory: Directory; rows: readonly WaitingRow[] },
): Promise<Telling[]> {
  const tellings: Telling[] = [];
  const morning = await morningOf(ctx);
  for (const { rung, section } of ladder) {
    const reached = rows.filter((row) => reaches(row, { ...morning, zone: ctx.zone }).includes(rung));
    for (const row of reached) {
      const dueDay = localDay(row.dueAt ?? ctx.now, ctx.zone);
      const entry = { section, since: today(ctx), day: dueDay };
      tellings.push({ told: { row, entry }, targets: targetsFor[section](directory, row) });
    }
    await caseDigestWrites.noteRung(ctx.tx, { ids: reached.map(({ id }) => id), rung });
  }
  return tellings;
}

function reaches({ state, dueAt, overdueRung }: WaitingRow, morning: Morning & { zone: string }): number[] {
  if (dueAt === null || (state !== 'forwarded' && state !== 'accepted')) return [];
  const late = { dueDay: localDay(dueAt, morning.zone), toldRung: overdueRung };
  return rungsReached(late, morning).map(({ rung }) => rung);
}

function titleFor(ctx: Reading, { target, directory }: { target: string; directory: Directory }): string {
  const day = dayFor(ctx.now, ctx);
  if (isPerson(target)) return `${day}提醒`;
  const names = directory.units.filter(({ chatId }) => chatId === target).map(({ name }) => name);
  return `${names.join('、')}：${day}提醒`;
}

/** Sections in their order; of each the first lines, those that have waited longest. */
async function viewDigest(ctx: Reading, digest: { told: readonly Told[]; directory: Directory; shared: boolean }) {
  const { told, directory, shared } = digest;
  const parts: DigestPart[] = [];
  for (const section of digestSections) {
    const own = told.filter(({ entry }) => entry.section === section);
    if (own.length === 0) continue;
    const sorted = own.sort((a, b) => (a.entry.day < b.entry.day ? -1 : 1));
    parts.push({
      ...(await viewPart(ctx, { section, told: sorted, directory })),
      mentions: shared && section === 'unfollowed' ? visitorsOf(directory, sorted) : [],
    });
  }
  const onlyAbove = told.every(({ entry }) => ladder.some(({ section }) => section === entry.section));
  return { parts, hint: onlyAbove ? '发 /统计，点“超期在办”看全部' : '发 /待办 看全部' };
}

/** By the open_ids of who was chosen for the visits. */
function visitorsOf(directory: Directory, told: readonly Told[]): string[] {
  return [...new Set(told.flatMap(({ row }) => visitorOf(directory, row)?.openId ?? []))];
}

async function viewPart(
  ctx: Reading,
  { section, told, directory }: { section: DigestSection; told: readonly Told[]; directory: Directory },
): Promise<DigestPart> {
  const shown = told.slice(0, DIGEST_LINES_MAX);
  const lines = await caseListReads.lines(
    ctx.tx,
    shown.map(({ row }) => row.id),
  );
  const dayWords = (day: string) => dayFor(startOfDay(day, ctx.zone), ctx);
  const { heading, late = false, when, next } = sectionWords[section];
  return {
    heading: heading(dayWords(told[0]?.entry.day ?? today(ctx))),
    late,
    total: told.length,
    lines: shown.flatMap(({ row, entry }) => {
      const line = lines.find(({ id }) => id === row.id);
      if (!line) return [];
      const { caseNumber, itemName } = line;
      const applicant = maskedNameOf(ctx, line);
      return [
        {
          caseId: row.id,
          caseNumber,
          itemName,
          applicant,
          when: when(dayWords(entry.day)),
          next: next(line, visitorOf(directory, row)?.name),
        },
      ];
    }),
  };
}

interface SectionWords {
  /** `day` of the section's first line. */
  readonly heading: (day: string) => string;
  readonly late?: boolean;
  readonly when: (day: string) => string;
  /** `visitor`: who was chosen to make the return visit. */
  readonly next: (line: CaseLine, visitor?: string) => string;
}

const handle = ({ state }: CaseLine) => (state === 'forwarded' ? '请接收' : '请办理，办好点“办结”');
const promised = (day: string) => `最晚${day}办结`;
const oversee = ({ holderUnit }: CaseLine) => `请过问，在${holderUnit}`;

const sectionWords: Readonly<Record<DigestSection, SectionWords>> = {
  overdueAtBanner: { heading: () => '超期满3个工作日', late: true, when: promised, next: oversee },
  overdueAtManager: { heading: () => '超期满1个工作日', late: true, when: promised, next: oversee },
  overdue: { heading: () => '已超期', late: true, when: promised, next: handle },
  dueToday: { heading: (day) => `${day}到期`, when: promised, next: handle },
  dueNext: { heading: (day) => `${day}到期`, when: promised, next: handle },
  unaccepted: { heading: () => '过了接收期限', when: (day) => `最晚${day}接收`, next: () => '请接收' },
  unrectified: { heading: () => '群众不满意，等整改', when: (day) => `最晚${day}`, next: () => '请管理员填写整改情况' },
  returned: { heading: () => '退回了，还没有重新转送', when: (day) => `${day}退回`, next: () => '请补正后重新转送' },
  undelivered: { heading: () => '办结了，还没有送达', when: (day) => `${day}办结`, next: () => '请把结果送达群众' },
  unfollowed: {
    heading: () => '送达了，还没有回访',
    when: (day) => `${day}送达`,
    next: (_, visitor) => `请${visitor ?? ''}回访群众`,
  },
};
