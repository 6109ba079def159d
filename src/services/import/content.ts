/** What is kept of a list that is being imported: sealed, because it names people and their telephone numbers. */
import * as z from 'zod';
import type { ImportRecord } from '../../../db/repositories/import.ts';
import { importKinds } from '../../domain/import/layout.ts';
import type { Vault } from '../../vault.ts';
import { ChangedByHand } from '../ledger/changed-by-hand.ts';

const texts = z.record(z.string(), z.string());

const importFileSchema = z.object({
  kind: z.enum(importKinds),
  tables: z
    .array(
      z.object({
        sheet: z.string(),
        title: z.string(),
        labels: texts,
        rows: z.array(z.object({ row: z.number().int(), cells: texts, problems: texts.exactOptional() })).readonly(),
      }),
    )
    .readonly(),
  notes: z.array(z.string()).readonly(),
});

const names = z.array(z.string()).readonly();

const importCountsSchema = z.object({
  added: z.number().int(),
  changed: z.number().int(),
  unchanged: z.number().int(),
  faults: z.number().int(),
});

const importContentSchema = z.discriminatedUnion('stage', [
  /** Where the platform keeps it. */
  z.object({ stage: z.literal('arrived'), fileName: z.string(), fileKey: z.string() }),
  z.object({
    stage: z.literal('read'),
    fileName: z.string(),
    file: importFileSchema,
    shown: z
      .discriminatedUnion('as', [
        /** 确认导入 was pressed on a plan that somebody had changed meanwhile: the card shows the present one and says so. */
        z.object({ as: z.literal('stale') }),
        z.object({ as: z.literal('done'), counts: importCountsSchema }),
        z.object({ as: z.literal('retired'), retired: names, kept: names }),
      ])
      .exactOptional(),
  }),
  /** Nothing of it is needed any more. */
  z.object({ stage: z.literal('emptied'), fileName: z.string() }),
]);
export type ImportContent = z.infer<typeof importContentSchema>;
/** A list whose rows are kept. `shown`: what its card shows instead of what it would do. */
export type KeptList = Extract<ImportContent, { stage: 'read' }>;

/** What is known of a row before it has its id. */
type ImportPlace = Pick<ImportRecord, 'agentId' | 'messageId' | 'createdAt'>;

export function sealImport(vault: Vault, place: ImportPlace, content: ImportContent): string {
  return vault.seal(contextOf(place), JSON.stringify(content));
}

/** @throws ChangedByHand when it was sealed for another message. */
export function openImport(vault: Vault, record: ImportPlace & Pick<ImportRecord, 'contentSealed'>): ImportContent {
  return importContentSchema.parse(JSON.parse(opened(vault, record)));
}

/** The content under the key that seals now. @throws when it does not open. */
export function resealImport(vault: Vault, record: ImportPlace & Pick<ImportRecord, 'contentSealed'>): string {
  return vault.reseal(contextOf(record), record.contentSealed);
}

function opened(vault: Vault, record: ImportPlace & Pick<ImportRecord, 'contentSealed'>): string {
  try {
    return vault.open(contextOf(record), record.contentSealed);
  } catch {
    throw new ChangedByHand('an import is not as it was sealed');
  }
}

function contextOf({ agentId, messageId, createdAt }: ImportPlace): string {
  return `imports.content:${JSON.stringify([agentId, messageId, createdAt])}`;
}
