/** A TCP gate before the platform: while it is shut, connections are refused, as when a network or a whole platform is away. */
import { connect, createServer, type Server, type Socket } from 'node:net';

export interface Gate {
  /** The way to the platform through the gate. */
  readonly url: string;
  shut(): Promise<void>;
  open(): Promise<void>;
}

/** Opens a gate to `url`, which must name a port of this machine. */
export async function openGate(url: string): Promise<Gate> {
  const behind = Number(new URL(url).port);
  const sockets = new Set<Socket>();
  let server: Server = serverTo(behind, sockets);
  const port = await listen(server, 0);
  return {
    url: `http://127.0.0.1:${port}`,
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
