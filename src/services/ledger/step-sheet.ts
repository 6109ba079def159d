/** The rows of the ledger's second sheet: every step of the first sheet's cases, chain by chain, with the hashes that hold it. */
import { stepWord } from '../../../cards/words.ts';
import { ledgerReads, type NumberedEntry } from '../../../db/repositories/ledger.ts';
import type { Cell } from '../sheet/cell.ts';
import type { ReadPage } from '../sheet/make.ts';
import { pause } from '../sheet/pause.ts';
import type { Column } from '../sheet/workbook.ts';
import type { Register } from './case-sheet.ts';

export const stepColumns: readonly Column[] = [
  { title: '台账链', width: 18, repeats: true },
  { title: '序号', width: 9 },
  { title: '时间', width: 17 },
  { title: '编号', width: 13 },
  { title: '步骤', width: 12, repeats: true },
  { title: '操作人', width: 12, repeats: true },
  { title: '单位', width: 18, repeats: true },
  { title: '指纹（SHA-256）', width: 66 },
  { title: '上一条的指纹', width: 66 },
];

const CASES_PER_READ = 200;
const ENTRIES_PER_PAGE = 250;

/** The places of the entries are collected first: they are few bytes each, and put every chain in its order. */
export async function* stepPages(read: ReadPage, of: { ids: readonly number[]; register: Register }) {
  const chains = await placesByChain(read, of.ids);
  for (const [townId, seqs] of chains) {
    const chain = of.register.units.get(townId) ?? '';
    for (let first = 0; first < seqs.length; first += ENTRIES_PER_PAGE) {
      const page = seqs.slice(first, first + ENTRIES_PER_PAGE);
      const entries = await read(({ tx }) => ledgerReads.bySeqs(tx, { townId, seqs: page }));
      yield entries.map((entry) => stepRow(entry, { chain, register: of.register }));
      await pause();
    }
  }
}

async function placesByChain(read: ReadPage, ids: readonly number[]): Promise<[townId: number, seqs: number[]][]> {
  const chains = new Map<number, number[]>();
  for (let first = 0; first < ids.length; first += CASES_PER_READ) {
    const some = ids.slice(first, first + CASES_PER_READ);
    for (const { townId, seq } of await read(({ tx }) => ledgerReads.placesOfCases(tx, some))) {
      const seqs = chains.get(townId) ?? [];
      if (seqs.length === 0) chains.set(townId, seqs);
      seqs.push(seq);
    }
    await pause();
  }
  for (const seqs of chains.values()) seqs.sort((a, b) => a - b);
  return [...chains].sort(([a], [b]) => a - b);
}

function stepRow(entry: NumberedEntry, of: { chain: string; register: Register }): Cell[] {
  const { units, agents } = of.register;
  return [
    of.chain,
    entry.seq,
    { at: entry.at },
    entry.caseNumber,
    stepWord(entry.kind),
    entry.actorKind === 'agent' ? (agents.get(Number(entry.actorId)) ?? '') : '系统',
    entry.unitId === null ? '' : (units.get(entry.unitId) ?? ''),
    entry.hash,
    entry.prevHash,
  ];
}
