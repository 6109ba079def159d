/** The living card of a case (代办件), and what replaces it where a newer one stands. */
import { startOfDay } from '../src/domain/calendar.ts';
import {
  type AssistType,
  type CaseState,
  type CaseStep,
  type DeliveryWay,
  isOpen,
  needsRectification,
  type Outcome,
  type ServiceWay,
  type SuspendReason,
  standsStill,
  type TerminateReason,
} from '../src/domain/case.ts';
import { local } from '../src/domain/level-names.ts';
import type { Call } from '../src/domain/turns.ts';
import type { UndoableStep } from '../src/domain/undo.ts';
import type { Card, CardElement } from './card.ts';
import { type CaseLink, caseActions } from './case-steps.ts';
import { explainButton } from './due.ts';
import {
  bold,
  card,
  clock,
  cut,
  dayFor,
  type Fact,
  facts,
  type HeaderColor,
  hr,
  markdown,
  mention,
  notation,
  panel,
  paragraph,
  redLine,
} from './kit.ts';
import { type CasePapersView, papersLine } from './papers.ts';
import {
  assistTypeWords,
  caseStateWords,
  deliveryWayWords,
  outcomeWords,
  ratingWord,
  serviceWayWords,
  stepWord,
  suspendWords,
  terminateWords,
  withReason,
} from './words.ts';

const TIMELINE_SHOWN = 6;
/** Where the item's materials take their room. */
const TIMELINE_BESIDE_MATERIALS = 3;
/** Characters of a reason, and of an advice, in the first sentence; the rows below hold more. */
const SAID_FIRST = 70;
/** Of a remark and of a note. */
const SAID_ASIDE = 100;

/**
 * Everything a case card shows. Personal data comes in masked: the card is shared by the whole chat. The time of the drawing is
 * not among it: what stands on the card has to be true as long as nobody draws it again.
 */
export interface CaseView {
  readonly id: number;
  readonly version: number;
  readonly caseNumber: string;
  readonly externalNumber: string | null;
  readonly state: CaseState;
  readonly itemName: string;
  readonly departmentName: string;
  readonly assistType: AssistType;
  readonly way: ServiceWay;
  /** Masked: 张**. */
  readonly applicant: string;
  /** Masked: 138****1234. */
  readonly phone: string;
  readonly residence: string;
  readonly townName: string;
  readonly registrarName: string;
  readonly registeringUnit: string;
  /** The holder's center. */
  readonly holderUnit: string;
  readonly handlerName: string | null;
  /** Who is to make the return visit; null: whoever of the registering unit. */
  readonly followUpName: string | null;
  /** Who looks after it for the registering unit: the registrar, until it is handed to a colleague. */
  readonly keeperName: string;
  readonly keptByRegistrar: boolean;
  readonly registeredAt: number;
  readonly acceptBy: number | null;
  readonly dueAt: number | null;
  /** Working days kept while time stands still. */
  readonly remainingDays: number | null;
  /** A morning's look has found it past its promised day. */
  readonly overdue: boolean;
  /** The promised day falls in a year whose holidays are not announced yet. */
  readonly calendarUnannounced: boolean;
  readonly returnNote: { readonly reason: string; readonly materials: string } | null;
  readonly outcome: Outcome | null;
  readonly outcomeNote: string | null;
  /** What the resident can do next, after a refusal. */
  readonly outcomeAdvice: string | null;
  readonly deliveryWay: DeliveryWay | null;
  readonly rating: number | null;
  readonly ratingComment: string | null;
  readonly rectification: string | null;
  /** The last day of a 整改 that is asked for (ms); null where none is. */
  readonly rectifyBy: number | null;
  readonly withdrawal: string | null;
  /** The last step, while it may be taken back by somebody here; `until`: before when, null: until somebody accepts the case. */
  readonly undo: { readonly step: UndoableStep; readonly by: string; readonly until: number | null } | null;
  /** A step that was taken back, while nobody has gone on since; `step`: its word. */
  readonly undone: { readonly step: string; readonly who: string; readonly at: number } | null;
  /** The newest 说明 that somebody has added. */
  readonly note: { readonly text: string; readonly who: string; readonly at: number } | null;
  /** What was written at registration for whoever acts: 急, 上门. */
  readonly remarks: string | null;
  /** Why it is suspended, and since when; `note`: in words, '' for none. */
  readonly suspension: { readonly reason: SuspendReason; readonly note: string; readonly since: number } | null;
  readonly termination: { readonly reason: TerminateReason; readonly note: string; readonly advice: string } | null;
  /** Local day (YYYY-MM-DD) of the last 催办. */
  readonly urgedDay: string | null;
  readonly timeline: readonly TimelineEntry[];
  /** A group reads it, where what is offered to the registrar alone is not everybody's. */
  readonly namesRegistrar: boolean;
  /** The card stands in an administrator's private chat. */
  readonly mayErase: boolean;
  /** The reader may register another errand of the same person. */
  readonly mayRegisterAgain: boolean;
  /** 关联 */
  readonly links: readonly CaseLink[];
  /** The steps people of this chat may take now. */
  readonly offers: readonly CaseStep[];
  /** Where 转上级 does not lead, or leads instead; null where nothing is in its way. */
  readonly escalationNote: string | null;
  /** As of when (ms) nobody is where it waits for acceptance; null where somebody is. */
  readonly desertedAt: number | null;
  /** Of the item's list, in its order; `there`: papers came that were named so. */
  readonly materials: readonly { readonly name: string; readonly there: boolean }[];
  /** It was returned before: a second return has to be explained. */
  readonly returnedBefore: boolean;
  /** What has come of papers (材料); null where the person was erased. */
  readonly papers: CasePapersView | null;
  /** What this chat's people are to hear at once; `openId`: who of them, null for any. */
  readonly call: { readonly about: Call; readonly openId: string | null } | null;
  readonly zone: string;
}

