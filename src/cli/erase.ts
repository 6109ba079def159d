import { readdirSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import { parseArgs } from 'node:util';
import { commandLine } from '../../build/typed-command.ts';
import { IN_BACKUPS_WORDS } from '../../cards/erase.ts';
import type { DatabaseAddress } from '../../db/open.ts';
import { caseReads } from '../../db/repositories/case.ts';
import { cutLog } from '../../db/sqlite/forget.ts';
import { systemCtx } from '../ctx.ts';
import { parseCaseNumber } from '../domain/case-number.ts';
import { Refused } from '../refusals.ts';
import { eraseApplicant } from '../services/case/erase.ts';
import { type CliCommand, CliProblem } from './command.ts';
import { withVault } from './open.ts';

const USAGE = 'erase <编号> --reason <原因>';
const WAIT_MS = 5_000;

/** Forgets the person of one case, beside a bot that may be running. */
export const erase: CliCommand = {
  name: 'erase',
  usage: USAGE,
  does: '永久删除一件代办里群众的个人信息；编号、步骤、台账和统计数字留着',
  async run(io, args) {
    const options = { reason: { type: 'string' } } as const;
    const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true });
    const [typed, ...more] = positionals;
    if (typed === undefined || values.reason === undefined || more.length > 0) {
      throw new CliProblem(`用法：${commandLine(USAGE)}`);
    }
    const caseNumber = parseCaseNumber(typed);
    if (caseNumber === undefined) throw new CliProblem(`“${typed}”不是编号，应为 26-02-00012 这样。`);
    const { reason } = values;
    const config = io.readConfig();
    await inWords(() =>
      withVault(config, (db, vault) =>
        db.write(async (tx) => {
          const found = await caseReads.byNumber(tx, caseNumber);
          if (!found) throw new Refused('case_unknown');
          const parts = { clock: io.clock, zone: config.zone, vault };
          await eraseApplicant(systemCtx(parts, tx, 'erase'), { caseId: found.id, reason });
        }),
      ),
    );
    io.print(`OK    ${caseNumber} 申请人的个人信息已删除，并记入台账；机器人在运行的话，各群的卡片随后更新。`);
    io.print(`      ${IN_BACKUPS_WORDS}`);
    for (const line of leftElsewhere(config.database)) io.print(`      ${line}`);
    return 0;
  },
};

async function inWords(work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    throw error instanceof Refused ? new CliProblem(error.sentence) : error;
  }
}

/** What the program cannot delete by itself, in words for the operator. */
function leftElsewhere(database: DatabaseAddress): string[] {
  const sent = '已经发出的私信、导出的 Excel 文件和另外拷走的备份，请自行删除。';
  if (database.engine !== 'sqlite')
    return ['PostgreSQL 的旧行由 VACUUM 清除，pg_dump 和 WAL 归档按你们的规定过期。', sent];
  const { file } = database;
  const cut = cutLog(file, { waitMs: WAIT_MS }) ? [] : ['数据库正忙，日志里的旧内容由机器人在一分钟内清除。'];
  const copies = readdirSync(dirname(file)).filter((name) => name.startsWith(`${basename(file)}.before-restore-`));
  const kept = copies.length === 0 ? [] : [`恢复时留下的旧数据库里还有，不再需要就请删除：${copies.join('、')}`];
  return [...cut, ...kept, sent];
}
