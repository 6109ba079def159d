/** Every figure of the statistics: its label, what it means, and how it is written. docs/FIGURES.md and the help card say the same. */
import type { Figures } from '../src/domain/figures.ts';
import { local } from '../src/domain/level-names.ts';

/** Which cases a figure's list holds. */
export const figureLists = [
  'registered',
  'total',
  'open',
  'overdue',
  'completed',
  'accepted',
  'returned',
  'rated',
  'withdrawn',
] as const;
export type FigureList = (typeof figureLists)[number];

export interface FigureSpec {
  readonly label: string;
  /** One sentence for people who have to answer for the number. */
  readonly meaning: string;
  /** `cases` and `times`: how many; `rate`: part of a whole; `hours`: minutes per case, told in hours; `days`: working days per case. */
  readonly kind: 'cases' | 'times' | 'rate' | 'hours' | 'days';
  readonly part: (figures: Figures) => number;
  /** What the part is divided by. */
  readonly whole?: (figures: Figures) => number;
  /** null: it stands below another figure. */
  readonly list: FigureList | null;
  /** Read from what is open now: what stood at the end of an earlier period cannot be told, so it is not compared with it. */
  readonly standsNow?: true;
}

const MINUTES_PER_HOUR = 60;
export const NO_CASES = '暂无';

/** So many; the list has those very cases. */
function count(list: FigureList & keyof Figures, kind: 'cases' | 'times' = 'cases') {
  return { kind, part: (figures: Figures) => figures[list], list };
}

/** A part of the cases of a list, or minutes spread over them. */
function perCase(list: FigureList & keyof Figures, kind: 'rate' | 'hours' | 'days', part: keyof Figures) {
  return { kind, part: (figures: Figures) => figures[part], whole: (figures: Figures) => figures[list], list };
}

/** In the order of the card. The monthly report shows those of `reported`. */
export const figureSpecs = {
  registered: {
    ...count('registered'),
    label: '登记',
    meaning: '本期新登记的代办件，当天登记的算当天，后来撤回的也算在内。',
  },
  completed: {
    ...count('completed'),
    label: '办结',
    meaning: '本期办结的代办件，予以办理和不予办理都算，不管哪一期登记；当场办结的也算。',
  },
  open: {
    ...count('open'),
    label: '在办',
    meaning: '到期末已登记、还没有办结、撤回或终止的代办件，等于待接收、办理中、待补正、已中止四项之和。',
  },
  overdue: {
    ...count('overdue'),
    standsNow: true,
    label: '超期在办',
    meaning: '到期末已超过承诺时限、现在还没有办结的件；待补正、已中止的不计时，不算在内。',
  },
  overdueDays: {
    ...perCase('overdue', 'days', 'overdueDays'),
    standsNow: true,
    label: '平均超期',
    meaning: '超期在办的件，到现在平均超过承诺时限几个工作日；卡片上另写最久的一件。',
  },
  total: { ...count('total'), label: '累计登记', meaning: '从启用到期末登记的全部代办件。' },
  onTime: {
    kind: 'rate',
    part: ({ completedOnTime }) => completedOnTime,
    whole: ({ completed, overdue }) => completed + overdue,
    list: 'completed',
    label: '按时办结率',
    meaning:
      '本期按时办结的件，占本期办结和超期在办合计的多少：超期没办的也算没按时；承诺时限当天办结算按时，退回补正和中止期间不计时。',
  },
  satisfied: {
    ...perCase('rated', 'rate', 'ratedSatisfied'),
    label: '满意率',
    meaning: '本期回访评价里，“非常满意”和“满意”占多少。',
  },
  returned: { ...count('returned', 'times'), label: '退回补正', meaning: '本期退回补正的次数，一件退回两次算两次。' },
  withdrawn: { ...count('withdrawn'), label: '撤回', meaning: '本期撤回的代办件。' },
  refused: {
    kind: 'cases',
    part: ({ refused }) => refused,
    list: null,
    label: '不予办理',
    meaning: '本期办结的件里，结果是不予办理的；“办结”里已经算过。',
  },
  terminated: {
    kind: 'cases',
    part: ({ terminated }) => terminated,
    list: null,
    label: '终止',
    meaning: '本期由承办单位终止的代办件，不算办结，也不算撤回。',
  },
  acceptHours: {
    ...perCase('accepted', 'hours', 'acceptMinutes'),
    label: '平均接收用时',
    meaning: '本期第一次被接收的件，从登记到接收平均用了几个工作小时。',
  },
  completeHours: {
    ...perCase('completed', 'hours', 'completeMinutes'),
    label: '平均办结用时',
    meaning: '本期办结的件，从登记到办结平均用了几个工作小时；当场办结的按0小时算。',
  },
} satisfies Record<string, FigureSpec>;
export type FigureName = keyof typeof figureSpecs;
export const figureNames = Object.keys(figureSpecs) as FigureName[];

