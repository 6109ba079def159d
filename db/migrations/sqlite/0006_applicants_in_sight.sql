-- Every applicant is of one case; its columns are copied. 0 is of nobody: there is no applicant without a case.
DROP INDEX `applicants_name`;--> statement-breakpoint
DROP INDEX `applicants_phone`;--> statement-breakpoint
DROP INDEX `applicants_phone_tail`;--> statement-breakpoint
ALTER TABLE `applicants` ADD `town_id` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE `applicants` ADD `registering_unit_id` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE `applicants` ADD `registrar_id` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE `applicants` ADD `holder_unit_id` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
UPDATE `applicants` SET `town_id` = `cases`.`town_id`, `registering_unit_id` = `cases`.`registering_unit_id`, `registrar_id` = `cases`.`registrar_id`, `holder_unit_id` = `cases`.`holder_unit_id` FROM `cases` WHERE `cases`.`applicant_id` = `applicants`.`id`;--> statement-breakpoint
CREATE INDEX `applicants_name` ON `applicants` (`name_hash`,`id`,`town_id`,`registering_unit_id`,`registrar_id`,`holder_unit_id`);--> statement-breakpoint
CREATE INDEX `applicants_phone` ON `applicants` (`phone_hash`,`id`,`town_id`,`registering_unit_id`,`registrar_id`,`holder_unit_id`);--> statement-breakpoint
CREATE INDEX `applicants_phone_tail` ON `applicants` (`phone_tail_hash`,`id`,`town_id`,`registering_unit_id`,`registrar_id`,`holder_unit_id`);