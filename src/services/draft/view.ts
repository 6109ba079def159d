import { personalFields, type RegistrationField, registrationForm } from '../../../cards/forms.ts';
import type { ErrandTwin, RegistrationView } from '../../../cards/registration.ts';
import type { DraftRow } from '../../../db/repositories/draft.ts';
import { type ItemRow, itemReads } from '../../../db/repositories/item.ts';
import { unitReads } from '../../../db/repositories/unit.ts';
import { type Reading, today } from '../../ctx.ts';
import { optionText } from '../../domain/everyday-names.ts';
import { maskName } from '../../domain/name.ts';
import { isOtherItem } from '../../domain/other-errand.ts';
import { staffByIds } from '../stand-in/running.ts';
import { residencesFor } from '../unit/residences.ts';
import { type DraftContent, openDraft } from './content.ts';
import { viewLine } from './view-line.ts';

export type RegistrationErrors = Partial<Record<RegistrationField, string>>;

/**
 * A registration card from its draft. In a private chat what was typed stands in the fields; in a group personal fields stay
 * empty and only their masked text shows that they are kept.
 */
export async function viewDraft(
  ctx: Reading,
  request: { draft: DraftRow; errors: RegistrationErrors; twin: ErrandTwin | null; unreachable?: boolean },
): Promise<RegistrationView> {
  const { draft, errors, twin, unreachable = false } = request;
  const content = openDraft(ctx.vault, draft);
  const [staff] = await staffByIds(ctx, [draft.agentId]);
  if (!staff) throw new Error(`draft ${draft.id} belongs to nobody`);
  const residences = await residencesFor(ctx, staff);
  const items = await itemReads.offered(ctx.tx, today(ctx));
  const departments = await unitReads.ofLevels(ctx.tx, ['department']);
  const chosen = items.find((item) => String(item.id) === itemOf(content, items));
  return {
    draftId: draft.id,
    shared: draft.shared,
    items: meantFirst(items, content).map((item) => ({ value: String(item.id), text: itemText(item) })),
    residences: residences.map((place) => ({ value: String(place.id), text: place.name })),
    departments: departments.map((unit) => ({ value: String(unit.id), text: unit.name })),
    values: { ...shownValues(content, draft.shared), ...(chosen ? { item: String(chosen.id) } : {}) },
    kept: draft.shared ? keptWords(content, errors) : {},
    errors,
    line: viewLine({ content, items, shared: draft.shared }),
    nameWords: (content.nameWords ?? []).map((word) => (draft.shared ? maskName(word) : word)),
    twin,
    unreachable,
    materials: chosen ? chosen.materials : null,
  };
}

/** What a typed line may have meant stands at the head of the list. */
function meantFirst(items: readonly ItemRow[], { line }: DraftContent): readonly ItemRow[] {
  const ids = line?.items?.ids ?? [];
  const meant = ids.flatMap((id) => items.filter((item) => String(item.id) === id));
  return [...meant, ...items.filter((item) => !meant.includes(item))];
}

/** Whoever wrote the errand in own words need not pick 其他事项 as well. */
function itemOf({ item, otherErrand }: DraftContent, items: readonly ItemRow[]): string | undefined {
  if (item !== undefined || otherErrand === undefined) return item;
  return items.filter(isOtherItem).map(({ id }) => String(id))[0];
}

export function itemText(item: ItemRow): string {
  return isOtherItem(item) ? `${item.subItem}（目录里没有的）` : optionText(item);
}

function shownValues(content: DraftContent, shared: boolean): RegistrationView['values'] {
  const { nameWords: _words, origin: _origin, line: _line, list: _list, ...fields } = content;
  const hidden = new Set<string>(shared ? personalFields : []);
  return Object.fromEntries(Object.entries(fields).filter(([name]) => !hidden.has(name)));
}

/** What a group may see of kept personal data. A field that has to be put right is not kept: it must be typed anew. */
function keptWords(content: DraftContent, errors: RegistrationErrors): RegistrationView['kept'] {
  const kept = personalFields.flatMap((name) => {
    const typed = content[name];
    return typed === undefined || errors[name] !== undefined ? [] : [[name, registrationForm[name].mask(typed)]];
  });
  return Object.fromEntries(kept);
}
