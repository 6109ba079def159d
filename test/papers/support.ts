/** Pictures as phones send them, and an office in which somebody sends them. */
import sharp from 'sharp';
import type { CaseRow } from '../../db/repositories/case.ts';
import type { PaperRow } from '../../db/repositories/paper.ts';
import type { SentFile } from '../../src/lark/port.ts';
import { ADA, type Scene } from '../support/scene.ts';

/** With a place and a camera in its EXIF data. */
export async function photo(side = 64): Promise<Buffer> {
  const plain = sharp({ create: { width: side, height: side, channels: 3, background: 'green' } });
  return plain
    .jpeg()
    .withExif({ IFD0: { Model: 'SecretCamera' }, IFD3: { GPSLatitude: '49/1 12/1 0/1' } })
    .toBuffer();
}

let count = 0;

/** A picture that lies with the platform under a key of its own. */
export function lays(scene: Scene, content: Buffer | Error | undefined, kind: SentFile['kind'] = 'image'): SentFile {
  const key = `${kind === 'image' ? 'img' : 'file'}_v3_paper${++count}`;
  if (content) scene.resources.set(key, content);
  return { kind, key };
}

/** 传材料 on the case's card in the chat. */
export async function asksFor(scene: Scene, chat: string, openId = ADA): Promise<void> {
  await scene.does(openId, { target: chat, label: '传材料' });
}

export function papersOf(scene: Scene, { id }: Pick<CaseRow, 'id'>): Promise<PaperRow[]> {
  return scene.db.read(async ({ q, t }) => {
    const rows = await q.select().from(t.papers).orderBy(t.papers.id);
    return rows.filter(({ caseId }) => caseId === id);
  });
}
