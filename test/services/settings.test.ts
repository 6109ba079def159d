/** 设置 and 还差什么: who sees and changes them, what can be filled in, and what the ledger and its check know of it. */
import { eq } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { cronWrites } from '../../db/repositories/cron.ts';
import { settingReads, settingWrites } from '../../db/repositories/setting.ts';
import { faultWords } from '../../src/cli/ledger-words.ts';
import { defaultScoring } from '../../src/domain/score.ts';
import { settingFields } from '../../src/domain/setting.ts';
import { recordBackup } from '../../src/services/backup/record.ts';
import { settingMark } from '../../src/services/setting/view.ts';
import { buttonOf, openOffice, type Posted, wordsOf } from '../support/office.ts';
import {
  ADA,
  ADMIN,
  BANNER,
  BANNER_MANAGER,
  type FormValues,
  openScene,
  type Scene,
  STRANGER,
  TOWN,
} from '../support/scene.ts';
import { tamper } from '../support/tamper.ts';

/** 计分办法 as it stands in its form to begin with. */
const weights = settingFields('scoring', defaultScoring);

let scene: Scene;
const SECOND_ADMIN = 'ou_second_admin';

beforeEach(async () => {
  scene = await openScene();
  await scene.hire({ openId: SECOND_ADMIN, name: '高娃', unit: '鄂温克族自治旗', role: 'admin' });
  await scene.settle();
});

afterEach(() => scene.close());

const stored = (key: string) => scene.db.read((tx) => settingReads.get(tx, key));
const settingEntries = async () => (await scene.entries()).filter(({ kind }) => kind === 'changeSetting');

async function says(openId: string, line: string, chat?: string): Promise<readonly Posted[]> {
  const before = scene.posted.length;
  await scene.says(openId, line, chat);
  await scene.settle();
  return scene.posted.slice(before);
}

const privateChat = (openId: string) => `oc_p2p_${openId}`;

/** Presses a button of the newest list, which has several of one label. */
async function presses(openId: string, value: object) {
  await says(openId, '/设置');
  return scene.forges(openId, { value: { v: 1, ...value }, chat: privateChat(openId) });
}

async function saves(name: string, form: Record<string, string>, seen: unknown, openId = ADMIN) {
  const value = { v: 1, action: 'setting.change', name, seen: settingMark(seen) };
  const answer = await scene.forges(openId, { value, chat: privateChat(openId), form });
  await scene.settle();
  return answer;
}

