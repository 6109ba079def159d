/**
 * What `npm start` runs: the bot when there are credentials for the platform, else the local look-alike. It stands here because
 * nothing in `src` knows the sandbox, and only the sandbox knows both.
 */
import { startLive } from '../src/live.ts';
import { main } from '../src/main.ts';

await main(async (config, how) => {
  if (config.mode === 'live') return startLive(config, how);
  // Loaded only now: of all this a live bot keeps nothing in memory, and its packages need not be installed.
  const { startDemo } = await import('./demo.ts');
  return startDemo(config);
});
