/** The form in which a town's people write the texts of a report. Private: it holds them as they were typed. */
import { type ReportTextName, type ReportTexts, reportTextNames } from '../src/domain/report.ts';
import { encodeAction } from './action-values.ts';
import type { Card, CardElement } from './card.ts';
import { drawField } from './field.ts';
import { form, submit } from './form.ts';
import { bold, button, card, clock, cut, dayFor, notation, paragraph } from './kit.ts';
import { reportForm } from './report-forms.ts';
import { reportTextWords } from './words.ts';

export interface ReportDraftView {
  readonly townId: number;
  readonly townName: string;
  readonly month: string;
  readonly monthName: string;
  /** What the fields begin with. */
  readonly texts: ReportTexts;
  /** Marks of the saved texts, one behind the other. */
  readonly seen: string;
  readonly saved: readonly { readonly name: ReportTextName; readonly by: string; readonly at: number }[];
  /** What colleagues have saved meanwhile where the reader has typed something else. */
  readonly newer: readonly { readonly name: ReportTextName; readonly words: string }[];
  readonly now: number;
  readonly zone: string;
}

export function reportDraftCard(view: ReportDraftView): Card {
  const { townId, townName, month, monthName, newer, seen } = view;
  return card({
    title: `${monthName}月报：填写文字`,
    subtitle: townName,
    color: newer.length > 0 ? 'orange' : 'blue',
    summary: `${townName}${monthName}月报：填写文字`,
    elements: [
      ...(newer.length > 0
        ? [
            paragraph('您填的时候，同事也改了。下面两份都在：合成一份再点“保存”，保存的就是框里的。', {
              color: 'orange',
            }),
          ]
        : [notation('都可以不填。写不完先保存，以后接着写。不要写群众的姓名、电话、住址。')]),
      form('reportForm', [
        ...reportTextNames.flatMap((name) => [
          ...newerWords(name, view),
          ...drawField(reportForm, name, { value: view.texts[name] }),
          ...savedWords(name, view),
        ]),
        submit({
          label: '保存',
          value: encodeAction({ action: 'report.save', townId, month, seen }),
          type: 'primary_filled',
        }),
      ]),
      button({ label: '不改，回到月报', value: encodeAction({ action: 'report.open', townId, month, inPlace: true }) }),
    ],
  });
}

function newerWords(name: ReportTextName, { newer, saved }: ReportDraftView): CardElement[] {
  const other = newer.find((one) => one.name === name);
  if (!other) return [];
  const by = cut(saved.find((one) => one.name === name)?.by ?? '同事', 10);
  return [
    bold(`${by}写的${reportTextWords[name]}`),
    paragraph(other.words || '（清空了）', { max: reportForm[name].max }),
  ];
}

function savedWords(name: ReportTextName, { saved, now, zone }: ReportDraftView): CardElement[] {
  const last = saved.find((one) => one.name === name);
  if (!last) return [];
  return [notation(`${cut(last.by, 10)} ${dayFor(last.at, { now, zone })} ${clock(last.at, zone)} 保存`)];
}