describe('/设置', () => {
  it('shows an administrator every setting with its value, privately, and nobody else', async () => {
    const [list] = await says(ADMIN, '/设置');
    const words = wordsOf(list?.card);
    for (const text of ['09:00', '20:00到次日08:00', '15个工作日', '3个工作日', '月报15日当天报送算按时']) {
      expect(words).toContain(text);
    }
    const inGroup = await says(ADMIN, '/settings', BANNER);
    expect(inGroup.find(({ target }) => target === BANNER)).toSatisfy(
      (one: Posted) => !wordsOf(one.card).includes('09:00') && wordsOf(one.card).includes('已私信发给您'),
    );
    expect(wordsOf(inGroup.find(({ target }) => target === ADMIN)?.card)).toContain('09:00');
    for (const openId of [ADA, BANNER_MANAGER]) {
      expect(wordsOf((await says(openId, '/设置'))[0]?.card)).toContain('系统管理员才能用');
    }
  });

  it('changes a value by its form, as an entry of the ledger, and tells the other administrators', async () => {
    const form = await presses(ADMIN, { action: 'setting.ask', name: 'rectificationDays' });
    expect(wordsOf(form.card)).toContain('15个工作日');
    const answer = await saves('rectificationDays', { days: ' ２０天 ' }, 15);
    expect(answer.toast).toMatchObject({ type: 'success', content: '不满意件的整改期限已改为20个工作日' });
    expect(wordsOf(answer.card)).toContain('20个工作日');
    expect(await stored('rectificationDays')).toBe(20);
    const [entry, ...more] = await settingEntries();
    expect(JSON.parse(entry?.payload ?? '')).toEqual({ setting: 'rectificationDays', value: 20 });
    expect([entry?.actorKind, more]).toEqual(['agent', []]);
    expect(wordsOf(scene.last(SECOND_ADMIN).card)).toContain('从“15个工作日”改为“20个工作日”');
    expect(scene.posted.filter(({ card }) => wordsOf(card).includes('有一项设置改了'))).toHaveLength(1);
    expect((await scene.checkLedger()).faults).toEqual([]);
  });

  it.each([
    ['digestTime', { time: '８点半' }, '09:00', '08:30'],
    ['reportIncludes15th', { answer: 'no' }, true, false],
    ['quietHours', { from: '21：30', to: '7点' }, { from: '20:00', to: '08:00' }, { from: '21:30', to: '07:00' }],
    ['followUpDays', { days: '60' }, 3, 60],
    [
      'scoring',
      { ...weights, volume: '２５分', roster: '0' },
      defaultScoring,
      { weights: { ...defaultScoring.weights, volume: 25, roster: 0 }, casesMin: 10 },
    ],
    ['defaultPromisedDays', { days: '10个工作日' }, 5, 10],
  ])('takes for %s what people write', async (name, form, seen, value) => {
    await says(ADMIN, '/设置');
    expect((await saves(name, form, seen)).toast?.type).toBe('success');
    expect(await stored(name)).toEqual(value);
    expect((await scene.checkLedger()).faults).toEqual([]);
  });

  it.each([
    ['followUpDays', { days: '0' }, 3, '请写1到60之间的整数'],
    ['followUpDays', { days: '61' }, 3, '请写1到60之间的整数'],
    ['followUpDays', { days: '1.5' }, 3, '请写1到60之间的整数'],
    ['followUpDays', {}, 3, '请写1到60之间的整数'],
    [
      'scoring',
      { ...weights, volume: '15' },
      defaultScoring,
      '各项分值加起来是95，各项分值写0到100的整数，加起来正好100',
    ],
    ['scoring', { ...weights, volume: '-20', onTime: '65' }, defaultScoring, '加起来正好100'],
    ['scoring', { ...weights, volume: '20.5' }, defaultScoring, '加起来正好100'],
    ['scoring', { ...weights, casesMin: '0' }, defaultScoring, '件数写1到999'],
    ['followUpDays', { days: '1'.repeat(150_000) }, 3, '控制在10字以内'],
    ['digestTime', { time: '24:00' }, '09:00', '24小时制'],
    ['digestTime', { time: '早上' }, '09:00', '24小时制'],
    ['quietHours', { from: '20:00', to: '' }, { from: '20:00', to: '08:00' }, '24小时制'],
    ['reportIncludes15th', { answer: 'maybe' }, true, '请选“算”或“不算”'],
    ['followUpDays', { days: '3' }, 3, '现在就是3个工作日'],
  ])('refuses for %s what does not fit: %j', async (name, form, seen, sentence) => {
    await says(ADMIN, '/设置');
    expect((await saves(name, form as Record<string, string>, seen)).toast?.content).toContain(sentence);
    expect([await stored(name), await settingEntries()]).toEqual([undefined, []]);
  });

  it('shows whoever comes second the value that was set meanwhile, and changes nothing', async () => {
    await says(ADMIN, '/设置');
    await says(SECOND_ADMIN, '/设置');
    await saves('followUpDays', { days: '5' }, 3);
    const second = await saves('followUpDays', { days: '9' }, 3, SECOND_ADMIN);
    expect(second.toast?.content).toContain('现在是5个工作日');
    expect(wordsOf(second.card)).toContain('5个工作日');
    expect(await stored('followUpDays')).toBe(5);
    expect((await saves('followUpDays', { days: '9' }, 5, SECOND_ADMIN)).toast?.type).toBe('success');
  });

  it('changes once when two administrators press in the same moment', async () => {
    await says(ADMIN, '/设置');
    await says(SECOND_ADMIN, '/设置');
    const answers = await Promise.all([
      saves('followUpDays', { days: '5' }, 3),
      saves('followUpDays', { days: '9' }, 3, SECOND_ADMIN),
    ]);
    expect(answers.map(({ toast }) => toast?.type).sort()).toEqual(['success', 'warning']);
    expect(await settingEntries()).toHaveLength(1);
    expect((await scene.checkLedger()).faults).toEqual([]);
  });

  it('pressed twice changes once', async () => {
    await says(ADMIN, '/设置');
    await saves('followUpDays', { days: '5' }, 3);
    expect((await saves('followUpDays', { days: '5' }, 3)).toast?.content).toContain('刚有人改过');
    expect(await settingEntries()).toHaveLength(1);
  });

  it.each([ADA, BANNER_MANAGER, STRANGER])(
    'is refused to %s by every button, wherever it is pressed',
    async (openId) => {
      const before = await scene.dump();
      for (const value of [
        { v: 1, action: 'setting.list' },
        { v: 1, action: 'setting.ask', name: 'digestTime' },
        { v: 1, action: 'setting.change', name: 'digestTime', seen: settingMark('09:00') },
        { v: 1, action: 'setting.checklist' },
      ]) {
        const answer = await scene.forges(openId, { value, chat: TOWN, form: { time: '10:00' } });
        expect(answer.toast?.content).toMatch(openId === STRANGER ? /还没有登记/ : /只有系统管理员/);
        expect(answer.card).toBeUndefined();
      }
      expect([await scene.dump(), await stored('digestTime')]).toEqual([before, undefined]);
    },
  );

  it('answers a press from a group privately, and a name that is no setting not at all', async () => {
    await says(ADMIN, '/设置');
    const answer = await scene.forges(ADMIN, {
      value: { v: 1, action: 'setting.ask', name: 'digestTime' },
      chat: TOWN,
    });
    await scene.settle();
    expect([answer.card, answer.toast?.content]).toEqual([undefined, '请填新的值，已私信发给您']);
    expect(wordsOf(scene.last(ADMIN).card)).toContain('改设置');
    const forged = await scene.forges(ADMIN, { value: { v: 1, action: 'setting.ask', name: 'setup' }, chat: TOWN });
    expect(forged.toast?.content).toContain('已经失效');
  });
});

