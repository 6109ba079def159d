/**
 * All tables, for SQLite. Every construct here exists in PostgreSQL too: text, integer, boolean, JSON, plain indexes.
 * Times are milliseconds since the epoch in `…At` columns; `…Day` and `month` are local calendar text (YYYY-MM-DD, YYYY-MM),
 * kept beside them because no date function is common to both engines. Columns named `…Sealed` hold AES-256-GCM text
 * (see `db/vault.ts`); columns named `…Hash` hold keyed hashes for look-up.
 */
import { sql } from 'drizzle-orm';
import { check, index, integer, primaryKey, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core';
import { agentRoles, agentStatuses, employments } from '../../src/domain/agent.ts';
import { assistTypes, caseStates, deliveryWays, outcomes, serviceWays } from '../../src/domain/case.ts';
import { dimensions } from '../../src/domain/counters.ts';
import { type ItemLevel, unitLevels } from '../../src/domain/unit.ts';

export const units = sqliteTable(
  'units',
  {
    id: integer('id').primaryKey({ autoIncrement: true }),
    /** Stable key of a seeded unit, so that seeding again finds it whatever its name has become. */
    code: text('code').notNull().unique(),
    level: text('level', { enum: unitLevels }).notNull(),
    name: text('name').notNull(),
    center: text('center').notNull(),
    parentId: integer('parent_id'),
    /** TT of the case number; towns only. */
    townNumber: integer('town_number'),
    chatId: text('chat_id'),
    active: integer('active', { mode: 'boolean' }).notNull().default(true),
  },
  (table) => [index('units_parent').on(table.parentId), index('units_chat').on(table.chatId)],
);

export const agents = sqliteTable(
  'agents',
  {
    id: integer('id').primaryKey({ autoIncrement: true }),
    openId: text('open_id').notNull().unique(),
    name: text('name').notNull(),
    phoneSealed: text('phone_sealed'),
    unitId: integer('unit_id')
      .notNull()
      .references(() => units.id),
    role: text('role', { enum: agentRoles }).notNull(),
    employment: text('employment', { enum: employments }).notNull(),
    status: text('status', { enum: agentStatuses }).notNull(),
    appliedAt: integer('applied_at').notNull(),
    decidedAt: integer('decided_at'),
    decidedBy: integer('decided_by'),
  },
  (table) => [index('agents_unit').on(table.unitId, table.status)],
);

export const serviceItems = sqliteTable('service_items', {
  id: integer('id').primaryKey({ autoIncrement: true }),
  /** 实施编码 as text: 31 or 33 characters, letters included. */
  code: text('code').notNull().unique(),
  /** 序号 of the annex; one row of the source has none. */
  number: integer('number'),
  department: text('department').notNull(),
  departmentUnitId: integer('department_unit_id').references(() => units.id),
  mainItem: text('main_item').notNull(),
  subItem: text('sub_item').notNull(),
  itemType: text('item_type').notNull(),
  levels: text('levels', { mode: 'json' }).$type<ItemLevel[]>().notNull(),
  assistType: text('assist_type', { enum: assistTypes }).notNull(),
  /** Promised working days (承诺时限). */
  workingDays: integer('working_days').notNull().default(5),
  materials: text('materials', { mode: 'json' }).$type<string[]>().notNull(),
  active: integer('active', { mode: 'boolean' }).notNull().default(true),
});

/** One row per registration. `wrappedKey` opens the sealed columns and this person's part of the ledger; erasing it erases the person. */
export const applicants = sqliteTable(
  'applicants',
  {
    id: integer('id').primaryKey({ autoIncrement: true }),
    wrappedKey: text('wrapped_key'),
    /** Version of `DATA_KEY` that wraps the key, for rotation. */
    keyVersion: integer('key_version').notNull(),
    nameSealed: text('name_sealed').notNull(),
    phoneSealed: text('phone_sealed').notNull(),
    idNumberSealed: text('id_number_sealed'),
    nameHash: text('name_hash'),
    phoneHash: text('phone_hash'),
    phoneTailHash: text('phone_tail_hash'),
    idNumberHash: text('id_number_hash'),
    erasedAt: integer('erased_at'),
    // Copies of the case's columns: who may see it is answered within the index of a hash, however many namesakes there are.
    townId: integer('town_id').notNull(),
    registeringUnitId: integer('registering_unit_id').notNull(),
    registrarId: integer('registrar_id').notNull(),
    /** The only one that changes: `caseWrites.update` keeps it. */
    holderUnitId: integer('holder_unit_id').notNull(),
  },
  // By `id` next, so that the newest namesake comes first; then what `caseSearchReads.find` tests of each.
  (table) => {
    const sight = [table.id, table.townId, table.registeringUnitId, table.registrarId, table.holderUnitId] as const;
    return [
      index('applicants_name').on(table.nameHash, ...sight),
      index('applicants_phone_tail').on(table.phoneTailHash, ...sight),
    ];
  },
);

export const cases = sqliteTable(
  'cases',
  {
    id: integer('id').primaryKey({ autoIncrement: true }),
    caseNumber: text('case_number').notNull().unique(),
    /** 一窗受理号 of the government's own system, when the case has one there. */
    externalNumber: text('external_number'),
    state: text('state', { enum: caseStates }).notNull(),
    /** Counts the steps; a button carries the version it was drawn for. */
    version: integer('version').notNull(),
    applicantId: integer('applicant_id')
      .notNull()
      .references(() => applicants.id),
    itemId: integer('item_id')
      .notNull()
      .references(() => serviceItems.id),
    assistType: text('assist_type', { enum: assistTypes }).notNull(),
    way: text('way', { enum: serviceWays }).notNull(),
    townId: integer('town_id')
      .notNull()
      .references(() => units.id),
    /** Where the applicant lives (所在嘎查社区), or the town itself. */
    residenceUnitId: integer('residence_unit_id')
      .notNull()
      .references(() => units.id),
    registeringUnitId: integer('registering_unit_id')
      .notNull()
      .references(() => units.id),
    registrarId: integer('registrar_id')
      .notNull()
      .references(() => agents.id),
    holderUnitId: integer('holder_unit_id')
      .notNull()
      .references(() => units.id),
    handlerId: integer('handler_id').references(() => agents.id),
    /** Private chat or group the registration card stood in; its living card stays there. */
    originTarget: text('origin_target').notNull(),
    remarksSealed: text('remarks_sealed'),
    registeredAt: integer('registered_at').notNull(),
    registeredDay: text('registered_day').notNull(),
    /** End of the day by which the holder must accept; null once accepted. */
    acceptBy: integer('accept_by'),
    acceptedAt: integer('accepted_at'),
    /** End of the promised day. While returned it is null and `remainingDays` keeps what was left. */
    dueAt: integer('due_at'),
    remainingDays: integer('remaining_days'),
    promisedDays: integer('promised_days').notNull(),
    completedAt: integer('completed_at'),
    completedOnTime: integer('completed_on_time', { mode: 'boolean' }),
    deliveredAt: integer('delivered_at'),
    followedUpAt: integer('followed_up_at'),
    rectifiedAt: integer('rectified_at'),
    archivedAt: integer('archived_at'),
    withdrawnAt: integer('withdrawn_at'),
    returnCount: integer('return_count').notNull().default(0),
    urgedDay: text('urged_day'),
    outcome: text('outcome', { enum: outcomes }),
    deliveryWay: text('delivery_way', { enum: deliveryWays }),
    rating: integer('rating'),
  },
  (table) => [
    // What a unit holds, as it presses: `caseReads.waitingFor` orders by the same expression.
    index('cases_holder').on(
      table.holderUnitId,
      table.state,
      sql`(case when accept_by is null then due_at else accept_by end)`,
    ),
    index('cases_registering').on(table.registeringUnitId, table.state, table.id),
    index('cases_unit_registered').on(table.registeringUnitId, table.registeredAt),
    index('cases_unit_accepted').on(table.registeringUnitId, table.acceptedAt).where(sql`accepted_at is not null`),
    index('cases_unit_completed').on(table.registeringUnitId, table.completedAt).where(sql`completed_at is not null`),
    index('cases_unit_rated').on(table.registeringUnitId, table.followedUpAt).where(sql`followed_up_at is not null`),
    index('cases_unit_withdrawn').on(table.registeringUnitId, table.withdrawnAt).where(sql`withdrawn_at is not null`),
    index('cases_applicant').on(table.applicantId),
    index('cases_external').on(table.externalNumber).where(sql`external_number is not null`),
    index('cases_due').on(table.state, table.dueAt),
    check('cases_state', sql.raw(`state in (${caseStates.map((state) => `'${state}'`).join(', ')})`)),
    check('cases_rating', sql`rating between 1 and 5`),
  ],
);

export const caseSequences = sqliteTable(
  'case_sequences',
  { townId: integer('town_id').notNull(), year: integer('year').notNull(), last: integer('last').notNull() },
  (table) => [primaryKey({ columns: [table.townId, table.year] })],
);

/** Append-only; UPDATE and DELETE are refused by triggers (migration 0001). */
export const ledgerEntries = sqliteTable(
  'ledger_entries',
  {
    /** The town whose chain this is; what belongs to no town stands in the banner's chain. */
    townId: integer('town_id').notNull(),
    seq: integer('seq').notNull(),
    caseId: integer('case_id'),
    at: integer('at').notNull(),
    actorKind: text('actor_kind', { enum: ['agent', 'stranger', 'system'] }).notNull(),
    actorId: text('actor_id').notNull(),
    unitId: integer('unit_id'),
    kind: text('kind').notNull(),
    /** Canonical JSON text, hashed as it stands. */
    payload: text('payload').notNull(),
    prevHash: text('prev_hash').notNull(),
    hash: text('hash').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.townId, table.seq] }),
    index('ledger_case').on(table.caseId, table.seq),
    index('ledger_returns').on(table.townId, table.at).where(sql`kind = 'return'`),
  ],
);

