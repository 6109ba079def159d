/** Every card in every meaningful state, with ordinary and with extreme data: read by the tests and by the sandbox's gallery page. */
import { agentGallery } from './agent.ts';
import { bulletinGallery } from './bulletin.ts';
import { caseGallery } from './case.ts';
import { caseListGallery } from './case-list.ts';
import { checkGallery } from './check.ts';
import { deadlineGallery } from './deadline.ts';
import { digestGallery } from './digest.ts';
import { eraseGallery } from './erase.ts';
import type { GalleryCard, NounGallery } from './gallery-card.ts';
import { helpGallery } from './help.ts';
import { importGallery } from './import.ts';
import { informationGallery } from './information.ts';
import { itemGallery } from './item.ts';
import { noticeGallery } from './notice.ts';
import { papersGallery } from './papers.ts';
import { patternsGallery } from './patterns.ts';
import { rankingGallery } from './ranking.ts';
import { readinessGallery } from './readiness.ts';
import { registrationGallery } from './registration.ts';
import { reportGallery } from './report.ts';
import { responsibleGallery } from './responsible.ts';
import { retentionGallery } from './retention.ts';
import { rosterGallery } from './roster.ts';
import { extremes } from './samples.ts';
import { settingsGallery } from './settings.ts';
import { sheetGallery } from './sheet.ts';
import { slipsGallery } from './slips.ts';
import { staffChangeGallery } from './staff-change.ts';
import { standInGallery } from './stand-in.ts';
import { statsGallery } from './stats.ts';
import { taskGallery } from './task.ts';
import { trialGallery } from './trial.ts';
import { unitGallery } from './unit.ts';
import { unitListGallery } from './unit-list.ts';
import { upkeepGallery } from './upkeep.ts';

const nouns: readonly NounGallery[] = [
  caseGallery,
  registrationGallery,
  caseListGallery,
  deadlineGallery,
  digestGallery,
  agentGallery,
  standInGallery,
  responsibleGallery,
  eraseGallery,
  retentionGallery,
  staffChangeGallery,
  unitGallery,
  unitListGallery,
  importGallery,
  helpGallery,
  itemGallery,
  noticeGallery,
  papersGallery,
  upkeepGallery,
  statsGallery,
  reportGallery,
  bulletinGallery,
  sheetGallery,
  slipsGallery,
  rankingGallery,
  settingsGallery,
  rosterGallery,
  checkGallery,
  informationGallery,
  patternsGallery,
  readinessGallery,
  taskGallery,
  trialGallery,
];

export const gallery: readonly GalleryCard[] = [
  ...nouns.flatMap((noun) => noun.ordinary),
  ...extremes.flatMap((extreme) =>
    nouns
      .flatMap((noun) => noun.extreme(extreme.text))
      .map((entry) => ({
        ...entry,
        name: `${entry.name}-${extreme.name}`,
        title: `${entry.title}：${extreme.title}`,
      })),
  ),
];
