import type { CaseListRow, CaseListView } from '../../../cards/case-list.ts';
import { type CaseLine, caseListReads } from '../../../db/repositories/case-list.ts';
import { ledgerReads } from '../../../db/repositories/ledger.ts';
import { personOf, type Reading, type Staff } from '../../ctx.ts';
import { localDay } from '../../domain/calendar.ts';
import { broughtHomeStates, heldStates } from '../../domain/case.ts';
import { rectifyBy } from '../../domain/digest.ts';
import { unitsOf } from '../../domain/permission.ts';
import { standingEntries } from '../ledger/standing.ts';
import type { AskedList } from '../message/content.ts';
import { localDays } from '../setting/calendar.ts';
import { settingOf } from '../settings.ts';
import { maySeeCase } from './dossier.ts';
import { caseListRow } from './list-row.ts';
import { nameOf, tailOf } from './secret.ts';

/** Steps that pass a case on to whoever holds it now. */
const handedOver = new Set(['register', 'forward', 'escalate']);

interface Asked {
  readonly staff: Staff;
  /** Nobody else reads it: names stand in full where the asker's unit deals with the case. */
  readonly privately: boolean;
}

/** A list as it is when it is drawn: of what the asker may see by then. */
export async function viewAskedList(ctx: Reading, asked: Asked & { list: AskedList }): Promise<CaseListView> {
  const { title, empty, hint, total, ids, elsewhere, unrectified, checks } = asked.list;
  const others = elsewhere && {
    total: elsewhere.total,
    rows: await rowsOf(ctx, elsewhere.ids, asked),
    standsInFor: absentOf(asked.staff),
  };
  return {
    ...{ title, empty, hint, total },
    ...(others ? { elsewhere: others } : {}),
    ...(unrectified
      ? { unrectified: { total: unrectified.total, rows: await rowsOf(ctx, unrectified.ids, asked) } }
      : {}),
    ...(checks === undefined ? {} : { checks }),
    rows: await rowsOf(ctx, ids, asked),
    now: ctx.now,
    zone: ctx.zone,
  };
}

async function rowsOf(ctx: Reading, ids: readonly number[], { staff, privately }: Asked): Promise<CaseListRow[]> {
  if (ids.length === 0) return [];
  const person = personOf(staff);
  const unitIds = unitsOf(person);
  const absent = privately ? absentOf(staff) : [];
  const since = await heldSince(ctx, ids);
  const rectificationDays = await settingOf(ctx, 'rectificationDays');
  const { calendar } = await localDays(ctx);
  const rows: CaseListRow[] = [];
  const lines: CaseLine[] = [];
  for (const line of await caseListReads.lines(ctx.tx, ids)) {
    if (!(await maySeeCase(ctx, { whose: line, person }))) continue;
    const row = caseListRow({ ...ctx, calendar }, { line, justAsked: privately, asker: staff });
    const holds = unitIds.includes(line.holderUnitId);
    const registered = unitIds.includes(line.registeringUnitId);
    const own = (holds && heldStates.includes(line.state)) || (registered && broughtHomeStates.includes(line.state));
    const name = privately && (holds || registered) ? nameOf(ctx, line) : undefined;
    const turn = own ? ('own' as const) : { since: since.get(line.id) ?? null };
    const rectifyDay = line.state === 'followedUp' ? line.followedUpAt : null;
    const rectify =
      rectifyDay === null ? null : rectifyBy(localDay(rectifyDay, ctx.zone), { calendar, rectificationDays });
    const visitor = row.visitor !== null && absent.includes(row.visitor) ? `代${row.visitor}` : row.visitor;
    rows.push({ ...row, applicant: name ?? row.applicant, turn, rectifyBy: rectify, visitor });
    lines.push(line);
  }
  return privately ? withTails(ctx, { rows, lines }) : rows;
}

/** The colleagues on leave whom somebody stands in for, by name. */
function absentOf({ standsInFor = [] }: Staff): string[] {
  return standsInFor.map(({ agent }) => agent.name);
}

/** Namesakes, by their names in full, are told apart by their telephones. @param of.lines of the rows, in their order. */
function withTails(ctx: Reading, of: { rows: readonly CaseListRow[]; lines: readonly CaseLine[] }): CaseListRow[] {
  const { rows, lines } = of;
  const names = lines.map((line) => nameOf(ctx, line));
  const isNamesake = (name: string | undefined) =>
    name !== undefined && names.indexOf(name) !== names.lastIndexOf(name);
  const tails = lines.map((line, index) => (isNamesake(names[index]) ? tailOf(ctx, line) : undefined));
  const differs = (name: string | undefined) => new Set(tails.filter((_, index) => names[index] === name)).size > 1;
  return rows.map((row, index) => ({ ...row, tail: (differs(names[index]) ? tails[index] : undefined) ?? null }));
}

/** When each case came to who holds it. */
async function heldSince(ctx: Reading, ids: readonly number[]): Promise<Map<number, number>> {
  const entries = await ledgerReads.ofCases(ctx.tx, ids);
  const standing = ids.flatMap((id) => standingEntries(entries.filter(({ caseId }) => caseId === id)));
  return new Map(
    standing.flatMap(({ caseId, kind, at }) =>
      caseId !== null && handedOver.has(kind) ? [[caseId, at] as const] : [],
    ),
  );
}
