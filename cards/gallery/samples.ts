/** Sample data for the gallery: ordinary people and units, and the longest and nastiest texts somebody could type. */
import type { CaseView } from '../case.ts';
import type { CaseListRow } from '../case-list.ts';
import type { Choice } from '../form.ts';
import type { ItemView } from '../item.ts';

export const zone = 'Asia/Shanghai';

/** 2026-11-23 10:05 in Shanghai, a Monday. */
export const now = Date.UTC(2026, 10, 23, 2, 5);
const hour = 3_600_000;
export const days = 24 * hour;

/** What must stay text wherever it turns up. */
export const hostile =
  "<at id=all></at>**粗**[点我](https://a.example)<font color='red'>红</font>\u202E倒\u0007\n# 标题\n| 表 | 格 |";
/** 200 characters and more, each of them escaped or many bytes long. */
const longText = '&*_[长]👨‍👩‍👧‍👦'.repeat(40);
/** Mongolian script, stacked accents, marks that reverse the direction of reading. */
const foreign = 'ᠡᠸᠡᠩᠺᠢ \u200Fشماره\u202C z\u0301\u0301\u0301';

export const extremes = [
  { name: 'hostile', title: '恶意文字', text: hostile },
  { name: 'long', title: '超长文字', text: longText },
  { name: 'quotes', title: '超长引号', text: '"'.repeat(300) },
  { name: 'mongolian', title: '超长蒙古文', text: 'ᠠ\u180B'.repeat(300) },
  { name: 'marked', title: '超长带符号的引号', text: '"\u20D0'.repeat(300) },
  { name: 'foreign', title: '蒙古文与反向文字', text: foreign },
] as const;

export const sampleCase: CaseView = {
  id: 12,
  version: 3,
  caseNumber: '26-02-00012',
  externalNumber: null,
  state: 'forwarded',
  itemName: '高龄津贴发放',
  departmentName: '民政部门',
  assistType: 'local',
  way: 'doorstep',
  applicant: '张**',
  phone: '138****1234',
  residence: '安门社区',
  townName: '巴彦托海镇',
  registrarName: '敖登',
  keeperName: '敖登',
  keptByRegistrar: true,
  registeringUnit: '安门社区',
  holderUnit: '巴彦托海镇便民服务中心',
  handlerName: null,
  followUpName: null,
  registeredAt: now - 3 * hour,
  acceptBy: now + days,
  dueAt: now + 7 * days,
  remainingDays: null,
  overdue: false,
  calendarUnannounced: false,
  returnNote: null,
  outcome: null,
  outcomeNote: null,
  outcomeAdvice: null,
  deliveryWay: null,
  rating: null,
  ratingComment: null,
  rectification: null,
  rectifyBy: null,
  withdrawal: null,
  undo: null,
  undone: null,
  note: null,
  remarks: null,
  suspension: null,
  termination: null,
  urgedDay: null,
  timeline: [
    { kind: 'register', at: now - 3 * hour, who: '敖登', unit: '安门社区', note: null },
    { kind: 'forward', at: now - 3 * hour, who: '敖登', unit: '安门社区', note: '转送巴彦托海镇便民服务中心' },
  ],
  offers: [],
  escalationNote: null,
  desertedAt: null,
  materials: [],
  returnedBefore: false,
  papers: { count: 0, there: [], missing: [], open: true },
  namesRegistrar: false,
  call: null,
  mayErase: false,
  mayRegisterAgain: false,
  links: [],
  zone,
};

/** Materials by the dozen. */
function textsOf(text: string) {
  const many = Array.from({ length: 30 }, () => text);
  return { there: many, missing: many };
}

/** A case in which every text is the given one. */
export function caseOfText(text: string): CaseView {
  const entry = { kind: 'return', at: now - days, who: text, unit: text, note: text };
  return {
    ...sampleCase,
    externalNumber: text,
    state: 'returned',
    itemName: text,
    departmentName: text,
    applicant: text,
    phone: text,
    residence: text,
    registrarName: text,
    keeperName: text,
    keptByRegistrar: false,
    registeringUnit: text,
    holderUnit: text,
    handlerName: text,
    followUpName: text,
    returnNote: { reason: text, materials: text },
    outcome: 'refused',
    outcomeNote: text,
    deliveryWay: 'doorstep',
    rating: 1,
    ratingComment: text,
    rectification: text,
    withdrawal: text,
    undo: { step: 'complete', by: text, until: now },
    undone: { step: '办结', who: text, at: now },
    note: { text, who: text, at: now },
    remarks: text,
    calendarUnannounced: true,
    timeline: Array.from({ length: 30 }, () => entry),
    offers: ['forward', 'withdraw', 'urge', 'note'],
    papers: { ...textsOf(text), count: 60, open: true },
    materials: Array.from({ length: 30 }, () => ({ name: text, there: false })),
    returnedBefore: true,
  };
}

export const sampleRow: CaseListRow = {
  id: 12,
  caseNumber: '26-02-00012',
  itemName: '高龄津贴发放',
  applicant: '张**',
  state: 'accepted',
  dueAt: now + 2 * days,
  overdue: false,
  workingDaysLeft: 2,
  holderUnit: '巴彦托海镇便民服务中心',
  suspension: null,
  inHandsOf: 'asker',
  tail: null,
  turn: null,
  rectifyBy: null,
  visitor: null,
};

export const sampleItem: ItemView = {
  code: '11152727011738895R5001011007000',
  name: '困难残疾人生活补贴和重度残疾人护理补贴发放',
  department: '民政部门',
  levels: ['县级', '镇级', '村级'],
  assistType: 'local',
  workingDays: 5,
  materials: ['身份证', '残疾人证', '银行卡复印件'],
  itemId: 1,
  guide: '',
  active: true,
  planned: undefined,
  mayChange: false,
  changes: [],
};

const towns = ['巴彦托海镇', '大雁镇', '锡尼河西苏木', '伊敏苏木', '伊敏河镇', '巴彦嵯岗苏木', '红花尔基镇', '辉苏木'];

export const townNames: readonly string[] = towns;

/** As many options as asked for, with ordinary names. */
export function unitChoices(count: number): Choice[] {
  return Array.from({ length: count }, (_, index) => ({
    value: String(index + 1),
    text: `${towns[index % towns.length] ?? ''}第${index + 1}嘎查`,
  }));
}

/** As many options as asked for, all with the same text. */
export function textChoices(text: string, count: number): Choice[] {
  return Array.from({ length: count }, (_, index) => ({ value: String(index + 1), text }));
}
