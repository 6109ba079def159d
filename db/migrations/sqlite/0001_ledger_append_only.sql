-- The ledger is append-only: not even an administrator with the database file open changes an entry by a stray statement.
CREATE TRIGGER `ledger_entries_no_update` BEFORE UPDATE ON `ledger_entries`
BEGIN
	SELECT RAISE(ABORT, 'ledger_entries is append-only');
END;
--> statement-breakpoint
CREATE TRIGGER `ledger_entries_no_delete` BEFORE DELETE ON `ledger_entries`
BEGIN
	SELECT RAISE(ABORT, 'ledger_entries is append-only');
END;
--> statement-breakpoint
-- INSERT OR REPLACE takes the old row away without firing the trigger above.
CREATE TRIGGER `ledger_entries_no_replace` BEFORE INSERT ON `ledger_entries`
WHEN EXISTS (SELECT 1 FROM `ledger_entries` WHERE `town_id` = NEW.`town_id` AND `seq` = NEW.`seq`)
BEGIN
	SELECT RAISE(ABORT, 'ledger_entries is append-only');
END;