export const ledgerHeads = sqliteTable('ledger_heads', {
  townId: integer('town_id').primaryKey(),
  seq: integer('seq').notNull(),
  hash: text('hash').notNull(),
});

/** Sums by day and by month, kept in the same transaction as the step they count. */
export const statCounters = sqliteTable(
  'stat_counters',
  {
    unitId: integer('unit_id').notNull(),
    /** See `src/domain/counters.ts`: what `key` names. */
    dimension: text('dimension', { enum: dimensions }).notNull(),
    /** A day (YYYY-MM-DD), a month (mYYYY-MM), or `total`. */
    period: text('period').notNull(),
    key: text('key').notNull(),
    registered: integer('registered').notNull().default(0),
    accepted: integer('accepted').notNull().default(0),
    acceptMinutes: integer('accept_minutes').notNull().default(0),
    returned: integer('returned').notNull().default(0),
    returnedAgain: integer('returned_again').notNull().default(0),
    escalated: integer('escalated').notNull().default(0),
    completed: integer('completed').notNull().default(0),
    completedOnTime: integer('completed_on_time').notNull().default(0),
    completeMinutes: integer('complete_minutes').notNull().default(0),
    withdrawn: integer('withdrawn').notNull().default(0),
    delivered: integer('delivered').notNull().default(0),
    rated1: integer('rated_1').notNull().default(0),
    rated2: integer('rated_2').notNull().default(0),
    rated3: integer('rated_3').notNull().default(0),
    rated4: integer('rated_4').notNull().default(0),
    rated5: integer('rated_5').notNull().default(0),
    acceptedNow: integer('accepted_now').notNull().default(0),
    returnedNow: integer('returned_now').notNull().default(0),
  },
  (table) => [primaryKey({ columns: [table.unitId, table.dimension, table.period, table.key] })],
);

