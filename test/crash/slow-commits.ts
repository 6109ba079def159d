/** A way to a PostgreSQL server on which each COMMIT takes its time, as on a disk that is busy. */
import { type AddressInfo, connect, createServer } from 'node:net';
import { pause } from './house.ts';

const COMMIT_MS = 150;

/** Must be closed after those who connect through it. */
export async function slowCommits(serverUrl: string): Promise<{ url: string; close(): Promise<void> }> {
  const behind = new URL(serverUrl);
  const server = createServer((outside) => {
    const inside = connect(Number(behind.port), behind.hostname);
    let order = Promise.resolve();
    outside.on('data', (chunk: Buffer) => {
      order = order.then(async () => {
        if (chunk.includes('COMMIT')) await pause(COMMIT_MS);
        inside.write(chunk);
      });
    });
    inside.pipe(outside);
    for (const [socket, other] of [
      [outside, inside],
      [inside, outside],
    ] as const) {
      socket.on('error', () => socket.destroy());
      socket.on('close', () => other.destroy());
    }
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const url = new URL(serverUrl);
  // Guarantee: a server that listens on a port has an address of this kind.
  url.host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url: url.href,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
      }),
  };
}
