/** The gallery's registration cards. */
import { personalFields, registrationFields } from '../forms.ts';
import { type RegistrationView, registrationCard } from '../registration.ts';
import { nothingLeft } from '../registration-line.ts';
import { registrationListCard } from '../registration-list.ts';
import type { GalleryCard, NounGallery } from './gallery-card.ts';
import { textChoices, unitChoices } from './samples.ts';

const empty: RegistrationView = {
  draftId: 7,
  shared: false,
  items: [
    { value: '1', text: '高龄津贴发放' },
    { value: '2', text: '城乡居民参保登记' },
  ],
  residences: unitChoices(5),
  departments: unitChoices(3),
  values: {},
  kept: {},
  errors: {},
  nameWords: [],
  line: nothingLeft,
  twin: null,
  unreachable: false,
  materials: null,
};

const ordinary: readonly GalleryCard[] = [
  { name: 'registration-empty', title: '登记：空白', card: registrationCard(empty) },
  {
    name: 'registration-prefilled',
    title: '登记：一句话预填（私聊）',
    card: registrationCard({
      ...empty,
      values: { applicantName: '张三', phone: '13800001234', item: '1', residence: '2', way: 'doorstep' },
      materials: ['身份证', '户口簿', '银行卡'],
    }),
  },
  {
    name: 'registration-group-line',
    title: '登记：一句话预填（群里）',
    card: registrationCard({
      ...empty,
      shared: true,
      values: { item: '1', residence: '2', way: 'doorstep' },
      kept: { applicantName: '张*', phone: '138****1234', remarks: '3个字' },
      line: { ...nothingLeft, notes: ['没认出“修**”，先放在备注里'], hasNext: true },
      materials: ['身份证', '户口簿', '银行卡'],
    }),
  },
  {
    name: 'registration-several-items',
    title: '登记：一句话里的事项有几项',
    card: registrationCard({
      ...empty,
      values: { applicantName: '张三', phone: '13800001234', residence: '2', way: 'counter' },
      line: {
        ...nothingLeft,
        items: {
          words: ['残疾证'],
          total: 2,
          buttons: [
            { value: '1', text: '残疾人证注销' },
            { value: '2', text: '残疾人证挂失补办' },
          ],
        },
      },
    }),
  },
  {
    name: 'registration-line-mistakes',
    title: '登记：一句话里有错',
    card: registrationCard({
      ...empty,
      values: { phone: '1380000123', item: '1', way: 'counter' },
      line: { ...nothingLeft, nameless: 'signs', notes: ['没认出“张三😀”，先放在备注里'] },
      errors: {
        phone: '少了1位，应为11位手机号，请核对',
        residence: '“伊兰嘎查”不在您的登记范围，请那里的代办员登记，或改选',
      },
    }),
  },
  {
    name: 'registration-list',
    title: '登记：一行一位（群里）',
    card: registrationListCard({
      draftId: 9,
      shared: true,
      lines: [
        { shown: '张*　138****0000　最低生活保障对象认定', state: 'right', words: '' },
        { shown: '王*　139****0001　老年人福利补贴', state: 'right', words: '' },
        { shown: '李*　137****001', state: 'wrong', words: '联系电话：少了1位，应为11位手机号，请核对' },
        { shown: '赵*　136****0002', state: 'moved', words: '登记卡在下方' },
      ],
    }),
  },
  {
    name: 'registration-list-done',
    title: '登记：一行一位，已登记',
    card: registrationListCard({
      draftId: 9,
      shared: true,
      lines: [
        { shown: '张*　138****0000　最低生活保障对象认定', state: 'done', words: '26-01-00001' },
        { shown: '王*　139****0001　老年人福利补贴', state: 'done', words: '26-01-00002' },
      ],
    }),
  },
  {
    name: 'registration-name-words',
    title: '登记：一句话里的姓名不好认',
    card: registrationCard({ ...empty, values: { phone: '13800001234', item: '1' }, nameWords: ['巴特尔', '苏和'] }),
  },
  {
    name: 'registration-twin',
    title: '登记：同一个人的同一事项正在办',
    card: registrationCard({
      ...empty,
      values: { applicantName: '孙权', phone: '13800001234', item: '1', residence: '2', way: 'counter', consent: true },
      twin: { caseId: 5, sentence: '孙*的这个事项正在办（26-01-00005）', mayOpen: true },
    }),
  },
  {
    name: 'registration-unreachable',
    title: '登记：没有电话，也没有联系人',
    card: registrationCard({
      ...empty,
      values: { applicantName: '张三', phone: '无', item: '1', residence: '2', way: 'doorstep', consent: true },
      errors: { contact: '没有电话的群众，请填一位联系人；实在没有，再点“仍要登记”' },
      unreachable: true,
    }),
  },
  {
    name: 'registration-other-errand',
    title: '登记：目录外的事项，没有电话（私聊）',
    card: registrationCard({
      ...empty,
      items: [...empty.items, { value: '3', text: '其他事项（目录里没有的）' }],
      values: { applicantName: '张三', phone: '无', contact: '女儿李四 13900001111', item: '3', otherErrand: '修水管' },
      errors: { consent: '请先征得群众同意，再勾选' },
    }),
  },
  {
    name: 'registration-just-now',
    title: '登记：同一个人刚登记过一件',
    card: registrationCard({
      ...empty,
      values: { applicantName: '孙权', phone: '13800001234', item: '2', residence: '2', way: 'counter', consent: true },
      twin: { caseId: 5, sentence: '孙*刚登记过“高龄津贴发放”（26-01-00005）', mayOpen: true },
    }),
  },
  {
    name: 'registration-group-errors',
    title: '登记：群里，有错要改',
    card: registrationCard({
      ...empty,
      shared: true,
      values: { item: '1', residence: '2', way: 'counter' },
      kept: { applicantName: '张**' },
      errors: { phone: '少了1位，应为11位手机号', consent: '请先确认群众自愿委托' },
    }),
  },
  {
    name: 'registration-many-options',
    title: '登记：选项很多',
    card: registrationCard({
      ...empty,
      items: unitChoices(300),
      residences: unitChoices(300),
      values: { item: '299' },
    }),
  },
];

