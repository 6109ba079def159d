/**
 * Every form of the product: names, labels, options, limits and what is chosen to begin with. Cards draw their fields from
 * here, actions read them from here. Labels are what handbooks and tests name.
 */
import { agentRoles, employments } from '../src/domain/agent.ts';
import { NOTE_MAX, REASON_MAX } from '../src/domain/bulletin.ts';
import {
  deliveryWays,
  outcomes,
  type PressedStep,
  ratings,
  serviceWays,
  suspendReasons,
  terminateReasons,
} from '../src/domain/case.ts';
import { saysNoPhone } from '../src/domain/contact.ts';
import { EXTERNAL_NUMBER_MAX } from '../src/domain/external-number.ts';
import { adoptionKinds, pieceKinds } from '../src/domain/information.ts';
import { local } from '../src/domain/level-names.ts';
import { maskName } from '../src/domain/name.ts';
import { OWN_DAYS_TEXT_MAX } from '../src/domain/own-days.ts';
import { maskIdNumber, maskPhone } from '../src/domain/person.ts';
import { CHECKS_MAX } from '../src/domain/readiness.ts';
import { checkResults } from '../src/domain/sample.ts';
import type { ScorePart } from '../src/domain/score.ts';
import type { SettingInput } from '../src/domain/setting.ts';
import { taskStates } from '../src/domain/task.ts';
import type { ItemLevel } from '../src/domain/unit.ts';
import { type Field, type Form, TEXT_MAX, type TextField, type TickField } from './field.ts';
import { scorePartWords } from './scores.ts';
import {
  adoptionWords,
  checkResultWords,
  deliveryWayWords,
  employmentWords,
  NO_PHONE_WORD,
  outcomeWords,
  pieceKindWords,
  ratingWords,
  roleWords,
  serviceWayWords,
  suspendWords,
  taskStateWords,
  terminateWords,
} from './words.ts';

const words = { kind: 'text', max: TEXT_MAX, multiline: true } as const;

const note = { ...words, label: '说明', placeholder: '原因或情况' } as const;
const externalNumber = {
  kind: 'text',
  label: '一窗受理号',
  placeholder: '综合一窗系统里的编号（选填）',
  max: EXTERNAL_NUMBER_MAX,
} as const;

/** On a case's card, which has room for few more elements. */
const MATERIAL_OPTIONS_MAX = 12;

/** Colleagues that a case can be handed to: all of a unit, in most units. */
const COLLEAGUES_MAX = 30;
const colleague = {
  kind: 'pick',
  placeholder: '选一位同事',
  optionsMax: COLLEAGUES_MAX,
  moreHint: '没列出的同事，可以自己接过去。',
} as const;

/**
 * What each step of a case asks for. The steps on one card share its form, where a name comes once: fields of the same name are
 * drawn once, under the label of the step that is most likely.
 */
export const caseForms = {
  accept: { externalNumber },
  return: {
    note,
    missing: { kind: 'picks', label: '缺哪些材料', placeholder: '缺的一次选全', optionsMax: MATERIAL_OPTIONS_MAX },
    materials: { ...words, label: '需补正的材料', placeholder: '缺什么一次写全，每行一样' },
    whyNotBefore: { ...words, label: '上次退回为什么没有一次说清', placeholder: '再次退回必填' },
  },
  forward: { note: { ...words, label: '补正说明', placeholder: '补了哪些材料（选填）' } },
  escalate: { note, externalNumber },
  complete: {
    outcome: { kind: 'preset', label: '办理结果', options: outcomes, words: outcomeWords, initial: 'granted' },
    note,
    advice: { ...words, label: '群众下一步可以', placeholder: '不予办理时必填：补什么、找谁' },
    externalNumber,
  },
  deliver: {
    deliveryWay: {
      kind: 'preset',
      label: '送达方式',
      options: deliveryWays,
      words: deliveryWayWords,
      initial: 'doorstep',
    },
  },
  followUp: {
    rating: {
      kind: 'choice',
      label: '满意度',
      placeholder: '群众是否满意',
      options: ratings,
      words: ratingWords,
      required: true,
    },
    comment: { ...words, label: '评价内容', placeholder: '群众怎么说（不满意时必填）' },
  },
  rectify: { note: { ...words, label: '整改情况', placeholder: '怎样改正、群众是否认可', required: true } },
  withdraw: { note: { ...words, label: '撤回原因' } },
  urge: {},
  note: { say: { ...words, label: '补充情况', placeholder: '群里看得到，不要写姓名电话住址' } },
  suspend: {
    suspendReason: {
      kind: 'choice',
      label: '中止原因',
      placeholder: '为什么先停一停',
      options: suspendReasons,
      words: suspendWords,
    },
    suspendNote: { ...words, label: '说明', placeholder: '等什么（选“其他”时必填）' },
  },
  resume: {},
  terminate: {
    terminateReason: {
      kind: 'choice',
      label: '终止原因',
      placeholder: '为什么不再办理',
      options: terminateReasons,
      words: terminateWords,
    },
    terminateNote: { ...words, label: '说明', placeholder: '为什么（选“其他”时必填）' },
    terminateAdvice: { ...words, label: '群众下一步可以', placeholder: '必填：怎么再申请、找谁' },
  },
  handOver: { handler: { ...colleague, label: '转给谁办' } },
  entrust: { keeper: { ...colleague, label: '转给谁跟进' } },
} as const satisfies Readonly<Record<PressedStep, Form>>;

