/** The forms of the monthly report; as in `forms.ts`, cards draw them and actions read them. */
import { local } from '../src/domain/level-names.ts';
import { REPORT_TEXT_MAX } from '../src/domain/report.ts';
import type { Form } from './field.ts';
import { reportTextWords } from './words.ts';

const text = { kind: 'text', max: REPORT_TEXT_MAX, multiline: true } as const;

/** The three texts of the draft. */
export const reportForm = {
  practices: { ...text, label: reportTextWords.practices, placeholder: '这个月怎么做的、有什么好做法' },
  problems: {
    ...text,
    label: reportTextWords.problems,
    get placeholder() {
      return local`遇到什么困难，要旗里帮什么`;
    },
  },
  plans: { ...text, label: reportTextWords.plans, placeholder: '下个月准备做什么' },
} as const satisfies Form;

const REASON_MAX = 200;
const reason = { kind: 'text', max: REASON_MAX, multiline: true } as const;

/** 更正 of what was submitted. */
export const reportCorrectionForm = {
  reason: { ...reason, label: '更正原因', placeholder: '哪里不对、为什么' },
} as const satisfies Form;

/** 退回修改 by the banner. */
export const reportReturnForm = {
  returnReason: {
    ...reason,
    label: '退回原因',
    get placeholder() {
      return local`请镇里改什么，一次说全`;
    },
  },
} as const satisfies Form;
