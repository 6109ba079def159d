/**
 * Every button and form of the product, in one union: `encode` writes a button's value, `decode` reads one back.
 * Cards stay in chats for months, so a version stays decodable as long as a card that carries it may be pressed (14 days
 * on the platform). What decodes is still only a claim: who may do it is decided from the person and the database.
 */
import * as z from 'zod';
import { agentRoles } from '../src/domain/agent.ts';
import { isDay } from '../src/domain/calendar.ts';
import { assistTypes, pressedSteps } from '../src/domain/case.ts';
import { groupings } from '../src/domain/grouping.ts';
import { importKinds } from '../src/domain/import/layout.ts';
import { isHalf } from '../src/domain/information.ts';
import { rankedKinds, rankings } from '../src/domain/ranking.ts';
import { CHECKS_MAX } from '../src/domain/readiness.ts';
import { settingNames } from '../src/domain/setting.ts';
import { slips } from '../src/domain/slip.ts';
import { listSlots } from '../src/domain/unit-list.ts';
import { figureLists } from './figures.ts';
import { reportLists } from './report-lines.ts';

const id = z.number().int().positive();
/** A button about a case carries the case's version it was drawn for, so that an old card cannot act on a newer state. */
const onCase = { caseId: id, version: z.number().int().nonnegative() };

/** Of a step that somebody takes: `case.accept` and so on. */
const stepActions = pressedSteps.map((step) => `case.${step}` as const);

/** Characters of a line that a button stands for: a whole typed one, and the command put before it. */
export const COMMAND_LINE_MAX = 500;

/** Of one trial: a letter first, so that a name that carries it is read as text. */
const TRIAL_TOKEN = /^t[\da-f]{12}$/;

/** So many pages of a list can be turned; who looks for more finds the case otherwise. */
export const CASE_PAGES_MAX = 20;

/** Figures on a card: whose, of which time (as it is typed after /统计), told apart by what, and who asked for them. */
const figures = { unitId: id, period: z.string().max(30), by: z.enum(groupings), askerId: id };

const half = z.string().refine(isHalf);
const piecePage = z.number().int().min(0).max(1000);

/** Of the calendar: a forged 2026-13 is no button of ours. */
const day = z.string().refine(isDay);
const month = z.string().refine((text) => isDay(`${text}-01`));
/** A unit with all below it, and a stretch of days, both ends included. */
const ofPeriod = { unitId: id, from: day, to: day };

/** What else there is of a report that was submitted. */
const reportPages = ['correction', 'return', 'versions'] as const;
export type ReportPage = (typeof reportPages)[number];

const onReport = { townId: id, month };

/** Of a list of cases. */
const page = z
  .number()
  .int()
  .min(0)
  .max(CASE_PAGES_MAX - 1);

const ofRanking = {
  whom: z.enum(rankedKinds),
  by: z.enum(rankings),
  page: z.number().int().min(0).max(10_000),
};

/** A list that was sent; `seen`: the sign of the plan that the card shows, a letter first, so that a name that carries it is read as text. */
const onImport = { importId: id, seen: z.string().regex(/^p[\da-f]{16}$/) };

/** A draft as it was drawn: `revision` is the one that was seen. */
const onBulletin = { bulletinId: id, revision: id };
const count = z.number().int().nonnegative();
const onTask = { taskId: id, unitId: id };
const onCheck = {
  unitId: id,
  listId: id,
  index: z
    .number()
    .int()
    .min(0)
    .max(CHECKS_MAX - 1),
};

/** What is to become of a colleague's work; see `src/domain/staff.ts`. */
const staffChange = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('deactivate') }),
  z.object({ kind: z.literal('move'), unitId: id }),
  z.object({ kind: z.literal('role'), role: z.enum(agentRoles) }),
]);
const onColleague = { agentId: id, change: staffChange };

/** One of the four lists of a center or station. */
const ofSlot = { unitId: id, slot: z.literal([...listSlots]) };

