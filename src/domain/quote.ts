/** The one gate through which what somebody typed may be said again. */
import { hidePersonal } from './hiding.ts';

const CHARACTERS_MAX = 20;

declare const gated: unique symbol;
/** Typed words that may stand in an answer. */
export type Quote = string & { readonly [gated]: true };

/**
 * In a private chat the first words, with what tells of a person hidden; null in a group, where whoever typed 张三 behind a
 * command would find the resident's name said again to everybody.
 */
export function quote(typed: string, chatType: 'p2p' | 'group'): Quote | null {
  if (chatType === 'group') return null;
  const hidden = Array.from(hidePersonal(typed.slice(0, 10 * CHARACTERS_MAX), undefined));
  const short = hidden.length > CHARACTERS_MAX ? `${hidden.slice(0, CHARACTERS_MAX).join('')}…` : hidden.join('');
  return passed(`“${short}”`);
}

/** Only for `quote`, which has hidden what must be. */
function passed(text: string): Quote {
  return text as Quote;
}
