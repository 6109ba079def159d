/** Staff: who I am, the application to join, and the manager's decision about it. */
import type { AgentRole, AgentStatus, Employment } from '../src/domain/agent.ts';
import { local } from '../src/domain/level-names.ts';
import { encodeAction } from './action-values.ts';
import type { Card, CardElement } from './card.ts';
import { drawField, type FormValues } from './field.ts';
import { type Choice, form, submit } from './form.ts';
import { applicationForm, introductionForm, type JoinField, joinFields, joinForm } from './forms.ts';
import {
  button,
  card,
  clock,
  dayWithYear,
  type Fact,
  facts,
  type HeaderColor,
  hr,
  notation,
  paragraph,
  redLine,
} from './kit.ts';
import { noticeCard } from './notice.ts';
import { employmentWords, roleWords } from './words.ts';

const DUTIES_MAX = 12;
const STAND_INS_MAX = 5;
export interface MeView {
  readonly name: string;
  readonly unit: string;
  readonly center: string;
  readonly role: AgentRole;
  readonly employment: Employment;
  readonly duties: readonly string[];
  /** Where the plan lists them, e.g. 附件4. */
  readonly dutiesFrom: string;
  /** What the button 已阅知 says of person and text. */
  readonly agentId: number;
  readonly dutiesMark: string;
  /** When these very words were 已阅知; null: not yet. */
  readonly readAt: number | null;
  readonly zone: string;
  readonly month: { readonly registered: number; readonly completed: number; readonly open: number };
  /** E.g. 11月. */
  readonly monthName: string;
  /** Who stands in for this person, and for whom this person does: going on or to come. */
  readonly standIns: readonly string[];
}

/** The answer to /我. */
export function meCard(view: MeView): Card {
  const duties = view.duties.slice(0, DUTIES_MAX);
  return card({
    title: view.name,
    subtitle: view.unit,
    color: 'blue',
    mark: roleWords[view.role],
    summary: '我的单位、职责和本月情况',
    elements: [
      ...facts([
        { label: '所在单位', value: view.unit },
        { label: '服务场所', value: view.center },
        { label: '身份', value: `${roleWords[view.role]}（${employmentWords[view.employment]}）` },
        { label: `${view.monthName}登记`, value: `${view.month.registered}件` },
        { label: `${view.monthName}办结`, value: `${view.month.completed}件` },
        { label: '在办', value: `${view.month.open}件` },
      ]),
      ...view.standIns.slice(0, STAND_INS_MAX).map((words) => paragraph(words, { color: 'orange', max: 60 })),
      button({ label: '请假找人代班', value: encodeAction({ action: 'command.run', line: '/代班' }) }),
      hr(),
      paragraph(`我的职责（${view.dutiesFrom}）`),
      ...duties.map((duty, index) => paragraph(`${index + 1}. ${duty}`)),
      readLine(view),
    ],
  });
}

function readLine({ agentId, dutiesMark, readAt, zone }: MeView): CardElement {
  if (readAt !== null) return notation(`已阅知 ${dayWithYear(readAt, zone)}`);
  const value = encodeAction({ action: 'duties.read', agentId, text: dutiesMark });
  return button({ label: '已阅知', value, type: 'primary_filled' });
}

export interface JoinView {
  readonly units: readonly Choice[];
  readonly values: Partial<FormValues<typeof joinForm>>;
  readonly errors: Partial<Readonly<Record<JoinField, string>>>;
}

/** The application of somebody who is not staff yet; stands in a private chat. */
export function joinCard(view: JoinView): Card {
  const wrong = Object.keys(view.errors).length;
  return card({
    title: '申请成为代办员',
    color: wrong > 0 ? 'orange' : 'blue',
    summary: wrong > 0 ? '申请还差一点，请改好后再提交' : '申请成为代办员，请填写后提交',
    elements: [
      paragraph('填好后由上级管理员审核，通过后就能登记代办件。'),
      form('joinForm', [
        ...joinFields.flatMap((name) => joinField(view, name)),
        submit({
          label: '提交申请',
          value: encodeAction({ action: 'agent.apply' }),
          type: 'primary_filled',
        }),
      ]),
    ],
  });
}

/** An application waits. @param view.deciders see `decidersWords`. */
export function appliedCard(view: { readonly tone: 'success' | 'info'; readonly deciders: string }): Card {
  const lines = [`请等${view.deciders}通过，通过后我会私信告诉您。`];
  return noticeCard({ tone: view.tone, title: '申请已提交', lines });
}

function joinField(view: JoinView, name: JoinField): CardElement[] {
  const error = view.errors[name];
  return [
    ...(error === undefined ? [] : [redLine(`${joinForm[name].label}：${error}`)]),
    ...drawField(joinForm, name, { value: view.values[name], ...(name === 'unit' ? { options: view.units } : {}) }),
  ];
}

