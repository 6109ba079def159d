/** Adds up what the entries say of monthly reports, and compares the rows of reports and of their versions with it. */
import { isDeepStrictEqual } from 'node:util';
import type { Tx } from '../../../db/database.ts';
import type { LedgerRow } from '../../../db/repositories/ledger.ts';
import { type ReportRow, type ReportVersionRow, reportReads } from '../../../db/repositories/report.ts';
import type { FaultList } from './fault.ts';

type Facts = Readonly<Record<string, unknown>>;

interface SaidReport {
  readonly townId: number;
  readonly month: string;
  /** What stands: as the report's row tells it. */
  standing: Facts;
  readonly versions: Map<number, Facts>;
  /** By the number of each version: what its row told of the report while it stood. */
  readonly stood: Map<number, Facts>;
}

const open: Facts = { version: null, submittedAt: null, submittedBy: null, late: null };

export class ReportFold {
  /** By town and month. */
  readonly #reports = new Map<string, SaidReport>();

  observe(entry: LedgerRow, facts: Facts): void {
    const { kind, townId } = entry;
    if (kind !== 'report' && kind !== 'undoReport' && kind !== 'returnReport') return;
    const report = this.#reportOf({ townId, month: String(facts['month']) });
    const number = Number(facts['version']);
    const version = report.versions.get(number);
    if (kind === 'report') {
      submit(report, { entry, facts });
    } else if (version) {
      const ending = { endedAt: entry.at, endedBy: Number(entry.actorId) };
      const returned =
        kind === 'returnReport' ? { ending: 'returned', reasonSealed: entry.sealed } : { ending: 'undone' };
      report.versions.set(number, { ...version, ...ending, ...returned });
      // A 更正 that was taken back leaves the version before it; what the banner sends back is open, whatever it had corrected.
      const before = kind === 'undoReport' ? report.stood.get(Number(version['corrects'])) : undefined;
      report.standing = before ?? open;
    }
  }

  async compare(tx: Tx, faults: FaultList): Promise<void> {
    const reports = await reportReads.all(tx);
    const versions = await reportReads.allVersions(tx);
    const seen = new Set<string>();
    for (const report of reports) {
      const { townId, month } = report;
      const about = { about: 'report' as const, townId, month };
      const own = versions.filter(({ reportId }) => reportId === report.id);
      const said = this.#reports.get(keyOf(report));
      seen.add(keyOf(report));
      const is = standingOf(report);
      if (!said) {
        if (own.length > 0 || !isDeepStrictEqual(is, open)) faults.add({ ...about, problem: 'no entry' });
      } else if (!isDeepStrictEqual(is, said.standing) || !isDeepStrictEqual(versionsOf(own), said.versions)) {
        faults.add({ ...about, problem: 'differs' });
      }
    }
    for (const { townId, month } of this.#reports.values()) {
      if (!seen.has(keyOf({ townId, month }))) faults.add({ about: 'report', townId, month, problem: 'no row' });
    }
  }

  #reportOf(place: { townId: number; month: string }): SaidReport {
    const known = this.#reports.get(keyOf(place));
    if (known) return known;
    const report = { ...place, standing: open, versions: new Map(), stood: new Map() };
    this.#reports.set(keyOf(place), report);
    return report;
  }
}

function submit(report: SaidReport, { entry, facts }: { entry: LedgerRow; facts: Facts }): void {
  const { version: number, corrects, figures, parts, late } = facts;
  const by = { submittedAt: entry.at, submittedBy: Number(entry.actorId) };
  const kept = { ...by, figures, parts, corrects, late, ledgerSeq: entry.seq, textsSealed: entry.sealed };
  report.versions.set(Number(number), { ...kept, ending: null, endedAt: null, endedBy: null, reasonSealed: null });
  // A 更正 changes neither when the report came, nor by whom, nor whether it was late.
  const since = corrects === null ? { ...by, late } : report.standing;
  report.standing = { ...since, version: number };
  report.stood.set(Number(number), report.standing);
}

function standingOf({ version, submittedAt, submittedBy, late }: ReportRow): Facts {
  return { version, submittedAt, submittedBy, late };
}

function versionsOf(rows: readonly ReportVersionRow[]): Map<number, Facts> {
  return new Map(rows.map(({ reportId: _, number, ...kept }) => [number, kept]));
}

function keyOf({ townId, month }: { townId: number; month: string }): string {
  return `${townId} ${month}`;
}
