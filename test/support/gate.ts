/**
 * A TCP gate before the platform or a database server: while it is shut, connections are refused, as when a network or a whole
 * platform is away.
 */
import { connect, createServer, type Server, type Socket } from 'node:net';

export interface Gate {
  /** The way to the platform through the gate. */
  readonly url: string;
  /** From now on what comes through is dropped without a word; connections stay, and new ones are taken. */
  swallow(): void;
  shut(): Promise<void>;
  open(): Promise<void>;
}

/** Opens a gate to `url`, which must name a port of this machine; the gate's own address differs in host and port only. */
export async function openGate(url: string): Promise<Gate> {
  const behind = Number(new URL(url).port);
  const sockets = new Set<Socket>();
  let server: Server = serverTo(behind, sockets);
  const port = await listen(server, 0);
  const address = new URL(url);
  address.host = `127.0.0.1:${port}`;
  return {
    url: address.href.replace(/\/$/, ''),
    swallow() {
      for (const socket of sockets) socket.unpipe().resume();
      server.on('connection', (socket) => socket.unpipe().resume());
    },
    shut: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
    async open() {
      server = serverTo(behind, sockets);
      await listen(server, port);
    },
  };
}

function serverTo(port: number, sockets: Set<Socket>): Server {
  return createServer((outside) => {
    const inside = connect(port, '127.0.0.1');
    for (const [socket, other] of [
      [outside, inside],
      [inside, outside],
    ] as const) {
      sockets.add(socket);
      socket.on('error', () => socket.destroy());
      socket.on('close', () => {
        sockets.delete(socket);
        other.destroy();
      });
      socket.pipe(other);
    }
  });
}

function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      const address = server.address();
      resolve(typeof address === 'object' && address !== null ? address.port : 0);
    });
  });
}
