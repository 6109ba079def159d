/** Compares published bulletins with what the ledger says of them: a published one is never changed. */
import { isDeepStrictEqual } from 'node:util';
import type { Tx } from '../../../db/database.ts';
import { bulletinReads } from '../../../db/repositories/bulletin.ts';
import type { LedgerRow } from '../../../db/repositories/ledger.ts';
import { bulletinFacts } from './bulletin-entry.ts';
import type { FaultList } from './fault.ts';

type Facts = Readonly<Record<string, unknown>>;

export class BulletinFold {
  /** By banner, quarter and version. */
  readonly #issued = new Map<string, Facts>();
  /** The newest version by banner and quarter: those before it are `corrected`. */
  readonly #newest = new Map<string, number>();

  observe({ kind, at, actorId }: Pick<LedgerRow, 'kind' | 'at' | 'actorId'>, facts: Facts): void {
    if (kind !== 'publishBulletin') return;
    const { standsInFor: _, ...said } = facts;
    const quarter = `${said['bannerId']} ${said['quarter']}`;
    const version = Number(said['version']);
    this.#issued.set(`${quarter} ${version}`, { ...said, publishedAt: at, publishedBy: Number(actorId) });
    this.#newest.set(quarter, Math.max(version, this.#newest.get(quarter) ?? 0));
  }

  async compare(tx: Tx, faults: FaultList): Promise<void> {
    const left = new Map(this.#issued);
    for (const row of await bulletinReads.issued(tx)) {
      const { bannerId, quarter, version, publishedAt, publishedBy } = row;
      const about = { about: 'bulletin' as const, bannerId, quarter };
      const key = `${bannerId} ${quarter} ${version}`;
      const said = left.get(key);
      left.delete(key);
      const isNewest = version === this.#newest.get(`${bannerId} ${quarter}`);
      const state = isNewest ? 'published' : 'corrected';
      if (!said) faults.add({ ...about, problem: 'no entry' });
      else if (
        row.state !== state ||
        !isDeepStrictEqual({ ...bulletinFacts(row), publishedAt, publishedBy }, { ...said })
      ) {
        faults.add({ ...about, problem: 'differs' });
      }
    }
    for (const said of left.values()) {
      const [bannerId, quarter] = [Number(said['bannerId']), String(said['quarter'])];
      faults.add({ about: 'bulletin', bannerId, quarter, problem: 'no row' });
    }
  }
}
