/** The workload of a town's people, read from the town's chain of the ledger. */
import { ledgerReads } from '../../../db/repositories/ledger.ts';
import type { Reading } from '../../ctx.ts';
import { localDay } from '../../domain/calendar.ts';
import { Workload } from '../../domain/workload.ts';
import { factsOf } from '../ledger/facts.ts';

const PAGE = 500;

/** Runs `work` on one snapshot: a long chain is read in pages, so that nobody waits. */
type ReadPage = <Result>(work: (ctx: Reading) => Promise<Result>) => Promise<Result>;

/** Of the steps that people of these units took in the chain. @param asked.from YYYY-MM-DD, as `to` included */
export async function workloadOf(
  read: ReadPage,
  asked: { townId: number; unitIds: ReadonlySet<number>; from: string; to: string },
): Promise<Workload> {
  const workload = new Workload();
  for (let afterSeq = 0; ; ) {
    const page = await read(async (ctx) => {
      const rows = await ledgerReads.page(ctx.tx, { townId: asked.townId, afterSeq, limit: PAGE });
      return rows.map((row) => ({ ...row, day: localDay(row.at, ctx.zone) }));
    });
    for (const { actorKind, actorId, unitId, caseId, kind, payload, day } of page) {
      const isTheirs = actorKind === 'agent' && unitId !== null && asked.unitIds.has(unitId);
      if (!isTheirs || caseId === null || day < asked.from || day > asked.to) continue;
      workload.observe({ agentId: Number(actorId), kind, undoes: factsOf({ payload })['undoes'], day });
    }
    const last = page.at(-1);
    if (last === undefined || page.length < PAGE) return workload;
    afterSeq = last.seq;
  }
}
