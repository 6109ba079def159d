import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type CaseState, caseStates } from '../../src/domain/case.ts';
import { type Duty, duties, type History, responsibilityOf } from '../../src/domain/responsibility.ts';

/** Said once more by looking at everything for one moment: no walk, no state. */
function whoAt({ entries, moves, standIns }: History, at: { moment: number; duty: Duty }) {
  const said = (name: string) =>
    entries.filter((entry) => entry.at <= at.moment && name in entry.facts).at(-1)?.facts[name];
  const state = said('state') as CaseState | undefined;
  const held: readonly unknown[] = ['forwarded', 'accepted', 'suspended'];
  const over: readonly unknown[] = ['archived', 'withdrawn', 'terminated'];
  if (state === undefined || (at.duty === 'holder' ? !held.includes(state) : over.includes(state))) return undefined;
  const unitId = said(at.duty === 'holder' ? 'holderUnitId' : 'registeringUnitId');
  const named = said(at.duty === 'holder' ? 'handlerId' : 'keeperId');
  const works = moves.filter((move) => move.agentId === named && move.at <= at.moment).at(-1)?.unitId === unitId;
  const agentId = works ? named : null;
  const away = standIns.find((one) => one.absentId === agentId && one.from <= at.moment && at.moment < one.until);
  return { unitId, agentId, standInId: away?.standInId ?? null };
}

const moment = fc.integer({ min: 1, max: 30 });
const person = fc.constantFrom(1, 2, 3);
const unit = fc.constantFrom(11, 12);
const byTime = <One extends { at: number }>(list: One[]) => list.sort((a, b) => a.at - b.at);
const entry = fc.record({
  at: moment,
  facts: fc.record(
    {
      state: fc.constantFrom(...caseStates),
      holderUnitId: unit,
      handlerId: fc.option(person),
      keeperId: person,
    },
    { requiredKeys: [] },
  ),
});
const history = fc
  .record({
    first: fc.record({ holderUnitId: unit, registeringUnitId: unit, keeperId: person }),
    entries: fc.array(entry, { maxLength: 8 }),
    moves: fc.array(fc.record({ at: moment, agentId: person, unitId: fc.option(unit) }), { maxLength: 8 }),
    standIns: fc.array(fc.record({ absentId: person, standInId: person, from: moment, days: moment }), {
      maxLength: 4,
    }),
  })
  .map(({ first, entries, moves, standIns }): History => {
    const registration = { at: 1, facts: { ...first, state: 'forwarded', handlerId: null } };
    return {
      entries: [registration, ...byTime(entries)],
      moves: byTime(moves),
      standIns: standIns.map(({ days, ...span }) => ({ ...span, until: span.from + days })),
    };
  });

describe('who was responsible', () => {
  it('is at every moment what all that was said until then adds up to, in stretches that follow each other', () => {
    fc.assert(
      fc.property(history, (past) => {
        const stretches = responsibilityOf(past);
        for (const duty of duties) {
          const own = stretches.filter((one) => one.duty === duty);
          for (let at = 0; at <= 65; at++) {
            const found = own.filter(({ from, until }) => from <= at && (until === null || at < until));
            const expected = whoAt(past, { moment: at, duty });
            expect(found.map(({ unitId, agentId, standInId }) => ({ unitId, agentId, standInId }))).toEqual(
              expected === undefined ? [] : [expected],
            );
          }
          for (const [index, { until }] of own.entries()) {
            if (until === null) expect(index).toBe(own.length - 1);
          }
        }
      }),
      { numRuns: 300 },
    );
  });
});
