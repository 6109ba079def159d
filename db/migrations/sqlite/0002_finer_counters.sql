-- The finer counters are made again from the ledger at the next start: the old ones cannot be divided.
DROP TABLE `stat_counters`;--> statement-breakpoint
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
	`rated_1` integer DEFAULT 0 NOT NULL,
	`rated_2` integer DEFAULT 0 NOT NULL,
	`rated_3` integer DEFAULT 0 NOT NULL,
	`rated_4` integer DEFAULT 0 NOT NULL,
	`rated_5` integer DEFAULT 0 NOT NULL,
	`accepted_now` integer DEFAULT 0 NOT NULL,
	`returned_now` integer DEFAULT 0 NOT NULL,
	PRIMARY KEY(`unit_id`, `dimension`, `period`, `key`)
);
--> statement-breakpoint
CREATE INDEX `cases_unit_registered` ON `cases` (`registering_unit_id`,`registered_at`);--> statement-breakpoint
CREATE INDEX `cases_unit_accepted` ON `cases` (`registering_unit_id`,`accepted_at`) WHERE accepted_at is not null;--> statement-breakpoint
CREATE INDEX `cases_unit_completed` ON `cases` (`registering_unit_id`,`completed_at`) WHERE completed_at is not null;--> statement-breakpoint
CREATE INDEX `cases_unit_rated` ON `cases` (`registering_unit_id`,`followed_up_at`) WHERE followed_up_at is not null;--> statement-breakpoint
CREATE INDEX `cases_unit_withdrawn` ON `cases` (`registering_unit_id`,`withdrawn_at`) WHERE withdrawn_at is not null;--> statement-breakpoint
CREATE INDEX `ledger_returns` ON `ledger_entries` (`town_id`,`at`) WHERE kind = 'return';