/**
 * The buttons and the form of a case card. A card has one form at most, because names of fields must be unique in it and
 * several steps read the same ones (`caseForms`).
 * What most people press needs no field and stands first; what needs words waits in a panel.
 */
import { type CaseState, type CaseStep, isOpen, type PressedStep } from '../src/domain/case.ts';
import type { UndoableStep } from '../src/domain/undo.ts';
import { encodeAction } from './action-values.ts';
import type { CardElement } from './card.ts';
import { drawField } from './field.ts';
import { form, submit } from './form.ts';
import { caseForms } from './forms.ts';
import { button, clock, cut, dayFor, notation, panel } from './kit.ts';
import { moreSteps, moreWords, outcomeWords, stepButtons } from './words.ts';

/** The part of a case's view that decides what can be pressed. */
interface CaseActionsView {
  readonly id: number;
  readonly version: number;
  readonly state: CaseState;
  readonly externalNumber: string | null;
  readonly offers: readonly CaseStep[];
  readonly escalationNote: string | null;
  readonly namesRegistrar: boolean;
  readonly keeperName: string;
  /** The keeper is who registered it. */
  readonly keptByRegistrar: boolean;
  readonly handlerName: string | null;
  readonly followUpName: string | null;
  readonly mayErase: boolean;
  readonly papers: { readonly count: number; readonly open: boolean } | null;
  /** Of the item's list, in its order; `there`: papers came that were named so. */
  readonly materials: readonly { readonly name: string; readonly there: boolean }[];
  /** It was returned before. */
  readonly returnedBefore: boolean;
  readonly mayRegisterAgain: boolean;
  readonly links: readonly CaseLink[];
  readonly undo: { readonly step: UndoableStep; readonly by: string; readonly until: number | null } | null;
  readonly registeredAt: number;
  readonly zone: string;
}

/** 关联: another case of the same person; `caseId` where the reader may open it from here. */
export interface CaseLink {
  readonly caseNumber: string;
  readonly caseId: number | null;
}

/** All that can be pressed, the most likely first. Empty when there is nothing to do and nobody to ask about. */
export function caseActions(view: CaseActionsView): CardElement[] {
  const reveal = button({
    label: '查看申请人',
    value: encodeAction({ action: 'case.reveal', caseId: view.id }),
  });
  return [
    ...(offers(view, 'accept') ? [plainStep(view, 'accept')] : []),
    ...(offers(view, 'resume') ? [plainStep(view, 'resume')] : []),
    ...(offers(view, 'urge') ? [plainStep(view, 'urge')] : []),
    ...stepForm(view),
    ...undoButton(view),
    ...whoseButtons(view),
    ...moreButton(view),
    ...(concerns(view) ? [reveal] : []),
    ...paperButtons(view),
    ...(view.papers === null ? [] : [printButton(view.id)]),
    ...(offers(view, 'correct') ? [correctButton(view.id)] : []),
    ...(view.mayRegisterAgain ? [againButton(view.id)] : []),
    ...view.links.flatMap(openButton),
    ...(view.mayErase ? [eraseButton(view.id)] : []),
  ];
}

/** There is something to do for somebody here, or there may be. */
function concerns(view: CaseActionsView): boolean {
  return view.offers.some((step) => !isAside(step)) || isOpen(view.state);
}

/** The hour beside it is absolute: a card is not drawn again when it has passed. */
function undoButton(view: CaseActionsView): CardElement[] {
  if (view.undo === null) return [];
  const { by, until } = view.undo;
  const value = encodeAction({ action: 'case.undo', caseId: view.id, version: view.version });
  if (until === null) {
    return [notation(`转错了？接收以前${cut(by, 20)}可以收回`), button({ label: '收回', value })];
  }
  const hour = `${dayFor(until, { now: view.registeredAt, zone: view.zone })} ${clock(until, view.zone)}`;
  return [notation(`办错了？${hour}前可由${cut(by, 10)}撤销`), button({ label: '撤销', value })];
}

/** Of what only one of a group may press. The other buttons belong to the unit that the card's first sentence names. */
function whoseButtons(view: CaseActionsView): CardElement[] {
  const own = (['urge', 'withdraw'] as const).filter((step) => offers(view, step)).map((step) => stepButtons[step]);
  return view.namesRegistrar && offers(view, 'withdraw')
    ? [notation(`${own.join('、')}由${view.keptByRegistrar ? '登记' : '跟进'}的代办员${view.keeperName}操作`)]
    : [];
}

function paperButtons(view: CaseActionsView): CardElement[] {
  const { id: caseId, papers } = view;
  if (papers === null) return [];
  const send = { label: '传材料', value: encodeAction({ action: 'papers.start', caseId }) };
  const show = { label: `查看材料（${papers.count}份）`, value: encodeAction({ action: 'papers.show', caseId }) };
  return [...(papers.open && concerns(view) ? [button(send)] : []), ...(papers.count > 0 ? [button(show)] : [])];
}

/** Neither brings the case further: whoever may do only that need not look at the applicant. */
function isAside(step: CaseStep): boolean {
  return step === 'correct' || step === 'note';
}

