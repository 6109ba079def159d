CREATE TABLE `agents` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`open_id` text NOT NULL,
	`name` text NOT NULL,
	`phone_sealed` text,
	`unit_id` integer NOT NULL,
	`role` text NOT NULL,
	`employment` text NOT NULL,
	`status` text NOT NULL,
	`applied_at` integer NOT NULL,
	`decided_at` integer,
	`decided_by` integer,
	`refusal_sealed` text,
	FOREIGN KEY (`unit_id`) REFERENCES `units`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `agents_open_id_unique` ON `agents` (`open_id`);--> statement-breakpoint
CREATE INDEX `agents_unit` ON `agents` (`unit_id`,`status`);--> statement-breakpoint
CREATE TABLE `applicants` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`wrapped_key` text,
	`name_sealed` text NOT NULL,
	`phone_sealed` text NOT NULL,
	`id_number_sealed` text,
	`address_sealed` text,
	`contact_sealed` text,
	`name_hash` text,
	`phone_hash` text,
	`phone_tail_hash` text,
	`id_number_hash` text,
	`contact_phone_hash` text,
	`contact_tail_hash` text,
	`erased_at` integer,
	`town_id` integer NOT NULL,
	`registering_unit_id` integer NOT NULL,
	`holder_unit_id` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `applicants_name` ON `applicants` (`name_hash`,`id`,`town_id`,`registering_unit_id`,`holder_unit_id`);--> statement-breakpoint
CREATE INDEX `applicants_phone_tail` ON `applicants` (`phone_tail_hash`,`id`,`town_id`,`registering_unit_id`,`holder_unit_id`);--> statement-breakpoint
CREATE INDEX `applicants_contact_tail` ON `applicants` (`contact_tail_hash`,`id`,`town_id`,`registering_unit_id`,`holder_unit_id`) WHERE contact_tail_hash is not null;--> statement-breakpoint
CREATE INDEX `applicants_id_number` ON `applicants` (`id_number_hash`) WHERE id_number_hash is not null;--> statement-breakpoint
CREATE TABLE `bulletins` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`banner_id` integer NOT NULL,
	`quarter` text NOT NULL,
	`version` integer NOT NULL,
	`state` text NOT NULL,
	`revision` integer DEFAULT 1 NOT NULL,
	`figures` text NOT NULL,
	`note_sealed` text,
	`reason_sealed` text,
	`drafted_at` integer NOT NULL,
	`published_at` integer,
	`published_by` integer,
	FOREIGN KEY (`banner_id`) REFERENCES `units`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`published_by`) REFERENCES `agents`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `bulletins_version` ON `bulletins` (`banner_id`,`quarter`,`version`);--> statement-breakpoint
