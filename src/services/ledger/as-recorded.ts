/**
 * Whether rows say what the signed entries say of them. Whoever can write the database can give anybody any right in the rows; the
 * entries take a key that stands in no row.
 */
import { isDeepStrictEqual } from 'node:util';
import type { AgentRow } from '../../../db/repositories/agent.ts';
import { type LedgerRow, ledgerReads } from '../../../db/repositories/ledger.ts';
import { unitReads } from '../../../db/repositories/unit.ts';
import type { Reading, Staff } from '../../ctx.ts';
import { agentEvents, standInEvents } from '../../domain/ledger.ts';
import type { CaseDossier } from '../case/dossier.ts';
import { formerRecordKeys } from '../data-key/record-keys.ts';
import { agentFacts } from './agent-entry.ts';
import { ChangedByHand } from './changed-by-hand.ts';
import { factsOf } from './facts.ts';
import { caseFaults } from './fold-cases.ts';
import { ledgerHash } from './hash.ts';
import { isOwnKey } from './key.ts';
import { standInFacts } from './stand-in-entry.ts';
import { chainKey } from './verify.ts';
import { firstSigner } from './walk-chain.ts';

/** @throws ChangedByHand when the row of a member of staff differs from the last signed entry about that person. */
export async function requireRecordedAgent(ctx: Pick<Reading, 'tx' | 'vault'>, agent: AgentRow): Promise<void> {
  const entry = await lastEntryOf(ctx, agent);
  const said = { ...agentFacts(agent), agentId: agent.id };
  if (!entry || !isDeepStrictEqual(ownFacts(entry), said) || !(await areSigned(ctx, [entry]))) {
    throw new ChangedByHand('a member of staff is not as the ledger says');
  }
}

/**
 * The same of who acts, and of all whom that person stands in for: the signed entry about each 代班 is asked, too.
 * @throws ChangedByHand
 */
export async function requireRecordedStaff(ctx: Pick<Reading, 'tx' | 'vault'>, staff: Staff): Promise<void> {
  await requireRecordedAgent(ctx, staff.agent);
  for (const { standIn, agent } of staff.standsInFor ?? []) {
    await requireRecordedAgent(ctx, agent);
    const ending = `"standInRow":${standIn.id}}`;
    const townId = await highestUnit(ctx, agent.unitId);
    const entry = await ledgerReads.lastEnding(ctx.tx, { townId, kinds: standInEvents, ending });
    const said = { ...standInFacts(standIn), standInRow: standIn.id };
    if (!entry || !isDeepStrictEqual(factsOf(entry), said) || !(await areSigned(ctx, [entry]))) {
      throw new ChangedByHand('a 代班 is not as the ledger says');
    }
  }
}

/** When the ledger last had something to say of a member of staff (ms); undefined when it never had. */
export async function lastRecordedAt(ctx: Pick<Reading, 'tx'>, agent: AgentRow): Promise<number | undefined> {
  return (await lastEntryOf(ctx, agent))?.at;
}

/** What an entry says but for whom its actor stood in for. */
function ownFacts(entry: LedgerRow): Readonly<Record<string, unknown>> {
  const { standsInFor: _, ...facts } = factsOf(entry);
  return facts;
}

async function highestUnit({ tx }: Pick<Reading, 'tx'>, unitId: number): Promise<number> {
  return (await unitReads.lineage(tx, unitId)).at(-1)?.id ?? unitId;
}

async function lastEntryOf(ctx: Pick<Reading, 'tx'>, agent: AgentRow): Promise<LedgerRow | undefined> {
  const { tx } = ctx;
  const townId = await highestUnit(ctx, agent.unitId);
  return ledgerReads.lastEnding(tx, { townId, kinds: agentEvents, ending: `"agentId":${agent.id}}` });
}

/** @throws ChangedByHand when the row of a case or of its applicant differs from what the case's signed entries add up to. */
export async function requireRecordedCase(
  ctx: Pick<Reading, 'tx' | 'vault'>,
  { record, applicant }: Pick<CaseDossier, 'record' | 'applicant'>,
): Promise<void> {
  const entries = await ledgerReads.ofCase(ctx.tx, record.id);
  const formerKeys = record.externalNumber === null ? [] : await formerRecordKeys(ctx);
  const [fault] = caseFaults(ctx, { record, applicant, entries, formerKeys });
  if (fault || !(await areSigned(ctx, entries))) throw new ChangedByHand('a case is not as the ledger says');
}

/** Whether the entries are as they were signed. */
export async function areSigned(ctx: Pick<Reading, 'tx' | 'vault'>, entries: readonly LedgerRow[]): Promise<boolean> {
  const stored = await ledgerReads.keys(ctx.tx);
  const keys = stored.filter((key) => isOwnKey(ctx.vault, key)).map(chainKey);
  for (const entry of entries) {
    if (ledgerHash(entry) !== entry.hash || !(await firstSigner(entry, keys))) return false;
  }
  return true;
}
