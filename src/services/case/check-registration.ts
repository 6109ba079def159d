import { tooLong } from '../../../cards/field.ts';
import { registrationForm } from '../../../cards/forms.ts';
import type { ItemRow } from '../../../db/repositories/item.ts';
import { itemReads } from '../../../db/repositories/item.ts';
import { lineOf, type UnitRow } from '../../../db/repositories/unit.ts';
import { type Ctx, type Staff, today } from '../../ctx.ts';
import type { ServiceWay } from '../../domain/case.ts';
import { parseName } from '../../domain/name.ts';
import { type Parsed, parseIdNumber, parsePhone } from '../../domain/person.ts';
import { mayCompleteOnTheSpot } from '../../domain/routing.ts';
import type { DraftContent } from '../draft/content.ts';
import type { RegistrationErrors } from '../draft/view.ts';
import { residenceFor } from '../unit/residences.ts';
import type { Applicant } from './secret.ts';

/** A registration that may be written down as it stands. */
export interface CheckedRegistration {
  readonly applicant: Applicant;
  readonly item: ItemRow;
  readonly residence: UnitRow;
  readonly town: UnitRow;
  /** The residence, the registering unit and the item's department, and everything above them. */
  readonly units: readonly UnitRow[];
  readonly way: ServiceWay;
  readonly onTheSpot: boolean;
  readonly remarks: string;
}

export type RegistrationCheck =
  | { readonly ok: true; readonly checked: CheckedRegistration }
  /** One sentence per field, all fields at once: what is wrong and what to do. */
  | { readonly ok: false; readonly errors: RegistrationErrors };

export async function checkRegistration(
  ctx: Ctx,
  input: { staff: Staff; content: DraftContent },
): Promise<RegistrationCheck> {
  const { content } = input;
  const errors: RegistrationErrors = {};
  const name = fieldValue(errors, { field: 'applicantName', parsed: parseName(content.applicantName ?? '') });
  const phone = fieldValue(errors, { field: 'phone', parsed: parsePhone(content.phone ?? '') });
  const idNumber = content.idNumber
    ? fieldValue(errors, { field: 'idNumber', parsed: parseIdNumber(content.idNumber, today(ctx)) })
    : null;
  const item = await chosenItem(ctx, content.item);
  const departmentId = item?.departmentUnitId ?? null;
  const found = await residenceFor(ctx, { staff: input.staff, id: content.residence, departmentId });
  const residence = found?.unit;
  const town = found && lineOf(found.unit.id, found.units).find((unit) => unit.level === 'town');
  if (!residence) errors.residence = '请选群众住在哪个嘎查社区';
  else if (!town) errors.residence = '这个单位没有上级便民服务中心，请联系管理员';
  if (!item) errors.item = '请选要办的事项';
  if (!content.way) errors.way = '请选办理方式';
  if (!content.consent) errors.consent = '请先征得群众同意，再勾选';
  if (content.onTheSpot && item && !mayCompleteOnTheSpot(item)) {
    errors.onTheSpot = '这个事项村级不能当场办结，请去掉勾选';
  }
  const remarks = boundedText(errors, { field: 'remarks', typed: content.remarks });
  const address = boundedText(errors, { field: 'address', typed: content.address });
  if (Object.keys(errors).length > 0 || !found || !town || !item || !content.way) return { ok: false, errors };
  const applicant = { name, phone, idNumber, address: address || null };
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
      remarks,
    },
  };
}

/** One row, not the whole catalogue: every registration asks. undefined for what names no item in use. */
async function chosenItem({ tx }: Ctx, id: string | undefined): Promise<ItemRow | undefined> {
  const item = id !== undefined && /^[1-9]\d{0,8}$/.test(id) ? await itemReads.byId(tx, Number(id)) : undefined;
  return item?.active ? item : undefined;
}

function boundedText(
  errors: RegistrationErrors,
  { field, typed = '' }: { field: 'remarks' | 'address'; typed: string | undefined },
): string {
  const overlong = tooLong(registrationForm[field], typed);
  if (overlong !== undefined) errors[field] = overlong;
  return typed;
}

/** The value, or '' with its problem noted. */
function fieldValue(errors: RegistrationErrors, input: { field: keyof RegistrationErrors; parsed: Parsed }): string {
  if (input.parsed.ok) return input.parsed.value;
  errors[input.field] = input.parsed.problem;
  return '';
}
