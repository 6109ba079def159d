/** The gallery's cards about members of staff. */
import { applicationCard, appliedCard, introductionCard, joinCard, meCard } from '../agent.ts';
import type { GalleryCard, NounGallery } from './gallery-card.ts';
import { now, textChoices, unitChoices, zone } from './samples.ts';

const me = {
  name: '敖登',
  unit: '安门社区',
  center: '安门社区便民服务站',
  role: 'agent',
  employment: 'fullTime',
  duties: ['受理群众委托，一次告知所需材料', '代跑代办，办好送上门', '按月报送工作进展'],
  dutiesFrom: '方案附件4',
  agentId: 4,
  dutiesMark: '0123456789abcdef',
  readAt: null,
  zone,
  month: { registered: 12, completed: 9, open: 3 },
  monthName: '11月',
  standIns: ['2026年12月1日至12月5日由白音代您的班'],
} as const;

const application = {
  agentId: 5,
  name: '李娜',
  phone: '13900005678',
  unit: '瑟宾社区',
  employment: 'partTime',
  appliedAt: now,
  zone,
  mayGrant: ['agent'],
  status: 'pending',
  decidedBy: null,
  refusal: null,
  listed: null,
} as const;

const introduction = {
  title: '您现在是系统管理员',
  lines: ['请留下姓名和单位，同事好知道找谁。'],
  units: unitChoices(20),
  values: {},
  errors: {},
} as const;

const ordinary: readonly GalleryCard[] = [
  { name: 'me', title: '我', card: meCard(me) },
  { name: 'me-read', title: '我：已阅知', card: meCard({ ...me, readAt: now }) },
  { name: 'join', title: '申请：空白', card: joinCard({ units: unitChoices(80), values: {}, errors: {} }) },
  {
    name: 'join-errors',
    title: '申请：有错要改',
    card: joinCard({ units: unitChoices(8), values: { name: '李娜', unit: '3' }, errors: { phone: '少了1位' } }),
  },
  {
    name: 'join-waits',
    title: '申请：等谁通过',
    card: appliedCard({ tone: 'success', deciders: '敖登（巴彦托海镇）' }),
  },
  { name: 'introduction', title: '第一位系统管理员', card: introductionCard(introduction) },
  {
    name: 'introduction-errors',
    title: '第一位系统管理员：有错要改',
    card: introductionCard({ ...introduction, values: { unit: '3' }, errors: { name: '请填写姓名' } }),
  },
  { name: 'application', title: '审核：乡镇管理员', card: applicationCard(application) },
  {
    name: 'application-roles',
    title: '审核：可选角色',
    card: applicationCard({
      ...application,
      mayGrant: ['agent', 'manager', 'admin'],
      listed: { by: 'phone', name: '李娜', unit: '瑟宾社区', employment: 'partTime' },
    }),
  },
  {
    name: 'application-active',
    title: '审核：已通过',
    card: applicationCard({ ...application, status: 'active', decidedBy: '王海' }),
  },
  {
    name: 'application-rejected',
    title: '审核：未通过',
    card: applicationCard({
      ...application,
      status: 'rejected',
      decidedBy: '王海',
      listed: 'nobody',
      refusal: '本社区的两位代办员已经确定，请联系镇里',
    }),
  },
];

export const agentGallery: NounGallery = {
  ordinary,
  extreme(text) {
    const texts = {
      name: text,
      listed: { by: 'name', name: text, unit: text, employment: 'fullTime' },
      phone: text,
      unit: text,
      employment: 'partTime' as const,
    };
    const duties = Array.from({ length: 40 }, () => text);
    return [
      {
        name: 'me',
        title: '我',
        card: meCard({
          ...me,
          name: text,
          unit: text,
          center: text,
          duties,
          dutiesFrom: text,
          monthName: text,
          standIns: duties,
        }),
      },
      {
        name: 'join',
        title: '申请',
        card: joinCard({ units: textChoices(text, 300), values: texts, errors: { ...texts, employment: text } }),
      },
      {
        name: 'introduction',
        title: '第一位系统管理员',
        card: introductionCard({
          ...{ title: text, lines: [text, text], units: textChoices(text, 300) },
          ...{ values: texts, errors: { name: text } },
        }),
      },
      {
        name: 'application',
        title: '审核',
        card: applicationCard({
          ...application,
          name: text,
          listed: { by: 'name', name: text, unit: text, employment: 'fullTime' },
          phone: text,
          unit: text,
          decidedBy: text,
          refusal: text,
        }),
      },
    ];
  },
};
