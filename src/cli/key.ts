import { parseArgs } from 'node:util';
import { commandLine } from '../../build/typed-command.ts';
import type { Database } from '../../db/database.ts';
import { cutLog } from '../../db/sqlite/forget.ts';
import type { Config } from '../config.ts';
import { systemCtx } from '../ctx.ts';
import { isBegunWith, keyChange } from '../services/data-key/check.ts';
import { finishRotation } from '../services/data-key/rotate.ts';
import type { Vault } from '../vault.ts';
import { type CliCommand, type CliIo, CliProblem } from './command.ts';
import { leftWords } from './key-words.ts';
import { withVault } from './open.ts';
import { patiently, resealAll } from './reseal.ts';

const USAGE = 'key rotate';
const WAIT_MS = 5_000;

/** Brings a database under another `DATA_KEY`, beside the bot that runs with both. */
export const key: CliCommand = {
  name: 'key',
  usage: USAGE,
  does: '换 DATA_KEY 的第二步：把数据改到新的密钥下，机器人不用停；中断了再运行一次就接着换',
  async run(io, args) {
    const { positionals } = parseArgs({ args: [...args], options: {}, allowPositionals: true });
    if (positionals.join(' ') !== 'rotate') throw new CliProblem(`用法：${commandLine(USAGE)}`);
    const config = io.readConfig();
    return withVault(config, (db, vault) => rotate({ io, config, db, vault }));
  },
};

interface Rotation {
  readonly io: CliIo;
  readonly config: Config;
  readonly db: Database;
  readonly vault: Vault;
}

async function rotate(rotation: Rotation): Promise<number> {
  const { io, config, db, vault } = rotation;
  const { formerMark } = vault;
  if (formerMark === undefined) {
    throw new CliProblem(
      '换密钥要两把：请把新的密钥填在 DATA_KEY，原来的填在 DATA_KEY_FORMER，重启机器人，再运行本命令。',
    );
  }
  const { begun, change } = await db.read(async (tx) => ({
    begun: await isBegunWith(tx, vault),
    change: await keyChange(tx),
  }));
  if (!begun) {
    throw new CliProblem('机器人还没有用新的密钥启动。请先用新的 DATA_KEY 和 DATA_KEY_FORMER 重启它，再运行本命令。');
  }
  if (!change || change.done || change.from !== formerMark) {
    io.print('OK    数据都已经在现在的 DATA_KEY 下，没有要换的。可以去掉 DATA_KEY_FORMER。');
    return 0;
  }
  const { done, resealed, unreadable } = await resealAll(rotation);
  if (!done) {
    throw new CliProblem('还有程序在用原来的密钥写数据：请把每个机器人都用新的密钥重启，再运行本命令。');
  }
  const parts = { clock: io.clock, zone: config.zone, vault };
  await patiently(db, (tx) => finishRotation(systemCtx(parts, tx, 'rotate-data-key'), change));
  if (config.database.engine === 'sqlite') cutLog(config.database.file, { waitMs: WAIT_MS });
  io.print(`OK    已换完：${leftWords(resealed)}，都在新的 DATA_KEY 下，并记入台账。`);
  io.print('      请从 .env 里去掉 DATA_KEY_FORMER，方便的时候重启机器人，再运行 doctor。');
  io.print('      以前的备份要用原来的密钥恢复：把它另外保管到那些备份都过期（每月的留 12 个月），再销毁。');
  if (unreadable.size === 0) return 0;
  io.complain(`有${leftWords(unreadable)}用两把密钥都打不开，没有动；请用 doctor 和 ledger verify 核对。`);
  return 1;
}
