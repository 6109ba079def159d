import type { CaseLink } from '../../../cards/case-steps.ts';
import { type CaseRow, caseReads } from '../../../db/repositories/case.ts';
import type { Reading } from '../../ctx.ts';
import type { Person } from '../../domain/permission.ts';
import { maySeeCase } from './dossier.ts';

/**
 * 关联: the case that this one was registered beside, and those that were registered beside it. A number tells nobody anything; the way
 * to a case is offered to a reader who may see it. `reader`: whose private chat it is, undefined in a group.
 */
export async function linksOf(
  ctx: Reading,
  { record, reader }: { record: Pick<CaseRow, 'id' | 'linkedCaseId'>; reader: Person | undefined },
): Promise<CaseLink[]> {
  const links: CaseLink[] = [];
  for (const { id, caseNumber, ...whose } of await caseReads.linked(ctx.tx, record)) {
    const mayOpen = reader !== undefined && (await maySeeCase(ctx, { whose, person: reader }));
    links.push({ caseNumber, caseId: mayOpen ? id : null });
  }
  return links;
}
