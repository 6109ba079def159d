/** The ledger's second sheet: every step of the first sheet's cases, chain by chain, with the hashes that hold it. */
import { stepWord } from '../../cards/words.ts';
import { type LedgerStep, ledgerReads } from '../../db/repositories/ledger.ts';
import { type Column, cellsOf, moment } from './columns.ts';
import type { Register } from './ledger-cases.ts';
import { pause } from './pause.ts';
import type { ReadPage } from './sheet.ts';

interface Step {
  readonly entry: LedgerStep;
  /** Name of the unit whose chain it stands in. */
  readonly chain: string;
  readonly caseNumber: string;
}

export function stepColumns({ units, agents }: Register): Column<Step>[] {
  return [
    { header: '台账链', width: 18, value: ({ chain }) => chain },
    { header: '序号', width: 9, value: ({ entry }) => entry.seq },
    { header: '时间', width: 17, value: ({ entry }) => moment(entry.at) },
    { header: '编号', width: 13, value: ({ caseNumber }) => caseNumber },
    { header: '步骤', width: 12, value: ({ entry }) => stepWord(entry.kind) },
    { header: '操作人', width: 12, value: ({ entry }) => actorName(entry, agents) },
    { header: '单位', width: 18, value: ({ entry }) => (entry.unitId === null ? '' : (units.get(entry.unitId) ?? '')) },
    { header: '指纹（SHA-256）', width: 66, value: ({ entry }) => entry.hash },
    { header: '上一条的指纹', width: 66, value: ({ entry }) => entry.prevHash },
  ];
}

function actorName(entry: LedgerStep, agents: Register['agents']): string {
  return entry.actorKind === 'agent' ? (agents.get(Number(entry.actorId)) ?? '') : '系统';
}

/** The cases of the first sheet, as it was written: number by id, and ids by chain. */
export interface WrittenCases {
  readonly numbers: Map<number, string>;
  readonly chains: Map<number, number[]>;
}

const CASES_PER_READ = 200;
/** Of a chain, read and turned into rows without a pause; others' entries in between are read over. */
const STRETCH = 250;

/** The places of the entries are collected first: they are few bytes each, and put every chain in its order. */
export async function* stepPages(
  read: ReadPage,
  {
    written: { numbers, chains },
    units,
    columns,
  }: { written: WrittenCases; units: Register['units']; columns: readonly Column<Step>[] },
) {
  for (const townId of [...chains.keys()].sort((a, b) => a - b)) {
    const seqs = await placesInChain(read, chains.get(townId) ?? []);
    const chain = units.get(townId) ?? '';
    for (const { first, last } of stretches(seqs)) {
      const entries = await read(({ tx }) => ledgerReads.stretch(tx, { townId, first, last }));
      yield entries.flatMap((entry) => {
        const caseNumber = entry.caseId === null ? undefined : numbers.get(entry.caseId);
        return caseNumber === undefined ? [] : [cellsOf(columns, { entry, chain, caseNumber })];
      });
      await pause();
    }
  }
}

async function placesInChain(read: ReadPage, caseIds: readonly number[]): Promise<Float64Array> {
  const seqs: number[] = [];
  for (let first = 0; first < caseIds.length; first += CASES_PER_READ) {
    const some = caseIds.slice(first, first + CASES_PER_READ);
    for (const seq of await read(({ tx }) => ledgerReads.seqsOfCases(tx, some))) seqs.push(seq);
    await pause();
  }
  return Float64Array.from(seqs).sort();
}

/** Stretches of a chain that hold all the numbers given in rising order, none longer than `STRETCH`. */
function* stretches(seqs: Float64Array): Generator<{ first: number; last: number }> {
  let first = seqs[0];
  let last = first;
  for (const seq of seqs) {
    if (first === undefined || last === undefined) return;
    if (seq - first >= STRETCH) {
      yield { first, last };
      first = seq;
    }
    last = seq;
  }
  if (first !== undefined && last !== undefined) yield { first, last };
}
