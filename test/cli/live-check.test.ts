/** `live-check`, played by somebody at a terminal with the look-alike in the hand. */
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { gallery } from '../../cards/gallery/index.ts';
import { Interrupted } from '../../src/cli/command.ts';
import { galleryCard } from '../../src/cli/live-cards.ts';
import { liveSteps } from '../../src/cli/live-steps.ts';
import { enrolAgent } from '../../src/services/agent/enrol.ts';
import { type LiveDesk, openLiveDesk } from './live-desk.ts';

describe('live-check', () => {
  let live: LiveDesk;
  let file: string;

  beforeEach(async () => {
    live = await openLiveDesk();
    file = join(live.desk.folder, 'report.md');
  });

  afterEach(() => live.close());

  const report = () => readFileSync(file, 'utf8');
  const rowOf = (id: string) => {
    const number = liveSteps.findIndex((step) => step.id === id) + 1;
    return report()
      .split('\n')
      .find((line) => line.startsWith(`| ${number} |`));
  };

  /** Whoever sits there: `says` gives the answer to a step, by its id; the others look as they should. */
  function sit(says: (id: string) => string | Promise<string>, { clients = ['安卓 14，7.30', ''] } = {}) {
    const asked: string[] = [];
    const opening = [...clients];
    const ask = async (question: string) => {
      const step = liveSteps.find(({ look }) => question.includes(look));
      if (step === undefined) return question.includes('看到了什么') ? says('words') : (opening.shift() ?? '');
      asked.push(step.id);
      return says(step.id);
    };
    return { asked, ask };
  }

  const play = (flags: string, person: { ask: (question: string) => Promise<string> }) =>
    live.daiban(`live-check --report ${file} ${flags}`, { ask: person.ask });

  /** Presses what the newest card has. */
  async function presses(label: string, form = {}): Promise<string> {
    const { error, toast } = await live.admin.clicks(live.admin.privateChat, label, form);
    expect({ error, toast: toast?.content }).toEqual({ error: undefined, toast: '收到' });
    return '';
  }

  it('sends each card, hears what was seen, and writes it down with the versions', async () => {
    const members = [live.admin, live.sandbox.addPerson({ name: '同事' })];
    const group = live.sandbox.addGroup({ name: '测试群', members });
    const texts: string[] = [];
    const questions: string[] = [];
    const person = sit(async (id) => {
      texts.push(`${id}: ${live.admin.sees(id === 'group' ? group : live.admin.privateChat).at(-1)}`);
      if (id === 'press') return presses('点我');
      if (id === 'mention') expect(questions.at(-2)).toContain('准备好了按回车');
      if (id === 'form') return presses('提交登记', { 申请人姓名: '张三', 自愿委托确认: true });
      if (id === 'signs') return '下面少一个星号，张三 13812345678 说的';
      if (id === 'mark') return '否';
      if (id === 'words') return '标签是蓝的';
      return id === 'calls' ? '跳过' : '一样';
    });
    const { ask } = person;
    const { code, err, out } = await play(`--group ${group.chatId}`, {
      ask(question) {
        questions.push(question);
        return ask(question);
      },
    });
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(person.asked).toEqual(liveSteps.map(({ id }) => id));
    expect(out).toContain('核对完了：一样 20，不一样 2，平台没有收下 0，没有核对 1');

    const shown = texts.join('\n');
    for (const words of ['edit: 代办小助手：更新之后', 'mark: ', '已归档', '单位', '张**'])
      expect(shown).toContain(words);
    expect(texts.find((text) => text.startsWith('file: '))).toContain('（文件）');
    expect([...live.sandbox.world.files.values()].map(({ name }) => name)).toEqual([
      expect.stringMatching(/单位.*\.xlsx$/),
    ]);
    expect(texts.find((text) => text.startsWith('group: '))).toContain('办理中');

    expect(rowOf('press')).toMatch(/一样 \| {2}\| 收到 \|$/);
    expect(rowOf('form')).toMatch(/收到（.*applicantName: 字字.*consent: 勾了/);
    expect(rowOf('charts')).toMatch(/没有收到 \|$/);
    expect(rowOf('signs')).toMatch(/\*\*不一样\*\* \| 下面少一个星号，/);
    expect(rowOf('mark')).toContain('**不一样** | 标签是蓝的');
    expect(rowOf('calls')).toContain('没有核对');
    for (const line of [
      '代办：0.2.0',
      `Node.js：${process.versions.node}`,
      'SDK：1.74.0',
      '手机：安卓 14，7.30',
      '电脑：没有说',
    ])
      expect(report()).toContain(`- ${line}`);
    for (const secret of [
      '13812345678',
      'ou_admin',
      'oc_',
      live.sandbox.appId,
      live.sandbox.appSecret,
      live.sandbox.url,
    ])
      expect(report()).not.toContain(secret);
    expect(statSync(file).mode & 0o777).toBe(0o600);
  });

  it('goes on where it was interrupted', async () => {
    const first = sit((id) => {
      if (id === 'form') throw new Interrupted('Ctrl-C');
      return id === 'press' ? presses('点我') : '';
    });
    const { code, out } = await play('', first);
    expect(code).toBe(1);
    expect(out).toContain(`先到这里，还有 ${liveSteps.length - 3} 步`);
    expect(rowOf('press')).toContain('收到');
    expect(rowOf('form')).toContain('还没有');
    const second = sit((id) => (id === 'charts' ? '停' : ''));
    const again = await play('', second);
    expect(second.asked).toEqual(['form', 'choices', 'confirm', 'charts']);
    expect(again.out).toContain('接着上次：已经答了 3 步');
    expect(again.out).not.toContain('先问两句');
    expect(report()).toContain('手机：安卓 14，7.30');
    expect(rowOf('confirm')).toContain('一样');
  });

  it('notes what the platform does not take, and goes on; without a network it stops', async () => {
    const { code } = await play(
      '--to ou_nobody',
      sit((id) => (id === 'private-chat' ? '停' : '')),
    );
    expect(code).toBe(1);
    expect(rowOf('press')).toMatch(/\*\*平台没有收下\*\* \| 平台没有收下：/);
    expect(rowOf('group')).toContain('还没有');
    expect(report()).not.toContain('ou_nobody');
    const offline = join(live.desk.folder, 'offline.md');
    const { err } = await live.daiban(
      `live-check --report ${offline} --domain http://127.0.0.1:1`,
      sit(() => ''),
    );
    expect(err).toContain('没有连上 http://127.0.0.1:1');
    expect(readFileSync(offline, 'utf8')).toMatch(/\| 2 \|.*\| 还没有 \|/);
  });

  it('plays what needs a group in a later run that names one', async () => {
    const without = sit(() => '');
    expect((await play('', without)).out).toMatch(/没有给 --group.*\n[\s\S]*没有核对 1/);
    expect(without.asked).not.toContain('group');
    const members = [live.admin, live.sandbox.addPerson({ name: '同事' })];
    const group = live.sandbox.addGroup({ name: '测试群', members });
    const withGroup = sit(() => '');
    await play(`--group ${group.chatId}`, withGroup);
    expect(withGroup.asked).toEqual(['group']);
    expect(rowOf('group')).toContain('一样');
  });

  it('stops at what may pass, such as a limit, and asks the same step again', async () => {
    live.sandbox.faults.rateLimit(2);
    const { code, err } = await play(
      '',
      sit(() => ''),
    );
    expect({ code, err }).toEqual({ code: 1, err: expect.stringContaining('99991400') });
    expect(rowOf('press')).toContain('还没有');
  });

  it('shows nobody of the gallery but who looks at it', async () => {
    const trial = { token: 't1', openId: 'ou_looks' };
    const shown = gallery.map(({ name }) => JSON.stringify(galleryCard(name, trial))).join('\n');
    expect([...new Set(shown.match(/ou_\w+/g))]).toEqual(['ou_looks']);
  });

  it('hides the name of whoever typed, and asks them to look for others', async () => {
    const { openId } = live.sandbox.addPerson({ name: '萨仁高娃' });
    const { id: unitId } = await live.desk.unit('大雁镇');
    const person = { openId, name: '萨仁高娃', unitId, role: 'agent', employment: 'fullTime' } as const;
    await live.desk.write((ctx) => enrolAgent(ctx, { ...person, appliedAt: ctx.now }));
    const says = new Map([
      ['connection', ''],
      ['press', '萨仁高娃看不见按钮'],
    ]);
    const typed = sit((id) => says.get(id) ?? '停');
    await play(`--to ${openId}`, typed);
    expect(rowOf('press')).toContain('看不见按钮');
    expect(report()).not.toContain('萨仁高娃');
    expect(report()).toContain('姓名请自己再看一遍');
  });

  it('writes nothing personal of what people type, however long, and reads its own file whatever stands in it', async () => {
    const nasty = `--> <!-- | 王芳 13912345678 ou_x1 cli_0123456789abcdef https://example.cn/a a@b.cn ${'k'.repeat(43)}= ${'长'.repeat(150_000)}`;
    await play(
      '',
      sit((id) => (id === 'press' ? '停' : nasty), { clients: [nasty, nasty] }),
    );
    const text = report();
    for (const secret of ['13912345678', 'ou_x1', 'cli_', 'example.cn', 'a@b.cn', 'kkkk'])
      expect(text).not.toContain(secret);
    expect(text.length).toBeLessThan(20_000);
    const { code, out } = await play(
      '',
      sit(() => '停'),
    );
    expect({ code, out }).toEqual({ code: 1, out: expect.stringContaining('已经答了 1 步') });
  });

  it('leaves a file alone that it did not write', async () => {
    for (const text of ['my notes', '<!-- daiban live-check {"answers":1} -->', '<!-- daiban live-check {']) {
      writeFileSync(file, text);
      const { code, err } = await play(
        '',
        sit(() => ''),
      );
      expect({ code, err }).toEqual({ code: 1, err: expect.stringContaining('不是真机核对的报告') });
      expect(report()).toBe(text);
    }
  });

  it('says kindly what it cannot do without', async () => {
    const noTerminal = await live.daiban(`live-check --report ${file}`);
    expect(noTerminal).toMatchObject({ code: 1, err: expect.stringContaining('docs/LIVE-CHECK.md') });
    const person = sit(() => '');
    const sandbox = { LARK_APP_ID: '', LARK_APP_SECRET: '', DATABASE_URL: '', DATA_KEY: '' };
    const unconnected = await live.daiban('live-check', { ask: person.ask, environment: sandbox });
    expect(unconnected.err).toContain('connect');
    expect((await play('--group 没有的镇', person)).err).toContain('没有叫“没有的镇”的单位');
    expect((await play('--group 大雁镇', person)).err).toContain('大雁镇还没有绑定群');
    expect((await play('--to 王芳', person)).err).toContain('ou_ 开头');
    expect((await play('--domain ftp://x', person)).err).toContain('--domain');
    expect((await play('--what', person)).err).toContain('参数不对');
    expect(person.asked).toEqual([]);
    expect(existsSync(file)).toBe(false);
  });
});
