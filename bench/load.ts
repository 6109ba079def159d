/**
 * The client, in its own process: as fast as the connections allow, or at a fixed rate. Requests are encrypted and signed
 * before the clock starts, so that this costs the contenders no processor time.
 */
import { readFileSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { performance } from 'node:perf_hooks';
import { processorMs } from './child.ts';
import type { LoadJob, LoadResult } from './load-job.ts';
import { messageDelivery, type SignedRequest, signed, submitDelivery, type WaitingDraft } from './wire.ts';

const SIGNED_AHEAD = 2000;
/** A signature lives five minutes, so none is made longer before it is needed. */
const SIGNED_AHEAD_SECONDS = 60;

type Timed = Omit<LoadResult, 'processorMs'>;

/** What one answered request tells: milliseconds, and whether it was answered as hoped. */
interface Answered {
  readonly ms: number;
  readonly problem: string | undefined;
}

/** Draws up the job's deliveries one by one. */
function deliveriesOf(job: LoadJob): () => object {
  if (job.what.kind === 'message') {
    const { text } = job.what;
    return () => messageDelivery(text);
  }
  const drafts = (JSON.parse(readFileSync(job.what.draftsFile, 'utf8')) as WaitingDraft[]).slice(job.what.from);
  const next = drafts.values();
  return () => {
    const { value } = next.next();
    if (!value) throw new Error('not enough drafts were prepared');
    return submitDelivery(value);
  };
}

interface Sending {
  readonly url: URL;
  readonly agent: Agent;
  readonly prepared: SignedRequest;
  readonly expect: string;
}

function send(of: Sending): Promise<string | undefined> {
  const { url, agent, prepared, expect } = of;
  return new Promise((resolve) => {
    const sent = request(url, { method: 'POST', agent, headers: prepared.headers }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () => {
        if (response.statusCode !== 200) resolve(`HTTP ${response.statusCode}`);
        else resolve(expect !== '' && !Buffer.concat(chunks).includes(expect) ? 'not the answer hoped for' : undefined);
      });
      response.on('error', (error) => resolve(error.message));
    });
    sent.on('error', (error: NodeJS.ErrnoException) => {
      // The server closes a connection that was idle for five seconds, perhaps just when it is used again.
      if (sent.reusedSocket && error.code === 'ECONNRESET') resolve(send(of));
      else resolve(error.message);
    });
    sent.end(prepared.body);
  });
}

/** To the contender's processes in turn; some deliveries to two of them at the same time, which must both give the answer. */
function deliveryTo({ urls, connections, expect, twiceEvery }: LoadJob) {
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  const targets = urls.map((url) => new URL(url));
  let sent = 0;
  const next = () => targets[sent % targets.length] ?? failWithoutTarget();
  return {
    async send(prepared: SignedRequest): Promise<string | undefined> {
      sent++;
      const first = send({ url: next(), agent, prepared, expect });
      if (twiceEvery === undefined || sent % twiceEvery !== 0) return first;
      sent++;
      const problems = await Promise.all([first, send({ url: next(), agent, prepared, expect })]);
      return problems.find((problem) => problem !== undefined);
    },
    end: () => agent.destroy(),
  };
}

function failWithoutTarget(): never {
  throw new Error('a job needs an address');
}

/** All connections busy all the time. */
async function closedLoop(job: LoadJob, count: number, next: () => object): Promise<Timed> {
  const deliver = deliveryTo(job);
  const requests = Array.from({ length: count }, () => signed(next()));
  const answered: Answered[] = [];
  let at = 0;
  const startedAt = Date.now();
  const begin = performance.now();
  await Promise.all(
    Array.from({ length: job.connections }, async () => {
      for (let prepared = requests[at++]; prepared !== undefined; prepared = requests[at++]) {
        const from = performance.now();
        const problem = await deliver.send(prepared);
        answered.push({ ms: performance.now() - from, problem });
      }
    }),
  );
  const seconds = (performance.now() - begin) / 1000;
  deliver.end();
  return { ...summary(answered), startedAt, seconds };
}

/** One request every 1/rate s whatever the answers do; times count from when a request was due, not from when it left. */
async function fixedRate(job: LoadJob, rate: number, next: () => object): Promise<Timed> {
  const deliver = deliveryTo(job);
  const ahead = Math.min(SIGNED_AHEAD, Math.ceil(rate * SIGNED_AHEAD_SECONDS));
  const ready: SignedRequest[] = [];
  const answered: Promise<Answered>[] = [];
  const startedAt = Date.now();
  const begin = performance.now();
  for (let n = 0; n < job.count; ) {
    // The first is due at once, and each goes at its own time: one rounded down more would be a whole interval late.
    const due = Math.floor(((performance.now() - begin) / 1000) * rate) + 1;
    for (; n < Math.min(due, job.count); n++) {
      const dueAt = begin + (n / rate) * 1000;
      const prepared = ready.shift() ?? signed(next());
      answered.push(
        deliver.send(prepared).then((problem) => ({
          ms: performance.now() - dueAt,
          problem,
        })),
      );
    }
    if (ready.length < ahead && n + ready.length < job.count) ready.push(signed(next()));
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
  const all = await Promise.all(answered);
  deliver.end();
  return { ...summary(all), startedAt, seconds: (performance.now() - begin) / 1000 };
}

function summary(answered: readonly Answered[]): Omit<Timed, 'startedAt' | 'seconds'> {
  const times = answered.map(({ ms }) => ms).sort((a, b) => a - b);
  const at = (share: number) => times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? 0;
  const problems = answered.flatMap(({ problem }) => problem ?? []);
  return {
    count: answered.length,
    failed: problems.length,
    firstProblem: problems[0] ?? null,
    p50Ms: at(0.5),
    p99Ms: at(0.99),
    maxMs: times.at(-1) ?? 0,
  };
}

process.on('message', async (job: LoadJob) => {
  const next = deliveriesOf(job);
  if (job.warmUp > 0) await closedLoop(job, job.warmUp, next);
  const used = () => job.pids.reduce((sum, pid) => sum + processorMs(pid), 0);
  const before = used();
  const result = job.rate === null ? await closedLoop(job, job.count, next) : await fixedRate(job, job.rate, next);
  process.send?.({ ...result, processorMs: used() - before });
});
console.log('ready -');
