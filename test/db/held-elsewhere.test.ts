/** What people get while another program holds the SQLite file, and while nothing can be saved at all. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Database } from '../../db/database.ts';
import { TransactionBusy } from '../../db/errors.ts';
import { openSqlite } from '../../db/sqlite/open.ts';
import { watchWrites } from '../../src/write-watch.ts';
import { type Office, openOffice } from '../support/office.ts';

const VILLAGE = 'oc_village';
const FORM = { way: 'counter', consent: true, residence: '', item: '' };

let folder: string;
let file: string;
let kept: Database;
let office: Office;
let fault: Error | undefined;
/** What the next transactions wait for. */
let gate: Promise<void> | undefined;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'daiban-held-'));
  file = join(folder, 'daiban.db');
  kept = openSqlite({ file });
  fault = undefined;
  gate = undefined;
  const db: Database = {
    ...kept,
    async write(work, options) {
      if (fault) throw fault;
      await gate;
      return kept.write(work, options);
    },
  };
  office = await openOffice({ db });
  await office.bindGroup(VILLAGE, '安达社区');
  await office.hire({ openId: 'ou_ada', name: '阿达', unit: '安达社区' });
  await office.says('ou_ada', '/登记 低保 张三丰 13800001234', VILLAGE);
  await office.settle();
});

afterEach(async () => {
  await office.close();
  rmSync(folder, { recursive: true, force: true });
});

const press = () => office.clicks('ou_ada', { target: VILLAGE, label: '提交登记', form: FORM });
const inbox = () => kept.read(async ({ q, t }) => (await q.select().from(t.inbox)).length);

it('a press on a card whose last press is still being dealt with is told so, and nothing of it is kept', async () => {
  const recorded = await inbox();
  let open = () => {};
  gate = new Promise((resolve) => {
    open = resolve;
  });
  const first = press();
  fault = new TransactionBusy(new Error('locked'));
  const second = await press();
  expect(second.toast).toEqual({ type: 'warning', content: '刚才点的还在办，请稍等；办好了，这张卡片会变' });
  fault = undefined;
  open();
  expect((await first).toast?.content).toContain('还没有登记');
  expect(await inbox()).toBe(recorded + 1);
  fault = new TransactionBusy(new Error('locked'));
  expect((await press()).toast?.content).toBe('现在忙，请再点一次');
});

describe('while another program holds the database', () => {
  it('a press is answered in time and can be made again, reading goes on, and a message comes again', async () => {
    const other = new Sqlite(file);
    const recorded = await inbox();
    other.exec('BEGIN IMMEDIATE');
    const watch = watchWrites(kept);
    const began = process.hrtime.bigint();
    const pressed = press();
    const said = office.says('ou_ada', '/待办', VILLAGE).then(
      () => 'answered',
      () => 'to be sent again',
    );
    expect(await inbox()).toBe(recorded);
    expect(await watch.writeProblem()).toBe('database is held by another program');
    // Both have been given up before the platform would.
    expect((await pressed).toast).toEqual({ type: 'warning', content: '现在忙，请再点一次' });
    expect(await said).toBe('to be sent again');
    expect(Number(process.hrtime.bigint() - began) / 1e6).toBeGreaterThan(2_000);
    other.exec('ROLLBACK');
    other.close();
    expect(await inbox()).toBe(recorded);
    expect(await watch.writeProblem()).toBeUndefined();
    expect((await press()).toast?.content).toContain('还没有登记');
  });
});

it.each([['SQLITE_FULL'], ['SQLITE_READONLY'], ['SQLITE_IOERR_WRITE'], ['ENOSPC'], [undefined]])(
  'a press that cannot be saved (%s) is told so, and the next one works',
  async (code) => {
    fault = Object.assign(new Error('no'), code === undefined ? {} : { code });
    expect((await press()).toast).toEqual({ type: 'warning', content: '现在不能保存，请稍后再点一次' });
    await expect(office.says('ou_ada', '/待办', VILLAGE)).rejects.toThrow('no');
    expect(office.app.isLosingAll()).toBe(false);
    await press();
    expect(office.app.isLosingAll()).toBe(true);
    fault = undefined;
    expect((await press()).toast?.content).toContain('还没有登记');
    expect(office.app.isLosingAll()).toBe(false);
  },
);
