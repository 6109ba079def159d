/** The draft behind a form that was sent: whose it is, where it goes on, and what of it is kept. */
import { personalFields } from '../../../cards/forms.ts';
import { caseReads } from '../../../db/repositories/case.ts';
import { type DraftRow, draftWrites } from '../../../db/repositories/draft.ts';
import { type Ctx, requireStaff, type Staff } from '../../ctx.ts';
import { Refused } from '../../refusals.ts';
import { enqueuePost } from '../message/enqueue.ts';
import { isGroupOfOwnLine } from '../unit/own-ground.ts';
import { type DraftContent, openDraft, sealDraft } from './content.ts';
import { lineErrors } from './line-errors.ts';
import type { RegistrationErrors } from './view.ts';

/** `elsewhere`: its group is not the registrar's any more, so it goes on in private. */
export interface AdmittedDraft {
  readonly draft: DraftRow;
  readonly elsewhere: boolean;
  /** What was typed, with what the form could not show. */
  readonly content: DraftContent;
}

/**
 * The draft as it goes on; nobody else submits or changes it until the transaction ends.
 * @param request.submitted by 提交登记: what is left empty is meant to be empty. Beside other buttons it is not filled in yet.
 */
export async function admitDraft(
  ctx: Ctx,
  request: { draftId: number; typed: DraftContent; chatId: string; submitted: boolean },
): Promise<AdmittedDraft> {
  const draft = await ownDraft(ctx, { ...request, staff: requireStaff(ctx) });
  const elsewhere = draft.shared && !(await isGroupOfOwnLine(ctx, request.chatId));
  // Opened in any case: it proves that the form stands where it was given out.
  const known = openDraft(ctx.vault, draft);
  if (known.list !== undefined) throw new Refused('button_unknown');
  const { line, origin } = known;
  const content = {
    ...merge(draft.shared ? keptOf(ctx, { known, submitted: request.submitted }) : {}, request.typed),
    ...(line === undefined ? {} : { line }),
    ...(origin === undefined ? {} : { origin }),
  };
  return { draft: { ...draft, shared: draft.shared && !elsewhere }, elsewhere, content };
}

function keptOf(ctx: Ctx, { known, submitted }: { known: DraftContent; submitted: boolean }): DraftContent {
  return submitted ? withoutWrong(known, lineErrors(ctx, known)) : known;
}

/** A group's card shows no wrong personal value, only that it is wrong: whoever leaves that field empty means it to be empty. */
export function withoutWrong(content: DraftContent, errors: RegistrationErrors): DraftContent {
  const wrong = new Set<string>(personalFields.filter((name) => errors[name] !== undefined));
  return Object.fromEntries(Object.entries(content).filter(([name]) => !wrong.has(name)));
}

/** What was typed is kept, and the form comes back: in the pressed card, or in private. */
export async function keepDraft(ctx: Ctx, { draft, elsewhere, content }: AdmittedDraft): Promise<DraftRow> {
  const kept = { ...draft, contentSealed: sealDraft(ctx.vault, { ...draft, content }) };
  await draftWrites.keep(ctx.tx, kept);
  if (elsewhere) {
    const target = requireStaff(ctx).agent.openId;
    await enqueuePost(ctx, { target, content: { kind: 'registration', draftId: draft.id } });
  }
  return kept;
}

/** The acting person's draft, as long as it has not become a case. */
export async function ownDraft(ctx: Ctx, request: { draftId: number; staff: Staff }): Promise<DraftRow> {
  const draft = await draftWrites.take(ctx.tx, request.draftId);
  if (!draft) throw new Refused('draft_gone');
  if (draft.caseId !== null) {
    const record = await caseReads.byId(ctx.tx, draft.caseId);
    throw new Refused('draft_used', { number: record?.caseNumber ?? '' });
  }
  if (draft.agentId !== request.staff.agent.id) throw new Refused('draft_not_yours');
  return draft;
}

/** What the owner typed before into a field that is empty now, if the group's card could not show it. */
function merge(kept: DraftContent, typed: DraftContent): DraftContent {
  const left = personalFields.filter((name) => kept[name] !== undefined && typed[name] === undefined);
  if (left.length === 0) return typed;
  return { ...Object.fromEntries(left.map((name) => [name, kept[name]])), ...typed };
}