function inEach(fields: readonly string[], text: string): Record<string, string> {
  return Object.fromEntries(fields.map((field) => [field, text]));
}

export const registrationGallery: NounGallery = {
  ordinary,
  extreme: (text) => [
    {
      name: 'registration',
      title: '登记',
      card: registrationCard({
        draftId: 7,
        shared: false,
        items: textChoices(text, 100),
        residences: textChoices(text, 100),
        departments: textChoices(text, 100),
        values: { ...inEach(personalFields, text), item: '99', residence: '99' },
        kept: inEach(personalFields, text),
        errors: inEach(registrationFields, text),
        nameWords: [],
        line: nothingLeft,
        twin: null,
        unreachable: false,
        materials: Array.from({ length: 30 }, () => text),
      }),
    },
    {
      name: 'registration-list',
      title: '登记：一行一位',
      card: registrationListCard({
        draftId: 9,
        shared: false,
        lines: Array.from({ length: 20 }, (_, at) => ({ shown: text, state: at < 2 ? 'right' : 'wrong', words: text })),
      }),
    },
    {
      name: 'registration-line',
      title: '登记：一句话里有几项',
      card: registrationCard({
        ...empty,
        items: textChoices(text, 100),
        residences: textChoices(text, 100),
        departments: textChoices(text, 100),
        values: { ...inEach(personalFields, text), residence: '99' },
        nameWords: [text, text],
        line: {
          notes: [text],
          nameless: 'long',
          items: { words: [text, text], total: 5, buttons: textChoices('1', 5).map(({ value }) => ({ value, text })) },
          hasNext: true,
        },
      }),
    },
    {
      name: 'registration-asks',
      title: '登记：要问清楚',
      card: registrationCard({
        ...empty,
        items: textChoices(text, 100),
        residences: textChoices(text, 100),
        departments: textChoices(text, 100),
        values: { ...inEach(personalFields, text), item: '99', residence: '99' },
        kept: inEach(personalFields, text),
        nameWords: [text, text],
        line: { ...nothingLeft, notes: [text], hasNext: true },
        twin: { caseId: 7, sentence: text, mayOpen: true },
        materials: Array.from({ length: 30 }, () => text),
      }),
    },
  ],
};
