import { describe, expect, it, test } from 'vitest';
import { agentGuide } from '../../cards/agent-guide.ts';
import type { Card } from '../../cards/card.ts';
import { registrationForm } from '../../cards/forms.ts';
import { type RegistrationView, registrationCard } from '../../cards/registration.ts';
import { nothingLeft } from '../../cards/registration-line.ts';
import { saysNoPhone } from '../../src/domain/contact.ts';
import { buttonCalled, field, fieldNames, nodes, tagged, textOf, valueSent, wholeText } from './reading.ts';

const view: RegistrationView = {
  draftId: 7,
  shared: false,
  items: [{ value: '1', text: '高龄津贴发放' }],
  residences: [{ value: '2', text: '安门社区' }],
  departments: [{ value: '9', text: '民政部门' }],
  values: {},
  kept: {},
  errors: {},
  nameWords: [],
  line: nothingLeft,
  twin: null,
  unreachable: false,
  materials: null,
};
const filled = {
  applicantName: '张三',
  phone: '13800001234',
  idNumber: '152103196001011234',
  address: '伊敏路5号',
  remarks: '行动不便',
};

const labels = Object.values(registrationForm).map((field) => field.label);

test('labels are exactly those of the contract', () => {
  expect(labels).toEqual([
    ...['申请人姓名', '联系电话', '联系人', '身份证号', '住址', '所在嘎查社区'],
    ...['办理事项', '其他事项', '其他事项的部门', '办理方式', '自愿委托确认', '当场办结', '备注'],
  ]);
  const text = wholeText(registrationCard(view));
  for (const label of labels) expect(text).toContain(label);
});

test('one field of each name, and one button that sends the draft', () => {
  const card = registrationCard(view);
  expect(fieldNames(card).sort()).toEqual(Object.keys(registrationForm).sort());
  const button = buttonCalled(card, '提交登记');
  expect(button.form_action_type).toBe('submit');
  expect(valueSent(button)).toEqual({ v: 1, action: 'case.register', draftId: 7 });
});

test('ways of service with the words of the plan', () => {
  const texts = tagged(registrationCard(view), 'plain_text').map((node) => node.content);
  for (const word of ['窗口', '上门', '流动窗口', '邮政+', '金融网点+', '人大代表之家+']) expect(texts).toContain(word);
});

test('in a private chat values are prefilled', () => {
  const card = registrationCard({ ...view, values: { ...filled, item: '1', consent: true } });
  expect(field(card, 'applicantName').default_value).toBe('张三');
  expect(field(card, 'idNumber').default_value).toBe('152103196001011234');
  expect(field(card, 'item').initial_option).toBe('1');
  expect(field(card, 'consent').checked).toBe(true);
  expect(field(card, 'onTheSpot').checked).toBe(false);
});

test('in a group nothing personal is written into the card, whatever the view holds', () => {
  const card = registrationCard({
    ...view,
    shared: true,
    values: { ...filled, item: '1' },
    kept: { phone: '138****1234' },
  });
  const json = JSON.stringify(card);
  for (const secret of Object.values(filled)) expect(json).not.toContain(secret);
  expect(textOf(field(card, 'phone'), 'placeholder')).toBe('已填 138****1234，留空即可');
  expect(field(card, 'item').initial_option).toBe('1');
});

test('required, except where the draft already holds a value', () => {
  const required = (card: ReturnType<typeof registrationCard>) =>
    nodes(card).flatMap((node) => (node.required === true ? [node.name] : []));
  expect(required(registrationCard(view))).toEqual(['applicantName', 'phone', 'residence', 'item']);
  expect(required(registrationCard({ ...view, kept: { applicantName: '张**' } }))).not.toContain('applicantName');
});

describe('mistakes', () => {
  const card = registrationCard({ ...view, errors: { phone: '少了1位', idNumber: '最后一位不对' } });

  test('are summed up on top, in the order of the form', () => {
    expect(JSON.stringify(card.body.elements[0])).toContain('有2处要改：联系电话、身份证号');
  });

  test('stand right above their field, in red', () => {
    const all = nodes(card);
    const line = all.findIndex((node) => String(node.content) === "<font color='red'>联系电话：少了1位</font>");
    expect(all[line + 1]?.name).toBe('phone');
  });

  test('are never hidden in a panel', () => {
    expect(fieldsInPanels(card)).not.toContain('idNumber');
    expect(fieldsInPanels(registrationCard(view))).toContain('idNumber');
  });
});

