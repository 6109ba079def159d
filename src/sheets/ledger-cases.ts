/** The ledger's first sheet: one case a row, in the usual order of a daiban ledger's columns. */
import {
  assistTypeWords,
  caseStateWords,
  contactWords,
  NO_PHONE_WORD,
  OWN_FOLLOW_UP_WORD,
  outcomeWords,
  ratingWord,
  serviceWayWords,
  suspendWords,
  terminateWords,
  withReason,
} from '../../cards/words.ts';
import type { CaseLedgerRow } from '../../db/repositories/case.ts';
import type { ItemRow } from '../../db/repositories/item.ts';
import type { LedgerRow } from '../../db/repositories/ledger.ts';
import type { Reading } from '../ctx.ts';
import { suspendReasons, terminateReasons } from '../domain/case.ts';
import { isOwnFollowUp } from '../domain/follow-up.ts';
import { hideOwn, hidePersonal } from '../domain/hiding.ts';
import { local } from '../domain/level-names.ts';
import { maskName } from '../domain/name.ts';
import { isOtherItem } from '../domain/other-errand.ts';
import { maskPhone } from '../domain/person.ts';
import { errandWords, formerApplicants } from '../services/case/corrections.ts';
import { withWords } from '../services/case/errand.ts';
import { type Applicant, type ApplicantVault, ERASED, openApplicant, UNREADABLE } from '../services/case/secret.ts';
import { type ReadEntry, standingEntries } from '../services/ledger/standing.ts';
import { type Column, moment } from './columns.ts';

/** Names by id. */
export interface Register {
  readonly units: ReadonlyMap<number, string>;
  readonly agents: ReadonlyMap<number, string>;
  readonly items: ReadonlyMap<number, ItemRow>;
}

export interface LedgerCase {
  readonly record: CaseLedgerRow;
  readonly item: ItemRow | undefined;
  readonly personal: Personal | undefined;
}

/** What only the applicant's key opens; no applicant when the person has been erased. */
interface Personal {
  readonly applicant: Applicant | undefined;
  /** As whom the applicant was registered before corrections: people wrote of them so. */
  readonly former: readonly Applicant[];
  readonly remarks: string;
  readonly otherErrand: string;
  readonly reasons: Reasons;
}

/** What people gave as reasons, each empty where there is none. */
type Reasons = Readonly<Record<(typeof reasonKinds)[number], string>>;

const reasonKinds = ['return', 'withdraw', 'complete', 'rectify', 'suspend', 'terminate'] as const;

/** undefined when it cannot be read: then one row says so, instead of no file for anybody. */
export function readPersonal(
  ctx: Pick<Reading, 'vault'>,
  { record, steps }: { record: CaseLedgerRow; steps: readonly LedgerRow[] },
): Personal | undefined {
  try {
    const opened = openApplicant(ctx, record);
    const standing = standingEntries(steps);
    const reasons = Object.fromEntries(reasonKinds.map((kind) => [kind, reasonsOf(kind, standing, opened)])) as Reasons;
    const former = formerApplicants(steps, opened);
    const { otherErrand, remarks } = errandWords(record, opened);
    return { applicant: opened.applicant, former, remarks: remarks ?? '', otherErrand: otherErrand ?? '', reasons };
  } catch {
    return undefined;
  }
}

/** Of several returns each one's, in their order. */
function reasonsOf(
  kind: string,
  steps: readonly Pick<ReadEntry, 'kind' | 'sealed' | 'payload'>[],
  { openNote }: ApplicantVault,
): string {
  const told = steps.flatMap((step) => {
    if (step.kind !== kind) return [];
    const chosen = chosenReason(step);
    if (step.sealed === null) return chosen === undefined ? [] : [chosen];
    const note = openNote(step.sealed);
    const words = note ? Object.values(note).join('；') : ERASED;
    return [chosen === undefined ? words : withReason(chosen, words)];
  });
  return told.length > 1 ? told.map((reason, index) => `${index + 1}. ${reason}`).join('\n') : (told[0] ?? '');
}

