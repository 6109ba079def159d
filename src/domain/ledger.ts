/** All that the ledger may tell: a closed list, so that nothing is written down under a name that the check does not know. */
import { caseEvents } from './case.ts';

/** What makes somebody staff or changes what somebody may do. `enrolAgent`: put on the staff without an application. */
export const agentEvents = [
  'applyAgent',
  'approveAgent',
  'rejectAgent',
  'makeAdmin',
  'enrolAgent',
  'deactivateAgent',
  'moveAgent',
  'changeRole',
] as const;
export type AgentEvent = (typeof agentEvents)[number];

/** 代班: a colleague was named, or it was ended before its last day was over. */
export const standInEvents = ['nameStandIn', 'endStandIn'] as const;
export type StandInEvent = (typeof standInEvents)[number];

/**
 * `setUnit`, `setItem`, `setRoster`: a unit, an item of the catalogue or an entry of the roster was added, changed or taken out of use.
 * `setTask`, `setChecks`: a task of the plan in a version, and a list of checks; `updateTask`, `answerCheck`: what a unit said of a task or
 * of a check, `attachEvidence`: a photo of it.
 * `setItemVersion`: what an item promises from a day on, `withdrawItemVersion`: taken back before that day.
 * `setUnitList`: one of a center's four lists was published, `keepListFile`: its file is there.
 * `report`: a version of a town's report, `undoReport`: taken back, `returnReport`: sent back by the banner, `urgeReports`: asked for;
 * `publishBulletin`: a quarter's bulletin went out, or the version that corrects it; `export`: residents' full data left the program,
 * `exportRoster`: phones of staff did; `readDuties`: somebody has read what they are there for; `rotateKey`: another key signs;
 * `rotateDataKey`: everything is sealed under another `DATA_KEY`; `agreeRetention`: whether residents' data are deleted so many years
 * after the archiving; `drawChecks`: good ratings were drawn that the banner asks about once more; `fileInformation` and the six after
 * it: a unit sent a piece in, its use was noted or taken back, what a use is worth was set, a half-year's ranking published, a 更正 of it
 * begun or given up.
 */
const otherEvents = [
  'bind',
  'unbind',
  'setUnit',
  'setItem',
  'setItemVersion',
  'withdrawItemVersion',
  'setUnitList',
  'keepListFile',
  'setRoster',
  'setTask',
  'setChecks',
  'updateTask',
  'answerCheck',
  'attachEvidence',
  'report',
  'undoReport',
  'publishBulletin',
  'returnReport',
  'urgeReports',
  'export',
  'exportRoster',
  'readDuties',
  'rotateKey',
  'rotateDataKey',
  'agreeRetention',
  'changeSetting',
  'drawChecks',
  'fileInformation',
  'adoptInformation',
  'undoAdoption',
  'setPoints',
  'publishInformation',
  'correctInformation',
  'dropInformationCorrection',
] as const;

const ledgerKinds = [...caseEvents, ...agentEvents, ...standInEvents, ...otherEvents] as const;
export type LedgerKind = (typeof ledgerKinds)[number];

export function isAgentEvent(kind: string): kind is AgentEvent {
  return agentEvents.some((event) => event === kind);
}

export function isStandInEvent(kind: string): kind is StandInEvent {
  return standInEvents.some((event) => event === kind);
}
