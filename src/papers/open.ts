/** One paper on its way back to somebody who handles the case, or fills in the task or check: opened in memory, never on a disk. */
import { Readable } from 'node:stream';
import type { Card } from '../../cards/card.ts';
import { noticeCard } from '../../cards/notice.ts';
import type { PaperRow } from '../../db/repositories/paper.ts';
import type { Upload } from '../lark/port.ts';
import type { Vault } from '../vault.ts';
import { contextOfPaper, type PaperStore } from './store.ts';

const endings = { jpeg: 'jpg', pdf: 'pdf' } as const;

export interface OrderedPaper {
  readonly paper: PaperRow;
  readonly wrappedKey: string;
  /** Of what it is, as its name says: 26-02-00012 材料, 任务9 照片. */
  readonly label: string;
  /** Which of them. */
  readonly number: number;
}

/** The file, or what is said instead when it is gone or does not open: somebody waits for it. */
export async function openPaper(
  { store, vault }: { store: PaperStore; vault: Vault },
  ordered: OrderedPaper,
): Promise<{ readonly file: Upload & { close(): void } } | { readonly card: Card }> {
  const { paper, wrappedKey, label, number } = ordered;
  const sealed = await store.get(paper.fileName);
  const content = sealed && opened({ vault, wrappedKey, sealed, name: paper.fileName });
  if (!content) return { card: missingCard(label, number) };
  const name = `${label}${number}.${endings[paper.type ?? 'pdf']}`;
  return { file: { name, bytes: content.length, read: () => Readable.from([content]), close() {} } };
}

function opened(sealed: { vault: Vault; wrappedKey: string; sealed: Buffer; name: string }): Buffer | undefined {
  try {
    return sealed.vault.applicantCipher(sealed.wrappedKey).openBytes(contextOfPaper(sealed.name), sealed.sealed);
  } catch {
    return undefined;
  }
}

function missingCard(label: string, number: number): Card {
  const line = `${label}第${number}份找不到，或者打不开了。请告诉系统管理员，用 doctor 命令核对。`;
  return noticeCard({ tone: 'error', title: '有一份材料打不开', lines: [line] });
}
