import { unitReads } from '../../db/repositories/unit.ts';
import type { LetterOrderOf } from '../services/message/letter-order.ts';
import type { NamedLetter, ReadPage } from './letter.ts';

export async function bulletinLetter(read: ReadPage, order: LetterOrderOf<'bulletin'>): Promise<NamedLetter> {
  const unit = await read((ctx) => unitReads.byId(ctx.tx, order.unitId));
  const title = `关于${order.label}\n帮办代办工作情况的通报`;
  return {
    fileName: `通报_${unit?.name ?? ''}_${order.label}`,
    letter: {
      title,
      letterhead: null,
      addressees: '各苏木乡镇人民政府，旗直各部门',
      body: [],
      annexes: [],
      signature: null,
      note: null,
      type: 'standard',
    },
  };
}