/** Text about the applicant. A card that a group shares never holds it, only what `mask` makes of it. */
export interface PersonalField extends TextField {
  readonly mask: (typed: string) => string;
  readonly seldom?: Seldom;
}

/** In which panel a field waits until it is needed. */
export type Seldom = 'contact' | 'otherErrand' | 'more';

const ADDRESS_MAX = 100;
const REMARKS_MAX = 300;
const OTHER_ERRAND_MAX = 60;

/** What says that there is none stays as it is. */
function maskTypedPhone(typed: string): string {
  return saysNoPhone(typed) ? NO_PHONE_WORD : maskPhone(typed);
}

function countCharacters(typed: string): string {
  return `${[...typed].length}个字`;
}

/** As many as fit on one card together, whatever has been typed into it. */
const ITEM_OPTIONS_MAX = 41;
/** The plan's catalogue of 40 and 其他事项 fit. */
const ITEM_BYTES_MEAN = 130;
const RESIDENCE_OPTIONS_MAX = 24;
const DEPARTMENT_OPTIONS_MAX = 12;

/** 代办登记, in the order of the form. Whatever can be typed into it counts as personal. */
export const registrationForm = {
  applicantName: {
    kind: 'text',
    label: '申请人姓名',
    placeholder: '与身份证一致',
    max: 50,
    required: true,
    mask: maskName,
  },
  phone: {
    kind: 'text',
    label: '联系电话',
    placeholder: `11位手机号；没有的写“${NO_PHONE_WORD}”`,
    max: 20,
    required: true,
    mask: maskTypedPhone,
  },
  contact: {
    kind: 'text',
    label: '联系人',
    placeholder: '关系和电话，如：女儿 139…',
    max: 60,
    mask: countCharacters,
    seldom: 'contact',
  },
  idNumber: {
    kind: 'text',
    label: '身份证号',
    placeholder: '办理需要时再填',
    max: 20,
    mask: maskIdNumber,
    seldom: 'more',
  },
  address: {
    kind: 'text',
    label: '住址',
    placeholder: '街道、楼栋、门牌号，群里看不到',
    max: ADDRESS_MAX,
    mask: countCharacters,
    seldom: 'more',
  },
  residence: {
    kind: 'pick',
    get label() {
      return local`所在嘎查社区`;
    },
    optionsMax: RESIDENCE_OPTIONS_MAX,
    required: true,
  },
  item: {
    kind: 'pick',
    label: '办理事项',
    optionsMax: ITEM_OPTIONS_MAX,
    optionBytes: ITEM_BYTES_MEAN,
    moreHint: '没列出的请打字，如：登记 高龄津贴',
    required: true,
    keepsLast: true,
  },
  otherErrand: {
    kind: 'text',
    label: '其他事项',
    placeholder: '要办什么，如：修水管；本群可见',
    max: OTHER_ERRAND_MAX,
    mask: countCharacters,
    seldom: 'otherErrand',
  },
  otherDepartment: {
    kind: 'pick',
    label: '其他事项的部门',
    get placeholder() {
      return local`不知道就不选，由镇里来办`;
    },
    optionsMax: DEPARTMENT_OPTIONS_MAX,
    seldom: 'otherErrand',
  },
  way: { kind: 'choice', label: '办理方式', options: serviceWays, words: serviceWayWords, seldom: 'more' },
  consent: { kind: 'tick', label: '自愿委托确认', text: '自愿委托确认：群众自愿委托，代办不收费' },
  onTheSpot: { kind: 'tick', label: '当场办结', text: '当场办结（仅限村级可办事项）', seldom: 'more' },
  remarks: {
    ...words,
    label: '备注',
    max: REMARKS_MAX,
    placeholder: '本群可见，不要写姓名电话住址',
    mask: countCharacters,
    seldom: 'more',
  },
} as const satisfies Readonly<
  Record<string, PersonalField | (Exclude<Field, TextField> & { readonly seldom?: Seldom })>
