/** The processes of a run. */
import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { LoadJob, LoadResult } from './load-job.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const READY_WITHIN_MS = 30_000;
const MIB = 1024 * 1024;
const PAGE_BYTES = 4096;

/** So that nothing outlives a run that fails. */
const running = new Set<ChildProcess>();
process.on('exit', () => {
  for (const child of running) child.kill('SIGKILL');
});

export interface Child {
  readonly process: ChildProcess;
  readonly pid: number;
  /** What the process printed behind its ready word: its address. */
  readonly url: string;
  stop(): Promise<void>;
}

export interface Start {
  /** Arguments of node. */
  readonly args: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** Finds the address in what is printed; the first group is it. */
  readonly ready?: RegExp;
}

/** Starts a program of this checkout and waits until it says that it is ready. */
export async function start(of: Start): Promise<Child> {
  const child = spawn(process.execPath, [...of.args], {
    cwd: root,
    env: { ...process.env, ...of.env },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  const { pid } = child;
  running.add(child);
  child.once('exit', () => running.delete(child));
  if (pid === undefined) throw new Error(`${of.args.join(' ')} could not be started`);
  const url = await readyLine(child, of);
  return { process: child, pid, url, stop: () => stop(child) };
}

function readyLine(child: ChildProcess, of: Start): Promise<string> {
  const pattern = of.ready ?? /^ready (\S+)/m;
  return new Promise((resolve, reject) => {
    let printed = '';
    const fail = (why: string) => reject(new Error(`${of.args.join(' ')}: ${why}\n${printed.slice(-2000)}`));
    const late = setTimeout(() => fail('was not ready in time'), READY_WITHIN_MS);
    const read = (chunk: Buffer) => {
      if (printed.length < 100_000) printed += chunk.toString();
      const found = pattern.exec(printed)?.[1];
      if (found === undefined) return;
      clearTimeout(late);
      resolve(found);
    };
    child.stdout?.on('data', read);
    child.stderr?.on('data', read);
    child.once('exit', (code) => {
      clearTimeout(late);
      fail(`ended with ${code}`);
    });
  });
}

function stop(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    if (child.exitCode !== null || child.signalCode !== null) {
      resolve();
      return;
    }
    const late = setTimeout(() => child.kill('SIGKILL'), 15_000);
    child.once('exit', () => {
      clearTimeout(late);
      resolve();
    });
    child.kill('SIGTERM');
  });
}

export function runLoad(client: Child, job: LoadJob): Promise<LoadResult> {
  return ask<LoadResult>(client, job);
}

export function askStored(child: Child): Promise<{ stored: number; lastStoredAt: number }> {
  return ask(child, { question: 'stored' });
}

/** Sends one message and waits for the next. Guarantee of the cast: the programs of this folder answer as asked. */
function ask<Answer>(child: Child, message: object): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const onExit = () => reject(new Error('the process ended'));
    child.process.once('exit', onExit);
    child.process.once('message', (answer) => {
      child.process.off('exit', onExit);
      resolve(answer as Answer);
    });
    child.process.send(message);
  });
}

/** Processor time a process has used so far, user and system, ms. Linux only: clock ticks of 10 ms. */
export function processorMs(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
  return (Number(fields[11]) + Number(fields[12])) * 10;
}

/** Resident memory of a process, MiB. Linux only. */
export function residentMib(pid: number): number {
  const pages = Number(readFileSync(`/proc/${pid}/statm`, 'utf8').split(' ')[1]);
  return (pages * PAGE_BYTES) / MIB;
}
