import { describe, expect, test } from 'vitest';
import { registrationForm } from '../../cards/forms.ts';
import { type RegistrationView, registrationCard } from '../../cards/registration.ts';
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
  twin: null,
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
  expect(required(registrationCard(view))).toEqual(['applicantName', 'phone', 'residence', 'item', 'way']);
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
    const folded = (shown: typeof card) => JSON.stringify(tagged(shown, 'collapsible_panel'));
    expect(folded(card)).not.toContain('idNumber');
    expect(folded(registrationCard(view))).toContain('idNumber');
  });
});

test('names the materials when the item is known', () => {
  expect(wholeText(registrationCard({ ...view, materials: ['身份证', '户口簿'] }))).toContain('请备好：身份证、户口簿');
});
