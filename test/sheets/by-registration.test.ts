import fc from 'fast-check';
import { expect, it } from 'vitest';
import { byRegistration } from '../../src/sheets/by-registration.ts';

it('gives each part of a ledger as if all cases had been sorted at once', () => {
  // Few days and few moments, so that days are shared by parts and moments by cases.
  const moment = fc.integer({ min: -6, max: 24 }).map((quarters) => quarters * 21_600_000);
  fc.assert(
    fc.property(fc.array(moment, { maxLength: 60 }), fc.integer({ min: 1, max: 20 }), (moments, count) => {
      const cases = moments.map((registeredAt, index) => ({ id: (index * 37) % 61, registeredAt }));
      const found = byRegistration();
      found.add(cases.slice(0, 20));
      found.add(cases.slice(20));
      const sorted = [...cases].sort((a, b) => a.registeredAt - b.registeredAt || a.id - b.id).map(({ id }) => id);
      for (let skip = 0; skip <= cases.length; skip += count) {
        expect(found.ids({ skip, count })).toEqual(sorted.slice(skip, skip + count));
      }
    }),
  );
});
