/** The gallery's registration cards. */
import { personalFields, registrationFields } from '../forms.ts';
import { type RegistrationView, registrationCard } from '../registration.ts';
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
  twin: null,
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
        twin: null,
        materials: Array.from({ length: 30 }, () => text),
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
        twin: { caseId: 7, sentence: text, mayOpen: true },
        materials: Array.from({ length: 30 }, () => text),
      }),
    },
  ],
};
