/** How long a start takes, on a database that exists: first the look whether the bundle is fresh, then the bot until it is ready. */
import { spawnSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { performance } from 'node:perf_hooks';
import { fileURLToPath } from 'node:url';
import { processorMs } from './child.ts';
import { type Scene, startBot } from './contenders.ts';

/** One `npm start`, without the time of npm itself. */
export interface Start {
  /** What `prestart` takes while the sources have not changed, ms. */
  readonly checkMs: number;
  /** From the start of the bot's process to the first answer of `/readyz`, ms. */
  readonly readyMs: number;
  /** Processor time of the bot until then, user and system, ms. */
  readonly cpuMs: number;
}

const root = fileURLToPath(new URL('..', import.meta.url));

/** The first run, which fills the caches, is not counted. Throws when the bot is not ready. */
export async function measureStarts(scene: Scene, runs: number): Promise<readonly Start[]> {
  const starts: Start[] = [];
  for (let run = 0; run <= runs; run++) {
    const start = { checkMs: measureCheck(), ...(await measureBot(scene)) };
    if (run > 0) starts.push(start);
  }
  rmSync(`${scene.folder}/bot.db`, { force: true });
  return starts;
}

function measureCheck(): number {
  const from = performance.now();
  spawnSync(process.execPath, ['build/bundle.mjs', '--if-older'], { cwd: root, stdio: 'inherit' });
  return performance.now() - from;
}

async function measureBot(scene: Scene): Promise<Omit<Start, 'checkMs'>> {
  const from = performance.now();
  const bot = await startBot(scene);
  const { status } = await fetch(`${bot.url}/readyz`);
  const took = { readyMs: performance.now() - from, cpuMs: processorMs(bot.pid) };
  await bot.stop();
  if (status !== 200) throw new Error(`/readyz answered ${status}`);
  return took;
}