/** The word that was chosen beside what was typed. */
function chosenReason({ payload }: Pick<ReadEntry, 'payload'>): string | undefined {
  const { suspendReason, terminateReason } = payload;
  const suspended = suspendReasons.find((reason) => reason === suspendReason);
  if (suspended) return suspendWords[suspended];
  const terminated = terminateReasons.find((reason) => reason === terminateReason);
  return terminated && terminateWords[terminated];
}

/** `full`: with the applicants' names, phones, ID numbers and addresses unmasked; `now`: what is overdue by then is told. */
export function caseColumns(
  { units, agents }: Register,
  { full, now }: { full: boolean; now: number },
): Column<LedgerCase>[] {
  return [
    { header: '编号', width: 13, value: ({ record }) => record.caseNumber },
    { header: '登记时间', width: 17, value: ({ record }) => moment(record.registeredAt) },
    ...(full ? fullColumns : maskedColumns),
    { header: local`所在嘎查社区`, width: 16, value: ({ record }) => units.get(record.residenceUnitId) ?? '' },
    { header: '办理事项', width: 30, value: (one) => errandIn(one, full) },
    {
      header: '主管部门',
      width: 21,
      value: ({ record, item }) => departmentOf(item, units.get(record.otherDepartmentId ?? 0)),
    },
    { header: '类型', width: 28, value: typeWords },
    { header: '代办员', width: 10, value: ({ record }) => agents.get(record.registrarId) ?? '' },
    { header: '办理方式', width: 13, value: ({ record }) => serviceWayWords[record.way] },
    { header: '所需材料', width: 36, value: ({ item }) => item?.materials.join('；') ?? '' },
    { header: '承办单位', width: 18, value: ({ record }) => units.get(record.holderUnitId) ?? '' },
    { header: '经办人', width: 10, value: ({ record }) => agents.get(record.handlerId ?? 0) ?? '' },
    { header: '转送时间', width: 17, value: ({ record }) => moment(forwardedAt(record)) },
    { header: '接收时间', width: 17, value: ({ record }) => moment(record.acceptedAt) },
    { header: '办结期限', width: 17, value: ({ record }) => moment(record.dueAt) },
    { header: '办结时间', width: 17, value: ({ record }) => moment(record.completedAt) },
    { header: '是否超期', width: 11, value: ({ record }) => overdueWord(record, now) },
    { header: '办理结果', width: 11, value: ({ record }) => outcomeOrState(record) },
    { header: '不予办理原因', width: 30, value: (one) => (isRefused(one) ? reasonOf(one, 'complete', full) : '') },
    { header: '退回原因', width: 36, value: (one) => reasonOf(one, 'return', full) },
    { header: '中止原因', width: 30, value: (one) => reasonOf(one, 'suspend', full) },
    { header: '终止原因', width: 30, value: (one) => reasonOf(one, 'terminate', full) },
    { header: '撤回原因', width: 30, value: (one) => reasonOf(one, 'withdraw', full) },
    { header: '送达时间', width: 17, value: ({ record }) => moment(record.deliveredAt) },
    { header: '评价', width: 11, value: ({ record }) => ratingWord(record.rating) ?? '' },
    { header: '回访人', width: 12, value: ({ record }) => agents.get(record.followedUpById ?? 0) ?? '' },
    { header: '整改情况', width: 30, value: (one) => reasonOf(one, 'rectify', full) },
    { header: '备注', width: 48, value: (one) => remarksOf(one, full) },
  ];
}

const maskedColumns: readonly Column<LedgerCase>[] = [
  { header: '申请人姓名', width: 11, value: ofApplicant(({ name }) => maskName(name), ERASED) },
  {
    header: '联系电话',
    width: 14,
    value: ofApplicant(({ phone }) => (phone ? maskPhone(phone) : NO_PHONE_WORD), ERASED),
  },
];

