/**
 * The papers of one case that people hold in their hands: 委托书、受理单、一次性告知单、办结单、不予办理告知单、中止告知单、终止告知单.
 *
 * Name and telephone: the name stands whole on each, because it is handed to that person. On the 委托书 telephone, ID number and address
 * stand whole, too: a mandate has to say who gives it to whom, for what and until when (民法典 第一百六十五条), and a window compares it
 * with the ID card. The others are shown around, folded into a file or lost on the way; the case's number says what they are about, so
 * that telephone and ID number are masked there. 备注 is for colleagues and stands on none.
 *
 * Law: 行政许可法 第三十二条 (一次性告知), 行政复议法 (2023) 第二十条 (六十日), 行政诉讼法 第四十六条 (六个月), 个人信息保护法 第十三条、第十五条、
 * 第二十九条 (consent, its withdrawal, and a separate one for what is sensitive).
 */
import {
  contactWords,
  deliveryWayWords,
  NO_PHONE_WORD,
  ratingWords,
  slipWords,
  suspendWords,
  terminateWords,
  withReason,
} from '../../cards/words.ts';
import { dayName } from '../domain/calendar.ts';
import { ratings } from '../domain/case.ts';
import { local } from '../domain/level-names.ts';
import { maskIdNumber, maskPhone } from '../domain/person.ts';
import type { Slip } from '../domain/slip.ts';
import { isVerticalScript } from '../domain/unit.ts';
import { type SlipOffice, type SlipView, viewSlip } from '../services/case/view-slip.ts';
import type { LetterOrderOf } from '../services/message/letter-order.ts';
import { staffByIds } from '../services/stand-in/running.ts';
import { paragraph, type Table, writtenDay } from './document.ts';
import type { NamedSlip, ReadPage } from './letter.ts';
import { madeBy } from './report.ts';
import type { Field, Fields, Lead, SlipBlock, SlipSheet } from './slip-sheet.ts';

/** @throws when the applicant was erased after it was ordered. */
export function slipLetter(read: ReadPage, order: LetterOrderOf<'slip'>): Promise<NamedSlip> {
  return read(async (ctx) => {
    const view = await viewSlip(ctx, order.caseId);
    const [staff] = await staffByIds(ctx, [order.agentId]);
    if (!view || !staff) throw new Error(`case ${order.caseId} cannot be printed for agent ${order.agentId}`);
    const title = slipWords[order.slip];
    return {
      // Names of files are shown in lists and notifications: no resident's name.
      fileName: `${title}_${view.caseNumber}${order.large ? '_大字' : ''}`,
      slip: {
        ...sheetFor(order.slip, view),
        title,
        code: view.caseNumber,
        note: `${madeBy(ctx, { by: staff.agent.name, at: order.askedAt })}，代办件 ${view.caseNumber}`,
        type: order.large ? 'large' : 'standard',
      },
    };
  });
}

/** Whose paper it is, what stands in it and who signs. */
export function sheetFor(slip: Slip, view: SlipView): Omit<SlipSheet, 'title' | 'code' | 'note' | 'type'> {
  const { office, ...parts } = makers[slip](view);
  return { ...parts, office: office.center, officeMongolian: mongolianOf(office) };
}

type Parts = Pick<SlipSheet, 'body' | 'seal' | 'signers'> & { readonly office: SlipOffice };

const makers: Readonly<Record<Slip, (view: SlipView) => Parts>> = {
  mandate,
  acceptance,
  materials,
  completion,
  refusal,
  suspension,
  termination,
};

/** Filled in by hand. */
const BLANK = '';
const FREE = '帮办代办自愿、免费，不收取任何费用。';
const RECEIVED = '申请人（签收）';

function mandate(view: SlipView): Parts {
  const { applicant, registering, keeperName, itemName } = view;
  const { name, phone, idNumber, address, contact } = applicant;
  return {
    office: registering,
    body: [
      fields(
        { label: '委托人', value: name },
        { label: '联系电话', value: phone || NO_PHONE_WORD },
        { label: '身份证号', value: idNumber ?? BLANK, wide: true },
        { label: local`嘎查社区`, value: view.residence, wide: true },
        { label: '住址', value: address ?? BLANK, wide: true },
        ...(contact ? [{ label: '联系人', value: contactWords(contact), wide: true }] : []),
        { label: '受托人', value: `${registering.center}　代办员${keeperName}`, wide: true },
        { label: '委托事项', value: itemName, wide: true },
      ),
      paragraph('本人自愿委托上列受托人代为办理上列事项。'),
      paragraph(
        '委托权限：代为提交和补正材料、查询进度、领取结果和文书。受托人不代本人变更、放弃或者处分权利，不代收、代管现金。',
      ),
      paragraph(`委托期限：自签名之日起，至结果送达本人之日止。本人可以随时撤回委托。${FREE}`),
      paragraph(
        '个人信息：本人同意受托人和办理上列事项的单位，为办理上列事项处理本人的姓名、电话、身份证号、住址和所交材料，不作他用；其中的敏感个人信息，本人另行签名单独同意。本人可以随时撤回同意，撤回以前的处理仍然有效（《个人信息保护法》第十三条、第十五条、第二十九条）。',
      ),
    ],
    seal: null,
    signers: ['委托人（签名、按指印）', '敏感个人信息单独同意（签名）', '受托代办员（签名）'],
  };
}

