/** The gallery's case cards. */
import { type CaseView, caseCard, endedCard, movedCard } from '../case.ts';
import { type MoreStepsView, moreStepsCard, stepTakenCard } from '../case-more.ts';
import { type CorrectionView, correctedCard, correctionCard } from '../correct.ts';
import { revealCard } from '../reveal.ts';
import type { GalleryCard, NounGallery } from './gallery-card.ts';
import { caseOfText, days, now, sampleCase, zone } from './samples.ts';

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
const refused = {
  ...completed,
  outcome: 'refused' as const,
  outcomeNote: '未满80周岁',
  outcomeAdvice: '满80周岁当月带身份证再来',
};
const delivered = { ...completed, state: 'delivered' as const, deliveryWay: 'doorstep' as const };
const holderOffers = ['return', 'escalate', 'complete', 'suspend', 'terminate', 'handOver'] as const;
const suspended = {
  ...accepted,
  state: 'suspended' as const,
  dueAt: null,
  remainingDays: 4,
  suspension: { reason: 'applicant' as const, note: '等户口本办好', since: now - days },
};
const terminated = {
  ...accepted,
  state: 'terminated' as const,
  dueAt: null,
  termination: { reason: 'unqualified' as const, note: '已迁出本镇', advice: '到迁入地的便民服务站重新申请' },
};
const bad = {
  ...delivered,
  state: 'followedUp' as const,
  rating: 2,
  ratingComment: '等得太久',
  rectifyBy: now + 21 * days,
};

const papers = { count: 3, there: ['身份证', '户口簿'], missing: ['银行卡复印件'], open: true };