>;

/** 更正: what can be put right of a registration, and why. */
export const correctionForm = {
  applicantName: registrationForm.applicantName,
  phone: registrationForm.phone,
  contact: registrationForm.contact,
  idNumber: registrationForm.idNumber,
  address: registrationForm.address,
  residence: registrationForm.residence,
  item: registrationForm.item,
  otherErrand: registrationForm.otherErrand,
  otherDepartment: registrationForm.otherDepartment,
  way: registrationForm.way,
  remarks: registrationForm.remarks,
  reason: { ...words, label: '更正原因', placeholder: '哪里填错了' },
} as const satisfies Form;
export type CorrectedField = Exclude<keyof typeof correctionForm, 'reason'>;
export const correctedFields = (Object.keys(correctionForm) as (keyof typeof correctionForm)[]).filter(
  (name): name is CorrectedField => name !== 'reason',
);

export type RegistrationField = keyof typeof registrationForm;
export const registrationFields = Object.keys(registrationForm) as RegistrationField[];

type NamesOfText<Of extends Form> = { [Name in keyof Of]: Of[Name] extends TextField ? Name : never }[keyof Of];
export type PersonalName = NamesOfText<typeof registrationForm>;

/** The fields that would tell a group who the applicant is. */
export const personalFields = registrationFields.filter(
  (name): name is PersonalName => registrationForm[name].kind === 'text',
);

/** Every village of a banner, with room to spare. */
const UNIT_OPTIONS_MAX = 140;

/** 申请成为代办员 */
export const joinForm = {
  name: { kind: 'text', label: '姓名', max: 50, required: true },
  phone: { kind: 'text', label: '联系电话', placeholder: '11位手机号', max: 20, required: true },
  unit: { kind: 'pick', label: '所在单位', optionsMax: UNIT_OPTIONS_MAX, required: true },
  employment: { kind: 'choice', label: '专职/兼职', options: employments, words: employmentWords, required: true },
} as const satisfies Form;
export type JoinField = keyof typeof joinForm;
export const joinFields = Object.keys(joinForm) as JoinField[];

/** A manager's decision about it. */
export const applicationForm = {
  role: { kind: 'preset', label: '角色', options: agentRoles, words: roleWords, initial: 'agent' },
  reason: { ...words, label: '不通过的原因', placeholder: '不通过时必填，会告诉申请人', max: 150 },
} as const satisfies Form;

/** 停用, 调动: to whom goes what waits for the person. */
export const successionFields = {
  successor: {
    ...colleague,
    label: '没办完的件转给谁',
    placeholder: '不选就由本单位接着办',
    moreHint: '没列出的同事，可以先不选，再一件一件转。',
  },
} as const satisfies Form;

/** 代班: who, for whom, from which day to which. */
export const standInForm = {
  absent: {
    kind: 'pick',
    label: '谁请假',
    optionsMax: COLLEAGUES_MAX,
    moreHint: '没列出的请打字，如：/代班 王芳 李强 12月1日至5日',
  },
  standIn: {
    kind: 'pick',
    label: '谁来代班',
    placeholder: '选一位同事',
    optionsMax: COLLEAGUES_MAX,
    moreHint: '没列出的请打字，如：/代班 李强 12月1日至5日',
  },
  fromDay: { kind: 'text', label: '从哪天', placeholder: '如 12月1日', max: 20 },
  toDay: { kind: 'text', label: '到哪天（含当天）', placeholder: '如 12月5日', max: 20 },
} as const satisfies Form;

/** The first administrator's own name and unit. */
export const introductionForm = {
  name: { kind: 'text', label: '姓名', max: 50, required: true },
  unit: { kind: 'pick', label: '所在单位', optionsMax: UNIT_OPTIONS_MAX },
} as const satisfies Form;

export const bindForm = {
  unit: {
    kind: 'pick',
    label: '单位',
    optionsMax: UNIT_OPTIONS_MAX,
    moreHint: '没列出的请打字，如：绑定 大雁镇',
    required: true,
  },
} as const satisfies Form;

