/**
 * The buttons and the form of a case card. A card has one form at most, because names of fields must be unique in it and
 * every step reads the same names: `note`, `materials`, `externalNumber`, `outcome`, `deliveryWay`, `rating`, `comment`.
 * What most people press needs no field and stands first; what needs words waits in a panel.
 */
import { type CaseState, type CaseStep, deliveryWays, isOpen, outcomes, ratings } from '../src/domain/case.ts';
import { encodeAction } from './action-values.ts';
import type { CardElement } from './card.ts';
import { form, input, select, submit } from './form.ts';
import { button, notation, panel } from './kit.ts';
import { deliveryWayWords, outcomeWords, ratingWords, stepButtons } from './words.ts';

/** The part of a case's view that decides what can be pressed. */
interface CaseActionsView {
  readonly id: number;
  readonly version: number;
  readonly state: CaseState;
  readonly externalNumber: string | null;
  readonly offers: readonly CaseStep[];
}

type ButtonStep = Exclude<CaseStep, 'archive'>;

/** All that can be pressed, the most likely first. Empty when there is nothing to do and nobody to ask about. */
export function caseActions(view: CaseActionsView): CardElement[] {
  const reveal = button({
    label: '查看申请人',
    value: encodeAction({ action: 'case.reveal', caseId: view.id }),
  });
  return [
    ...(offers(view, 'accept') ? [plainStep(view, 'accept')] : []),
    ...(offers(view, 'urge') ? [plainStep(view, 'urge')] : []),
    ...stepForm(view),
    ...(view.offers.length > 0 || isOpen(view.state) ? [reveal] : []),
  ];
}

function offers(view: CaseActionsView, step: ButtonStep): boolean {
  return view.offers.includes(step);
}

function stepForm(view: CaseActionsView): CardElement[] {
  const elements = [
    ...completeFields(view),
    ...forwardFields(view),
    ...deliverFields(view),
    ...followUpFields(view),
    ...rectifyFields(view),
    ...wordsPanel(view),
  ];
  return elements.length === 0 ? [] : [form('caseForm', elements)];
}

function completeFields(view: CaseActionsView): CardElement[] {
  if (!offers(view, 'complete')) return [];
  return [
    ...select({
      name: 'outcome',
      label: '办理结果',
      options: outcomes.map((value) => ({ value, text: outcomeWords[value] })),
      initial: 'granted',
    }),
    submitStep(view, 'complete'),
  ];
}

function forwardFields(view: CaseActionsView): CardElement[] {
  if (!offers(view, 'forward')) return [];
  return [
    input({ name: 'note', label: '补正说明', placeholder: '补了哪些材料（选填）', multiline: true }),
    submitStep(view, 'forward'),
    ...(offers(view, 'withdraw') ? [submitStep(view, 'withdraw')] : []),
  ];
}

function deliverFields(view: CaseActionsView): CardElement[] {
  if (!offers(view, 'deliver')) return [];
  return [
    ...select({
      name: 'deliveryWay',
      label: '送达方式',
      options: deliveryWays.map((value) => ({ value, text: deliveryWayWords[value] })),
      initial: 'doorstep',
    }),
    submitStep(view, 'deliver'),
  ];
}

function followUpFields(view: CaseActionsView): CardElement[] {
  if (!offers(view, 'followUp')) return [];
  return [
    notation('最好由经办人以外的同事回访'),
    ...select({
      name: 'rating',
      label: '满意度',
      options: ratings.map((value) => ({ value: String(value), text: ratingWords[value] })),
      placeholder: '群众是否满意',
      required: true,
    }),
    input({ name: 'comment', label: '评价内容', placeholder: '群众怎么说（选填）', multiline: true }),
    submitStep(view, 'followUp'),
  ];
}

function rectifyFields(view: CaseActionsView): CardElement[] {
  if (!offers(view, 'rectify')) return [];
  return [
    input({ name: 'note', label: '整改情况', placeholder: '怎样改正、群众是否认可', multiline: true, required: true }),
    submitStep(view, 'rectify'),
  ];
}

/** The fields of the steps that need words, out of sight until somebody needs them. */
function wordsPanel(view: CaseActionsView): CardElement[] {
  const holderSteps = (['return', 'escalate'] as const).filter((step) => offers(view, step));
  const withdraws = offers(view, 'withdraw') && !offers(view, 'forward');
  if (holderSteps.length === 0 && !offers(view, 'complete')) {
    return withdraws
      ? [
          panel('不办了？撤回此件', [
            input({ name: 'note', label: '撤回原因', multiline: true }),
            submitStep(view, 'withdraw'),
          ]),
        ]
      : [];
  }
  const materials = offers(view, 'return')
    ? [
        input({
          name: 'materials',
          label: '需补正的材料',
          placeholder: '缺什么一次写全，每行一样',
          multiline: true,
          max: 500,
        }),
      ]
    : [];
  const external = input({
    name: 'externalNumber',
    label: '一窗受理号',
    placeholder: '综合一窗系统里的编号（选填）',
    max: 60,
    ...(view.externalNumber === null ? {} : { value: view.externalNumber }),
  });
  return [
    panel(wordsTitle(view), [
      input({ name: 'note', label: '说明', placeholder: '原因或情况', multiline: true }),
      ...materials,
      external,
      ...holderSteps.map((step) => submitStep(view, step)),
      ...(withdraws ? [submitStep(view, 'withdraw')] : []),
    ]),
  ];
}

function wordsTitle(view: CaseActionsView): string {
  if (!offers(view, 'complete')) return '材料不全？一次写清';
  return offers(view, 'escalate') ? '写说明、退回补正或转上级' : '写说明或退回补正';
}

const confirmations: Partial<Record<ButtonStep, { readonly title: string; readonly text: string }>> = {
  withdraw: { title: '确定撤回？', text: '撤回后此件不再办理。群众还要办的，需要重新登记。' },
};

/** The one step each state is about stands out; it is drawn first. */
const primarySteps: readonly ButtonStep[] = ['accept', 'complete', 'forward', 'deliver', 'followUp', 'rectify'];

function buttonSpec(view: CaseActionsView, step: ButtonStep) {
  const confirm = confirmations[step];
  const type = primarySteps.includes(step) ? ('primary_filled' as const) : ('default' as const);
  return {
    label: stepButtons[step],
    value: encodeAction({ action: `case.${step}`, caseId: view.id, version: view.version }),
    type: step === 'withdraw' ? ('danger' as const) : type,
    ...(confirm ? { confirm } : {}),
  };
}

function plainStep(view: CaseActionsView, step: ButtonStep): CardElement {
  return button(buttonSpec(view, step));
}

function submitStep(view: CaseActionsView, step: ButtonStep): CardElement {
  return submit({ ...buttonSpec(view, step), name: `${step}Button` });
}
