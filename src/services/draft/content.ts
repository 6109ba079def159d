import * as z from 'zod';
import type { Field, FormValues } from '../../../cards/field.ts';
import { registrationForm } from '../../../cards/forms.ts';
import type { Vault } from '../../vault.ts';

/**
 * What has been typed into a registration card so far; nothing in it has been checked yet. `nameWords`: words of a typed line that
 * may be one name or more.
 */
export type DraftContent = Partial<FormValues<typeof registrationForm>> & { readonly nameWords?: readonly string[] };

const draftContentSchema = z.object({
  ...Object.fromEntries(
    Object.entries<Field>(registrationForm).map(([name, field]) => [name, valueSchema(field).optional()]),
  ),
  nameWords: z.array(z.string()).optional(),
});

function valueSchema(field: Field) {
  switch (field.kind) {
    case 'text':
    case 'pick':
      return z.string();
    case 'choice':
    case 'preset':
      return z.literal(field.options);
    case 'tick':
      return z.boolean();
  }
}

const CONTEXT = 'drafts.content';

/** Stands where the content was, once the draft has become a case. */
export const EMPTIED = '';

export function sealDraft(vault: Vault, content: DraftContent): string {
  return vault.seal(CONTEXT, JSON.stringify(content));
}

export function openDraft(vault: Vault, sealed: string): DraftContent {
  if (sealed === EMPTIED) return {};
  // The schema has the form's fields, each with the values that its kind can have.
  return draftContentSchema.parse(JSON.parse(vault.open(CONTEXT, sealed))) as DraftContent;
}
