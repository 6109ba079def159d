/** Buttons of a form that is not finished: what has been typed into it is kept, and the form comes back. */
import type { DraftRow } from '../../../db/repositories/draft.ts';
import { itemReads } from '../../../db/repositories/item.ts';
import { type Ctx, requireStaff, today } from '../../ctx.ts';
import { Refused } from '../../refusals.ts';
import { enqueuePost } from '../message/enqueue.ts';
import { type AdmittedDraft, admitDraft, keepDraft } from './admit.ts';
import type { DraftContent } from './content.ts';
import { lineErrors } from './line-errors.ts';
import type { RegistrationErrors } from './view.ts';

export interface UnfinishedForm {
  readonly draft: DraftRow;
  readonly errors: RegistrationErrors;
  readonly twin: null;
  readonly elsewhere: boolean;
}

interface Sent {
  readonly draftId: number;
  readonly typed: DraftContent;
  readonly chatId: string;
}

/** One of the items that the typed line may have meant. */
export async function chooseItem(
  ctx: Ctx,
  { itemId, ...sent }: Sent & { itemId: number },
): Promise<UnfinishedForm & { readonly itemName: string }> {
  const admitted = await admitDraft(ctx, { ...sent, submitted: false });
  const item = await itemReads.byId(ctx.tx, { id: itemId, day: today(ctx) });
  if (!item?.active) throw new Refused('choice_unknown');
  const content = { ...admitted.content, item: String(item.id) };
  return { ...(await goOn(ctx, { ...admitted, content })), itemName: item.subItem };
}

/** Opens the form of the next person on the line; once. */
export async function openNextPerson(ctx: Ctx, sent: Sent): Promise<UnfinishedForm> {
  const admitted = await admitDraft(ctx, { ...sent, submitted: false });
  await postNextPerson(ctx, { ...admitted, chatId: sent.chatId });
  return goOn(ctx, { ...admitted, content: withoutNext(admitted.content) });
}

/** The form of the next person on the line, below; nothing where there is none, or it has been opened. */
export async function postNextPerson(
  ctx: Ctx,
  { draft, content, chatId }: Pick<AdmittedDraft, 'draft' | 'content'> & { chatId: string },
): Promise<boolean> {
  const draftId = content.line?.nextDraftId;
  if (draftId === undefined) return false;
  const target = draft.shared ? chatId : requireStaff(ctx).agent.openId;
  await enqueuePost(ctx, { target, content: { kind: 'registration', draftId } });
  return true;
}

async function goOn(ctx: Ctx, admitted: AdmittedDraft): Promise<UnfinishedForm> {
  const draft = await keepDraft(ctx, admitted);
  return { draft, errors: lineErrors(ctx, admitted.content), twin: null, elsewhere: admitted.elsewhere };
}

function withoutNext({ line, ...content }: DraftContent): DraftContent {
  const { nextDraftId: _opened, ...rest } = line ?? {};
  return { ...content, line: rest };
}
