/** From what somebody sent to what is kept: looked at by content, pictures drawn anew without what a camera wrote into them. */
import sharp from 'sharp';
import { PAPER_PIXELS_MAX, type PaperProblem, type PaperType, typeOf } from '../domain/paper.ts';

export type Prepared =
  | { readonly type: PaperType; readonly content: Buffer }
  | { readonly problem: Extract<PaperProblem, 'empty' | 'heic' | 'wrongType' | 'tooManyPixels' | 'damaged'> };

/** Pixels of the longer side: what stands on an A4 page can still be read at 300 dots an inch. */
const SIDE_MAX = 3500;
const JPEG_QUALITY = 85;

// One picture at a time, and nothing of it afterwards: a village's bot runs beside others on a small machine.
sharp.cache(false);
sharp.concurrency(1);

/** Never rejects for anything that is in the content. */
export async function preparePaper(content: Buffer): Promise<Prepared> {
  const type = typeOf(content);
  if (type === 'empty' || type === 'heic') return { problem: type };
  if (type === 'other') return { problem: 'wrongType' };
  // A PDF stays as it is: to write it anew would break the signatures of offices.
  return type === 'pdf' ? { type, content } : preparePicture(content);
}

/** Turned as it was held; the place it was taken at, the camera and its thumbnail are gone with the rest of EXIF, XMP and IPTC. */
async function preparePicture(content: Buffer): Promise<Prepared> {
  try {
    const { width, height } = await sharp(content, { limitInputPixels: false }).metadata();
    if (width * height > PAPER_PIXELS_MAX) return { problem: 'tooManyPixels' };
    const drawn = await sharp(content, { limitInputPixels: PAPER_PIXELS_MAX, failOn: 'error' })
      .rotate()
      .resize({ width: SIDE_MAX, height: SIDE_MAX, fit: 'inside', withoutEnlargement: true })
      .flatten({ background: 'white' })
      .jpeg({ quality: JPEG_QUALITY })
      .toBuffer();
    return { type: 'jpeg', content: drawn };
  } catch {
    // What it says may be a piece of the picture.
    return { problem: 'damaged' };
  }
}
