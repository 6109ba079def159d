/**
 * Information work (政务信息工作): units send in pieces, the banner's office notes where one was used, and each use is worth points.
 * Source: the banner's 通报 of 2022 on the first half of the year, whose table lists what was used and the sum of each unit.
 */
import { isDay } from './calendar.ts';

/** What is sent in: 信息, 调研, 约稿. */
export const pieceKinds = ['news', 'research', 'commissioned'] as const;
export type PieceKind = (typeof pieceKinds)[number];

/**
 * Where a piece was used, in the order of the table's columns: 旗采信息 (综, 短), 旗采调研, 市采信息, 区采信息; and what adds points
 * besides: 约稿, 指标.
 */
export const adoptionKinds = ['comprehensive', 'brief', 'research', 'city', 'region', 'commissioned', 'quota'] as const;
export type AdoptionKind = (typeof adoptionKinds)[number];

export type AdoptionPoints = Readonly<Record<AdoptionKind, number>>;

/**
 * What one use is worth while nobody has set another value. 综 10 and 短 5 reproduce the published sums; of the rest the table prints
 * points alone, in tens, 约稿 in twenties.
 */
export const firstPoints: AdoptionPoints = {
  comprehensive: 10,
  brief: 5,
  research: 10,
  city: 10,
  region: 10,
  commissioned: 20,
  quota: 10,
};

export const POINTS_MAX = 1000;
export const TIMES_MAX = 100;

/** 10, １０, 10分; undefined for what is no whole number from 0 to `POINTS_MAX`. */
export function parsePoints(typed: string): number | undefined {
  const digits = /^(\d{1,4})分?$/.exec(typed.normalize('NFKC').trim())?.[1];
  const points = Number(digits);
  return digits === undefined || points > POINTS_MAX ? undefined : points;
}

/** 2, ２次; undefined for what is no whole number from 1 to `TIMES_MAX`. */
export function parseTimes(typed: string): number | undefined {
  const digits = /^(\d{1,3})次?$/.exec(typed.normalize('NFKC').trim())?.[1];
  const times = Number(digits);
  return digits === undefined || times < 1 || times > TIMES_MAX ? undefined : times;
}

/** A half-year as it is kept: 2026H1. */
export type Half = string;

export function isHalf(text: string): boolean {
  return /^20\d{2}H[12]$/.test(text);
}

/** @param day YYYY-MM-DD */
export function halfOf(day: string): Half {
  return `${day.slice(0, 4)}H${Number(day.slice(5, 7)) <= 6 ? 1 : 2}`;
}

/** Its first and last day, and 2026年上半年. */
export function halfPeriod(half: Half): { readonly from: string; readonly to: string; readonly label: string } {
  const year = half.slice(0, 4);
  return half.endsWith('1')
    ? { from: `${year}-01-01`, to: `${year}-06-30`, label: `${year}年上半年` }
    : { from: `${year}-07-01`, to: `${year}-12-31`, label: `${year}年下半年` };
}

/**
 * 2026上半年, 2026年下半年, 2026H1, 2026h2, 上半年, 去年下半年; without a year the last that has begun. '' is the running one. undefined
 * where it is no half-year.
 */
export function parseHalf(typed: string, today: string): Half | undefined {
  const text = typed.normalize('NFKC').replace(/\s+/g, '').toUpperCase();
  if (text === '' || text === '本期' || text === '本半年') return halfOf(today);
  const found = /^(20\d{2}|今年|本年|去年|上年)?年?(?:([上下])半年|H([12]))$/.exec(text);
  if (!found) return undefined;
  const [, year, word, digit] = found;
  const number = digit ?? (word === '上' ? '1' : '2');
  const thisYear = Number(today.slice(0, 4));
  if (year !== undefined && /^\d/.test(year)) return `${year}H${number}`;
  if (year === '去年' || year === '上年') return `${thisYear - 1}H${number}`;
  const half = `${thisYear}H${number}`;
  return year === undefined && halfPeriod(half).from > today ? `${thisYear - 1}H${number}` : half;
}

/**
 * What a day means that somebody filled in; undefined for what is none. 2026-11-23, 2026年11月23日, 11月23日, 11.23. Without a year it
 * is the nearest such day up to today, or from today on: 12月25日 typed in January is last year's.
 */
export function parsePieceDay(
  typed: string,
  { today, lies }: { today: string; lies: 'past' | 'ahead' },
): string | undefined {
  const text = typed.normalize('NFKC').replace(/\s+/g, '');
  if (text === '' || text === '今天') return today;
  const found = /^(?:(20\d{2})[-/.年])?(\d{1,2})[-/.月](\d{1,2})日?$/.exec(text);
  if (!found) return undefined;
  const [, year, month = '', date = ''] = found;
  const inYear = (one: string | number) => [one, month.padStart(2, '0'), date.padStart(2, '0')].join('-');
  if (year !== undefined) return isDay(inYear(year)) ? inYear(year) : undefined;
  const thisYear = Number(today.slice(0, 4));
  const days = [thisYear, lies === 'past' ? thisYear - 1 : thisYear + 1].map(inYear).filter(isDay);
  return days.find((day) => (lies === 'past' ? day <= today : day >= today));
}