export interface TimelineEntry {
  readonly kind: string;
  readonly at: number;
  readonly who: string;
  readonly unit: string;
  readonly note: string | null;
}

/** The card of one case for one chat. */
export function caseCard(view: CaseView): Card {
  return card({
    title: `代办件 ${view.caseNumber}`,
    subtitle: view.itemName,
    color: headerColor(view),
    mark: mark(view),
    summary: `代办件 ${view.caseNumber}：${view.overdue ? '已超期，' : ''}${nextStep(view)}`,
    elements: [
      ...callLine(view),
      paragraph(nextStep(view), firstSentenceStyle(view)),
      ...undoneNotice(view),
      ...desertedNotice(view),
      ...urgedNotice(view),
      ...returnNotice(view),
      ...saidAside(view),
      ...caseActions(view),
      hr(),
      ...facts(caseFacts(view)),
      ...(isOpen(view.state) ? [explainButton(view.id)] : []),
      ...papersLine(view.papers),
      ...(view.calendarUnannounced ? [notation('节假日安排尚未公布，按普通周计算')] : []),
      ...timelinePanel(view),
    ],
  });
}

/** What remains of a card in a chat where a newer one of the same subject stands. `subject`: 代办件 26-01-00012. */
export function movedCard(moved: { readonly subject: string; readonly at: number; readonly zone: string }): Card {
  return card({
    title: moved.subject,
    color: 'grey',
    summary: `${moved.subject}有新卡片`,
    elements: [
      paragraph('最新情况请看下方的新卡片', { color: 'grey' }),
      notation(`${dayFor(moved.at, { now: moved.at, zone: moved.zone })} ${clock(moved.at, moved.zone)} 更新`),
    ],
  });
}

/** What is left of a card whose readers have no business with its subject any more. */
export function endedCard(ended: { readonly subject: string; readonly at: number; readonly zone: string }): Card {
  return card({
    title: ended.subject,
    color: 'grey',
    summary: `${ended.subject}的卡片停止更新`,
    elements: [
      paragraph('这张卡片停止更新了，后面由经办单位的同事办理。', { color: 'grey' }),
      notation(`${dayFor(ended.at, { now: ended.at, zone: ended.zone })} ${clock(ended.at, ended.zone)} 更新`),
    ],
  });
}

/** The years of its days are told from that of the registration, which begins the case's number. */
function dayOf(at: number, view: CaseView): string {
  return dayFor(at, { now: view.registeredAt, zone: view.zone });
}

