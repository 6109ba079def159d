/** The private form of the steps that are seldom taken: 中止, 终止, and handing the case to a colleague. */
import { encodeAction } from './action-values.ts';
import type { Card, CardElement } from './card.ts';
import { drawField } from './field.ts';
import { type Choice, form, submit } from './form.ts';
import { caseForms } from './forms.ts';
import { card, cut, notation, panel, paragraph } from './kit.ts';
import { type MoreStep, stepButtons } from './words.ts';

export interface MoreStepsView {
  readonly caseId: number;
  readonly version: number;
  readonly caseNumber: string;
  readonly itemName: string;
  /** What whoever reads it may do now. */
  readonly offers: readonly MoreStep[];
  /** Who handles it, and who looks after it for the registering unit; null where the reader is that one. */
  readonly handlerName: string | null;
  readonly keeperName: string | null;
  /** Of the holder's staff without the handler, and of the registering unit's without the keeper. */
  readonly handlers: readonly Choice[];
  readonly keepers: readonly Choice[];
}

/** Only for a private message. */
export function moreStepsCard(view: MoreStepsView): Card {
  return card({
    title: `代办件 ${view.caseNumber}`,
    subtitle: view.itemName,
    color: 'blue',
    mark: '其他操作',
    summary: `代办件 ${view.caseNumber}：其他操作`,
    elements: [
      paragraph('点开要做的一项，填好再点按钮。'),
      form('moreForm', [...suspendPanel(view), ...terminatePanel(view), ...handOverPanel(view), ...entrustPanel(view)]),
      notation('每一步都记入台账，群里的卡片随后更新。说明群里看得到，不要写姓名电话住址。'),
    ],
  });
}

/** What stands in the form's place once a step was taken. */
export function stepTakenCard(taken: { readonly caseNumber: string; readonly words: string }): Card {
  return card({
    title: `代办件 ${taken.caseNumber}`,
    color: 'green',
    summary: taken.words,
    elements: [paragraph(taken.words, { max: 180 }), notation('已记入台账，群里的卡片随后更新。')],
  });
}

function suspendPanel(view: MoreStepsView): CardElement[] {
  if (!view.offers.includes('suspend')) return [];
  return [
    panel('中止：先停一停，以后接着办', [
      notation('中止期间不计时，登记单位会收到消息；条件具备后在代办件卡片上点“恢复”。'),
      ...drawField(caseForms.suspend, 'suspendReason'),
      ...drawField(caseForms.suspend, 'suspendNote'),
      submitStep(view, 'suspend'),
    ]),
  ];
}

function terminatePanel(view: MoreStepsView): CardElement[] {
  if (!view.offers.includes('terminate')) return [];
  return [
    panel('终止：不再办理', [
      notation('没有结果就结束。登记单位会收到消息，把原因和下一步告诉群众。'),
      ...drawField(caseForms.terminate, 'terminateReason'),
      ...drawField(caseForms.terminate, 'terminateNote'),
      ...drawField(caseForms.terminate, 'terminateAdvice'),
      submitStep(view, 'terminate'),
    ]),
  ];
}

function handOverPanel(view: MoreStepsView): CardElement[] {
  const { handlers: options, handlerName } = view;
  if (!view.offers.includes('handOver')) return [];
  return [
    panel(`转办给同事（现在：${handlerName === null ? '您' : cut(handlerName, 12)}）`, [
      ...(options.length === 0
        ? [notation('本单位没有别的同事在用，转不了。')]
        : [...drawField(caseForms.handOver, 'handler', { options }), submitStep(view, 'handOver')]),
      ...(handlerName === null ? [] : [takeOver(view, 'handler')]),
    ]),
  ];
}

function entrustPanel(view: MoreStepsView): CardElement[] {
  const { keepers: options, keeperName } = view;
  if (!view.offers.includes('entrust')) return [];
  return [
    panel(`转同事跟进（现在：${keeperName === null ? '您' : cut(keeperName, 12)}）`, [
      ...(options.length === 0
        ? [notation('本单位没有别的同事在用，转不了。')]
        : [...drawField(caseForms.entrust, 'keeper', { options }), submitStep(view, 'entrust')]),
      ...(keeperName === null ? [] : [takeOver(view, 'keeper')]),
    ]),
  ];
}

function submitStep({ caseId, version }: MoreStepsView, step: MoreStep): CardElement {
  const ends = step === 'terminate';
  return submit({
    label: stepButtons[step],
    value: encodeAction({ action: `case.${step}`, caseId, version }),
    type: ends ? 'danger' : 'primary_filled',
    ...(ends ? { confirm: { title: '确定终止？', text: '终止后此件不再办理，登记单位会收到消息去告知群众。' } } : {}),
  });
}

function takeOver({ caseId, version }: MoreStepsView, as: 'handler' | 'keeper'): CardElement {
  return submit({
    label: as === 'handler' ? '转给我办' : '转给我跟进',
    value: encodeAction({ action: 'case.takeOver', caseId, version, as }),
  });
}