function acceptance(view: SlipView): Parts {
  const { acceptedDay, promisedDays, holder, handlerName, externalNumber } = view;
  return {
    office: holder,
    body: [
      fields(
        ...aboutApplicant(view),
        ...(externalNumber === null ? [] : [{ label: '一窗受理号', value: externalNumber, wide: true }]),
        { label: '受理日期', value: acceptedDay === null ? BLANK : writtenDay(acceptedDay) },
        { label: '承诺时限', value: `${promisedDays}个工作日` },
        { label: '办结期限', value: dueWords(view), wide: true },
        { label: '经办人', value: handlerName ?? BLANK },
        { label: '代办员', value: view.keeperName },
      ),
      paragraph(
        view.completion === null
          ? '您委托代办的上列事项已经受理，将在承诺时限内办结。补正、中止期间不计入承诺时限。'
          : '您委托代办的上列事项已经受理，并已办结。',
      ),
      ...materialsTable(view),
      paragraph(`查询进度、补交材料，请联系${view.registering.name}代办员${view.keeperName}。${FREE}`),
    ],
    seal: { office: sealOf(holder), day: acceptedDay ?? view.today },
    signers: [RECEIVED],
  };
}

/** What is missing, told by whoever sent it back; before that what the item asks for, told where people register. */
function materials(view: SlipView): Parts {
  const { returned, remainingDays, registering, keeperName } = view;
  const office = returned ? view.holder : registering;
  const left = remainingDays === null ? '' : `，还剩${remainingDays}个工作日`;
  return {
    office,
    body: [
      fields(...aboutApplicant(view)),
      ...(returned
        ? [
            paragraph('您申请办理的上列事项需要补正。现将需要补正的全部内容一次性告知您：'),
            ...(returned.reason === '' ? [] : [paragraph(`原因：${returned.reason}`)]),
            ...listTable('需要补正的材料', linesOf(returned.materials)),
            paragraph(`请一次备齐，交给代办员${keeperName}。补正期间不计时${left}；补齐后继续办理。`),
          ]
        : [
            paragraph(`办理上列事项需要下列材料，现一次性告知您。请一次备齐，交给代办员${keeperName}：`),
            ...materialsTable(view),
          ]),
      paragraph(
        '申请材料不齐全或者不符合法定形式的，应当当场或者在五日内一次告知申请人需要补正的全部内容，逾期不告知的，自收到申请材料之日起即为受理（参照《行政许可法》第三十二条）。',
      ),
    ],
    seal: { office: sealOf(office), day: returned?.day ?? view.today },
    signers: [RECEIVED],
  };
}

function completion(view: SlipView): Parts {
  const { completion: done, deliveryWay, holder } = view;
  return {
    office: holder,
    body: [
      fields(
        ...aboutApplicant(view),
        { label: '办结日期', value: done ? writtenDay(done.day) : BLANK },
        { label: '送达方式', value: deliveryWay === null ? BLANK : deliveryWayWords[deliveryWay] },
      ),
      paragraph('上列事项已经办结，办理结果：予以办理。'),
      ...(done && done.note !== '' ? [paragraph(`说明：${done.note}`)] : []),
      ...(done && done.advice !== '' ? [paragraph(`您下一步可以：${done.advice}`)] : []),
      lead('请您对这次服务作出评价（打√）'),
      {
        kind: 'table',
        columns: ratings.map((rating) => ({ header: ratingWords[rating], width: ratingWords[rating].length + 2 })),
        rows: [ratings.map(() => '□')],
      },
    ],
    seal: { office: sealOf(holder), day: done?.day ?? view.today },
    signers: ['领取人（签收）'],
  };
}

function refusal(view: SlipView): Parts {
  const { completion: done, holder } = view;
  return {
    office: holder,
    body: [
      fields(...aboutApplicant(view)),
      paragraph('您申请办理的上列事项，经审查，不予办理。'),
      paragraph(`理由：${done?.note ?? ''}`),
      ...(done && done.advice !== '' ? [paragraph(`您下一步可以：${done.advice}`)] : []),
      remedies(view),
    ],
    seal: { office: sealOf(holder), day: done?.day ?? view.today },
    signers: [RECEIVED],
  };
}

