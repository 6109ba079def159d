import type { CorrectedField } from '../../../cards/forms.ts';
import { applicantWrites } from '../../../db/repositories/applicant.ts';
import type { CaseColumns } from '../../../db/repositories/case.ts';
import { type ItemRow, itemReads } from '../../../db/repositories/item.ts';
import { lineOf, unitReads } from '../../../db/repositories/unit.ts';
import { type Ctx, personOf, requireStaff, today } from '../../ctx.ts';
import { isOpen } from '../../domain/case.ts';
import { correctedDeadline } from '../../domain/deadline.ts';
import { hideOwn } from '../../domain/hiding.ts';
import { isOtherItem, routedAs } from '../../domain/other-errand.ts';
import { relationsTo } from '../../domain/permission.ts';
import { higherHolder, mayCompleteOnTheSpot } from '../../domain/routing.ts';
import { isNoReason } from '../../domain/typed.ts';
import { Refused } from '../../refusals.ts';
import type { RegistrationErrors } from '../draft/view.ts';
import { asPromised } from '../item/as-promised.ts';
import { localDays } from '../setting/calendar.ts';
import { recount } from '../stats/recount.ts';
import { type BlankMeans, type CorrectionTyped, checkTold } from './check-correction.ts';
import { changesBetween, correctionNote, errandWords } from './corrections.ts';
import type { CaseDossier } from './dossier.ts';
import { handles } from './reveal.ts';
import { openApplicant, resealPersonal } from './secret.ts';
import { admitStep, type CaseRef, recordStep } from './step.ts';
import { applicantOf, type Told, toldBy } from './told.ts';
import { correctableResidences } from './view-correction.ts';

export type CorrectionResult =
  | { readonly ok: true; readonly caseNumber: string; readonly fields: readonly CorrectedField[] }
  | { readonly ok: false; readonly errors: RegistrationErrors };

/**
 * 更正: puts right what was registered wrongly, by the registering unit until the case is completed, after that by a manager with a
 * reason. The ledger keeps old and new, what is personal sealed; deadlines follow the item while the case is open, figures always.
 * Refuses what would move the case to another holder or another town's ledger.
 */
export async function correctCase(
  ctx: Ctx,
  input: CaseRef & { typed: CorrectionTyped; blank: BlankMeans },
): Promise<CorrectionResult> {
  const { typed } = input;
  const dossier = await admitStep(ctx, { ref: input, step: 'correct', outdated: 'correct_outdated' });
  const { record } = dossier;
  const secrets = openApplicant(ctx, dossier.applicant);
  const { wrappedKey } = dossier.applicant;
  if (!secrets.applicant || wrappedKey === null) throw new Refused('applicant_erased');
  if (!isOpen(record.state) && isNoReason(typed.reason)) throw new Refused('correct_needs_reason');
  const told = toldBy(secrets.applicant, errandWords(record, secrets));
  // Whoever was not shown the personal fields cannot mean to empty them.
  const shown = input.blank === 'clear' && handles(relationsTo(dossier.parties, personOf(requireStaff(ctx))));
  const item = await correctedItem(ctx, { dossier, id: typed.item });
  const check = checkTold(ctx, { typed, told, item, blank: shown ? 'clear' : 'keep' });
  if (!check.ok) return check;
  const corrected = { ...check.told, otherErrand: withoutFormer(check.told.otherErrand, { told, now: check.told }) };
  const changes = changesBetween(told, corrected);
  const otherDepartmentId = await correctedDepartment(ctx, { dossier, item, id: typed.otherDepartment });
  const set = {
    ...(await residenceColumns(ctx, { dossier, id: typed.residence })),
    ...(await itemColumns(ctx, { dossier, item, otherDepartmentId })),
    ...(typed.way === undefined || typed.way === record.way ? {} : { way: typed.way }),
  };
  const fields = [...fieldsOf(changes), ...fieldsOf(set)];
  if (fields.length === 0) throw new Refused('correct_nothing');
  const sealed = resealPersonal(ctx, { ...corrected, wrappedKey, applicant: check.applicant });
  if (Object.keys(changes).length > 0) {
    await applicantWrites.correct(ctx.tx, { ...sealed.applicant, id: record.applicantId });
  }
  const after = await recordStep(ctx, {
    dossier: { ...dossier, item, applicant: { ...dossier.applicant, ...sealed.applicant } },
    step: 'correct',
    effect: {
      set: {
        ...set,
        ...('remarks' in changes ? { remarksSealed: sealed.remarks } : {}),
        ...('otherErrand' in changes ? { otherErrandSealed: sealed.otherErrand } : {}),
      },
      payload: { fields, ...(item.id === record.itemId ? {} : { itemCode: item.code }) },
      note: correctionNote(changes, typed.reason),
    },
  });
  await recount(ctx, { before: dossier, after: after.record });
  return { ok: true, caseNumber: record.caseNumber, fields };
}

/** Lists know the person as they are now: words that name them as they were are hidden for good. */
function withoutFormer(otherErrand: string, { told, now }: { told: Told; now: Told }): string {
  const was = (name: keyof Told) => (told[name] === now[name] ? '' : told[name]);
  const former = applicantOf({
    ...{ name: was('name'), phone: was('phone'), contact: was('contact') },
    ...{ idNumber: was('idNumber'), address: was('address') },
  });
  return otherErrand === '' ? '' : hideOwn(otherErrand, former);
}