describe('the check of the ledger finds a setting', () => {
  const faults = async () => (await scene.checkLedger()).faults;

  it('that nobody set, that is another, and that is gone', async () => {
    await scene.db.write((tx) => settingWrites.set(tx, { key: 'digestTime', value: '10:00' }));
    expect(await faults()).toEqual([{ about: 'setting', name: 'digestTime', problem: 'no entry' }]);
    await tamper(scene.db, async ({ q, t }) => q.delete(t.settings).where(eq(t.settings.key, 'digestTime')));
    await says(ADMIN, '/设置');
    await saves('followUpDays', { days: '5' }, 3);
    await scene.db.write((tx) => settingWrites.set(tx, { key: 'followUpDays', value: 50 }));
    const found = await faults();
    expect(found).toEqual([{ about: 'setting', name: 'followUpDays', problem: 'differs' }]);
    expect(await scene.db.read((tx) => faultWords(tx, found))).toEqual([
      '设置“送达后几个工作日没有回访就提醒”：和台账记录不一致',
    ]);
    await tamper(scene.db, async ({ q, t }) => q.delete(t.settings).where(eq(t.settings.key, 'followUpDays')));
    expect(await faults()).toEqual([{ about: 'setting', name: 'followUpDays', problem: 'no row' }]);
  });

  it('and somebody whose role was forged sets none', async () => {
    await tamper(scene.db, async ({ q, t }) =>
      q.update(t.agents).set({ role: 'admin' }).where(eq(t.agents.openId, ADA)),
    );
    await says(ADA, '/设置');
    await saves('followUpDays', { days: '5' }, 3, ADA);
    expect(await stored('followUpDays')).toBeUndefined();
  });
});

