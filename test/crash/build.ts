/** The crash tests run what is deployed, so the bundle must be that of the sources. */
import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

export default function setup(): void {
  const root = fileURLToPath(new URL('../..', import.meta.url));
  execFileSync(process.execPath, ['build/bundle.mjs', '--if-older'], {
    cwd: root,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
}
