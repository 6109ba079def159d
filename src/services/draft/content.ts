import * as z from 'zod';
import { serviceWays } from '../../domain/case.ts';
import type { Vault } from '../../vault.ts';

/** What has been typed into a registration card so far; nothing in it has been checked yet. */
const draftContentSchema = z.object({
  applicantName: z.string().optional(),
  phone: z.string().optional(),
  idNumber: z.string().optional(),
  /** Unit id as text, as a select's value is. */
  residence: z.string().optional(),
  /** Item id as text. */
  item: z.string().optional(),
  way: z.enum(serviceWays).optional(),
  consent: z.boolean().optional(),
  onTheSpot: z.boolean().optional(),
  remarks: z.string().optional(),
});
export type DraftContent = z.infer<typeof draftContentSchema>;

/** Fields that would tell a group who the applicant is; a shared card never shows them. */
export const personalFields = ['applicantName', 'phone', 'idNumber', 'remarks'] as const;

const CONTEXT = 'drafts.content';

/** Stands where the content was, once the draft has become a case. */
export const EMPTIED = '';

export function sealDraft(vault: Vault, content: DraftContent): string {
  return vault.seal(CONTEXT, JSON.stringify(content));
}

export function openDraft(vault: Vault, sealed: string): DraftContent {
  if (sealed === EMPTIED) return {};
  return draftContentSchema.parse(JSON.parse(vault.open(CONTEXT, sealed)));
}
