/** What is kept beside a delivery: the answer for its repeats, or the body of one that could not be read. Sealed: people typed into both. */
import type { Vault } from '../../vault.ts';

const CONTEXT = 'inbox.answer';

export function sealKept(vault: Vault, text: string): string {
  return vault.seal(CONTEXT, text);
}

/** Throws when it was changed, or sealed under another key. */
export function openKept(vault: Vault, sealed: string): string {
  return vault.open(CONTEXT, sealed);
}