export interface IntroductionView {
  readonly title: string;
  readonly lines: readonly string[];
  readonly units: readonly Choice[];
  readonly values: Partial<FormValues<typeof introductionForm>>;
  readonly errors: Partial<Readonly<Record<'name', string>>>;
}

/** Asks an administrator who has none yet for the own name; stands in a private chat. */
export function introductionCard(view: IntroductionView): Card {
  const { errors, values } = view;
  return card({
    title: view.title,
    color: errors.name === undefined ? 'green' : 'orange',
    summary: view.title,
    elements: [
      ...view.lines.map((line) => paragraph(line)),
      form('introductionForm', [
        ...(errors.name === undefined ? [] : [redLine(`${introductionForm.name.label}：${errors.name}`)]),
        ...drawField(introductionForm, 'name', { value: values.name }),
        ...drawField(introductionForm, 'unit', {
          value: values.unit,
          options: view.units,
          placeholder: local`不选就是旗本级`,
        }),
        submit({
          label: '保存',
          value: encodeAction({ action: 'agent.introduce' }),
          type: 'primary_filled',
        }),
      ]),
    ],
  });
}

export interface ApplicationView {
  readonly agentId: number;
  readonly name: string;
  readonly phone: string | null;
  readonly unit: string;
  readonly employment: Employment;
  readonly appliedAt: number;
  readonly zone: string;
  /** The roles this manager may give, lowest first. */
  readonly mayGrant: readonly AgentRole[];
  readonly status: AgentStatus;
  readonly decidedBy: string | null;
  /** Why it was refused; null where it was not. */
  readonly refusal: string | null;
  /** Whom of the roster it is; null while there is no roster. */
  readonly listed: ListedPerson | 'nobody' | null;
}

export interface ListedPerson {
  /** The same telephone number, or the same name in the same unit. */
  readonly by: 'phone' | 'name';
  readonly name: string;
  readonly unit: string;
  readonly employment: Employment;
}

const statusMarks: Readonly<Record<AgentStatus, { readonly mark: string; readonly color: HeaderColor }>> = {
  pending: { mark: '待审核', color: 'orange' },
  active: { mark: '已通过', color: 'green' },
  rejected: { mark: '未通过', color: 'grey' },
  left: { mark: '已离岗', color: 'grey' },
};

/** An application as a manager gets it, in a private chat. */
export function applicationCard(view: ApplicationView): Card {
  const { mark, color } = statusMarks[view.status];
  const decided = view.status !== 'pending';
  const rows: Fact[] = [
    { label: '姓名', value: view.name },
    ...(view.phone === null ? [] : [{ label: '联系电话', value: view.phone }]),
    { label: '所在单位', value: view.unit },
    { label: '专职/兼职', value: employmentWords[view.employment] },
    { label: '申请时间', value: `${dayWithYear(view.appliedAt, view.zone)} ${clock(view.appliedAt, view.zone)}` },
    ...(view.listed === null ? [] : [{ label: '名单', value: listedWords(view.listed), max: 80 }]),
    ...(decided && view.decidedBy !== null ? [{ label: '审核人', value: view.decidedBy }] : []),
    ...(view.refusal === null ? [] : [{ label: '不通过的原因', value: view.refusal, max: 200 }]),
  ];
  return card({
    title: '代办员申请',
    color,
    mark,
    summary: decided ? `代办员申请：${mark}` : '有人申请成为代办员，请审核',
    elements: [...facts(rows), ...(decided ? [] : decision(view))],
  });
}

function listedWords(listed: ListedPerson | 'nobody'): string {
  if (listed === 'nobody') return '名单里没有这个手机号和姓名';
  const why = listed.by === 'phone' ? '手机号一致' : '单位和姓名一致，手机号不同';
  return `名单里有：${listed.unit} ${listed.name} ${employmentWords[listed.employment]}（${why}）`;
}

function decision(view: ApplicationView): CardElement[] {
  const pass = {
    label: '通过',
    value: encodeAction({ action: 'agent.approve', agentId: view.agentId }),
    type: 'primary_filled' as const,
  };
  const refuse = { label: '不通过', value: encodeAction({ action: 'agent.reject', agentId: view.agentId }) };
  const options = view.mayGrant.map((value) => ({ value, text: roleWords[value] }));
  const choice = options.length > 1;
  return [
    form('applicationForm', [
      ...(choice ? drawField(applicationForm, 'role', { options, value: view.mayGrant[0] }) : []),
      ...(choice ? [notation('一般选“代办员”。管理员能看本单位和下级的统计。')] : []),
      submit(pass),
      ...drawField(applicationForm, 'reason'),
      submit(refuse),
    ]),
  ];
}
