/** From an order to the file. */
import { type MadeFile, makeFile } from '../made-file.ts';
import type { LetterName, LetterOrder } from '../services/message/letter-order.ts';
import { letters } from './index.ts';
import type { MakeLetter, NamedLetter, NamedSlip, ReadPage } from './letter.ts';

/** The file of an order; the caller closes it. The library is read when the first file is made. */
export async function makeLetter(read: ReadPage, order: LetterOrder): Promise<MadeFile> {
  const made = await makerOf(order.name)(read, order);
  const content = await contentOf(made);
  return makeFile(`${made.fileName.replace(/[\\/:*?"<>|\p{Cc}]/gu, '')}.docx`, async (to) => {
    await new Promise<void>((resolve, reject) => {
      to.once('error', reject);
      to.end(content, resolve);
    });
    return content.length;
  });
}

async function contentOf(made: NamedLetter | NamedSlip): Promise<Buffer> {
  if ('slip' in made) return (await import('./docx/slip.ts')).writeSlip(made.slip);
  return (await import('./docx/write.ts')).writeLetter(made.letter);
}

/** The table pairs each name with its order; the compiler cannot follow the pairing across the look-up. */
function makerOf(name: LetterName): (read: ReadPage, order: LetterOrder) => ReturnType<MakeLetter<LetterName>> {
  return letters[name] as (read: ReadPage, order: LetterOrder) => ReturnType<MakeLetter<LetterName>>;
}
