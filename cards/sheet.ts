/** Cards around an Excel file: that it is being made, that there is nothing in it, that it would be too large. */
import { encodeAction } from './action-values.ts';
import type { Card } from './card.ts';
import { drawField } from './field.ts';
import { form, submit } from './form.ts';
import { fullLedgerForm } from './forms.ts';
import { button, card, facts, notation, paragraph } from './kit.ts';

export interface SheetView {
  /** Unit and period in words. */
  readonly title: string;
  readonly count: number;
  /** Files it takes. */
  readonly parts: number;
  /** What is counted. */
  readonly note: string;
  /** Offered to an administrator in a private chat. */
  readonly full: FullRequest | null;
}

export interface FullRequest {
  readonly unitId: number;
  readonly from: string;
  readonly to: string;
}

/** The answer to /台账: the file follows. */
export function sheetCard(view: SheetView): Card {
  const { count, parts } = view;
  const coming =
    parts > 1
      ? `办件多，分成${parts}份 Excel，做好一份发一份，就发到这里。`
      : '正在生成 Excel，做好就发到这里，一般十几秒。';
  return card({
    title: '台账',
    subtitle: view.title,
    color: 'blue',
    summary: `台账：${view.title}`,
    elements: [
      paragraph(count === 0 ? '本期暂无办件' : `共 ${count} 件。${coming}`),
      notation(view.note),
      ...(view.full === null || count === 0 ? [] : [fullButton(view.full)]),
    ],
  });
}

function fullButton(full: FullRequest) {
  return button({ label: '要完整信息', value: encodeAction({ ...full, action: 'ledger.askFull' }), type: 'text' });
}

/** Asks an administrator why the applicants' full data are needed. */
export function fullLedgerCard(view: FullRequest & { readonly title: string; readonly count: number }): Card {
  const { unitId, from, to } = view;
  return card({
    title: '导出完整信息',
    subtitle: view.title,
    color: 'orange',
    summary: `导出完整信息：${view.title}`,
    elements: [
      paragraph(`共 ${view.count} 件，含群众的姓名、电话、身份证号。原因和这次导出记入台账，文件只私信给您。`),
      form('fullLedgerForm', [
        ...drawField(fullLedgerForm, 'reason'),
        submit({
          label: '确认导出',
          value: encodeAction({ action: 'ledger.full', unitId, from, to }),
          type: 'primary_filled',
        }),
      ]),
      notation('原因里不要写群众的姓名和号码。'),
    ],
  });
}

/** What stands in the form's place once it is sent. */
export function fullLedgerOrderedCard(view: {
  readonly title: string;
  readonly count: number;
  readonly reason: string;
}): Card {
  return card({
    title: '导出完整信息',
    subtitle: view.title,
    color: 'green',
    summary: `导出完整信息：${view.title}`,
    elements: [
      ...facts([
        { label: '件数', value: `${view.count}件` },
        { label: '导出原因', value: view.reason, max: fullLedgerForm.reason.max },
      ]),
      paragraph('已记入台账，正在生成 Excel，做好就发到这里。'),
      notation('文件里有群众的完整信息，请妥善保管，用完删除。'),
    ],
  });
}

const SHORTER_MAX = 4;

/** Sent instead of a file the platform would not take. */
export function sheetTooLargeCard(view: { readonly fileName: string; readonly shorter: readonly string[] }): Card {
  return card({
    title: '文件太大，没有发出',
    color: 'orange',
    summary: '文件太大，没有发出',
    elements: [
      paragraph(`“${view.fileName}”超过 30 MB，飞书发不了这么大的文件。请分几段时间要，例如：`, { max: 120 }),
      ...view.shorter.slice(0, SHORTER_MAX).map((period) => paragraph(`/台账 ${period}`)),
    ],
  });
}
