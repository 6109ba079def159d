ALTER TABLE "outbox" DROP CONSTRAINT "outbox_uuid_unique";--> statement-breakpoint
DROP INDEX "applicants_phone";