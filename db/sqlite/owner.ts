import { chownSync, statSync } from 'node:fs';

/**
 * Gives a new file to whom another belongs. Only the machine's administrator can, and only then it matters: what `sudo` makes beside the
 * database could not be opened by the bot afterwards.
 */
export function ownAs(path: string, other: string): void {
  if (process.getuid?.() !== 0) return;
  const { uid, gid } = statSync(other);
  chownSync(path, uid, gid);
}
