/** Every operator's command, and the way from the command line to one of them. */
import { commandLine } from '../../build/typed-command.ts';
import { ConfigError } from '../config.ts';
import { WrongDataKey } from '../services/data-key/check.ts';
import { backup } from './backup.ts';
import { type CliCommand, type CliIo, CliProblem, Interrupted } from './command.ts';
import { connect } from './connect.ts';
import { doctor } from './doctor.ts';
import { erase } from './erase.ts';
import { job } from './job.ts';
import { key } from './key.ts';
import { ledger } from './ledger.ts';
import { liveCheck } from './live-check.ts';
import { migrate } from './migrate.ts';
import { restore } from './restore.ts';
import { stats } from './stats.ts';

export const cliCommands: readonly CliCommand[] = [
  connect,
  doctor,
  liveCheck,
  job,
  ledger,
  stats,
  backup,
  restore,
  erase,
  key,
  migrate,
];

const WORDS_MAX = 300;
/** What shells say of a program that Ctrl-C ended. */
const INTERRUPTED = 130;

/** Runs one command line, without the program's name. Returns the exit code; never throws. */
export async function runCli(io: CliIo, argv: readonly string[]): Promise<number> {
  const [name, ...args] = argv;
  if (name === undefined || isHelp(name)) {
    io.print(help());
    return 0;
  }
  const command = cliCommands.find((candidate) => candidate.name === name);
  if (!command) {
    io.complain(`没有“${name}”这个命令。\n\n${help()}`);
    return 1;
  }
  if (args.some(isHelp)) {
    io.print(`${commandLine(command.usage)}\n  ${command.does}`);
    return 0;
  }
  try {
    return await command.run(io, args);
  } catch (error) {
    if (error instanceof Interrupted) {
      io.complain('\n停下了，没有做完；可以再运行一次。');
      return INTERRUPTED;
    }
    io.complain(inWords(error, command));
    return 1;
  }
}

function help(): string {
  const lines = cliCommands.flatMap(({ usage, does }) => [`  ${usage}`, `      ${does}`]);
  return [`用法：${commandLine('<命令>')}`, '', ...lines].join('\n');
}

function isHelp(word: string): boolean {
  return word === '--help' || word === '-h' || word === 'help';
}

/** One sentence, never a stack trace. A failed query is told by its cause: its own message would repeat the parameters. */
function inWords(error: unknown, command: CliCommand): string {
  const told = [CliProblem, ConfigError, WrongDataKey].some((type) => error instanceof type);
  if (told && error instanceof Error) return error.message;
  if (!(error instanceof Error)) return '出错了，没有完成。';
  const code = 'code' in error ? String(error.code) : '';
  if (code.startsWith('ERR_PARSE_ARGS')) return `参数不对。用法：${commandLine(command.usage)}`;
  if (code.startsWith('SQLITE_BUSY')) return '数据库正忙，请过一会儿再试。';
  const cause = error.cause instanceof Error ? error.cause : error;
  return `出错了，没有完成：${cause.message.slice(0, WORDS_MAX)}`;
}
