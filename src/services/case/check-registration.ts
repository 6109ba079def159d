import { tooLong } from '../../../cards/field.ts';
import { registrationForm } from '../../../cards/forms.ts';
import { contactWords } from '../../../cards/words.ts';
import type { ItemRow } from '../../../db/repositories/item.ts';
import { itemReads } from '../../../db/repositories/item.ts';
import type { StoodInFor } from '../../../db/repositories/stand-in.ts';
import { lineOf, type UnitRow } from '../../../db/repositories/unit.ts';
import { type Reading, type Staff, today } from '../../ctx.ts';
import type { ServiceWay } from '../../domain/case.ts';
import { parseContact, parseOwnPhone } from '../../domain/contact.ts';
import { local } from '../../domain/level-names.ts';
import { parseName } from '../../domain/name.ts';
import { isOtherItem } from '../../domain/other-errand.ts';
import { type Parsed, parseDocument } from '../../domain/person.ts';
import { mayCompleteOnTheSpot } from '../../domain/routing.ts';
import type { DraftContent } from '../draft/content.ts';
import type { RegistrationErrors } from '../draft/view.ts';
import { asPromised, type PromisedItem } from '../item/as-promised.ts';
import { residenceFor } from '../unit/residences.ts';
import type { Applicant } from './secret.ts';
import { applicantOf } from './told.ts';

/** A registration that may be written down as it stands. */
export interface CheckedRegistration {
  readonly applicant: Applicant;
  readonly item: PromisedItem;
  readonly residence: UnitRow;
  readonly town: UnitRow;
  /** The residence, the registering unit and the item's department, and everything above them. */
  readonly units: readonly UnitRow[];
  readonly way: ServiceWay;
  readonly onTheSpot: boolean;
  /** For whom it is registered, where for a colleague on leave: that one's unit registers it, and that one looks after it. */
  readonly stoodInFor: StoodInFor | undefined;
  /** Of 其他事项: what is to be done, and where it may be passed up to. */
  readonly otherErrand: string;
  readonly otherDepartmentId: number | null;
  readonly remarks: string;
}

export type RegistrationCheck =
  | { readonly ok: true; readonly checked: CheckedRegistration }
  /** One sentence per field, all fields at once: what is wrong and what to do. */
  | { readonly ok: false; readonly errors: RegistrationErrors };

/** Nobody could be called about the errand: a contact is asked for before it is registered. */
export function isUnreachable({ applicant }: CheckedRegistration): boolean {
  return applicant.phone === '' && applicant.contact === null;
}

export async function checkRegistration(
  ctx: Reading,
  input: { staff: Staff; content: DraftContent },
): Promise<RegistrationCheck> {
  const { content } = input;
  const errors: RegistrationErrors = {};
  const name = fieldValue(errors, { field: 'applicantName', parsed: parseName(content.applicantName ?? '') });
  const phone = fieldValue(errors, { field: 'phone', parsed: parseOwnPhone(content.phone ?? '') });
  const contact = content.contact ? contactTold(errors, content.contact) : '';
  const idNumber = content.idNumber
    ? fieldValue(errors, { field: 'idNumber', parsed: parseDocument(content.idNumber, today(ctx)) })
    : null;
  const item = await chosenItem(ctx, content);
  const other = item && isOtherItem(item) ? otherOf(errors, content) : undefined;
  const departmentId = item?.departmentUnitId ?? other?.departmentId ?? null;
  const found = await residenceFor(ctx, { staff: input.staff, id: content.residence, departmentId });
  const residence = found?.unit;
  const town = found && lineOf(found.unit.id, found.units).find((unit) => unit.level === 'town');
  if (!residence) errors.residence = local`请选群众住在哪个嘎查社区`;
  else if (!town) errors.residence = '这个单位没有上级便民服务中心，请联系管理员';
  if (!item) errors.item = '请选要办的事项';
  if (!content.way) errors.way = '请选办理方式';
  if (!content.consent) errors.consent = '请先征得群众同意，再勾选';
  if (content.onTheSpot && item && !mayCompleteOnTheSpot(item)) {
    errors.onTheSpot = '这个事项村级不能当场办结，请去掉勾选';
  }
  if (found && other?.departmentId && !isDepartment(other.departmentId, found.units)) {
    errors.otherDepartment = '没有这个部门，请重新选，或者不选';
  }
  const remarks = boundedText(errors, { field: 'remarks', typed: remarksOf(content, item) });
  const address = boundedText(errors, { field: 'address', typed: content.address });
  if (Object.keys(errors).length > 0 || !found || !town || !item || !content.way) return { ok: false, errors };
  const applicant = applicantOf({ name, phone, contact, idNumber: idNumber ?? '', address });
  return {
    ok: true,
    checked: {
      applicant,
      item,
      residence: found.unit,
      town,
      units: found.units,
      way: content.way,
      onTheSpot: content.onTheSpot === true,
      stoodInFor: found.stoodInFor,
      otherErrand: other?.errand ?? '',
      otherDepartmentId: other?.departmentId ?? null,
      remarks,
    },
  };
}

