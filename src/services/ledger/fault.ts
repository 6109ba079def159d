/** What the check of the ledger can find. */
import type { SettingName } from '../../domain/setting.ts';
import type { RecordedColumn } from '../case/recorded.ts';
import type { AgentFacts } from './agent-entry.ts';

export type LedgerFault =
  /** A key that this `DATA_KEY` did not make; without any, nothing can be checked. */
  | { readonly about: 'key'; readonly problem: 'foreign key' | 'no key'; readonly keyId: number | undefined }
  | {
      readonly about: 'chain';
      readonly townId: number;
      /** The first entry that does not fit; undefined when the chain's end is the trouble. */
      readonly seq: number | undefined;
      readonly problem: ChainProblem;
    }
  | {
      readonly about: 'case';
      readonly caseId: number;
      /** undefined where there is no row. */
      readonly caseNumber: string | undefined;
      readonly problem: CaseProblem;
      /** Those that differ from what the entries say. */
      readonly columns?: readonly RecordedColumn[];
    }
  | {
      readonly about: 'report';
      readonly townId: number;
      readonly month: string;
      readonly problem: 'no entry' | 'no row' | 'differs';
    }
  | { readonly about: 'bulletin'; readonly bannerId: number; readonly quarter: string; readonly problem: RowProblem }
  | {
      readonly about: 'agent';
      readonly agentId: number;
      readonly problem: 'no entry' | 'no row' | 'differs';
      readonly columns?: readonly (keyof AgentFacts)[];
    }
  /** Its group is not the one that was bound last, or it is not what an import made of it. */
  | { readonly about: 'unit'; readonly unitId: number; readonly problem: RowProblem }
  /** Of the catalogue, and of the roster: it is not what an import made of it. */
  | { readonly about: 'item'; readonly itemId: number; readonly problem: RowProblem }
  | { readonly about: 'unitList'; readonly listId: number; readonly problem: RowProblem }
  | { readonly about: 'roster'; readonly rosterId: number; readonly problem: RowProblem }
  /** 抽查回访 of a case. */
  | { readonly about: 'check'; readonly caseId: number; readonly problem: RowProblem }
  /** Of the information work: a piece or a use by its id, points by banner, kind and day, a ranking by banner, half-year and version. */
  | {
      readonly about: 'information';
      readonly what: InformationObject;
      readonly key: string;
      readonly problem: RowProblem;
    }
  /** Of the plan: a task in a version, a list of checks, what a unit said of a task or of a check. */
  | {
      readonly about: 'plan';
      readonly of: 'task' | 'checkList' | 'taskUpdate' | 'answer' | 'photo';
      readonly id: number;
      readonly problem: RowProblem;
    }
  | { readonly about: 'standIn'; readonly standInId: number; readonly problem: RowProblem }
  | { readonly about: 'setting'; readonly name: SettingName; readonly problem: RowProblem };

export type InformationObject = 'piece' | 'adoption' | 'points' | 'ranking';

type RowProblem = 'no entry' | 'no row' | 'differs';

export type ChainProblem =
  | 'gap'
  | 'broken link'
  | 'changed entry'
  | 'bad signature'
  | 'head does not match'
  | 'head not signed';

export type CaseProblem =
  /** There are entries, and no case. */
  | 'no row'
  | 'no registration'
  | 'differs'
  /** The registration was sealed for somebody else, or what the row says of its applicant is not what was registered. */
  | 'other applicant'
  /** The applicant's key is gone, and no entry says that somebody was erased. */
  | 'erased unsaid'
  /** The rows of its papers are not those that came. */
  | 'other papers'
  /** Entries stand in another town's chain. */
  | 'other chain';

/** More are only counted: whoever has so many needs a backup, not a list. */
const KEPT_MAX = 200;

export class FaultList {
  readonly #kept: LedgerFault[] = [];
  #count = 0;

  add(fault: LedgerFault): void {
    this.#count += 1;
    if (this.#kept.length < KEPT_MAX) this.#kept.push(fault);
  }

  get kept(): readonly LedgerFault[] {
    return this.#kept;
  }

  get count(): number {
    return this.#count;
  }
}
