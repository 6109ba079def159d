/** Fetches the file of a published list into the store of papers: sealed under a key of its own, because nobody knows what somebody sends. */
import { createHash } from 'node:crypto';
import { buffer } from 'node:stream/consumers';
import type { UnitListRow } from '../../db/repositories/unit-list.ts';
import { PAPER_BYTES_MAX } from '../domain/paper.ts';
import { officeEnding } from '../domain/unit-list.ts';
import { toLarkError } from '../lark/errors.ts';
import type { LarkPort } from '../lark/port.ts';
import type { KeptListFile } from '../services/unit-list/file.ts';
import type { Vault } from '../vault.ts';
import { preparePaper } from './prepare.ts';
import { contextOfPaper, type PaperStore } from './store.ts';

interface ListFileParts {
  readonly lark: Pick<LarkPort, 'download'>;
  readonly store: PaperStore;
  readonly vault: Vault;
}

/** `later`: it may be there at another time. */
export type FetchedListFile = { readonly kept: KeptListFile } | { readonly problem: 'later' | 'never' };

export async function fetchListFile(parts: ListFileParts, list: UnitListRow): Promise<FetchedListFile> {
  const { messageId, resourceKey: key, resourceKind: kind, fileName } = list;
  if (messageId === null || key === null || kind === null || fileName === null) return { problem: 'never' };
  let sent: Buffer;
  try {
    sent = await buffer(await parts.lark.download({ messageId, key, kind, bytesMax: PAPER_BYTES_MAX }));
  } catch (error) {
    const { failure } = toLarkError(error);
    return { problem: failure === 'later' || failure === 'quota' ? 'later' : 'never' };
  }
  const prepared = await prepareList(sent, list.ending ?? '');
  if (!prepared) return { problem: 'never' };
  const { wrappedKey, cipher } = parts.vault.newApplicantKey();
  const sealed = cipher.sealBytes(contextOfPaper(fileName), prepared.content);
  try {
    await parts.store.put(fileName, sealed);
  } catch {
    return { problem: 'later' };
  }
  const hash = createHash('sha256').update(sealed).digest('hex');
  return { kept: { id: list.id, ending: prepared.ending, wrappedKey, bytes: sealed.length, hash } };
}

const endings = { jpeg: '.jpg', pdf: '.pdf' } as const;

/** By content; pictures are drawn anew like any other paper. undefined: it is nothing that is kept. */
async function prepareList(sent: Buffer, name: string): Promise<{ content: Buffer; ending: string } | undefined> {
  const office = officeEnding(name, sent);
  if (office !== undefined) return { content: sent, ending: office };
  const prepared = await preparePaper(sent);
  return 'problem' in prepared ? undefined : { content: prepared.content, ending: endings[prepared.type] };
}
