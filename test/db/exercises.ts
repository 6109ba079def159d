/**
 * Every method of every repository, run once for each shape its SQL can take. Rows need not exist: only the statements count.
 * The compiler names a method that is forgotten here, `query-plans.test.ts` a repository.
 */
import type { Tx } from '../../db/database.ts';
import type { agentReads, agentWrites } from '../../db/repositories/agent.ts';
import type { applicantReads, applicantWrites } from '../../db/repositories/applicant.ts';
import type { bulletinReads, bulletinWrites } from '../../db/repositories/bulletin.ts';
import type { cardReads, cardWrites } from '../../db/repositories/card.ts';
import type { caseReads, caseWrites } from '../../db/repositories/case.ts';
import type { caseDigestReads, caseDigestWrites } from '../../db/repositories/case-digest.ts';
import { type CaseMoment, type caseListReads, caseMoments } from '../../db/repositories/case-list.ts';
import type { casePatternReads } from '../../db/repositories/case-pattern.ts';
import type { caseSearchReads } from '../../db/repositories/case-search.ts';
import type { caseSequenceWrites } from '../../db/repositories/case-sequence.ts';
import type { chatReads, chatWrites } from '../../db/repositories/chat.ts';
import type { checklistReads } from '../../db/repositories/checklist.ts';
import type { cronReads, cronWrites } from '../../db/repositories/cron.ts';
import type { draftReads, draftWrites } from '../../db/repositories/draft.ts';
import type { evidenceReads, evidenceWrites } from '../../db/repositories/evidence.ts';
import type { followUpCheckReads, followUpCheckWrites } from '../../db/repositories/follow-up-check.ts';
import type { importReads, importWrites } from '../../db/repositories/import.ts';
import type { inboxReads, inboxWrites } from '../../db/repositories/inbox.ts';
import type { informationReads, informationWrites } from '../../db/repositories/information.ts';
import type { itemReads, itemWrites } from '../../db/repositories/item.ts';
import type { ledgerReads, ledgerWrites } from '../../db/repositories/ledger.ts';
import type { NewOutboxRow, outboxReads, outboxWrites } from '../../db/repositories/outbox.ts';
import type { paperReads, paperWrites } from '../../db/repositories/paper.ts';
import type { readinessReads, readinessWrites } from '../../db/repositories/readiness.ts';
import type { reportReads, reportWrites } from '../../db/repositories/report.ts';
import type { retentionReads } from '../../db/repositories/retention.ts';
import type { rosterReads, rosterWrites } from '../../db/repositories/roster.ts';
import type { sealedReads, sealedWrites } from '../../db/repositories/sealed.ts';
import type { settingReads, settingWrites } from '../../db/repositories/setting.ts';
import type { standInReads, standInWrites } from '../../db/repositories/stand-in.ts';
import type { CounterRow, statsReads, statsWrites } from '../../db/repositories/stats.ts';
import type { taskReads, taskWrites } from '../../db/repositories/task.ts';
import type { unitReads, unitWrites } from '../../db/repositories/unit.ts';
import type { unitListReads, unitListWrites } from '../../db/repositories/unit-list.ts';
import type { BulletinFigures } from '../../src/domain/bulletin.ts';
import { type CounterName, counterNames } from '../../src/domain/counters.ts';

import { defaultScoring } from '../../src/domain/score.ts';

/** The inputs of each call of each method, without the transaction. */
type Exercises<Repository> = {
  readonly [Method in keyof Repository]: Repository[Method] extends (tx: Tx, ...rest: infer Rest) => unknown
    ? readonly Rest[]
    : never;
};