const actionValueSchema = z.discriminatedUnion('action', [
  /** What was asked before, and is registered all the same: `despite` the newest case of the same person and item, of somebody `unreachable`. */
  z.object({
    v: z.literal(1),
    action: z.literal('case.register'),
    draftId: id,
    despite: id.optional(),
    unreachable: z.literal(1).optional(),
  }),
  /** One of the items that a typed line may have meant. */
  z.object({ v: z.literal(1), action: z.literal('draft.item'), draftId: id, itemId: id }),
  /** Registers every line of a pasted list that is right. */
  z.object({ v: z.literal(1), action: z.literal('list.register'), draftId: id }),
  /** Opens the form of one line, from 1. */
  z.object({ v: z.literal(1), action: z.literal('list.open'), draftId: id, line: id }),
  /** The form of the next person on the line. */
  z.object({ v: z.literal(1), action: z.literal('draft.next'), draftId: id }),
  z.object({ ...onCase, v: z.literal(1), action: z.enum(stepActions) }),
  z.object({ ...onCase, v: z.literal(1), action: z.literal('case.undo') }),
  /** 转给我办, 转给我跟进: whoever presses takes the case over from a colleague. */
  z.object({ ...onCase, v: z.literal(1), action: z.literal('case.takeOver'), as: z.enum(['handler', 'keeper']) }),
  /** Asks for the steps that are seldom taken, by private message. */
  z.object({ v: z.literal(1), action: z.literal('case.askMore'), caseId: id }),
  /** 打印: which papers there are, and one of them as a Word file, by private message. */
  z.object({ v: z.literal(1), action: z.literal('case.askPrint'), caseId: id }),
  z.object({ v: z.literal(1), action: z.literal('case.print'), caseId: id, slip: z.enum(slips), large: z.boolean() }),
  /** The applicant's full data, by private message. */
  z.object({ v: z.literal(1), action: z.literal('case.reveal'), caseId: id }),
  /** 再办一件: a form for another errand of the same person, by private message. */
  z.object({ v: z.literal(1), action: z.literal('case.again'), caseId: id }),
  /** Asks for what is to be corrected, by private message. */
  z.object({ v: z.literal(1), action: z.literal('case.askCorrect'), caseId: id }),
  /** `blank`: whether a personal field left empty keeps what is known, because it was not shown, or clears it. */
  z.object({ ...onCase, v: z.literal(1), action: z.literal('case.correct'), blank: z.enum(['keep', 'clear']) }),
  /** Asks an administrator why the applicant's data are to be deleted. */
  z.object({ v: z.literal(1), action: z.literal('case.askErase'), caseId: id }),
  z.object({ v: z.literal(1), action: z.literal('case.erase'), caseId: id }),
  /** 确认, 暂不: whether what is archived for so many years may be deleted every night from now on. */
  z.object({ v: z.literal(1), action: z.literal('retention.decide'), years: id, agreed: z.boolean() }),
  /** Shows the case's card to the person who asks. */
  z.object({ v: z.literal(1), action: z.literal('case.open'), caseId: id }),
  /** 传材料: what is sent privately from now on belongs to the case. */
  z.object({ v: z.literal(1), action: z.literal('papers.start'), caseId: id }),
  z.object({ v: z.literal(1), action: z.literal('papers.done'), roundId: id }),
  /** Of which case that is, which was sent without a word. */
  z.object({ v: z.literal(1), action: z.literal('papers.choose'), roundId: id, caseId: id }),
  /** Which of the item's materials it is: the select beside it has chosen from the item's list. */
  z.object({ v: z.literal(1), action: z.literal('papers.name'), roundId: id, itemId: id }),
  /** The papers themselves, by private message. */
  z.object({ v: z.literal(1), action: z.literal('papers.show'), caseId: id }),
  /** The arithmetic of the case's promised day, by private message. */
  z.object({ v: z.literal(1), action: z.literal('case.explainDue'), caseId: id }),
  /** 责任人: who had the case when, by private message. */
  z.object({ v: z.literal(1), action: z.literal('case.responsible'), caseId: id }),
  z.object({ v: z.literal(1), action: z.literal('agent.apply') }),
  z.object({ v: z.literal(1), action: z.literal('agent.introduce') }),
  z.object({ v: z.literal(1), action: z.literal('agent.approve'), agentId: id }),
  z.object({ v: z.literal(1), action: z.literal('agent.reject'), agentId: id }),
  /** One of several namesakes: asks whether it is to be done. */
  z.object({ ...onColleague, v: z.literal(1), action: z.literal('agent.askChange') }),
  /** `seen`: what the card said of the person. */
  z.object({
    ...onColleague,
    v: z.literal(1),
    action: z.literal('agent.change'),
    seen: z.object({ unitId: id, role: z.enum(agentRoles) }),
  }),
  /** 停用 or 调动 with what waits for the person; a form's value, so without objects. `toUnitId`: 0 where nobody moves. */
  z.object({
    v: z.literal(1),
    action: z.literal('agent.leave'),
    agentId: id,
    kind: z.enum(['deactivate', 'move']),
    toUnitId: z.number().int().nonnegative(),
    unitId: id,
    role: z.enum(agentRoles),
  }),
  /** All that waits for somebody in the unit goes to a colleague, and the person stays. */
  z.object({ v: z.literal(1), action: z.literal('agent.passOn'), agentId: id, unitId: id }),
  z.object({ v: z.literal(1), action: z.literal('agent.keep') }),
  /** 代班: names a colleague from one day to another; ends one that goes on or is to come. */
  z.object({ v: z.literal(1), action: z.literal('standIn.name') }),
  z.object({ v: z.literal(1), action: z.literal('standIn.end'), standInRow: id }),
  z.object({ v: z.literal(1), action: z.literal('unit.bind') }),
  /** Binds although the unit is bound elsewhere or the group is another's; `seen`: what was asked about. */
  z.object({
    v: z.literal(1),
    action: z.literal('unit.rebind'),
    unitId: id,
    seen: z.object({ from: z.string().max(100).nullable(), others: z.array(id).max(20) }),
  }),
  z.object({ v: z.literal(1), action: z.literal('unit.keep') }),
  /** 解绑, or not; `seen`: the group that was asked about. */
  z.object({
    v: z.literal(1),
    action: z.literal('unit.unbind'),
    unitId: id,
    seen: z.string().max(100),
    keep: z.boolean(),
  }),
  z.object({
    v: z.literal(1),
    action: z.literal('report.submit'),
    townId: id,
    month,
  }),
  z.object({ v: z.literal(1), action: z.literal('report.undo'), townId: id, month }),
  /** The whole report, for those who write or receive it; below, or in place of the pressed card. */
  z.object({
    ...onReport,
    v: z.literal(1),
    action: z.literal('report.open'),
    inPlace: z.boolean().optional(),
    page: z.enum(reportPages).optional(),
  }),
  /** The form of its texts, and what was typed into it; `seen`: marks of the three texts that it was drawn with. */
  z.object({ ...onReport, v: z.literal(1), action: z.literal('report.edit') }),
  z.object({
    ...onReport,
    v: z.literal(1),
    action: z.literal('report.save'),
    seen: z.string().regex(/^(?:m[0-9a-f]{12}){3}$/),
  }),
  /** Of the version that the card showed: another in its place by the town, or sent back by the banner. */
  z.object({ ...onReport, v: z.literal(1), action: z.literal('report.correct'), version: id }),
  z.object({ ...onReport, v: z.literal(1), action: z.literal('report.return'), version: id }),
  /** The cases behind a figure of a report; of a department's items, or of one type, if named. `page` from 0. */
  z.object({
    ...onReport,
    v: z.literal(1),
    action: z.literal('report.cases'),
    list: z.enum(reportLists),
    departmentId: id.optional(),
    assistType: z.enum(assistTypes).optional(),
    page,
    turn: z.boolean().optional(),
  }),
  z.object({ v: z.literal(1), action: z.literal('report.urge'), month }),
  /** The reports of all towns as an Excel file, or as a Word file; a town's own as a Word file. */
  z.object({ v: z.literal(1), action: z.literal('report.export'), month }),
  z.object({ v: z.literal(1), action: z.literal('report.letters'), month }),
  z.object({ ...onReport, v: z.literal(1), action: z.literal('report.letter') }),
  /** The figures of another unit, period or grouping, on the same card. `pick`: what the select beside it has chosen. */
  z.object({ ...figures, v: z.literal(1), action: z.literal('stats.show'), pick: z.enum(['unit', 'by']).optional() }),
  /** The same figures as an Excel file. */
  z.object({ ...figures, v: z.literal(1), action: z.literal('stats.export') }),
  /** 值得看看, by private message. */
  z.object({ ...figures, v: z.literal(1), action: z.literal('stats.patterns') }),
  /** The cases behind a figure; `page` from 0. */
  z.object({
    ...figures,
    v: z.literal(1),
    action: z.literal('stats.cases'),
    list: z.enum(figureLists),
    page,
    /** Turns the page of the pressed card instead of answering below. */
    turn: z.boolean().optional(),
  }),
  /** Asks for the reason why the applicants' full data are wanted. */
  z.object({ ...ofPeriod, v: z.literal(1), action: z.literal('ledger.askFull') }),
  z.object({ ...ofPeriod, v: z.literal(1), action: z.literal('ledger.full') }),
  z.object({ ...ofPeriod, ...ofRanking, v: z.literal(1), action: z.literal('rank.show') }),
  z.object({ ...ofPeriod, ...ofRanking, v: z.literal(1), action: z.literal('rank.export') }),
  /** 得分明细 of one town. */
  z.object({ v: z.literal(1), action: z.literal('bulletin.parts'), bulletinId: id, unitId: id }),
  z.object({ v: z.literal(1), action: z.literal('bulletin.file'), bulletinId: id, as: z.enum(['word', 'excel']) }),
  z.object({ ...onBulletin, v: z.literal(1), action: z.literal('bulletin.note') }),
  z.object({ ...onBulletin, v: z.literal(1), action: z.literal('bulletin.recount') }),
  z.object({ ...onBulletin, v: z.literal(1), action: z.literal('bulletin.publish') }),
  z.object({ v: z.literal(1), action: z.literal('bulletin.correct'), bulletinId: id }),
  z.object({ v: z.literal(1), action: z.literal('setting.list') }),
  /** 改: the form of one setting. */
  z.object({ v: z.literal(1), action: z.literal('setting.ask'), name: z.enum(settingNames) }),
  /** `seen`: the mark of the value that the form showed; `shown`: of the new one that was shown before it counts. */
  z.object({
    v: z.literal(1),
    action: z.literal('setting.change'),
    name: z.enum(settingNames),
    seen: z.string().regex(/^s[\da-f]{8}$/),
    shown: z
      .string()
      .regex(/^s[\da-f]{8}$/)
      .optional(),
  }),
  /** 修改: the form of one item of the catalogue. */
  z.object({ v: z.literal(1), action: z.literal('item.ask'), itemId: id }),
  /** 先看改了什么. `seen`: the mark of the versions that the form was drawn for. */
  z.object({ v: z.literal(1), action: z.literal('item.preview'), itemId: id, seen: id }),
  /** `looked`: the mark of what was shown. */
  z.object({
    v: z.literal(1),
    action: z.literal('item.change'),
    itemId: id,
    seen: id,
    looked: z.string().regex(/^v[\da-f]{8}$/),
  }),
  /** Takes a planned version back before its day. */
  z.object({ v: z.literal(1), action: z.literal('item.withdraw'), versionId: id }),
  /** 公布, 更新: the form of one of a unit's four lists. */
  z.object({ ...ofSlot, v: z.literal(1), action: z.literal('lists.ask') }),
  /** `seen`: the list that the form showed; 0: none. */
  z.object({ ...ofSlot, v: z.literal(1), action: z.literal('lists.publish'), seen: z.number().int().nonnegative() }),
  /** The file, by private message. */
  z.object({ v: z.literal(1), action: z.literal('lists.file'), listId: id }),
  /** 还差什么 */
  z.object({ v: z.literal(1), action: z.literal('setting.checklist') }),
  /** 抽查回访: what waits, the form of one, and what was found. */
  z.object({ v: z.literal(1), action: z.literal('check.list') }),
  z.object({ v: z.literal(1), action: z.literal('check.open'), caseId: id }),
  z.object({ v: z.literal(1), action: z.literal('check.record'), caseId: id }),
  /** 政务信息: of a half-year the overview, lists of pieces, the forms and what they send, the ranking. */
  z.object({ v: z.literal(1), action: z.literal('information.home'), half }),
  z.object({ v: z.literal(1), action: z.literal('information.write') }),
  z.object({ v: z.literal(1), action: z.literal('information.file') }),
  z.object({ v: z.literal(1), action: z.enum(['information.own', 'information.inbox']), half, page: piecePage }),
  z.object({ v: z.literal(1), action: z.literal('information.open'), pieceId: id }),
  z.object({ v: z.literal(1), action: z.literal('information.adopt'), pieceId: id }),
  z.object({ v: z.literal(1), action: z.literal('information.askUndo'), adoptionId: id }),
  z.object({ v: z.literal(1), action: z.literal('information.undo'), adoptionId: id }),
  z.object({ v: z.literal(1), action: z.literal('information.extra'), half }),
  z.object({ v: z.literal(1), action: z.literal('information.addExtra') }),
  z.object({ v: z.literal(1), action: z.literal('information.points') }),
  z.object({ v: z.literal(1), action: z.literal('information.setPoints') }),
  z.object({ v: z.literal(1), action: z.literal('information.ranking'), half }),
  z.object({ v: z.literal(1), action: z.literal('information.export'), half }),
  z.object({ v: z.literal(1), action: z.literal('information.letter'), half }),
  z.object({ v: z.literal(1), action: z.literal('information.publish'), half }),
  z.object({ v: z.literal(1), action: z.literal('information.correct'), half }),
  z.object({ v: z.literal(1), action: z.literal('information.dropCorrection'), half }),
  /** The empty list of a kind. */
  z.object({ v: z.literal(1), action: z.literal('import.template'), kind: z.enum(importKinds) }),
  z.object({ ...onImport, v: z.literal(1), action: z.literal('import.confirm') }),
  /** The rows that were not taken. */
  z.object({ v: z.literal(1), action: z.literal('import.faults'), importId: id }),
  z.object({ v: z.literal(1), action: z.literal('import.cancel'), importId: id }),
  /** Takes out of use what does not stand in the list. */
  z.object({ ...onImport, v: z.literal(1), action: z.literal('import.retire') }),
  /** The roster of a unit with all below it, as it is today. */
  z.object({ v: z.literal(1), action: z.literal('roster.show'), unitId: id }),
  /** Annex 5 of a unit with all below it, as it was on a day, by private message. */
  z.object({ v: z.literal(1), action: z.literal('roster.export'), unitId: id, day }),
  /** The plan's tasks: of a unit alone, or of all below it, told apart by unit or by task; `page` from 0. */
  z.object({
    v: z.literal(1),
    action: z.literal('task.show'),
    unitId: id,
    by: z.enum(['own', 'unit', 'task']),
    page: z.number().int().min(0).max(20).optional(),
  }),
  /** 填: the form of a task, by private message. */
  z.object({ ...onTask, v: z.literal(1), action: z.literal('task.open') }),
  /** `seen`: the number of the update that the form showed. */
  z.object({ ...onTask, v: z.literal(1), action: z.literal('task.save'), seen: count }),
  /** Photos: what is sent privately from now on belongs to the task, and those there are. */
  z.object({ ...onTask, v: z.literal(1), action: z.enum(['task.photo', 'task.photos']) }),
  z.object({ v: z.literal(1), action: z.literal('task.export'), unitId: id }),
  /** 七有: the centers and stations of a unit, and one of them. */
  z.object({
    v: z.literal(1),
    action: z.literal('readiness.show'),
    unitId: id,
    page: z.number().int().min(0).max(20).optional(),
  }),
  z.object({ v: z.literal(1), action: z.literal('readiness.place'), unitId: id }),
  /** `seen`: how often something had been said of the checks that the form showed. */
  z.object({ v: z.literal(1), action: z.literal('readiness.save'), unitId: id, listId: id, seen: count }),
  /** One check, by its place in the list. */
  z.object({ ...onCheck, v: z.literal(1), action: z.enum(['readiness.check', 'readiness.photo', 'readiness.photos']) }),
  z.object({ ...onCheck, v: z.literal(1), action: z.literal('readiness.saveCheck'), seen: count }),
  /** 已阅知: what somebody is there for, by the mark of its text. */
  z.object({
    v: z.literal(1),
    action: z.literal('duties.read'),
    agentId: id,
    text: z.string().regex(/^[0-9a-f]{16}$/),
  }),
  /** Of a card that `doctor` or `live-check` sent: only the press itself is noted. The pressed card stays, or says so. */
  z.object({
    v: z.literal(1),
    action: z.literal('trial.press'),
    token: z.string().regex(TRIAL_TOKEN),
    after: z.enum(['stay', 'change']),
  }),
  /** Sends the named command on behalf of the person who presses, e.g. from the help card. */
  z.object({ v: z.literal(1), action: z.literal('command.run'), line: z.string().max(COMMAND_LINE_MAX) }),
]);

