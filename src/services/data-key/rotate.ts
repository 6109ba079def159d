/** 换密钥: brings everything that is sealed or hashed under the former `DATA_KEY` under the one that counts now, beside a running bot. */
import type { Tx } from '../../../db/database.ts';
import {
  keyOf,
  type RowKey,
  type RowOf,
  type SealedPlace,
  sealedPlaces,
  sealedReads,
  sealedWrites,
} from '../../../db/repositories/sealed.ts';
import type { Ctx } from '../../ctx.ts';
import type { Vault } from '../../vault.ts';
import { resealPhone } from '../agent/phone.ts';
import { resealRefusal } from '../agent/refusal.ts';
import { resealRestored } from '../backup/restored.ts';
import { openApplicant, searchHashes } from '../case/secret.ts';
import { resealDraft } from '../draft/content.ts';
import { resealImport } from '../import/content.ts';
import { resealKept } from '../inbox/kept.ts';
import { resealPiece, resealUndoReason } from '../information/text.ts';
import { appendLedger } from '../ledger/append.ts';
import { resealKey } from '../ledger/key.ts';
import { topChain } from '../ledger/top-chain.ts';
import { resealContent } from '../message/content.ts';
import { resealText } from '../report/texts.ts';
import { resealListedPhone } from '../roster/phone.ts';
import { endKeyChange, type KeyChange } from './check.ts';

/** What of each row changes. Throws when the row opens under neither key. */
const resealed: { readonly [Place in SealedPlace]: (vault: Vault, row: RowOf<Place>) => Partial<RowOf<Place>> } = {
  ledgerKeys: (vault, row) => ({ privateKeySealed: resealKey(vault, row) }),
  agents: (vault, row) => ({ phoneSealed: resealPhone(vault, row), refusalSealed: resealRefusal(vault, row) }),
  roster: resealListedPhone,
  applicants: rewrapped,
  unitLists: (vault, { wrappedKey }) => ({ wrappedKey: wrappedKey === null ? null : vault.rewrap(wrappedKey) }),
  evidencePlaces: (vault, { wrappedKey }) => ({ wrappedKey: vault.rewrap(wrappedKey) }),
  drafts: (vault, row) => ({ contentSealed: resealDraft(vault, row) }),
  imports: (vault, row) => ({ contentSealed: resealImport(vault, row) }),
  reportTexts: (vault, row) => ({ wordsSealed: resealText(vault, row) }),
  inbox: (vault, { key, answerSealed }) => ({
    answerSealed: answerSealed === null ? null : resealKept(vault, { key, answerSealed }),
  }),
  outbox: (vault, row) => ({ contentSealed: resealContent(vault, row) }),
  informationPieces: resealPiece,
  informationAdoptions: (vault, row) => ({ undoReasonSealed: resealUndoReason(vault, row) }),
};

/** The person's key and hashes. Columns that do not open keep their hashes: nobody is found by them any more, and the rest is not lost. */
function rewrapped(vault: Vault, row: RowOf<'applicants'>): Partial<RowOf<'applicants'>> {
  if (row.wrappedKey === null) return {};
  const wrappedKey = vault.rewrap(row.wrappedKey);
  try {
    const { applicant } = openApplicant({ vault }, { ...row, wrappedKey });
    return { wrappedKey, ...(applicant ? searchHashes({ vault }, applicant)[0] : {}) };
  } catch {
    return { wrappedKey };
  }
}

export interface Batch {
  /** How many rows are under the key that counts now. */
  readonly resealed: number;
  /** How many open under neither key and stay as they are. */
  readonly unreadable: number;
  /** From where the next batch goes on; undefined when this was the last one of the table. */
  readonly next: RowKey | undefined;
}

/** The next rows of one table. Whatever has been brought over before is passed over, so that a walk may begin anew at any time. */
export async function resealBatch<Place extends SealedPlace>(
  { tx, vault }: Pick<Ctx, 'tx' | 'vault'>,
  { place, after, limit }: { place: Place; after: RowKey | undefined; limit: number },
): Promise<Batch> {
  const rows = await sealedWrites.takeOthers(tx, { place, mark: vault.keyMark, after, limit });
  let unreadable = 0;
  for (const row of rows) {
    const set = changeOf(vault, { place, row });
    if (set) await sealedWrites.set(tx, { place, row, set });
    else unreadable++;
  }
  const last = rows.at(-1);
  const next = last === undefined || rows.length < limit ? undefined : keyOf(place, last);
  return { resealed: rows.length - unreadable, unreadable, next };
}

function changeOf<Place extends SealedPlace>(
  vault: Vault,
  { place, row }: { place: Place; row: RowOf<Place> },
): Partial<RowOf<Place>> | undefined {
  try {
    return resealed[place](vault, row);
  } catch {
    return undefined;
  }
}

/** How many rows are still under the former key, by table; those of tables without any are left out. */
export async function leftUnder(tx: Tx, mark: string): Promise<ReadonlyMap<SealedPlace, number>> {
  const left = new Map<SealedPlace, number>();
  for (const place of sealedPlaces) {
    const rows = await sealedReads.count(tx, { place, mark });
    if (rows > 0) left.set(place, rows);
  }
  return left;
}

/** The walk has left nothing behind that opens: the former key is needed for older backups only. An entry in the banner's chain says so. */
export async function finishRotation(ctx: Ctx, change: KeyChange): Promise<void> {
  await resealRestored(ctx.tx, ctx.vault);
  await endKeyChange(ctx.tx, change);
  const townId = await topChain(ctx);
  await appendLedger(ctx, { townId, caseId: null, kind: 'rotateDataKey', payload: {} });
}