/** One row, not the whole catalogue: every registration asks. undefined for what names no item in use. */
async function chosenItem(ctx: Reading, { item: id, otherErrand }: DraftContent): Promise<PromisedItem | undefined> {
  const day = today(ctx);
  const own = id === undefined && otherErrand !== undefined;
  const item = own ? await itemReads.other(ctx.tx, day) : await itemReads.byId(ctx.tx, { id: idIn(id) ?? 0, day });
  return item?.active ? asPromised(ctx, item) : undefined;
}

function idIn(picked: string | undefined): number | null {
  return picked !== undefined && /^[1-9]\d{0,8}$/.test(picked) ? Number(picked) : null;
}

function otherOf(errors: RegistrationErrors, { otherErrand = '', otherDepartment }: DraftContent) {
  return { errand: otherErrandTyped(errors, otherErrand), departmentId: idIn(otherDepartment) };
}

/** The words of 其他事项; its problem is noted in `errors`. */
export function otherErrandTyped(errors: RegistrationErrors, typed: string): string {
  const errand = boundedText(errors, { field: 'otherErrand', typed: typed.replace(/\s+/gu, ' ') });
  if (!/\p{L}/u.test(errand)) errors.otherErrand = '请写清要办什么事，如：修水管';
  return errand;
}

function isDepartment(id: number, units: readonly UnitRow[]): boolean {
  return units.some((unit) => unit.id === id && unit.level === 'department' && unit.active);
}

/** Words for an errand that the catalogue has after all are kept as remarks. */
function remarksOf({ remarks, otherErrand }: DraftContent, item: ItemRow | undefined): string | undefined {
  if (otherErrand === undefined || !item || isOtherItem(item)) return remarks;
  return remarks === undefined ? otherErrand : `${remarks}；${otherErrand}`;
}

function boundedText(
  errors: RegistrationErrors,
  { field, typed = '' }: { field: 'remarks' | 'address' | 'otherErrand'; typed: string | undefined },
): string {
  const overlong = tooLong(registrationForm[field], typed);
  if (overlong !== undefined) errors[field] = overlong;
  return typed;
}

/** 联系人 in one form, or '' with its problem noted. */
export function contactTold(errors: RegistrationErrors, typed: string): string {
  const overlong = tooLong(registrationForm.contact, typed);
  const parsed = overlong === undefined ? parseContact(typed) : { ok: false as const, problem: overlong };
  if (parsed.ok) return contactWords(parsed.value);
  errors.contact = parsed.problem;
  return '';
}

/** The value, or '' with its problem noted. */
function fieldValue(errors: RegistrationErrors, input: { field: keyof RegistrationErrors; parsed: Parsed }): string {
  if (input.parsed.ok) return input.parsed.value;
  errors[input.field] = input.parsed.problem;
  return '';
}
