/** From an order to the file. */
import { type MadeFile, makeFile } from '../made-file.ts';
import type { LetterName, LetterOrder } from '../services/message/letter-order.ts';
import { letters } from './index.ts';
import type { MakeLetter, ReadPage } from './letter.ts';

/** The file of an order; the caller closes it. The library is read when the first file is made. */
export async function makeLetter(read: ReadPage, order: LetterOrder): Promise<MadeFile> {
  const { fileName, letter } = await makerOf(order.name)(read, order);
  const { writeLetter } = await import('./docx/write.ts');
  const content = await writeLetter(letter);
  return makeFile(`${fileName.replace(/[\\/:*?"<>|\p{Cc}]/gu, '')}.docx`, async (to) => {
    await new Promise<void>((resolve, reject) => {
      to.once('error', reject);
      to.end(content, resolve);
    });
    return content.length;
  });
}

/** The table pairs each name with its order; the compiler cannot follow the pairing across the look-up. */
function makerOf(name: LetterName): (read: ReadPage, order: LetterOrder) => ReturnType<MakeLetter<LetterName>> {
  return letters[name] as (read: ReadPage, order: LetterOrder) => ReturnType<MakeLetter<LetterName>>;
}