/** The fields of the form behind what changed. */
const fieldBehind: Readonly<Record<string, CorrectedField>> = {
  name: 'applicantName',
  phone: 'phone',
  contact: 'contact',
  idNumber: 'idNumber',
  address: 'address',
  otherErrand: 'otherErrand',
  otherDepartmentId: 'otherDepartment',
  remarks: 'remarks',
  residenceUnitId: 'residence',
  itemId: 'item',
  way: 'way',
};

function fieldsOf(changed: object): CorrectedField[] {
  return Object.keys(changed).flatMap((name) => fieldBehind[name] ?? []);
}

async function residenceColumns(
  ctx: Ctx,
  { dossier, id }: { dossier: CaseDossier; id: string },
): Promise<Partial<CaseColumns>> {
  const { residenceUnitId, townId } = dossier.record;
  if (id === '' || id === String(residenceUnitId)) return {};
  const places = await correctableResidences(ctx, { dossier, unit: requireStaff(ctx).unit });
  const place = places.find((unit) => String(unit.id) === id);
  const town = dossier.units.find((unit) => unit.id === townId)?.name ?? '';
  if (!place) throw new Refused('correct_other_place', { town });
  return { residenceUnitId: place.id };
}

/** As it was promised on the day of the registration; of an item that was not offered then, as it is. */
async function correctedItem(ctx: Ctx, { dossier, id }: { dossier: CaseDossier; id: string }): Promise<ItemRow> {
  if (id === '' || id === String(dossier.item.id)) return dossier.item;
  const wanted = /^[1-9]\d{0,8}$/.test(id) ? Number(id) : 0;
  const item = await itemReads.byId(ctx.tx, { id: wanted, day: today(ctx) });
  if (!item?.active) throw new Refused('choice_unknown');
  const before = await itemReads.byId(ctx.tx, { id: wanted, day: dossier.record.registeredDay });
  return before?.active ? before : item;
}

/** Only 其他事项 has a department of its own; one that was not picked stays. */
async function correctedDepartment(
  ctx: Ctx,
  { dossier, item, id }: { dossier: CaseDossier; item: ItemRow; id: string },
): Promise<number | null> {
  if (!isOtherItem(item)) return null;
  const { otherDepartmentId } = dossier.record;
  if (id === '' || id === String(otherDepartmentId)) return otherDepartmentId;
  const departments = await unitReads.ofLevels(ctx.tx, ['department']);
  const department = departments.find((unit) => String(unit.id) === id);
  if (!department) throw new Refused('choice_unknown');
  return department.id;
}

/** What has been answered keeps the time that was promised for it. */
async function itemColumns(
  ctx: Ctx,
  { dossier, item, otherDepartmentId }: { dossier: CaseDossier; item: ItemRow; otherDepartmentId: number | null },
): Promise<Partial<CaseColumns>> {
  const { record } = dossier;
  const passedUp = otherDepartmentId === record.otherDepartmentId ? {} : { otherDepartmentId };
  if (isOpen(record.state)) requireSameHolder({ dossier, item: routedAs(item, otherDepartmentId) });
  if (item.id === record.itemId) return passedUp;
  const named = { ...passedUp, itemId: item.id, itemVersionId: item.versionId, assistType: item.assistType };
  if (!isOpen(record.state)) {
    const onTheSpot = record.acceptedAt === null;
    if (onTheSpot && !mayCompleteOnTheSpot(item)) {
      throw new Refused('correct_item_not_on_the_spot', { number: record.caseNumber, item: item.subItem });
    }
    return named;
  }
  const workingDays = await promisedNow(ctx, { dossier, item });
  const promised = { was: record.promisedDays, is: workingDays };
  return {
    ...named,
    ...correctedDeadline(record, promised, await localDays(ctx)),
    promisedDays: workingDays,
  };
}

/** Where neither item has days of its own, those that the setting promised at the registration stay. */
async function promisedNow(ctx: Ctx, { dossier, item }: { dossier: CaseDossier; item: ItemRow }): Promise<number> {
  const { record, item: former } = dossier;
  if (item.workingDays === null && former.workingDays === null) return record.promisedDays;
  return (await asPromised(ctx, item)).workingDays;
}

/** The department that the case was routed to until now. */
function heldFor({ item, record }: CaseDossier): number | null {
  return routedAs(item, record.otherDepartmentId).departmentUnitId;
}

/** A case that has left the town stays where it is: its holder must be the one of the new item, too. */
function requireSameHolder({ dossier, item }: { dossier: CaseDossier; item: ItemRow }): void {
  const { record, units, holderLine } = dossier;
  if (item.id === record.itemId && item.departmentUnitId === heldFor(dossier)) return;
  if (record.holderUnitId === record.townId) return;
  if (higherHolder(item, lineOf(record.townId, units)) === record.holderUnitId) return;
  const holder = holderLine[0]?.center ?? '';
  throw new Refused('correct_item_elsewhere', { number: record.caseNumber, holder, item: item.subItem });
}
