import * as z from 'zod';
import type { Field, FormValues } from '../../../cards/field.ts';
import { registrationForm } from '../../../cards/forms.ts';
import type { DraftRow } from '../../../db/repositories/draft.ts';
import type { Vault } from '../../vault.ts';
import { ChangedByHand } from '../ledger/changed-by-hand.ts';

/**
 * What has been typed into a registration card so far; nothing in it has been checked yet. `nameWords`: words of a typed line that
 * may be one name or more.
 */
export type DraftContent = Partial<FormValues<typeof registrationForm>> & {
  readonly nameWords?: readonly string[];
  readonly line?: DraftLine;
  readonly list?: readonly ListEntry[];
  /** 再办一件: the case whose applicant this one is for, too. */
  readonly origin?: number;
};

const draftLineSchema = z.object({
  unread: z.array(z.string()).optional(),
  nameless: z.enum(['signs', 'long']).optional(),
  outside: z.string().optional(),
  errand: z.literal(true).optional(),
  items: z.object({ ids: z.array(z.string()), words: z.array(z.string()) }).optional(),
  nextDraftId: z.number().int().positive().optional(),
});

/**
 * What a typed line says beyond its fields: words that were not understood, why there is no name, a place of others, whether they are
 * an errand of its own, the items that
 * may be meant with the words that named them, and the draft of the next person on it.
 */
export type DraftLine = z.infer<typeof draftLineSchema>;

/** One line of a pasted list: as it was typed, and the same errand that is on its way already; or registered, with what the list shows of it; or in a form of its own. */
export type ListEntry =
  | { readonly kind: 'open'; readonly content: DraftContent; readonly twin?: string }
  | { readonly kind: 'done'; readonly caseId: number; readonly caseNumber: string; readonly shown: string }
  | { readonly kind: 'moved'; readonly draftId: number; readonly shown: string };

const id = z.number().int().positive();
const listEntrySchema = z.discriminatedUnion('kind', [
  // Read by `draftContentSchema`, which stands below.
  z.object({ kind: z.literal('open'), content: z.lazy(() => draftContentSchema), twin: z.string().optional() }),
  z.object({ kind: z.literal('done'), caseId: id, caseNumber: z.string(), shown: z.string() }),
  z.object({ kind: z.literal('moved'), draftId: id, shown: z.string() }),
]);

const draftContentSchema: z.ZodType = z.object({
  ...Object.fromEntries(
    Object.entries<Field>(registrationForm).map(([name, field]) => [name, valueSchema(field).optional()]),
  ),
  nameWords: z.array(z.string()).optional(),
  line: draftLineSchema.optional(),
  list: z.array(listEntrySchema).optional(),
  origin: z.number().optional(),
});

function valueSchema(field: Field) {
  switch (field.kind) {
    case 'text':
    case 'pick':
      return z.string();
    case 'choice':
    case 'preset':
      return z.literal(field.options);
    case 'picks':
      return z.array(z.string());
    case 'tick':
      return z.boolean();
  }
}

/** Stands where the content was, once the draft has become a case. */
export const EMPTIED = '';

/** Whose draft it is, since when, and whether a group reads its form: what is known of a row before it has its id. */
type DraftPlace = Pick<DraftRow, 'agentId' | 'createdAt' | 'shared'>;

export function sealDraft(vault: Vault, draft: DraftPlace & { content: DraftContent }): string {
  return vault.seal(contextOf(draft), JSON.stringify(draft.content));
}

/** @throws ChangedByHand when it was sealed for another draft, or for another place of its form. */
export function openDraft(vault: Vault, draft: DraftPlace & Pick<DraftRow, 'contentSealed'>): DraftContent {
  if (draft.contentSealed === EMPTIED) return {};
  // The schema has the form's fields, each with the values that its kind can have.
  return draftContentSchema.parse(JSON.parse(opened(vault, draft))) as DraftContent;
}

/** The content under the key that seals now. @throws when it does not open. */
export function resealDraft(vault: Vault, draft: DraftPlace & Pick<DraftRow, 'contentSealed'>): string {
  return draft.contentSealed === EMPTIED ? EMPTIED : vault.reseal(contextOf(draft), draft.contentSealed);
}

function opened(vault: Vault, draft: DraftPlace & Pick<DraftRow, 'contentSealed'>): string {
  try {
    return vault.open(contextOf(draft), draft.contentSealed);
  } catch {
    throw new ChangedByHand('a draft is not as it was sealed');
  }
}

function contextOf({ agentId, createdAt, shared }: DraftPlace): string {
  return `drafts.content:${agentId}:${createdAt}:${shared ? 'group' : 'private'}`;
}
