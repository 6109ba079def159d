/** The gallery's case and registration cards. */
import { caseCard, movedCard, revealCard } from './case.ts';
import { caseListCard } from './case-list.ts';
import type { GalleryCard } from './gallery.ts';
import {
  caseOfText,
  days,
  extremes,
  now,
  sampleCase,
  sampleRow,
  textChoices,
  unitChoices,
  zone,
} from './gallery-samples.ts';
import { type RegistrationView, registrationCard } from './registration.ts';

const accepted = { ...sampleCase, state: 'accepted' as const, handlerName: '王海', acceptBy: null };
const returnNote = { reason: '材料不齐', materials: '身份证复印件\n银行卡复印件' };
const returned = {
  ...sampleCase,
  state: 'returned' as const,
  dueAt: null,
  acceptBy: null,
  remainingDays: 4,
  returnNote,
};
const completed = { ...accepted, state: 'completed' as const, outcome: 'granted' as const, outcomeNote: '下月起发放' };
const delivered = { ...completed, state: 'delivered' as const, deliveryWay: 'doorstep' as const };
const bad = { ...delivered, state: 'followedUp' as const, rating: 2, ratingComment: '等得太久' };

const cases: readonly GalleryCard[] = [
  {
    name: 'case-forwarded-holder',
    title: '待接收：承办单位的群',
    card: caseCard({ ...sampleCase, offers: ['accept', 'return'] }),
  },
  {
    name: 'case-forwarded-registrar',
    title: '待接收：登记单位的群',
    card: caseCard({ ...sampleCase, offers: ['withdraw', 'urge'] }),
  },
  {
    name: 'case-forwarded-all',
    title: '待接收：登记与承办同一个群',
    card: caseCard({ ...sampleCase, offers: ['accept', 'return', 'withdraw', 'urge'] }),
  },
  {
    name: 'case-forwarded-overdue',
    title: '待接收：已超期',
    card: caseCard({ ...sampleCase, dueAt: now - 3 * days, workingDaysLeft: -3, offers: ['accept', 'return'] }),
  },
  {
    name: 'case-accepted-holder',
    title: '办理中：承办单位的群',
    card: caseCard({ ...accepted, offers: ['return', 'escalate', 'complete'] }),
  },
  {
    name: 'case-accepted-last-level',
    title: '办理中：不能再转上级，跨年',
    card: caseCard({
      ...accepted,
      externalNumber: 'NMG-2026-000881',
      dueAt: now + 45 * days,
      calendarUnannounced: true,
      offers: ['return', 'complete', 'withdraw', 'urge'],
    }),
  },
  { name: 'case-accepted-nobody', title: '办理中：只看', card: caseCard(accepted) },
  {
    name: 'case-accepted-today',
    title: '办理中：今天到期',
    card: caseCard({ ...accepted, dueAt: now, workingDaysLeft: 0, urgedDay: '2026-11-23', offers: ['complete'] }),
  },
  {
    name: 'case-returned-registrar',
    title: '待补正：登记单位的群',
    card: caseCard({ ...returned, offers: ['forward', 'withdraw'] }),
  },
  { name: 'case-returned-holder', title: '待补正：承办单位的群', card: caseCard(returned) },
  { name: 'case-completed', title: '已办结', card: caseCard({ ...completed, offers: ['deliver'] }) },
  {
    name: 'case-refused',
    title: '已办结：不予办理',
    card: caseCard({ ...completed, outcome: 'refused', outcomeNote: '未满80周岁', offers: ['deliver'] }),
  },
  { name: 'case-delivered', title: '已送达', card: caseCard({ ...delivered, offers: ['followUp'] }) },
  { name: 'case-bad-rating', title: '已回访：需要整改', card: caseCard({ ...bad, offers: ['rectify'] }) },
  {
    name: 'case-archived',
    title: '已归档',
    card: caseCard({ ...bad, state: 'archived', rectification: '已上门致歉并当面说明' }),
  },
  {
    name: 'case-withdrawn',
    title: '已撤回',
    card: caseCard({ ...sampleCase, state: 'withdrawn', acceptBy: null, dueAt: null, withdrawal: '群众自己已经办好' }),
  },
  { name: 'case-moved', title: '旧卡片', card: movedCard({ subject: '代办件 26-02-00012', at: now, zone }) },
  {
    name: 'case-reveal',
    title: '查看申请人（私聊）',
    card: revealCard({
      caseNumber: '26-02-00012',
      name: '张三',
      phone: '13800001234',
      idNumber: '152103196001011234',
      residence: '安门社区',
      itemName: '高龄津贴发放',
      remarks: '行动不便，请上门',
    }),
  },
];