CREATE TABLE `case_sequences` (
	`town_id` integer NOT NULL,
	`year` integer NOT NULL,
	`last` integer NOT NULL,
	PRIMARY KEY(`town_id`, `year`)
);
--> statement-breakpoint
CREATE TABLE `cases` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`case_number` text NOT NULL,
	`external_number` text,
	`state` text NOT NULL,
	`version` integer NOT NULL,
	`applicant_id` integer NOT NULL,
	`item_id` integer NOT NULL,
	`item_version_id` integer NOT NULL,
	`assist_type` text NOT NULL,
	`way` text NOT NULL,
	`town_id` integer NOT NULL,
	`residence_unit_id` integer NOT NULL,
	`registering_unit_id` integer NOT NULL,
	`registrar_id` integer NOT NULL,
	`keeper_id` integer NOT NULL,
	`holder_unit_id` integer NOT NULL,
	`handler_id` integer,
	`origin_target` text NOT NULL,
	`remarks_sealed` text,
	`other_errand_sealed` text,
	`other_department_id` integer,
	`linked_case_id` integer,
	`registered_at` integer NOT NULL,
	`registered_day` text NOT NULL,
	`accept_by` integer,
	`accepted_at` integer,
	`due_at` integer,
	`missed_due_at` integer,
	`overdue_rung` integer DEFAULT 0 NOT NULL,
	`remaining_days` integer,
	`promised_days` integer NOT NULL,
	`completed_at` integer,
	`completed_on_time` integer,
	`delivered_at` integer,
	`followed_up_at` integer,
	`rectified_at` integer,
	`archived_at` integer,
	`withdrawn_at` integer,
	`return_count` integer DEFAULT 0 NOT NULL,
	`suspended_at` integer,
	`suspend_reason` text,
	`suspend_count` integer DEFAULT 0 NOT NULL,
	`terminated_at` integer,
	`terminate_reason` text,
	`urged_day` text,
	`outcome` text,
	`delivery_way` text,
	`follow_up_agent_id` integer,
	`followed_up_by_id` integer,
	`rating` integer,
	FOREIGN KEY (`applicant_id`) REFERENCES `applicants`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`item_id`) REFERENCES `service_items`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`item_version_id`) REFERENCES `item_versions`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`town_id`) REFERENCES `units`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`residence_unit_id`) REFERENCES `units`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`registering_unit_id`) REFERENCES `units`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`registrar_id`) REFERENCES `agents`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`keeper_id`) REFERENCES `agents`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`holder_unit_id`) REFERENCES `units`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`handler_id`) REFERENCES `agents`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`other_department_id`) REFERENCES `units`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`follow_up_agent_id`) REFERENCES `agents`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`followed_up_by_id`) REFERENCES `agents`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "cases_state" CHECK(state in ('forwarded', 'accepted', 'returned', 'completed', 'delivered', 'followedUp', 'archived', 'withdrawn', 'suspended', 'terminated')),
	CONSTRAINT "cases_rating" CHECK(rating between 1 and 5)
);
--> statement-breakpoint
CREATE UNIQUE INDEX `cases_case_number_unique` ON `cases` (`case_number`);--> statement-breakpoint
CREATE INDEX `cases_holder` ON `cases` (`holder_unit_id`,`state`,(case when accept_by is null then due_at else accept_by end));--> statement-breakpoint
CREATE INDEX `cases_registering` ON `cases` (`registering_unit_id`,`state`,`id`);--> statement-breakpoint
CREATE INDEX `cases_unit_registered` ON `cases` (`registering_unit_id`,`registered_at`);--> statement-breakpoint
CREATE INDEX `cases_unit_accepted` ON `cases` (`registering_unit_id`,`accepted_at`) WHERE accepted_at is not null;--> statement-breakpoint
CREATE INDEX `cases_unit_completed` ON `cases` (`registering_unit_id`,`completed_at`) WHERE completed_at is not null;--> statement-breakpoint
CREATE INDEX `cases_unit_rated` ON `cases` (`registering_unit_id`,`followed_up_at`) WHERE followed_up_at is not null;--> statement-breakpoint
CREATE INDEX `cases_unit_withdrawn` ON `cases` (`registering_unit_id`,`withdrawn_at`) WHERE withdrawn_at is not null;--> statement-breakpoint
CREATE INDEX `cases_archived` ON `cases` (`archived_at`,`id`) WHERE archived_at is not null;--> statement-breakpoint
CREATE INDEX `cases_applicant` ON `cases` (`applicant_id`);--> statement-breakpoint
CREATE INDEX `cases_external` ON `cases` (`external_number`) WHERE external_number is not null;--> statement-breakpoint
CREATE INDEX `cases_linked` ON `cases` (`linked_case_id`) WHERE linked_case_id is not null;--> statement-breakpoint
CREATE INDEX `cases_due` ON `cases` (`state`,`due_at`);--> statement-breakpoint
CREATE TABLE `chats` (
	`chat_id` text PRIMARY KEY NOT NULL,
	`private_chat_id` text,
	`mode` text NOT NULL,
	`name` text NOT NULL,
	`joined` integer NOT NULL,
	`greeted_at` integer
);
--> statement-breakpoint
CREATE TABLE `cron_marks` (
	`job` text PRIMARY KEY NOT NULL,
	`checked_until` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `cron_runs` (
	`job` text NOT NULL,
	`slot` integer NOT NULL,
	`ran_at` integer NOT NULL,
	`status` text NOT NULL,
	PRIMARY KEY(`job`, `slot`)
);
--> statement-breakpoint
CREATE TABLE `drafts` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`agent_id` integer NOT NULL,
	`content_sealed` text NOT NULL,
	`shared` integer NOT NULL,
	`case_id` integer,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`agent_id`) REFERENCES `agents`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `evidence_places` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`unit_id` integer NOT NULL,
	`kind` text NOT NULL,
	`ref` text NOT NULL,
	`wrapped_key` text NOT NULL,
	FOREIGN KEY (`unit_id`) REFERENCES `units`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `evidence_places_ref` ON `evidence_places` (`unit_id`,`kind`,`ref`);--> statement-breakpoint
