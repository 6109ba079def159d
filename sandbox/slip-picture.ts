/** The papers of a case side by side, as an office program lays them out. Needs LibreOffice and poppler's `pdftoppm`. */
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import sharp from 'sharp';
import type { Slip } from '../src/domain/slip.ts';
import { writeSlip } from '../src/letters/docx/slip.ts';
import type { SlipSheet } from '../src/letters/slip-sheet.ts';
import type { SlipView } from '../src/services/case/view-slip.ts';
import { ordinaryCase, sheetOf } from '../test/letters/slip-samples.ts';

/** Traditional Mongolian stands upright in Word alone. */
const holder = { ...ordinaryCase.holder, nameMongolian: 'Баянтохой балгас' };
const underWay: SlipView = { ...ordinaryCase, holder, completion: null };
const refused: SlipView = {
  ...underWay,
  completion: { day: '2026-11-27', note: '家庭人均收入高于低保标准。', advice: '可以申请临时救助，到2号窗口问。' },
};
const shown: readonly (readonly [Slip, SlipSheet['type'], SlipView])[] = [
  ['mandate', 'standard', underWay],
  ['acceptance', 'standard', underWay],
  ['refusal', 'large', refused],
];
/** Pixels; a page is A4. */
const page = { width: 560, height: 792, gap: 16 } as const;
const DESK = '#d0d4db';
/** Letters in black on white need no more. */
const GREYS = 16;
const run = promisify(execFile);

/** Writes the picture to that path as PNG. @throws when a program that it needs is not there. */
export async function writeSlipPicture(path: string): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'daiban-slips-'));
  try {
    const pages: { input: Buffer; left: number; top: number }[] = [];
    for (const [index, [slip, type, view]] of shown.entries()) {
      const left = page.gap + index * (page.width + page.gap);
      const file = join(folder, slip);
      writeFileSync(`${file}.docx`, await writeSlip(sheetOf(slip, type, view)));
      pages.push({ input: await firstPage(file), left, top: page.gap });
    }
    const width = page.gap + shown.length * (page.width + page.gap);
    const desk = sharp({
      create: { width, height: page.height + 2 * page.gap, channels: 3, background: DESK },
    });
    await desk.composite(pages).png({ palette: true, colours: GREYS, effort: 10 }).toFile(path);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Of a Word file, whose name is given without its ending. */
async function firstPage(file: string): Promise<Buffer> {
  const folder = dirname(file);
  const profile = `-env:UserInstallation=file://${folder}/profile`;
  await run('soffice', [profile, '--headless', '--convert-to', 'pdf', '--outdir', folder, `${file}.docx`]);
  await run('pdftoppm', ['-png', '-r', '150', '-singlefile', `${file}.pdf`, file]);
  return sharp(`${file}.png`).resize(page.width, page.height).toBuffer();
}
