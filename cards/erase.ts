/** Around the deletion of an applicant's data: what is asked before it, and what it was. */
import { encodeAction } from './action-values.ts';
import type { Card } from './card.ts';
import { drawField } from './field.ts';
import { form, submit } from './form.ts';
import { eraseForm } from './forms.ts';
import { card, notation, paragraph } from './kit.ts';

/** How long what is deleted stays in backups: `src/backup/names.ts` keeps so many. */
export const IN_BACKUPS_WORDS = '备份里的要等备份过期：每天的保留 14 天，每月的保留 12 个月。';

export interface ErasureView {
  readonly caseId: number;
  readonly caseNumber: string;
  /** '' where nobody has said it yet. */
  readonly reason: string;
}

/** Asks an administrator why the applicant's data are to be deleted, and whether they are. */
export function eraseCard(view: ErasureView): Card {
  return card({
    title: '删除个人信息',
    subtitle: `代办件 ${view.caseNumber}`,
    color: 'orange',
    summary: `删除个人信息：代办件 ${view.caseNumber}`,
    elements: [
      paragraph(
        '申请人的姓名、电话、身份证号，以及办理中写下的文字，都会永久删除，谁也读不出来。件的编号、步骤和统计数字留着。',
      ),
      form('eraseForm', [
        ...drawField(eraseForm, 'reason', view.reason === '' ? {} : { value: view.reason }),
        submit({
          label: '确认删除',
          value: encodeAction({ action: 'case.erase', caseId: view.caseId }),
          type: 'primary_filled',
          confirm: { title: '永久删除这位群众的个人信息？', text: '删除后不能恢复。' },
        }),
      ]),
      notation('原因里不要写群众的姓名和号码。这次删除记入台账。'),
    ],
  });
}

/** What stands in the form's place once it is sent. */
export function erasedCard(view: { readonly caseNumber: string }): Card {
  return card({
    title: '删除个人信息',
    subtitle: `代办件 ${view.caseNumber}`,
    color: 'green',
    summary: `已删除个人信息：代办件 ${view.caseNumber}`,
    elements: [
      paragraph('已删除，并记入台账；各群的卡片会换成“（已删除）”。'),
      notation(`${IN_BACKUPS_WORDS}已经发出的私信和导出的 Excel 文件请自行删除。`),
    ],
  });
}
