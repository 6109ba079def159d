/** Several real processes of the bot on one database. */
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { CallbackAnswer, Inbound } from '../../src/lark/port.ts';

export type Order =
  | { readonly kind: 'prepare' | 'drain' | 'tick'; readonly now: number }
  /** From now on they work on this database. */
  | { readonly kind: 'open'; readonly now: number; readonly url: string }
  | { readonly kind: 'receive'; readonly now: number; readonly inbound: readonly Inbound[] };

export interface Sent {
  readonly uuid: string;
  readonly target: string;
  readonly messageId: string;
  /** Milliseconds on a clock that all processes share. */
  readonly begun: number;
  readonly ended: number;
}

export interface Report {
  readonly answers: readonly CallbackAnswer[];
  readonly sent: readonly Sent[];
}

export interface Team {
  /** Gives every process its order at the same moment; the answers come in the order of the processes. */
  all(order: (process: number) => Order): Promise<Report[]>;
  stop(): Promise<void>;
}

export async function startTeam(options: { size: number }): Promise<Team> {
  const worker = fileURLToPath(new URL('./worker.ts', import.meta.url));
  const children = Array.from({ length: options.size }, () => fork(worker, { execArgv: ['--import', 'tsx'] }));
  await Promise.all(children.map((child) => answerOf(child)));
  return {
    all: (order) =>
      Promise.all(
        children.map(async (child, index) => {
          const answer = answerOf(child);
          child.send(order(index));
          return (await answer) as Report;
        }),
      ),
    async stop() {
      await Promise.all(
        children.map(async (child) => {
          const gone = once(child, 'exit');
          child.disconnect();
          await gone;
        }),
      );
    },
  };
}

/** The next message of the process; rejects when it reports a failure or ends. */
function answerOf(child: ChildProcess): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const onExit = (code: number | null) => reject(new Error(`the process ended with ${code}`));
    child.once('exit', onExit);
    child.once('message', (message) => {
      child.off('exit', onExit);
      const failed =
        typeof message === 'object' && message !== null && 'failed' in message ? message.failed : undefined;
      if (failed === undefined) resolve(message);
      else reject(new Error(String(failed)));
    });
  });
}
