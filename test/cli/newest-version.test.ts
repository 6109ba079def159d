/** Which version the registry has, or the mirror of it that npm is set to. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, it, vi } from 'vitest';
import { newestVersion } from '../../src/cli/terminal.ts';

afterEach(() => vi.unstubAllEnvs());

it.each(['', '/', '/npm', '/npm/'])('is asked at the mirror’s own path: %j', async (path) => {
  const asked: (string | undefined)[] = [];
  const mirror = createServer((request, response) => {
    asked.push(request.url);
    response.end('{"version":"1.2.3"}');
  });
  await new Promise<void>((resolve) => {
    mirror.listen(0, '127.0.0.1', resolve);
  });
  // Guarantee: a server that listens on a port has an address of this kind.
  const { port } = mirror.address() as AddressInfo;
  vi.stubEnv('npm_config_registry', `http://127.0.0.1:${port}${path}`);
  expect(await newestVersion('chinese-days')).toBe('1.2.3');
  expect(asked).toEqual([`${path.replace(/\/$/, '')}/chinese-days/latest`]);
  mirror.close();
});
