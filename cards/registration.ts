/** The registration form (代办登记). In a group it is one card for everybody, so what is personal is never written into it. */
import { serviceWays } from '../src/domain/case.ts';
import { encodeAction } from './action-values.ts';
import type { Card, CardElement } from './card.ts';
import { type Choice, checker, form, input, select, submit } from './form.ts';
import { card, cut, escapeMarkdown, markdown, notation, panel, redLine } from './kit.ts';
import { serviceWayWords } from './words.ts';

/** Names of the form's fields with their labels, in the order of the form. */
export const registrationFields = {
  applicantName: '申请人姓名',
  phone: '联系电话',
  idNumber: '身份证号',
  residence: '所在嘎查社区',
  item: '办理事项',
  way: '办理方式',
  consent: '自愿委托确认',
  onTheSpot: '当场办结',
  remarks: '备注',
} as const;
export type RegistrationField = keyof typeof registrationFields;

const fieldNames = Object.keys(registrationFields) as readonly RegistrationField[];

type PersonalField = 'applicantName' | 'phone' | 'idNumber' | 'remarks';

export interface RegistrationView {
  readonly draftId: number;
  /** Stands in a group: personal fields are not prefilled. */
  readonly shared: boolean;
  readonly items: readonly Choice[];
  readonly residences: readonly Choice[];
  readonly values: Partial<Readonly<Record<RegistrationField, string | boolean>>>;
  /** Masked text of personal fields that the draft already holds. */
  readonly kept: Partial<Readonly<Record<PersonalField, string>>>;
  readonly errors: Partial<Readonly<Record<RegistrationField, string>>>;
  /** What the applicant has to bring, when the item is known. */
  readonly materials: readonly string[] | null;
}

const MATERIALS_SHOWN = 12;

/** The form, empty, prefilled, or with what has to be put right. */
export function registrationCard(view: RegistrationView): Card {
  const wrong = fieldNames.filter((name) => view.errors[name] !== undefined);
  return card({
    title: '帮办代办登记',
    subtitle: '群众自愿，全程免费',
    color: wrong.length > 0 ? 'orange' : 'blue',
    summary: wrong.length > 0 ? '登记还差一点，请改好后再提交' : '帮办代办登记，请填写后提交',
    elements: [
      ...(wrong.length > 0 ? [problemSummary(wrong)] : []),
      ...(view.shared ? [notation('本群都能看到这张卡片，提交后姓名、电话会隐去一部分')] : []),
      form('registrationForm', [
        ...personalInput(view, { name: 'applicantName', placeholder: '与身份证一致', max: 50 }),
        ...personalInput(view, { name: 'phone', placeholder: '11位手机号', max: 20 }),
        ...choice(view, { name: 'residence', options: view.residences }),
        ...choice(view, { name: 'item', options: view.items }),
        ...materialsList(view.materials),
        ...choice(view, {
          name: 'way',
          options: serviceWays.map((value) => ({ value, text: serviceWayWords[value] })),
        }),
        ...errorLine(view, 'consent'),
        checker({
          name: 'consent',
          text: `${registrationFields.consent}：群众自愿委托，代办不收费`,
          checked: view.values.consent === true,
        }),
        ...errorLine(view, 'onTheSpot'),
        checker({
          name: 'onTheSpot',
          text: `${registrationFields.onTheSpot}（仅限村级可办事项）`,
          checked: view.values.onTheSpot === true,
        }),
        ...optionalFields(view),
        submit({
          name: 'registerButton',
          label: '提交登记',
          value: encodeAction({ action: 'case.register', draftId: view.draftId }),
          type: 'primary_filled',
        }),
      ]),
    ],
  });
}

function problemSummary(wrong: readonly RegistrationField[]): CardElement {
  const names = wrong.map((name) => registrationFields[name]).join('、');
  return markdown(`<font color='red'>有${wrong.length}处要改：${escapeMarkdown(names)}</font>`);
}

/** ID number and remarks are seldom needed: in a panel, except when something there is wrong or already filled in. */
function optionalFields(view: RegistrationView): CardElement[] {
  const fields = [
    ...personalInput(view, { name: 'idNumber', placeholder: '办理需要时再填', max: 20 }),
    ...personalInput(view, { name: 'remarks', placeholder: '需要说明的情况', max: 200 }),
  ];
  const inUse = (['idNumber', 'remarks'] as const).some(
    (name) =>
      view.errors[name] !== undefined ||
      view.kept[name] !== undefined ||
      (!view.shared && view.values[name] !== undefined),
  );
  return inUse ? fields : [panel('身份证号、备注（选填）', fields)];
}

function personalInput(
  view: RegistrationView,
  field: { readonly name: PersonalField; readonly placeholder: string; readonly max: number },
): CardElement[] {
  const kept = view.kept[field.name];
  const value = view.values[field.name];
  const mustFill = field.name === 'applicantName' || field.name === 'phone';
  return [
    ...errorLine(view, field.name),
    input({
      name: field.name,
      label: registrationFields[field.name],
      placeholder: kept === undefined ? field.placeholder : `已填 ${cut(kept, 12)}，留空即可`,
      max: field.max,
      multiline: field.name === 'remarks',
      required: mustFill && kept === undefined,
      ...(!view.shared && typeof value === 'string' ? { value } : {}),
    }),
  ];
}

function choice(
  view: RegistrationView,
  field: { readonly name: 'residence' | 'item' | 'way'; readonly options: readonly Choice[] },
): CardElement[] {
  const value = view.values[field.name];
  return [
    ...errorLine(view, field.name),
    ...select({
      name: field.name,
      label: registrationFields[field.name],
      options: field.options,
      initial: typeof value === 'string' ? value : undefined,
      optionsMax: 70,
      ...(field.name === 'item' ? { moreHint: '没列出的请打字，如：登记 高龄津贴' } : {}),
      required: true,
    }),
  ];
}

/** Names its field, because on a phone the line may stand nearer to the field before. */
function errorLine(view: RegistrationView, name: RegistrationField): CardElement[] {
  const error = view.errors[name];
  return error === undefined ? [] : [redLine(`${registrationFields[name]}：${error}`)];
}

function materialsList(materials: readonly string[] | null): CardElement[] {
  if (materials === null || materials.length === 0) return [];
  const shown = materials.slice(0, MATERIALS_SHOWN);
  const more = materials.length > shown.length ? `等${materials.length}样` : '';
  return [notation(`请备好：${shown.join('、')}${more}`, 250)];
}
