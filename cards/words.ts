/** Chinese words of the codes, as the government plan uses them. Cards and files (Excel, Word) both read them here. */

import type { AgentRole, Audience, Employment } from '../src/domain/agent.ts';
import type {
  AssistType,
  CaseEvent,
  CaseState,
  CaseStep,
  DeliveryWay,
  Outcome,
  Rating,
  ServiceWay,
  SuspendReason,
  TerminateReason,
} from '../src/domain/case.ts';
import type { Contact, ContactRelation } from '../src/domain/contact.ts';
import type { ImportKind } from '../src/domain/import/layout.ts';
import type { AdoptionKind, PieceKind } from '../src/domain/information.ts';
import { levelNames, local } from '../src/domain/level-names.ts';
import type { RankedKind, Ranking, Score } from '../src/domain/ranking.ts';
import type { ReportTextName } from '../src/domain/report.ts';
import type { CheckResult } from '../src/domain/sample.ts';
import type { Slip } from '../src/domain/slip.ts';
import type { TaskLight, TaskState } from '../src/domain/task.ts';

export const caseStateWords: Readonly<Record<CaseState, string>> = {
  forwarded: '待接收',
  accepted: '办理中',
  returned: '待补正',
  completed: '已办结',
  delivered: '已送达',
  followedUp: '已回访',
  archived: '已归档',
  withdrawn: '已撤回',
  suspended: '已中止',
  terminated: '已终止',
};

/** The return visit was made by who handled the case, though a colleague could have made it. */
export const OWN_FOLLOW_UP_WORD = '本人回访';

/** What the second call of an 抽查回访 found. */
export const checkResultWords: Readonly<Record<CheckResult, string>> = {
  consistent: '一致',
  different: '不一致',
};

/** Where a piece of information was used, as the published table heads its columns. */
export const adoptionWords: Readonly<Record<AdoptionKind, string>> = {
  get comprehensive() {
    return local`旗采信息（综）`;
  },
  get brief() {
    return local`旗采信息（短）`;
  },
  get research() {
    return local`旗采调研`;
  },
  city: '市采信息',
  // Beside a banner that is a 区 itself.
  get region() {
    return levelNames().banner === '区' ? '自治区采信息' : '区采信息';
  },
  commissioned: '约稿',
  quota: '指标',
};

export const pieceKindWords: Readonly<Record<PieceKind, string>> = {
  news: '信息',
  research: '调研',
  commissioned: '约稿',
};

/** Kinds of ledger entries about a case. */
export const stepWords: Readonly<Record<CaseEvent | 'export', string>> = {
  register: '登记',
  forward: '转送',
  accept: '接收',
  return: '退回补正',
  escalate: '转上级',
  complete: '办结',
  deliver: '送达',
  followUp: '回访',
  rectify: '整改',
  archive: '归档',
  withdraw: '撤回',
  urge: '催办',
  correct: '更正',
  note: '加说明',
  suspend: '中止',
  resume: '恢复',
  terminate: '终止',
  handOver: '转办',
  entrust: '转交跟进',
  undo: '撤销',
  reveal: '查看申请人',
  attach: '收到材料',
  nameMaterial: '说明材料',
  papers: '查看材料',
  check: '抽查回访',
  export: '导出完整信息',
  erase: '删除个人信息',
};

const wordsOfSteps: ReadonlyMap<string, string> = new Map(Object.entries(stepWords));

/** The word of a ledger entry's kind; 记录 for a kind that came later than this program. */
export function stepWord(kind: string): string {
  return wordsOfSteps.get(kind) ?? '记录';
}

/** Labels of the buttons people press; tests and handbooks name them. */
export const stepButtons: Readonly<Record<Exclude<CaseStep, 'archive'>, string>> = {
  accept: '接收',
  return: '退回补正',
  forward: '重新转送',
  escalate: '转上级',
  complete: '办结',
  deliver: '确认送达',
  followUp: '回访评价',
  rectify: '整改',
  withdraw: '撤回',
  urge: '催办',
  correct: '更正',
  note: '加说明',
  suspend: '中止',
  resume: '恢复',
  terminate: '终止',
  handOver: '转办给同事',
  entrust: '转同事跟进',
};

/** The steps that open privately from a case's card, and what its button calls them. */
export const moreSteps = ['suspend', 'terminate', 'handOver', 'entrust'] as const satisfies readonly CaseStep[];
export type MoreStep = (typeof moreSteps)[number];
export const moreWords: Readonly<Record<MoreStep, string>> = {
  suspend: '中止',
  terminate: '终止',
  handOver: '转办',
  entrust: '换人跟进',
};

