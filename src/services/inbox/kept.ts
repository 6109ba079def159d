/** What is kept beside a delivery: the answer for its repeats, or the body of one that could not be read. Sealed: people typed into both. */
import type { Vault } from '../../vault.ts';

export function sealKept(vault: Vault, { key, text }: { key: string; text: string }): string {
  return vault.seal(contextOf(key), text);
}

/** Throws when it was changed, stands beside another delivery, or was sealed under another key. */
export function openKept(vault: Vault, { key, answerSealed }: { key: string; answerSealed: string }): string {
  return vault.open(contextOf(key), answerSealed);
}

/** The same under the key that seals now. Throws as `openKept` does. */
export function resealKept(vault: Vault, { key, answerSealed }: { key: string; answerSealed: string }): string {
  return vault.reseal(contextOf(key), answerSealed);
}

/** It belongs to one delivery: beside another it does not open. */
function contextOf(key: string): string {
  return `inbox.answer:${key}`;
}
