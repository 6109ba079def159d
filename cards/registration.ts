/** The registration form (代办登记). In a group it is one card for everybody, so what is personal is never written into it. */
import { serviceWays } from '../src/domain/case.ts';
import { encodeAction } from './action-values.ts';
import type { Card, CardElement } from './card.ts';
import { drawField } from './field.ts';
import { type Choice, form, submit } from './form.ts';
import {
  type PersonalName,
  type RegistrationField,
  registrationFields,
  registrationForm,
  type Seldom,
} from './forms.ts';
import { button, card, cut, escapeMarkdown, markdown, notation, panel, paragraph, redLine } from './kit.ts';
import { itemChoice, type LineView, lineNotes, namelessNote, sendsUnfinished } from './registration-line.ts';
import { serviceWayWords } from './words.ts';

export interface RegistrationView {
  readonly draftId: number;
  /** Stands in a group: personal fields are not prefilled. */
  readonly shared: boolean;
  readonly items: readonly Choice[];
  readonly residences: readonly Choice[];
  /** To whom an errand outside of the catalogue may be passed up. */
  readonly departments: readonly Choice[];
  readonly values: Partial<Readonly<Record<RegistrationField, string | boolean>>>;
  /** Masked text of personal fields that the draft already holds. */
  readonly kept: Partial<Readonly<Record<PersonalName, string>>>;
  readonly errors: Partial<Readonly<Record<RegistrationField, string>>>;
  /** Typed words that may be one name or more; in a group masked. None once the name is known. */
  readonly nameWords: readonly string[];
  readonly line: LineView;
  /** The same errand, when somebody has registered it already. */
  readonly twin: ErrandTwin | null;
  /** There is neither a telephone nor a contact, and whoever registers was asked for one. */
  readonly unreachable: boolean;
  /** What the applicant has to bring, when the item is known. */
  readonly materials: readonly string[] | null;
}

/** A case of the same person and item that has no answer yet. */
export interface ErrandTwin {
  readonly caseId: number;
  readonly sentence: string;
  /** May whoever registers look at it? */
  readonly mayOpen: boolean;
}

const MATERIALS_SHOWN = 12;
/** Characters of what is wrong with one field: none of our sentences is longer. */
const ERROR_SHOWN = 44;

/** The form, empty, prefilled, or with what has to be put right. */
export function registrationCard(view: RegistrationView): Card {
  const wrong = registrationFields.filter((name) => view.errors[name] !== undefined);
  const known = knownFields(view);
  const shownFields = inOrder(view).filter((name) => !known.some((one) => one === name));
  return card({
    title: '帮办代办登记',
    subtitle: '群众自愿，全程免费',
    color: wrong.length > 0 || view.twin ? 'orange' : 'blue',
    summary: summaryOf(view, wrong),
    elements: [
      ...(wrong.length > 0 ? [problemSummary(wrong)] : []),
      ...(view.twin ? twinLines(view.twin) : []),
      ...(view.shared ? [notation('本群都能看到这张卡片，提交后姓名、电话会隐去一部分')] : []),
      form('registrationForm', [
        ...(known.length === 0 ? [] : [knownLine(view, known)]),
        ...shownFields.flatMap((name) => fieldOf(view, name)),
        ...lineNotes(view.line, view.draftId),
        submit({
          label: view.twin || view.unreachable ? '仍要登记' : '提交登记',
          value: encodeAction({
            action: 'case.register',
            draftId: view.draftId,
            ...(view.twin ? { despite: view.twin.caseId } : {}),
            ...(view.unreachable ? { unreachable: 1 as const } : {}),
          }),
          type: 'primary_filled',
        }),
        ...(known.length === 0 ? [] : [knownPanel(view, known)]),
        ...seldomPanels.flatMap((waiting) => seldomFields(view, waiting)),
      ]),
    ],
  });
}

function summaryOf({ twin }: RegistrationView, wrong: readonly RegistrationField[]): string {
  if (wrong.length > 0) return '登记还差一点，请改好后再提交';
  return twin ? '这个事项可能已经登记过，请核对' : '帮办代办登记，请填写后提交';
}

function twinLines({ caseId, sentence, mayOpen }: ErrandTwin): CardElement[] {
  return [
    redLine(`${sentence}，还没有再登记。`),
    redLine(`${mayOpen ? '请先点“打开”看看；' : ''}确实是另一件，再点“仍要登记”。`),
    ...(mayOpen ? [button({ label: '打开', value: encodeAction({ action: 'case.open', caseId }) })] : []),
  ];
}

function problemSummary(wrong: readonly RegistrationField[]): CardElement {
  const names = wrong.map((name) => registrationForm[name].label).join('、');
  return markdown(`<font color='red'>有${wrong.length}处要改：${escapeMarkdown(names)}</font>`);
}

const seldomPanels = ['otherErrand', 'contact', 'more'] as const satisfies readonly Seldom[];
/** Of a panel that nothing is filled in of; those of the last one are its labels. */
const seldomTitles: Readonly<Record<Seldom, string>> = {
  otherErrand: '目录里没有的事项，在这里写',
  contact: '没有电话的群众，填联系人（选填）',
  more: '',
};