/** 抽查回访 */
export const secondCallForm = {
  result: {
    kind: 'choice',
    label: '群众这次怎么说',
    placeholder: '和原来的评价比',
    options: checkResults,
    words: checkResultWords,
    required: true,
  },
  note: { ...words, label: '情况', placeholder: '不一致时必填：群众怎么说' },
} as const satisfies Form;

const informationDay = { kind: 'text', placeholder: '不填按当天，如：2026-06-30', max: 20 } as const;
const adoptionKind = {
  kind: 'choice',
  placeholder: '选一种',
  options: adoptionKinds,
  words: adoptionWords,
  required: true,
} as const;

/** 政务信息: sending in, marking a use, points besides, taking back, and what a use is worth. */
export const informationForms = {
  piece: {
    title: { kind: 'text', label: '标题', max: 60, required: true },
    pieceKind: { kind: 'preset', label: '类型', options: pieceKinds, words: pieceKindWords, initial: 'news' },
    body: {
      kind: 'text',
      label: '链接或正文',
      placeholder: '文档链接，或1000字以内的正文',
      max: 1000,
      multiline: true,
      required: true,
    },
    day: { ...informationDay, label: '日期' },
  },
  adopt: {
    adoptionKind: { ...adoptionKind, label: '哪里采用' },
    day: { ...informationDay, label: '采用日期' },
  },
  extra: {
    unit: { kind: 'pick', label: '单位', optionsMax: 45, required: true },
    adoptionKind: { ...adoptionKind, label: '加什么分' },
    times: { kind: 'text', label: '几次', placeholder: '不填就是1次', max: 5 },
    day: { ...informationDay, label: '日期' },
  },
  correct: {
    reason: {
      ...words,
      max: REASON_MAX,
      required: true,
      label: '更正原因（各群可见）',
      placeholder: '哪里记错了、怎么改',
    },
  },
  undo: { reason: { ...words, label: '撤销原因', placeholder: '为什么不算了', required: true } },
  worth: {
    adoptionKind: { ...adoptionKind, label: '改哪一种' },
    points: { kind: 'text', label: '每次几分', placeholder: '0到1000的整数', max: 10, required: true },
    day: { ...informationDay, label: '从哪天起' },
  },
} as const satisfies Readonly<Record<string, Form>>;

export const eraseForm = {
  reason: { ...words, label: '删除原因', placeholder: '谁要求删除、为什么（至少4个字）', required: true },
} as const satisfies Form;

export const fullLedgerForm = {
  reason: { ...words, label: '导出原因', placeholder: '为什么要完整信息（至少4个字）', required: true },
} as const satisfies Form;

/** How a task stands. */
export const taskForm = {
  state: { kind: 'choice', label: '进展', options: taskStates, words: taskStateWords, required: true },
  text: { ...words, label: '完成情况', placeholder: '做了什么、做到哪一步' },
} as const satisfies Form;

/** A box for each check of a list, by its place: c0, c1, … */
export function checksForm(checks: readonly { readonly name: string }[]): Record<string, TickField> {
  return Object.fromEntries(
    checks.slice(0, CHECKS_MAX).map(({ name }, index) => [`c${index}`, { kind: 'tick', label: name, text: name }]),
  );
}

/** One check, with what there is to say of it. */
export const checkForm = {
  present: {
    kind: 'choice',
    label: '有没有',
    options: ['yes', 'no'],
    words: { yes: '有', no: '没有' },
    required: true,
  },
  note: { ...words, label: '备注', placeholder: '缺什么、什么时候补上（选填）' },
} as const satisfies Form;

/** 实施层级, each with the name of its box in `itemForm`; highest first. */
export const levelFields = [
  ['levelRegion', '自治区级'],
  ['levelLeague', '盟市级'],
  ['levelBanner', '县级'],
  ['levelTown', '镇级'],
  ['levelVillage', '村级'],
] as const satisfies readonly (readonly [string, ItemLevel])[];

const level = (text: ItemLevel) => ({ kind: 'tick', label: text, text }) as const;
/** What a field of the platform takes at most. */
const LONG_TEXT_MAX = 1000;

