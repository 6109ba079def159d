/** Every Excel file there is, by the name in its order. The compiler holds it complete. */
import type { SheetName } from '../services/message/sheet-order.ts';
import { annualWorkbook } from './annual.ts';
import { importFaultsWorkbook } from './import-faults.ts';
import { importTemplateWorkbook } from './import-template.ts';
import { informationWorkbook } from './information.ts';
import { ledgerWorkbook } from './ledger.ts';
import { rankingWorkbook } from './ranking.ts';
import { rosterWorkbook } from './roster.ts';
import type { MakeWorkbook } from './sheet.ts';
import { statsWorkbook } from './stats.ts';
import { tasksWorkbook } from './tasks.ts';

export const sheets: { readonly [Name in SheetName]: MakeWorkbook<Name> } = {
  ledger: ledgerWorkbook,
  stats: statsWorkbook,
  ranking: rankingWorkbook,
  importTemplate: importTemplateWorkbook,
  importFaults: importFaultsWorkbook,
  roster: rosterWorkbook,
  information: informationWorkbook,
  tasks: tasksWorkbook,
  annual: annualWorkbook,
};
