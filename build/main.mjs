/** What `npm start` and `npm run daiban` run first. */
import { BuildProblem, ensureBuilt } from './ensure-built.mjs';

try {
  // Not to stdout: what the command line prints may be read by another program.
  await ensureBuilt({ say: (line) => process.stderr.write(`${line}\n`) });
} catch (error) {
  process.stderr.write(`${error instanceof BuildProblem ? error.message : error}\n`);
  process.exitCode = 1;
}
