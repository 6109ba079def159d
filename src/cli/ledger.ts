import { createWriteStream, existsSync } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { parseArgs } from 'node:util';
import { commandLine } from '../../build/typed-command.ts';
import { type Reading, systemCtx } from '../ctx.ts';
import { exportLedger } from '../services/ledger/export.ts';
import { rotateLedgerKey } from '../services/ledger/rotate-key.ts';
import { type LedgerCheck, verifyLedger } from '../services/ledger/verify.ts';
import { askWitness, type Testimony } from '../services/ledger/witness.ts';
import { type CliCommand, type CliIo, CliProblem } from './command.ts';
import { faultWords } from './ledger-words.ts';
import { withDatabase, withVault } from './open.ts';

const USAGE = "ledger verify [--witness '<指纹>'] | export [<文件>] | rotate-key";

const verbs: Readonly<Record<string, (io: CliIo, rest: Rest) => Promise<number>>> = {
  verify,
  export: exportTo,
  'rotate-key': rotateKey,
};

interface Rest {
  readonly positionals: readonly string[];
  readonly witness: string | undefined;
}

/** Checks the ledger, gives it to others to check, and changes the key it is signed with. */
export const ledger: CliCommand = {
  name: 'ledger',
  usage: USAGE,
  does: '逐条核对台账和数据，看有没有被改动过；导出给别人核对；更换签名密钥',
  async run(io, args) {
    const options = { witness: { type: 'string' } } as const;
    const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true });
    const [name = '', ...rest] = positionals;
    const verb = Object.hasOwn(verbs, name) ? verbs[name] : undefined;
    const { witness } = values;
    const fits = rest.length <= (name === 'export' ? 1 : 0) && (witness === undefined || name === 'verify');
    if (!verb || !fits) throw new CliProblem(`用法：${commandLine(USAGE)}`);
    return verb(io, { positionals: rest, witness });
  },
};

async function verify(io: CliIo, { witness }: Rest): Promise<number> {
  return withVault(io.readConfig(), (db, vault) =>
    db.read(async (tx) => {
      const { check, faults } = await checkLedger({ tx, vault });
      io.print(`台账：${check.chains} 条链，核对了 ${check.entries} 条记录、${check.cases} 件代办件。`);
      const agreed = witness === undefined || (await compareWitness(io, { tx, text: witness }));
      if (faults.length === 0 && agreed) {
        io.print('OK，全部完好。');
        return 0;
      }
      for (const fault of faults) io.complain(fault);
      const more = check.faultCount - faults.length;
      if (more > 0) io.complain(`另有 ${more} 处没有列出。`);
      io.complain('请先保留现在的数据库文件，再用备份和群里的台账指纹核对。');
      return 1;
    }),
  );
}

const testimonyWords = {
  stands: '和指纹一致',
  cut: '台账没有这么长，末尾的记录被删掉了',
  rewritten: '和指纹不一致，之前的记录被改写过',
  unknown: '没有这条链，也没有这条记录',
} as const satisfies Record<Testimony['result'], string>;

const NO_FINGERPRINT =
  '没有认出指纹。请把群里“台账指纹”卡片上的一行（如“大雁镇：第12条 0123456789abcdef”）或整张卡片粘贴在引号里。';

/** True when the ledger still says what the fingerprint said. */
async function compareWitness(io: CliIo, { tx, text }: Pick<Reading, 'tx'> & { text: string }): Promise<boolean> {
  const { lines, keys, unread } = await askWitness(tx, text);
  if (lines.length === 0 && keys.length === 0) {
    io.complain(NO_FINGERPRINT);
    return false;
  }
  for (const { name, seq, result } of lines) {
    const line = `${name} 第 ${seq} 条：${testimonyWords[result]}`;
    if (result === 'stands') io.print(line);
    else io.complain(line);
  }
  for (const { key, known } of keys) {
    if (known) io.print(`公钥 ${key}：是这份台账的`);
    else io.complain(`公钥 ${key}：不是这份台账的`);
  }
  if (unread > 0) io.complain(`有 ${unread} 行没有认出来，没有比；请整行复制。`);
  return unread === 0 && keys.every(({ known }) => known) && lines.every(({ result }) => result === 'stands');
}

/** The check, and what it found in words. */
export async function checkLedger(
  ctx: Pick<Reading, 'tx' | 'vault'>,
): Promise<{ check: LedgerCheck; faults: readonly string[] }> {
  const check = await verifyLedger(ctx);
  return { check, faults: await faultWords(ctx.tx, check.faults) };
}

async function exportTo(io: CliIo, { positionals: [file] }: Rest): Promise<number> {
  return withDatabase(io.readConfig(), (db) =>
    db.read(async (tx) => {
      if (file === undefined) {
        for await (const line of exportLedger({ tx })) io.print(line);
        return 0;
      }
      // Never over another file: it may be the export that somebody keeps as a proof.
      if (existsSync(file)) throw new CliProblem(`${file} 已经存在，没有覆盖；请换一个文件名。`);
      await pipeline(withLineEnds(exportLedger({ tx })), createWriteStream(file, { flags: 'wx', mode: 0o600 }));
      io.print(`已导出到 ${file}，里面没有群众的信息。`);
      io.print(`核对：node tools/verify-ledger.mjs ${file} --key <群里台账指纹上的公钥>`);
      return 0;
    }),
  );
}

async function* withLineEnds(lines: AsyncIterable<string>): AsyncGenerator<string> {
  for await (const line of lines) yield `${line}\n`;
}

async function rotateKey(io: CliIo): Promise<number> {
  const config = io.readConfig();
  return withVault(config, async (db, vault) => {
    const { check } = await db.read((tx) => checkLedger({ tx, vault }));
    if (check.faultCount > 0) {
      throw new CliProblem(`台账有 ${check.faultCount} 处核对不上，没有换密钥。请先运行 ledger verify，把问题弄清楚。`);
    }
    const parts = { clock: io.clock, zone: config.zone, vault };
    const publicKey = await db.write((tx) => rotateLedgerKey(systemCtx(parts, tx, 'rotate-key')));
    io.print('已换用新的签名密钥，每条链各记了一条；旧密钥已销毁。');
    io.print(`新的公钥：${publicKey}`);
    return 0;
  });
}
