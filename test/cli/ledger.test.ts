import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { agentReads } from '../../db/repositories/agent.ts';
import { itemReads } from '../../db/repositories/item.ts';
import { ledgerReads } from '../../db/repositories/ledger.ts';
import { unitWrites } from '../../db/repositories/unit.ts';
import { FIRST_DAY } from '../../src/domain/item-version.ts';
import { appendLedger } from '../../src/services/ledger/append.ts';
import { type Desk, openDesk } from './support.ts';

describe('ledger verify', () => {
  let desk: Desk;
  let townId: number;

  beforeEach(async () => {
    desk = await openDesk();
    townId = (await desk.unit('大雁镇')).id;
    for (let number = 1; number <= 5; number++) {
      await desk.write((ctx) => appendLedger(ctx, { townId, caseId: null, kind: 'export', payload: { number } }));
    }
  });

  afterEach(() => desk.close());

  const verify = () => desk.daiban('ledger verify');

  it('counts chains and entries of a whole ledger', async () => {
    // The banner's chain holds the appointment of the administrator.
    expect(await verify()).toEqual({
      code: 0,
      out: '台账：2 条链，核对了 6 条记录、0 件代办件。\nOK，全部完好。',
      err: '',
    });
  });

  it('needs the key of the database, and no credentials', async () => {
    const without = { LARK_APP_ID: undefined, LARK_APP_SECRET: undefined };
    expect((await desk.daiban('ledger verify', without)).code).toBe(0);
    expect((await desk.daiban('ledger verify', { ...without, DATA_KEY: undefined })).err).toContain('请设置 DATA_KEY');
  });

  it('says of another DATA_KEY that it is another, and nothing else', async () => {
    const { code, out, err } = await desk.daiban('ledger verify', { DATA_KEY: Buffer.alloc(32, 9).toString('base64') });
    expect({ code, out }).toEqual({ code: 1, out: '' });
    expect(err).toMatch(/^DATA_KEY 打不开已有的数据，.*$/);
  });

  it('works while the bot is in the middle of writing', async () => {
    let finish = () => {};
    const writing = desk.write(async (ctx) => {
      await unitWrites.setChat(ctx.tx, { unitId: townId, chatId: 'oc_town' });
      await new Promise<void>((done) => {
        finish = done;
      });
    });
    const result = await verify();
    finish();
    await writing;
    expect(result.code).toBe(0);
  });

  it('finds a change of any column of an entry, and of nothing but one', async () => {
    const [sample] = await desk.db.read((tx) => ledgerReads.page(tx, { townId, afterSeq: 2, limit: 1 }));
    const columns: string[] = [];
    desk.tamper((connection) => {
      for (const column of connection.pragma('table_info(ledger_entries)') as { name: string }[]) {
        columns.push(column.name);
      }
    });
    expect(columns).toHaveLength(Object.keys(sample ?? {}).length);
    for (const column of columns) {
      let before: unknown;
      const where = `where rowid = (select rowid from ledger_entries where town_id = ${townId} order by seq limit 1 offset 2)`;
      let rowid: unknown;
      desk.tamper((connection) => {
        const row = connection.prepare(`select rowid as id, ${column} as value from ledger_entries ${where}`).get();
        const { id, value } = row as { id: number; value: unknown };
        before = value;
        rowid = id;
        connection.prepare(`update ledger_entries set ${column} = ? where rowid = ?`).run(changed(value), id);
      });
      const { code, out, err } = await verify();
      expect({ column, code, ok: out.includes('OK') }).toEqual({ column, code: 1, ok: false });
      expect(err).toContain('大雁镇的台账');
      desk.tamper((connection) => {
        connection.prepare(`update ledger_entries set ${column} = ? where rowid = ?`).run(before, rowid);
      });
      expect({ column, code: (await verify()).code }).toEqual({ column, code: 0 });
    }
  });

  it('names the first entry of a chain that does not fit, and goes on with the other chains', async () => {
    const bannerId = (await desk.unit('鄂温克族自治旗')).id;
    desk.tamper((connection) => {
      connection.exec(`update ledger_entries set payload = '{}' where town_id = ${townId} and seq in (3, 4)`);
      connection.exec(`update ledger_entries set payload = '{}' where town_id = ${bannerId}`);
    });
    const { err } = await verify();
    expect(err.split('\n').slice(0, 2).sort()).toEqual([
      '大雁镇的台账：第 3 条被改动过',
      '鄂温克族自治旗的台账：第 1 条被改动过',
    ]);
    expect(err).toContain('备份');
  });

  it.each([
    ['an entry cut out', 'delete from ledger_entries where town_id = $town and seq = 2', '第 3 条前面缺了记录'],
    ['entries cut off the end', 'delete from ledger_entries where town_id = $town and seq > 3', '链尾对不上'],
    ['all entries gone', 'delete from ledger_entries where town_id = $town', '链尾对不上'],
    [
      'an entry slipped in before the first',
      'insert into ledger_entries select town_id, 0, case_id, at, actor_kind, actor_id, unit_id, kind, payload, sealed, prev_hash, hash, signature from ledger_entries where town_id = $town and seq = 1',
      '第 0 条前面缺了记录',
    ],
    ['a head gone', 'delete from ledger_heads where town_id = $town', '链尾对不上'],
    ['a head changed', "update ledger_heads set hash = '0' where town_id = $town", '链尾对不上'],
    [
      'two entries exchanged',
      'update ledger_entries set seq = case seq when 2 then 30 when 3 then 2 end where town_id = $town and seq in (2, 3)',
      '第 2 条和前一条接不上',
    ],
  ])('finds %s', async (_what, statement, words) => {
    desk.tamper((connection) => connection.exec(statement.replaceAll('$town', String(townId))));
    const { code, err } = await verify();
    expect(code).toBe(1);
    expect(err).toContain(words);
  });

  it('finds a case that nobody registered, though its applicant is nowhere', async () => {
    const agentId = (await desk.db.read((tx) => agentReads.activeAdmins(tx)))[0]?.id;
    const item = (await desk.db.read((tx) => itemReads.active(tx, FIRST_DAY)))[0];
    const row = {
      ...{ case_number: '26-02-00001', state: 'completed', version: 1, applicant_id: 999 },
      ...{ item_id: item?.id, item_version_id: item?.versionId },
      ...{ assist_type: 'local', way: 'counter', town_id: townId, residence_unit_id: townId },
      ...{
        registering_unit_id: townId,
        registrar_id: agentId,
        keeper_id: agentId,
        holder_unit_id: townId,
        origin_target: 'oc_x',
      },
      ...{ registered_at: 1, registered_day: '2026-11-23', promised_days: 5 },
    };
    desk.tamper((connection) => {
      connection.pragma('foreign_keys = OFF');
      const names = Object.keys(row);
      const values = names.map((name) => `@${name}`);
      connection.prepare(`insert into cases (${names.join(', ')}) values (${values.join(', ')})`).run(row);
    });
    const { code, err } = await verify();
    expect([code, err.split('\n')[0]]).toEqual([1, '代办件 26-02-00001：台账里没有它的登记记录']);
  });

  it.each(['ledger', 'ledger repair', 'ledger verify now'])('refuses %j', async (line) => {
    expect(await desk.daiban(line)).toMatchObject({
      code: 1,
      err: expect.stringContaining('用法：npm run daiban -- ledger'),
    });
  });
});

