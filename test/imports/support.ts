/** Lists sent to the bot in an administrator's private chat, as a file each. */
import type { WriteSheet } from 'hucre/xlsx';
import { wordsOf } from '../support/office.ts';
import { ADMIN, type Scene } from '../support/scene.ts';
import { workbookOf } from '../support/workbooks.ts';

let sent = 0;

/** Sends a workbook and lets the answer arrive; returns its words. */
export async function sendsList(scene: Scene, list: { sheets: WriteSheet[]; by?: string }): Promise<string> {
  return sendsFile(scene, { ...list, content: await workbookOf(...list.sheets) });
}

export async function sendsFile(
  scene: Scene,
  file: { content: Buffer | Error; name?: string; by?: string },
): Promise<string> {
  const { by = ADMIN, name = '名单.xlsx' } = file;
  const key = `file_${++sent}`;
  scene.resources.set(key, file.content);
  await scene.sends(by, { files: [{ kind: 'file', key, name }], wordless: 'file' });
  await scene.settle();
  return wordsOf(scene.last(by).card);
}

/** 确认导入 on the newest card; returns what stands there then. */
export async function confirms(scene: Scene, by = ADMIN): Promise<string> {
  await scene.does(by, { target: by, label: '确认导入' });
  return wordsOf(scene.last(by).card);
}
