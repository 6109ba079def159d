import { parseArgs } from 'node:util';
import { commandLine } from '../../build/typed-command.ts';
import type { Database } from '../../db/database.ts';
import { type DatabaseAddress, describeDatabase, openDatabase, parseDatabaseUrl } from '../../db/open.ts';
import { openSqlite } from '../../db/sqlite/open.ts';
import type { Reading } from '../ctx.ts';
import { requireDataKey } from '../services/data-key/check.ts';
import type { Vault } from '../vault.ts';
import { type CliCommand, CliProblem } from './command.ts';
import { databaseTrouble, holdsOtherTables } from './database-state.ts';
import { checkLedger } from './ledger.ts';
import { type MoveResult, moveInto } from './move.ts';
import { UNHURRIED, vaultOf } from './open.ts';

const USAGE = 'migrate --from file:<数据库文件> --to postgres://<用户>:<密码>@<主机>/<库名>';

/** Moves a ledger with everything around it from a file to a server, and proves that it arrived. May be run again. */
export const migrate: CliCommand = {
  name: 'migrate',
  usage: USAGE,
  does: '把数据库文件里的数据搬到 PostgreSQL，逐行核对；中断了或有新数据时可以再执行一遍',
  async run(io, args) {
    const { from, to } = addresses(args);
    const vault = vaultOf(io.readConfig());
    const trouble = await databaseTrouble(from);
    if (trouble !== undefined) throw new CliProblem(trouble);
    await requireOurs(to);
    const source = openSqlite({ file: from.file });
    try {
      const target = await openDatabase(to, UNHURRIED);
      try {
        const { rows, did, check } = await move({ source, target, vault });
        io.print(`${didWords[did]}：${rows} 行，逐行核对一致。`);
        io.print(`台账：${check.chains} 条链、${check.entries} 条记录，在新库里核对完好；统计数字一致。`);
      } finally {
        await target.close();
      }
    } finally {
      await source.close();
    }
    io.print('原文件没有改动。接下来：停掉机器人，再执行一遍本命令（补上刚才的新数据），');
    io.print(`把 DATABASE_URL 改成新库（${describeDatabase(to)}），DATA_KEY 不变，再启动。`);
    return 0;
  },
};

const didWords = {
  copied: '已搬完',
  updated: '已补上新数据',
  unchanged: '新库已经是最新的，没有再搬',
} as const satisfies Record<Extract<MoveResult, { ok: true }>['did'], string>;

const refusals = {
  foreign: '目标库里已经有别的数据，没有搬。请另建一个空库。',
  inUse: '目标库搬过来以后已经在使用，再搬会盖掉新的数据，没有搬。',
} as const satisfies Record<Extract<MoveResult, { ok: false }>['problem'], string>;

function addresses(args: readonly string[]): {
  from: Extract<DatabaseAddress, { engine: 'sqlite' }>;
  to: DatabaseAddress;
} {
  const { values } = parseArgs({ args: [...args], options: { from: { type: 'string' }, to: { type: 'string' } } });
  const from = parseDatabaseUrl(values.from ?? '');
  const to = parseDatabaseUrl(values.to ?? '');
  if (from?.engine !== 'sqlite' || to?.engine !== 'postgres') {
    throw new CliProblem(`只能从数据库文件搬到 PostgreSQL。用法：${commandLine(USAGE)}`);
  }
  return { from, to };
}

/** A database without our tables must have no others either. */
async function requireOurs(to: DatabaseAddress): Promise<void> {
  const trouble = await databaseTrouble(to, { mayBeEmpty: true });
  if (trouble !== undefined) throw new CliProblem(trouble);
  if (await holdsOtherTables(to)) throw new CliProblem(refusals.foreign);
}

async function move({ source, target, vault }: { source: Database; target: Database; vault: Vault }) {
  return source.read(async (from) => {
    await requireDataKey(from, vault);
    await requireWhole({ tx: from, vault }, '原库');
    return target.write(async (to) => {
      const result = await moveInto(to, from);
      if (!result.ok) throw new CliProblem(refusals[result.problem]);
      return { ...result, check: await requireWhole({ tx: to, vault }, '新库') };
    });
  });
}

async function requireWhole(ctx: Pick<Reading, 'tx' | 'vault'>, name: string) {
  const { check, faults } = await checkLedger(ctx);
  if (faults.length > 0) throw new CliProblem(`${name}的台账对不上，没有搬：${faults.join('；')}`);
  return check;
}
