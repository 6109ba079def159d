/**
 * The buttons and the form of a case card. A card has one form at most, because names of fields must be unique in it and
 * several steps read the same ones (`caseForms`).
 * What most people press needs no field and stands first; what needs words waits in a panel.
 */
import { type CaseState, type CaseStep, isOpen, type PressedStep } from '../src/domain/case.ts';
import { encodeAction } from './action-values.ts';
import type { CardElement } from './card.ts';
import { drawField } from './field.ts';
import { form, submit } from './form.ts';
import { caseForms } from './forms.ts';
import { button, notation, panel } from './kit.ts';
import { stepButtons } from './words.ts';

/** The part of a case's view that decides what can be pressed. */
interface CaseActionsView {
  readonly id: number;
  readonly version: number;
  readonly state: CaseState;
  readonly externalNumber: string | null;
  readonly offers: readonly CaseStep[];
  readonly escalationNote: string | null;
  readonly namesRegistrar: boolean;
  readonly registrarName: string;
  readonly mayErase: boolean;
}

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
    ...whoseButtons(view),
    ...(view.offers.some((step) => !isAside(step)) || isOpen(view.state) ? [reveal] : []),
    ...(offers(view, 'correct') ? [correctButton(view.id)] : []),
    ...(view.mayErase ? [eraseButton(view.id)] : []),
  ];
}

/** Of what only one of a group may press. The other buttons belong to the unit that the card's first sentence names. */
function whoseButtons(view: CaseActionsView): CardElement[] {
  const own = (['urge', 'withdraw'] as const).filter((step) => offers(view, step)).map((step) => stepButtons[step]);
  return view.namesRegistrar && offers(view, 'withdraw')
    ? [notation(`${own.join('、')}由登记的代办员${view.registrarName}操作`)]
    : [];
}

/** Neither brings the case further: whoever may do only that need not look at the applicant. */
function isAside(step: CaseStep): boolean {
  return step === 'correct' || step === 'note';
}

function correctButton(caseId: number): CardElement {
  return button({ label: stepButtons.correct, value: encodeAction({ action: 'case.askCorrect', caseId }) });
}

function eraseButton(caseId: number): CardElement {
  return button({ label: '删除个人信息', value: encodeAction({ action: 'case.askErase', caseId }), type: 'text' });
}

function offers(view: CaseActionsView, step: CaseStep): boolean {
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
    ...notePanel(view),
  ];
  return elements.length === 0 ? [] : [form('caseForm', elements)];
}

function completeFields(view: CaseActionsView): CardElement[] {
  if (!offers(view, 'complete')) return [];
  return [...drawField(caseForms.complete, 'outcome'), submitStep(view, 'complete')];
}

function forwardFields(view: CaseActionsView): CardElement[] {
  if (!offers(view, 'forward')) return [];
  return [
    ...drawField(caseForms.forward, 'note'),
    submitStep(view, 'forward'),
    ...(offers(view, 'withdraw') ? [submitStep(view, 'withdraw')] : []),
  ];
}

function deliverFields(view: CaseActionsView): CardElement[] {
  if (!offers(view, 'deliver')) return [];
  return [...drawField(caseForms.deliver, 'deliveryWay'), submitStep(view, 'deliver')];
}

function followUpFields(view: CaseActionsView): CardElement[] {
  if (!offers(view, 'followUp')) return [];
  return [
    notation('最好由经办人以外的同事回访'),
    ...drawField(caseForms.followUp, 'rating'),
    ...drawField(caseForms.followUp, 'comment'),
    submitStep(view, 'followUp'),
  ];
}

function rectifyFields(view: CaseActionsView): CardElement[] {
  if (!offers(view, 'rectify')) return [];
  return [...drawField(caseForms.rectify, 'note'), submitStep(view, 'rectify')];
}

/** The fields of the steps that need words, out of sight until somebody needs them. */
function wordsPanel(view: CaseActionsView): CardElement[] {
  const holderSteps = (['return', 'escalate'] as const).filter((step) => offers(view, step));
  const withdraws = offers(view, 'withdraw') && !offers(view, 'forward');
  if (holderSteps.length === 0 && !offers(view, 'complete')) {
    return withdraws
      ? [panel('不办了？撤回此件', [...drawField(caseForms.withdraw, 'note'), submitStep(view, 'withdraw')])]
      : [];
  }
  const { externalNumber } = view;
  return [
    panel(wordsTitle(view), [
      ...drawField(caseForms.return, 'note'),
      ...(offers(view, 'complete') ? drawField(caseForms.complete, 'advice') : []),
      ...(offers(view, 'return') ? drawField(caseForms.return, 'materials') : []),
      ...drawField(caseForms.complete, 'externalNumber', { value: externalNumber ?? '' }),
      ...(view.escalationNote === null ? [] : [notation(view.escalationNote)]),
      ...holderSteps.map((step) => submitStep(view, step)),
      ...(withdraws ? [submitStep(view, 'withdraw')] : []),
    ]),
  ];
}

/** For whoever sees the case. Its field is not that of the steps: what is typed there is for them. */
function notePanel(view: CaseActionsView): CardElement[] {
  if (!offers(view, 'note')) return [];
  return [panel('加说明，不改进度', [...drawField(caseForms.note, 'say'), submitStep(view, 'note')])];
}

function wordsTitle(view: CaseActionsView): string {
  if (!offers(view, 'complete')) return '材料不全？一次写清';
  return offers(view, 'escalate') ? '写说明、退回补正或转上级' : '写说明或退回补正';
}

/** Asked before the step is taken, which clients do at submit buttons only. */
const confirmations: Partial<Record<PressedStep, { readonly title: string; readonly text: string }>> = {
  withdraw: { title: '确定撤回？', text: '撤回后此件不再办理。群众还要办的，需要重新登记。' },
};

/** The one step each state is about stands out; it is drawn first. */
const primarySteps: readonly PressedStep[] = ['accept', 'complete', 'forward', 'deliver', 'followUp', 'rectify'];

function buttonSpec(view: CaseActionsView, step: PressedStep) {
  const confirm = confirmations[step];
  const type = primarySteps.includes(step) ? ('primary_filled' as const) : ('default' as const);
  return {
    label: stepButtons[step],
    value: encodeAction({ action: `case.${step}`, caseId: view.id, version: view.version }),
    type: step === 'withdraw' ? ('danger' as const) : type,
    ...(confirm ? { confirm } : {}),
  };
}

function plainStep(view: CaseActionsView, step: PressedStep): CardElement {
  return button(buttonSpec(view, step));
}

function submitStep(view: CaseActionsView, step: PressedStep): CardElement {
  return submit(buttonSpec(view, step));
}
