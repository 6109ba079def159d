/** The papers of a case as an office program lays them out: how many pages, and that nothing of a long text is lost. */
import { beforeAll, expect, it } from 'vitest';
import { type Slip, slips } from '../../../src/domain/slip.ts';
import { writeSlip } from '../../../src/letters/docx/slip.ts';
import { ordinaryCase, sheetOf } from '../slip-samples.ts';
import { type OpenedLetter, openLetters } from './libre-office.ts';

const A4 = [595, 842];
const TYPED = `${'长'.repeat(50_000)}完`;

type Name = Slip | `${Slip}-large` | 'typed';
let opened: Record<Name, OpenedLetter>;
beforeAll(async () => {
  const contents: Partial<Record<Name, Buffer>> = {};
  for (const slip of slips) {
    contents[slip] = await writeSlip(sheetOf(slip, 'standard'));
    contents[`${slip}-large`] = await writeSlip(sheetOf(slip, 'large'));
  }
  const completion = { day: '2026-11-27', note: TYPED, advice: '' };
  contents.typed = await writeSlip(sheetOf('refusal', 'standard', { ...ordinaryCase, completion }));
  opened = await openLetters(contents as Record<Name, Buffer>);
});

it.each(slips)('%s is one page of A4, in large type two at most, each with its number', (slip) => {
  expect(opened[slip].sizes).toEqual([A4]);
  const { pages } = opened[`${slip}-large`];
  expect(pages.length).toBeLessThanOrEqual(2);
  for (const [index, page] of pages.entries()) {
    expect(page.replace(/\s/g, '')).toContain(`26-01-00001第${index + 1}页，共${pages.length}页`);
  }
});

it.each(slips)('where %s is signed and sealed, the last words that it is signed for stand on the same page', (slip) => {
  const { body, signers, seal } = sheetOf(slip, 'large');
  const last = body.at(-1);
  const page = opened[`${slip}-large`].pages.at(-1)?.replace(/\s/g, '') ?? '';
  for (const signer of signers) expect(page).toContain(signer);
  if (seal) expect(page).toContain(seal.office);
  if (last?.kind === 'paragraph') expect(page).toContain(last.text.slice(0, 8));
});

it('150 kB in a reason go over many pages and lose nothing; the way to object still follows', () => {
  const text = opened.typed.pages.join('').replace(/\s/g, '');
  expect(text.match(/长/g)).toHaveLength(50_000);
  expect(text).toMatch(/完救济途径/);
});
