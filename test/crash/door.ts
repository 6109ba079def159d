/** A door before the bot that can hold back what comes in, and tells of the first byte that comes out. */

import type { AddressInfo } from 'node:net';
import { connect, createServer, type Socket } from 'node:net';

export interface Door {
  /** The way to the bot through the door. */
  readonly url: string;
  /**
   * Holds back what comes from now on until so many connections have brought something, then lets it in all at once, in the order of
   * arrival. `begun` resolves when the first has come; `onAnswer` is called upon the first byte of the answer to it, before it goes on.
   */
  gather(of: { connections: number; onAnswer: () => void }): { readonly begun: Promise<void> };
  close(): Promise<void>;
}

interface Gathering {
  readonly connections: number;
  readonly onAnswer: () => void;
  readonly begun: () => void;
  readonly held: { readonly inside: Socket; readonly chunk: Buffer }[];
}

/** @param portOf the bot's port, asked for at each connection. */
export async function openDoor(portOf: () => number): Promise<Door> {
  let gathering: Gathering | undefined;
  let asked: { readonly inside: Socket; readonly onAnswer: () => void } | undefined;
  const server = createServer((outside) => {
    const inside = connect(portOf(), '127.0.0.1');
    for (const [socket, other] of [
      [outside, inside],
      [inside, outside],
    ] as const) {
      socket.on('error', () => socket.destroy());
      socket.on('close', () => other.destroy());
    }
    outside.on('data', (chunk: Buffer) => {
      if (gathering === undefined) inside.write(chunk);
      else hold(gathering, { inside, chunk });
    });
    inside.on('data', (chunk: Buffer) => {
      if (asked?.inside === inside) asked.onAnswer();
      outside.write(chunk);
    });
  });

  function hold(at: Gathering, brought: Gathering['held'][number]): void {
    at.held.push(brought);
    at.begun();
    if (new Set(at.held.map(({ inside }) => inside)).size < at.connections) return;
    gathering = undefined;
    const [first] = at.held;
    if (first) asked = { inside: first.inside, onAnswer: at.onAnswer };
    for (const { inside, chunk } of at.held) inside.write(chunk);
  }

  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  // Guarantee: a server that listens on a port has an address of this kind.
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    gather({ connections, onAnswer }) {
      const begun = new Promise<void>((resolve) => {
        gathering = { connections, onAnswer, begun: resolve, held: [] };
      });
      return { begun };
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
      }),
  };
}
