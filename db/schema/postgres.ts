/**
 * All tables, for PostgreSQL: the same names and the same JS types as `sqlite.ts`, where every column is explained. The compiler
 * holds the two together (`parity.ts`).
 */
import { sql } from 'drizzle-orm';
import {
  bigint,
  boolean,
  check,
  customType,
  index,
  integer,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
} from 'drizzle-orm/pg-core';
import { agentRoles, agentStatuses, employments } from '../../src/domain/agent.ts';
import { assistTypes, caseStates, deliveryWays, outcomes, serviceWays } from '../../src/domain/case.ts';
import { dimensions } from '../../src/domain/counters.ts';
import { type ItemLevel, unitLevels } from '../../src/domain/unit.ts';

/** Milliseconds since the epoch, or a slot of them: more than 32 bits. */
const ms = (name: string) => bigint(name, { mode: 'number' });

/**
 * JSON kept as the text that was written. The driver parses it; drizzle's own `json` would parse a stored string a second time
 * and turn '"12"' into a number.
 */
const json = customType<{ data: unknown; driverData: unknown }>({
  dataType: () => 'json',
  toDriver: (value) => JSON.stringify(value),
});

export const units = pgTable(
  'units',
  {
    id: integer('id').primaryKey().generatedByDefaultAsIdentity(),
    code: text('code').notNull().unique(),
    level: text('level', { enum: unitLevels }).notNull(),
    name: text('name').notNull(),
    center: text('center').notNull(),
    parentId: integer('parent_id'),
    townNumber: integer('town_number'),
    chatId: text('chat_id'),
    active: boolean('active').notNull().default(true),
  },
  (table) => [index('units_parent').on(table.parentId), index('units_chat').on(table.chatId)],
);

export const agents = pgTable(
  'agents',
  {
    id: integer('id').primaryKey().generatedByDefaultAsIdentity(),
    openId: text('open_id').notNull().unique(),
    name: text('name').notNull(),
    phoneSealed: text('phone_sealed'),
    unitId: integer('unit_id')
      .notNull()
      .references(() => units.id),
    role: text('role', { enum: agentRoles }).notNull(),
    employment: text('employment', { enum: employments }).notNull(),
    status: text('status', { enum: agentStatuses }).notNull(),
    appliedAt: ms('applied_at').notNull(),
    decidedAt: ms('decided_at'),
    decidedBy: integer('decided_by'),
  },
  (table) => [index('agents_unit').on(table.unitId, table.status)],
);

export const serviceItems = pgTable('service_items', {
  id: integer('id').primaryKey().generatedByDefaultAsIdentity(),
  code: text('code').notNull().unique(),
  number: integer('number'),
  department: text('department').notNull(),
  departmentUnitId: integer('department_unit_id').references(() => units.id),
  mainItem: text('main_item').notNull(),
  subItem: text('sub_item').notNull(),
  itemType: text('item_type').notNull(),
  levels: json('levels').$type<ItemLevel[]>().notNull(),
  assistType: text('assist_type', { enum: assistTypes }).notNull(),
  workingDays: integer('working_days').notNull().default(5),
  materials: json('materials').$type<string[]>().notNull(),
  active: boolean('active').notNull().default(true),
});

export const applicants = pgTable(
  'applicants',
  {
    id: integer('id').primaryKey().generatedByDefaultAsIdentity(),
    wrappedKey: text('wrapped_key'),
    keyVersion: integer('key_version').notNull(),
    nameSealed: text('name_sealed').notNull(),
    phoneSealed: text('phone_sealed').notNull(),
    idNumberSealed: text('id_number_sealed'),
    nameHash: text('name_hash'),
    phoneHash: text('phone_hash'),
    phoneTailHash: text('phone_tail_hash'),
    idNumberHash: text('id_number_hash'),
    erasedAt: ms('erased_at'),
    townId: integer('town_id').notNull(),
    registeringUnitId: integer('registering_unit_id').notNull(),
    registrarId: integer('registrar_id').notNull(),
    holderUnitId: integer('holder_unit_id').notNull(),
  },
  (table) => {
    const sight = [table.id, table.townId, table.registeringUnitId, table.registrarId, table.holderUnitId] as const;
    return [
      index('applicants_name').on(table.nameHash, ...sight),
      index('applicants_phone_tail').on(table.phoneTailHash, ...sight),
    ];
  },
);