/** The resident is to hear, or has just heard, that the answer is no. */
function isRefusal({ state, outcome }: CaseView): boolean {
  return outcome === 'refused' && (state === 'completed' || state === 'delivered');
}

function mark(view: CaseView): string {
  if (view.overdue) return '已超期';
  return isRefusal(view) ? outcomeWords.refused : caseStateWords[view.state];
}

function firstSentenceStyle(view: CaseView): { readonly color?: 'red' | 'orange' } {
  if (view.overdue) return { color: 'red' };
  return isRefusal(view) ? { color: 'orange' } : {};
}

function headerColor(view: CaseView): HeaderColor {
  if (view.overdue) return 'red';
  switch (view.state) {
    case 'forwarded':
      return 'blue';
    case 'accepted':
      return 'turquoise';
    case 'returned':
      return 'orange';
    case 'completed':
    case 'delivered':
      return isRefusal(view) ? 'orange' : 'green';
    case 'followedUp':
      return awaitsRectification(view) ? 'orange' : 'grey';
    case 'suspended':
      return 'orange';
    case 'archived':
    case 'withdrawn':
    case 'terminated':
      return 'grey';
  }
}

function awaitsRectification(view: CaseView): boolean {
  return needsRectification({ rating: view.rating, rectified: view.rectification !== null });
}

/** Who has to do what next: the first sentence of the card and of its notification. */
function nextStep(view: CaseView): string {
  switch (view.state) {
    case 'forwarded': {
      const by = view.acceptBy === null ? '' : `，最晚${dayOf(view.acceptBy, view)}`;
      return `等待${view.holderUnit}接收${by}`;
    }
    case 'accepted':
      return `${view.holderUnit}${view.handlerName ?? ''}正在办理`;
    case 'returned':
      return `等待${view.registeringUnit}补正后重新转送`;
    case 'completed':
      return isRefusal(view) ? toTell(view) : `已办结，请${view.registeringUnit}把结果送达群众`;
    case 'delivered':
      return `${isRefusal(view) ? '不予办理的' : ''}结果已送达，请${view.registeringUnit}${view.followUpName ?? ''}回访群众`;
    case 'followedUp':
      return awaitsRectification(view) ? '群众不满意，请管理员填写整改情况' : '已回访，即将归档';
    case 'archived':
      return view.outcome === 'refused' ? '不予办理，已告知群众并归档' : '已归档，此件全部完成';
    case 'withdrawn':
      return '已撤回，不再办理';
    case 'suspended':
      return `已中止${whySuspended(view)}。条件具备后由${view.holderUnit}${view.handlerName ?? ''}恢复办理`;
    case 'terminated':
      return terminatedWords(view);
  }
}

/** （等群众提供：身份证复印件） */
function whySuspended({ suspension }: CaseView): string {
  return suspension === null ? '' : `（${said(withReason(suspendWords[suspension.reason], suspension.note))}）`;
}

/** 已终止：申请人要求终止。请安达社区告知群众，下一步可以：… */
function terminatedWords({ termination, registeringUnit }: CaseView): string {
  if (termination === null) return '已终止，不再办理';
  const why = said(withReason(terminateWords[termination.reason], termination.note));
  const next = termination.advice === '' ? '' : `，下一步可以：${cut(termination.advice, SAID_FIRST)}`;
  return `已终止：${why}。请${registeringUnit}告知群众${next}`;
}

/** What people typed, as part of a sentence. */
function said(text: string): string {
  return cut(text, SAID_FIRST).replace(/[。．.]$/u, '');
}

/** 不予办理：人均收入超过标准。请安达社区告知群众，下一步可以：… */
function toTell({ outcomeNote, outcomeAdvice, registeringUnit }: CaseView): string {
  const why = outcomeNote === null ? '' : `：${said(outcomeNote)}`;
  const next = outcomeAdvice === null ? '' : `，下一步可以：${cut(outcomeAdvice, SAID_FIRST)}`;
  return `${outcomeWords.refused}${why}。请${registeringUnit}告知群众${next}`;
}

/** Whose turn it is and for what, with the mention that makes a phone sound. */
function callLine(view: CaseView): CardElement[] {
  if (view.call === null) return [];
  const [whose, what] = askedOf(view);
  const { openId } = view.call;
  return [openId === null ? bold(`${whose}：${what}`) : markdown(`${mention(openId)} **${what}**`)];
}