export const monthlyReports = sqliteTable(
  'monthly_reports',
  {
    id: integer('id').primaryKey({ autoIncrement: true }),
    townId: integer('town_id')
      .notNull()
      .references(() => units.id),
    /** The month reported on (YYYY-MM); due in the month after it. */
    month: text('month').notNull(),
    figures: text('figures', { mode: 'json' }).$type<Record<string, number>>(),
    submittedAt: integer('submitted_at'),
    submittedBy: integer('submitted_by').references(() => agents.id),
    late: integer('late', { mode: 'boolean' }),
  },
  (table) => [uniqueIndex('monthly_reports_town_month').on(table.townId, table.month)],
);

/** The one card a subject has in a chat. A step updates it in place; `retiredAt` marks one that a newer card replaced. */
export const livingCards = sqliteTable(
  'living_cards',
  {
    id: integer('id').primaryKey({ autoIncrement: true }),
    subject: text('subject', { enum: ['case', 'report', 'application'] }).notNull(),
    subjectId: integer('subject_id').notNull(),
    /** chat_id (oc_…) or, for a private card, open_id (ou_…). */
    target: text('target').notNull(),
    /** Set on a private card: it offers what this person may do, not what a group's people may. */
    agentId: integer('agent_id').references(() => agents.id),
    /** null until the platform has confirmed the first post. */
    messageId: text('message_id'),
    postedAt: integer('posted_at').notNull(),
    /** The chat's message count when it was posted: how much has been said over it since. */
    postedAtCount: integer('posted_at_count').notNull(),
    retiredAt: integer('retired_at'),
  },
  (table) => [
    index('living_cards_subject').on(table.subject, table.subjectId, table.target),
    index('living_cards_message').on(table.messageId),
  ],
);

