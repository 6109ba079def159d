/** The rows of the ledger's first sheet: one case each, in the usual order of a daiban ledger's columns. */
import { assistTypeWords, caseStateWords, outcomeWords, ratingWord, serviceWayWords } from '../../cards/words.ts';
import type { ToldCase } from '../../db/repositories/case.ts';
import type { ItemRow } from '../../db/repositories/item.ts';
import type { Reading } from '../ctx.ts';
import { maskName, maskPhone } from '../domain/person.ts';
import { type ApplicantVault, ERASED, hideApplicant, hideOwn, openApplicant } from '../services/case/secret.ts';
import type { Cell, Moment } from './xlsx/cell.ts';
import type { Column } from './xlsx/workbook.ts';

/** Names by id. */
export interface Register {
  readonly units: ReadonlyMap<number, string>;
  readonly agents: ReadonlyMap<number, string>;
  readonly items: ReadonlyMap<number, ItemRow>;
}

/** @param full with the applicants' ID numbers. */
export function caseColumns(full: boolean): Column[] {
  return [
    { title: '编号', width: 13 },
    { title: '登记时间', width: 17 },
    { title: '申请人姓名', width: full ? 16 : 11 },
    { title: '联系电话', width: 14 },
    ...(full ? [{ title: '身份证号', width: 21 }] : []),
    { title: '所在嘎查社区', width: 16 },
    { title: '办理事项', width: 30 },
    { title: '主管部门', width: 21 },
    { title: '类型', width: 28 },
    { title: '代办员', width: 10 },
    { title: '办理方式', width: 13 },
    { title: '所需材料', width: 36 },
    { title: '转送时间', width: 17 },
    { title: '接收时间', width: 17 },
    { title: '办结期限', width: 17 },
    { title: '办结时间', width: 17 },
    { title: '办理结果', width: 11 },
    { title: '送达时间', width: 17 },
    { title: '评价', width: 11 },
    { title: '备注', width: 48 },
  ];
}

export function caseRow(ctx: Reading, of: { record: ToldCase; register: Register; full: boolean }): Cell[] {
  const { record, register, full } = of;
  const secrets = openApplicant(ctx, record);
  const item = register.items.get(record.itemId);
  const onTheSpot = record.acceptedAt === null && record.completedAt === record.registeredAt;
  return [
    record.caseNumber,
    { at: record.registeredAt },
    ...personCells(secrets, full),
    register.units.get(record.residenceUnitId) ?? '',
    item?.subItem ?? '',
    item?.department ?? '',
    `${item?.itemType ?? ''}（${assistTypeWords[record.assistType]}）`,
    register.agents.get(record.registrarId) ?? '',
    serviceWayWords[record.way],
    item?.materials.join('；') ?? '',
    // A case is forwarded in the same moment as it is registered, unless it was done at once.
    onTheSpot ? null : { at: record.registeredAt },
    moment(record.acceptedAt),
    moment(record.dueAt),
    moment(record.completedAt),
    record.outcome ? outcomeWords[record.outcome] : caseStateWords[record.state],
    moment(record.deliveredAt),
    ratingWord(record.rating) ?? '',
    remarksOf(record, { secrets, full, onTheSpot }),
  ];
}

function personCells({ applicant }: ApplicantVault, full: boolean): string[] {
  if (!applicant) return full ? [ERASED, ERASED, ''] : [ERASED, ''];
  if (full) return [applicant.name, applicant.phone, applicant.idNumber ?? ''];
  return [maskName(applicant.name), maskPhone(applicant.phone)];
}

/** What people wrote, and what the columns do not say. */
function remarksOf(record: ToldCase, of: { secrets: ApplicantVault; full: boolean; onTheSpot: boolean }): string {
  const { secrets, full, onTheSpot } = of;
  const remarks = secrets.openRemarks(record.remarksSealed) ?? '';
  const external = record.externalNumber ?? '';
  const parts = [
    onTheSpot ? '当场办结' : '',
    record.returnCount > 0 ? `退回补正${record.returnCount}次` : '',
    external && `一窗受理号 ${full ? external : hideOwn(external, secrets.applicant)}`,
    full || remarks === '' ? remarks : hideApplicant(remarks, secrets.applicant),
  ];
  return parts.filter((part) => part !== '').join('；');
}

function moment(at: number | null): Moment | null {
  return at === null ? null : { at };
}
