import { pino } from 'pino';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Database } from '../../db/database.ts';
import { applicantWrites } from '../../db/repositories/applicant.ts';
import { buildApp } from '../../src/app.ts';
import { requireDataKey, settleDataKey, WrongDataKey } from '../../src/services/data-key/check.ts';
import { createVault } from '../../src/vault.ts';
import { emptyDatabase } from '../support/databases.ts';
import { noFiles } from '../support/no-files.ts';
import { openOffice, ZONE } from '../support/office.ts';

const right = createVault(Buffer.alloc(32, 7));
const wrong = createVault(Buffer.alloc(32, 8));

let db: Database;
beforeEach(() => {
  db = emptyDatabase();
});
afterEach(() => db.close());

const settle = (vault: typeof right) => db.write((tx) => settleDataKey(tx, vault));
const check = (vault: typeof right) => db.read((tx) => requireDataKey(tx, vault));

async function addApplicant(vault: typeof right): Promise<void> {
  const { wrappedKey } = vault.newApplicantKey();
  const whose = { townId: 1, registeringUnitId: 1, registrarId: 1, holderUnitId: 1 };
  const sealed = { nameSealed: 'x', phoneSealed: 'x' };
  await db.write((tx) => applicantWrites.insert(tx, { wrappedKey, ...sealed, ...whose }));
}

describe('the database’s DATA_KEY', () => {
  it('is the one of the first start, also before anybody has registered anything', async () => {
    await settle(right);
    await check(right);
    await expect(check(wrong)).rejects.toThrow(WrongDataKey);
    await expect(settle(wrong)).rejects.toThrow('请换回原来的密钥');
    await settle(right);
  });

  it('of two processes that begin with different keys at once one goes on', async () => {
    const outcomes = await Promise.allSettled([settle(right), settle(wrong), settle(right), settle(wrong)]);
    const fits = outcomes.map(({ status }) => status === 'fulfilled');
    expect(fits[0]).not.toBe(fits[1]);
    expect(fits.slice(2)).toEqual(fits.slice(0, 2));
  });

  it('is told by the applicants where a tool has filled the database', async () => {
    await addApplicant(right);
    await check(right);
    await expect(check(wrong)).rejects.toThrow(WrongDataKey);
    await expect(settle(wrong)).rejects.toThrow(WrongDataKey);
    await check(right);
  });
});

it('a start with another key writes nothing at all', async () => {
  const { db: used, clock, close } = await openOffice({ now: '2026-11-23T10:00' });
  const rows = () =>
    used.read(async ({ q, t }) => {
      const found = [];
      for (const table of [t.settings, t.agents, t.units, t.ledgerEntries]) found.push(await q.select().from(table));
      return found;
    });
  const before = await rows();
  const post = async () => ({ messageId: 'om_1' });
  const lark = { post, reply: post, update: async () => {}, ...noFiles };
  const log = pino({ level: 'silent' });
  const app = buildApp({ db: used, clock, log, lark, vault: wrong, zone: ZONE, adminOpenIds: ['ou_new'] });
  await expect(app.prepare()).rejects.toThrow(WrongDataKey);
  expect(await rows()).toEqual(before);
  await close();
});
