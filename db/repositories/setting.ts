import { eq, inArray } from 'drizzle-orm';
import type { Tx } from '../database.ts';

export const settingReads = {
  /** The stored value, unparsed; undefined when it was never set. */
  async get({ q, t }: Tx, key: string): Promise<unknown> {
    return (await q.select().from(t.settings).where(eq(t.settings.key, key)))[0]?.value;
  },

  /** The stored values of those that were ever set, unparsed, by key. */
  async some({ q, t }: Tx, keys: readonly string[]): Promise<Map<string, unknown>> {
    const rows = await q
      .select()
      .from(t.settings)
      .where(inArray(t.settings.key, [...keys]));
    return new Map(rows.map(({ key, value }) => [key, value]));
  },
};

export const settingWrites = {
  /** The stored value, unparsed, which nobody else changes until the transaction ends; undefined when it was never set. */
  async take({ q, t, forUpdate }: Tx, key: string): Promise<unknown> {
    return (await forUpdate(q.select().from(t.settings).where(eq(t.settings.key, key))))[0]?.value;
  },

  /** Leaves a value that is there as it is. */
  async addIfMissing({ q, t }: Tx, setting: { key: string; value: unknown }): Promise<void> {
    await q.insert(t.settings).values(setting).onConflictDoNothing();
  },

  async set({ q, t }: Tx, setting: { key: string; value: unknown }): Promise<void> {
    await q
      .insert(t.settings)
      .values(setting)
      .onConflictDoUpdate({ target: t.settings.key, set: { value: setting.value } });
  },
};