const unit = { code: 'village:x', level: 'village' as const, name: 'x', center: 'x', parentId: null };
const agent = {
  openId: 'ou_1',
  name: 'x',
  unitId: 1,
  role: 'agent' as const,
  employment: 'fullTime' as const,
  status: 'active' as const,
  appliedAt: 1,
};
const bulletinFigures: BulletinFigures = {
  scoring: defaultScoring,
  towns: [],
  whole: { registered: 0, completed: 0, completedOnTime: 0, overdue: 0, rated: 0, ratedSatisfied: 0 },
};
const whose = { townId: 1, registeringUnitId: 1, holderUnitId: 1 };
const record = {
  ...whose,
  registrarId: 1,
  keeperId: 1,
  caseNumber: '26-01-00001',
  state: 'forwarded' as const,
  version: 1,
  applicantId: 1,
  itemId: 1,
  itemVersionId: 1,
  assistType: 'local' as const,
  way: 'counter' as const,
  residenceUnitId: 1,
  originTarget: 'oc_1',
  registeredAt: 1,
  registeredDay: '2026-11-23',
  promisedDays: 5,
};
const paper = {
  roundId: 1,
  messageId: 'om_1',
  resourceKey: 'img_1',
  kind: 'image' as const,
  state: 'waiting' as const,
  fileName: 'f',
  availableAt: 1,
  createdAt: 1,
};
const piece = { unitId: 1, agentId: 1, kind: 'news' as const, day: '2026-06-30', half: '2026H1' };
const entry = {
  townId: 1,
  seq: 1,
  caseId: 1,
  at: 1,
  actorKind: 'system' as const,
  actorId: 'x',
  unitId: null,
  kind: 'register',
  payload: '{}',
  sealed: null,
  prevHash: '',
  hash: '',
  signature: '',
};
const head = { townId: 1, seq: 1, hash: '', keyId: 1, signature: '' };
const key = { id: 1, publicKey: '', privateKeySealed: '', madeAt: 1 };
const post: NewOutboxRow = {
  uuid: 'u1',
  lane: 'oc_1',
  target: 'oc_1',
  operation: 'post',
  contentSealed: '',
  status: 'waiting',
  availableAt: 0,
  createdAt: 0,
  dedupeKey: 'card:1',
};
const item = { code: 'x', number: 1, mainItem: 'x', subItem: 'x', itemType: 'x' };
const promised = {
  effectiveDay: '2026-11-23',
  department: 'x',
  levels: [],
  assistType: 'local' as const,
  materials: [],
  madeAt: 1,
};
const task = { number: 1, title: 'x', responsible: ['towns'], ongoing: false, fromDay: '2026-11-23' };
const saidAt = { day: '2026-11-23', at: 1, by: 1 };
const errand = {
  itemId: 1,
  townId: 1,
  residenceUnitId: 1,
  nameHash: 'x',
  phoneHash: 'x',
  phoneTailHash: 'x',
  idNumberHash: null,
  since: 1,
};
const sight = { unitId: 1, reach: 'unit' as const };
const scope = { unitIds: [1, 2], dimension: 'all' as const, span: ['m2026-01', 'm2026-12'] as const };
const counters: CounterRow = {
  ...{ unitId: 1, dimension: 'all', period: '2026-11-23', key: 'x' },
  ...(Object.fromEntries(counterNames.map((name) => [name, 0])) as Record<CounterName, number>),
};

const list = { agentId: 1, messageId: 'om_1', state: 'arrived' as const, contentSealed: 'x', createdAt: 1 };
const rostered = {
  ...{ unitId: 1, name: 'x', phoneSealed: 'x', phoneHash: 'x', employment: 'fullTime' as const, identity: '' },
  ...{ lines: [], items: [], agentId: null },
};
const draftRow = { id: 1, agentId: 1, contentSealed: 'x', shared: false, caseId: null, createdAt: 1 };
const listed = { unitId: 1, from: 1, to: 2, limit: 10 };
const registeredScope = { unitIds: [1, 2], from: 1, to: 2 };