const fullColumns: readonly Column<LedgerCase>[] = [
  { header: '申请人姓名', width: 16, value: ofApplicant(({ name }) => name, ERASED) },
  { header: '联系电话', width: 14, value: ofApplicant(({ phone }) => phone || NO_PHONE_WORD, ERASED) },
  { header: '联系人', width: 22, value: ofApplicant(({ contact }) => (contact ? contactWords(contact) : ''), '') },
  { header: '身份证号', width: 21, value: ofApplicant(({ idNumber }) => idNumber ?? '', '') },
  { header: '住址', width: 30, value: ofApplicant(({ address }) => address ?? '', '') },
];

/** @param erased what stands there when the person has been erased. */
function ofApplicant(show: (applicant: Applicant) => string, erased: string): (row: LedgerCase) => string {
  return ({ personal }) => {
    if (!personal) return UNREADABLE;
    return personal.applicant ? show(personal.applicant) : erased;
  };
}

/** Of 其他事项 with its words. */
function errandIn({ item, personal }: LedgerCase, full: boolean): string {
  const words = personal?.otherErrand ?? '';
  return withWords(item?.subItem ?? '', full ? words : hidden(words, personal));
}

function departmentOf(item: ItemRow | undefined, named: string | undefined): string {
  if (!item) return '';
  return isOtherItem(item) ? (named ?? '') : item.department;
}

function typeWords({ record, item }: LedgerCase): string {
  return `${item?.itemType ?? ''}（${assistTypeWords[record.assistType]}）`;
}

function isOnTheSpot(record: CaseLedgerRow): boolean {
  return record.acceptedAt === null && record.completedAt === record.registeredAt;
}

/** A case is forwarded in the same moment as it is registered, unless it was done at once. */
function forwardedAt(record: CaseLedgerRow): number | null {
  return isOnTheSpot(record) ? null : record.registeredAt;
}

function outcomeOrState({ outcome, state }: CaseLedgerRow): string {
  return outcome ? outcomeWords[outcome] : caseStateWords[state];
}

function isRefused({ record }: LedgerCase): boolean {
  return record.outcome !== null && record.outcome !== 'granted';
}

/** Hidden like what people wrote as remarks. */
function reasonOf({ personal }: LedgerCase, kind: keyof Reasons, full: boolean): string {
  const reason = personal?.reasons[kind] ?? '';
  return full || reason === '' ? reason : hidden(reason, personal);
}

function hidden(text: string, personal: Personal | undefined): string {
  return hidePersonal((personal?.former ?? []).reduce(hideOwn, text), personal?.applicant);
}

/** Completed too late, or open and past the promised day; what ended without a result is neither. */
function overdueWord({ state, completedOnTime, dueAt, remainingDays }: CaseLedgerRow, now: number): string {
  if (state === 'withdrawn' || state === 'terminated') return '';
  if (completedOnTime !== null) return completedOnTime ? '否' : '是';
  return (dueAt !== null && dueAt < now) || (remainingDays !== null && remainingDays < 0) ? '是' : '否';
}

/** What people wrote, and what the columns do not say. */
function remarksOf({ record, personal }: LedgerCase, full: boolean): string {
  const { applicant, remarks } = personal ?? { applicant: undefined, remarks: UNREADABLE };
  const external = record.externalNumber ?? '';
  const parts = [
    isOnTheSpot(record) ? '当场办结' : '',
    isOwnFollowUp(record) ? OWN_FOLLOW_UP_WORD : '',
    record.returnCount > 0 ? `退回补正${record.returnCount}次` : '',
    external && `一窗受理号 ${full ? external : hideOwn(external, applicant)}`,
    full || remarks === '' ? remarks : hidden(remarks, personal),
  ];
  return parts.filter((part) => part !== '').join('；');
}