test('for who has no telephone the form and the page for the wall name one word, which is understood', () => {
  const [, quoted = ''] = /“(.+)”/.exec(textOf(field(registrationCard(view), 'phone'), 'placeholder')) ?? [];
  expect(saysNoPhone(quoted)).toBe(true);
  expect(agentGuide.flatMap(({ lines }) => lines).join()).toContain(`电话写“${quoted}”`);
});

test('names the materials when the item is known', () => {
  expect(wholeText(registrationCard({ ...view, materials: ['身份证', '户口簿'] }))).toContain('请备好：身份证、户口簿');
});

const fieldsInPanels = (card: Card) =>
  tagged(card, 'collapsible_panel').flatMap((panel) => nodes(panel).flatMap(({ tag, name }) => (tag ? [name] : [])));

describe('on the first screen of a phone', () => {
  /** Tags and names of the form's own elements, down to its button. */
  const above = (card: Card) => {
    const [form] = tagged(card, 'form');
    const elements = form?.elements as readonly { tag: string; name?: string; form_action_type?: string }[];
    const until = elements.findIndex((element) => element.form_action_type === 'submit');
    return elements.slice(0, until).flatMap(({ name }) => name ?? []);
  };

  it('stands only what every registration needs', () => {
    expect(above(registrationCard(view))).toEqual(['applicantName', 'phone', 'residence', 'item', 'consent']);
  });

  it('in a group who it is for is said, and its fields wait in a panel', () => {
    const card = registrationCard({ ...view, shared: true, kept: { applicantName: '张*', phone: '138****0000' } });
    expect(above(card)).toEqual(['residence', 'item', 'consent']);
    expect(wholeText(card)).toContain('已记下 张*　138****0000（尾号可核对）');
    expect(wholeText(card)).toContain('改姓名、电话');
    expect(fieldsInPanels(card)).toEqual(expect.arrayContaining(['applicantName', 'phone']));
  });

  it('of two personal fields the one that is missing stays in view', () => {
    const card = registrationCard({ ...view, shared: true, kept: { applicantName: '张*' } });
    expect(above(card)).toEqual(['phone', 'residence', 'item', 'consent']);
    expect(wholeText(card)).toContain('改姓名');
  });

  it('a panel says what is filled in', () => {
    const card = registrationCard({ ...view, values: { way: 'doorstep', remarks: '行动不便' } });
    expect(wholeText(card)).toContain('办理方式：上门、已填备注；身份证号、住址、当场办结（选填）');
  });
});

describe('what a typed line left open', () => {
  const items = {
    words: ['残疾证'],
    total: 2,
    buttons: [
      { value: '31', text: '残疾人证注销' },
      { value: '32', text: '残疾人证挂失补办' },
    ],
  };

  it('is answered by buttons that send the form, complete or not', () => {
    const card = registrationCard({ ...view, line: { ...nothingLeft, items } });
    expect(wholeText(card)).toContain('“残疾证”有2项：');
    const button = buttonCalled(card, '残疾人证挂失补办');
    expect(button.form_action_type).toBe('submit');
    expect(valueSent(button)).toEqual({ v: 1, action: 'draft.item', draftId: 7, itemId: 32 });
    expect(nodes(card).filter((node) => node.required === true)).toEqual([]);
  });

  it('too many items are said, and none is a button', () => {
    const card = registrationCard({ ...view, line: { ...nothingLeft, items: { ...items, total: 8, buttons: [] } } });
    expect(wholeText(card)).toContain('“残疾证”有8项，在上面选，对得上的排在前面');
  });

  it('two errands are told apart', () => {
    const card = registrationCard({
      ...view,
      line: { ...nothingLeft, items: { ...items, words: ['低保', '宅基地'] } },
    });
    expect(wholeText(card)).toContain('“低保”“宅基地”是两件事，先登记一件：');
  });

  it('a second person has a button, without a name on it', () => {
    const card = registrationCard({ ...view, line: { ...nothingLeft, hasNext: true } });
    expect(valueSent(buttonCalled(card, '再登记第二位'))).toEqual({ v: 1, action: 'draft.next', draftId: 7 });
  });

  it('is said in words', () => {
    const line = { ...nothingLeft, notes: ['没认出“修水管”，先放在备注里'], nameless: 'signs' as const };
    const text = wholeText(registrationCard({ ...view, line }));
    expect(text).toContain('没认出“修水管”，先放在备注里');
    expect(text).toContain('名字里有符号或表情');
  });
});