CREATE TABLE `follow_up_checks` (
	`case_id` integer PRIMARY KEY NOT NULL,
	`drawn_at` integer NOT NULL,
	`result` text,
	`checked_at` integer,
	`checked_by_id` integer,
	FOREIGN KEY (`case_id`) REFERENCES `cases`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`checked_by_id`) REFERENCES `agents`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `follow_up_checks_open` ON `follow_up_checks` (`drawn_at`,`case_id`) WHERE checked_at is null;--> statement-breakpoint
CREATE TABLE `imports` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`agent_id` integer NOT NULL,
	`message_id` text NOT NULL,
	`state` text NOT NULL,
	`content_sealed` text NOT NULL,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`agent_id`) REFERENCES `agents`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `imports_message_id_unique` ON `imports` (`message_id`);--> statement-breakpoint
CREATE INDEX `imports_arrived` ON `imports` (`id`) WHERE state = 'arrived';--> statement-breakpoint
CREATE TABLE `inbox` (
	`key` text PRIMARY KEY NOT NULL,
	`kind` text NOT NULL,
	`received_at` integer NOT NULL,
	`status` text NOT NULL,
	`answer_sealed` text
);
--> statement-breakpoint
CREATE INDEX `inbox_received` ON `inbox` (`received_at`);--> statement-breakpoint
CREATE TABLE `information_adoptions` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`unit_id` integer NOT NULL,
	`piece_id` integer,
	`kind` text NOT NULL,
	`times` integer NOT NULL,
	`day` text NOT NULL,
	`half` text NOT NULL,
	`recorded_at` integer NOT NULL,
	`recorded_by_id` integer NOT NULL,
	`undone_at` integer,
	`undone_by_id` integer,
	`undo_reason_sealed` text,
	FOREIGN KEY (`unit_id`) REFERENCES `units`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`piece_id`) REFERENCES `information_pieces`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`recorded_by_id`) REFERENCES `agents`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`undone_by_id`) REFERENCES `agents`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `information_adoptions_half` ON `information_adoptions` (`half`,`unit_id`);--> statement-breakpoint
CREATE UNIQUE INDEX `information_adoptions_once` ON `information_adoptions` (`piece_id`,`kind`) WHERE undone_at is null and piece_id is not null;--> statement-breakpoint
CREATE TABLE `information_pieces` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`unit_id` integer NOT NULL,
	`agent_id` integer NOT NULL,
	`kind` text NOT NULL,
	`title_sealed` text NOT NULL,
	`body_sealed` text NOT NULL,
	`day` text NOT NULL,
	`half` text NOT NULL,
	`filed_at` integer NOT NULL,
	FOREIGN KEY (`unit_id`) REFERENCES `units`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`agent_id`) REFERENCES `agents`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `information_pieces_half` ON `information_pieces` (`half`,`unit_id`);--> statement-breakpoint
CREATE TABLE `information_points` (
	`banner_id` integer NOT NULL,
	`kind` text NOT NULL,
	`from_day` text NOT NULL,
	`points` integer NOT NULL,
	PRIMARY KEY(`banner_id`, `kind`, `from_day`),
	FOREIGN KEY (`banner_id`) REFERENCES `units`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `information_rankings` (
	`banner_id` integer NOT NULL,
	`half` text NOT NULL,
	`version` integer NOT NULL,
	`rows` text NOT NULL,
	`reason_sealed` text,
	`opened_at` integer,
	`opened_by_id` integer,
	`published_at` integer,
	`published_by_id` integer,
	PRIMARY KEY(`banner_id`, `half`, `version`),
	FOREIGN KEY (`banner_id`) REFERENCES `units`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`opened_by_id`) REFERENCES `agents`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`published_by_id`) REFERENCES `agents`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `item_versions` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`item_id` integer NOT NULL,
	`effective_day` text NOT NULL,
	`until_day` text,
	`department` text NOT NULL,
	`department_unit_id` integer,
	`levels` text NOT NULL,
	`assist_type` text NOT NULL,
	`working_days` integer,
	`materials` text NOT NULL,
	`guide` text DEFAULT '' NOT NULL,
	`active` integer DEFAULT true NOT NULL,
	`made_at` integer NOT NULL,
	`made_by` integer,
	`withdrawn_at` integer,
	`told_at` integer,
	FOREIGN KEY (`item_id`) REFERENCES `service_items`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`department_unit_id`) REFERENCES `units`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`made_by`) REFERENCES `agents`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `item_versions_untold` ON `item_versions` (`id`) WHERE told_at is null;--> statement-breakpoint
