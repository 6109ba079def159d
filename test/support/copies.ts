/** What an applicant's row repeats of their case, compared with the case. */
import type { ApplicantRow } from '../../db/repositories/applicant.ts';
import type { CaseRow } from '../../db/repositories/case.ts';

type Place = Pick<CaseRow, 'townId' | 'registeringUnitId' | 'holderUnitId'>;

const placeOf = ({ townId, registeringUnitId, holderUnitId }: Place): string =>
  [townId, registeringUnitId, holderUnitId].join();

/** One line for each applicant whose row says otherwise than their case, or who has no case. */
export function differingCopies(books: { cases: readonly CaseRow[]; applicants: readonly ApplicantRow[] }): string[] {
  const places = new Map(books.cases.map((record) => [record.applicantId, placeOf(record)]));
  return books.applicants.flatMap((applicant) => {
    const [copy, place] = [placeOf(applicant), places.get(applicant.id)];
    return copy === place ? [] : [`applicant ${applicant.id}: ${copy}, the case: ${place}`];
  });
}
