import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Database } from '../../db/database.ts';
import { itemReads } from '../../db/repositories/item.ts';
import { unitReads } from '../../db/repositories/unit.ts';
import { seed } from '../../db/seed/seed.ts';
import { openSqlite } from '../../db/sqlite/open.ts';
import { readConfig } from '../../src/config.ts';
import { FIRST_DAY } from '../../src/domain/item-version.ts';
import { createForgetter } from '../../src/forgetter.ts';
import { eraseApplicant } from '../../src/services/case/erase.ts';
import { type Office, openOffice, wordsOf } from '../support/office.ts';
import { ADA, ALLOWANCE, CLERK, TOWN, VILLAGE } from '../support/scene.ts';
import { KEY, run } from './support.ts';

const NAME = '欧阳乌兰图雅';
const PHONE = '13812340077';
const CASE = '26-01-00001';

let folder: string;
let file: string;
let db: Database;
let office: Office;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'daiban-erase-'));
  file = join(folder, 'daiban.db');
  db = openSqlite({ file });
  await db.write(seed);
  office = await openOffice({ db });
  await office.bindGroup(VILLAGE, '安达社区');
  await office.bindGroup(TOWN, '巴彦托海镇');
  await office.hire({ openId: ADA, name: '阿达', unit: '安达社区' });
  await office.hire({ openId: CLERK, name: '王芳', unit: '巴彦托海镇' });
  await office.says(ADA, `/登记 低保 ${NAME} ${PHONE}`, VILLAGE);
  await office.settle();
  const place = await db.read(async (tx) => ({
    residence: String((await unitReads.all(tx)).find((unit) => unit.name === '安达社区')?.id),
    item: String((await itemReads.active(tx, FIRST_DAY)).find((item) => item.subItem === ALLOWANCE)?.id),
  }));
  const person = { applicantName: NAME, phone: PHONE, remarks: `${NAME}行动不便` };
  const form = { ...person, ...place, way: 'counter', consent: true };
  await office.clicks(ADA, { target: VILLAGE, label: '提交登记', form });
  await office.settle();
  await office.clicks(CLERK, { target: TOWN, label: '退回补正', form: { note: `请${NAME}补户口本，电话${PHONE}` } });
  await office.clicks(ADA, { target: VILLAGE, label: '查看申请人' });
  await office.settle();
});
afterEach(async () => {
  await office.close();
  rmSync(folder, { recursive: true });
});

/** The command line beside a bot that has the file open. */
function erase(words: readonly string[]) {
  const environment = { DATABASE_URL: `file:${file}`, DATA_KEY: KEY.toString('base64') };
  return run(['erase', ...words], { readConfig: () => readConfig(environment), clock: office.clock });
}

/** What is personal in the applicant's row, and what the row's key seals elsewhere as the case's own. */
async function traces(): Promise<string[]> {
  const [row] = await db.read(async ({ q, t }) => q.select().from(t.applicants));
  const [record] = await db.read(async ({ q, t }) => q.select().from(t.cases));
  const personal = Object.entries(row ?? {}).filter(([name]) => /wrappedKey|Sealed$|Hash$/.test(name));
  const values = [...personal.map(([, value]) => value), record?.remarksSealed];
  return values.filter((value) => typeof value === 'string' && value !== '').map(String);
}

/** Which of the texts stand in any file beside the database. */
function found(texts: readonly string[]): string[] {
  const content = readdirSync(folder)
    .map((name) => join(folder, name))
    .map((path) => readFileSync(path));
  return texts.filter((text) => content.some((bytes) => bytes.includes(text)));
}

describe('erase', () => {
  it('leaves nothing of the person in any file, while the bot goes on', async () => {
    const personal = await traces();
    expect(personal.length).toBeGreaterThan(5);
    expect(found(personal)).toEqual(personal);
    const { code, out, err } = await erase([CASE, '--reason', '本人书面申请']);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toContain(`${CASE} 申请人的个人信息已删除`);
    expect(out).toMatch(/每天的保留 14 天，每月的保留 12 个月/);
    expect(found([...personal, NAME, PHONE, '欧阳', '0077'])).toEqual([]);
    await office.settle();
    expect(wordsOf(office.posted.findLast(({ target }) => target === TOWN)?.card)).toContain('（已删除）');
    const verify = await run('ledger verify', {
      readConfig: () => readConfig({ DATABASE_URL: `file:${file}`, DATA_KEY: KEY.toString('base64') }),
    });
    expect(verify).toMatchObject({ code: 0, err: '' });
  });

  it('names the old databases that a restore has left', async () => {
    writeFileSync(`${file}.before-restore-2026-11-20-100000`, '');
    const { out } = await erase([CASE, '--reason', '本人书面申请']);
    expect(out).toContain('daiban.db.before-restore-2026-11-20-100000');
  });

  it.each([
    [[], '用法'],
    [[CASE], '用法'],
    [[CASE, '--reason', ' 删 '], '请写明删除原因'],
    [[CASE, '--reason', '。。。。。'], '请写明删除原因'],
    [['26-01', '--reason', '本人书面申请'], '不是编号'],
    [['26-09-00009', '--reason', '本人书面申请'], '没有找到这个代办件'],
  ])('refuses %j', async (words, sentence) => {
    const { code, out, err } = await erase(words);
    expect({ code, out }).toEqual({ code: 1, out: '' });
    expect(err).toContain(sentence);
    expect((await traces()).length).toBeGreaterThan(5);
  });

  it('is done once', async () => {
    await erase([CASE, '--reason', '本人书面申请']);
    expect((await erase([CASE, '--reason', '本人书面申请'])).err).toContain('已按规定删除');
  });
});

describe('what the bot does after an administrator has erased somebody', () => {
  it('cuts the log within a minute, once nobody reads an older state', async () => {
    const personal = await traces();
    const ctx = { now: office.clock.now(), zone: 'Asia/Shanghai', vault: office.vault };
    const actor = { kind: 'system' as const, name: 'test' };
    await db.write((tx) => eraseApplicant({ ...ctx, tx, actor }, { caseId: 1, reason: '本人书面申请' }));
    expect(found(personal)).not.toEqual([]);
    const forgetter = createForgetter({ db, file });
    await forgetter.look();
    expect(found(personal)).toEqual([]);
  });
});