function panelOf(name: RegistrationField): Seldom | undefined {
  const field = registrationForm[name];
  return 'seldom' in field ? field.seldom : undefined;
}

/** What has to be put right is never hidden in a panel. */
function inOrder({ errors }: RegistrationView): RegistrationField[] {
  return registrationFields.filter((name) => panelOf(name) === undefined || errors[name] !== undefined);
}

/** Who it is for, where a group may not see it in the fields: they would look empty. */
function knownFields(view: RegistrationView): ('applicantName' | 'phone')[] {
  return (['applicantName', 'phone'] as const).filter((name) => view.shared && keptOf(view, name) !== undefined);
}

function knownLine(view: RegistrationView, known: readonly PersonalName[]): CardElement {
  const words = known.map((name) => cut(keptOf(view, name) ?? '', 16)).join('　');
  const tail = known.includes('phone') ? '（尾号可核对）' : '';
  return paragraph(`已记下 ${words}${tail}`);
}

function knownPanel(view: RegistrationView, known: readonly PersonalName[]): CardElement {
  const words = { applicantName: '姓名', phone: '电话' } as const;
  const title = `改${(['applicantName', 'phone'] as const)
    .filter((name) => known.includes(name))
    .map((name) => words[name])
    .join('、')}`;
  return panel(
    title,
    known.flatMap((name) => fieldOf(view, name)),
  );
}

/** In a panel whose title says what is filled in already. */
function seldomFields(view: RegistrationView, waiting: Seldom): CardElement[] {
  const names = registrationFields.filter((name) => panelOf(name) === waiting && view.errors[name] === undefined);
  if (names.length === 0) return [];
  const filled = names.filter((name) => keptOf(view, name) !== undefined || isFilled(shownValue(view, name)));
  const words = filled.map((name) => wordsIn(view, name)).join('、');
  const labels = names.filter((name) => !filled.includes(name)).map((name) => registrationForm[name].label);
  const more = labels.length === 0 ? '' : `${labels.join('、')}（选填）`;
  const title = [words, more].filter(Boolean).join('；');
  const shown = words === '' && seldomTitles[waiting] !== '' ? seldomTitles[waiting] : title;
  return [
    panel(
      shown,
      names.flatMap((name) => fieldOf(view, name)),
    ),
  ];
}

function isFilled(value: string | boolean | undefined): boolean {
  return value !== undefined && value !== '' && value !== false;
}

function wordsIn(view: RegistrationView, name: RegistrationField): string {
  const way = name === 'way' ? serviceWays.find((one) => one === view.values.way) : undefined;
  return way === undefined
    ? `已填${registrationForm[name].label}`
    : `${registrationForm.way.label}：${serviceWayWords[way]}`;
}

function fieldOf(view: RegistrationView, name: RegistrationField): CardElement[] {
  const kept = keptOf(view, name);
  return [
    ...errorLine(view, name),
    ...drawField(registrationForm, name, {
      value: shownValue(view, name),
      // A client sends no form with an empty required field, and the buttons of a line send it half filled in.
      ...(sendsUnfinished(view.line) ? { required: false } : {}),
      ...(name === 'item' ? { options: view.items } : {}),
      ...(name === 'residence' ? { options: view.residences } : {}),
      ...(name === 'otherDepartment' ? { options: view.departments } : {}),
      ...(kept === undefined ? {} : { placeholder: `已填 ${cut(kept, 12)}，留空即可`, required: false }),
    }),
    ...(name === 'item' ? [...materialsList(view.materials), ...itemChoice(view.line, view.draftId)] : []),
    ...(name === 'applicantName' && view.errors[name] === undefined
      ? [...nameQuestion(view.nameWords), ...namelessNote(view.line)]
      : []),
  ];
}

function keptOf(view: RegistrationView, name: RegistrationField): string | undefined {
  return Object.entries(view.kept).find(([kept]) => kept === name)?.[1];
}

function shownValue(view: RegistrationView, name: RegistrationField): string | boolean | undefined {
  return view.shared && registrationForm[name].kind === 'text' ? undefined : view.values[name];
}

/** Names its field, because on a phone the line may stand nearer to the field before. */
function errorLine(view: RegistrationView, name: RegistrationField): CardElement[] {
  const error = view.errors[name];
  return error === undefined ? [] : [redLine(cut(`${registrationForm[name].label}：${error}`, ERROR_SHOWN))];
}

function nameQuestion(words: readonly string[]): CardElement[] {
  if (words.length === 0) return [];
  return [notation(`“${words.join(' ')}”是一个人的姓名，还是几个人的？请在上面写全申请人的姓名`)];
}

function materialsList(materials: readonly string[] | null): CardElement[] {
  if (materials === null || materials.length === 0) return [];
  const shown = materials.slice(0, MATERIALS_SHOWN);
  const more = materials.length > shown.length ? `等${materials.length}样` : '';
  return [notation(`请备好：${shown.join('、')}${more}`, 250)];
}