export type ActionValue = z.infer<typeof actionValueSchema>;
export type ActionName = ActionValue['action'];
/** The value of one named action, e.g. `ActionValueOf<'case.accept'>`. */
export type ActionValueOf<Name extends ActionName> = Named<ActionValue, Name>;
type Named<Value, Name> = Value extends { action: infer Names } ? (Name extends Names ? Value : never) : never;

type WithoutVersionTag<Value> = Value extends ActionValue ? Omit<Value, 'v'> : never;

/** Writes a button's `value`; the schema's version tag is added here. */
export function encodeAction(value: WithoutVersionTag<ActionValue>): ActionValue {
  return { ...value, v: 1 } as ActionValue;
}

/** Of each action, the fields its value has besides, in the order of the schema. */
const fieldsOf: ReadonlyMap<string, readonly string[]> = new Map(
  actionValueSchema.options.flatMap(({ shape }) => {
    const { v: _, action, ...fields } = shape;
    const names = 'options' in action ? action.options : action.values;
    return [...names].map((name) => [name, Object.keys(fields)] as const);
  }),
);

/**
 * A form's button carries its value in its name as well, for clients that leave `action.value` out: `case.return_7_2`.
 * Fit for values of numbers and days, such as forms send; short, and of characters that a name may have everywhere.
 */
export function nameOfAction(value: ActionValue): string {
  const fields: Readonly<Record<string, unknown>> = value;
  return [value.action, ...(fieldsOf.get(value.action) ?? []).map((field) => fields[field])].join('_');
}

/** Reads a callback's `action.value`, or else its name; undefined when neither is one of ours (forged, or from a card of long ago). */
export function decodeAction(pressed: {
  readonly value: unknown;
  readonly name?: string | undefined;
}): ActionValue | undefined {
  const sent = actionValueSchema.safeParse(pressed.value);
  return sent.success ? sent.data : actionValueSchema.safeParse(valueOfName(pressed.name ?? '')).data;
}

function valueOfName(name: string): Record<string, unknown> {
  const [action = '', ...texts] = name.split('_');
  const fields = (fieldsOf.get(action) ?? []).map((field, place) => {
    const text = texts[place] ?? '';
    return [field, /^\d+$/.test(text) ? Number(text) : text] as const;
  });
  // A field that may be absent leaves its place empty.
  return { ...Object.fromEntries(fields.filter(([, text]) => text !== '')), v: 1, action };
}
