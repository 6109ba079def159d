/** The week's figures for the group that oversees them, with what stays overdue and the ends of the ledger's chains. */
import { local } from '../src/domain/level-names.ts';
import type { Card, CardElement } from './card.ts';
import { type DigestPart, drawPart } from './digest.ts';
import { card, cut, type Fact, facts, hr, notation, panel, paragraph } from './kit.ts';
import { CARD_BYTES_MAX, sentBytes } from './size.ts';

const UNITS_MAX = 20;
/** A banner has some fifteen towns, and each has a chain. */
const CHAINS_MAX = 24;
const CHAIN_MAX = 64;
/** Elements of a card are two hundred, and a line of a case has eight. */
const CASES_MAX = 10;
const FRAME_BYTES = 3_000;

export interface WeeklyView {
  /** 鄂温克族自治旗：11月23日至27日. */
  readonly title: string;
  /** The whole unit's figures, formatted. */
  readonly figures: readonly { readonly label: string; readonly value: string }[];
  /** One line for each unit below: 登记3件，办结2件，按时办结率100.0%（2件），超期在办1件. */
  readonly units: readonly { readonly name: string; readonly line: string }[];
  /** The longest overdue; null where nothing is. */
  readonly overdue: DigestPart | null;
  /** Good ratings that wait for a second call (抽查回访). */
  readonly checks: number;
  /** Of the plan's tasks and checks. */
  readonly plan: readonly string[];
  readonly fingerprint: {
    readonly chains: number;
    readonly entries: number;
    /** As people copy them for `ledger verify --witness`. */
    readonly lines: readonly string[];
  };
}

/** The chains' ends are one folded line, so that the figures are what people read. */
export function weeklyCard(view: WeeklyView): Card {
  const { fingerprint, overdue } = view;
  const own: CardElement[] = [
    ...facts(view.figures.map(({ label, value }): Fact => ({ label, value }))),
    ...(view.units.length === 0 ? [] : [hr()]),
    ...view.units.slice(0, UNITS_MAX).map(({ name, line }) => paragraph(`${name}　${line}`, { max: 90 })),
    ...(view.units.length > UNITS_MAX ? [notation(`还有${view.units.length - UNITS_MAX}个单位没有列出`)] : []),
  ];
  const plan = view.plan.length === 0 ? [] : [hr(), ...view.plan.map((line) => paragraph(line, { max: 90 }))];
  const chains = fingerprint.lines.slice(0, CHAINS_MAX).map((line) => cut(line, CHAIN_MAX));
  const witness = panel(`台账指纹（${fingerprint.chains}条链，共${fingerprint.entries}条）`, [
    notation(chains.join('\n'), CHAINS_MAX * CHAIN_MAX),
  ]);
  const bytes = CARD_BYTES_MAX - FRAME_BYTES - sentBytes([own, plan, witness]);
  const late = overdue === null ? [] : [hr(), ...drawPart(overdue, { lines: CASES_MAX, bytes }).elements];
  return card({
    title: view.title,
    color: overdue === null ? 'blue' : 'orange',
    summary: view.title,
    elements: [...own, ...plan, ...late, ...checksLine(view), hr(), witness],
  });
}

function checksLine({ checks }: WeeklyView): CardElement[] {
  return checks === 0 ? [] : [hr(), paragraph(local`抽查回访：${checks}件待回访，请旗县管理员私聊发 /待办`)];
}