export const serviceWayWords: Readonly<Record<ServiceWay, string>> = {
  counter: '窗口',
  doorstep: '上门',
  mobileCounter: '流动窗口',
  post: '邮政+',
  bank: '金融网点+',
  deputyHome: '人大代表之家+',
};

export const contactRelationWords: Readonly<Record<ContactRelation, string>> = {
  child: '子女',
  neighbour: '邻居',
  get villageCadre() {
    return local`村干部`;
  },
  other: '其他',
};

/** 子女 李四 13900001111 */
export function contactWords({ relation, name, phone }: Contact): string {
  return [contactRelationWords[relation], name, phone].filter((word) => word !== '').join(' ');
}

/** Where a telephone number would stand. */
export const NO_PHONE_WORD = '没有电话';

export const deliveryWayWords: Readonly<Record<DeliveryWay, string>> = {
  doorstep: '送上门',
  pickup: '群众自取',
  post: '邮寄',
  phone: '电话告知',
};

export const outcomeWords: Readonly<Record<Outcome, string>> = { granted: '予以办理', refused: '不予办理' };

/** What a paper of a case is called, in its title and on its button. */
export const slipWords: Readonly<Record<Slip, string>> = {
  mandate: '委托书',
  acceptance: '受理单',
  materials: '一次性告知单',
  completion: '办结单',
  refusal: '不予办理告知单',
  suspension: '中止告知单',
  termination: '终止告知单',
};

export const suspendWords: Readonly<Record<SuspendReason, string>> = {
  applicant: '等群众提供',
  otherOffice: '等其他部门',
  season: '季节原因',
  other: '其他',
};

export const terminateWords: Readonly<Record<TerminateReason, string>> = {
  asked: '申请人要求终止',
  unqualified: '不再具备条件',
  papersLate: '申请人逾期未补齐材料',
  other: '其他',
};

export const ratingWords: Readonly<Record<Rating, string>> = {
  5: '非常满意',
  4: '满意',
  3: '基本满意',
  2: '不满意',
  1: '非常不满意',
};

/** `等群众提供：身份证复印件`; the words alone where the reason is 其他. */
export function withReason(reason: string, words: string): string {
  if (words === '') return reason;
  return reason === suspendWords.other ? words : `${reason}：${words}`;
}

/** The word of a stored rating; undefined where there is none. */
export function ratingWord(rating: number | null): string | undefined {
  return Object.entries(ratingWords).find(([value]) => value === String(rating))?.[1];
}

/** The texts of a monthly report. */
export const reportTextWords: Readonly<Record<ReportTextName, string>> = {
  practices: '主要做法',
  problems: '存在问题',
  plans: '下步打算',
};

export const assistTypeWords: Readonly<Record<AssistType, string>> = {
  local: '本级帮办代办',
  extended: '延伸帮办代办',
};

export const employmentWords: Readonly<Record<Employment, string>> = { fullTime: '专职', partTime: '兼职' };

export const roleWords: Readonly<Record<AgentRole, string>> = {
  agent: '代办员',
  manager: '管理员',
  admin: '系统管理员',
};

/** Who is ranked. */
export const rankedWords: Readonly<Record<RankedKind, string>> = {
  get towns() {
    return local`苏木乡镇`;
  },
  agents: '代办员',
  handlers: '经办人',
};

export const rankingWords: Readonly<Record<Ranking, string>> = {
  volume: '办件量',
  handled: '办结件数',
  onTime: '按时办结率',
  satisfaction: '满意率',
};

/** `12件`, `91.7%（12件）`: a rate is worth little without the number of cases behind it. */
export function scoreWords({ part, whole, cases }: Score, by: Ranking): string {
  return by === 'volume' || by === 'handled' ? `${cases}件` : `${((100 * part) / whole).toFixed(1)}%（${cases}件）`;
}

export const importKindWords: Readonly<Record<ImportKind, string>> = {
  units: '单位',
  agents: '代办人员',
  catalogue: '事项清单',
  names: '常用叫法',
  tasks: '方案任务',
  checks: '检查项目',
};

export const taskStateWords: Readonly<Record<TaskState, string>> = {
  notStarted: '未开始',
  underWay: '进行中',
  done: '已完成',
  ongoing: '持续推进',
};

/** The lights of a task; in files and on cards the colour stands beside the word. */
export const taskLightWords: Readonly<Record<TaskLight, string>> = {
  done: '已完成',
  onTrack: '正常',
  atRisk: '快到期',
  late: '逾期',
};

/** Who may use a command. */
export const audienceWords: Readonly<Record<Audience, string>> = {
  all: '大家',
  agent: '代办员',
  manager: '管理员',
  admin: '系统管理员',
};
