import { type CaseLine, caseListReads } from '../../../db/repositories/case-list.ts';
import { type Ctx, personOf, type Staff } from '../../ctx.ts';
import { beginningOfName, beginsWith } from '../../domain/name.ts';
import { unitsOf } from '../../domain/permission.ts';
import { maySeeCase } from './dossier.ts';
import { ownCases } from './own-cases.ts';
import { nameOf } from './secret.ts';

/**
 * Cases whose applicant's name begins so: a surname, or what a card shows (`孙*`). Names are sealed one by one, so they are opened:
 * only those of the asker's own unit and of whom the asker stands in for, of cases that run or were registered lately. Newest first; `all`: there are no more cases to look at.
 */
export async function findByBeginning(
  ctx: Ctx,
  wanted: { staff: Staff; text: string },
): Promise<{ found: CaseLine[]; all: boolean }> {
  const beginning = beginningOfName(wanted.text);
  const person = personOf(wanted.staff);
  const found: CaseLine[] = [];
  const ids = new Set<number>();
  let all = true;
  for (const unitId of beginning === undefined ? [] : unitsOf(person)) {
    const own = await ownCases(ctx, unitId);
    for (const id of own.ids) ids.add(id);
    all &&= own.all;
  }
  for (const line of await caseListReads.lines(ctx.tx, [...ids])) {
    const name = nameOf(ctx, line);
    if (name === undefined || beginning === undefined || !beginsWith(name, beginning)) continue;
    if (await maySeeCase(ctx, { whose: line, person })) found.push(line);
  }
  found.sort((a, b) => b.id - a.id);
  return { found, all };
}
