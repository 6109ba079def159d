/** A fingerprint that stands in a chat, held against the chain by whoever runs the server. */
import { and, eq, gt } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import * as schema from '../../db/sqlite/tables.ts';
import { appendLedger } from '../../src/services/ledger/append.ts';
import { askWitness } from '../../src/services/ledger/witness.ts';
import { setUnitChat } from '../../src/services/unit/bind.ts';
import { wordsOf } from '../support/office.ts';
import { tamper } from '../support/tamper.ts';
import { type Desk, openDesk } from './support.ts';

describe('ledger verify --witness', () => {
  let desk: Desk;
  let townId: number;
  /** The card of one Friday, as it is copied from the chat. */
  let posted: string;

  beforeEach(async () => {
    desk = await openDesk();
    townId = (await desk.unit('大雁镇')).id;
    const unitId = (await desk.unit('鄂温克族自治旗')).id;
    await desk.write((ctx) => setUnitChat(ctx, { unitId, chatId: 'oc_banner' }));
    await addEntries(5);
    await desk.daiban('job weekly-digest --at 2026-11-20T16:00+08:00');
    await desk.app.dispatcher.drain();
    posted = wordsOf(desk.posted.find((one) => one.target === 'oc_banner')?.card);
    await addEntries(5);
  });

  afterEach(() => desk.close());

  async function addEntries(count: number): Promise<void> {
    for (let n = 0; n < count; n++) {
      await desk.write((ctx) => appendLedger(ctx, { townId, caseId: null, kind: 'export', payload: { n } }));
    }
  }

  async function ask(text: string) {
    return desk.daiban(['ledger', 'verify', '--witness', text]);
  }

  const line = () => /大雁镇：第\d+条 [0-9a-f]{16}/.exec(posted)?.[0] ?? '';

  it('says of a whole card that all of it still stands', async () => {
    expect(posted).toContain('台账指纹（2条链，共7条）');
    const { code, out, err } = await ask(posted);
    expect([code, err]).toEqual([0, '']);
    expect(out).toContain('大雁镇 第 5 条：和指纹一致');
    expect(out).toContain('鄂温克族自治旗 第 2 条：和指纹一致');
  });

  it.each([
    ['without line breaks', (text: string) => text.replaceAll('\n', ' ')],
    [
      'with full-width figures and capitals',
      (text: string) => text.replace(/第5条 (\S+)/, (_, hash: string) => `第５条 ${hash.toUpperCase()}`),
    ],
    ['with a half-width colon', (text: string) => text.replaceAll('：', ': ')],
    ['quoted by somebody', (text: string) => `> ${text.replaceAll('\n', '\n> ')}\n转发：请核对`],
  ])('takes it %s', async (_how, change) => {
    const { code, out, err } = await ask(change(posted));
    expect([code, err]).toEqual([0, '']);
    expect(out).toContain('大雁镇 第 5 条：和指纹一致');
  });

  it('takes the line of the key alone, whole or short', async () => {
    const [key = ''] = /公钥 \S+/.exec(posted) ?? [];
    expect(await ask(key)).toMatchObject({ code: 0, out: expect.stringContaining(`${key}：是这份台账的`) });
    const doctor = (await desk.daiban('doctor')).out;
    const [short = ''] = /公钥指纹 [0-9a-f-]{19}/.exec(doctor) ?? [];
    expect((await ask(short)).code).toBe(0);
  });

  it('says of a line that was cut short that it was not compared', async () => {
    const { code, out, err } = await ask(`${line()}\n鄂温克族自治旗：第2条 0123`);
    expect([code, err.split('\n')[0]]).toEqual([1, '有 1 行没有认出来，没有比；请整行复制。']);
    expect(out).toContain('大雁镇 第 5 条：和指纹一致');
  });

  it('does not hang over 150 kB of anything', async () => {
    const began = performance.now();
    for (const piece of ['第', '公钥 ', '大雁镇：第5条 ', '1 ', 'a']) {
      await desk.db.read((tx) => askWitness(tx, piece.repeat(150_000 / piece.length)));
    }
    expect(performance.now() - began).toBeLessThan(10_000);
  });

  it('takes one line', async () => {
    expect((await ask(line())).out).toContain('大雁镇 第 5 条：和指纹一致');
  });

  it('finds a chain that was put back to an earlier end which the program had signed itself', async () => {
    const { ledgerEntries: entries, ledgerHeads: heads } = schema;
    const early = await desk.db.read(({ q }) =>
      Promise.resolve(q.select().from(heads).where(eq(heads.townId, townId))),
    );
    await addEntries(1);
    const late = (
      await desk.db.read(({ q }) => Promise.resolve(q.select().from(heads).where(eq(heads.townId, townId))))
    )[0];
    const told = `大雁镇：第${late?.seq}条 ${late?.hash.slice(0, 16)}`;
    await tamper(desk.db, async ({ q }) => {
      await q.delete(entries).where(and(eq(entries.townId, townId), gt(entries.seq, early[0]?.seq ?? 0)));
      await q
        .update(heads)
        .set(early[0] ?? {})
        .where(eq(heads.townId, townId));
    });
    expect((await desk.daiban('ledger verify')).code).toBe(0);
    const { code, err } = await ask(told);
    expect(code).toBe(1);
    expect(err).toContain('大雁镇 第 11 条：台账没有这么长，末尾的记录被删掉了');
  });

  it('finds a chain that was written anew', async () => {
    const other = posted.replace(/(大雁镇：第5条 )[0-9a-f]{16}/, '$10123456789abcdef');
    const { code, out, err } = await ask(other);
    expect(code).toBe(1);
    expect(err).toContain('大雁镇 第 5 条：和指纹不一致，之前的记录被改写过');
    expect(out).toContain('鄂温克族自治旗 第 2 条：和指纹一致');
    expect(out).not.toMatch(/^OK/m);
  });

  it('finds a chain that is gone', async () => {
    const { ledgerEntries: entries, ledgerHeads: heads } = schema;
    await tamper(desk.db, async ({ q }) => {
      await q.delete(entries).where(eq(entries.townId, townId));
      await q.delete(heads).where(eq(heads.townId, townId));
    });
    expect((await ask(posted)).err).toContain('大雁镇 第 5 条：没有这条链，也没有这条记录');
  });

  it('finds the line of a unit that has another name now', async () => {
    await desk.db.write(({ q, t }) =>
      Promise.resolve(q.update(t.units).set({ name: '新大雁镇' }).where(eq(t.units.id, townId))),
    );
    expect((await ask(line())).out).toContain('大雁镇 第 5 条：和指纹一致');
  });

  it('finds a key that was never this ledger’s', async () => {
    const { code, err } = await ask(posted.replace(/公钥 \S+/, `公钥 ${'A'.repeat(43)}`));
    expect(code).toBe(1);
    expect(err).toContain(`公钥 ${'A'.repeat(43)}：不是这份台账的`);
  });

  it('still knows the key of a card from before it was changed', async () => {
    expect((await desk.daiban('ledger rotate-key')).code).toBe(0);
    expect((await ask(posted)).code).toBe(0);
  });

  it.each(['', '没有指纹', '大雁镇：第5条 0123', '公钥 abc', '第条'])('says of %j that it is none', async (text) => {
    const { code, err } = await ask(text);
    expect(code).toBe(1);
    expect(err).toContain('没有认出指纹');
  });
});
