DROP INDEX "cases_registrar";--> statement-breakpoint
DROP INDEX "cases_holder";--> statement-breakpoint
DROP INDEX "cases_registering";--> statement-breakpoint
DROP INDEX "cases_external";--> statement-breakpoint
CREATE INDEX "cases_holder" ON "cases" USING btree ("holder_unit_id","state",(case when accept_by is null then due_at else accept_by end));--> statement-breakpoint
CREATE INDEX "cases_registering" ON "cases" USING btree ("registering_unit_id","state","id");--> statement-breakpoint
CREATE INDEX "cases_external" ON "cases" USING btree ("external_number") WHERE external_number is not null;