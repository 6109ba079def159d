/** `npm run daiban -- <command>` */
import { readProcessConfig } from '../config.ts';
import { runCli } from './index.ts';
import { ask, canAsk, endAtInterrupt, newestVersion, startBot, wait } from './terminal.ts';

// Of what is made from here on nothing can be read by others on the machine.
process.umask(0o077);

const io = {
  readConfig: readProcessConfig,
  clock: { now: () => Date.now() },
  print: (line: string) => console.log(line),
  complain: (line: string) => console.error(line),
  envFile: '.env',
  columns: process.stdout.isTTY ? process.stdout.columns : undefined,
  canAsk: canAsk(),
  ask,
  wait,
  newestVersion,
  startBot,
};

endAtInterrupt();

process.exitCode = await runCli(io, process.argv.slice(2));
