import { caseListCard } from '../../../cards/case-list.ts';
import type { UnitRow } from '../../../db/repositories/unit.ts';
import { type Ctx, requireStaff } from '../../ctx.ts';
import { Refused } from '../../refusals.ts';
import { targetsOfUnit } from '../card/targets.ts';
import type { ListEntry } from '../draft/content.ts';
import { type AdmittedList, admitList, keepList, shownOf } from '../draft/list.ts';
import { enqueuePost } from '../message/enqueue.ts';
import { notifyAdmins } from '../message/notify.ts';
import { checkRegistration, isUnreachable } from './check-registration.ts';
import type { CaseDossier } from './dossier.ts';
import { caseListRows } from './list-row.ts';
import { enterCase, writeFirstEntries } from './register.ts';

const ROWS_MAX = 10;

export interface RegisteredList {
  readonly admitted: AdmittedList;
  readonly numbers: readonly string[];
  /** Lines that are still to be put right. */
  readonly left: number;
}

/**
 * Registers every line of a pasted list that is right, each as a case of its own, and leaves the others. A person whose same errand
 * has no answer yet, or whom nobody could call, is left, too: their own form asks. Each town gets one message with all of its new cases, and no card for each:
 * a card comes when somebody opens it.
 */
export async function registerList(
  ctx: Ctx,
  input: { draftId: number; consent: boolean; chatId: string },
): Promise<RegisteredList> {
  const admitted = await admitList(ctx, input);
  if (!input.consent) throw new Refused('list_needs_consent');
  if (!admitted.list.some(({ kind }) => kind === 'open')) throw new Refused('list_done');
  const originTarget = admitted.draft.shared ? input.chatId : requireStaff(ctx).agent.openId;
  const entered: CaseDossier[] = [];
  const list: ListEntry[] = [];
  for (const entry of admitted.list) {
    const { entry: kept, dossier } =
      entry.kind === 'open' ? await registerEntry(ctx, { entry, originTarget }) : { entry };
    list.push(kept);
    if (dossier) entered.push(dossier);
  }
  const asks = list.some((entry) => entry.kind === 'open' && entry.twin !== undefined);
  if (entered.length === 0 && !asks) throw new Refused('list_nothing_right');
  await tellHolders(ctx, entered);
  const draft = await keepList(ctx, { ...admitted, list });
  return {
    admitted: { ...admitted, draft, list },
    numbers: entered.map(({ record }) => record.caseNumber),
    left: list.filter(({ kind }) => kind === 'open').length,
  };
}

type OpenEntry = Extract<ListEntry, { kind: 'open' }>;

async function registerEntry(
  ctx: Ctx,
  { entry, originTarget }: { entry: OpenEntry; originTarget: string },
): Promise<{ entry: ListEntry; dossier?: CaseDossier }> {
  const staff = requireStaff(ctx);
  const check = await checkRegistration(ctx, { staff, content: { ...entry.content, consent: true } });
  if (!check.ok || isUnreachable(check.checked)) return { entry };
  const entered = await enterCase(ctx, { staff, checked: check.checked, originTarget, origin: null });
  if (entered.twin) return { entry: { ...entry, twin: entered.twin.sentence } };
  await writeFirstEntries(ctx, entered);
  const { dossier } = entered;
  const { id: caseId, caseNumber } = dossier.record;
  // What was typed goes: the case has it now.
  const shown = `${shownOf(entry.content, { shared: true })}　${dossier.item.subItem}`;
  return { entry: { kind: 'done', caseId, caseNumber, shown }, dossier };
}

/** One list for each town, however many cases it got. */
async function tellHolders(ctx: Ctx, entered: readonly CaseDossier[]): Promise<void> {
  const holders = new Map(entered.flatMap(({ holderLine: [holder] }) => (holder ? [[holder.id, holder]] : [])));
  for (const holder of holders.values()) {
    await tellHolder(ctx, { holder, cases: entered.filter(({ record }) => record.holderUnitId === holder.id) });
  }
}

async function tellHolder(
  ctx: Ctx,
  { holder, cases }: { holder: UnitRow; cases: readonly CaseDossier[] },
): Promise<void> {
  const targets = await targetsOfUnit(ctx, holder);
  const ids = cases.map(({ record }) => record.id);
  const unit = requireStaff(ctx).unit.name;
  if (targets.length === 0) {
    const what = `${unit}登记了${ids.length}件，转到${holder.center}，但它没有绑定群，也没有代办员。`;
    await notifyAdmins(ctx, { title: '有代办件没人接收', lines: [what, '请绑定它的群，或让工作人员登记。'] });
    return;
  }
  const card = caseListCard({
    title: `${unit}登记了${ids.length}件，请接收`,
    empty: '',
    total: ids.length,
    rows: await caseListRows(ctx, { ids: ids.slice(0, ROWS_MAX), justAsked: false }),
    hint: '点“打开”接收；发 /待办 看全部。',
    now: ctx.now,
    zone: ctx.zone,
  });
  for (const { target } of targets) await enqueuePost(ctx, { target, content: { kind: 'fixed', card } });
}
