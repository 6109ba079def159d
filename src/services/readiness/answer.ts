import {
  type AnswerRow,
  type CheckListRow,
  readinessReads,
  readinessWrites,
} from '../../../db/repositories/readiness.ts';
import { lineOf, type UnitRow, unitReads } from '../../../db/repositories/unit.ts';
import { type Ctx, personOf, requireStaff, type Staff, today } from '../../ctx.ts';
import { may, onBehalfOf } from '../../domain/rights.ts';
import { Refused } from '../../refusals.ts';
import { chainOfUnit } from '../agent/approvers.ts';
import { type RecordOpener, recordOpener } from '../data-key/record-keys.ts';
import { hideResidents } from '../hide-residents.ts';
import { appendLedger } from '../ledger/append.ts';
import { type Place, placesOf } from './standing.ts';

/** A center or station as somebody asks for it who may say what is there. */
export interface OwnPlace extends Place {
  readonly staff: Staff;
  readonly list: CheckListRow;
  /** The unit, then its parents. */
  readonly line: readonly UnitRow[];
}

/**
 * The center or station for those who may look at it and say what is there: its own staff, and the managers above it. Refuses
 * `readiness_no_place`, `readiness_not_yours` and `readiness_no_list`.
 */
export async function requirePlace(ctx: Ctx, unitId: number): Promise<OwnPlace> {
  const staff = requireStaff(ctx);
  const units = await unitReads.all(ctx.tx);
  const line = lineOf(unitId, units);
  const [unit] = line;
  const { list, places } = await placesOf(ctx, { unitId, day: today(ctx), units });
  const place = places.find((one) => one.unit.id === unitId);
  if (!unit || !place) throw new Refused('readiness_no_place');
  if (!may('seeReadiness', personOf(staff), { unitLine: line.map(({ id }) => id) })) {
    throw new Refused('readiness_not_yours', { unit: unit.name, center: unit.center, own: staff.unit.name });
  }
  if (!list) throw new Refused('readiness_no_list');
  return { ...place, staff, list, line };
}

/** What is said of one check, by its place in the list. */
export interface Said {
  readonly index: number;
  readonly present: boolean;
  /** '' for none. */
  readonly note: string;
}

export type Answered =
  | { readonly kind: 'saved'; readonly changed: number }
  /** Nothing was done: somebody has said something else since the form was drawn, or another list counts. */
  | { readonly kind: 'newer'; readonly own: OwnPlace };

/** How often something was said of these checks: a form carries it, so that nobody overwrites what they have not seen. */
export function seenOf({ list, found }: Pick<OwnPlace, 'list' | 'found'>, indexes: readonly number[]): number {
  return indexes.reduce((sum, index) => sum + (found.get(list.checks[index]?.name ?? '')?.number ?? 0), 0);
}

/**
 * Says of some checks whether they are there. What is so already is not written again; the same press twice counts once. Refuses as
 * `requirePlace`. @param input.seen see `seenOf`.
 */
export async function answerChecks(
  ctx: Ctx,
  input: { unitId: number; listId: number; seen: number; said: readonly Said[] },
): Promise<Answered> {
  const own = await requirePlace(ctx, input.unitId);
  const indexes = input.said.map(({ index }) => index);
  if (own.list.id !== input.listId || indexes.some((index) => own.list.checks[index] === undefined)) {
    return { kind: 'newer', own };
  }
  const opener = await recordOpener(ctx);
  const said: Said[] = [];
  for (const one of input.said) {
    const note = await hideResidents(ctx, { text: one.note, unitId: own.unit.id });
    said.push({ ...one, note: note.text });
  }
  const changes = said.filter((one) => differs(opener, { own, said: one }));
  if (changes.length === 0) return { kind: 'saved', changed: 0 };
  if (seenOf(own, indexes) !== input.seen) return { kind: 'newer', own };
  for (const one of changes) {
    if (!(await write(ctx, { own, said: one }))) return { kind: 'newer', own: await requirePlace(ctx, input.unitId) };
  }
  return { kind: 'saved', changed: changes.length };
}

function differs(opener: RecordOpener, { own, said }: { own: OwnPlace; said: Said }): boolean {
  const last = own.found.get(own.list.checks[said.index]?.name ?? '');
  if (last?.present !== said.present) return true;
  return said.note !== '' && said.note !== openAnswer(opener, last);
}

async function write(ctx: Ctx, { own, said }: { own: OwnPlace; said: Said }): Promise<AnswerRow | undefined> {
  const { unit, list, found, staff, line } = own;
  const check = list.checks[said.index]?.name ?? '';
  const place = { unitId: unit.id, check, number: (found.get(check)?.number ?? 0) + 1 };
  const { present, note } = said;
  const noteSealed = note === '' ? null : ctx.vault.records.seal(contextOf(place), note);
  const written = { ...place, present, noteSealed, day: today(ctx), at: ctx.now, by: staff.agent.id };
  const row = await readinessWrites.addAnswer(ctx.tx, written);
  if (!row) return undefined;
  const standsInFor = onBehalfOf('seeReadiness', personOf(staff), { unitLine: line.map(({ id }) => id) });
  await appendLedger(ctx, {
    townId: await chainOfUnit(ctx, unit.id),
    caseId: null,
    kind: 'answerCheck',
    payload: { ...place, present, day: row.day, answerId: row.id, standsInFor },
    ...(noteSealed === null ? {} : { sealed: noteSealed }),
  });
  return row;
}

/** The note; '' where there is none. @throws when it was sealed for another row. By the record key: its entry holds the same. */
export function openAnswer(
  opener: RecordOpener,
  answer: Pick<AnswerRow, 'unitId' | 'check' | 'number' | 'noteSealed'>,
): string {
  return answer.noteSealed === null ? '' : opener(contextOf(answer), answer.noteSealed);
}

function contextOf({ unitId, check, number }: Pick<AnswerRow, 'unitId' | 'check' | 'number'>): string {
  return `readiness_answers.note:${unitId}:${number}:${check}`;
}

/** What was found of a check before, the newest first. */
export function historyOfCheck(
  ctx: Pick<Ctx, 'tx'>,
  of: { unitId: number; check: string; limit: number },
): Promise<AnswerRow[]> {
  return readinessReads.history(ctx.tx, of);
}
