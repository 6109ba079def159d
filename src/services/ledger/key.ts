/** The keys that sign the ledger (Ed25519): made here, kept sealed under `DATA_KEY`, known outside by their public half. */
import { createPrivateKey, createPublicKey, generateKeyPairSync, hash, type KeyObject, sign } from 'node:crypto';
import { type LedgerKeyRow, ledgerReads, ledgerWrites } from '../../../db/repositories/ledger.ts';
import type { Ctx, Reading } from '../../ctx.ts';
import type { Vault } from '../../vault.ts';

type StoredKey = Pick<LedgerKeyRow, 'publicKey' | 'privateKeySealed'>;

const RETIRED = 'retired';

/** A new pair, as it is stored. People hand its public half to a command, which would take a dash in front for an option. */
export function makeKey(vault: Vault): StoredKey {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  const told = tellPublicKey(publicKey);
  if (told.startsWith('-')) return makeKey(vault);
  const text = privateKey.export({ format: 'der', type: 'pkcs8' }).toString('base64');
  return { publicKey: told, privateKeySealed: vault.seal(placeOf(told), text) };
}

/** What is kept of a key that signs no more: its private half is gone, and the seal still proves that it was this program's. */
export function retiredKey(vault: Vault, { publicKey }: StoredKey): StoredKey {
  return { publicKey, privateKeySealed: vault.seal(placeOf(publicKey), RETIRED) };
}

/** The same key, its private half (or the proof that is left of it) under the `DATA_KEY` that seals now. @throws when it does not open. */
export function resealKey(vault: Vault, { publicKey, privateKeySealed }: StoredKey): string {
  return vault.reseal(placeOf(publicKey), privateKeySealed);
}

/** Makes the first key. Nothing happens when there is one. */
export async function ensureLedgerKey(ctx: Pick<Ctx, 'tx' | 'now' | 'vault'>): Promise<void> {
  const known = await ledgerReads.keys(ctx.tx);
  if (known.length === 0) await ledgerWrites.insertKey(ctx.tx, { ...makeKey(ctx.vault), id: 1, madeAt: ctx.now });
}

/** A key's signature (base64url) of a text. @throws when `DATA_KEY` is another, or the key is retired. */
export function signText(vault: Vault, key: StoredKey, text: string): string {
  return sign(null, Buffer.from(text), privateKeyOf(vault, key)).toString('base64url');
}

/** Taking a key out of its text costs twenty times what signing does. What is remembered follows from the sealed text alone. */
const opened = new WeakMap<Vault, { readonly sealed: string; readonly key: KeyObject }>();

function privateKeyOf(vault: Vault, { publicKey, privateKeySealed }: StoredKey): KeyObject {
  const known = opened.get(vault);
  if (known?.sealed === privateKeySealed) return known.key;
  const key = readPrivateKey(vault.open(placeOf(publicKey), privateKeySealed));
  opened.set(vault, { sealed: privateKeySealed, key });
  return key;
}

/** Whether this program made the key under this `DATA_KEY`: nobody else can seal what opens in its place. */
export function isOwnKey(
  vault: Vault,
  stored: Pick<LedgerKeyRow, 'publicKey' | 'privateKeySealed' | 'retiredAt'>,
): boolean {
  try {
    const text = vault.open(placeOf(stored.publicKey), stored.privateKeySealed);
    if (text === RETIRED) return stored.retiredAt !== null;
    return stored.retiredAt === null && tellPublicKey(createPublicKey(readPrivateKey(text))) === stored.publicKey;
  } catch {
    return false;
  }
}

/** The key's 32 bytes as base64url, 43 characters: as it is stored, shown and handed to others. */
function tellPublicKey(publicKey: KeyObject): string {
  return publicKey.export({ format: 'jwk' }).x ?? '';
}

/** For checking signatures. @throws when the text is no key. */
export function readPublicKey(told: string): KeyObject {
  return createPublicKey({ format: 'jwk', key: { kty: 'OKP', crv: 'Ed25519', x: told } });
}

/** The public key in sixteen characters, for a card: to be compared with the whole one, not to check by. */
export function shortKey(publicKey: string): string {
  const digits = hash('sha256', publicKey, 'hex').slice(0, 16);
  return digits.match(/.{4}/g)?.join('-') ?? '';
}

/** The short form of the key that signs now; null before the first start has made one. */
export async function shortLedgerKey({ tx }: Pick<Reading, 'tx'>): Promise<string | null> {
  const key = (await ledgerReads.keys(tx)).at(-1);
  return key === undefined ? null : shortKey(key.publicKey);
}

function readPrivateKey(text: string): KeyObject {
  return createPrivateKey({ key: Buffer.from(text, 'base64'), format: 'der', type: 'pkcs8' });
}

/** A key sealed for one public half opens for no other. */
function placeOf(publicKey: string): string {
  return `ledger_keys.private_key:${publicKey}`;
}