const empty: RegistrationView = {
  draftId: 7,
  shared: false,
  items: [
    { value: '1', text: '高龄津贴发放' },
    { value: '2', text: '城乡居民参保登记' },
  ],
  residences: unitChoices(5),
  values: {},
  kept: {},
  errors: {},
  materials: null,
};

const registrations: readonly GalleryCard[] = [
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

const list = { empty: '没有待办，辛苦了。', hint: null, now, zone };
const lists: readonly GalleryCard[] = [
  { name: 'case-list-empty', title: '待办：没有', card: caseListCard({ ...list, title: '待办', total: 0, rows: [] }) },
  {
    name: 'case-list',
    title: '待办：各种期限',
    card: caseListCard({
      ...list,
      title: '待办',
      total: 23,
      hint: '要看全部，请发：台账',
      rows: [
        sampleRow,
        { ...sampleRow, id: 13, workingDaysLeft: 0, dueAt: now, mine: false },
        { ...sampleRow, id: 14, workingDaysLeft: -3, dueAt: now - 3 * days },
        { ...sampleRow, id: 15, state: 'returned', workingDaysLeft: null, dueAt: null },
        ...Array.from({ length: 8 }, (_, index) => ({ ...sampleRow, id: 20 + index })),
      ],
    }),
  },
];

const extreme: readonly GalleryCard[] = extremes.flatMap(({ name, title, text }) => [
  { name: `case-${name}`, title: `代办件：${title}`, card: caseCard(caseOfText(text)) },
  {
    name: `case-accepted-${name}`,
    title: `代办件（办理中）：${title}`,
    card: caseCard({
      ...caseOfText(text),
      state: 'accepted',
      offers: ['return', 'escalate', 'complete', 'withdraw', 'urge'],
    }),
  },
  {
    name: `case-reveal-${name}`,
    title: `查看申请人：${title}`,
    card: revealCard({
      caseNumber: text,
      name: text,
      phone: text,
      idNumber: text,
      residence: text,
      itemName: text,
      remarks: text,
    }),
  },
  {
    name: `registration-${name}`,
    title: `登记：${title}`,
    card: registrationCard({
      draftId: 7,
      shared: false,
      items: textChoices(text, 100),
      residences: textChoices(text, 100),
      values: { applicantName: text, phone: text, idNumber: text, remarks: text, item: '99', residence: '99' },
      kept: { applicantName: text, phone: text, idNumber: text, remarks: text },
      errors: Object.fromEntries(
        ['applicantName', 'phone', 'idNumber', 'residence', 'item', 'way', 'consent', 'onTheSpot', 'remarks'].map(
          (field) => [field, text],
        ),
      ),
      materials: Array.from({ length: 30 }, () => text),
    }),
  },
  {
    name: `case-list-${name}`,
    title: `待办：${title}`,
    card: caseListCard({
      ...list,
      title: text,
      hint: text,
      total: 99,
      rows: Array.from({ length: 12 }, () => ({
        ...sampleRow,
        caseNumber: text,
        itemName: text,
        applicant: text,
        holderUnit: text,
      })),
    }),
  },
]);

export const caseGallery: readonly GalleryCard[] = [...cases, ...registrations, ...lists, ...extreme];
