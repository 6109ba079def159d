import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { agentReads } from '../../db/repositories/agent.ts';
import { applicantWrites } from '../../db/repositories/applicant.ts';
import { importWrites } from '../../db/repositories/import.ts';
import { inboxWrites } from '../../db/repositories/inbox.ts';
import { outboxWrites } from '../../db/repositories/outbox.ts';
import { unitReads } from '../../db/repositories/unit.ts';
import { holidayFinding } from '../../src/cli/doctor-machine.ts';
import { readConfig } from '../../src/config.ts';
import { raiseAlerts } from '../../src/services/alert/raise.ts';
import { recordBackup } from '../../src/services/backup/record.ts';
import { noteQuota } from '../../src/services/message/quota.ts';
import { setUnitChat } from '../../src/services/unit/bind.ts';
import { leaveChat } from '../../src/services/unit/leave.ts';
import { createVault } from '../../src/vault.ts';
import { at } from '../support/office.ts';
import { type Desk, openDesk, run } from './support.ts';

describe('doctor', () => {
  let desk: Desk;

  beforeEach(async () => {
    desk = await openDesk();
  });

  afterEach(() => desk.close());

  async function bindAll(): Promise<void> {
    await desk.write(async (ctx) => {
      for (const unit of await unitReads.ofLevels(ctx.tx, ['banner', 'town', 'department', 'village'])) {
        await setUnitChat(ctx, { unitId: unit.id, chatId: `oc_${unit.id}` });
      }
    });
  }

  async function message(of: { status: 'dead' | 'waiting'; error?: string; availableAt?: number }): Promise<void> {
    const { availableAt = desk.clock.now(), ...rest } = of;
    const row = {
      uuid: `${of.error}${availableAt}`,
      lane: 'oc',
      target: 'oc_gone',
      operation: 'post' as const,
      ...rest,
    };
    const settledAt = of.status === 'dead' ? availableAt : null;
    const times = { availableAt, createdAt: availableAt, settledAt };
    await desk.write(({ tx }) => outboxWrites.insert(tx, { ...row, ...times, contentSealed: '' }));
  }

  /** Somebody wrote and somebody pressed, and the night's backup came off. */
  async function liveADay(): Promise<void> {
    const receivedAt = desk.clock.now();
    await desk.write(async ({ tx }) => {
      for (const kind of ['message', 'action']) {
        await inboxWrites.claim(tx, { key: `event:${kind}`, kind, receivedAt, status: 'done' });
      }
      await recordBackup(tx, { at: receivedAt, problem: undefined });
    });
  }

  it('finds nothing to note about a healthy bot', async () => {
    await bindAll();
    await liveADay();
    desk.clock.advance(3_600_000);
    const { code, out } = await desk.daiban('doctor --offline');
    expect(code).toBe(0);
    // Neither is the bot's: the machine's Node, and a year that is announced with the program.
    const others = /^(?:OK {2}| {4}|注意 {2}(?:Node\.js|节假日)：)/;
    expect(out.split('\n').filter((line) => !others.test(line))).toEqual([]);
    for (const topic of [
      '配置',
      '磁盘',
      '备份',
      '收消息',
      '收按钮',
      '数据库',
      '密钥',
      '台账',
      '台账公钥',
      '台账指纹',
      '消息',
      '管理员',
      '单位',
    ])
      expect(out).toContain(`OK    ${topic}：`);
  });

  it('tells a press that never comes from a message that does, and a backup that failed', async () => {
    await liveADay();
    await desk.write(({ tx }) => recordBackup(tx, { at: desk.clock.now(), problem: 'disk_full' }));
    desk.clock.advance(4 * 86_400_000);
    await desk.write(({ tx }) =>
      inboxWrites.claim(tx, { key: 'event:2', kind: 'message', receivedAt: desk.clock.now(), status: 'done' }),
    );
    const { out } = await desk.daiban('doctor --offline');
    expect(out).toContain('OK    收消息：最近一次在刚才');
    expect(out).toMatch(/注意 {2}收按钮：最近一次在4 天前。.*回调配置/);
    expect(out).toMatch(/注意 {2}备份：最近一次备份失败（4 天前）：磁盘空间不够，.*要再试，请运行 .* backup。$/m);
    expect(out).not.toContain('disk_full');
  });

  it.each(['damaged', 'pages_damaged', 'chains_do_not_verify', 'ledger_shorter', 'stopped'])(
    'speaks of a backup that was not made, not of one to restore: %s',
    async (problem) => {
      await desk.write(({ tx }) => recordBackup(tx, { at: desk.clock.now(), problem }));
      const { out } = await desk.daiban('doctor --offline');
      const line = out.split('\n').find((one) => one.includes('最近一次备份失败'));
      expect(line).not.toMatch(/请换一份备份|里面的台账|再试一次。要再试/);
      expect(line).not.toContain(problem);
    },
  );

  it('gives a machine the same lines', async () => {
    const { out } = await desk.daiban('doctor --offline --json');
    const findings: unknown = JSON.parse(out);
    expect(findings).toContainEqual({ level: 'ok', text: expect.stringMatching(/^数据库：/) });
    expect(findings).toContainEqual({ level: 'note', text: expect.stringMatching(/^收按钮：还没有收到过/) });
  });

  it('says what the running bot has found wrong, while it lasts', async () => {
    await bindAll();
    const trouble = { key: 'foreign-app', title: '收到了发给别的应用的事件', lines: ['请核对 LARK_APP_ID。'] };
    await desk.write((ctx) => raiseAlerts(ctx, [trouble]));
    desk.clock.advance(60_000);
    const { code, out } = await desk.daiban('doctor --offline');
    expect([code, out]).toEqual([
      0,
      expect.stringContaining('注意  告警：收到了发给别的应用的事件。请核对 LARK_APP_ID。'),
    ]);
    desk.clock.advance(5 * 60_000);
    expect((await desk.daiban('doctor --offline')).out).not.toContain('告警');
  });

  it('names every problem of the configuration', async () => {
    const { code, out } = await run('doctor --offline', {
      readConfig: () => readConfig({ PORT: 'x', LOG_LEVEL: 'loud' }),
    });
    expect(code).toBe(1);
    expect(out).toContain('注意');
    expect(out).toContain('PORT');
    expect(out).toContain('LOG_LEVEL');
  });

  it('stops at a missing database', async () => {
    const { code, out } = await desk.daiban('doctor --offline', { DATABASE_URL: `file:${desk.folder}/none.db` });
    expect(code).toBe(1);
    expect(out).toContain('OK    配置：');
    expect(out).toContain('注意  找不到数据库');
  });

  it('notices another key than the database was begun with', async () => {
    expect((await desk.daiban('doctor --offline')).out).toContain('OK    密钥：');
    const { code, out } = await desk.daiban('doctor --offline', { DATA_KEY: Buffer.alloc(32, 8).toString('base64') });
    expect(code).toBe(1);
    expect(out).toContain('注意  密钥：DATA_KEY 打不开已有的数据');
  });

  it('looks at every applicant’s key, not at one', async () => {
    const sealed = { nameSealed: 'x', phoneSealed: 'x' };
    const whose = { townId: 1, registeringUnitId: 1, holderUnitId: 1 };
    for (const byte of [7, 8, 7, 8]) {
      const { wrappedKey } = createVault(Buffer.alloc(32, byte)).newApplicantKey();
      await desk.write(({ tx }) => applicantWrites.insert(tx, { wrappedKey, ...sealed, ...whose }));
    }
    const { code, out } = await desk.daiban('doctor --offline');
    expect(code).toBe(1);
    expect(out).toContain('注意  密钥：有 2 位申请人的信息打不开');
  });

  it('says what the bot would not start with: a database without credentials', async () => {
    const { code, out } = await desk.daiban('doctor --offline', { LARK_APP_ID: '', LARK_APP_SECRET: '' });
    expect(code).toBe(1);
    expect(out).toContain('注意  配置：填了 DATABASE_URL 或 DATA_KEY，却没有 LARK_APP_ID');
    expect(out).toContain('OK    密钥：');
  });

  it('names an app id that is none', async () => {
    const { code, out } = await desk.daiban('doctor --offline', { LARK_APP_ID: 'cli_short' });
    expect(code).toBe(1);
    expect(out).toContain('LARK_APP_ID: 应为 cli_');
  });

  it('notices a changed ledger', async () => {
    desk.tamper((connection) => connection.exec("update ledger_entries set payload = '{}'"));
    const { code, out } = await desk.daiban('doctor --offline');
    expect(code).toBe(1);
    expect(out).toContain('鄂温克族自治旗的台账：第 1 条被改动过');
  });

  it('counts messages kept aside and tells the newest reasons', async () => {
    for (const [index, error] of ['最早', '较早', '较新', '最新'].entries()) {
      await message({ status: 'dead', error, availableAt: at('2026-11-20T10:00') + index });
    }
    const { code, out } = await desk.daiban('doctor --offline');
    expect(code).toBe(0);
    expect(out).toContain('4 条没有送到');
    expect(out).toContain('群 oc_gone：最新');
    expect(out).not.toContain('最早');
  });

  it('says that the month’s calls are used up', async () => {
    await desk.write((ctx) => noteQuota(ctx));
    await desk.app.watch.look();
    expect((await desk.daiban('doctor --offline')).out).toContain('注意  告警：飞书本月的调用次数用完了');
  });

  it('says how many messages wait and since when, and notices that nobody sends', async () => {
    const lines = async () =>
      (await desk.daiban('doctor --offline')).out.split('\n').filter((line) => /条在等/.test(line));
    expect(await lines()).toEqual([]);
    await message({ status: 'waiting', availableAt: at('2026-11-23T09:51') });
    expect(await lines()).toEqual(['OK    消息：1 条在等着发出，最早的是9 分钟前的']);
    await message({ status: 'waiting', availableAt: at('2026-11-23T10:00') });
    await message({ status: 'dead', error: '不在群里', availableAt: at('2026-11-23T08:00') });
    desk.clock.to('2026-11-23T10:02');
    expect(await lines()).toEqual([
      '注意  消息：2 条在等着发出，最早的是11 分钟前的；该发的等了 11 分钟没有发出，请看看机器人是否在运行。',
    ]);
  });

  it('names towns without a group and counts the rest', async () => {
    await bindAll();
    const towns = [await desk.unit('大雁镇'), await desk.unit('安达社区'), await desk.unit('民政部门')];
    for (const { chatId } of towns) await desk.write((ctx) => leaveChat(ctx, chatId ?? ''));
    const { code, out } = await desk.daiban('doctor --offline');
    expect(code).toBe(0);
    expect(out).toContain('没有绑定群：大雁镇（另有 2 个');
    expect(out).toContain('/绑定');
  });

  it('notices lists that nobody reads', async () => {
    const row = { messageId: 'om_1', state: 'arrived' as const, contentSealed: '', createdAt: desk.clock.now() };
    await desk.write(async ({ tx }) => {
      const [admin] = await agentReads.activeAdmins(tx);
      await importWrites.insert(tx, { ...row, agentId: admin?.id ?? 0 });
    });
    expect((await desk.daiban('doctor --offline')).out).not.toContain('名单：');
    desk.clock.advance(10 * 60_000);
    expect((await desk.daiban('doctor --offline')).out).toContain('注意  名单：有 1 份发来的 Excel 名单还没有读');
  });

  it('asks once for a newer holiday table, warns where a year is missing, and never asks offline', async () => {
    const asked: string[] = [];
    const newestVersion = async (name: string) => {
      asked.push(name);
      return '1.10.0';
    };
    const doctor = (line: string) =>
      run(line, {
        ...{ newestVersion, clock: desk.clock },
        readConfig: () =>
          readConfig({
            ...{ LARK_APP_ID: 'cli_0123456789abcdef', LARK_APP_SECRET: 's', LARK_DOMAIN: 'http://127.0.0.1:1' },
            ...{ DATABASE_URL: `file:${desk.file}`, DATA_KEY: Buffer.alloc(32, 7).toString('base64') },
          }),
      });
    desk.clock.to('2035-11-23T10:00');
    expect((await doctor('doctor --offline')).out).toMatch(/注意 {2}节假日：2035、2036 年的安排还没有.*公布后升级程序/);
    expect(asked).toEqual([]);
    const { out } = await doctor('doctor');
    expect(asked).toEqual(['chinese-days']);
    const advice = /节假日表有新版本 1\.10\.0（现在是 \d+\.\d+\.\d+），.*npm install chinese-days@1\.10\.0/;
    expect(out).toMatch(advice);
    const packaged = holidayFinding({ unannounced: [2036], newer: '1.10.0', canInstall: false });
    expect(packaged.text).toContain('请升级到新版程序');
    expect(packaged.text).not.toContain('npm');
    desk.clock.to('2026-06-23T10:00');
    expect((await doctor('doctor --offline')).out).toMatch(/^OK {4}节假日：该公布的年份都有$/m);
    expect(asked).toHaveLength(1);
    const known = (await doctor('doctor')).out.split('\n').find((line) => line.includes('节假日'));
    expect([known, asked.length]).toEqual([expect.stringMatching(advice), 2]);
    expect(known).toMatch(/^OK {4}节假日：该公布的年份都有；/);
  });

  it('tells how to get an administrator', async () => {
    const bare = await openDesk({ adminOpenIds: [] });
    const { code, out } = await bare.daiban('doctor --offline');
    await bare.close();
    expect(code).toBe(0);
    expect(out).toContain('注意  管理员：还没有');
    expect(out).toContain('/初始化');
  });
});