/** 修改事项 */
export const itemForm = {
  workingDays: { kind: 'text', label: '承诺时限（工作日）', placeholder: '如：5；留空就按“设置”里定的', max: 10 },
  materials: { ...words, label: '所需材料', placeholder: '每行一样，按告知的次序', max: LONG_TEXT_MAX },
  guide: { ...words, label: '办事指南', placeholder: '条件、流程、地点、电话（选填）', max: LONG_TEXT_MAX },
  department: { kind: 'pick', label: '主管部门', optionsMax: 60, placeholder: '不改就不选' },
  levelRegion: level('自治区级'),
  levelLeague: level('盟市级'),
  levelBanner: level('县级'),
  levelTown: level('镇级'),
  levelVillage: level('村级'),
  enabled: {
    kind: 'preset',
    label: '启用',
    options: ['yes', 'no'],
    words: { yes: '启用', no: '停用：不再登记，在办的照办' },
    initial: 'yes',
  },
  effectiveDay: { kind: 'text', label: '生效日期', placeholder: '如：2026-12-01、12月1日', max: 20, required: true },
} as const satisfies Form;

/** 公布清单 */
export const unitListForm = {
  listName: { kind: 'text', label: '清单名称', placeholder: '照墙上贴的写', max: 60, required: true },
  edition: { kind: 'text', label: '版本', placeholder: '如：2026年版（选填）', max: 40 },
  publishedOn: { kind: 'text', label: '公布日期', placeholder: '如：2026-11-01', max: 20, required: true },
} as const satisfies Form;

const timeOfDay = { kind: 'text', placeholder: '24小时制，如：09:00', max: 10, required: true } as const;

/** 按语 goes to every group, and so does the reason of a 更正. */
export const bulletinForms = {
  note: {
    note: {
      ...words,
      max: NOTE_MAX,
      label: '按语（各群可见，不要写群众的姓名电话）',
      get placeholder() {
        return local`如：请靠后的苏木乡镇对照整改`;
      },
    },
  },
  correct: {
    reason: {
      ...words,
      max: REASON_MAX,
      required: true,
      label: '更正原因（各群可见）',
      placeholder: '哪里算错了、怎么改的',
    },
  },
} as const satisfies Readonly<Record<string, Form>>;

function weightField(part: ScorePart) {
  const label = `${scorePartWords[part]}的分值`;
  return { label, kind: 'text', placeholder: '0到100的整数', max: 10, required: true } as const;
}

/** With blanks that are left out. */
const LEVEL_TYPED_MAX = 20;

/** What is asked for a new value of a setting, by its kind. */
export const settingForms = {
  yesNo: {
    answer: {
      kind: 'choice',
      label: '改为',
      options: ['yes', 'no'],
      words: { yes: '算', no: '不算' },
      required: true,
    },
  },
  days: { days: { kind: 'text', label: '改为几个工作日', placeholder: '写数字，如：5', max: 10, required: true } },
  years: {
    years: { kind: 'text', label: '改为几年', placeholder: '写数字，如：10；不删写0', max: 10, required: true },
  },
  percent: { percent: { kind: 'text', label: '改为百分之几', placeholder: '写数字，如：5', max: 10, required: true } },
  time: { time: { ...timeOfDay, label: '改为几点' } },
  timeRange: { from: { ...timeOfDay, label: '从几点' }, to: { ...timeOfDay, label: '到几点' } },
  ownDays: {
    ownDays: {
      kind: 'text',
      label: '日子，一行一段',
      placeholder: '8月15日至17日 放假 那达慕',
      max: OWN_DAYS_TEXT_MAX,
      multiline: true,
    },
  },
  levelNames: {
    banner: { kind: 'text', label: '县这一级', placeholder: '如：旗县、县、区', max: LEVEL_TYPED_MAX, required: true },
    town: {
      kind: 'text',
      label: '乡这一级',
      placeholder: '如：苏木乡镇、乡镇、街道',
      max: LEVEL_TYPED_MAX,
      required: true,
    },
    village: {
      kind: 'text',
      label: '村这一级',
      placeholder: '如：嘎查社区、村、社区',
      max: LEVEL_TYPED_MAX,
      required: true,
    },
  },
  scoring: {
    volume: weightField('volume'),
    onTime: weightField('onTime'),
    satisfaction: weightField('satisfaction'),
    oneTimeNotice: weightField('oneTimeNotice'),
    punctuality: weightField('punctuality'),
    readiness: weightField('readiness'),
    roster: weightField('roster'),
    casesMin: { kind: 'text', label: '登记不满几件不排名', placeholder: '如：10', max: 10, required: true },
  },
} as const satisfies Readonly<Record<SettingInput, Form>>;