CREATE INDEX `item_versions_item` ON `item_versions` (`item_id`,`effective_day`);--> statement-breakpoint
CREATE INDEX `item_versions_department` ON `item_versions` (`department_unit_id`);--> statement-breakpoint
CREATE TABLE `ledger_entries` (
	`town_id` integer NOT NULL,
	`seq` integer NOT NULL,
	`case_id` integer,
	`at` integer NOT NULL,
	`actor_kind` text NOT NULL,
	`actor_id` text NOT NULL,
	`unit_id` integer,
	`kind` text NOT NULL,
	`payload` text NOT NULL,
	`sealed` text,
	`prev_hash` text NOT NULL,
	`hash` text NOT NULL,
	`signature` text NOT NULL,
	PRIMARY KEY(`town_id`, `seq`)
);
--> statement-breakpoint
CREATE INDEX `ledger_case` ON `ledger_entries` (`case_id`,`seq`);--> statement-breakpoint
CREATE INDEX `ledger_returns` ON `ledger_entries` (`town_id`,`at`) WHERE kind = 'return';--> statement-breakpoint
CREATE TABLE `ledger_heads` (
	`town_id` integer PRIMARY KEY NOT NULL,
	`seq` integer NOT NULL,
	`hash` text NOT NULL,
	`key_id` integer NOT NULL,
	`signature` text NOT NULL,
	FOREIGN KEY (`key_id`) REFERENCES `ledger_keys`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `ledger_keys` (
	`id` integer PRIMARY KEY NOT NULL,
	`public_key` text NOT NULL,
	`private_key_sealed` text NOT NULL,
	`made_at` integer NOT NULL,
	`retired_at` integer
);
--> statement-breakpoint
CREATE UNIQUE INDEX `ledger_keys_public_key_unique` ON `ledger_keys` (`public_key`);--> statement-breakpoint
CREATE TABLE `living_cards` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`subject` text NOT NULL,
	`subject_id` integer NOT NULL,
	`target` text NOT NULL,
	`agent_id` integer,
	`message_id` text,
	`posted_at` integer NOT NULL,
	`retired_at` integer,
	FOREIGN KEY (`agent_id`) REFERENCES `agents`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `living_cards_subject` ON `living_cards` (`subject`,`subject_id`,`target`);--> statement-breakpoint
CREATE INDEX `living_cards_message` ON `living_cards` (`message_id`);--> statement-breakpoint
CREATE INDEX `living_cards_private` ON `living_cards` (`agent_id`) WHERE agent_id is not null and retired_at is null;--> statement-breakpoint
CREATE TABLE `monthly_reports` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`town_id` integer NOT NULL,
	`month` text NOT NULL,
	`version` integer,
	`submitted_at` integer,
	`submitted_by` integer,
	`late` integer,
	`overdue` integer DEFAULT false NOT NULL,
	`urged_at` integer,
	FOREIGN KEY (`town_id`) REFERENCES `units`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`submitted_by`) REFERENCES `agents`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `monthly_reports_town_month` ON `monthly_reports` (`town_id`,`month`);--> statement-breakpoint
