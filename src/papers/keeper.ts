/**
 * Fetches what was sent and puts it into the store, one after the other, beside everything else: a transaction says what is next, the
 * network and the disk are waited for outside of any, and another transaction notes what came of it. Whatever ends the program in
 * between, the same is done again under the same name. Nothing stands on a disk in clear.
 */
import { createHash } from 'node:crypto';
import { buffer } from 'node:stream/consumers';
import type { PaperRow } from '../../db/repositories/paper.ts';
import type { UnitListRow } from '../../db/repositories/unit-list.ts';
import { systemCtx, type WritingParts } from '../ctx.ts';
import { PAPER_BYTES_MAX, type PaperProblem } from '../domain/paper.ts';
import { describeFault } from '../fault.ts';
import { toLarkError } from '../lark/errors.ts';
import type { LarkFailure, LarkPort } from '../lark/port.ts';
import { admitPaper } from '../services/paper/admit.ts';
import { claimPaper } from '../services/paper/claim.ts';
import { endQuietRounds } from '../services/paper/round.ts';
import { forgetPaperFile, keepPaper, putOffPaper, refusePaper, type StoredPaper } from '../services/paper/settle.ts';
import { claimListFile, keepListFile, putOffListFile } from '../services/unit-list/file.ts';
import type { Cipher } from '../vault.ts';
import { fetchListFile } from './list-file.ts';
import { preparePaper } from './prepare.ts';
import { contextOfPaper, type PaperStore } from './store.ts';

export interface PaperKeeper {
  start(): void;
  /** Something may have come in: call it after a commit. */
  wake(): void;
  /** Does all that is due by the clock. */
  drain(): Promise<void>;
  /** Ends after what is in hand. */
  stop(): Promise<void>;
}

export interface KeeperOptions extends WritingParts {
  readonly lark: Pick<LarkPort, 'download'>;
  readonly store: PaperStore;
}

/** What is not done by then is done again, by whichever process comes first. */
const LEASE_MS = 5 * 60_000;
const LOOK_AGAIN_MS = 15_000;
/** Commits that follow so soon share a look. */
const TOGETHER_MS = 50;

/** Never rejects out of a timer or `wake`: what goes wrong is logged, and tried again. */
export function createPaperKeeper(options: KeeperOptions): PaperKeeper {
  const { log } = options;
  let timer: NodeJS.Timeout | undefined;
  let soon: NodeJS.Timeout | undefined;
  let working: Promise<void> | undefined;
  let state: 'still' | 'started' | 'stopped' = 'still';

  const work = createWork(options);

  async function workOff(): Promise<void> {
    try {
      while (state !== 'stopped' && (await work()));
    } catch (error) {
      log.error({ fault: describeFault(error) }, 'papers could not be looked at');
    }
  }

  function run(): Promise<void> {
    working ??= workOff().finally(() => {
      working = undefined;
    });
    return working;
  }

  return {
    start() {
      state = 'started';
      timer = setInterval(() => void run(), LOOK_AGAIN_MS).unref();
      void run();
    },
    wake() {
      if (state !== 'started') return;
      soon ??= setTimeout(() => {
        soon = undefined;
        void run();
      }, TOGETHER_MS).unref();
    },
    async drain() {
      await working;
      await run();
    },
    async stop() {
      state = 'stopped';
      clearInterval(timer);
      clearTimeout(soon);
      await working;
    },
  };
}

