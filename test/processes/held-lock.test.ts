/** A lock on PostgreSQL that somebody else holds: those who need it are told early, the others go on. */
import pg from 'pg';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Database } from '../../db/database.ts';
import { initialChoices } from '../jobs/support.ts';
import { createPostgresDatabase, openPatiently } from '../support/databases.ts';
import { type Office, openOffice, wordsOf } from '../support/office.ts';

const VILLAGE = 'oc_village';
/** The platform shows what comes within three seconds; the rest is for a busy machine. A minute later the server itself would give up. */
const ANSWERED_MS = 30_000;

let office: Office;
let db: Database;
let drop: () => Promise<void>;
let other: pg.Client;

beforeEach(async () => {
  const created = await createPostgresDatabase();
  drop = created.drop;
  db = await openPatiently({ url: created.url });
  other = new pg.Client({ connectionString: created.url });
  await other.connect();
  office = await openOffice({ db });
  await office.bindGroup(VILLAGE, '安达社区');
  await office.hire({ openId: 'ou_ada', name: '阿达', unit: '安达社区' });
  for (let n = 0; n < 8; n++)
    await office.says('ou_ada', `/登记 低保 张三${'甲乙丙丁戊己庚辛'.charAt(n)} 1380000000${n}`, VILLAGE);
  await office.settle();
});

afterEach(async () => {
  await other.end();
  await office.close();
  await drop();
});

it('presses are answered with a toast, nothing of them is done later, and the next press works', async () => {
  await other.query('BEGIN; LOCK TABLE ledger_heads IN ACCESS EXCLUSIVE MODE');
  const forms = office.posted.filter(({ card }) => wordsOf(card).includes('提交登记'));
  expect(forms).toHaveLength(8);
  const press = (form: (typeof forms)[number]) =>
    office.clicks('ou_ada', {
      target: VILLAGE,
      label: '提交登记',
      form: { ...initialChoices(form.card), consent: true },
      on: form,
    });
  const began = performance.now();
  const answers = await Promise.all(forms.map(press));
  expect(performance.now() - began).toBeLessThan(ANSWERED_MS);
  expect(answers.map(({ toast }) => toast?.content)).toEqual(forms.map(() => '现在忙，请再点一次'));
  await office.says('ou_ada', '/帮助', VILLAGE);
  await other.query('ROLLBACK');
  expect(await db.read(async ({ q, t }) => q.select().from(t.cases))).toEqual([]);
  const [form] = forms;
  expect((await (form && press(form)))?.toast?.content).toMatch(/^登记成功/);
});
