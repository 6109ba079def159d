/** The invented years of the scale bench are what the product itself would have left. SQLite only: the rows are written in bulk. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { generate } from '../../bench/scale/generate.ts';
import type { Database } from '../../db/database.ts';
import { openSqlite } from '../../db/sqlite/open.ts';
import { findCases } from '../../src/services/case/find.ts';
import { verifyLedger } from '../../src/services/ledger/verify.ts';
import { rebuildCounters } from '../../src/services/stats/rebuild.ts';
import { createVault } from '../../src/vault.ts';
import { differingCopies } from '../support/copies.ts';
import { ZONE } from '../support/office.ts';

const CASES = Number(process.env['SCALE_CASES'] ?? 2_000);
const vault = createVault(Buffer.alloc(32, 7));
const folder = mkdtempSync(join(tmpdir(), 'daiban-years-'));
let db: Database;

beforeAll(async () => {
  const file = join(folder, 'years.db');
  await generate({ file, vault, cases: CASES, league: false });
  db = openSqlite({ file });
});

afterAll(async () => {
  await db.close();
  rmSync(folder, { recursive: true });
});

describe('the invented years', () => {
  it('are as many cases as asked for, in every state in which many lie at once', async () => {
    const rows = await db.read(({ q, t }) => Promise.resolve(q.select({ state: t.cases.state }).from(t.cases)));
    expect(rows).toHaveLength(CASES);
    const states = new Set(rows.map(({ state }) => state));
    for (const state of ['forwarded', 'accepted', 'completed', 'delivered', 'archived', 'withdrawn'] as const) {
      expect(states).toContain(state);
    }
  });

  it('have a ledger whose chains stand, and rows that say the same', async () => {
    const check = await db.read((tx) => verifyLedger({ tx, vault }));
    expect(check).toMatchObject({ chains: 11, cases: CASES, faults: [] });
    expect(check.entries).toBeGreaterThan(6 * CASES);
  });

  it('have the counters that their ledger makes', async () => {
    const rebuilt = await db.read((tx) => rebuildCounters({ tx, zone: ZONE }, { write: false }));
    expect(rebuilt).toMatchObject({ cases: CASES, differences: 0 });
  });

  it('are of a banner with 60 villages and 300 agents', async () => {
    const { villages, agents } = await db.read(async ({ q, t }) => ({
      villages: (await q.select().from(t.units)).filter(({ level }) => level === 'village'),
      agents: await q.$count(t.agents),
    }));
    expect([villages.length, agents]).toEqual([60, 300]);
  });

  it('repeat in each applicant’s row whose their case is', async () => {
    const books = await db.read(async ({ q, t }) => ({
      cases: await q.select().from(t.cases),
      applicants: await q.select().from(t.applicants),
    }));
    expect(books.applicants).toHaveLength(CASES);
    expect(differingCopies(books)).toEqual([]);
  });

  it('hold residents whom the bot finds by name', async () => {
    const found = await db.read(async (tx) => {
      const [manager] = await tx.q.select().from(tx.t.agents).limit(1);
      const [unit] = await tx.q.select().from(tx.t.units).limit(1);
      if (!manager || !unit) throw new Error('nobody was hired');
      const staff = { agent: manager, unit };
      const ctx = {
        tx,
        vault,
        zone: ZONE,
        now: Date.UTC(2026, 10, 23, 2),
        actor: { kind: 'agent' as const, ...staff },
      };
      return findCases(ctx, { staff, text: '王秀英', shown: 10 });
    });
    expect(found.total).toBeGreaterThan(CASES / 1_000);
    expect(found.newest).toHaveLength(Math.min(10, found.total));
  });
});
