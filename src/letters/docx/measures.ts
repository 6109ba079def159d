/** GB/T 9704-2012 in Word's units: lengths in twips (a twentieth of a point), letters in half points. */

const TWIPS_PER_MM = 1440 / 25.4;

export function twipsOf(mm: number): number {
  return Math.round(mm * TWIPS_PER_MM);
}

/** A4; the margins of 天头 and 订口 are the standard's, the others follow from its 版心 of 156 by 225 mm. */
export const page = { width: 210, height: 297, top: 37, bottom: 35, left: 28, right: 26 } as const;

/** The page's number stands 7 mm below the text; this is its distance from the paper's edge. */
export const PAGE_NUMBER_MM = 24;

export interface Measures {
  /** 三号 */
  readonly text: number;
  /** 二号 */
  readonly title: number;
  /** 四号, of the page's number. */
  readonly pageNumber: number;
  /** 小四, of tables. */
  readonly table: number;
  /** 小五, of the note. */
  readonly note: number;
  readonly line: number;
  readonly titleLine: number;
}

export const measures: Readonly<Record<'standard' | 'large', Measures>> = {
  standard: { text: 32, title: 44, pageNumber: 28, table: 24, note: 18, line: 28 * 20, titleLine: 36 * 20 },
  large: { text: 44, title: 52, pageNumber: 32, table: 36, note: 28, line: 38 * 20, titleLine: 44 * 20 },
};

/** Of what one person holds in the hand (委托书、受理单…): narrower margins, so that it is one page. */
export const slipPage = { width: 210, height: 297, top: 18, bottom: 18, left: 24, right: 24 } as const;

/** 四号 with 小四 in tables; for older readers nothing but the note is smaller than 小二. */
export const slipMeasures: Readonly<Record<'standard' | 'large', Measures>> = {
  standard: { text: 28, title: 44, pageNumber: 18, table: 24, note: 18, line: 23 * 20, titleLine: 36 * 20 },
  large: { text: 36, title: 52, pageNumber: 24, table: 36, note: 24, line: 29 * 20, titleLine: 44 * 20 },
};

/** What each part is set in. Every Chinese Windows has all of them but the first, which offices install. */
export const fonts = {
  title: '方正小标宋简体',
  text: '仿宋',
  heading: '黑体',
  subheading: '楷体',
  number: '宋体',
  /** Of the traditional Mongolian script; Windows has it. */
  mongolian: 'Mongolian Baiti',
  /** Of Cyrillic and Latin letters. */
  letters: 'Times New Roman',
} as const;

export const RED = 'FF0000';

/** How wide a text is, in full-width characters. */
export function widthOf(text: string): number {
  let width = 0;
  for (const sign of text) width += /[\u2E80-\u9FFF\uF900-\uFAFF\uFF00-\uFF60\u3000-\u303F]/u.test(sign) ? 1 : 0.5;
  return width;
}
