DROP INDEX `applicants_phone`;--> statement-breakpoint
DROP INDEX `outbox_uuid_unique`;