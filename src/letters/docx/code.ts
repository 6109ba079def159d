/** A code to be scanned (QR), as the picture in a Word file. */
import { ImageRun } from 'docx';
import sharp from 'sharp';
import { encode } from 'uqr';

/** Pixels of a module: large enough for a printer, and no grey edges. */
const MODULE_PIXELS = 8;
/** Modules of white around it, which the standard (GB/T 18284) asks for. */
const QUIET_ZONE = 4;
/** A quarter of it may be soiled or folded: the paper is carried in pockets. */
const CORRECTION = 'Q';

/** @param side pixels at 96 to the inch */
export async function codeRun(text: string, side: number): Promise<ImageRun> {
  return new ImageRun({
    type: 'png',
    data: await codePicture(text),
    transformation: { width: side, height: side },
    altText: { name: '二维码', title: '二维码', description: `二维码：${text}` },
  });
}

async function codePicture(text: string): Promise<Buffer> {
  const { data, size } = encode(text, { ecc: CORRECTION, border: QUIET_ZONE });
  const modules = Buffer.from(data.flat().map((dark) => (dark ? 0 : 255)));
  return sharp(modules, { raw: { width: size, height: size, channels: 1 } })
    .resize(size * MODULE_PIXELS, size * MODULE_PIXELS, { kernel: 'nearest' })
    .png()
    .toBuffer();
}