CREATE TABLE `outbox` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`uuid` text NOT NULL,
	`lane` text NOT NULL,
	`target` text NOT NULL,
	`operation` text NOT NULL,
	`message_id` text,
	`living_card_id` integer,
	`content_sealed` text NOT NULL,
	`dedupe_key` text,
	`status` text NOT NULL,
	`available_at` integer NOT NULL,
	`attempts` integer DEFAULT 0 NOT NULL,
	`created_at` integer NOT NULL,
	`settled_at` integer,
	`unconfirmed_since` integer,
	`error` text,
	FOREIGN KEY (`living_card_id`) REFERENCES `living_cards`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `outbox_unsent` ON `outbox` (`status`,`created_at`) WHERE status <> 'sent';--> statement-breakpoint
CREATE INDEX `outbox_settled` ON `outbox` (`settled_at`) WHERE settled_at is not null;--> statement-breakpoint
CREATE INDEX `outbox_lane` ON `outbox` (`lane`,`id`) WHERE settled_at is null;--> statement-breakpoint
CREATE INDEX `outbox_due` ON `outbox` (`available_at`,`id`) WHERE settled_at is null;--> statement-breakpoint
CREATE UNIQUE INDEX `outbox_dedupe` ON `outbox` (`dedupe_key`) WHERE status = 'waiting' and dedupe_key is not null;--> statement-breakpoint
CREATE TABLE `paper_rounds` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`agent_id` integer NOT NULL,
	`case_id` integer,
	`place_id` integer,
	`material` text,
	`until` integer NOT NULL,
	`ended_at` integer,
	FOREIGN KEY (`agent_id`) REFERENCES `agents`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`case_id`) REFERENCES `cases`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`place_id`) REFERENCES `evidence_places`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `paper_rounds_agent` ON `paper_rounds` (`agent_id`) WHERE ended_at is null;--> statement-breakpoint
CREATE INDEX `paper_rounds_until` ON `paper_rounds` (`until`) WHERE ended_at is null;--> statement-breakpoint
CREATE TABLE `papers` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`round_id` integer NOT NULL,
	`case_id` integer,
	`place_id` integer,
	`message_id` text NOT NULL,
	`resource_key` text NOT NULL,
	`kind` text NOT NULL,
	`state` text NOT NULL,
	`problem` text,
	`file_name` text NOT NULL,
	`type` text,
	`bytes` integer,
	`hash` text,
	`material` text,
	`attempts` integer DEFAULT 0 NOT NULL,
	`available_at` integer NOT NULL,
	`created_at` integer NOT NULL,
	`settled_at` integer,
	FOREIGN KEY (`round_id`) REFERENCES `paper_rounds`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`case_id`) REFERENCES `cases`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`place_id`) REFERENCES `evidence_places`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `papers_file_name_unique` ON `papers` (`file_name`);--> statement-breakpoint
CREATE UNIQUE INDEX `papers_resource` ON `papers` (`message_id`,`resource_key`);--> statement-breakpoint
CREATE INDEX `papers_case` ON `papers` (`case_id`,`id`);--> statement-breakpoint
CREATE INDEX `papers_place` ON `papers` (`place_id`) WHERE place_id is not null;--> statement-breakpoint
CREATE INDEX `papers_round` ON `papers` (`round_id`,`id`);--> statement-breakpoint
CREATE INDEX `papers_due` ON `papers` (`available_at`,`id`) WHERE settled_at is null;--> statement-breakpoint
CREATE TABLE `readiness_answers` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`unit_id` integer NOT NULL,
	`check_name` text NOT NULL,
	`number` integer NOT NULL,
	`present` integer NOT NULL,
	`note_sealed` text,
	`day` text NOT NULL,
	`at` integer NOT NULL,
	`by_id` integer NOT NULL,
	FOREIGN KEY (`unit_id`) REFERENCES `units`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`by_id`) REFERENCES `agents`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `readiness_answers_number` ON `readiness_answers` (`unit_id`,`check_name`,`number`);--> statement-breakpoint
CREATE TABLE `readiness_lists` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`name` text NOT NULL,
	`from_day` text NOT NULL,
	`checks` text NOT NULL,
	`created_at` integer NOT NULL,
	`created_by` integer,
	FOREIGN KEY (`created_by`) REFERENCES `agents`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `report_texts` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`report_id` integer NOT NULL,
	`name` text NOT NULL,
	`words_sealed` text NOT NULL,
	`saved_at` integer NOT NULL,
	`saved_by` integer NOT NULL,
	FOREIGN KEY (`report_id`) REFERENCES `monthly_reports`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`saved_by`) REFERENCES `agents`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `report_texts_report_name` ON `report_texts` (`report_id`,`name`);--> statement-breakpoint
