/** From the start of the process to the first good answer of `/readyz`, on a database that exists. */
import { rmSync } from 'node:fs';
import { performance } from 'node:perf_hooks';
import { type Scene, startBot } from './contenders.ts';

/** Milliseconds per run, as `npm start` starts it; the first run, which fills the caches, is not counted. */
export async function measureStarts(scene: Scene, runs: number): Promise<readonly number[]> {
  const times: number[] = [];
  for (let run = 0; run <= runs; run++) {
    const from = performance.now();
    const bot = await startBot(scene, { command: 'node_modules/.bin/tsx', args: [] });
    const answer = await fetch(`${bot.url}/readyz`);
    if (answer.status === 200 && run > 0) times.push(performance.now() - from);
    await bot.stop();
  }
  rmSync(`${scene.folder}/bot.db`, { force: true });
  return times;
}
