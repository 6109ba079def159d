DROP INDEX `outbox_lane`;--> statement-breakpoint
CREATE INDEX `outbox_alone` ON `outbox` (`available_at`,`id`) WHERE settled_at is null and lane = dedupe_key;--> statement-breakpoint
CREATE INDEX `outbox_lane` ON `outbox` (`lane`,`id`) WHERE settled_at is null and lane is distinct from dedupe_key;