/** By it two titles are one: neither blanks, punctuation nor width make a difference. */
export function titleKey(title: string): string {
  return title
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\s\p{P}]/gu, '');
}

/** Points as they were set: from that day on. */
export interface PointsSetting {
  readonly kind: AdoptionKind;
  /** YYYY-MM-DD */
  readonly fromDay: string;
  readonly points: number;
}

/** What one use of each kind is worth on a day. */
export function pointsOn(settings: readonly PointsSetting[], day: string): AdoptionPoints {
  const valid = settings.filter(({ fromDay }) => fromDay <= day).sort((a, b) => (a.fromDay < b.fromDay ? -1 : 1));
  return { ...firstPoints, ...Object.fromEntries(valid.map(({ kind, points }) => [kind, points])) };
}

/** One use, or several at once. */
export interface Adoption {
  readonly unitId: number;
  readonly kind: AdoptionKind;
  readonly times: number;
  /** YYYY-MM-DD: by it its points are told. */
  readonly day: string;
}

/** Of one unit and half-year. */
export interface UnitScore {
  readonly unitId: number;
  /** Pieces sent in. */
  readonly submitted: number;
  /** How often, and how many points that was. */
  readonly times: AdoptionPoints;
  readonly points: AdoptionPoints;
  readonly score: number;
}

/** In the order of the units given; what names no such unit is left out. */
export function scoreUnits(
  unitIds: readonly number[],
  of: {
    readonly pieces: readonly { readonly unitId: number }[];
    readonly adoptions: readonly Adoption[];
    readonly settings: readonly PointsSetting[];
  },
): UnitScore[] {
  return unitIds.map((unitId) => {
    const own = of.adoptions.filter((one) => one.unitId === unitId);
    const sum = (kind: AdoptionKind, worth: (one: Adoption) => number) =>
      own.filter((one) => one.kind === kind).reduce((total, one) => total + worth(one), 0);
    const byKind = (worth: (one: Adoption) => number) =>
      Object.fromEntries(adoptionKinds.map((kind) => [kind, sum(kind, worth)])) as AdoptionPoints;
    const points = byKind(({ kind, times, day }) => times * pointsOn(of.settings, day)[kind]);
    return {
      unitId,
      submitted: of.pieces.filter((piece) => piece.unitId === unitId).length,
      times: byKind(({ times }) => times),
      points,
      score: adoptionKinds.reduce((total, kind) => total + points[kind], 0),
    };
  });
}

/** Highest score first; ties share a place, and the place after them counts all of them (1, 2, 2, 4). Of one score the more pieces stand first. */
export function rankScores<Row extends { readonly score: number; readonly submitted: number }>(
  rows: readonly Row[],
): (Row & { readonly place: number })[] {
  const sorted = [...rows].sort((a, b) => b.score - a.score || b.submitted - a.submitted);
  return sorted.map((row) => ({ ...row, place: 1 + rows.filter(({ score }) => score > row.score).length }));
}

/** What a line of a ranking tells. */
export interface RankingScore {
  readonly unitId: number;
  readonly name: string;
  readonly submitted: number;
  readonly score: number;
  readonly place: number;
}

/** A unit whose line is another than before; undefined where it had or has none. */
export interface RankingDifference {
  readonly name: string;
  readonly before: RankingScore | undefined;
  readonly after: RankingScore | undefined;
}

/** In the order of `after`, then those that are gone. */
export function rankingDifferences(
  before: readonly RankingScore[],
  after: readonly RankingScore[],
): RankingDifference[] {
  const was = new Map(before.map((line) => [line.unitId, line]));
  const is = new Set(after.map(({ unitId }) => unitId));
  const told = ['score', 'place', 'submitted'] as const;
  const changed = after.flatMap((line) => {
    const earlier = was.get(line.unitId);
    return earlier && told.every((name) => earlier[name] === line[name])
      ? []
      : [{ name: line.name, before: earlier, after: line }];
  });
  const gone = before.filter(({ unitId }) => !is.has(unitId));
  return [...changed, ...gone.map((line) => ({ name: line.name, before: line, after: undefined }))];
}

/** A line of the published table: how many 综 and 短, and points as they are printed. */
export interface PublishedLine {
  readonly unit: string;
  readonly comprehensive: number;
  readonly brief: number;
  /** Printed in the columns 旗采调研, 市采信息 and 区采信息. */
  readonly otherAdopted: number;
  /** Printed as 加（减）分: 约稿, 指标. */
  readonly adjustments: readonly { readonly points: number }[];
  readonly publishedScore: number;
}

/** The sum of a line's parts, and what the printed sum differs from it by; 0 where they agree. */
export function recompute(line: PublishedLine): { readonly score: number; readonly difference: number } {
  const { comprehensive, brief } = firstPoints;
  const adjustments = line.adjustments.reduce((sum, { points }) => sum + points, 0);
  const score = line.comprehensive * comprehensive + line.brief * brief + line.otherAdopted + adjustments;
  return { score, difference: line.publishedScore - score };
}
