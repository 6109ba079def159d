/** What may be wrong with a backup, or keep one from being made. */
export type BackupProblemCode =
  | 'not_a_backup'
  | 'newer_version'
  | 'wrong_key'
  | 'damaged'
  | 'pages_damaged'
  | 'chains_do_not_verify'
  | 'ledger_shorter'
  | 'busy'
  | 'disk_full'
  | 'stopped'
  | 'failed';

const unproven: readonly BackupProblemCode[] = ['damaged', 'pages_damaged', 'chains_do_not_verify', 'ledger_shorter'];

/** Whether what was backed up does not stand, or what was written of it: the backup is kept aside for whoever looks into it. */
export function isUnproven(code: string): boolean {
  return unproven.some((one) => one === code);
}

export class BackupProblem extends Error {
  override readonly name = 'BackupProblem';
  readonly code: BackupProblemCode;

  constructor(code: BackupProblemCode, options: { cause?: unknown } = {}) {
    super(code, options);
    this.code = code;
  }
}

const FULL: ReadonlySet<unknown> = new Set(['ENOSPC', 'EDQUOT', 'SQLITE_FULL']);

/** Anything thrown on the way, as a problem; what a full disk throws is told apart, `otherwise` names the rest. */
export function asBackupProblem(thrown: unknown, otherwise: BackupProblemCode): BackupProblem {
  if (thrown instanceof BackupProblem) return thrown;
  const code = thrown instanceof Error && 'code' in thrown ? thrown.code : undefined;
  if (code === 'ABORT_ERR' || (thrown instanceof Error && thrown.name === 'AbortError')) {
    return new BackupProblem('stopped', { cause: thrown });
  }
  if (typeof code === 'string' && /^SQLITE_(?:CORRUPT|NOTADB)/.test(code)) {
    return new BackupProblem('pages_damaged', { cause: thrown });
  }
  return new BackupProblem(FULL.has(code) ? 'disk_full' : otherwise, { cause: thrown });
}
