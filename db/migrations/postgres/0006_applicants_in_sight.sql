-- Every applicant is of one case; its columns are copied. 0 is of nobody: there is no applicant without a case.
DROP INDEX "applicants_name";--> statement-breakpoint
DROP INDEX "applicants_phone";--> statement-breakpoint
DROP INDEX "applicants_phone_tail";--> statement-breakpoint
ALTER TABLE "applicants" ADD COLUMN "town_id" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "applicants" ADD COLUMN "registering_unit_id" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "applicants" ADD COLUMN "registrar_id" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "applicants" ADD COLUMN "holder_unit_id" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
UPDATE "applicants" SET "town_id" = "cases"."town_id", "registering_unit_id" = "cases"."registering_unit_id", "registrar_id" = "cases"."registrar_id", "holder_unit_id" = "cases"."holder_unit_id" FROM "cases" WHERE "cases"."applicant_id" = "applicants"."id";--> statement-breakpoint
ALTER TABLE "applicants" ALTER COLUMN "town_id" DROP DEFAULT;--> statement-breakpoint
ALTER TABLE "applicants" ALTER COLUMN "registering_unit_id" DROP DEFAULT;--> statement-breakpoint
ALTER TABLE "applicants" ALTER COLUMN "registrar_id" DROP DEFAULT;--> statement-breakpoint
ALTER TABLE "applicants" ALTER COLUMN "holder_unit_id" DROP DEFAULT;--> statement-breakpoint
CREATE INDEX "applicants_name" ON "applicants" USING btree ("name_hash","id","town_id","registering_unit_id","registrar_id","holder_unit_id");--> statement-breakpoint
CREATE INDEX "applicants_phone" ON "applicants" USING btree ("phone_hash","id","town_id","registering_unit_id","registrar_id","holder_unit_id");--> statement-breakpoint
CREATE INDEX "applicants_phone_tail" ON "applicants" USING btree ("phone_tail_hash","id","town_id","registering_unit_id","registrar_id","holder_unit_id");