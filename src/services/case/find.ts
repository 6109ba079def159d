import { type CaseTrace, caseReads } from '../../../db/repositories/case.ts';
import { type Ctx, personOf, type Staff } from '../../ctx.ts';
import { parseCaseNumber } from '../../domain/case-number.ts';
import { maySee } from '../../domain/permission.ts';
import { normaliseDigits, parseName, parsePhone } from '../../domain/person.ts';
import { type CaseDossier, openDossier } from './dossier.ts';

/** So many hits are looked at: newer ones first. What the asker may not see among them is left out without a word. */
const HITS_MAX = 200;

/** Cases by number, 一窗受理号, applicant's full name, phone or its last four digits; only those the asker may see. */
export async function findCases(ctx: Ctx, wanted: { staff: Staff; text: string }): Promise<CaseDossier[]> {
  const person = personOf(wanted.staff);
  const found = new Map<number, CaseDossier>();
  for (const trace of tracesOf(ctx, wanted.text)) {
    for (const record of await caseReads.find(ctx.tx, { trace, limit: HITS_MAX })) {
      if (found.has(record.id)) continue;
      const dossier = await openDossier(ctx, record);
      if (maySee(dossier.parties, person)) found.set(record.id, dossier);
    }
  }
  return [...found.values()].sort((a, b) => b.record.id - a.record.id);
}

function tracesOf({ vault }: Ctx, text: string): CaseTrace[] {
  const word = normaliseDigits(text).trim();
  const traces: CaseTrace[] = [{ by: 'externalNumber', value: word }];
  const caseNumber = parseCaseNumber(word);
  if (caseNumber !== undefined) traces.unshift({ by: 'caseNumber', value: caseNumber });
  if (/^\d{4}$/.test(word)) traces.push({ by: 'phoneTailHash', value: vault.hash('phoneTail', word) });
  const phone = parsePhone(word);
  if (phone.ok) traces.push({ by: 'phoneHash', value: vault.hash('phone', phone.value) });
  const name = parseName(text);
  if (name.ok) traces.push({ by: 'nameHash', value: vault.hash('name', name.value) });
  return traces;
}
