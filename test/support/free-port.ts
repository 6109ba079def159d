/** For a program that wants to be told its port before it listens. */
import { randomInt } from 'node:crypto';
import { createServer } from 'node:net';

/**
 * Linux gives those from 32768 on to whoever asks for any port, other systems from 49152. Of these a port that was free stays so, however
 * much is opened beside, until its program listens and while it is started again.
 */
const FIRST = 10_000;
const END = 32_768;

export async function freePort(): Promise<number> {
  for (;;) {
    const port = randomInt(FIRST, END);
    if (await isFree(port)) return port;
  }
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.on('error', (error: NodeJS.ErrnoException) => (error.code === 'EADDRINUSE' ? resolve(false) : reject(error)));
    probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(true)));
  });
}
