import { ensureWebBuilt } from '../../sandbox/web-build.ts';

/** The page is built once for all tests. */
export async function setup(): Promise<void> {
  await ensureWebBuilt();
}
