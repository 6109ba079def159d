/** Puts the page, and what it needs to know of the bot's inside, on the sandbox's port. */
import { type InsideOptions, insideRouter } from './inside.ts';
import { ensureWebBuilt, webRouter } from './web-build.ts';

/** Resolves when the page can be opened; builds it first if it has to be built. */
export async function mountPage(options: InsideOptions): Promise<void> {
  const folder = await ensureWebBuilt();
  options.sandbox.mount(insideRouter(options));
  options.sandbox.mount(webRouter(folder));
}
