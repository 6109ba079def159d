/** Handing out what was uploaded, as a client opens it. */
import type { Response } from 'express';
import type { FileRecord } from './world.ts';

/** What a browser shows by itself, by the first bytes. Anything else is downloaded: a page in a file must not run here. */
const shown: readonly (readonly [type: string, start: string, skip?: number])[] = [
  ['image/png', '89504e470d0a1a0a'],
  ['image/jpeg', 'ffd8ff'],
  ['image/gif', '47494638'],
  ['image/webp', '57454250', 8],
  ['application/pdf', '255044462d'],
];

/** Shows pictures and PDFs, and offers everything else under its name. */
export function serveFile(file: FileRecord, response: Response): void {
  const type = shown.find(([, start, skip = 0]) => {
    return file.bytes.subarray(skip, skip + start.length / 2).toString('hex') === start;
  })?.[0];
  response.setHeader('x-content-type-options', 'nosniff');
  if (type === undefined) response.attachment(file.name || '图片');
  else response.type(type);
  response.send(file.bytes);
}
