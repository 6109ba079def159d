/** `npm run daiban -- <command>` */
import { readProcessConfig } from '../config.ts';
import { runCli } from './index.ts';

const io = {
  readConfig: readProcessConfig,
  clock: { now: () => Date.now() },
  print: (line: string) => console.log(line),
  complain: (line: string) => console.error(line),
};

process.exitCode = await runCli(io, process.argv.slice(2));
