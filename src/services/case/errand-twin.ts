import type { ErrandTwin } from '../../../cards/registration.ts';
import type { CaseLine } from '../../../db/repositories/case-list.ts';
import { caseSearchReads, type ErrandOf } from '../../../db/repositories/case-search.ts';
import { type Ctx, personOf, type Staff } from '../../ctx.ts';
import type { CheckedRegistration } from './check-registration.ts';
import { maySeeCase } from './dossier.ts';
import { maskedNameOf } from './secret.ts';

type HashName = 'nameHash' | 'phoneHash' | 'phoneTailHash' | 'idNumberHash';

/**
 * The newest case of the same person and item that has no answer yet; undefined when there is none. Of one that the registrar may
 * not see only the unit that has it is told.
 */
export async function errandTwin(
  ctx: Ctx,
  { staff, checked, hashes }: { staff: Staff; checked: CheckedRegistration; hashes: Pick<ErrandOf, HashName> },
): Promise<ErrandTwin | undefined> {
  const { nameHash, phoneHash, phoneTailHash, idNumberHash } = hashes;
  const where = { itemId: checked.item.id, townId: checked.town.id, residenceUnitId: checked.residence.id };
  const errand = { ...where, nameHash, phoneHash, phoneTailHash, idNumberHash };
  const [newest] = await caseSearchReads.unanswered(ctx.tx, errand);
  if (!newest) return undefined;
  const mayOpen = await maySeeCase(ctx, { whose: newest, person: personOf(staff) });
  return { caseId: newest.id, mayOpen, sentence: mayOpen ? nameIt(ctx, newest) : hintAt(newest) };
}

function nameIt(ctx: Ctx, line: CaseLine): string {
  return `${maskedNameOf(ctx, line)}的这个事项${stageOf(line)}（${line.caseNumber}）`;
}

function hintAt(line: CaseLine): string {
  return `这位群众的这个事项在${line.holderUnit}${stageOf(line)}`;
}

function stageOf({ state }: CaseLine): string {
  return state === 'completed' ? '已办结、还没有送达' : '正在办';
}
