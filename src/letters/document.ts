/**
 * What a Word file says, in the parts of a Chinese official document (GB/T 9704-2012); how it looks is laid out in `docx/`. Texts may hold
 * anything: what a file cannot hold is left out, a line break begins a new paragraph.
 */

export interface Letter {
  /** The red head above the first rule; null for a working paper. */
  readonly letterhead: Letterhead | null;
  /** 标题; it may say where its lines end. */
  readonly title: string;
  /** 主送机关, without the colon; null when it goes to nobody in particular. */
  readonly addressees: string | null;
  readonly body: readonly Block[];
  /** 附件, each on a page of its own; the list of them below the body follows. */
  readonly annexes: readonly Annex[];
  /** 发文机关署名 and 成文日期. */
  readonly signature: Signature | null;
  /** What made the file, in small type below everything else. */
  readonly note: string | null;
  /** `large` for older readers: 二号 instead of 三号, and everything else along with it. */
  readonly type: 'standard' | 'large';
}

export interface Letterhead {
  /** One line each: several offices, or the name of one in another script. */
  readonly offices: readonly string[];
  /** 发文字号, given by the office; null without. */
  readonly number: string | null;
}

export interface Signature {
  readonly office: string;
  /** yyyy-MM-dd */
  readonly day: string;
}

export interface Annex {
  readonly title: string;
  readonly body: readonly Block[];
  /** For tables that are too wide for an upright page. */
  readonly landscape?: boolean;
}

export type Block = Heading | Paragraph | Table | Form;

/** Numbered by its level: 一、（一） and 1. */
export interface Heading {
  readonly kind: 'heading';
  readonly level: 1 | 2 | 3;
  readonly text: string;
}

export interface Paragraph {
  readonly kind: 'paragraph';
  readonly text: string;
}

/** Its header stands on each page anew. */
export interface Table {
  readonly kind: 'table';
  /** Above it, centred. */
  readonly caption?: string;
  readonly columns: readonly {
    readonly header: string;
    /** Relative to the others. */
    readonly width: number;
    /** Centred unless said otherwise. */
    readonly align?: 'left';
  }[];
  readonly rows: readonly (readonly string[])[];
}

/** Labels with what is filled in beside them, one pair a row. */
export interface Form {
  readonly kind: 'form';
  readonly pairs: readonly { readonly label: string; readonly value: string }[];
}

export function heading(level: Heading['level'], text: string): Heading {
  return { kind: 'heading', level, text };
}

export function paragraph(text: string): Paragraph {
  return { kind: 'paragraph', text };
}

/** The number in front of each heading, in order; nothing for the other blocks. */
export function headingNumbers(blocks: readonly Block[]): string[] {
  const counts = [0, 0, 0];
  return blocks.map((block) => {
    if (block.kind !== 'heading') return '';
    const { level } = block;
    counts[level - 1] = (counts[level - 1] ?? 0) + 1;
    counts.fill(0, level);
    const count = counts[level - 1] ?? 0;
    return level === 1 ? `${chineseNumber(count)}、` : level === 2 ? `（${chineseNumber(count)}）` : `${count}.`;
  });
}

const digits = ['', '一', '二', '三', '四', '五', '六', '七', '八', '九'] as const;

/** 1 to 99. */
function chineseNumber(count: number): string {
  const tens = Math.floor(count / 10);
  const ones = digits[count % 10] ?? '';
  return tens === 0 ? ones : `${tens === 1 ? '' : (digits[tens] ?? '')}十${ones}`;
}

/** Somebody's words at the end of a sentence, which they may have ended themselves. */
export function ended(words: string): string {
  return `${words.replace(/[。.；;]$/u, '')}。`;
}

/** 96.7%（30件） in a narrow cell: the denominator below, so that neither is torn. */
export function denominatorBelow(rate: string): string {
  return rate.replace('（', '\n（');
}

/** 2026-09-30 as 2026年9月30日, the way a document is dated. */
export function writtenDay(day: string): string {
  const [year, month, date] = day.split('-').map(Number);
  return `${year}年${month}月${date}日`;
}