/** The function that does one thing that is due; false when nothing is. */
function createWork(options: KeeperOptions): () => Promise<boolean> {
  const { db, store, log } = options;
  const inSystem = <Result>(work: (ctx: ReturnType<typeof systemCtx>) => Promise<Result>) =>
    db.write((tx) => work(systemCtx(options, tx, 'papers')));

  async function fetchPaper(paper: PaperRow): Promise<void> {
    const fetched = await fetchAndStore(options, paper);
    if ('later' in fetched) {
      log.warn({ paperId: paper.id, reason: fetched.later }, 'a paper could not be fetched or stored yet');
      await inSystem((ctx) => putOffPaper(ctx, paper));
    } else if ('problem' in fetched) {
      const { problem } = fetched;
      log.info({ paperId: paper.id, problem }, 'something that was sent is not kept');
      await inSystem((ctx) => refusePaper(ctx, { id: paper.id, problem }));
    } else if (!(await inSystem((ctx) => keepPaper(ctx, fetched.stored)))) {
      await store.remove(paper.fileName);
    }
  }

  async function removePaper(paper: PaperRow): Promise<void> {
    try {
      await store.remove(paper.fileName);
    } catch (error) {
      log.error(
        { paperId: paper.id, fault: describeFault(error) },
        'the file of an erased person could not be deleted yet',
      );
      return inSystem((ctx) => putOffPaper(ctx, paper));
    }
    await inSystem((ctx) => forgetPaperFile(ctx, paper));
  }

  async function fetchList(list: UnitListRow): Promise<void> {
    const fetched = await fetchListFile(options, list);
    if ('kept' in fetched) return inSystem((ctx) => keepListFile(ctx, fetched.kept));
    log.warn({ listId: list.id, problem: fetched.problem }, 'the file of a list is not kept');
    await inSystem((ctx) => putOffListFile(ctx, { list, final: fetched.problem === 'never' }));
  }

  return async () => {
    const ended = await inSystem(endQuietRounds);
    const paper = await inSystem((ctx) => claimPaper(ctx, { leaseMs: LEASE_MS }));
    if (paper?.state === 'waiting') await fetchPaper(paper);
    else if (paper) await removePaper(paper);
    const list = await inSystem((ctx) => claimListFile(ctx, { leaseMs: LEASE_MS }));
    if (list) await fetchList(list);
    const done = ended > 0 || paper !== undefined || list !== undefined;
    if (done) options.wake();
    return done;
  };
}

type Fetched =
  | { readonly stored: StoredPaper }
  | { readonly problem: PaperProblem }
  /** Why it has to be tried again. */
  | { readonly later: string };

/** By what a download fails with; absent: it is tried again. */
const problemOf: Partial<Record<LarkFailure, PaperProblem>> = {
  expired: 'vanished',
  broken: 'vanished',
  unanswerable: 'vanished',
  gone: 'closedChat',
  screened: 'closedChat',
  oversized: 'tooLarge',
};

async function fetchAndStore(options: KeeperOptions, paper: PaperRow): Promise<Fetched> {
  const admitted = await options.db.read((tx) => admitPaper(systemCtx(options, tx, 'papers'), paper));
  if ('problem' in admitted) return admitted;
  const cipher = cipherOf(options, admitted.wrappedKey);
  if (!cipher) return { problem: 'keyUnknown' };
  const { messageId, resourceKey: key, kind, fileName, id } = paper;
  let sent: Buffer;
  try {
    sent = await buffer(await options.lark.download({ messageId, key, kind, bytesMax: PAPER_BYTES_MAX }));
  } catch (error) {
    const { failure, message } = toLarkError(error);
    const problem = problemOf[failure];
    return problem === undefined ? { later: message } : { problem };
  }
  const prepared = await preparePaper(sent);
  if ('problem' in prepared) return prepared;
  const sealed = cipher.sealBytes(contextOfPaper(fileName), prepared.content);
  try {
    await options.store.put(fileName, sealed);
  } catch (error) {
    return { later: storeTrouble(error) };
  }
  const hash = createHash('sha256').update(sealed).digest('hex');
  return { stored: { id, type: prepared.type, bytes: sealed.length, hash } };
}

/** undefined when the key does not open: of another `DATA_KEY`, or damaged. */
function cipherOf({ vault }: KeeperOptions, wrappedKey: string): Cipher | undefined {
  try {
    return vault.applicantCipher(wrappedKey);
  } catch {
    return undefined;
  }
}

function storeTrouble(error: unknown): string {
  return `store: ${error instanceof Error && 'code' in error ? String(error.code) : describeFault(error).name}`;
}