CREATE TABLE `report_versions` (
	`report_id` integer NOT NULL,
	`number` integer NOT NULL,
	`corrects` integer,
	`figures` text NOT NULL,
	`parts` text NOT NULL,
	`texts_sealed` text NOT NULL,
	`submitted_at` integer NOT NULL,
	`submitted_by` integer NOT NULL,
	`late` integer NOT NULL,
	`ledger_seq` integer NOT NULL,
	`ending` text,
	`ended_at` integer,
	`ended_by` integer,
	`reason_sealed` text,
	PRIMARY KEY(`report_id`, `number`),
	FOREIGN KEY (`report_id`) REFERENCES `monthly_reports`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`submitted_by`) REFERENCES `agents`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`ended_by`) REFERENCES `agents`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `roster` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`unit_id` integer NOT NULL,
	`name` text NOT NULL,
	`phone_sealed` text NOT NULL,
	`phone_hash` text NOT NULL,
	`employment` text NOT NULL,
	`identity` text NOT NULL,
	`lines` text NOT NULL,
	`items` text NOT NULL,
	`agent_id` integer,
	`active` integer DEFAULT true NOT NULL,
	FOREIGN KEY (`unit_id`) REFERENCES `units`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`agent_id`) REFERENCES `agents`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `roster_phone` ON `roster` (`phone_hash`);--> statement-breakpoint
CREATE INDEX `roster_unit` ON `roster` (`unit_id`,`active`);--> statement-breakpoint
CREATE TABLE `service_items` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`code` text NOT NULL,
	`number` integer,
	`main_item` text NOT NULL,
	`sub_item` text NOT NULL,
	`item_type` text NOT NULL,
	`common_names` text
);
--> statement-breakpoint
CREATE UNIQUE INDEX `service_items_code_unique` ON `service_items` (`code`);--> statement-breakpoint
CREATE TABLE `settings` (
	`key` text PRIMARY KEY NOT NULL,
	`value` text NOT NULL
);
--> statement-breakpoint
CREATE TABLE `stand_ins` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`absent_id` integer NOT NULL,
	`stand_in_id` integer NOT NULL,
	`from_day` text NOT NULL,
	`to_day` text NOT NULL,
	`named_by` integer NOT NULL,
	`named_at` integer NOT NULL,
	`ended_at` integer,
	FOREIGN KEY (`absent_id`) REFERENCES `agents`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`stand_in_id`) REFERENCES `agents`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `stand_ins_stand_in` ON `stand_ins` (`stand_in_id`,`to_day`);--> statement-breakpoint
CREATE INDEX `stand_ins_absent` ON `stand_ins` (`absent_id`,`to_day`);--> statement-breakpoint
CREATE TABLE `stat_counters` (
	`unit_id` integer NOT NULL,
	`dimension` text NOT NULL,
	`period` text NOT NULL,
	`key` text NOT NULL,
	`registered` integer DEFAULT 0 NOT NULL,
	`accepted` integer DEFAULT 0 NOT NULL,
	`accept_minutes` integer DEFAULT 0 NOT NULL,
	`returned` integer DEFAULT 0 NOT NULL,
	`returned_again` integer DEFAULT 0 NOT NULL,
	`escalated` integer DEFAULT 0 NOT NULL,
	`completed` integer DEFAULT 0 NOT NULL,
	`completed_on_time` integer DEFAULT 0 NOT NULL,
	`complete_minutes` integer DEFAULT 0 NOT NULL,
	`withdrawn` integer DEFAULT 0 NOT NULL,
	`delivered` integer DEFAULT 0 NOT NULL,
	`refused` integer DEFAULT 0 NOT NULL,
	`terminated` integer DEFAULT 0 NOT NULL,
	`rated_1` integer DEFAULT 0 NOT NULL,
	`rated_2` integer DEFAULT 0 NOT NULL,
	`rated_3` integer DEFAULT 0 NOT NULL,
	`rated_4` integer DEFAULT 0 NOT NULL,
	`rated_5` integer DEFAULT 0 NOT NULL,
	`accepted_now` integer DEFAULT 0 NOT NULL,
	`returned_now` integer DEFAULT 0 NOT NULL,
	`suspended_now` integer DEFAULT 0 NOT NULL,
	PRIMARY KEY(`unit_id`, `dimension`, `period`, `key`)
);
--> statement-breakpoint
CREATE TABLE `task_updates` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`line` integer NOT NULL,
	`unit_id` integer NOT NULL,
	`number` integer NOT NULL,
	`state` text NOT NULL,
	`text_sealed` text,
	`day` text NOT NULL,
	`at` integer NOT NULL,
	`by_id` integer NOT NULL,
	FOREIGN KEY (`line`) REFERENCES `tasks`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`unit_id`) REFERENCES `units`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`by_id`) REFERENCES `agents`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `task_updates_number` ON `task_updates` (`line`,`unit_id`,`number`);--> statement-breakpoint