function askedOf(view: CaseView): readonly [whose: string, what: string] {
  switch (view.call?.about) {
    case 'tell':
      return [view.registeringUnit, '请告知群众'];
    case 'handOver':
      return [view.handlerName ?? view.holderUnit, '这件转给您办'];
    case 'entrust':
      return [view.keeperName, '这件转给您跟进'];
    default:
      return askedByState(view);
  }
}

function askedByState(view: CaseView): readonly [whose: string, what: string] {
  switch (view.state) {
    case 'forwarded':
      return [view.holderUnit, '请接收'];
    case 'accepted':
      return [view.holderUnit, '请抓紧办理'];
    case 'returned':
      return [view.registeringUnit, '请补正后重新转送'];
    case 'completed':
      return [view.registeringUnit, view.outcome === 'refused' ? '不予办理，请告知群众' : '请把结果送达群众'];
    case 'delivered':
      return [view.followUpName ?? view.registeringUnit, '请回访群众'];
    case 'followedUp':
      return [`${view.townName}管理员`, '请填写整改情况'];
    case 'suspended':
      return [view.holderUnit, '条件具备后请恢复'];
    case 'archived':
    case 'withdrawn':
    case 'terminated':
      return [view.registeringUnit, '已全部完成'];
  }
}

/** 备注 and the newest 说明, beside what they are about: they are for whoever acts. */
function saidAside(view: CaseView): CardElement[] {
  const { note, remarks } = view;
  return [
    ...(remarks ? [paragraph(`备注：${remarks}`, { max: SAID_ASIDE })] : []),
    ...(note ? [paragraph(`${dayOf(note.at, view)} ${cut(note.who, 10)}说明：${note.text}`, { max: SAID_ASIDE })] : []),
  ];
}

/** Why the case is where it has been before. */
function undoneNotice({ undone, ...view }: CaseView): CardElement[] {
  if (undone === null) return [];
  const at = `${dayFor(undone.at, { now: view.registeredAt, zone: view.zone })} ${clock(undone.at, view.zone)}`;
  return [paragraph(`${at} ${cut(undone.who, 10)}撤销了“${undone.step}”`, { color: 'orange' })];
}

/** With its day: somebody may join meanwhile. */
function desertedNotice(view: CaseView): CardElement[] {
  const { desertedAt, holderUnit } = view;
  if (desertedAt === null) return [];
  const words = `到${dayOf(desertedAt, view)}，${cut(holderUnit, 30)}还没有群，也没有代办员；请先电话联系那里，再请系统管理员绑定群或加人。`;
  return [redLine(words)];
}

function urgedNotice(view: CaseView): CardElement[] {
  if (view.urgedDay === null || (view.state !== 'forwarded' && view.state !== 'accepted')) return [];
  const day = dayOf(startOfDay(view.urgedDay, view.zone), view);
  return [paragraph(`${day}催办过，请抓紧办理`, { color: 'orange' })];
}

/** 一次性告知: all that is missing, at the top of the card of whoever has to bring it. */
function returnNotice(view: CaseView): CardElement[] {
  if (view.state !== 'returned' || view.returnNote === null) return [];
  const { reason, materials } = view.returnNote;
  return facts([
    ...(reason ? [{ label: '退回原因', value: reason, color: 'orange' as const, max: 100 }] : []),
    ...(materials ? [{ label: '需补正材料', value: materials, color: 'orange' as const, max: 500 }] : []),
  ]);
}

