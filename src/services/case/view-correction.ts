import type { CorrectionView } from '../../../cards/correct.ts';
import { personalFields, registrationForm } from '../../../cards/forms.ts';
import { NO_PHONE_WORD } from '../../../cards/words.ts';
import { itemReads } from '../../../db/repositories/item.ts';
import { type UnitRow, unitReads } from '../../../db/repositories/unit.ts';
import { type Reading, today } from '../../ctx.ts';
import { isOpen } from '../../domain/case.ts';
import { itemText } from '../draft/view.ts';
import { errandWords } from './corrections.ts';
import type { CaseDossier } from './dossier.ts';
import { openApplicant } from './secret.ts';
import { toldBy } from './told.ts';

/** The form of a correction; undefined when the applicant has been erased. `inFull`: the applicant's data stand in the fields. */
export async function viewCorrection(
  ctx: Reading,
  request: { dossier: CaseDossier; unit: UnitRow; inFull: boolean },
): Promise<CorrectionView | undefined> {
  const { record, item } = request.dossier;
  const secrets = openApplicant(ctx, request.dossier.applicant);
  if (!secrets.applicant) return undefined;
  const { name, ...others } = toldBy(secrets.applicant, errandWords(record, secrets));
  const personal = { ...others, phone: others.phone || NO_PHONE_WORD, applicantName: name };
  const masked = personalFields.map((field) => [field, maskOf(field, personal[field])]);
  const items = await itemReads.offered(ctx.tx, today(ctx));
  const departments = await unitReads.ofLevels(ctx.tx, ['department']);
  const offered = items.some(({ id }) => id === item.id) ? items : [item, ...items];
  const residences = await correctableResidences(ctx, request);
  return {
    caseId: record.id,
    version: record.version,
    caseNumber: record.caseNumber,
    items: offered.map((one) => ({ value: String(one.id), text: itemText(one) })),
    residences: residences.map((place) => ({ value: String(place.id), text: place.name })),
    departments: departments.map((unit) => ({ value: String(unit.id), text: unit.name })),
    values: {
      ...(request.inFull ? personal : {}),
      residence: String(record.residenceUnitId),
      item: String(record.itemId),
      ...(record.otherDepartmentId === null ? {} : { otherDepartment: String(record.otherDepartmentId) }),
      way: record.way,
    },
    masked: request.inFull ? {} : Object.fromEntries(masked),
    needsReason: !isOpen(record.state),
  };
}

function maskOf(field: (typeof personalFields)[number], value: string): string {
  return value === '' ? '' : registrationForm[field].mask(value);
}

/** Places of the case's town only: its number and its ledger are the town's. A village's agents know their own village. */
export async function correctableResidences(
  ctx: Pick<Reading, 'tx'>,
  { dossier, unit }: { dossier: CaseDossier; unit: UnitRow },
): Promise<UnitRow[]> {
  const { townId, residenceUnitId } = dossier.record;
  const town = dossier.units.find(({ id }) => id === townId);
  const villages = (await unitReads.children(ctx.tx, townId)).filter(({ level }) => level === 'village');
  const all = [...villages, ...(town ? [town] : [])];
  return unit.level === 'village' ? all.filter(({ id }) => id === unit.id || id === residenceUnitId) : all;
}
