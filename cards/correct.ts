/** 更正: the private form by which a registration is put right, and what it was. */
import { encodeAction } from './action-values.ts';
import type { Card } from './card.ts';
import { drawField } from './field.ts';
import { type Choice, form, submit } from './form.ts';
import { type CorrectedField, correctedFields, correctionForm, type PersonalName } from './forms.ts';
import { card, notation, paragraph } from './kit.ts';

export interface CorrectionView {
  readonly caseId: number;
  readonly version: number;
  readonly caseNumber: string;
  readonly items: readonly Choice[];
  readonly residences: readonly Choice[];
  readonly departments: readonly Choice[];
  /** As it is registered; personal fields only for somebody who handles the case. */
  readonly values: Partial<Readonly<Record<CorrectedField, string>>>;
  /** Masked, where the value itself is not shown. */
  readonly masked: Partial<Readonly<Record<PersonalName, string>>>;
  readonly needsReason: boolean;
}

/** Only for a private message. */
export function correctionCard(view: CorrectionView): Card {
  const hidden = Object.keys(view.masked).length > 0;
  return card({
    title: `更正 ${view.caseNumber}`,
    color: 'blue',
    mark: '仅限本人查看',
    summary: `更正代办件 ${view.caseNumber}，仅限本人查看`,
    elements: [
      paragraph(hidden ? '只填要改的；留空的不改。' : '把填错的改过来，其余不动。'),
      form('correctionForm', [
        ...correctedFields.flatMap((name) => fieldOf(view, name)),
        ...drawField(correctionForm, 'reason', { required: view.needsReason }),
        submit({
          label: '确认更正',
          value: encodeAction({
            action: 'case.correct',
            caseId: view.caseId,
            version: view.version,
            blank: hidden ? 'keep' : 'clear',
          }),
          type: 'primary_filled',
        }),
      ]),
      notation('改前改后都记入台账，姓名、号码、住址加密保存。请不要转发、截图或发到群里。'),
    ],
  });
}

function fieldOf(view: CorrectionView, name: CorrectedField) {
  const masked = Object.entries(view.masked).find(([field]) => field === name)?.[1];
  return drawField(correctionForm, name, {
    value: view.values[name],
    ...(name === 'item' ? { options: view.items } : {}),
    ...(name === 'residence' ? { options: view.residences } : {}),
    ...(name === 'otherDepartment' ? { options: view.departments } : {}),
    ...(masked === undefined ? {} : { placeholder: masked ? `现为 ${masked}，留空不改` : '留空不改', required: false }),
  });
}

/** What stands in the form's place once it is sent. */
export function correctedCard(view: { readonly caseNumber: string; readonly fields: readonly CorrectedField[] }): Card {
  return card({
    title: `更正 ${view.caseNumber}`,
    color: 'green',
    summary: `已更正代办件 ${view.caseNumber}`,
    elements: [paragraph(`已更正：${correctedWords(view.fields)}`), notation('已记入台账，各群的卡片随后更新。')],
  });
}

/** 联系电话、办理事项 */
export function correctedWords(fields: readonly CorrectedField[]): string {
  return fields.map((name) => correctionForm[name].label).join('、');
}