describe('还差什么', () => {
  const checklist = async () => {
    await says(ADMIN, '/设置');
    return wordsOf((await scene.does(ADMIN, { target: ADMIN, label: '还差什么' })).card);
  };

  it('counts what is missing, names the first, and says what to do', async () => {
    const words = await checklist();
    // Of ten towns two have a group, of four villages one has people, of the departments one has a group.
    for (const text of ['8个苏木乡镇没有群', '伊敏河镇', '3个嘎查社区没有代办员', '40个事项没有写所需材料']) {
      expect(words).toContain(text);
    }
    // The banner and one town have a manager.
    expect(words).toContain('9个旗县、苏木乡镇没有管理员');
    expect(words).toMatch(/\d+个部门没有群，也没有人/);
    expect(words).not.toContain('民政部门');
    expect(words).not.toContain('放假安排');
    expect(words).not.toContain('还没有备份');
  });

  it('drops what has been done since', async () => {
    await scene.bindGroup('oc_new', '伊敏河镇');
    await scene.hire({ openId: 'ou_new', name: '新来', unit: '伊敏河镇', role: 'manager' });
    await scene.settle();
    const words = await checklist();
    expect(words).toContain('7个苏木乡镇没有群');
    expect(words).toContain('8个旗县、苏木乡镇没有管理员');
    expect(words).not.toContain('伊敏河镇');
  });

  it('misses next year’s holidays from December on, and a backup where the program makes them', async () => {
    scene.clock.to('2026-12-01T09:00');
    await scene.db.write((tx) => cronWrites.mark(tx, { job: 'backup', checkedUntil: scene.clock.now() }));
    const words = await checklist();
    expect(words).toContain('还没有2027年的放假安排');
    expect(words).toContain('还没有备份');
    await scene.db.write((tx) => recordBackup(tx, { at: scene.clock.now(), problem: undefined }));
    expect(await checklist()).not.toContain('还没有备份');
  });

  describe('leads to what it names', () => {
    const opens = async (label: string) => {
      await checklist();
      const answer = await scene.does(ADMIN, { target: ADMIN, label });
      await scene.settle();
      return wordsOf(answer.card ?? scene.last(ADMIN).card);
    };

    it('the roster of the banner for villages without staff, of the first unit without a manager for that one', async () => {
      const ofBanner = await opens('看名册：鄂温克族自治旗');
      expect(ofBanner).toMatch(/代办员名册[\s\S]*鄂温克族自治旗[\s\S]*个没有专职代办员/);
      const words = await checklist();
      const first = /没有管理员[*\s]+(\S+?)、/u.exec(words)?.[1] ?? '';
      expect(await opens(`看名册：${first}`)).toMatch(new RegExp(`代办员名册[\\s\\S]*${first} `));
    });

    it('the form of the first item without materials, and then that of the next', async () => {
      const first = async () => /没有写所需材料[*\s]+(\S+?)、/u.exec(await checklist())?.[1] ?? '';
      const bare = await first();
      const value = buttonOf(scene.last(ADMIN).card, `填材料：${bare}`) as { itemId: number };
      const form = await opens(`填材料：${bare}`);
      expect(form).toMatch(/修改事项[\s\S]*所需材料/);
      expect(form).toContain(bare);
      const filled = { workingDays: '5', materials: '身份证', enabled: 'yes', levelTown: true, effectiveDay: '今天' };
      await scene.does(ADMIN, { target: ADMIN, label: '先看改了什么', form: filled });
      await scene.does(ADMIN, { target: ADMIN, label: '确认修改', form: filled });
      const next = await first();
      expect(next).not.toBe(bare);
      expect(buttonOf(scene.last(ADMIN).card, `填材料：${next}`)).not.toMatchObject({ itemId: value.itemId });
    });

    it('the form of the first item without days, whose other fields need none; filled in, the next is named', async () => {
      const first = async () => /(\d+)个事项没有写承诺时限[*\s]+(\S+?)、/u.exec(await checklist())?.slice(1) ?? [];
      const [count, bare = ''] = await first();
      expect(count).toBe('40');
      await opens(`填时限：${bare}`);
      const saves = async (form: FormValues) => {
        await scene.does(ADMIN, { target: ADMIN, label: '先看改了什么', form });
        await scene.does(ADMIN, { target: ADMIN, label: '确认修改', form });
      };
      const filled = { workingDays: '', materials: '身份证', enabled: 'yes', levelTown: true, effectiveDay: '今天' };
      await saves(filled);
      expect(await first()).toEqual(['40', bare]);
      await opens(`填时限：${bare}`);
      await saves({ ...filled, workingDays: '３天' });
      const [fewer, next] = await first();
      expect([fewer, next === bare]).toEqual(['39', false]);
    });

    it('the form of own days for a year without holidays', async () => {
      scene.clock.to('2026-12-01T09:00');
      expect(await opens('填放假安排')).toContain('自定放假和上班的日子');
    });
  });

  it('is what a new administrator reads first', async () => {
    const office = await openOffice({ adminOpenIds: [] });
    const code = await office.app.prepare();
    await office.says(STRANGER, `/初始化 ${code} 高娃`);
    await office.settle();
    const words = wordsOf(office.posted.at(-1)?.card);
    for (const text of ['您现在是系统管理员', '10个苏木乡镇没有群', '4个嘎查社区没有代办员'])
      expect(words).toContain(text);
    await office.clicks(STRANGER, { target: STRANGER, label: '看名册：鄂温克族自治旗' });
    await office.settle();
    expect(wordsOf(office.posted.at(-1)?.card)).toContain('代办员名册');
    await office.close();
  });
});
