-- The finer counters are made again from the ledger at the next start: the old ones cannot be divided.
TRUNCATE "stat_counters";--> statement-breakpoint
ALTER TABLE "stat_counters" DROP CONSTRAINT "stat_counters_unit_id_dimension_day_pk";--> statement-breakpoint
ALTER TABLE "stat_counters" ADD COLUMN "period" text NOT NULL;--> statement-breakpoint
ALTER TABLE "stat_counters" ADD COLUMN "key" text NOT NULL;--> statement-breakpoint
ALTER TABLE "stat_counters" ADD COLUMN "rated_1" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "stat_counters" ADD COLUMN "rated_2" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "stat_counters" ADD COLUMN "rated_3" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "stat_counters" ADD COLUMN "rated_4" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "stat_counters" ADD COLUMN "rated_5" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "stat_counters" ADD COLUMN "accepted_now" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "stat_counters" ADD COLUMN "returned_now" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "stat_counters" ADD CONSTRAINT "stat_counters_unit_id_dimension_period_key_pk" PRIMARY KEY("unit_id","dimension","period","key");--> statement-breakpoint
CREATE INDEX "cases_unit_registered" ON "cases" USING btree ("registering_unit_id","registered_at");--> statement-breakpoint
CREATE INDEX "cases_unit_accepted" ON "cases" USING btree ("registering_unit_id","accepted_at") WHERE accepted_at is not null;--> statement-breakpoint
CREATE INDEX "cases_unit_completed" ON "cases" USING btree ("registering_unit_id","completed_at") WHERE completed_at is not null;--> statement-breakpoint
CREATE INDEX "cases_unit_rated" ON "cases" USING btree ("registering_unit_id","followed_up_at") WHERE followed_up_at is not null;--> statement-breakpoint
CREATE INDEX "cases_unit_withdrawn" ON "cases" USING btree ("registering_unit_id","withdrawn_at") WHERE withdrawn_at is not null;--> statement-breakpoint
CREATE INDEX "ledger_returns" ON "ledger_entries" USING btree ("town_id","at") WHERE kind = 'return';--> statement-breakpoint
ALTER TABLE "stat_counters" DROP COLUMN "day";--> statement-breakpoint
ALTER TABLE "stat_counters" DROP COLUMN "rated";--> statement-breakpoint
ALTER TABLE "stat_counters" DROP COLUMN "rated_satisfied";--> statement-breakpoint
ALTER TABLE "stat_counters" DROP COLUMN "rating_points";