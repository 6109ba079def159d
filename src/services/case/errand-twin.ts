import { cut } from '../../../cards/kit.ts';
import type { ErrandTwin } from '../../../cards/registration.ts';
import { type AlikeCase, caseSearchReads, type ErrandOf } from '../../../db/repositories/case-search.ts';
import { type Ctx, personOf, type Staff } from '../../ctx.ts';
import { isUnanswered } from '../../domain/case.ts';
import { folded } from '../../domain/spelling.ts';
import type { CheckedRegistration } from './check-registration.ts';
import { maySeeCase } from './dossier.ts';
import { errandName } from './errand.ts';
import { type Applicant, maskedNameOf, openApplicant, searchHashes } from './secret.ts';

type Hashes = Pick<ErrandOf, 'nameHash' | 'phoneHash' | 'phoneTailHash' | 'idNumberHash'>;

/** A case that may be the same errand, beside the hashes by which it was found. */
interface Alike {
  readonly line: AlikeCase;
  readonly by: Hashes;
}

/** Within so long a second registration of one person is most likely the same once more, under another item. */
const LATELY_MS = 10 * 60_000;

interface Wanted {
  readonly staff: Staff;
  readonly checked: CheckedRegistration;
  /** 再办一件: the case from which the form was opened, which is no question. */
  readonly origin: number | undefined;
  /** The question stands where a group reads it, and tells no telephone. */
  readonly shared: boolean;
}

/**
 * The newest case of the same person and item that has no answer yet, else one of the same person that was registered just now;
 * undefined when there is none. Of one that the registrar may not see only the unit that has it is told.
 */
export async function errandTwin(ctx: Ctx, wanted: Wanted): Promise<ErrandTwin | undefined> {
  const { staff, checked, origin, shared } = wanted;
  const since = ctx.now - LATELY_MS;
  const where = { itemId: checked.item.id, townId: checked.town.id, residenceUnitId: checked.residence.id, since };
  const alike: Alike[] = [];
  for (const { nameHash, phoneHash, phoneTailHash, idNumberHash } of searchHashes(ctx, checked.applicant)) {
    const by = { nameHash, phoneHash, phoneTailHash, idNumberHash };
    alike.push(...(await caseSearchReads.alike(ctx.tx, { ...where, ...by })).map((line) => ({ line, by })));
  }
  const same = alike.find(({ line }) => isUnanswered(line.state) && isSameErrand(ctx, { line, checked }));
  const ofJustNow = ({ line, by }: Alike) => line.id !== origin && isOfJustNow(line, { ...by, since });
  const twin = (same ?? alike.find(ofJustNow))?.line;
  if (!twin) return undefined;
  const mayOpen = await maySeeCase(ctx, { whose: twin, person: personOf(staff) });
  const said = same ? sameErrandWords : justNowWords;
  return {
    caseId: twin.id,
    mayOpen,
    sentence: said(ctx, { line: twin, mayOpen, shared, otherTail: otherTail(ctx, { line: twin, checked }) }),
  };
}

/** The last digits of a namesake's telephone; undefined where nothing says that it is somebody else. */
function otherTail(ctx: Ctx, { line, checked }: { line: AlikeCase; checked: CheckedRegistration }): string | undefined {
  const { phone, idNumber } = checked.applicant;
  const other = applicantIn(ctx, line);
  if (!other || phone === '' || other.phone === '' || other.phone === phone) return undefined;
  return idNumber !== null && other.idNumber === idNumber ? undefined : other.phone.slice(-4);
}

/** undefined where it does not open. */
function applicantIn(ctx: Ctx, line: AlikeCase): Applicant | undefined {
  try {
    return openApplicant(ctx, line).applicant;
  } catch {
    return undefined;
  }
}

/** Errands outside of the catalogue are the same by their words. */
function isSameErrand(ctx: Ctx, { line, checked }: { line: AlikeCase; checked: CheckedRegistration }): boolean {
  if (line.itemId !== checked.item.id) return false;
  return checked.otherErrand === '' || folded(wordsOf(ctx, line)) === folded(checked.otherErrand);
}

/** '' where they do not open. */
function wordsOf(ctx: Ctx, line: AlikeCase): string {
  try {
    return openApplicant(ctx, line).openOtherErrand(line.otherErrandSealed) ?? '';
  } catch {
    return '';
  }
}

/** A household has one telephone: it is the same person by name or ID number. */
function isOfJustNow(line: AlikeCase, { since, nameHash, idNumberHash }: Hashes & { since: number }): boolean {
  if (line.state === 'withdrawn' || line.registeredAt < since) return false;
  return line.nameHash === nameHash || (idNumberHash !== null && line.idNumberHash === idNumberHash);
}

type Said = (
  ctx: Ctx,
  told: { line: AlikeCase; mayOpen: boolean; shared: boolean; otherTail: string | undefined },
) => string;

const sameErrandWords: Said = (ctx, told) => {
  const { line, mayOpen } = told;
  const stage = line.state === 'completed' ? '已办结、还没有送达' : '正在办';
  if (!mayOpen) return `${strangerWords(told)}的这个事项在${line.holderUnit}${stage}`;
  return `${whoWords(ctx, told)}的这个事项${stage}（${line.caseNumber}）`;
};

const ITEM_SHOWN = 12;

const justNowWords: Said = (ctx, told) => {
  const { line, mayOpen } = told;
  if (!mayOpen) return `${strangerWords(told)}几分钟前刚在别处登记过一件`;
  const item = cut(errandName(ctx, line), ITEM_SHOWN);
  return `${whoWords(ctx, told)}刚登记过“${item}”（${line.caseNumber}）`;
};

function whoWords(ctx: Ctx, { line, shared, otherTail: tail }: Parameters<Said>[1]): string {
  const name = maskedNameOf(ctx, line);
  if (tail === undefined) return name;
  return `同名、电话不同的${name}${shared ? '' : `（尾号${tail}）`}`;
}

function strangerWords({ otherTail: tail }: Parameters<Said>[1]): string {
  return tail === undefined ? '这位群众' : '同名、电话不同的一位群众';
}