export const exercises = {
  agentReads: {
    byId: [[1]],
    byOpenId: [['ou_1']],
    activeWithUnit: [[]],
    activeOfUnit: [[1]],
    activeWithRole: [[{ unitIds: [1, 2], roles: ['manager', 'admin'] }]],
    activeAdmins: [[]],
    all: [[]],
    byIds: [[[1, 2]]],
    byIdsWithUnit: [[[1, 2]]],
  } satisfies Exercises<typeof agentReads>,
  agentWrites: {
    insert: [[agent]],
    take: [[1]],
    takeAdmins: [[]],
    update: [[{ id: 1, set: { name: 'y' } }]],
  } satisfies Exercises<typeof agentWrites>,
  applicantReads: { withKey: [[{ afterId: 1, limit: 9 }]] } satisfies Exercises<typeof applicantReads>,
  applicantWrites: {
    correct: [[{ id: 1, nameSealed: 'y', nameHash: 'z' }]],
    erase: [[{ id: 1, at: 1 }]],
    insert: [[{ ...whose, nameSealed: 'x', phoneSealed: 'x' }]],
    setHolder: [[{ applicantId: 1, holderUnitId: 2 }]],
  } satisfies Exercises<typeof applicantWrites>,
  importReads: { byId: [[1]], arrived: [[]] } satisfies Exercises<typeof importReads>,
  importWrites: {
    insert: [[list]],
    take: [[1]],
    update: [[{ id: 1, state: 'done' }], [{ id: 1, state: 'read', contentSealed: 'x' }]],
    purge: [[1]],
  } satisfies Exercises<typeof importWrites>,
  retentionReads: { due: [[{ before: 1, limit: 9 }]], extent: [[1]] } satisfies Exercises<typeof retentionReads>,
  evidenceReads: {
    byId: [[1]],
    find: [[{ unitId: 1, kind: 'task', ref: '1' }]],
  } satisfies Exercises<typeof evidenceReads>,
  evidenceWrites: {
    open: [[{ unitId: 1, kind: 'task', ref: '1', wrappedKey: 'x' }]],
  } satisfies Exercises<typeof evidenceWrites>,
  taskReads: {
    all: [[]],
    isEmpty: [[]],
    standing: [[{ unitIds: [1, 2], day: '2026-11-23' }]],
    history: [[{ line: 1, unitId: 1, limit: 1 }]],
    allUpdates: [[]],
  } satisfies Exercises<typeof taskReads>,
  taskWrites: {
    insert: [[task]],
    update: [[{ id: 1, set: { untilDay: '2026-11-23' } }]],
    addUpdate: [[{ ...saidAt, line: 1, unitId: 1, number: 1, state: 'done' }]],
  } satisfies Exercises<typeof taskWrites>,
  readinessReads: {
    lists: [[]],
    standing: [[{ unitIds: [1, 2], day: '2026-11-23' }]],
    history: [[{ unitId: 1, check: 'x', limit: 1 }]],
    allAnswers: [[]],
  } satisfies Exercises<typeof readinessReads>,
  readinessWrites: {
    insertList: [[{ name: 'x', fromDay: '2026-11-23', checks: [], createdAt: 1 }]],
    addAnswer: [[{ ...saidAt, unitId: 1, check: 'x', number: 1, present: true }]],
  } satisfies Exercises<typeof readinessWrites>,
  standInReads: {
    personByOpenId: [[{ openId: 'ou_1', today: '2026-11-23' }]],
    peopleByIds: [[{ ids: [1, 2], today: '2026-11-23' }]],
    ofStandIns: [[{ agentIds: [1, 2], today: '2026-11-23' }]],
    ofAbsent: [[{ agentIds: [1, 2], today: '2026-11-23' }]],
    running: [['2026-11-23']],
    openOf: [[{ agentIds: [1, 2], today: '2026-11-23' }]],
    all: [[]],
  } satisfies Exercises<typeof standInReads>,
  standInWrites: {
    insert: [[{ absentId: 1, standInId: 2, fromDay: '2026-11-23', toDay: '2026-11-24', namedBy: 1, namedAt: 1 }]],
    take: [[1]],
    end: [[{ id: 1, endedAt: 1 }]],
  } satisfies Exercises<typeof standInWrites>,
  rosterReads: { all: [[]], isEmpty: [[]], byPhone: [['x']], ofUnit: [[1]] } satisfies Exercises<typeof rosterReads>,
  rosterWrites: {
    insert: [[[rostered]]],
    update: [[{ id: 1, set: { active: false } }]],
  } satisfies Exercises<typeof rosterWrites>,
  itemWrites: {
    insert: [[item]],
    update: [[{ id: 1, set: { number: 2 } }]],
    takeVersions: [[1]],
    insertVersion: [[{ ...promised, itemId: 1 }]],
    updateVersion: [[{ id: 1, set: { untilDay: '2026-11-24' } }]],
    markTold: [[{ ids: [1, 2], at: 1 }]],
    addIfMissing: [[{ names: item, version: promised }]],
  } satisfies Exercises<typeof itemWrites>,
  itemReads: {
    byId: [[{ id: 1, day: '2026-11-23' }]],
    active: [['2026-11-23']],
    offered: [['2026-11-23']],
    other: [['2026-11-23']],
    all: [['2026-11-23']],
    inEveryVersion: [[]],
    names: [[]],
    codes: [[]],
    versions: [[]],
    versionById: [[1]],
    versionsOf: [[[1, 2]]],
    planned: [['2026-11-23']],
    untold: [[]],
    countOpenCases: [[{ itemId: 1, states: ['forwarded'] }]],
  } satisfies Exercises<typeof itemReads>,
  caseWrites: {
    forget: [[{ id: 1 }], [{ id: 1, externalNumber: null }]],
    insert: [[record]],
    take: [[1]],
    update: [[{ id: 1, version: 1, set: { state: 'accepted' } }], [{ id: 1, version: 1, set: { holderUnitId: 2 } }]],
    noteMissedDays: [[1]],
  } satisfies Exercises<typeof caseWrites>,
  caseSequenceWrites: {
    giveBack: [[{ townId: 1, year: 2026 }]],
    next: [[{ townId: 1, year: 2026 }]],
  } satisfies Exercises<typeof caseSequenceWrites>,
  caseListReads: {
    byMoment: [
      ...caseMoments.map((moment): [typeof listed & { moment: CaseMoment }] => [{ ...listed, moment }]),
      [{ ...listed, moment: 'registeredAt', versionIds: [1, 2] }],
    ],
    open: [[listed], [{ ...listed, versionIds: [1] }]],
    longestOverdue: [[{ unitIds: [1, 2], before: 2, limit: 10 }]],
    openAtEnd: [[listed]],
    returned: [[{ ...listed, townId: 1, unitIds: [1, 2] }]],
    lines: [[[1, 2]]],
    unrectified: [[{ unitIds: [1, 2], limit: 10 }]],
  } satisfies Exercises<typeof caseListReads>,
  casePatternReads: { within: [[{ unitIds: [1, 2], from: 1, to: 2 }]] } satisfies Exercises<typeof casePatternReads>,
  followUpCheckReads: {
    undrawn: [[{ unitIds: [1, 2], from: 1, to: 2 }]],
    open: [[[1, 2]]],
    ofCase: [[1]],
    done: [[[1, 2]]],
    all: [[]],
  } satisfies Exercises<typeof followUpCheckReads>,
  followUpCheckWrites: {
    draw: [[{ caseIds: [1], at: 1 }]],
    record: [[{ caseId: 1, result: 'consistent', checkedAt: 1, checkedById: 1 }]],
  } satisfies Exercises<typeof followUpCheckWrites>,
  informationReads: {
    pieces: [[{ half: '2026H1', unitIds: [1, 2] }]],
    piece: [[1]],
    adoptions: [[{ half: '2026H1', unitIds: [1, 2] }]],
    adoptionsOf: [[[1, 2]]],
    adoption: [[1]],
    points: [[1]],
    rankings: [[{ bannerId: 1, half: '2026H1' }]],
    all: [[]],
  } satisfies Exercises<typeof informationReads>,
  informationWrites: {
    holdUnit: [[1]],
    addPiece: [[{ ...piece, titleSealed: 'x', bodySealed: 'x', filedAt: 1 }]],
    addAdoption: [
      [
        {
          unitId: 1,
          pieceId: 1,
          kind: 'brief',
          times: 1,
          day: '2026-06-30',
          half: '2026H1',
          recordedAt: 1,
          recordedById: 1,
        },
      ],
    ],
    undoAdoption: [[{ id: 1, undoneAt: 1, undoneById: 1, undoReasonSealed: 'x' }]],
    setPoints: [[{ bannerId: 1, kind: 'brief', fromDay: '2026-06-30', points: 5 }]],
    addRanking: [[{ bannerId: 1, half: '2026H1', version: 1, rows: [], publishedAt: 1, publishedById: 1 }]],
    publishCorrection: [[{ bannerId: 1, half: '2026H1', version: 2, rows: [], publishedAt: 1, publishedById: 1 }]],
    dropCorrection: [[{ bannerId: 1, half: '2026H1', version: 2 }]],
  } satisfies Exercises<typeof informationWrites>,
  caseSearchReads: {
    namesOfTowns: [[{ townIds: [1], nameHashes: ['x', 'y'] }]],
    alike: [[errand], [{ ...errand, idNumberHash: 'x' }]],
    find: [
      [{ trace: { by: 'caseNumber', value: '26-01-00001' }, sight, limit: 10 }],
      [{ trace: { by: 'externalNumber', value: 'x' }, sight, limit: 10 }],
      [{ trace: { by: 'nameHash', value: 'x' }, sight, limit: 10 }],
      [{ trace: { by: 'nameHash', value: 'x' }, sight: { ...sight, reach: 'below' }, limit: 10 }],
      [{ trace: { by: 'nameHash', value: 'x' }, sight: { ...sight, reach: 'items' }, limit: 10 }],
      [{ trace: { by: 'caseNumber', value: 'x' }, sight: { ...sight, reach: 'items' }, limit: 10 }],
      [{ trace: { by: 'nameHash', value: 'x' }, sight: { ...sight, reach: 'everything' }, limit: 10 }],
      [{ trace: { by: 'phoneHash', value: 'x', tail: 'y' }, sight, limit: 10 }],
      [{ trace: { by: 'phoneTailHash', value: 'x' }, sight, limit: 10 }],
      [{ trace: { by: 'contactTailHash', value: 'x' }, sight, limit: 10 }],
      [{ trace: { by: 'contactPhoneHash', value: 'x', tail: 'y' }, sight, limit: 10 }],
    ],
    ofApplicants: [[[1, 2]]],
  } satisfies Exercises<typeof caseSearchReads>,
  caseDigestReads: {
    waiting: [[]],
    promised: [[]],
    returnedAt: [[]],
  } satisfies Exercises<typeof caseDigestReads>,
  caseDigestWrites: {
    noteRung: [[{ ids: [1, 2], rung: 1 }], [{ ids: [], rung: 1 }]],
  } satisfies Exercises<typeof caseDigestWrites>,
  caseReads: {
    byNumber: [['26-01-00001']],
    byId: [[1]],
    linked: [[{ id: 1, linkedCaseId: null }], [{ id: 1, linkedCaseId: 2 }]],
    waitingFor: [[{ unitId: 1, limit: 10 }]],
    countWaitingFor: [[1]],
    waitingElsewhere: [[{ agentId: 1, unitId: 1 }]],
    registeredAt: [[{ unitId: 1, after: { registeredAt: 1, id: 1 }, limit: 10 }]],
    countOpen: [[1]],
    inHandsOf: [[{ agentId: 1, unitId: 1 }]],
    withParties: [[1]],
    countRegistered: [[registeredScope], [{ ...registeredScope, versionIds: [1] }]],
    registered: [[registeredScope], [{ ...registeredScope, open: true }]],
    withApplicants: [[[1, 2]]],
    pageWithApplicants: [[{ afterId: undefined, limit: 10 }], [{ afterId: 1, limit: 10 }]],
  } satisfies Exercises<typeof caseReads>,
  cardWrites: {
    lockSubject: [
      [{ subject: 'case', subjectId: 1 }],
      [{ subject: 'report', subjectId: 1 }],
      [{ subject: 'application', subjectId: 1 }],
    ],
    insert: [[[{ subject: 'case', subjectId: 1, target: 'oc_1', postedAt: 1 }]]],
    posted: [[{ id: 1, messageId: 'om_1', postedAt: 1 }]],
    retire: [[{ ids: [1], at: 1 }]],
    retirePrivate: [[{ agentId: 1, at: 1 }]],
  } satisfies Exercises<typeof cardWrites>,
  cardReads: {
    byId: [[1]],
    byMessage: [['om_1']],
    privateOf: [[1]],
    living: [[{ subject: 'case', subjectId: 1 }]],
  } satisfies Exercises<typeof cardReads>,
  chatWrites: {
    joined: [[{ chatId: 'oc_1', mode: 'group', name: '' }], [{ chatId: 'oc_1', mode: 'group', name: 'x' }]],
    greeted: [[{ chatId: 'oc_1', at: 1 }]],
    renamed: [[{ chatId: 'oc_1', name: 'y' }]],
    left: [['oc_1']],
    heard: [[{ chatId: 'oc_1', mode: 'group', privateChatId: null }]],
  } satisfies Exercises<typeof chatWrites>,
  chatReads: {
    byId: [['oc_1']],
    byIds: [[['oc_1', 'oc_2']]],
    privateOfStaff: [[]],
    joinedGroups: [[]],
  } satisfies Exercises<typeof chatReads>,
  cronWrites: {
    claim: [[{ job: 'purge', slot: 1, ranAt: 1 }]],
    release: [[{ job: 'purge', slot: 1 }]],
    purge: [[1]],
    mark: [[{ job: 'purge', checkedUntil: 1 }]],
  } satisfies Exercises<typeof cronWrites>,
  cronReads: {
    checkedUntil: [['purge']],
    hasRun: [[{ job: 'purge', slot: 1 }]],
    newest: [['purge']],
  } satisfies Exercises<typeof cronReads>,
  draftWrites: {
    remove: [[[1, 2]]],
    insert: [[{ agentId: 1, contentSealed: 'x', shared: false, createdAt: 1 }]],
    take: [[1]],
    keep: [[{ id: 1, contentSealed: 'x', shared: false }]],
    use: [[{ id: 1, caseId: 1, contentSealed: 'x' }]],
    purge: [[1]],
  } satisfies Exercises<typeof draftWrites>,
  paperReads: {
    byId: [[1]],
    keptOfCase: [[1]],
    keptOfCases: [[[1, 2]]],
    countOfCase: [[1]],
    keptOfPlace: [[1]],
    countOfPlace: [[1]],
    keptOfPlaces: [[]],
    gonePage: [[{ afterId: 0, before: 1, limit: 10 }]],
    keptPage: [[{ afterId: 1, limit: 9 }]],
    ofRound: [[1]],
    round: [[1]],
    waitingSince: [[]],
  } satisfies Exercises<typeof paperReads>,
  paperWrites: {
    startRound: [[{ agentId: 1, caseId: 1, placeId: null, material: null, until: 2 }]],
    takeOpenRounds: [[1]],
    takeRound: [[1]],
    takeQuietRounds: [[{ now: 2, limit: 9 }]],
    changeRound: [[{ id: 1, until: 3 }]],
    insert: [[[paper]]],
    claim: [[{ now: 2, leaseMs: 3 }]],
    take: [[1]],
    change: [[{ id: 1, availableAt: 2 }]],
    assign: [[{ ids: [], state: 'refused' }], [{ ids: [1, 2], state: 'refused', problem: 'tooMany' }]],
    nameUnnamed: [[{ roundId: 1, material: 'x' }]],
    leaveCase: [[{ caseId: 1, at: 2 }]],
  } satisfies Exercises<typeof paperWrites>,
  draftReads: { page: [[{ afterId: 1, limit: 9 }]], byId: [[1]] } satisfies Exercises<typeof draftReads>,
  inboxWrites: {
    forgetAnswers: [[['x']]],
    claim: [[{ key: 'event:1', kind: 'action', receivedAt: 1, status: 'done' }]],
    answer: [[{ key: 'event:1', status: 'done', answerSealed: null }]],
    purge: [[1]],
  } satisfies Exercises<typeof inboxWrites>,
  inboxReads: {
    answered: [[{ afterKey: 'x', limit: 9 }]],
    lastOfKind: [['message']],
    newest: [[]],
    known: [[['message:om_1', 'message:om_2']]],
    byKey: [['event:1']],
  } satisfies Exercises<typeof inboxReads>,
  ledgerWrites: {
    insertKey: [[key]],
    takeKey: [[]],
    takeHead: [[{ townId: 1, genesisHash: '0' }]],
    takeHeads: [[]],
    append: [[{ entries: [entry], head }]],
    moveHead: [[head]],
    retireKey: [[{ id: 1, privateKeySealed: '', retiredAt: 1 }]],
  } satisfies Exercises<typeof ledgerWrites>,
  ledgerReads: {
    ofKinds: [[{ townId: 1, kinds: ['moveAgent', 'nameStandIn'] }]],
    head: [[1]],
    heads: [[]],
    keys: [[]],
    entry: [[{ townId: 1, seq: 1 }]],
    caseIdsWithoutCase: [
      [{ afterId: 1, upToId: 9, limit: 5 }],
      [{ afterId: 1, upToId: undefined, limit: 5 }],
      [{ afterId: undefined, upToId: 9, limit: 5 }],
    ],
    towns: [[]],
    page: [[{ townId: 1, afterSeq: 1, limit: 10 }]],
    lastEnding: [[{ townId: 1, kinds: ['enrolAgent', 'moveAgent'], ending: '1}' }]],
    ofCase: [[1]],
    ofCases: [[[1, 2]]],
    seqsOfCases: [[[1, 2]]],
    stretch: [[{ townId: 1, first: 1, last: 9 }]],
  } satisfies Exercises<typeof ledgerReads>,
  outboxWrites: {
    remove: [[[1, 2]]],
    insert: [[post], [{ ...post, uuid: 'u2', dedupeKey: null }]],
    claim: [[{ now: 1, limit: 1, leaseMs: 10, full: ['oc_9', 'oc_8'] }]],
    settle: [[{ id: 2, set: { status: 'sent', settledAt: 1 } }]],
    putBack: [[{ id: 1, set: { availableAt: 1 }, at: 1 }]],
    renew: [[{ ids: [1, 2], availableAt: 1 }]],
    withdraw: [[{ target: 'oc_1', at: 1, reason: 'x' }]],
    purge: [[1]],
  } satisfies Exercises<typeof outboxWrites>,
  outboxReads: {
    atRest: [[{ afterId: 1, limit: 9 }]],
    counts: [[]],
    dead: [[{ since: 1, limit: 10 }]],
    oldestUnsent: [[]],
    waiting: [[]],
    nextAvailableAt: [[]],
    waitingUpdate: [[1]],
    attemptsSince: [[1]],
  } satisfies Exercises<typeof outboxReads>,
  bulletinReads: {
    byId: [[1]],
    ofQuarter: [[{ bannerId: 1, quarter: '2026Q3' }]],
    issued: [[]],
  } satisfies Exercises<typeof bulletinReads>,
  bulletinWrites: {
    insert: [[{ bannerId: 1, quarter: '2026Q3', version: 1, state: 'draft', figures: bulletinFigures, draftedAt: 1 }]],
    take: [[1]],
    update: [[{ id: 1, set: { state: 'published', publishedAt: 1, publishedBy: 1 } }]],
  } satisfies Exercises<typeof bulletinWrites>,
  reportWrites: {
    open: [[{ townId: 1, month: '2026-10' }]],
    saveText: [[{ reportId: 1, name: 'practices', wordsSealed: 's', savedAt: 1, savedBy: 1 }]],
    addVersion: [
      [
        {
          ...{ reportId: 1, number: 1, corrects: null, figures: {}, textsSealed: 's' },
          ...{ submittedAt: 1, submittedBy: 1, late: false, ledgerSeq: 1 },
          parts: {
            departments: [],
            assists: [],
            bad: { rated: 0, rectified: 0 },
            readiness: { centers: { ready: 0, total: 1 }, stations: { ready: 0, total: 1 } },
            tasks: { done: 0, atRisk: 0, late: 0, total: 0 },
            staff: { fullTime: 0, partTime: 0, villages: 0, withoutFullTime: [] },
          },
        },
      ],
    ],
    endVersion: [[{ reportId: 1, number: 1, ending: 'undone', endedAt: 1, endedBy: 1 }]],
    stand: [[{ id: 1, version: 1, submittedAt: 1, submittedBy: 1, late: false }]],
    noteOverdue: [[[1, 2]]],
    noteUrged: [[{ ids: [1, 2], at: 1 }]],
  } satisfies Exercises<typeof reportWrites>,
  reportReads: {
    all: [[]],
    byId: [[1]],
    ofMonth: [['2026-10']],
    ofTown: [[{ townId: 1, month: '2026-10' }]],
    texts: [[1]],
    textsOfTown: [[1]],
    versions: [[1]],
    versionsOf: [[[1, 2]]],
    allVersions: [[]],
    badlyRated: [[{ unitIds: [1, 2], from: 0, to: 1 }], [{ unitIds: [1, 2], versionIds: [1], from: 0, to: 1 }]],
    ended: (['refused', 'terminated'] as const).map((as) => [{ unitIds: [1, 2], from: 0, to: 1, as }]),
    ofType: [[{ ids: [1, 2], assistType: 'local' }]],
  } satisfies Exercises<typeof reportReads>,
  checklistReads: {
    withoutGroup: [[['town']]],
    withoutStaff: [[['village']]],
    outOfReach: [[['department']]],
    withoutManager: [[['banner', 'town']]],
    itemsThatSayNothing: [['2026-11-23']],
  } satisfies Exercises<typeof checklistReads>,
  unitListReads: {
    byId: [[1]],
    ofUnits: [[[1, 2]]],
    all: [[]],
    awaited: [[{ agentId: 1, now: 1 }]],
    keptPage: [[{ afterId: 1, limit: 10 }]],
  } satisfies Exercises<typeof unitListReads>,
  unitListWrites: {
    insert: [
      [
        {
          ...{ unitId: 1, slot: 1, name: 'x', edition: '', publishedOn: '2026-11-23', madeAt: 1, madeBy: 1 },
          ...{ fileState: 'none', availableAt: 1 },
        },
      ],
    ],
    takeOfUnit: [[1]],
    update: [[{ id: 1, set: { fileState: 'kept' } }]],
    endAwaited: [[1]],
    claim: [[{ now: 1, leaseMs: 1 }]],
  } satisfies Exercises<typeof unitListWrites>,
  sealedReads: {
    count: [[{ place: 'applicants', mark: '0a1b2c3d.' }], [{ place: 'inbox', mark: '0a1b2c3d.' }]],
  } satisfies Exercises<typeof sealedReads>,
  sealedWrites: {
    takeOthers: [
      [{ place: 'applicants', mark: '0a1b2c3d.', after: undefined, limit: 9 }],
      [{ place: 'applicants', mark: '0a1b2c3d.', after: 1, limit: 9 }],
      [{ place: 'inbox', mark: '0a1b2c3d.', after: 'ev1', limit: 9 }],
    ],
    set: [[{ place: 'drafts', row: draftRow, set: { contentSealed: 'x' } }]],
  } satisfies Exercises<typeof sealedWrites>,
  settingWrites: {
    take: [['x']],
    addIfMissing: [[{ key: 'x', value: 1 }]],
    set: [[{ key: 'x', value: 1 }]],
  } satisfies Exercises<typeof settingWrites>,
  settingReads: { get: [['x']], some: [[['x', 'y']]] } satisfies Exercises<typeof settingReads>,
  statsWrites: {
    add: [[{ keys: [{ unitId: 1, dimension: 'all', key: '' }], day: '2026-11-23', add: { registered: 1 } }]],
    deleteUnit: [[{ unitId: 1, dimensions: ['handler'] }]],
    insert: [[[counters]]],
  } satisfies Exercises<typeof statsWrites>,
  statsReads: {
    sums: [
      [scope, 'unitId'],
      [scope, 'key'],
      [{ ...scope, unitIds: [1] }, 'unitId'],
      [{ ...scope, unitIds: [1] }, 'key'],
      [{ ...scope, unitIds: [1] }, 'period'],
      [{ ...scope, dimension: 'item', keys: ['1:local', '1:extended'] }, 'unitId'],
    ],
    sumsOfAll: [
      [
        [
          { ...scope, by: 'unitId' },
          { ...scope, by: 'key' },
          { overdue: { unitIds: [1, 2], versionIds: [1], before: 2 } },
          { inHands: { unitIds: [1, 2], before: 2 } },
        ],
      ],
    ],
    ofUnit: [[{ unitId: 1, dimensions: ['handler'] }]],
  } satisfies Exercises<typeof statsReads>,
  unitWrites: {
    insert: [[unit]],
    update: [[{ id: 1, set: { active: false } }]],
    addIfMissing: [[unit]],
    setChat: [[{ unitId: 1, chatId: 'oc_1' }]],
    releaseChat: [['oc_1']],
  } satisfies Exercises<typeof unitWrites>,
  unitReads: {
    byId: [[1]],
    byCode: [['village:x']],
    idsByCode: [[]],
    byChat: [['oc_1']],
    ofLevels: [[['town', 'village']]],
    all: [[]],
    children: [[1]],
    lineage: [[1]],
    byChats: [[['oc_1', 'oc_2']]],
    withAbove: [[[1, 2]]],
  } satisfies Exercises<typeof unitReads>,
};