describe('ledger export and rotate-key', () => {
  let desk: Desk;

  beforeEach(async () => {
    desk = await openDesk();
  });

  afterEach(() => desk.close());

  const publicKeys = () => desk.db.read((tx) => ledgerReads.keys(tx)).then((keys) => keys.map((key) => key.publicKey));

  it('prints the export, or writes it to a file for its owner alone, over no other', async () => {
    const printed = await desk.daiban('ledger export');
    expect(printed.code).toBe(0);
    const [header = '', ...lines] = printed.out.split('\n');
    expect(JSON.parse(header)).toEqual({ format: 'daiban-ledger', version: 1, keys: await publicKeys() });
    expect(lines.map((line) => JSON.parse(line).kind ?? 'end')).toEqual(['makeAdmin', 'end']);
    const file = join(desk.folder, 'ledger.jsonl');
    const written = await desk.daiban(['ledger', 'export', file]);
    expect([written.code, written.out.split('\n')[0]]).toEqual([0, `已导出到 ${file}，里面没有群众的信息。`]);
    expect(readFileSync(file, 'utf8')).toBe(`${printed.out}\n`);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    const again = await desk.daiban(['ledger', 'export', file]);
    expect([again.code, again.err]).toEqual([1, `${file} 已经存在，没有覆盖；请换一个文件名。`]);
    const nowhere = await desk.daiban(['ledger', 'export', join(desk.folder, 'none', 'x')]);
    expect([nowhere.code, nowhere.err]).toEqual([1, expect.stringContaining('ENOENT')]);
  });

  it('keeps the key of books that do not agree: the new one would sign what was changed', async () => {
    desk.tamper((connection) => connection.exec("update ledger_heads set hash = 'x'"));
    const { code, err } = await desk.daiban('ledger rotate-key');
    expect([code, (await publicKeys()).length]).toEqual([1, 1]);
    expect(err).toContain('没有换密钥');
  });

  it('changes the key, says the new one, and the doctor shows it', async () => {
    const [old] = await publicKeys();
    const { code, out } = await desk.daiban('ledger rotate-key');
    const [, made] = await publicKeys();
    expect([code, out]).toEqual([0, expect.stringContaining(`新的公钥：${made}`)]);
    expect(made).not.toBe(old);
    expect((await desk.daiban('ledger verify')).code).toBe(0);
    expect((await desk.daiban('doctor')).out).toContain(`台账公钥：${made}（公钥指纹 `);
    expect((await desk.daiban(['ledger', 'rotate-key', 'now'])).code).toBe(1);
    expect((await desk.daiban(['ledger', 'export', '--witness', 'x'])).code).toBe(1);
  });
});

/** A text that differs in one bit of its last letter; a number that no neighbour has. */
function changed(value: unknown): unknown {
  if (typeof value === 'number') return value + 1000;
  if (typeof value !== 'string') return 1;
  const last = value.at(-1) ?? '';
  return value.slice(0, -1) + String.fromCharCode(last.charCodeAt(0) ^ 1);
}
