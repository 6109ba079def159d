/** What a typed line left open, as its card says it. In a group nothing of it is said again but the catalogue's own words. */
import type { LineView } from '../../../cards/registration-line.ts';
import type { ItemRow } from '../../../db/repositories/item.ts';
import { maskName } from '../../domain/name.ts';
import { maskPhone } from '../../domain/person.ts';
import type { DraftContent, DraftLine } from './content.ts';

/** So many items are offered as buttons; of more the list of the form has the nearest first. */
const BUTTONS_MAX = 5;
const UNREAD_MAX = 3;
const WORD_CHARACTERS_MAX = 12;

export function viewLine(form: { content: DraftContent; items: readonly ItemRow[]; shared: boolean }): LineView {
  const { content, shared } = form;
  const { unread = [], nameless, nextDraftId } = content.line ?? {};
  const own = content.line?.errand && content.item === undefined ? content.otherErrand : undefined;
  return {
    notes: [
      ...(own === undefined ? [] : [`目录里没有${unreadWords([own], shared)}，按其他事项登记`]),
      ...(unread.length === 0 ? [] : [`没认出${unreadWords(unread, shared)}，先放在备注里`]),
    ],
    nameless: content.applicantName === undefined ? nameless : undefined,
    items: offeredItems(form),
    hasNext: nextDraftId !== undefined,
  };
}

function unreadWords(words: readonly string[], shared: boolean): string {
  const shown = words.slice(0, UNREAD_MAX).map((word) => `“${shared ? masked(word) : shortened(word)}”`);
  return `${shown.join('')}${words.length > shown.length ? `等${words.length}个词` : ''}`;
}

function masked(word: string): string {
  return /\d{3}/.test(word) ? maskPhone(word) : maskName(word);
}

function shortened(word: string): string {
  const signs = [...word];
  return signs.length > WORD_CHARACTERS_MAX ? `${signs.slice(0, WORD_CHARACTERS_MAX).join('')}…` : word;
}

/** Until one is chosen. */
function offeredItems({ content, items }: { content: DraftContent; items: readonly ItemRow[] }): LineView['items'] {
  const { ids, words } = content.line?.items ?? ({ ids: [], words: [] } satisfies DraftLine['items']);
  const meant = ids.flatMap((id) => items.filter((item) => String(item.id) === id));
  if (meant.length < 2 || content.item !== undefined) return undefined;
  const choices = meant.map((item) => ({ value: String(item.id), text: item.subItem }));
  return { words, total: choices.length, buttons: choices.length > BUTTONS_MAX ? [] : choices };
}
