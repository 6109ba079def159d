/** A pasted list as one draft: its lines, their forms, and what its card shows of them. */

import { registrationForm } from '../../../cards/forms.ts';
import type { ListLine, ListView } from '../../../cards/registration-list.ts';
import { caseReads } from '../../../db/repositories/case.ts';
import { type DraftRow, draftReads, draftWrites } from '../../../db/repositories/draft.ts';
import { type Ctx, type Reading, requireStaff, type Staff } from '../../ctx.ts';
import { maskName } from '../../domain/name.ts';
import { maskPhone } from '../../domain/person.ts';
import type { Prefill } from '../../domain/prefill.ts';
import { LIST_LINES_MAX } from '../../domain/typed.ts';
import type { TypedList } from '../../domain/typed-list.ts';
import { Refused } from '../../refusals.ts';
import { checkRegistration, isUnreachable } from '../case/check-registration.ts';
import { enqueuePost } from '../message/enqueue.ts';
import { staffByIds } from '../stand-in/running.ts';
import { isGroupOfOwnLine } from '../unit/own-ground.ts';
import { ownDraft } from './admit.ts';
import { type DraftContent, type ListEntry, openDraft, sealDraft } from './content.ts';
import { startDraft } from './start.ts';

/** @throws Refused when there are more lines than one card can show. */
export async function startListDraft(
  ctx: Ctx,
  { shared, typed, contentOf }: { shared: boolean; typed: TypedList; contentOf: (known: Prefill) => DraftContent },
): Promise<DraftRow> {
  if (typed.people.length > LIST_LINES_MAX) throw new Refused('list_too_long', { max: String(LIST_LINES_MAX) });
  const { item, residence, line } = typed.heading ? contentOf(typed.heading) : ({} satisfies DraftContent);
  const common = {
    ...(item === undefined ? {} : { item }),
    ...(line?.items === undefined ? {} : { line: { items: line.items } }),
    ...(residence === undefined ? {} : { residence }),
  };
  const list = typed.people.map((known): ListEntry => {
    const { next, ...own } = known;
    // Whoever else stands on the line is said in the remarks: a list has one person a line.
    const rest = next === undefined ? own.rest : [...own.rest, next.name, next.phone ?? ''].filter(Boolean);
    return { kind: 'open', content: { ...common, ...contentOf({ ...own, rest }) } };
  });
  return startDraft(ctx, { shared, content: { list } });
}

export interface AdmittedList {
  readonly draft: DraftRow;
  /** Its group is not the registrar's any more. */
  readonly elsewhere: boolean;
  readonly list: readonly ListEntry[];
}

/** The list; nobody else registers from it until the transaction ends. */
export async function admitList(ctx: Ctx, request: { draftId: number; chatId: string }): Promise<AdmittedList> {
  const draft = await ownDraft(ctx, { draftId: request.draftId, staff: requireStaff(ctx) });
  const { list } = openDraft(ctx.vault, draft);
  if (list === undefined) throw new Refused('button_unknown');
  const elsewhere = draft.shared && !(await isGroupOfOwnLine(ctx, request.chatId));
  return { draft: { ...draft, shared: draft.shared && !elsewhere }, elsewhere, list };
}

export async function keepList(ctx: Ctx, { draft, elsewhere, list }: AdmittedList): Promise<DraftRow> {
  const kept = { ...draft, contentSealed: sealDraft(ctx.vault, { ...draft, content: { list } }) };
  await draftWrites.keep(ctx.tx, kept);
  if (elsewhere) {
    const target = requireStaff(ctx).agent.openId;
    await enqueuePost(ctx, { target, content: { kind: 'registration', draftId: draft.id } });
  }
  return kept;
}

