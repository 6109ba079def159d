/** Every button and form there is, by the name in its value. The compiler holds it complete. */
import type { ActionName } from '../../cards/action-values.ts';
import type { Action } from './action.ts';
import { apply, approve, introduceAction, reject } from './agent.ts';
import {
  changeNoteAction,
  correctBulletinAction,
  publishBulletinAction,
  recountBulletin,
  sendBulletinFile,
  showParts,
} from './bulletin.ts';
import { askCorrect, correct } from './case-correct.ts';
import { again, askErase, askMore, erase, explain, open, responsible, reveal } from './case-look.ts';
import { askPrint, print } from './case-print.ts';
import { chooseItemAction, openNextAction, registerAction } from './case-register.ts';
import { caseStepActions, takeOver, undo } from './case-steps.ts';
import { listChecks, openCheck, recordCheckAction } from './check.ts';
import { runCommand } from './command-run.ts';
import { showCheckPhotos, showTaskPhotos, startCheckPhotos, startTaskPhotos } from './evidence.ts';
import { cancelList, confirmList, retireUnlisted, sendFaults, sendTemplate } from './import.ts';
import {
  addExtra,
  adoptPieceAction,
  askUndoAdoption,
  correctInformation,
  dropInformationCorrection,
  exportInformation,
  exportInformationLetter,
  filePieceAction,
  listInbox,
  listOwnPieces,
  openPiece,
  publishInformation,
  setPointsAction,
  showExtra,
  showInformation,
  showInformationRanking,
  showPoints,
  undoAdoptionAction,
  writePiece,
} from './information.ts';
import { askItem, changeItemAction, previewItem, withdrawItem } from './item.ts';
import { askFullLedger, fullLedger } from './ledger.ts';
import { readDutiesAction } from './me.ts';
import { choosePapers, namePapers, papersDone, showPapers, startPapers } from './papers.ts';
import { exportRank, showRank } from './rank.ts';
import { saveCheck, savePlace, showCheck, showPlace, showReadiness } from './readiness.ts';
import { openListLineAction, registerListAction } from './register-list.ts';
import {
  correctReportAction,
  editReport,
  exportReports,
  openReport,
  orderLetter,
  orderLetters,
  returnReportAction,
  saveReport,
  showReportCases,
  submitReportAction,
  undoReportAction,
  urgeReportsAction,
} from './report.ts';
import { decideRetentionAction } from './retention.ts';
import { exportRoster, showRoster } from './roster.ts';
import { askSetting, changeSettingAction, listSettings, showChecklist } from './setting.ts';
import { askChange, confirmChange, confirmLeave, keepAsIs, passOn } from './staff-change.ts';
import { endStandInAction, nameStandInAction } from './stand-in.ts';
import { exportStats, showFigureCases, showPatterns, showStats } from './stats.ts';
import { exportTasks, openTask, saveTask, showTasks } from './task.ts';
import { pressTrialAction } from './trial.ts';
import { bindAction, keepBinding, rebindAction, unbindAction } from './unit.ts';
import { askList, publishListAction, showListFile } from './unit-list.ts';

export const actions: { readonly [Name in ActionName]: Action<Name> } = {
  ...caseStepActions,
  'case.takeOver': takeOver,
  'case.register': registerAction,
  'case.undo': undo,
  'draft.item': chooseItemAction,
  'draft.next': openNextAction,
  'list.register': registerListAction,
  'list.open': openListLineAction,
  'case.reveal': reveal,
  'case.askPrint': askPrint,
  'case.print': print,
  'case.again': again,
  'case.askCorrect': askCorrect,
  'case.correct': correct,
  'case.askMore': askMore,
  'case.askErase': askErase,
  'case.erase': erase,
  'retention.decide': decideRetentionAction,
  'case.open': open,
  'papers.start': startPapers,
  'papers.done': papersDone,
  'papers.choose': choosePapers,
  'papers.name': namePapers,
  'papers.show': showPapers,
  'case.explainDue': explain,
  'case.responsible': responsible,
  'agent.apply': apply,
  'agent.introduce': introduceAction,
  'agent.approve': approve,
  'agent.reject': reject,
  'agent.askChange': askChange,
  'agent.change': confirmChange,
  'agent.leave': confirmLeave,
  'agent.passOn': passOn,
  'agent.keep': keepAsIs,
  'standIn.name': nameStandInAction,
  'standIn.end': endStandInAction,
  'unit.bind': bindAction,
  'unit.rebind': rebindAction,
  'unit.keep': keepBinding,
  'unit.unbind': unbindAction,
  'report.submit': submitReportAction,
  'report.undo': undoReportAction,
  'bulletin.parts': showParts,
  'bulletin.file': sendBulletinFile,
  'bulletin.note': changeNoteAction,
  'bulletin.recount': recountBulletin,
  'bulletin.publish': publishBulletinAction,
  'bulletin.correct': correctBulletinAction,
  'report.open': openReport,
  'report.edit': editReport,
  'report.save': saveReport,
  'report.correct': correctReportAction,
  'report.return': returnReportAction,
  'report.cases': showReportCases,
  'report.urge': urgeReportsAction,
  'report.export': exportReports,
  'report.letters': orderLetters,
  'report.letter': orderLetter,
  'stats.show': showStats,
  'stats.cases': showFigureCases,
  'stats.patterns': showPatterns,
  'stats.export': exportStats,
  'ledger.askFull': askFullLedger,
  'ledger.full': fullLedger,
  'rank.show': showRank,
  'rank.export': exportRank,
  'setting.list': listSettings,
  'setting.ask': askSetting,
  'setting.change': changeSettingAction,
  'setting.checklist': showChecklist,
  'check.list': listChecks,
  'check.open': openCheck,
  'check.record': recordCheckAction,
  'information.home': showInformation,
  'information.write': writePiece,
  'information.file': filePieceAction,
  'information.own': listOwnPieces,
  'information.inbox': listInbox,
  'information.open': openPiece,
  'information.adopt': adoptPieceAction,
  'information.askUndo': askUndoAdoption,
  'information.undo': undoAdoptionAction,
  'information.extra': showExtra,
  'information.addExtra': addExtra,
  'information.points': showPoints,
  'information.setPoints': setPointsAction,
  'information.ranking': showInformationRanking,
  'information.export': exportInformation,
  'information.letter': exportInformationLetter,
  'information.publish': publishInformation,
  'information.correct': correctInformation,
  'information.dropCorrection': dropInformationCorrection,
  'import.template': sendTemplate,
  'import.confirm': confirmList,
  'import.faults': sendFaults,
  'import.cancel': cancelList,
  'import.retire': retireUnlisted,
  'lists.ask': askList,
  'lists.publish': publishListAction,
  'lists.file': showListFile,
  'item.ask': askItem,
  'item.preview': previewItem,
  'item.change': changeItemAction,
  'item.withdraw': withdrawItem,
  'roster.show': showRoster,
  'roster.export': exportRoster,
  'task.show': showTasks,
  'task.open': openTask,
  'task.save': saveTask,
  'task.export': exportTasks,
  'task.photo': startTaskPhotos,
  'task.photos': showTaskPhotos,
  'readiness.photo': startCheckPhotos,
  'readiness.photos': showCheckPhotos,
  'readiness.show': showReadiness,
  'readiness.place': showPlace,
  'readiness.save': savePlace,
  'readiness.check': showCheck,
  'readiness.saveCheck': saveCheck,
  'duties.read': readDutiesAction,
  'trial.press': pressTrialAction,
  'command.run': runCommand,
};
