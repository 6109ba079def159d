/** 抽查回访: good ratings that the banner asks about once more. Both cards stand in private chats. */
import { encodeAction } from './action-values.ts';
import type { Card } from './card.ts';
import { drawField } from './field.ts';
import { form, submit } from './form.ts';
import { secondCallForm } from './forms.ts';
import { bold, button, buttonColumn, card, columns, cut, dayFor, facts, hr, notation, paragraph } from './kit.ts';
import { ratingWord } from './words.ts';

const ROWS_MAX = 15;

export interface CheckListView {
  readonly rows: readonly {
    readonly caseId: number;
    readonly caseNumber: string;
    /** Masked: 张**. */
    readonly applicant: string;
    readonly itemName: string;
  }[];
  /** All that wait. */
  readonly total: number;
  /** Done so far, by what was found. */
  readonly consistent: number;
  readonly different: number;
}

export function checkListCard({ rows, total, consistent, different }: CheckListView): Card {
  const shown = rows.slice(0, ROWS_MAX);
  const done = consistent + different;
  return card({
    title: '抽查回访',
    color: 'blue',
    summary: `抽查回访：${total}件待回访`,
    elements: [
      paragraph(total === 0 ? '没有待抽查的件。' : `${total}件评价满意的件被抽到，请打电话再问一次群众。`),
      ...shown.flatMap((row) => [
        hr(),
        columns([
          {
            weight: 4,
            elements: [bold(`${cut(row.applicant, 10)}　${cut(row.itemName, 24)}`), notation(cut(row.caseNumber, 24))],
          },
          buttonColumn('回访', encodeAction({ action: 'check.open', caseId: row.caseId })),
        ]),
      ]),
      ...(total > shown.length ? [notation(`先列出前${shown.length}件，办完再看。`)] : []),
      hr(),
      notation(
        `已抽查${done}件：一致${consistent}件，不一致${different}件。抽到哪些件由程序定，谁也挑不了，办件的人看不到。`,
      ),
    ],
  });
}

export interface CheckView {
  readonly caseId: number;
  readonly caseNumber: string;
  /** Masked: 张**. */
  readonly applicant: string;
  readonly itemName: string;
  readonly unitName: string;
  readonly rating: number | null;
  readonly ratedAt: number;
  readonly now: number;
  readonly zone: string;
}

export function checkCard(view: CheckView): Card {
  return card({
    title: `抽查回访 ${view.caseNumber}`,
    color: 'blue',
    summary: `抽查回访 ${view.caseNumber}`,
    elements: [
      ...facts([
        { label: '申请人', value: view.applicant },
        { label: '办理事项', value: view.itemName },
        { label: '登记单位', value: view.unitName },
        { label: '原来的评价', value: `${ratingWord(view.rating) ?? ''}（${dayFor(view.ratedAt, view)}）` },
      ]),
      button({ label: '查看申请人', value: encodeAction({ action: 'case.reveal', caseId: view.caseId }) }),
      notation('电话私信给您，这次查看记入台账。'),
      form('checkForm', [
        ...drawField(secondCallForm, 'result'),
        ...drawField(secondCallForm, 'note'),
        submit({
          label: '提交',
          value: encodeAction({ action: 'check.record', caseId: view.caseId }),
          type: 'primary_filled',
        }),
      ]),
      button({ label: '回到抽查回访', value: encodeAction({ action: 'check.list' }) }),
    ],
  });
}