/** What else stands on a card of figures and wants explaining. */
const otherMeanings = (): readonly (readonly [label: string, meaning: string])[] => [
  ['待接收', '到期末已转送、还没有人接收的件。'],
  ['办理中', '到期末已接收、还没有办结的件。'],
  ['待补正', '到期末退回给代办员、还没有重新转送的件。'],
  ['已中止', '到期末由承办单位中止、还没有恢复的件。'],
  [
    '工作小时',
    '法定工作日（含调休和自定的日子）08:30–12:00、14:30–18:00，每天7小时；退回补正和中止期间不计；以后再改自定的日子，算过的不变。',
  ],
  ['较上期', '和紧挨着的上一期比；本期还没过完的，上一期也只算到同一天。'],
  ['较去年同期', '和去年的同一段日子比；本期还没过完的，也只算到同一天。'],
  ['算哪一天', '每一步算在它发生的那天：10月登记、11月办结的件，登记算10月，办结算11月。'],
  ['算哪个单位', '算登记这件的单位和它的所有上级，不管后来由谁办理。'],
  ['按部门', '按登记时事项所属的部门算；事项后来改了部门，以前的件仍算原来的部门。'],
  ['按类型', '本级帮办代办、延伸帮办代办，按登记时事项的类型算。'],
  ['其他事项', '目录里没有的事项，也算在上面各数里；按事项、按部门分时单独一行，不算任何部门的。'],
  ['按代办员', '算在登记这件的代办员名下。'],
  [
    '经办人排名',
    '办结、按时办结率和满意率算在点“办结”的人名下，算他当时所在的单位，当场办结的算登记人；超期在办算现在手里的件；退回补正的次数只列出，不排名次。',
  ],
  ['再次退回', '本期第二次及以后退回补正的次数：方案要求一次性告知，同一件退回两次以上就是没有一次说清。'],
  ['回访评价', '本期回访评价的件。'],
  ['差评', '本期回访评价为“不满意”或“非常不满意”的件。'],
  ['差评已整改', '本期的差评里，到算的时候已经填写整改情况的件。'],
  ['专职代办员', local`到月末在苏木乡镇和所属嘎查社区在岗的专职代办员，和名册一样算；兼职代办员同理。`],
  [local`没有专职代办员的嘎查社区`, local`到月末没有一名专职代办员在岗的嘎查社区；方案要求每个至少1至2名。`],
  ['七有齐备', local`到月末各项检查都有的便民服务中心（苏木乡镇）、便民服务站（嘎查社区）。`],
  ['方案任务', local`到月末本镇和所属嘎查社区承担的方案任务：完成几项、过了时限没完成几项。`],
  [
    '月报的数字',
    '报送时按台账定下来，以后不再变；要改只能更正，另报一版，前后两版和差别都保留。月报里超期在办是报送时的。',
  ],
  ['暂无', '没有可以计算的件，不是0。'],
];

/** Every label with its meaning, one line each. */
export function figureMeanings(): readonly { readonly label: string; readonly meaning: string }[] {
  return [
    ...Object.values(figureSpecs).map(({ label, meaning }) => ({ label, meaning })),
    ...otherMeanings().map(([label, meaning]) => ({ label, meaning })),
  ];
}

/** The cases a rate or an average rests on; undefined for a count. */
export function figureBase(name: FigureName, figures: Figures): number | undefined {
  const spec: FigureSpec = figureSpecs[name];
  return spec.whole?.(figures);
}

/** The number itself: a count, a fraction of 1, or hours; undefined where there is nothing to divide by. */
export function figureValue(name: FigureName, figures: Figures): number | undefined {
  const spec: FigureSpec = figureSpecs[name];
  const whole = figureBase(name, figures);
  if (whole === undefined) return spec.part(figures);
  if (whole === 0) return undefined;
  return spec.part(figures) / whole / (spec.kind === 'hours' ? MINUTES_PER_HOUR : 1);
}

/** What a figure has grown by: a count, percentage points, or hours; undefined where one of the two cannot be told. */
export function figureDifference(name: FigureName, pair: { now: Figures; before: Figures }): number | undefined {
  const spec: FigureSpec = figureSpecs[name];
  if (spec.standsNow) return undefined;
  const now = figureValue(name, pair.now);
  const before = figureValue(name, pair.before);
  if (now === undefined || before === undefined) return undefined;
  return spec.kind === 'rate' ? 100 * now - 100 * before : now - before;
}

/** `12件`, `3次`, `92.3%（12件）`, `5.2小时`, `不到1小时`, `3.0个工作日`: a rate is worth little without the number of cases behind it. @param extent `number`: the cases are said beside it. */
export function figureText(name: FigureName, figures: Figures, extent: 'whole' | 'number' = 'whole'): string {
  const value = figureValue(name, figures);
  if (value === undefined) return NO_CASES;
  switch (figureSpecs[name].kind) {
    case 'cases':
      return `${value}件`;
    case 'times':
      return `${value}次`;
    case 'rate':
      return `${(100 * value).toFixed(1)}%${extent === 'number' ? '' : `（${figureBase(name, figures) ?? 0}件）`}`;
    case 'hours':
      return value < 1 ? '不到1小时' : `${value.toFixed(1)}小时`;
    case 'days':
      return `${value.toFixed(1)}个工作日`;
  }
}

/** `+3件`, `-1.2个百分点`, `持平`; 暂无 where one of the two cannot be told, or there was nothing before. */
export function figureChange(name: FigureName, { now, before }: { now: Figures; before: Figures | null }): string {
  const difference = before === null ? undefined : figureDifference(name, { now, before });
  if (difference === undefined) return NO_CASES;
  const { kind } = figureSpecs[name];
  const whole = kind === 'cases' || kind === 'times';
  const change = Math.abs(difference).toFixed(whole ? 0 : 1);
  if (Number(change) === 0) return '持平';
  const unit = { cases: '件', times: '次', rate: '个百分点', hours: '小时', days: '个工作日' }[kind];
  return `${difference > 0 ? '+' : '-'}${change}${unit}`;
}
