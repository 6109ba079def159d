import type { ApplicantRow } from '../../../db/repositories/applicant.ts';
import type { CaseRow } from '../../../db/repositories/case.ts';
import type { ItemRow } from '../../../db/repositories/item.ts';
import type { Reading } from '../../ctx.ts';
import { hidePersonal } from '../../domain/hiding.ts';
import { openApplicant, type SealedApplicant } from './secret.ts';

type Errand = Pick<CaseRow, 'otherErrandSealed'> & SealedApplicant & { readonly itemName: string };

/**
 * What is to be done, where others read along: the item's name, of 其他事项 with its words, without what is personal in them. Only the
 * item's name where the person was erased or their words do not open.
 */
export function errandName(ctx: Pick<Reading, 'vault'>, { itemName, ...sealed }: Errand): string {
  if (sealed.otherErrandSealed === null) return itemName;
  try {
    const { applicant, openOtherErrand } = openApplicant(ctx, sealed);
    return withWords(itemName, hidePersonal(openOtherErrand(sealed.otherErrandSealed) ?? '', applicant));
  } catch {
    return itemName;
  }
}

/** 其他事项：修水管 */
export function withWords(itemName: string, words: string): string {
  return words === '' ? itemName : `${itemName}：${words}`;
}

/** As `errandName`, of a case that has been loaded. */
export function errandOf(
  ctx: Pick<Reading, 'vault'>,
  { record, item, applicant }: { record: CaseRow; item: ItemRow; applicant: ApplicantRow },
): string {
  return errandName(ctx, { ...applicant, itemName: item.subItem, otherErrandSealed: record.otherErrandSealed });
}
