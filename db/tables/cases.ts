/** Cases, whom they are for, and what is typed before one is registered. */
import { sql } from 'drizzle-orm';
import {
  assistTypes,
  caseStates,
  deliveryWays,
  outcomes,
  serviceWays,
  suspendReasons,
  terminateReasons,
} from '../../src/domain/case.ts';
import { checkResults } from '../../src/domain/sample.ts';
import type { Kit } from '../sqlite/kit.ts';
import type { PeopleTables } from './people.ts';

export function caseTables(kit: Kit, { units, agents, serviceItems, itemVersions }: PeopleTables) {
  /** One row per registration. `wrappedKey` opens the sealed columns and this person's part of the ledger; erasing it erases the person. */
  const applicants = kit.table(
    'applicants',
    {
      id: kit.id(),
      wrappedKey: kit.text('wrapped_key'),
      nameSealed: kit.text('name_sealed').notNull(),
      phoneSealed: kit.text('phone_sealed').notNull(),
      idNumberSealed: kit.text('id_number_sealed'),
      addressSealed: kit.text('address_sealed'),
      /** Through whom somebody is reached who has no telephone (联系人). */
      contactSealed: kit.text('contact_sealed'),
      nameHash: kit.text('name_hash'),
      phoneHash: kit.text('phone_hash'),
      phoneTailHash: kit.text('phone_tail_hash'),
      idNumberHash: kit.text('id_number_hash'),
      contactPhoneHash: kit.text('contact_phone_hash'),
      contactTailHash: kit.text('contact_tail_hash'),
      erasedAt: kit.long('erased_at'),
      // Copies of the case's columns: who may see it is answered within the index of a hash, however many namesakes there are.
      townId: kit.int('town_id').notNull(),
      registeringUnitId: kit.int('registering_unit_id').notNull(),
      /** The only one that changes: `caseWrites.update` keeps it. */
      holderUnitId: kit.int('holder_unit_id').notNull(),
    },
    // By `id` next, so that the newest namesake comes first; then what `caseSearchReads.find` tests of each.
    (table) => {
      const sight = [table.id, table.townId, table.registeringUnitId, table.holderUnitId] as const;
      return [
        kit.index('applicants_name').on(table.nameHash, ...sight),
        kit.index('applicants_phone_tail').on(table.phoneTailHash, ...sight),
        kit
          .index('applicants_contact_tail')
          .on(table.contactTailHash, ...sight)
          .where(sql`contact_tail_hash is not null`),
        kit.index('applicants_id_number').on(table.idNumberHash).where(sql`id_number_hash is not null`),
      ];
    },
  );

  const cases = kit.table(
    'cases',
    {
      id: kit.id(),
      caseNumber: kit.text('case_number').notNull().unique(),
      /** 一窗受理号 of the government's own system, when the case has one there. */
      externalNumber: kit.text('external_number'),
      state: kit.text('state', { enum: caseStates }).notNull(),
      /** Counts the steps; a button carries the version it was drawn for. */
      version: kit.int('version').notNull(),
      applicantId: kit
        .int('applicant_id')
        .notNull()
        .references(() => applicants.id),
      itemId: kit
        .int('item_id')
        .notNull()
        .references(() => serviceItems.id),
      /** The version of the item that it was registered under: what was promised then. */
      itemVersionId: kit
        .int('item_version_id')
        .notNull()
        .references(() => itemVersions.id),
      assistType: kit.text('assist_type', { enum: assistTypes }).notNull(),
      way: kit.text('way', { enum: serviceWays }).notNull(),
      townId: kit
        .int('town_id')
        .notNull()
        .references(() => units.id),
      /** Where the applicant lives (所在嘎查社区), or the town itself. */
      residenceUnitId: kit
        .int('residence_unit_id')
        .notNull()
        .references(() => units.id),
      registeringUnitId: kit
        .int('registering_unit_id')
        .notNull()
        .references(() => units.id),
      registrarId: kit
        .int('registrar_id')
        .notNull()
        .references(() => agents.id),
      /** Who of the registering unit looks after it: the registrar, until it is handed to a colleague. */
      keeperId: kit
        .int('keeper_id')
        .notNull()
        .references(() => agents.id),
      holderUnitId: kit
        .int('holder_unit_id')
        .notNull()
        .references(() => units.id),
      handlerId: kit.int('handler_id').references(() => agents.id),
      /** Private chat or group the registration card stood in; its living card stays there. */
      originTarget: kit.text('origin_target').notNull(),
      remarksSealed: kit.text('remarks_sealed'),
      /** What is to be done, of 其他事项: the catalogue has no name for it. */
      otherErrandSealed: kit.text('other_errand_sealed'),
      /** Where 其他事项 may be passed up to. */
      otherDepartmentId: kit.int('other_department_id').references(() => units.id),
      /** 关联: the case this one was registered beside, of the same person. */
      linkedCaseId: kit.int('linked_case_id'),
      registeredAt: kit.long('registered_at').notNull(),
      registeredDay: kit.text('registered_day').notNull(),
      /** End of the day by which the holder must accept; null once accepted. */
      acceptBy: kit.long('accept_by'),
      acceptedAt: kit.long('accepted_at'),
      /** End of the promised day. While time stands still it is null and `remainingDays` keeps what was left. */
      dueAt: kit.long('due_at'),
      /** The promised day that a morning's look found passed. Cards say 已超期 while it is the case's promised day. */
      missedDueAt: kit.long('missed_due_at'),
      /** The rung of `ladder` (`src/domain/digest.ts`) that was told of this missed day; 0 when none was. */
      overdueRung: kit.int('overdue_rung').notNull().default(0),
      remainingDays: kit.int('remaining_days'),
      promisedDays: kit.int('promised_days').notNull(),
      completedAt: kit.long('completed_at'),
      completedOnTime: kit.bool('completed_on_time'),
      deliveredAt: kit.long('delivered_at'),
      followedUpAt: kit.long('followed_up_at'),
      rectifiedAt: kit.long('rectified_at'),
      archivedAt: kit.long('archived_at'),
      withdrawnAt: kit.long('withdrawn_at'),
      returnCount: kit.int('return_count').notNull().default(0),
      /** Since when it is suspended, and why; null again once it goes on or ends. */
      suspendedAt: kit.long('suspended_at'),
      suspendReason: kit.text('suspend_reason', { enum: suspendReasons }),
      suspendCount: kit.int('suspend_count').notNull().default(0),
      terminatedAt: kit.long('terminated_at'),
      terminateReason: kit.text('terminate_reason', { enum: terminateReasons }),
      urgedDay: kit.text('urged_day'),
      outcome: kit.text('outcome', { enum: outcomes }),
      deliveryWay: kit.text('delivery_way', { enum: deliveryWays }),
      /** Who is to make the return visit (回访): chosen with 送达, see `src/domain/follow-up.ts`; null where only the handler could. */
      followUpAgentId: kit.int('follow_up_agent_id').references(() => agents.id),
      followedUpById: kit.int('followed_up_by_id').references(() => agents.id),
      rating: kit.int('rating'),
    },
    (table) => [
      // What a unit holds, as it presses: `caseReads.waitingFor` orders by the same expression.
      kit
        .index('cases_holder')
        .on(table.holderUnitId, table.state, sql`(case when accept_by is null then due_at else accept_by end)`),
      kit.index('cases_registering').on(table.registeringUnitId, table.state, table.id),
      kit.index('cases_unit_registered').on(table.registeringUnitId, table.registeredAt),
      kit
        .index('cases_unit_accepted')
        .on(table.registeringUnitId, table.acceptedAt)
        .where(sql`accepted_at is not null`),
      kit
        .index('cases_unit_completed')
        .on(table.registeringUnitId, table.completedAt)
        .where(sql`completed_at is not null`),
      kit
        .index('cases_unit_rated')
        .on(table.registeringUnitId, table.followedUpAt)
        .where(sql`followed_up_at is not null`),
      kit
        .index('cases_unit_withdrawn')
        .on(table.registeringUnitId, table.withdrawnAt)
        .where(sql`withdrawn_at is not null`),
      kit.index('cases_archived').on(table.archivedAt, table.id).where(sql`archived_at is not null`),
      kit.index('cases_applicant').on(table.applicantId),
      kit.index('cases_external').on(table.externalNumber).where(sql`external_number is not null`),
      kit.index('cases_linked').on(table.linkedCaseId).where(sql`linked_case_id is not null`),
      kit.index('cases_due').on(table.state, table.dueAt),
      kit.check('cases_state', sql.raw(`state in (${caseStates.map((state) => `'${state}'`).join(', ')})`)),
      kit.check('cases_rating', sql`rating between 1 and 5`),
    ],
  );

  /** 抽查回访: a good rating that the banner asks about once more. Drawn by lot; what was found stands here and in the ledger. */
  const followUpChecks = kit.table(
    'follow_up_checks',
    {
      caseId: kit
        .int('case_id')
        .primaryKey()
        .references(() => cases.id),
      drawnAt: kit.long('drawn_at').notNull(),
      result: kit.text('result', { enum: checkResults }),
      checkedAt: kit.long('checked_at'),
      checkedById: kit.int('checked_by_id').references(() => agents.id),
    },
    (table) => [kit.index('follow_up_checks_open').on(table.drawnAt, table.caseId).where(sql`checked_at is null`)],
  );

  const caseSequences = kit.table(
    'case_sequences',
    { townId: kit.int('town_id').notNull(), year: kit.int('year').notNull(), last: kit.int('last').notNull() },
    (table) => [kit.primaryKey({ columns: [table.townId, table.year] })],
  );

  /** What somebody has typed into a registration card that is not yet a case. Sealed, and purged after a week. */
  const drafts = kit.table('drafts', {
    id: kit.id(),
    agentId: kit
      .int('agent_id')
      .notNull()
      .references(() => agents.id),
    contentSealed: kit.text('content_sealed').notNull(),
    /** The card stands in a group, where personal fields are never prefilled. */
    shared: kit.bool('shared').notNull(),
    caseId: kit.int('case_id'),
    createdAt: kit.long('created_at').notNull(),
  });

  return { applicants, cases, followUpChecks, caseSequences, drafts };
}
