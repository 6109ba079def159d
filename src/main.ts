/** The process: config → start → stop on signals. */
import { describeDatabase } from '../db/open.ts';
import {
  type Config,
  ConfigError,
  DETACHED_WORDS,
  type LiveConfig,
  readProcessConfig,
  type SandboxConfig,
} from './config.ts';
import { startProblem } from './start-problem.ts';
import { withinTime } from './within-time.ts';

/** Whoever runs the program waits about ten seconds before it is killed. */
const STOP_WITHIN_MS = 5_000;

/** What may stand after `npm start --`: an empty database is begun, also where one was expected. */
const NEW = '--new';

/** Starts something and returns the function that stops it. */
export type Start = (
  config: LiveConfig | SandboxConfig,
  how: { readonly mayBeNew: boolean },
) => Promise<() => Promise<void>>;

/**
 * Runs the process on its own configuration until a signal ends it. What cannot be started is told in a sentence, or with its
 * stack when it is a fault of ours, and ends the process with 1. Never rejects.
 */
export async function main(start: Start): Promise<void> {
  // Of what is made from here on nothing can be read by others on the machine.
  process.umask(0o077);
  try {
    await run(start);
  } catch (error) {
    fail(error);
  }
}

async function run(start: Start): Promise<void> {
  const config = readProcessConfig();
  const how = readArguments(process.argv.slice(2));
  const started = startOrExplain(config, (able) => start(able, how));
  let stopping = false;
  const onSignal = () => {
    if (stopping) return;
    stopping = true;
    // What is not finished then is safe in the database, and goes on after the next start.
    started
      .then((stop) => withinTime(stop(), STOP_WITHIN_MS))
      .then(
        () => process.exit(0),
        (error: unknown) => fail(error),
      );
  };
  // From the beginning: whoever stops the program while it starts gets an orderly end too.
  process.on('SIGINT', onSignal);
  process.on('SIGTERM', onSignal);
  await started;
}

/** Rejects with `ConfigError` for what whoever runs the program can put right. */
async function startOrExplain(
  config: Config,
  start: (config: LiveConfig | SandboxConfig) => ReturnType<Start>,
): Promise<() => Promise<void>> {
  if (config.mode === 'detached') throw new ConfigError(DETACHED_WORDS);
  try {
    return await start(config);
  } catch (error) {
    const sentence = startProblem(error, { ...config, database: describeDatabase(config.database) });
    throw sentence === undefined ? error : new ConfigError(sentence);
  }
}

function readArguments(given: readonly string[]): { mayBeNew: boolean } {
  const unknown = given.filter((one) => one !== NEW);
  if (unknown.length > 0) throw new ConfigError(`不认识的参数 ${unknown.join(' ')}，只有 ${NEW}（从空的数据库开始）。`);
  return { mayBeNew: given.includes(NEW) };
}

function fail(error: unknown): never {
  console.error(error instanceof ConfigError ? error.message : error);
  process.exit(1);
}