/** Of every state: papers are asked for long after the case is closed. */
function printButton(caseId: number): CardElement {
  return button({ label: '打印', value: encodeAction({ action: 'case.askPrint', caseId }) });
}

function correctButton(caseId: number): CardElement {
  return button({ label: stepButtons.correct, value: encodeAction({ action: 'case.askCorrect', caseId }) });
}

function againButton(caseId: number): CardElement {
  return button({ label: '再办一件', value: encodeAction({ action: 'case.again', caseId }) });
}

function openButton({ caseNumber, caseId }: CaseLink): CardElement[] {
  if (caseId === null) return [];
  return [button({ label: `打开 ${caseNumber}`, value: encodeAction({ action: 'case.open', caseId }) })];
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
    ...(offers(view, 'handOver') ? [takeOverButton(view)] : []),
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
    notation(followUpHint(view)),
    ...drawField(caseForms.followUp, 'rating'),
    ...drawField(caseForms.followUp, 'comment'),
    submitStep(view, 'followUp'),
  ];
}

/** Best somebody other than who handled the case: the resident speaks more freely. */
function followUpHint({ followUpName }: CaseActionsView): string {
  if (followUpName === null) return '最好由经办人以外的同事回访';
  return `请${cut(followUpName, 36)}回访，没有经办过的同事也可以；经办人自己回访会记“本人回访”`;
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
      ...(offers(view, 'return') ? returnFields(view) : []),
      ...drawField(caseForms.complete, 'externalNumber', { value: externalNumber ?? '' }),
      ...(view.escalationNote === null ? [] : [notation(view.escalationNote)]),
      ...holderSteps.map((step) => submitStep(view, step)),
      ...(withdraws ? [submitStep(view, 'withdraw')] : []),
    ]),
  ];
}

/** What is not there yet is offered first. */
function returnFields(view: CaseActionsView): CardElement[] {
  const options = view.materials.map(({ name, there }, index) => ({ value: String(index), text: name, there }));
  const sorted = [...options.filter(({ there }) => !there), ...options.filter(({ there }) => there)];
  return [
    ...drawField(caseForms.return, 'missing', { options: sorted }),
    ...drawField(caseForms.return, 'materials'),
    ...(view.returnedBefore ? drawField(caseForms.return, 'whyNotBefore') : []),
  ];
}

/** For whoever sees the case. Its field is not that of the steps: what is typed there is for them. */
function notePanel(view: CaseActionsView): CardElement[] {
  if (!offers(view, 'note')) return [];
  return [panel('加说明，不改进度', [...drawField(caseForms.note, 'say'), submitStep(view, 'note')])];
}

/** All that is written there, or it is not looked for there. */
function wordsTitle(view: CaseActionsView): string {
  if (!offers(view, 'complete')) return '材料不全？一次写清';
  const steps = (['return', 'escalate'] as const).filter((step) => offers(view, step));
  return ['写说明', outcomeWords.refused, ...steps.map((step) => stepButtons[step])].join('、');
}

/** The steps that are seldom taken open privately, where there is room to say them. */
function moreButton(view: CaseActionsView): CardElement[] {
  const steps = moreSteps.filter((step) => offers(view, step));
  if (steps.length === 0) return [];
  const label = steps.map((step) => moreWords[step]).join('、');
  return [button({ label, value: encodeAction({ action: 'case.askMore', caseId: view.id }) })];
}

/** For a colleague of who handles the case; asked before, because everybody of the group sees it. */
function takeOverButton({ id: caseId, version, handlerName }: CaseActionsView): CardElement {
  return submit({
    label: '转给我办',
    value: encodeAction({ action: 'case.takeOver', caseId, version, as: 'handler' }),
    confirm: { title: '转给您办？', text: `现在的经办人：${handlerName ?? '还没有'}。转过来以后由您办理。` },
  });
}

/** Asked before the step is taken, which clients do at submit buttons only. */
const confirmations: Partial<Record<PressedStep, { readonly title: string; readonly text: string }>> = {
  escalate: { title: '确定转上级？', text: '转上去以后由上级承办。对方接收以前，本单位可以收回。' },
  complete: {
    title: '确定办结？',
    text: '按所选的办理结果办结，随后请登记的代办员告知群众。办错了，十分钟内可以由您撤销。',
  },
  deliver: { title: '确认已送达？', text: '群众已经拿到结果或得到告知，才点确认。点错了，十分钟内可以由您撤销。' },
  followUp: { title: '提交评价？', text: '请按群众的原话填写，提交后记入好差评。点错了，十分钟内可以由您撤销。' },
  withdraw: { title: '确定撤回？', text: '撤回后此件不再办理。点错了，十分钟内可以由您撤销；过后要办，需要重新登记。' },
};

/** The one step each state is about stands out; it is drawn first. */
const primarySteps: readonly PressedStep[] = [
  'accept',
  'resume',
  'complete',
  'forward',
  'deliver',
  'followUp',
  'rectify',
];

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
