/** The process: config → start → stop on signals. */
import { describeDatabase } from '../db/open.ts';
import { type Config, ConfigError, readProcessConfig } from './config.ts';
import { startProblem } from './start-problem.ts';
import { withinTime } from './within-time.ts';

/** Whoever runs the program waits about ten seconds before it is killed. */
const STOP_WITHIN_MS = 5_000;

/** Starts something and returns the function that stops it. */
export type Start = (config: Config) => Promise<() => Promise<void>>;

/**
 * Runs the process on its own configuration until a signal ends it. What cannot be started is told in a sentence, or with its
 * stack when it is a fault of ours, and ends the process with 1. Never rejects.
 */
export async function main(start: Start): Promise<void> {
  try {
    await run(start);
  } catch (error) {
    fail(error);
  }
}

async function run(start: Start): Promise<void> {
  const started = startOrExplain(start, readProcessConfig());
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
async function startOrExplain(start: Start, config: Config): Promise<() => Promise<void>> {
  try {
    return await start(config);
  } catch (error) {
    const sentence = startProblem(error, { ...config, database: describeDatabase(config.database) });
    throw sentence === undefined ? error : new ConfigError(sentence);
  }
}

function fail(error: unknown): never {
  console.error(error instanceof ConfigError ? error.message : error);
  process.exit(1);
}