const ordinary: readonly GalleryCard[] = [
  {
    name: 'case-papers',
    title: '有材料的代办件',
    card: caseCard({
      ...accepted,
      papers,
      materials: ['身份证', '户口簿', '银行卡复印件'].map((name, index) => ({ name, there: index < 2 })),
      returnedBefore: true,
      offers: ['return', 'complete'],
    }),
  },
  {
    name: 'case-admin',
    title: '系统管理员的私信',
    card: caseCard({ ...sampleCase, offers: ['urge'], mayErase: true }),
  },
  {
    name: 'case-linked',
    title: '私信：目录外的事项，没有电话，有关联的件',
    card: caseCard({
      ...sampleCase,
      itemName: '其他事项：修水管',
      departmentName: '没有指定部门',
      phone: '没有电话，联系人139****1111',
      offers: ['withdraw', 'urge', 'correct'],
      mayRegisterAgain: true,
      links: [{ caseNumber: '26-02-00009', caseId: 9 }],
    }),
  },
  {
    name: 'case-forwarded-holder',
    title: '待接收：承办单位的群',
    card: caseCard({ ...sampleCase, remarks: '急，请上门办', offers: ['accept', 'return', 'note'] }),
  },
  {
    name: 'case-forwarded-called',
    title: '待接收：刚轮到承办单位的群',
    card: caseCard({ ...sampleCase, offers: ['accept', 'return'], call: { about: 'turn', openId: null } }),
  },
  {
    name: 'case-returned-called',
    title: '待补正：刚退回，点名登记的代办员',
    card: caseCard({ ...returned, offers: ['forward', 'withdraw'], call: { about: 'turn', openId: 'ou_sample' } }),
  },
  {
    name: 'case-forwarded-registrar',
    title: '待接收：登记单位的群',
    card: caseCard({ ...sampleCase, namesRegistrar: true, offers: ['withdraw', 'urge', 'correct'] }),
  },
  {
    name: 'case-forwarded-all',
    title: '待接收：登记与承办同一个群',
    card: caseCard({ ...sampleCase, offers: ['accept', 'return', 'withdraw', 'urge'] }),
  },
  {
    name: 'case-forwarded-overdue',
    title: '待接收：已超期',
    card: caseCard({ ...sampleCase, dueAt: now - 3 * days, overdue: true, offers: ['accept', 'return'] }),
  },
  {
    name: 'case-accepted-holder',
    title: '办理中：承办单位的群',
    card: caseCard({
      ...accepted,
      note: { text: '周五带齐材料，上午到窗口', who: '敖登', at: now },
      offers: [...holderOffers, 'note'],
    }),
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
  {
    name: 'case-accepted-deserted',
    title: '办理中：主管部门还没有人用',
    card: caseCard({
      ...accepted,
      escalationNote: '交管部门还没有群，也没有代办员，转过去没人接：请线下送件，在这里办结',
      offers: ['return', 'complete'],
    }),
  },
  { name: 'case-accepted-nobody', title: '办理中：只看', card: caseCard(accepted) },
  {
    name: 'case-accepted-urged',
    title: '办理中：催办过',
    card: caseCard({ ...accepted, dueAt: now, urgedDay: '2026-11-23', offers: ['complete'] }),
  },
  {
    name: 'case-returned-registrar',
    title: '待补正：登记单位的群',
    card: caseCard({ ...returned, offers: ['forward', 'withdraw'] }),
  },
  { name: 'case-returned-holder', title: '待补正：承办单位的群', card: caseCard(returned) },
  { name: 'case-completed', title: '已办结', card: caseCard({ ...completed, offers: ['deliver', 'note'] }) },
  {
    name: 'case-completed-undo',
    title: '已办结：刚办结的一方，可撤销',
    card: caseCard({ ...completed, offers: ['note'], undo: { step: 'complete', by: '王海', until: now + 600_000 } }),
  },
  {
    name: 'case-escalated-undo',
    title: '待接收：转上去的一方，可收回',
    card: caseCard({
      ...sampleCase,
      holderUnit: '民政部门',
      offers: ['note'],
      undo: { step: 'escalate', by: '巴彦托海镇便民服务中心', until: null },
    }),
  },
  {
    name: 'case-undone',
    title: '办理中：办结被撤销',
    card: caseCard({
      ...accepted,
      offers: ['withdraw', 'urge', 'note'],
      undone: { step: '办结', who: '王海', at: now },
    }),
  },
  {
    name: 'case-refused',
    title: '不予办理',
    card: caseCard({ ...refused, offers: ['deliver'] }),
  },
  {
    name: 'case-refused-delivered',
    title: '已送达：不予办理',
    card: caseCard({ ...refused, state: 'delivered', deliveryWay: 'phone', offers: ['followUp'] }),
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
  {
    name: 'case-suspended-holder',
    title: '已中止：承办单位的群',
    card: caseCard({ ...suspended, offers: ['resume', 'terminate', 'handOver'] }),
  },
  {
    name: 'case-suspended-registrar',
    title: '已中止：请登记的代办员告知群众',
    card: caseCard({
      ...suspended,
      namesRegistrar: true,
      offers: ['withdraw', 'correct', 'entrust'],
      call: { about: 'tell', openId: 'ou_sample' },
    }),
  },
  {
    name: 'case-terminated',
    title: '已终止：请登记的代办员告知群众',
    card: caseCard({ ...terminated, call: { about: 'tell', openId: 'ou_sample' } }),
  },
  {
    name: 'case-handed-over',
    title: '办理中：转给同事',
    card: caseCard({
      ...accepted,
      offers: holderOffers,
      call: { about: 'handOver', openId: 'ou_sample' },
    }),
  },
  {
    name: 'case-entrusted',
    title: '办理中：登记单位换了人跟进',
    card: caseCard({
      ...accepted,
      namesRegistrar: true,
      keeperName: '娜仁',
      keptByRegistrar: false,
      offers: ['withdraw', 'urge', 'correct', 'entrust'],
      call: { about: 'entrust', openId: 'ou_sample' },
    }),
  },
  { name: 'case-moved', title: '旧卡片', card: movedCard({ subject: '代办件 26-02-00012', at: now, zone }) },
  { name: 'case-ended', title: '停止更新的卡片', card: endedCard({ subject: '代办件', at: now, zone }) },
  {
    name: 'case-reveal',
    title: '查看申请人（私聊）',
    card: revealCard({
      caseNumber: '26-02-00012',
      name: '张三',
      phone: '13800001234',
      contact: null,
      idNumber: '152103196001011234',
      address: '伊敏路5号楼2单元301',
      residence: '安门社区',
      itemName: '高龄津贴发放',
      remarks: '行动不便，请上门',
    }),
  },
];

const correction: CorrectionView = {
  caseId: 12,
  version: 3,
  caseNumber: '26-02-00012',
  items: [{ value: '1', text: '高龄津贴发放' }],
  residences: [{ value: '2', text: '安门社区' }],
  departments: [{ value: '9', text: '民政部门' }],
  values: { applicantName: '张三', phone: '13800001234', residence: '2', item: '1', way: 'doorstep' },
  masked: {},
  needsReason: false,
};

const moreForm: MoreStepsView = {
  caseId: 12,
  version: 3,
  caseNumber: '26-02-00012',
  itemName: '高龄津贴发放',
  offers: ['suspend', 'terminate', 'handOver'],
  handlerName: null,
  keeperName: '敖登',
  handlers: [
    { value: '3', text: '李强' },
    { value: '4', text: '包主任' },
  ],
  keepers: [{ value: '5', text: '娜仁' }],
};

const moreForms: readonly GalleryCard[] = [
  { name: 'case-more', title: '中止、终止、转办（私聊）', card: moreStepsCard(moreForm) },
  {
    name: 'case-more-both',
    title: '中止、终止、转办、换人跟进：自办自登的单位',
    card: moreStepsCard({ ...moreForm, offers: ['suspend', 'terminate', 'handOver', 'entrust'], handlerName: '王海' }),
  },
  {
    name: 'case-more-done',
    title: '中止以后（私聊）',
    card: stepTakenCard({
      caseNumber: '26-02-00012',
      words: '26-02-00012 已中止，不再计时；条件具备后请点“恢复”',
    }),
  },
];

const corrections: readonly GalleryCard[] = [
  { name: 'case-correction', title: '更正（私聊）', card: correctionCard(correction) },
  {
    name: 'case-correction-manager',
    title: '更正：办结以后，管理员',
    card: correctionCard({
      ...correction,
      values: { residence: '2', item: '1', way: 'doorstep' },
      masked: { applicantName: '张*', phone: '138****1234', idNumber: '', address: '', remarks: '6个字' },
      needsReason: true,
    }),
  },
  {
    name: 'case-corrected',
    title: '已更正',
    card: correctedCard({ caseNumber: '26-02-00012', fields: ['phone', 'item'] }),
  },
];

/** Nothing of it has come to an end. */
function openCaseOfText(text: string): CaseView {
  const nothing = { outcomeNote: null, ratingComment: null, rectification: null, withdrawal: null };
  return { ...caseOfText(text), ...nothing, outcome: null, deliveryWay: null, rating: null };
}

export const caseGallery: NounGallery = {
  ordinary: [...ordinary, ...moreForms, ...corrections],
  extreme: (text) => [
    { name: 'case', title: '代办件', card: caseCard(caseOfText(text)) },
    {
      name: 'case-refused',
      title: '代办件（不予办理）',
      card: caseCard({ ...caseOfText(text), state: 'completed', outcomeAdvice: text, offers: ['deliver', 'note'] }),
    },
    {
      name: 'case-archived',
      title: '代办件（已归档）',
      card: caseCard({ ...caseOfText(text), state: 'archived', outcomeAdvice: text, offers: [] }),
    },
    {
      name: 'case-accepted',
      title: '代办件（办理中）',
      card: caseCard({
        ...openCaseOfText(text),
        state: 'accepted',
        outcome: null,
        outcomeNote: null,
        offers: [...holderOffers, 'withdraw', 'urge', 'note', 'entrust'],
      }),
    },
    {
      name: 'case-suspended',
      title: '代办件（已中止）',
      card: caseCard({
        ...openCaseOfText(text),
        state: 'suspended',
        suspension: { reason: 'applicant', note: text, since: now },
        offers: ['resume', 'terminate', 'handOver', 'withdraw', 'entrust'],
      }),
    },
    {
      name: 'case-terminated',
      title: '代办件（已终止）',
      card: caseCard({
        ...openCaseOfText(text),
        state: 'terminated',
        termination: { reason: 'asked', note: text, advice: text },
        offers: [],
      }),
    },
    {
      name: 'case-more',
      title: '中止、终止、转办、换人跟进',
      card: moreStepsCard({
        ...moreForm,
        caseNumber: text,
        itemName: text,
        offers: ['suspend', 'terminate', 'handOver', 'entrust'],
        handlerName: text,
        keeperName: text,
        handlers: Array.from({ length: 40 }, (_, index) => ({ value: String(index + 1), text })),
        keepers: Array.from({ length: 40 }, (_, index) => ({ value: String(index + 1), text })),
      }),
    },
    { name: 'case-more-done', title: '已中止（私聊）', card: stepTakenCard({ caseNumber: text, words: text }) },
    { name: 'case-moved', title: '旧卡片', card: movedCard({ subject: text, at: now, zone }) },
    { name: 'case-ended', title: '停止更新的卡片', card: endedCard({ subject: text, at: now, zone }) },
    {
      name: 'case-correction',
      title: '更正',
      card: correctionCard({
        ...correction,
        caseNumber: text,
        items: Array.from({ length: 60 }, (_, index) => ({ value: String(index + 1), text })),
        residences: Array.from({ length: 60 }, (_, index) => ({ value: String(index + 1), text })),
        values: {
          ...correction.values,
          applicantName: text,
          phone: text,
          idNumber: text,
          address: text,
          remarks: text,
        },
      }),
    },
    {
      name: 'case-reveal',
      title: '查看申请人',
      card: revealCard({
        caseNumber: text,
        name: text,
        phone: text,
        contact: { relation: 'villageCadre', phone: text, name: text },
        idNumber: text,
        address: text,
        residence: text,
        itemName: text,
        remarks: text,
      }),
    },
  ],
};
