/** What the cards of 七有 show. */
import { dayWithYear } from '../../../cards/kit.ts';
import type { CheckView, PlaceView, ReadinessRow, ReadinessView } from '../../../cards/readiness.ts';
import { type AgentRow, agentReads } from '../../../db/repositories/agent.ts';
import type { AnswerRow } from '../../../db/repositories/readiness.ts';
import { type UnitRow, unitReads } from '../../../db/repositories/unit.ts';
import { type Ctx, personOf, type Reading, today } from '../../ctx.ts';
import { isReady } from '../../domain/readiness.ts';
import { may } from '../../domain/rights.ts';
import { Refused } from '../../refusals.ts';
import { type RecordOpener, recordOpener } from '../data-key/record-keys.ts';
import { photosOf } from '../evidence/place.ts';
import { requireManagerOf } from '../unit/require-manager.ts';
import { historyOfCheck, type OwnPlace, openAnswer, seenOf } from './answer.ts';
import { type Place, placesOf } from './standing.ts';

const ROWS_PAGE = 16;
const HISTORY_MAX = 4;
const MISSING_NAMED = 4;

/**
 * All centers and stations of a unit: of a banner by town, of a town each. Refuses whoever does not manage it, and `readiness_no_place`,
 * `readiness_no_list`.
 */
export async function viewReadiness(
  ctx: Ctx,
  asked: { unitId: number; page?: number | undefined },
): Promise<{ readonly unit: UnitRow; readonly view: ReadinessView }> {
  await requireManagerOf(ctx, asked.unitId);
  const units = await unitReads.all(ctx.tx);
  const unit = units.find(({ id }) => id === asked.unitId);
  const { list, places } = await placesOf(ctx, { unitId: asked.unitId, day: today(ctx), units });
  if (!unit || places.length === 0) throw new Refused('readiness_no_place');
  if (!list) throw new Refused('readiness_no_list');
  const single = unit.level === 'town' || unit.level === 'village';
  const rows = single ? places.map(placeRow) : townRows(places);
  const pages = Math.max(1, Math.ceil(rows.length / ROWS_PAGE));
  const page = Math.min(asked.page ?? 0, pages - 1);
  const lacking = list.checks.map(({ name }) => ({
    name,
    places: places.filter(({ readiness }) => readiness.missing.includes(name)).length,
  }));
  const view = {
    unitId: unit.id,
    unit: unit.name,
    day: today(ctx),
    list: list.name,
    centers: shareOf(places.filter((one) => one.unit.level === 'town')),
    stations: shareOf(places.filter((one) => one.unit.level === 'village')),
    gaps: lacking.filter((gap) => gap.places > 0).sort((a, b) => b.places - a.places),
    rows: rows.slice(page * ROWS_PAGE, (page + 1) * ROWS_PAGE),
    page,
    pages,
  };
  return { unit, view };
}

function shareOf(places: readonly Place[]) {
  return { ready: places.filter(({ readiness }) => isReady(readiness)).length, total: places.length };
}

function placeRow({ unit, readiness }: Place): ReadinessRow {
  const { present, total, missing } = readiness;
  const named = missing.slice(0, MISSING_NAMED).join('、');
  const more = missing.length > MISSING_NAMED ? '等' : '';
  return {
    unitId: unit.id,
    name: unit.center,
    line: `有${present}项，共${total}项${missing.length === 0 ? '' : `，缺：${named}${more}`}`,
    ready: isReady(readiness),
    opens: 'place',
  };
}

function townRows(places: readonly Place[]): ReadinessRow[] {
  const towns = places.filter(({ unit }) => unit.level === 'town');
  return towns.map((town) => {
    const stations = places.filter(({ unit }) => unit.parentId === town.unit.id);
    const { ready, total } = shareOf(stations);
    const gaps = [town, ...stations].reduce((sum, { readiness }) => sum + readiness.missing.length, 0);
    const center = `中心有${town.readiness.present}项，共${town.readiness.total}项`;
    const others = total === 0 ? '' : `；站${ready}个齐全，共${total}个`;
    return {
      unitId: town.unit.id,
      name: town.unit.name,
      line: `${center}${others}${gaps === 0 ? '' : `；一共还缺${gaps}项`}`,
      ready: gaps === 0,
      opens: 'unit',
    };
  });
}

/** One center or station with the list to be ticked. `filled`: what was ticked and not saved, by the check's place. */
export async function viewPlace(
  ctx: Ctx,
  { own, filled, said }: { own: OwnPlace; filled?: readonly boolean[]; said?: PlaceView['said'] },
): Promise<PlaceView> {
  const { unit, list, found, staff, line } = own;
  const people = await peopleOf(ctx, [...found.values()]);
  const opener = await recordOpener(ctx);
  const above = unit.level === 'town' ? unit : line[1];
  const manages = may('seeFigures', personOf(staff), { unitLine: line.map(({ id }) => id) });
  return {
    unitId: unit.id,
    center: unit.center,
    day: today(ctx),
    list: list.name,
    listId: list.id,
    seen: seenOf(
      own,
      list.checks.map((_, index) => index),
    ),
    checks: list.checks.map(({ name, hint }, index) => {
      const answer = found.get(name);
      const ticked = filled?.[index] ?? answer?.present === true;
      return { name, hint, ticked, found: answer ? foundLine(ctx, answer, { people, opener }) : null };
    }),
    aboveId: manages && above?.level === 'town' && staff.unit.id !== unit.id ? above.id : manages ? unit.id : null,
    ...(said === undefined ? {} : { said }),
  };
}

/** One check. `filled`: what was filled in and not saved, because somebody else came before. */
export async function viewCheck(
  ctx: Ctx,
  { own, index, filled }: { own: OwnPlace; index: number; filled?: CheckView['filled'] },
): Promise<CheckView> {
  const { unit, list } = own;
  const check = list.checks[index];
  if (!check) throw new Refused('readiness_changed');
  const history = await historyOfCheck(ctx, { unitId: unit.id, check: check.name, limit: HISTORY_MAX });
  const people = await peopleOf(ctx, history);
  const [last] = history;
  const opener = await recordOpener(ctx);
  return {
    ...check,
    unitId: unit.id,
    center: unit.center,
    listId: list.id,
    index,
    seen: seenOf(own, [index]),
    photos: await photosOf(ctx, { unitId: unit.id, kind: 'check', ref: check.name }),
    filled: filled ?? { present: last?.present ?? null, note: last ? openAnswer(opener, last) : '' },
    found: history.map((answer) => foundLine(ctx, answer, { people, opener })),
    newer: filled !== undefined,
  };
}

function peopleOf({ tx }: Reading, answers: readonly AnswerRow[]): Promise<AgentRow[]> {
  return agentReads.byIds(tx, [...new Set(answers.map(({ by }) => by))]);
}

function foundLine(
  ctx: Reading,
  answer: AnswerRow,
  { people, opener }: { people: readonly AgentRow[]; opener: RecordOpener },
) {
  return {
    present: answer.present,
    by: people.find(({ id }) => id === answer.by)?.name ?? '',
    when: dayWithYear(answer.at, ctx.zone),
    note: openAnswer(opener, answer),
  };
}