function caseFacts(view: CaseView): Fact[] {
  const handler = view.handlerName === null ? '' : `，经办：${view.handlerName}`;
  const keeper = view.keptByRegistrar ? '' : `，跟进：${view.keeperName}`;
  return [
    { label: '办理事项', value: view.itemName },
    { label: '申请人', value: `${view.applicant}　${view.phone}` },
    { label: local`所在嘎查社区`, value: livesIn(view) },
    ...dueFact(view),
    ...suspensionFact(view),
    ...(isOpen(view.state) ? [{ label: '承办', value: `${view.holderUnit}${handler}` }] : []),
    { label: '办理方式', value: `${serviceWayWords[view.way]}，${assistTypeWords[view.assistType]}` },
    { label: '主管部门', value: view.departmentName },
    {
      label: '登记',
      value: `${dayOf(view.registeredAt, view)} ${view.registrarName}（${view.registeringUnit}）${keeper}`,
    },
    ...(view.externalNumber === null ? [] : [{ label: '一窗受理号', value: view.externalNumber }]),
    ...(view.links.length === 0
      ? []
      : [{ label: '关联', value: view.links.map(({ caseNumber }) => caseNumber).join('、') }]),
    ...resultFacts(view),
  ];
}

/** With the town in front, for departments and the banner; not twice where somebody lives in the town itself. */
function livesIn(view: CaseView): string {
  return view.residence.startsWith(view.townName) ? view.residence : `${view.townName}${view.residence}`;
}

function dueFact(view: CaseView): Fact[] {
  if (standsStill(view.state)) {
    const left = view.remainingDays === null ? '' : `，还剩${view.remainingDays}个工作日`;
    return [{ label: '办结期限', value: `暂停计时${left}`, color: 'grey' }];
  }
  if (view.dueAt === null || !isOpen(view.state)) return [];
  const day = dayOf(view.dueAt, view);
  return [{ label: '办结期限', ...(view.overdue ? { value: `${day}，已超期`, color: 'red' } : { value: day }) }];
}

function suspensionFact({ suspension, ...view }: CaseView): Fact[] {
  if (suspension === null) return [];
  const why = withReason(suspendWords[suspension.reason], suspension.note);
  const since = dayFor(suspension.since, { now: view.registeredAt, zone: view.zone });
  return [{ label: '中止', value: `${since}起，${why}`, color: 'orange', max: 300 }];
}

/** What is open has no result. */
function resultFacts(view: CaseView): Fact[] {
  if (isOpen(view.state)) return [];
  const rating = ratingWord(view.rating);
  const withNote = (word: string, note: string | null) => (note ? `${word}：${note}` : word);
  return [
    ...(view.outcome === null
      ? []
      : [{ label: '办理结果', value: withNote(outcomeWords[view.outcome], view.outcomeNote), max: 180 }]),
    ...(view.outcomeAdvice ? [{ label: '群众下一步', value: view.outcomeAdvice, max: 200 }] : []),
    ...(view.deliveryWay === null ? [] : [{ label: '送达方式', value: deliveryWayWords[view.deliveryWay] }]),
    ...(rating === undefined ? [] : [{ label: '群众评价', value: withNote(rating, view.ratingComment), max: 100 }]),
    ...(view.rectifyBy === null
      ? []
      : [{ label: '整改期限', value: dayOf(view.rectifyBy, view), color: 'orange' as const }]),
    ...(view.rectification === null ? [] : [{ label: '整改情况', value: view.rectification, max: 100 }]),
    ...(view.termination === null
      ? []
      : [
          {
            label: '终止原因',
            value: withReason(terminateWords[view.termination.reason], view.termination.note),
            max: 300,
          },
          { label: '群众下一步', value: view.termination.advice, max: 300 },
        ]),
    ...(view.withdrawal === null ? [] : [{ label: '撤回原因', value: view.withdrawal, max: 100 }]),
  ];
}

function timelinePanel(view: CaseView): CardElement[] {
  if (view.timeline.length === 0) return [];
  const offersMaterials = view.materials.length > 0 && view.offers.includes('return');
  const shown = view.timeline.slice(-(offersMaterials ? TIMELINE_BESIDE_MATERIALS : TIMELINE_SHOWN));
  const left = view.timeline.length - shown.length;
  return [
    panel(`办理经过（${view.timeline.length}步）`, [
      ...(left > 0 ? [notation(`只列出最近 ${shown.length} 步`)] : []),
      ...shown.map((entry) => {
        const step = `${dayOf(entry.at, view)} ${clock(entry.at, view.zone)} ${stepWord(entry.kind)}`;
        return notation(
          `${step}　${cut(entry.unit, 12)} ${cut(entry.who, 10)}${entry.note ? `：${cut(entry.note, 28)}` : ''}`,
        );
      }),
    ]),
  ];
}
