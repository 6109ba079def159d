/**
 * The working ledger (工作台账) as an Excel file. The set of cases is fixed by the moment it was asked for; each page of rows is read at
 * its own moment, cases first: a case may have moved on while the file was written, but no step that its row shows is missing
 * from the second sheet.
 */
import { agentReads } from '../../db/repositories/agent.ts';
import { type CaseLedgerRow, caseReads } from '../../db/repositories/case.ts';
import { itemReads } from '../../db/repositories/item.ts';
import { ledgerReads } from '../../db/repositories/ledger.ts';
import { unitReads } from '../../db/repositories/unit.ts';
import type { Reading } from '../ctx.ts';
import { shortLedgerKey } from '../services/ledger/key.ts';
import { CASES_PER_FILE } from '../services/ledger/order.ts';
import { registeredScope } from '../services/ledger/scope.ts';
import type { SheetOrderOf } from '../services/message/sheet-order.ts';
import { byRegistration } from './by-registration.ts';
import { type Column, cellsOf } from './columns.ts';
import { fileName } from './file-name.ts';
import { caseColumns, type LedgerCase, type Register, readPersonal } from './ledger-cases.ts';
import { stepColumns, stepPages, type WrittenCases } from './ledger-steps.ts';
import { madeBy } from './made-by.ts';
import { pause } from './pause.ts';
import type { ReadPage, Workbook } from './sheet.ts';

/** Read and decrypted without a pause, some milliseconds; as many as `caseReads.withApplicants` asks for at once. */
const CASES_PER_PAGE = 50;

export async function ledgerWorkbook(read: ReadPage, order: SheetOrderOf<'ledger'>): Promise<Workbook> {
  const ids = await idsInOrder(read, order);
  const { register, made, department, key, now } = await read(async (ctx) => ({
    register: await openRegister(ctx),
    made: await madeBy(ctx, order),
    department: (await unitReads.byId(ctx.tx, order.unitId))?.level === 'department',
    key: await shortLedgerKey(ctx),
    now: ctx.now,
  }));
  const full = order.full !== null;
  const frame = frameOf(order, { register, made, department, count: ids.length });
  // The sheets are written one after the other: what stands in the first one, the second one proves.
  const written = { numbers: new Map<number, string>(), chains: new Map<number, number[]>() };
  const ofCase = caseColumns(register, { full, now });
  const ofStep = stepColumns(register);
  const cases = casePages(read, { ids, register, columns: ofCase, written });
  const steps = stepPages(read, { written, units: register.units, columns: ofStep });
  const sheets = [
    { ...frame, name: '台账', columns: ofCase, pages: cases },
    { ...frame, note: `${frame.note}台账公钥指纹 ${key}。`, name: '每一步', columns: ofStep, pages: steps },
  ];
  return { fileName: fileNameOf(order, register), sheets };
}

/** Unit by unit, so that no single read takes long. */
async function idsInOrder(read: ReadPage, order: SheetOrderOf<'ledger'>): Promise<number[]> {
  const scope = await read((ctx) => registeredScope(ctx, order));
  const found = byRegistration();
  for (const unitId of scope.unitIds) {
    found.add(await read(({ tx }) => caseReads.registered(tx, { ...scope, unitIds: [unitId] })));
    await pause();
  }
  return found.ids({ skip: (order.part - 1) * CASES_PER_FILE, count: CASES_PER_FILE });
}

/** What every row refers to; small, and read once. */
async function openRegister(ctx: Reading): Promise<Register> {
  const units = await unitReads.all(ctx.tx);
  const items = await itemReads.inEveryVersion(ctx.tx);
  return {
    units: new Map(units.map((unit) => [unit.id, unit.name])),
    items: new Map(items.map((item) => [item.versionId, item])),
    agents: new Map((await agentReads.all(ctx.tx)).map((agent) => [agent.id, agent.name])),
  };
}

async function* casePages(
  read: ReadPage,
  {
    ids,
    register,
    columns,
    written,
  }: { ids: readonly number[]; register: Register; columns: readonly Column<LedgerCase>[]; written: WrittenCases },
) {
  for (let first = 0; first < ids.length; first += CASES_PER_PAGE) {
    const wanted = ids.slice(first, first + CASES_PER_PAGE);
    yield await read(async (ctx) => {
      const found = new Map((await caseReads.withApplicants(ctx.tx, wanted)).map((record) => [record.id, record]));
      const steps = await ledgerReads.ofCases(ctx.tx, wanted);
      return wanted.flatMap((id) => {
        const record = found.get(id);
        if (!record) return [];
        note(written, record);
        const item = register.items.get(record.itemVersionId);
        return [
          cellsOf(columns, {
            record,
            item,
            personal: readPersonal(ctx, { record, steps: steps.filter(({ caseId }) => caseId === id) }),
          }),
        ];
      });
    });
    await pause();
  }
}

function note(written: WrittenCases, { id, townId, caseNumber }: CaseLedgerRow): void {
  written.numbers.set(id, caseNumber);
  const chain = written.chains.get(townId);
  if (chain) chain.push(id);
  else written.chains.set(townId, [id]);
}

function frameOf(
  order: SheetOrderOf<'ledger'>,
  facts: { register: Register; made: string; department: boolean; count: number },
) {
  const { register, count } = facts;
  const unit = register.units.get(order.unitId) ?? '';
  const part = order.parts > 1 ? `（第${order.part}份，共${order.parts}份）` : '';
  const whose = facts.department ? `事项属于${unit}` : `由${unit}及下属单位登记`;
  const when = order.open ? '现在在办、不管哪天登记' : `登记时间在 ${order.from} 至 ${order.to} 内`;
  const personal = order.full === null ? '群众信息已隐去' : `含群众完整信息，导出原因：${order.full.reason}`;
  return {
    title: `${unit}帮办代办工作台账 ${order.label}${part}`,
    note: `${facts.made}；${when}、${whose}的代办件，共 ${count} 件；${personal}。`,
  };
}

function fileNameOf(order: SheetOrderOf<'ledger'>, register: Register): string {
  const part = order.parts > 1 ? `（${order.part}-${order.parts}）` : '';
  const personal = order.full === null ? '' : '_完整信息';
  return fileName(`台账_${register.units.get(order.unitId) ?? ''}_${order.label}${personal}${part}`);
}
