import type { Tx } from '../../db/database.ts';
import { unitReads } from '../../db/repositories/unit.ts';
import { type LedgerCheck, type LedgerFault, verifyLedger } from '../services/ledger/verify.ts';
import { type CliCommand, CliProblem } from './command.ts';
import { withDatabase } from './open.ts';

const problemWords = {
  gap: '前面缺了记录',
  'broken link': '和前一条接不上',
  'changed entry': '被改动过',
  'head does not match': '链尾对不上，末尾的记录可能被删掉了',
} as const satisfies Record<LedgerFault['problem'], string>;

/** Walks every chain of the ledger. */
export const ledger: CliCommand = {
  name: 'ledger',
  usage: 'ledger verify',
  does: '逐条核对台账，看有没有被改动过',
  async run(io, args) {
    if (args.length !== 1 || args[0] !== 'verify') throw new CliProblem('用法：npm run daiban -- ledger verify');
    const { check, faults } = await withDatabase(io.readConfig(), (db) => db.read(checkLedger));
    io.print(`台账：${check.chains} 条链，核对了 ${check.entries} 条记录。`);
    if (faults.length === 0) {
      io.print('OK，全部完好。');
      return 0;
    }
    for (const fault of faults) io.complain(fault);
    io.complain('请先保留现在的数据库文件，再用备份和旗县群里的台账指纹核对。');
    return 1;
  },
};

/** The check, and each fault in words. */
export async function checkLedger(tx: Tx): Promise<{ check: LedgerCheck; faults: string[] }> {
  const check = await verifyLedger(tx);
  const faults: string[] = [];
  for (const { townId, seq, problem } of check.faults) {
    const name = (await unitReads.byId(tx, townId))?.name ?? `单位 ${townId}`;
    faults.push(`${name}的台账：${seq === undefined ? '' : `第 ${seq} 条`}${problemWords[problem]}`);
  }
  return { check, faults };
}
