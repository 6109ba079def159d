/** A draft from one typed line: what fits the form stands in its fields, and what does not is said on its card. */
import { registrationForm } from '../../../cards/forms.ts';
import type { DraftRow } from '../../../db/repositories/draft.ts';
import type { UnitRow } from '../../../db/repositories/unit.ts';
import { unitReads } from '../../../db/repositories/unit.ts';
import { type Ctx, requireStaff, type Staff } from '../../ctx.ts';
import { type Prefill, prefill, type Residence } from '../../domain/prefill.ts';
import { isLongerThan } from '../../domain/typed.ts';
import { readList } from '../../domain/typed-list.ts';
import { searchableCatalogue } from '../item/catalogue.ts';
import { residencesFor } from '../unit/residences.ts';
import type { DraftContent, DraftLine } from './content.ts';
import { startListDraft } from './list.ts';
import { startDraft } from './start.ts';

/** Characters of a word that may be an errand; a longer one is a sentence. */
const ERRAND_MAX = 12;

/** What every line of one message is read by. */
export interface LineReader {
  read(line: string): Prefill;
  /** @param nextDraftId the draft of somebody else on the line. */
  contentOf(known: Prefill, nextDraftId?: number): DraftContent;
}

/** One person, or several with a line for each. */
export async function startDraftOfLines(ctx: Ctx, input: { shared: boolean; text: string }): Promise<DraftRow> {
  const { shared, text } = input;
  const reader = await lineReader(ctx, requireStaff(ctx));
  const typed = text.includes('\n') ? readList(text, reader.read) : undefined;
  if (typed) return startListDraft(ctx, { shared, typed, contentOf: (known) => reader.contentOf(known) });
  const known = reader.read(text);
  const content = reader.contentOf(known);
  if (known.next === undefined) return startDraft(ctx, { shared, content });
  const {
    line: _line,
    applicantName: _name,
    phone: _phone,
    idNumber: _id,
    address: _home,
    remarks: _remarks,
    contact: _contact,
    ...errand
  } = content;
  const { name: applicantName, ...others } = known.next;
  const next = await startDraft(ctx, { shared, content: { ...errand, ...others, applicantName } });
  return startDraft(ctx, { shared, content: reader.contentOf(known, next.id) });
}

export async function lineReader(ctx: Ctx, staff: Staff): Promise<LineReader> {
  const own = await residencesFor(ctx, staff);
  const catalogue = await searchableCatalogue(ctx);
  const places = [...own, ...(await placesOutside(ctx, { own, staff }))];
  const idOf = new Map(catalogue.map(({ item }) => [item.code, String(item.id)]));
  return {
    read: (line) => prefill(line, catalogue, places),
    contentOf(known, nextDraftId) {
      const ids = known.itemCodes.flatMap((code) => idOf.get(code) ?? []);
      const home = known.residenceId ?? (known.outside === undefined && own.length === 1 ? own[0]?.id : undefined);
      const { errand, unread } = apart(known);
      const remarks = [...known.asides, ...unread].join(' ');
      const line = lineOf({ ...known, rest: unread }, { ids, nextDraftId, hasErrand: errand !== '' });
      return {
        way: known.way ?? 'counter',
        ...(ids.length === 1 ? { item: ids[0] } : {}),
        ...(home === undefined ? {} : { residence: String(home) }),
        ...(known.name === undefined ? {} : { applicantName: known.name }),
        ...(known.nameWords === undefined ? {} : { nameWords: known.nameWords }),
        ...(known.phone === undefined ? {} : { phone: known.phone }),
        ...(known.idNumber === undefined ? {} : { idNumber: known.idNumber }),
        ...(known.address === undefined ? {} : { address: known.address }),
        ...(known.contact === undefined ? {} : { contact: known.contact }),
        ...(errand === '' ? {} : { otherErrand: errand }),
        ...(remarks === '' ? {} : { remarks }),
        ...(Object.keys(line).length === 0 ? {} : { line }),
      };
    },
  };
}

/** Says that there is an errand of its own, and not which. */
const OTHER = /^其[他它](?:事项?)?$/u;

/** Words that name no item of the catalogue are the errand, where the line tells who it is for and no other errand. */
function apart({ itemCodes, name, rest }: Prefill): { errand: string; unread: readonly string[] } {
  const isErrand = (word: string) =>
    itemCodes.length === 0 && name !== undefined && /^\p{L}{2,}$/u.test(word) && !isLongerThan(word, ERRAND_MAX);
  const words = rest.filter(isErrand);
  const errand = words.filter((word) => !OTHER.test(word)).join(' ');
  if (isLongerThan(errand, registrationForm.otherErrand.max)) return { errand: '', unread: rest };
  return { errand, unread: rest.filter((word) => !words.includes(word)) };
}

function lineOf(
  known: Prefill,
  { ids, nextDraftId, hasErrand }: { ids: readonly string[]; nextDraftId: number | undefined; hasErrand: boolean },
): DraftLine {
  const { rest, nameless, outside, itemWords } = known;
  return {
    ...(rest.length === 0 ? {} : { unread: [...rest] }),
    ...(nameless === undefined ? {} : { nameless }),
    ...(outside === undefined ? {} : { outside }),
    ...(hasErrand ? { errand: true } : {}),
    ...(ids.length < 2 ? {} : { items: { ids: [...ids], words: [...itemWords] } }),
    ...(nextDraftId === undefined ? {} : { nextDraftId }),
  };
}

/** Places that an agent of another unit answers for; not the units above the own one, which belong to an address. */
async function placesOutside(
  ctx: Ctx,
  { own, staff }: { own: readonly UnitRow[]; staff: Staff },
): Promise<readonly Residence[]> {
  if (staff.unit.level !== 'village' && staff.unit.level !== 'town') return [];
  const all = await unitReads.ofLevels(ctx.tx, ['town', 'village']);
  return all
    .filter(({ id, name }) => id !== staff.unit.parentId && !own.some((one) => one.id === id || one.name === name))
    .map(({ id, name }) => ({ id, name, outside: true }));
}