export const chats = sqliteTable('chats', {
  chatId: text('chat_id').primaryKey(),
  mode: text('mode', { enum: ['group', 'p2p'] }).notNull(),
  name: text('name').notNull(),
  /** The bot is a member now. */
  joined: integer('joined', { mode: 'boolean' }).notNull(),
  /** Messages seen or sent here so far. */
  messageCount: integer('message_count').notNull().default(0),
  /** When the person of a private chat was last greeted. */
  greetedAt: integer('greeted_at'),
});

/** What somebody has typed into a registration card that is not yet a case. Sealed, and purged after a week. */
export const drafts = sqliteTable('drafts', {
  id: integer('id').primaryKey({ autoIncrement: true }),
  agentId: integer('agent_id')
    .notNull()
    .references(() => agents.id),
  contentSealed: text('content_sealed').notNull(),
  /** The card stands in a group, where personal fields are never prefilled. */
  shared: integer('shared', { mode: 'boolean' }).notNull(),
  caseId: integer('case_id'),
  createdAt: integer('created_at').notNull(),
});

export const settings = sqliteTable('settings', {
  key: text('key').primaryKey(),
  value: text('value', { mode: 'json' }).$type<unknown>().notNull(),
});

/** Every delivery that was dealt with: an event id or a message id is dealt with once, a repeat gets the stored answer. */
export const inbox = sqliteTable(
  'inbox',
  {
    key: text('key').primaryKey(),
    kind: text('kind').notNull(),
    receivedAt: integer('received_at').notNull(),
    status: text('status', { enum: ['done', 'refused', 'failed', 'unreadable'] }).notNull(),
    /** The answer given (or, for what could not be read, the body), sealed. */
    answerSealed: text('answer_sealed'),
  },
  (table) => [index('inbox_received').on(table.receivedAt)],
);

export const outbox = sqliteTable(
  'outbox',
  {
    id: integer('id').primaryKey({ autoIncrement: true }),
    /** Handed to the platform so that a retry never posts twice. */
    uuid: text('uuid').notNull(),
    /** Rows of one lane go out in order: a target for posts, `card:<living card id>` for updates. */
    lane: text('lane').notNull(),
    /** chat_id or open_id the row goes to; pacing counts by it. */
    target: text('target').notNull(),
    operation: text('operation', { enum: ['post', 'reply', 'update'] }).notNull(),
    /** Message to reply to (`reply`); for `update` the living card names it. */
    messageId: text('message_id'),
    livingCardId: integer('living_card_id').references(() => livingCards.id),
    /** What to render when it is sent: see `src/outbox/render.ts`. Carries ids, never a resident's data. */
    content: text('content', { mode: 'json' }).$type<unknown>().notNull(),
    /** A row that waits is replaced by a newer one of the same key. */
    dedupeKey: text('dedupe_key'),
    status: text('status', { enum: ['waiting', 'sending', 'sent', 'dead'] }).notNull(),
    availableAt: integer('available_at').notNull(),
    attempts: integer('attempts').notNull().default(0),
    createdAt: integer('created_at').notNull(),
    /** When it was sent, skipped or given up: null exactly while `status` is waiting or sending. */
    settledAt: integer('settled_at'),
    /** Since when an attempt may have reached the platform without its answer reaching us. */
    unconfirmedSince: integer('unconfirmed_since'),
    error: text('error'),
  },
  (table) => [
    // Delivered rows are nearly all there are, so they have an index of their own, in the order in which they come to it.
    index('outbox_unsent').on(table.status, table.createdAt).where(sql`status <> 'sent'`),
    index('outbox_sent').on(table.settledAt).where(sql`status = 'sent'`),
    // Of the unfinished rows; not by `status`, which would lead SQLite to the other index. A row is in one of the two: a lane that
    // is its row's dedupe key has never more than one row waiting, and there are as many of them as cards.
    index('outbox_lane').on(table.lane, table.id).where(sql`settled_at is null and lane is distinct from dedupe_key`),
    index('outbox_alone').on(table.availableAt, table.id).where(sql`settled_at is null and lane = dedupe_key`),
    uniqueIndex('outbox_dedupe').on(table.dedupeKey).where(sql`status = 'waiting' and dedupe_key is not null`),
  ],
);

export const cronRuns = sqliteTable(
  'cron_runs',
  {
    job: text('job').notNull(),
    /** The slot's time, not the time it ran. */
    slot: integer('slot').notNull(),
    ranAt: integer('ran_at').notNull(),
    status: text('status', { enum: ['done'] }).notNull(),
  },
  (table) => [primaryKey({ columns: [table.job, table.slot] })],
);

/** Up to when each job's slots have been looked at. */
export const cronMarks = sqliteTable('cron_marks', {
  job: text('job').primaryKey(),
  checkedUntil: integer('checked_until').notNull(),
});