CREATE INDEX `task_updates_unit` ON `task_updates` (`unit_id`,`line`,`number`);--> statement-breakpoint
CREATE TABLE `tasks` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`line` integer,
	`number` integer NOT NULL,
	`title` text NOT NULL,
	`responsible` text NOT NULL,
	`due_day` text,
	`ongoing` integer NOT NULL,
	`from_day` text NOT NULL,
	`until_day` text
);
--> statement-breakpoint
CREATE TABLE `unit_lists` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`unit_id` integer NOT NULL,
	`slot` integer NOT NULL,
	`name` text NOT NULL,
	`edition` text NOT NULL,
	`published_on` text NOT NULL,
	`made_at` integer NOT NULL,
	`made_by` integer NOT NULL,
	`file_state` text NOT NULL,
	`awaited_until` integer,
	`message_id` text,
	`resource_key` text,
	`resource_kind` text,
	`file_name` text,
	`ending` text,
	`wrapped_key` text,
	`bytes` integer,
	`hash` text,
	`attempts` integer DEFAULT 0 NOT NULL,
	`available_at` integer NOT NULL,
	FOREIGN KEY (`unit_id`) REFERENCES `units`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`made_by`) REFERENCES `agents`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `unit_lists_file_name_unique` ON `unit_lists` (`file_name`);--> statement-breakpoint
CREATE INDEX `unit_lists_unit` ON `unit_lists` (`unit_id`,`slot`,`id`);--> statement-breakpoint
CREATE INDEX `unit_lists_awaited` ON `unit_lists` (`made_by`) WHERE file_state = 'awaited';--> statement-breakpoint
CREATE INDEX `unit_lists_due` ON `unit_lists` (`available_at`,`id`) WHERE file_state = 'waiting';--> statement-breakpoint
CREATE TABLE `units` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`code` text NOT NULL,
	`level` text NOT NULL,
	`name` text NOT NULL,
	`center` text NOT NULL,
	`parent_id` integer,
	`town_number` integer,
	`population` integer,
	`name_mongolian` text,
	`chat_id` text,
	`active` integer DEFAULT true NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `units_code_unique` ON `units` (`code`);--> statement-breakpoint
CREATE INDEX `units_parent` ON `units` (`parent_id`);--> statement-breakpoint
CREATE INDEX `units_chat` ON `units` (`chat_id`);--> statement-breakpoint
-- The ledger is append-only: not even an administrator with the database file open changes an entry by a stray statement.
CREATE TRIGGER `ledger_entries_no_update` BEFORE UPDATE ON `ledger_entries`
BEGIN
	SELECT RAISE(ABORT, 'ledger_entries is append-only');
END;
--> statement-breakpoint
CREATE TRIGGER `ledger_entries_no_delete` BEFORE DELETE ON `ledger_entries`
BEGIN
	SELECT RAISE(ABORT, 'ledger_entries is append-only');
END;
--> statement-breakpoint
-- INSERT OR REPLACE takes the old row away without firing the trigger above.
CREATE TRIGGER `ledger_entries_no_replace` BEFORE INSERT ON `ledger_entries`
WHEN EXISTS (SELECT 1 FROM `ledger_entries` WHERE `town_id` = NEW.`town_id` AND `seq` = NEW.`seq`)
BEGIN
	SELECT RAISE(ABORT, 'ledger_entries is append-only');
END;
