/** What stands in the printed papers of a case, read at this moment: as it was typed, for the applicant's own hands. */
import { ledgerReads } from '../../../db/repositories/ledger.ts';
import { paperReads } from '../../../db/repositories/paper.ts';
import type { UnitRow } from '../../../db/repositories/unit.ts';
import { type Reading, today } from '../../ctx.ts';
import { localDay } from '../../domain/calendar.ts';
import type { DeliveryWay, SuspendReason, TerminateReason } from '../../domain/case.ts';
import { isOtherItem } from '../../domain/other-errand.ts';
import { standingEntries } from '../ledger/standing.ts';
import { type CaseDossier, loadCase } from './dossier.ts';
import { withWords } from './errand.ts';
import { type Applicant, type ApplicantVault, openApplicant } from './secret.ts';

/** A unit as a paper names it. */
export interface SlipOffice {
  readonly name: string;
  /** Where its window is, and whose seal the paper gets. */
  readonly center: string;
  readonly nameMongolian: string | null;
}

/** Days are local ones, YYYY-MM-DD; null for what has not happened. Texts are '' where nobody wrote one. */
export interface SlipView {
  readonly caseNumber: string;
  readonly externalNumber: string | null;
  /** Of 其他事项 with its words. */
  readonly itemName: string;
  readonly department: string;
  readonly applicant: Applicant;
  /** With the town in front. */
  readonly residence: string;
  /** Where it was registered, and who looks after it there. */
  readonly registering: SlipOffice;
  readonly keeperName: string;
  /** Who handles it, and since when it has accepted it. */
  readonly holder: SlipOffice;
  readonly handlerName: string | null;
  /** To whose government an objection goes; null where the holder is above all banners. */
  readonly bannerName: string | null;
  readonly today: string;
  readonly registeredDay: string;
  readonly acceptedDay: string | null;
  readonly promisedDays: number;
  readonly dueDay: string | null;
  /** Working days kept while time stands still. */
  readonly remainingDays: number | null;
  /** Of the version of the item that the case was registered under; `there`: papers came that were named so. */
  readonly materials: readonly { readonly name: string; readonly there: boolean }[];
  /** While it is returned: why, and what is missing, one a line. */
  readonly returned: { readonly day: string; readonly reason: string; readonly materials: string } | null;
  readonly completion: { readonly day: string; readonly note: string; readonly advice: string } | null;
  readonly deliveryWay: DeliveryWay | null;
  readonly suspension: { readonly day: string; readonly reason: SuspendReason; readonly note: string } | null;
  readonly termination: {
    readonly day: string;
    readonly reason: TerminateReason;
    readonly note: string;
    readonly advice: string;
  } | null;
  readonly withdrawal: { readonly day: string; readonly reason: string } | null;
}

/** undefined when the applicant was erased. */
export async function viewSlip(ctx: Reading, caseId: number): Promise<SlipView | undefined> {
  const dossier = await loadCase(ctx, caseId);
  const secrets = openApplicant(ctx, dossier.applicant);
  const { applicant } = secrets;
  if (!applicant) return undefined;
  const { record, item, keeper, registeringLine, holderLine, handlerName } = dossier;
  const dayOf = (at: number | null) => (at === null ? null : localDay(at, ctx.zone));
  return {
    ...(await courseOf(ctx, { dossier, secrets })),
    caseNumber: record.caseNumber,
    externalNumber: record.externalNumber,
    itemName: withWords(item.subItem, secrets.openOtherErrand(record.otherErrandSealed) ?? ''),
    department: departmentOf(dossier),
    applicant,
    residence: residenceOf(dossier),
    registering: officeOf(registeringLine[0]),
    keeperName: keeper.name,
    holder: officeOf(holderLine[0]),
    handlerName,
    bannerName: holderLine.find(({ level }) => level === 'banner')?.name ?? null,
    today: today(ctx),
    registeredDay: record.registeredDay,
    acceptedDay: dayOf(record.acceptedAt),
    promisedDays: record.promisedDays,
    dueDay: dayOf(record.dueAt),
    remainingDays: record.remainingDays,
    materials: await materialsOf(ctx, dossier),
    deliveryWay: record.deliveryWay,
  };
}

function officeOf(unit: UnitRow | undefined): SlipOffice {
  return { name: unit?.name ?? '', center: unit?.center ?? '', nameMongolian: unit?.nameMongolian ?? null };
}

/** '' where 其他事项 names none. */
function departmentOf({ item, record, units }: CaseDossier): string {
  if (!isOtherItem(item)) return item.department;
  return units.find(({ id }) => id === record.otherDepartmentId)?.name ?? '';
}

function residenceOf({ record, units }: CaseDossier): string {
  const nameOf = (unitId: number) => units.find(({ id }) => id === unitId)?.name ?? '';
  const [town, residence] = [nameOf(record.townId), nameOf(record.residenceUnitId)];
  return residence.startsWith(town) ? residence : `${town}${residence}`;
}

async function materialsOf(ctx: Reading, { record, item }: CaseDossier): Promise<SlipView['materials']> {
  const papers = item.materials.length === 0 ? [] : await paperReads.keptOfCase(ctx.tx, record.id);
  const named = new Set(papers.flatMap(({ material }) => material ?? []));
  return item.materials.map((name) => ({ name, there: named.has(name) }));
}

/** What people wrote when they took the steps that count; what was taken back is left out. */
async function courseOf(
  ctx: Reading,
  { dossier: { record }, secrets }: { dossier: CaseDossier; secrets: ApplicantVault },
): Promise<Pick<SlipView, 'returned' | 'completion' | 'suspension' | 'termination' | 'withdrawal'>> {
  const entries = standingEntries(await ledgerReads.ofCase(ctx.tx, record.id));
  const last = (kind: string) => {
    const entry = entries.findLast((one) => one.kind === kind);
    if (!entry) return undefined;
    const notes = entry.sealed === null ? undefined : secrets.openNote(entry.sealed);
    return { day: localDay(entry.at, ctx.zone), said: (name: string) => notes?.[name] ?? '' };
  };
  const [returned, completed, suspended] = [last('return'), last('complete'), last('suspend')];
  const [terminated, withdrawn] = [last('terminate'), last('withdraw')];
  const { state, completedAt, suspendReason, terminateReason } = record;
  return {
    returned:
      state === 'returned' && returned
        ? { day: returned.day, reason: returned.said('reason'), materials: returned.said('materials') }
        : null,
    completion:
      completedAt === null
        ? null
        : {
            day: localDay(completedAt, ctx.zone),
            note: completed?.said('note') ?? '',
            advice: completed?.said('advice') ?? '',
          },
    suspension:
      suspendReason === null || !suspended
        ? null
        : { day: suspended.day, reason: suspendReason, note: suspended.said('reason') },
    termination:
      terminateReason === null || !terminated
        ? null
        : {
            ...{ day: terminated.day, reason: terminateReason },
            ...{ note: terminated.said('reason'), advice: terminated.said('advice') },
          },
    withdrawal: state === 'withdrawn' && withdrawn ? { day: withdrawn.day, reason: withdrawn.said('reason') } : null,
  };
}
