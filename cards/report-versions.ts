/** What has become of a report after it was submitted: the form of a 更正, that of 退回修改, and all versions. Private. */
import { local } from '../src/domain/level-names.ts';
import { encodeAction } from './action-values.ts';
import type { Card, CardElement } from './card.ts';
import { drawField } from './field.ts';
import { form, submit } from './form.ts';
import { button, card, clock, cut, dayFor, type HeaderColor, hr, notation, paragraph } from './kit.ts';
import { reportCorrectionForm, reportReturnForm } from './report-forms.ts';
import { maskedNote, type ReportInFull, type ReportVersionView } from './report-in-full.ts';
import type { ReportDifference } from './report-lines.ts';

const DIFFERENCES_MAX = 12;
const VERSIONS_MAX = 5;
const VERSION_DIFFERENCES_MAX = 4;

type View = Pick<
  ReportInFull,
  'townId' | 'townName' | 'month' | 'monthName' | 'version' | 'waiting' | 'versions' | 'dueAt' | 'zone'
>;

/** 更正: what a further version would change of the one that stands. */
export function reportCorrectionCard(view: View & Pick<ReportInFull, 'draft'> & { readonly version: number }): Card {
  const { townId, month, version, waiting, draft } = view;
  return framed(view, {
    what: '更正',
    color: 'orange',
    elements: [
      notation(local`报送的这一版会保留，更正是再报一版，旗里看得到前后的差别。报送时间还算原来的。`),
      button({ label: '先改文字', value: encodeAction({ action: 'report.edit', townId, month }) }),
      paragraph(
        waiting.length === 0
          ? '现在的台账和文字，和报送的这一版没有差别。'
          : `现在和报送的这一版有${waiting.length}处不同：`,
      ),
      ...differenceLines(waiting, DIFFERENCES_MAX),
      ...maskedNote(draft),
      form('reportCorrectionForm', [
        ...drawField(reportCorrectionForm, 'reason'),
        submit({
          label: '确认更正',
          value: encodeAction({ action: 'report.correct', townId, month, version }),
          type: 'primary_filled',
          confirm: { title: '确认更正？', text: '按现在的台账和文字再报一版。十分钟内可以由您撤销。' },
        }),
      ]),
    ],
  });
}

/** 退回修改 by the banner. */
export function reportReturnCard(view: View & { readonly version: number }): Card {
  const { townId, townName, month, version } = view;
  return framed(view, {
    what: '退回修改',
    color: 'orange',
    elements: [
      notation(local`退回以后镇里要改好重新报送，报送时限不变。原因镇里的群看得到。`),
      form('reportReturnForm', [
        ...drawField(reportReturnForm, 'returnReason'),
        submit({
          label: '退回修改',
          value: encodeAction({ action: 'report.return', townId, month, version }),
          type: 'danger',
          confirm: { title: '退回修改？', text: `${cut(townName, 20)}会收到您写的原因。` },
        }),
      ]),
    ],
  });
}

/** Every version that was submitted, the newest first, each with what it changed. */
export function reportVersionsCard(view: View): Card {
  const shown = view.versions.slice(0, VERSIONS_MAX);
  const left = view.versions.length - shown.length;
  return framed(view, {
    what: '各版',
    color: 'blue',
    elements: [
      ...shown.flatMap((version, index) => [...(index === 0 ? [] : [hr()]), ...versionWords(version, view)]),
      ...(left > 0 ? [notation(`还有${left}版没有列出`)] : []),
    ],
  });
}

function framed(
  { townId, townName, month, monthName }: View,
  inside: { what: string; color: HeaderColor; elements: readonly CardElement[] },
): Card {
  const back = encodeAction({ action: 'report.open', townId, month, inPlace: true });
  return card({
    title: `${monthName}月报：${inside.what}`,
    subtitle: townName,
    color: inside.color,
    summary: `${townName}${monthName}月报：${inside.what}`,
    elements: [...inside.elements, button({ label: '回到月报', value: back })],
  });
}

function versionWords(version: ReportVersionView, { dueAt, zone }: View): CardElement[] {
  const when = (at: number) => `${dayFor(at, { now: dueAt, zone })} ${clock(at, zone)}`;
  const { number, by, at, corrects, late, ending, endedAt, endedBy, reason, returnReason, differences } = version;
  const how = corrects === null ? (late ? '逾期报送' : '报送') : `更正第${corrects}版`;
  return [
    paragraph(`第${number}版　${cut(by, 10)} ${when(at)} ${how}`),
    ...(reason === '' ? [] : [notation(`更正原因：${cut(reason, reportCorrectionForm.reason.max)}`, REASON_SHOWN_MAX)]),
    ...differenceLines(differences, VERSION_DIFFERENCES_MAX),
    ...(ending === null || endedAt === null
      ? []
      : [
          paragraph(`${cut(endedBy, 10)} ${when(endedAt)} ${ending === 'undone' ? '撤销' : '退回修改'}`, {
            color: 'orange',
          }),
        ]),
    ...(returnReason === ''
      ? []
      : [notation(`退回原因：${cut(returnReason, reportReturnForm.returnReason.max)}`, REASON_SHOWN_MAX)]),
  ];
}

const REASON_SHOWN_MAX = 210;

/** One under the other, in one paragraph. */
function differenceLines(differences: readonly ReportDifference[], max: number): CardElement[] {
  if (differences.length === 0) return [];
  const shown = differences.slice(0, max);
  const lines = shown.map(({ label, before, after }) => `${cut(label, 16)}：${cut(before, 60)} → ${cut(after, 60)}`);
  const left = differences.length - shown.length;
  return [notation([...lines, ...(left > 0 ? [`还有${left}处`] : [])].join('\n'), max * DIFFERENCE_MAX)];
}

const DIFFERENCE_MAX = 120;