function suspension(view: SlipView): Parts {
  const { suspension: stopped, holder, remainingDays } = view;
  const since = stopped?.day ?? view.today;
  const left = remainingDays === null ? '' : `，恢复后还有${remainingDays}个工作日`;
  return {
    office: holder,
    body: [
      fields(...aboutApplicant(view), { label: '中止日期', value: writtenDay(since), wide: true }),
      paragraph(`您申请办理的上列事项，自${writtenDay(since)}起中止办理。`),
      paragraph(`原因：${stopped ? withReason(suspendWords[stopped.reason], stopped.note) : ''}`),
      paragraph(`中止期间不计入承诺时限${left}。条件具备后恢复办理，由代办员${view.keeperName}告知您。`),
    ],
    seal: { office: sealOf(holder), day: since },
    signers: [RECEIVED],
  };
}

/** By the office (终止), or because the applicant took the errand back (撤回). */
function termination(view: SlipView): Parts {
  const { termination: ended, withdrawal, registering, holder } = view;
  const office = withdrawal ? registering : holder;
  const day = withdrawal?.day ?? ended?.day ?? view.today;
  return {
    office,
    body: [
      fields(...aboutApplicant(view), { label: '终止日期', value: writtenDay(day), wide: true }),
      paragraph('您申请办理的上列事项终止办理，不再继续。'),
      ...(withdrawal ? [paragraph(`原因：撤回办理：${withdrawal.reason}`)] : []),
      ...(ended ? [paragraph(`原因：${withReason(terminateWords[ended.reason], ended.note)}`)] : []),
      ...(ended && ended.advice !== '' ? [paragraph(`您下一步可以：${ended.advice}`)] : []),
      paragraph('以后需要办理，可以随时重新委托登记。'),
      ...(ended && ended.reason !== 'asked' ? [remedies(view)] : []),
    ],
    seal: { office: sealOf(office), day },
    signers: [RECEIVED],
  };
}

/** Below a town and of a department alike it is the banner's government that reviews (行政复议法 第二十四条). */
function remedies({ bannerName }: SlipView) {
  const where = bannerName === null ? '有管辖权的行政复议机关' : `${bannerName}人民政府`;
  return paragraph(
    `救济途径：对承办单位的决定不服的，可以自知道或者应当知道之日起六十日内向${where}申请行政复议（《行政复议法》第二十条），也可以自知道或者应当知道之日起六个月内直接向有管辖权的人民法院提起行政诉讼（《行政诉讼法》第四十六条）。法律另有规定的，从其规定。`,
  );
}

function aboutApplicant(view: SlipView): Field[] {
  const { name, phone, idNumber } = view.applicant;
  return [
    { label: '申请人', value: name },
    { label: '联系电话', value: phone === '' ? NO_PHONE_WORD : maskPhone(phone) },
    { label: '身份证号', value: idNumber === null ? BLANK : maskIdNumber(idNumber), wide: true },
    { label: local`嘎查社区`, value: view.residence, wide: true },
    { label: '办理事项', value: view.itemName, wide: true },
    { label: '主管部门', value: view.department },
    { label: '登记日期', value: writtenDay(view.registeredDay) },
  ];
}

/** The promised day in words; of a case that stands still what is left. */
function dueWords({ dueDay, remainingDays }: SlipView): string {
  if (dueDay !== null) return `最晚${writtenDay(dueDay)}（${dayName(dueDay)}）`;
  return remainingDays === null ? BLANK : `暂停计时，还剩${remainingDays}个工作日`;
}

/** Room to tick what is brought; what came as a photo is ticked. */
function materialsTable({ materials: listed }: SlipView): SlipBlock[] {
  if (listed.length === 0) return [];
  return [
    lead('所需材料'),
    numbered([
      ['序号', ...listed.map((_, index) => String(index + 1))],
      ['材料', ...listed.map(({ name }) => name)],
      ['收到', ...listed.map(({ there }) => (there ? '√' : '□'))],
    ]),
  ];
}

function listTable(title: string, lines: readonly string[]): SlipBlock[] {
  if (lines.length === 0) return [];
  return [
    lead(title),
    numbered([
      ['序号', ...lines.map((_, index) => String(index + 1))],
      ['材料', ...lines],
    ]),
  ];
}

/** @param columns each begins with its header; the second is the one that holds texts. */
function numbered(columns: readonly (readonly string[])[]): Table {
  const [first = []] = columns;
  return {
    kind: 'table',
    columns: columns.map(([header = ''], index) =>
      index === 1 ? { header, width: 8, align: 'left' } : { header, width: 1.4 },
    ),
    rows: first.slice(1).map((_, row) => columns.map((column) => column[row + 1] ?? '')),
  };
}

function linesOf(text: string): string[] {
  return text.split('\n').flatMap((line) => line.trim() || []);
}

function mongolianOf({ nameMongolian: text }: SlipOffice): SlipSheet['officeMongolian'] {
  return text === null ? null : { text, vertical: isVerticalScript(text) };
}

function sealOf({ center }: SlipOffice): string {
  return `${center}（盖章）`;
}

function fields(...pairs: readonly Field[]): Fields {
  return { kind: 'fields', pairs };
}

function lead(text: string): Lead {
  return { kind: 'lead', text };
}
