import type { CaseLine } from '../../../db/repositories/case-list.ts';
import { type CaseTrace, caseSearchReads } from '../../../db/repositories/case-search.ts';
import { type Ctx, personOf, type Staff } from '../../ctx.ts';
import { parseCaseNumber } from '../../domain/case-number.ts';
import { externalNumberKey } from '../../domain/external-number.ts';
import { parseName } from '../../domain/name.ts';
import { sightOf } from '../../domain/permission.ts';
import { parsePhone } from '../../domain/person.ts';
import { normaliseDigits } from '../../domain/spelling.ts';
import { maySeeCase } from './dossier.ts';

/** So many are counted; whoever has more needs a better word than a longer list. */
const HITS_MAX = 100;

export interface Found {
  /** How many there are, or `HITS_MAX` when not all were counted. */
  readonly total: number;
  readonly countedAll: boolean;
  /** The newest of them. */
  readonly newest: readonly CaseLine[];
}

/**
 * Cases by number, 一窗受理号, applicant's full name, phone or its last four digits; only those the asker may see, without a
 * word about the others.
 */
export async function findCases(ctx: Ctx, wanted: { staff: Staff; text: string; shown: number }): Promise<Found> {
  const person = personOf(wanted.staff);
  const found = new Set<number>();
  let countedAll = true;
  for (const trace of tracesOf(ctx, wanted.text)) {
    const applicantIds = await caseSearchReads.find(ctx.tx, { trace, sight: sightOf(person), limit: HITS_MAX + 1 });
    if (applicantIds.length > HITS_MAX) countedAll = false;
    for (const applicantId of applicantIds) found.add(applicantId);
  }
  const newest: CaseLine[] = [];
  const shown = [...found].sort((a, b) => b - a).slice(0, wanted.shown);
  for (const line of await caseSearchReads.ofApplicants(ctx.tx, shown)) {
    if (await maySeeCase(ctx, { whose: line, person })) newest.push(line);
  }
  return { total: countedAll ? found.size : HITS_MAX, countedAll, newest };
}

function tracesOf({ vault }: Ctx, text: string): CaseTrace[] {
  const word = normaliseDigits(text).trim();
  const traces: CaseTrace[] = [{ by: 'externalNumber', value: externalNumberKey(word) }];
  const caseNumber = parseCaseNumber(word);
  if (caseNumber !== undefined) traces.unshift({ by: 'caseNumber', value: caseNumber });
  if (/^\d{4}$/.test(word)) traces.push({ by: 'phoneTailHash', value: vault.hash('phoneTail', word) });
  const phone = parsePhone(word);
  if (phone.ok) {
    const tail = vault.hash('phoneTail', phone.value);
    traces.push({ by: 'phoneHash', value: vault.hash('phone', phone.value), tail });
  }
  const name = parseName(text);
  if (name.ok) traces.push({ by: 'nameHash', value: vault.hash('name', name.value) });
  return traces;
}
