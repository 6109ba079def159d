import type { CaseLine } from '../../../db/repositories/case-list.ts';
import { type CaseTrace, caseSearchReads } from '../../../db/repositories/case-search.ts';
import { unitReads } from '../../../db/repositories/unit.ts';
import { type Ctx, personOf, type Staff, today } from '../../ctx.ts';
import { formatCaseNumber, parseCaseNumber, parseRunningNumber } from '../../domain/case-number.ts';
import { externalNumberKey } from '../../domain/external-number.ts';
import { parseName } from '../../domain/name.ts';
import { sightsOf } from '../../domain/permission.ts';
import { parsePhone } from '../../domain/person.ts';
import { normaliseDigits } from '../../domain/spelling.ts';
import { maySeeCase } from './dossier.ts';
import { findByBeginning } from './find-by-beginning.ts';

/** So many are counted; whoever has more needs a better word than a longer list. */
const HITS_MAX = 100;

export interface Found {
  /** How many there are, or `HITS_MAX` when not all were counted. */
  readonly total: number;
  readonly countedAll: boolean;
  /** The newest of them. */
  readonly newest: readonly CaseLine[];
  /** Nobody has that name; these names begin so. */
  readonly byBeginning: boolean;
}

/**
 * Cases by number, its end alone (of this year and the asker's town), 一窗受理号, applicant's name, phone or its last four digits,
 * or by name and digits together; only those the asker may see, without a word about the others. Where a name finds nothing, names
 * that begin so.
 */
export async function findCases(ctx: Ctx, wanted: { staff: Staff; text: string; shown: number }): Promise<Found> {
  const person = personOf(wanted.staff);
  const { found, countedAll } = await applicantsBy(ctx, wanted);
  if (found.size === 0) {
    const begin = await findByBeginning(ctx, wanted);
    const begun = begin.found.slice(0, wanted.shown);
    return { total: begin.found.length, countedAll: begin.all, newest: begun, byBeginning: true };
  }
  const newest: CaseLine[] = [];
  const shown = [...found].sort((a, b) => b - a).slice(0, wanted.shown);
  for (const line of await caseSearchReads.ofApplicants(ctx.tx, shown)) {
    if (await maySeeCase(ctx, { whose: line, person })) newest.push(line);
  }
  return { total: countedAll ? found.size : HITS_MAX, countedAll, newest, byBeginning: false };
}

/** 张三 8888, of two namesakes the one with that number. */
const NAME_AND_DIGITS = /^(?<name>\P{Nd}+?)[\s,，]*(?<digits>\d[\d\s-]{2,}\d)$/u;

async function applicantsBy(
  ctx: Ctx,
  wanted: { staff: Staff; text: string },
): Promise<{ found: ReadonlySet<number>; countedAll: boolean }> {
  const whole = await applicantsOfWord(ctx, wanted);
  const { name, digits } = NAME_AND_DIGITS.exec(normaliseDigits(wanted.text).trim())?.groups ?? {};
  if (whole.found.size > 0 || name === undefined || digits === undefined) return whole;
  const named = await applicantsOfWord(ctx, { staff: wanted.staff, text: name });
  const numbered = await applicantsOfWord(ctx, { staff: wanted.staff, text: digits });
  const both = [...named.found].filter((id) => numbered.found.has(id));
  return { found: new Set(both), countedAll: true };
}

async function applicantsOfWord(
  ctx: Ctx,
  wanted: { staff: Staff; text: string },
): Promise<{ found: ReadonlySet<number>; countedAll: boolean }> {
  const found = new Set<number>();
  let countedAll = true;
  for (const trace of await tracesOf(ctx, wanted)) {
    for (const sight of sightsOf(personOf(wanted.staff))) {
      const applicantIds = await caseSearchReads.find(ctx.tx, { trace, sight, limit: HITS_MAX + 1 });
      if (applicantIds.length > HITS_MAX) countedAll = false;
      for (const applicantId of applicantIds) found.add(applicantId);
    }
  }
  return { found, countedAll };
}

async function tracesOf(ctx: Ctx, { text, staff }: { text: string; staff: Staff }): Promise<CaseTrace[]> {
  const { vault } = ctx;
  const word = normaliseDigits(text).trim();
  const traces: CaseTrace[] = [{ by: 'externalNumber', value: externalNumberKey(word) }];
  const caseNumber = parseCaseNumber(word) ?? (await ownNumber(ctx, { word, staff }));
  if (caseNumber !== undefined) traces.unshift({ by: 'caseNumber', value: caseNumber });
  if (/^\d{4}$/.test(word)) {
    for (const value of vault.hashes('phoneTail', word)) {
      traces.push({ by: 'phoneTailHash', value }, { by: 'contactTailHash', value });
    }
  }
  const phone = parsePhone(word);
  if (phone.ok) {
    const tails = vault.hashes('phoneTail', phone.value);
    for (const [nth, value] of vault.hashes('phone', phone.value).entries()) {
      const number = { value, tail: tails[nth] ?? value };
      traces.push({ ...number, by: 'phoneHash' }, { ...number, by: 'contactPhoneHash' });
    }
  }
  const name = parseName(text);
  for (const value of name.ok ? vault.hashes('name', name.value) : []) traces.push({ by: 'nameHash', value });
  return traces;
}

/** `3` as a number of this year and of the town that the asker belongs to; undefined above the towns. */
async function ownNumber(ctx: Ctx, { word, staff }: { word: string; staff: Staff }): Promise<string | undefined> {
  const running = parseRunningNumber(word);
  if (running === undefined) return undefined;
  const line = await unitReads.lineage(ctx.tx, staff.unit.id);
  const townNumber = line.find((unit) => unit.townNumber !== null)?.townNumber;
  if (townNumber === null || townNumber === undefined) return undefined;
  return formatCaseNumber({ year: Number(today(ctx).slice(0, 4)), townNumber, running });
}
