DROP INDEX "outbox_lane";--> statement-breakpoint
CREATE INDEX "outbox_lane" ON "outbox" USING btree ("lane","id") WHERE settled_at is null;