/** Adds up what the entries say of reports, staff, lists, groups and settings, and compares the rows with it. */
import { isDeepStrictEqual } from 'node:util';
import type { Tx } from '../../../db/database.ts';
import { agentReads } from '../../../db/repositories/agent.ts';
import type { LedgerRow } from '../../../db/repositories/ledger.ts';
import { type ReportRow, reportReads } from '../../../db/repositories/report.ts';
import { settingReads } from '../../../db/repositories/setting.ts';
import { unitReads } from '../../../db/repositories/unit.ts';
import { isAgentEvent, isStandInEvent } from '../../domain/ledger.ts';
import { settingNames } from '../../domain/setting.ts';
import { agentFacts } from './agent-entry.ts';
import { factsOf } from './facts.ts';
import type { FaultList } from './fault.ts';
import { CheckFold } from './fold-checks.ts';
import { InformationFold } from './fold-information.ts';
import { ListFold } from './fold-lists.ts';
import { PlanFold } from './fold-plan.ts';
import { StandInFold } from './fold-stand-ins.ts';

type Facts = Readonly<Record<string, unknown>>;

export class OfficeFold {
  /** By town and month. */
  readonly #reports = new Map<string, Pick<LedgerRow, 'townId'> & { month: string; facts: Facts }>();
  /** By the ids of agent and unit. What makes or changes one stands in one chain, whose last word counts. */
  readonly #agents = new Map<number, Facts>();
  readonly #chats = new Map<number, unknown>();
  readonly #settings = new Map<unknown, unknown>();
  readonly #standIns = new StandInFold();
  readonly #lists = new ListFold();
  readonly #checks = new CheckFold();
  readonly #information = new InformationFold();
  readonly #plan = new PlanFold();

  observe(entry: LedgerRow): void {
    const { kind, townId } = entry;
    this.#checks.observe(entry);
    if (entry.caseId !== null) return;
    const facts = factsOf(entry);
    if (kind === 'report') {
      const { month, figures, late } = facts;
      const submitted = { figures, late, submittedAt: entry.at, submittedBy: Number(entry.actorId) };
      this.#reports.set(`${townId} ${month}`, { townId, month: String(month), facts: submitted });
    } else if (kind === 'undoReport') {
      const month = String(facts['month']);
      const nothing = { figures: null, late: null, submittedAt: null, submittedBy: null };
      this.#reports.set(`${townId} ${month}`, { townId, month, facts: nothing });
    } else if (isAgentEvent(kind)) {
      const { agentId, standsInFor: _, ...said } = facts;
      this.#agents.set(Number(agentId), { ...this.#agents.get(Number(agentId)), ...said });
    } else if (isStandInEvent(kind)) {
      this.#standIns.observe(facts);
    } else if (kind === 'bind' || kind === 'unbind') {
      this.#chats.set(Number(facts['unitId']), kind === 'bind' ? facts['chatId'] : null);
    } else if (kind === 'changeSetting') {
      this.#settings.set(facts['setting'], facts['value']);
    } else {
      this.#lists.observe(kind, facts);
      this.#information.observe(entry);
      this.#plan.observe(entry, facts);
    }
  }

  async compare(tx: Tx, faults: FaultList): Promise<void> {
    await this.#compareReports(tx, faults);
    await this.#compareAgents(tx, faults);
    await this.#standIns.compare(tx, faults);
    const units = await unitReads.all(tx);
    for (const { id, chatId } of units) {
      if (chatId !== (this.#chats.get(id) ?? null)) faults.add({ about: 'unit', unitId: id, problem: 'differs' });
    }
    await this.#lists.compare(tx, { units, faults });
    await this.#plan.compare(tx, faults);
    await this.#compareSettings(tx, faults);
    await this.#checks.compare(tx, faults);
    await this.#information.compare(tx, faults);
  }

  async #compareSettings(tx: Tx, faults: FaultList): Promise<void> {
    const stored = await settingReads.some(tx, settingNames);
    for (const name of settingNames) {
      const about = { about: 'setting' as const, name };
      if (!this.#settings.has(name)) {
        if (stored.has(name)) faults.add({ ...about, problem: 'no entry' });
      } else if (!stored.has(name)) faults.add({ ...about, problem: 'no row' });
      else if (!isDeepStrictEqual(stored.get(name), this.#settings.get(name))) {
        faults.add({ ...about, problem: 'differs' });
      }
    }
  }

  async #compareReports(tx: Tx, faults: FaultList): Promise<void> {
    const submitted = new Set<string>();
    for (const report of await reportReads.all(tx)) {
      const { townId, month } = report;
      const about = { about: 'report' as const, townId, month };
      const said = this.#reports.get(`${townId} ${month}`);
      if (said) submitted.add(`${townId} ${month}`);
      if (said && !isDeepStrictEqual(submission(report), said.facts)) faults.add({ ...about, problem: 'differs' });
      if (!said && Object.values(submission(report)).some((value) => value !== null)) {
        faults.add({ ...about, problem: 'no entry' });
      }
    }
    for (const [key, { townId, month }] of this.#reports) {
      if (!submitted.has(key)) faults.add({ about: 'report', townId, month, problem: 'no row' });
    }
  }

  async #compareAgents(tx: Tx, faults: FaultList): Promise<void> {
    const rows = await agentReads.all(tx);
    for (const agent of rows) {
      const about = { about: 'agent' as const, agentId: agent.id };
      const said = this.#agents.get(agent.id);
      const is = agentFacts(agent);
      const columns = (Object.keys(is) as (keyof typeof is)[]).filter((name) => is[name] !== said?.[name]);
      if (!said) faults.add({ ...about, problem: 'no entry' });
      else if (columns.length > 0) faults.add({ ...about, problem: 'differs', columns });
    }
    const known = new Set(rows.map(({ id }) => id));
    for (const agentId of this.#agents.keys()) {
      if (!known.has(agentId)) faults.add({ about: 'agent', agentId, problem: 'no row' });
    }
  }
}

function submission({ figures, late, submittedAt, submittedBy }: ReportRow): Facts {
  return { figures, late, submittedAt, submittedBy };
}
