DROP INDEX "outbox_due";--> statement-breakpoint
CREATE INDEX "outbox_unsent" ON "outbox" USING btree ("status","created_at") WHERE status <> 'sent';--> statement-breakpoint
CREATE INDEX "outbox_sent" ON "outbox" USING btree ("settled_at") WHERE status = 'sent';--> statement-breakpoint
DROP INDEX "applicants_name";--> statement-breakpoint
DROP INDEX "applicants_phone_tail";--> statement-breakpoint
UPDATE "applicants" SET "name_hash" = substr("name_hash", 1, 11), "phone_hash" = substr("phone_hash", 1, 11), "phone_tail_hash" = substr("phone_tail_hash", 1, 11), "id_number_hash" = substr("id_number_hash", 1, 11);--> statement-breakpoint
CREATE INDEX "applicants_name" ON "applicants" USING btree ("name_hash","id","town_id","registering_unit_id","registrar_id","holder_unit_id");--> statement-breakpoint
CREATE INDEX "applicants_phone_tail" ON "applicants" USING btree ("phone_tail_hash","id","town_id","registering_unit_id","registrar_id","holder_unit_id");