/** 改: opens the form of one line; pressed again, the same form once more. */
export async function openListLine(
  ctx: Ctx,
  request: { draftId: number; line: number; chatId: string },
): Promise<AdmittedList> {
  const admitted = await admitList(ctx, request);
  const { draft, list } = admitted;
  const at = request.line - 1;
  const entry = list[at];
  if (entry === undefined) throw new Refused('choice_unknown');
  if (entry.kind === 'done') throw new Refused('draft_used', { number: entry.caseNumber });
  const draftId = entry.kind === 'moved' ? entry.draftId : await moveOut(ctx, { draft, content: entry.content });
  const target = draft.shared ? request.chatId : requireStaff(ctx).agent.openId;
  await enqueuePost(ctx, { target, content: { kind: 'registration', draftId } });
  if (entry.kind === 'moved') return admitted;
  const moved: ListEntry = { kind: 'moved', draftId, shown: shownOf(entry.content, { shared: true }) };
  const kept = { ...admitted, list: list.with(at, moved) };
  return { ...kept, draft: await keepList(ctx, kept) };
}

async function moveOut(ctx: Ctx, { draft, content }: { draft: DraftRow; content: DraftContent }): Promise<number> {
  return (await startDraft(ctx, { shared: draft.shared, content })).id;
}

/** Each line with what is wrong with it now. */
export async function viewList(ctx: Reading, draft: DraftRow): Promise<ListView> {
  const { list = [] } = openDraft(ctx.vault, draft);
  const [staff] = await staffByIds(ctx, [draft.agentId]);
  if (!staff) throw new Error(`draft ${draft.id} belongs to nobody`);
  const lines: ListLine[] = [];
  for (const entry of list) lines.push(await viewEntry(ctx, { entry, draft, staff }));
  return { draftId: draft.id, shared: draft.shared, lines };
}

async function viewEntry(
  ctx: Reading,
  { entry, draft, staff }: { entry: ListEntry; draft: DraftRow; staff: Staff },
): Promise<ListLine> {
  if (entry.kind === 'done') return { shown: entry.shown, state: 'done', words: entry.caseNumber };
  if (entry.kind === 'moved') return viewMoved(ctx, entry);
  const shown = shownOf(entry.content, draft);
  const check = await checkRegistration(ctx, { staff, content: { ...entry.content, consent: true } });
  if (check.ok && isUnreachable(check.checked)) {
    return { shown, state: 'wrong', words: '没有电话的群众，请点“改”填一位联系人' };
  }
  if (check.ok && entry.twin !== undefined) {
    return { shown, state: 'wrong', words: `${entry.twin}，没有再登记；是另一件，请点“改”` };
  }
  if (check.ok) return { shown: `${shown}　${check.checked.item.subItem}`, state: 'right', words: '' };
  const words = Object.entries(check.errors).map(([field, problem]) => problemOf(entry.content, { field, problem }));
  return { shown, state: 'wrong', words: words.join('；') };
}

async function viewMoved(ctx: Reading, entry: Extract<ListEntry, { kind: 'moved' }>): Promise<ListLine> {
  const own = await draftReads.byId(ctx.tx, entry.draftId);
  const record = own?.caseId ? await caseReads.byId(ctx.tx, own.caseId) : undefined;
  return record
    ? { shown: entry.shown, state: 'done', words: record.caseNumber }
    : { shown: entry.shown, state: 'moved', words: '登记卡在下方' };
}

function problemOf(content: DraftContent, { field, problem }: { field: string; problem: string }): string {
  const meant = content.line?.items?.ids.length;
  if (field === 'item' && meant !== undefined) return `事项有${meant}项对得上，请选一项`;
  if (field === 'residence' && content.line?.outside !== undefined) return `“${content.line.outside}”不在您的登记范围`;
  const label = Object.entries(registrationForm).find(([name]) => name === field)?.[1].label ?? '';
  return problem.includes(label) ? problem : `${label}：${problem}`;
}

/** Who it is, as the list's readers may see it. */
export function shownOf(content: DraftContent, { shared }: { shared: boolean }): string {
  const { applicantName, nameWords, phone } = content;
  const names = applicantName === undefined ? (nameWords ?? []) : [applicantName];
  const parts = [
    ...names.map((name) => (shared ? maskName(name) : name)),
    ...(phone === undefined ? [] : [shared ? maskPhone(phone) : phone]),
  ];
  return parts.join('　');
}
