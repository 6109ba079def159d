/** Numbers of papers with a right check digit are taken by the form and by a typed line alike. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { parseDocument, parseIdNumber } from '../../src/domain/person.ts';
import { prefill } from '../../src/domain/prefill.ts';
import { prepareCatalogue } from '../../src/domain/prepare-catalogue.ts';
import { catalogueRows } from './catalogue-rows.ts';

const TODAY = '2026-11-23';
const catalogue = prepareCatalogue(catalogueRows);

/** The check digit of GB 11643: the sum of each digit times 2 to the power of its place from the right, modulo 11. */
function checked(body: string): string {
  const sum = [...body].reduce((total, digit, at) => total + Number(digit) * 2 ** (17 - at), 0);
  return body + ('10X98765432'[sum % 11] ?? '');
}

/** Of residents, of residents of Hong Kong, Macau and Taiwan, and of foreigners. */
const areas = fc.constantFrom('152128', '110105', '810000', '820000', '830000', '910156');
const days = fc.constantFrom('19491231', '19650307', '20000229', '20261123');
const numbers = fc.tuple(areas, days, fc.stringMatching(/^\d{3}$/)).map((parts) => checked(parts.join('')));

it('an ID number or residence permit is read with x and with X', () => {
  expect(checked('11010519491231002')).toBe('11010519491231002X');
  fc.assert(
    fc.property(numbers, (number) => {
      for (const typed of [number, number.toLowerCase()]) {
        expect(parseIdNumber(typed, TODAY)).toEqual({ ok: true, value: number });
        expect(parseDocument(typed, TODAY)).toEqual({ ok: true, value: number });
        const line = prefill(`低保 阿依古丽·买买提 0470-8812345 ${typed}`, catalogue, []);
        expect(line.idNumber?.toUpperCase()).toBe(number);
        expect(line).toMatchObject({ name: '阿依古丽·买买提' });
        expect(line.phone?.replaceAll('-', '')).toBe('04708812345');
      }
    }),
  );
});