export const cases = pgTable(
  'cases',
  {
    id: integer('id').primaryKey().generatedByDefaultAsIdentity(),
    caseNumber: text('case_number').notNull().unique(),
    externalNumber: text('external_number'),
    state: text('state', { enum: caseStates }).notNull(),
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
    originTarget: text('origin_target').notNull(),
    remarksSealed: text('remarks_sealed'),
    registeredAt: ms('registered_at').notNull(),
    registeredDay: text('registered_day').notNull(),
    acceptBy: ms('accept_by'),
    acceptedAt: ms('accepted_at'),
    dueAt: ms('due_at'),
    remainingDays: integer('remaining_days'),
    promisedDays: integer('promised_days').notNull(),
    completedAt: ms('completed_at'),
    completedOnTime: boolean('completed_on_time'),
    deliveredAt: ms('delivered_at'),
    followedUpAt: ms('followed_up_at'),
    rectifiedAt: ms('rectified_at'),
    archivedAt: ms('archived_at'),
    withdrawnAt: ms('withdrawn_at'),
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

export const caseSequences = pgTable(
  'case_sequences',
  { townId: integer('town_id').notNull(), year: integer('year').notNull(), last: integer('last').notNull() },
  (table) => [primaryKey({ columns: [table.townId, table.year] })],
);

export const ledgerEntries = pgTable(
  'ledger_entries',
  {
    townId: integer('town_id').notNull(),
    seq: bigint('seq', { mode: 'number' }).notNull(),
    caseId: integer('case_id'),
    at: ms('at').notNull(),
    actorKind: text('actor_kind', { enum: ['agent', 'stranger', 'system'] }).notNull(),
    actorId: text('actor_id').notNull(),
    unitId: integer('unit_id'),
    kind: text('kind').notNull(),
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

export const ledgerHeads = pgTable('ledger_heads', {
  townId: integer('town_id').primaryKey(),
  seq: bigint('seq', { mode: 'number' }).notNull(),
  hash: text('hash').notNull(),
});

export const statCounters = pgTable(
  'stat_counters',
  {
    unitId: integer('unit_id').notNull(),
    dimension: text('dimension', { enum: dimensions }).notNull(),
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

export const monthlyReports = pgTable(
  'monthly_reports',
  {
    id: integer('id').primaryKey().generatedByDefaultAsIdentity(),
    townId: integer('town_id')
      .notNull()
      .references(() => units.id),
    month: text('month').notNull(),
    figures: json('figures').$type<Record<string, number>>(),
    submittedAt: ms('submitted_at'),
    submittedBy: integer('submitted_by').references(() => agents.id),
    late: boolean('late'),
  },
  (table) => [uniqueIndex('monthly_reports_town_month').on(table.townId, table.month)],
);

export const livingCards = pgTable(
  'living_cards',
  {
    id: integer('id').primaryKey().generatedByDefaultAsIdentity(),
    subject: text('subject', { enum: ['case', 'report', 'application'] }).notNull(),
    subjectId: integer('subject_id').notNull(),
    target: text('target').notNull(),
    agentId: integer('agent_id').references(() => agents.id),
    messageId: text('message_id'),
    postedAt: ms('posted_at').notNull(),
    postedAtCount: integer('posted_at_count').notNull(),
    retiredAt: ms('retired_at'),
  },
  (table) => [
    index('living_cards_subject').on(table.subject, table.subjectId, table.target),
    index('living_cards_message').on(table.messageId),
  ],
);

export const chats = pgTable('chats', {
  chatId: text('chat_id').primaryKey(),
  mode: text('mode', { enum: ['group', 'p2p'] }).notNull(),
  name: text('name').notNull(),
  joined: boolean('joined').notNull(),
  messageCount: integer('message_count').notNull().default(0),
  greetedAt: ms('greeted_at'),
});

export const drafts = pgTable('drafts', {
  id: integer('id').primaryKey().generatedByDefaultAsIdentity(),
  agentId: integer('agent_id')
    .notNull()
    .references(() => agents.id),
  contentSealed: text('content_sealed').notNull(),
  shared: boolean('shared').notNull(),
  caseId: integer('case_id'),
  createdAt: ms('created_at').notNull(),
});

export const settings = pgTable('settings', {
  key: text('key').primaryKey(),
  value: json('value').$type<unknown>().notNull(),
});

export const inbox = pgTable(
  'inbox',
  {
    key: text('key').primaryKey(),
    kind: text('kind').notNull(),
    receivedAt: ms('received_at').notNull(),
    status: text('status', { enum: ['done', 'refused', 'failed', 'unreadable'] }).notNull(),
    answerSealed: text('answer_sealed'),
  },
  (table) => [index('inbox_received').on(table.receivedAt)],
);

export const outbox = pgTable(
  'outbox',
  {
    id: integer('id').primaryKey().generatedByDefaultAsIdentity(),
    uuid: text('uuid').notNull(),
    lane: text('lane').notNull(),
    target: text('target').notNull(),
    operation: text('operation', { enum: ['post', 'reply', 'update'] }).notNull(),
    messageId: text('message_id'),
    livingCardId: integer('living_card_id').references(() => livingCards.id),
    content: json('content').$type<unknown>().notNull(),
    dedupeKey: text('dedupe_key'),
    status: text('status', { enum: ['waiting', 'sending', 'sent', 'dead'] }).notNull(),
    availableAt: ms('available_at').notNull(),
    attempts: integer('attempts').notNull().default(0),
    createdAt: ms('created_at').notNull(),
    /** When it was sent, skipped or given up: null exactly while `status` is waiting or sending. */
    settledAt: ms('settled_at'),
    unconfirmedSince: ms('unconfirmed_since'),
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

export const cronRuns = pgTable(
  'cron_runs',
  {
    job: text('job').notNull(),
    slot: ms('slot').notNull(),
    ranAt: ms('ran_at').notNull(),
    status: text('status', { enum: ['done'] }).notNull(),
  },
  (table) => [primaryKey({ columns: [table.job, table.slot] })],
);

export const cronMarks = pgTable('cron_marks', {
  job: text('job').primaryKey(),
  checkedUntil: ms('checked_until').notNull(),
});
