/** The sockets under the long connection: the SDK says nothing of what comes in, so the bytes that came are looked at here. */
import { Agent } from 'node:http';
import { connect, type Socket } from 'node:net';

type SocketOptions = Parameters<Agent['createConnection']>[0] & {
  /** Of the websocket's own: over TLS or not, as its address says. */
  readonly createConnection?: (options: object) => Socket;
};

/** Connects as the websocket would by itself, and remembers the newest socket. */
export class WatchedAgent extends Agent {
  /** Not `http:`, with which Node refuses every `wss:` address: without one it takes what the address says. */
  readonly protocol = undefined;
  #newest: Socket | undefined;

  override createConnection(options: SocketOptions): Socket {
    this.#newest = options.createConnection?.(options) ?? connect(options as Parameters<typeof connect>[0]);
    return this.#newest;
  }

  /** So many bytes have come on the newest socket; 0 without one. */
  get bytesRead(): number {
    return this.#newest?.bytesRead ?? 0;
  }
}
