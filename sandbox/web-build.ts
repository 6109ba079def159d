/** The page of the sandbox: built when its sources are newer than what is there, and served. */
import { existsSync } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import express, { Router } from 'express';
import { programFile } from '../build/program-file.ts';
import { commandLine } from '../build/typed-command.ts';

const source = programFile('sandbox/web');
const target = join(source, 'dist');

/** The message is a sentence with what to do. */
export class PageNotBuilt extends Error {
  override readonly name = 'PageNotBuilt';

  constructor() {
    super(
      `没有填 LARK_APP_ID，要启动的是本地沙箱，它的网页这里没有。要连接飞书，请运行 ${commandLine('connect')}，或填 LARK_APP_ID、LARK_APP_SECRET 和 DATA_KEY；要试用沙箱，请到 git clone 的文件夹里运行 npm ci（不带 --omit=dev）再启动。`,
    );
  }
}

let building: Promise<string> | undefined;

/** Builds the page if it has to be built. Returns the folder to serve. Rejects when the sources do not compile. */
export function ensureWebBuilt(): Promise<string> {
  building ??= buildIfOlder().finally(() => {
    building = undefined;
  });
  return building;
}

/** Serves the built page at `/` and `/gallery`. Its scripts may come from nowhere else. */
export function webRouter(folder: string): Router {
  const router = Router();
  router.use((_request, response, next) => {
    response.setHeader('content-security-policy', POLICY);
    response.setHeader('x-content-type-options', 'nosniff');
    next();
  });
  router.use('/assets', express.static(join(folder, 'assets'), { immutable: true, maxAge: '1y' }));
  router.get(['/', '/gallery'], (_request, response) => {
    response.setHeader('cache-control', 'no-cache');
    response.sendFile(join(folder, 'index.html'));
  });
  return router;
}

/** Inline styles: the charts and the cards set them. */
const POLICY =
  "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; frame-ancestors 'self'";

async function buildIfOlder(): Promise<string> {
  const [newest, built] = await Promise.all([newestSource(), timeOf(join(target, 'index.html'))]);
  if (built > newest) return target;
  const vite = await importVite();
  // As it was packed for npm: whoever cannot build it has not changed it, and an installation's times say nothing.
  if (vite === undefined && built > 0) return target;
  if (vite === undefined) throw new PageNotBuilt();
  const { build } = vite;
  await build({ configFile: join(source, 'vite.config.ts'), logLevel: 'error' });
  return target;
}

/** The page's sources are built by packages that an installation without development's does not have: undefined. */
async function importVite() {
  try {
    return await import('vite');
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ERR_MODULE_NOT_FOUND')) throw error;
    return undefined;
  }
}

async function newestSource(): Promise<number> {
  // A packed program is without them.
  if (!existsSync(source)) return 0;
  const files = await readdir(source, { recursive: true, withFileTypes: true });
  const own = files.filter((file) => file.isFile() && !file.parentPath.startsWith(target));
  const times = await Promise.all(own.map((file) => timeOf(join(file.parentPath, file.name))));
  return Math.max(...times);
}

/** When the file was last changed; 0 when there is none. */
async function timeOf(file: string): Promise<number> {
  try {
    return (await stat(file)).mtimeMs;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return 0;
    throw error;
  }
}
