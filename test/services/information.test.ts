/** 政务信息: who sends in, who marks a use, what it is worth, and how a half-year is ranked and published. */
import { eq } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { faultWords } from '../../src/cli/ledger-words.ts';
import { linesOfLetter } from '../support/letters.ts';
import { wordsOf } from '../support/office.ts';
import {
  ADA,
  ADMIN,
  BANNER_MANAGER,
  CIVIL,
  CIVIL_CLERK,
  CLERK,
  openScene,
  type Scene,
  TOWN,
  TOWN_MANAGER,
} from '../support/scene.ts';
import { readSheets } from '../support/sheets.ts';
import { tamper } from '../support/tamper.ts';

let scene: Scene;

beforeEach(async () => {
  scene = await openScene();
  for (const openId of [CLERK, BANNER_MANAGER, CIVIL_CLERK, ADA]) await scene.says(openId, '/信息');
  await scene.settle();
});

afterEach(() => scene.close());

type Form = Record<string, string>;

async function presses(openId: string, value: object, form: Form = {}) {
  const answer = await scene.forges(openId, { value: { v: 1, ...value }, chat: `oc_p2p_${openId}`, form });
  await scene.settle();
  return { said: answer.toast?.content ?? '', words: answer.card ? wordsOf(answer.card as never) : '' };
}

const title = '帮办代办窗口实现村级全覆盖';
const sends = (openId: string, over: Form = {}) =>
  presses(openId, { action: 'information.file' }, { title, body: 'https://example.com/a', ...over });
const adopts = (pieceId: number, adoptionKind: string, day = '') =>
  presses(BANNER_MANAGER, { action: 'information.adopt', pieceId }, { adoptionKind, day });
const faults = async () => (await scene.checkLedger()).faults;

describe('a piece', () => {
  it('is sent in for the town, shown to its unit and to the office, and to nobody else', async () => {
    expect((await sends(CLERK)).said).toBe('已报送');
    expect((await sends(ADA, { title: '嘎查的做法' })).said).toBe('已报送');
    const own = await presses(CLERK, { action: 'information.own', half: '2026H2', page: 0 });
    expect(own.words).toContain('共2篇');
    const inbox = await presses(BANNER_MANAGER, { action: 'information.inbox', half: '2026H2', page: 0 });
    expect(inbox.words).toContain('巴彦托海镇');
    expect((await presses(CIVIL_CLERK, { action: 'information.open', pieceId: 1 })).said).toContain('只能看本单位');
    expect((await presses(CLERK, { action: 'information.inbox', half: '2026H2', page: 0 })).said).toContain('旗政府办');
    expect(await scene.dump()).not.toContain(title);
    expect(await faults()).toEqual([]);
  });

  it.each([
    ['a blank title', { title: ' ' }, '请填标题'],
    ['a title of signs', { title: '。' }, '请填标题'],
    ['a long title', { title: 'x'.repeat(150_000) }, '标题请控制在60字以内'],
    ['a long text', { body: 'x'.repeat(150_000) }, '链接或正文请控制在1000字以内'],
    ['no text', { body: '' }, '请填文档链接或正文'],
    ['no day', { day: '2026-02-30' }, '日期请写成'],
    ['a day to come', { day: '2026-12-01' }, '还没有到'],
  ])('is refused with %s', async (_, over, sentence) => {
    expect((await sends(CLERK, over)).said).toContain(sentence);
    expect((await presses(CLERK, { action: 'information.own', half: '2026H2', page: 0 })).words).toContain(
      '还没有稿件',
    );
  });

  it('is refused a second time, however its title is written, and not of another unit or half-year', async () => {
    await sends(CLERK);
    const answers = await Promise.all([
      sends(CLERK, { title: `${title}。` }),
      sends(TOWN_MANAGER, { title: ` ${title}` }),
    ]);
    for (const { said } of answers) expect(said).toContain('同样标题');
    expect((await sends(CIVIL_CLERK)).said).toBe('已报送');
    expect((await sends(CLERK, { day: '2026-06-30' })).said).toBe('已报送');
  });

  it('is not sent in by the banner’s own people', async () => {
    expect((await sends(BANNER_MANAGER)).said).toContain('不报送');
  });
});

describe('a use', () => {
  it('is marked once in each way by the office alone, and taken back with a reason', async () => {
    await sends(CLERK);
    expect(
      (await presses(CLERK, { action: 'information.adopt', pieceId: 1 }, { adoptionKind: 'brief' })).said,
    ).toContain('旗政府办');
    const both = await Promise.all([adopts(1, 'brief'), adopts(1, 'brief')]);
    expect(both.map(({ said }) => said).sort()).toEqual(['已记为旗采信息（短）', '这篇已经记过这种采用，没有重复记。']);
    expect((await adopts(1, 'comprehensive')).words).toContain('+10分');
    expect((await presses(CLERK, { action: 'information.home', half: '2026H2' })).words).toContain('得15分');
    expect((await presses(BANNER_MANAGER, { action: 'information.undo', adoptionId: 1 })).said).toContain('撤销原因');
    const undo = { action: 'information.undo', adoptionId: 1 };
    expect((await presses(BANNER_MANAGER, undo, { reason: '记错了' })).said).toContain('已撤销');
    expect((await presses(BANNER_MANAGER, undo, { reason: '记错了' })).said).toContain('已经撤销过');
    expect((await presses(CLERK, { action: 'information.home', half: '2026H2' })).words).toContain('得10分');
    expect((await adopts(1, 'brief')).said).toContain('已记为');
    expect(await faults()).toEqual([]);
  });

  it('is worth what was set for its day', async () => {
    const sets = (points: string, day = '') =>
      presses(BANNER_MANAGER, { action: 'information.setPoints' }, { adoptionKind: 'brief', points, day });
    for (const points of ['-5', '1.5', '很多', '1001']) expect((await sets(points)).said).toContain('0到1000的整数');
    expect((await sets('8', '2026-11-22')).said).toContain('从今天或以后');
    expect((await sets('5')).said).toContain('没有改动');
    await sends(CLERK, { day: '11月20日' });
    await adopts(1, 'brief', '11月22日');
    expect((await sets('8', '')).said).toBe('2026年11月23日起每次8分');
    await sends(CLERK, { title: '第二篇' });
    await adopts(2, 'brief');
    expect((await presses(CLERK, { action: 'information.home', half: '2026H2' })).words).toContain('得13分');
    const extra = { action: 'information.addExtra' };
    const form = { unit: String(scene.unitId('巴彦托海镇')), adoptionKind: 'quota', times: '5次' };
    expect((await presses(BANNER_MANAGER, extra, form)).said).toContain('指标5次');
    expect((await presses(BANNER_MANAGER, extra, { ...form, times: '-1' })).said).toContain('1到100');
    expect((await presses(BANNER_MANAGER, extra, { ...form, unit: '999' })).said).toContain('请选单位');
    expect((await presses(CLERK, { action: 'information.home', half: '2026H2' })).words).toContain('得63分');
    expect(await faults()).toEqual([]);
  });
});

describe('the ranking', () => {
  const publish = () => presses(BANNER_MANAGER, { action: 'information.publish', half: '2026H2' });

  it('is the office’s until it is published, then everybody’s, and never changes again', async () => {
    await sends(CLERK);
    await adopts(1, 'city');
    const show = (openId: string) => presses(openId, { action: 'information.ranking', half: '2026H2' });
    expect((await show(CLERK)).said).toContain('还没有发布');
    expect((await show(BANNER_MANAGER)).words).toContain('1. 巴彦托海镇');
    expect((await publish()).said).toContain('还没有过完');
    scene.clock.to('2027-01-04T09:00');
    expect((await presses(CLERK, { action: 'information.publish', half: '2026H2' })).said).toContain('旗政府办');
    expect((await publish()).said).toMatch(/发到3个群/);
    expect((await publish()).said).toContain('已经发布');
    for (const chat of [TOWN, CIVIL]) expect(wordsOf(scene.last(chat).card)).toContain('10分（1篇）');
    expect((await show(CLERK)).words).toContain('2027年1月4日发布');
    expect((await adopts(1, 'brief', '2026-12-31')).said).toContain('已经发布');
    expect((await sends(CLERK, { title: '晚了', day: '2026-12-30' })).said).toContain('已经发布');
    expect(
      (await presses(BANNER_MANAGER, { action: 'information.undo', adoptionId: 1 }, { reason: '算错了' })).said,
    ).toContain('已经发布');
    expect(await faults()).toEqual([]);
  });

  describe('is corrected by a 更正, which', () => {
    const show = (openId: string) => presses(openId, { action: 'information.ranking', half: '2026H2' });
    const correct = (openId: string, reason: string) =>
      presses(openId, { action: 'information.correct', half: '2026H2' }, { reason });
    const drop = () => presses(BANNER_MANAGER, { action: 'information.dropCorrection', half: '2026H2' });

    beforeEach(async () => {
      await sends(CLERK);
      await adopts(1, 'city');
      scene.clock.to('2027-01-04T09:00');
      await publish();
    });

    it('is begun by the office with a reason, once, and changes nothing for others until it is out', async () => {
      expect((await correct(CLERK, '漏了一篇综合信息')).said).toContain('旗政府办');
      for (const reason of ['错', '。。。。。'])
        expect((await correct(BANNER_MANAGER, reason)).said).toContain('至少4个字');
      expect((await correct(BANNER_MANAGER, '漏记了张三13800000001那篇')).words).toContain('现在和发布的一样');
      expect((await correct(BANNER_MANAGER, '漏了一篇综合信息')).said).toContain('已经开始了');
      expect((await publish()).said).toContain('还没有改动');
      expect((await adopts(1, 'comprehensive', '2026-12-31')).words).toContain('+10分');
      const draft = (await show(BANNER_MANAGER)).words;
      expect(draft).toContain('正在更正');
      expect(draft).toContain('巴彦托海镇：10分→20分');
      const others = (await show(CLERK)).words;
      expect(others).toContain('2027年1月4日发布');
      expect(others).toContain('10分（1篇）');
      await presses(CLERK, { action: 'information.export', half: '2026H2' });
      expect(JSON.stringify(await readSheets(scene.files.at(-1)?.content ?? Buffer.alloc(0)))).not.toContain('更正');
      expect(await faults()).toEqual([]);
    });

    it('goes to every group with what is different and why; what was published stays beside it', async () => {
      await correct(BANNER_MANAGER, '漏记了13800000001报的那篇');
      await adopts(1, 'comprehensive', '2026-12-31');
      scene.clock.to('2027-01-06T09:00');
      expect((await publish()).said).toMatch(/发到3个群/);
      const posted = wordsOf(scene.last(TOWN).card);
      expect(posted).toContain('政务信息排名（更正）');
      expect(posted).toContain('以这份为准，原来那份（2027年1月4日发布）作废');
      expect(posted).toContain('更正原因：漏记了138****0001报的那篇');
      expect(posted).toContain('巴彦托海镇：10分→20分');
      expect((await show(CLERK)).words).toContain('20分（1篇）');
      expect((await adopts(1, 'brief', '2026-12-31')).said).toContain('已经发布');
      expect((await publish()).said).toContain('已经发布');
      await presses(CLERK, { action: 'information.letter', half: '2026H2' });
      const letter = scene.files.at(-1);
      expect(letter?.name).toBe('政务信息工作情况的通报_2026年下半年（更正）.docx');
      const lines = linesOfLetter(letter?.content ?? Buffer.alloc(0)).join('\n');
      expect(lines).toContain('2027年1月4日发布的通报有误，现予更正，以本通报为准');
      expect(lines).toContain('更正内容：巴彦托海镇：10分→20分。');
      expect(await scene.db.read(({ q, t }) => q.select().from(t.informationRankings))).toHaveLength(2);
      expect(await faults()).toEqual([]);
    });

    it('is given up while nothing has changed, and not afterwards', async () => {
      expect((await drop()).said).toContain('没有在更正');
      await correct(BANNER_MANAGER, '漏了一篇综合信息');
      expect((await drop()).said).toContain('还是原来发布的');
      expect((await adopts(1, 'brief', '2026-12-31')).said).toContain('已经发布');
      await correct(BANNER_MANAGER, '漏了一篇综合信息');
      await adopts(1, 'brief', '2026-12-31');
      expect((await drop()).said).toContain('和发布的不一样');
      expect(await faults()).toEqual([]);
    });

    it('shows in the check of the ledger when somebody changes it by hand', async () => {
      await correct(BANNER_MANAGER, '漏了一篇综合信息');
      await tamper(scene.db, async ({ q, t }) =>
        q.update(t.informationRankings).set({ openedAt: 1 }).where(eq(t.informationRankings.version, 2)),
      );
      const about = { about: 'information', what: 'ranking' };
      const key = `${scene.unitId('鄂温克族自治旗')} 2026H2 2`;
      const found = await faults();
      expect(found).toEqual([{ ...about, key, problem: 'differs' }]);
      expect(await scene.db.read((tx) => faultWords(tx, found))).toEqual([
        '鄂温克族自治旗政务信息的排名 2026H2 第2版：和台账记录不一致',
      ]);
    });
  });

  it('goes out as an Excel file of two tables, to who may see it', async () => {
    await sends(CLERK);
    await adopts(1, 'city');
    await presses(CLERK, { action: 'information.export', half: '2026H2' });
    expect(scene.files).toEqual([]);
    await presses(BANNER_MANAGER, { action: 'information.export', half: '2026H2' });
    const file = scene.files.at(-1);
    expect(file).toMatchObject({ target: BANNER_MANAGER, name: '政务信息采用情况_2026年下半年.xlsx' });
    const sheets = await readSheets(file?.content ?? Buffer.alloc(0));
    expect(sheets.map(({ name }) => name)).toEqual(['旗直部门', '苏木乡镇']);
    expect(JSON.stringify(sheets[1])).toContain('巴彦托海镇');
    await presses(BANNER_MANAGER, { action: 'information.letter', half: '2026H2' });
    const letter = scene.files.at(-1);
    expect(letter).toMatchObject({ target: BANNER_MANAGER, name: '政务信息工作情况的通报_2026年下半年.docx' });
    const lines = linesOfLetter(letter?.content ?? Buffer.alloc(0)).join('\n');
    expect(lines).toContain('共上报政务信息1篇，其中各苏木乡镇上报1篇，各部门上报0篇');
    expect(lines).toContain('| 巴彦托海镇 | 1 |  |  |  | 1次 +10 |  |  |  | 10 | 1 |');
  });

  it('that somebody changed by hand is found by the check of the ledger', async () => {
    await sends(CLERK);
    await adopts(1, 'brief');
    await tamper(scene.db, async ({ q, t }) =>
      q.update(t.informationAdoptions).set({ times: 9 }).where(eq(t.informationAdoptions.id, 1)),
    );
    const found = await faults();
    expect(found).toEqual([{ about: 'information', what: 'adoption', key: '1', problem: 'differs' }]);
    expect(await scene.db.read((tx) => faultWords(tx, found))).toEqual([
      '政务信息的采用记录（内部号 1）：和台账记录不一致',
    ]);
  });

  it('of points, too, in words that name the banner', async () => {
    await presses(
      BANNER_MANAGER,
      { action: 'information.setPoints' },
      { adoptionKind: 'brief', points: '50', day: '' },
    );
    await tamper(scene.db, async ({ q, t }) => q.update(t.informationPoints).set({ points: 90 }));
    const found = await faults();
    expect(await scene.db.read((tx) => faultWords(tx, found))).toEqual([
      '鄂温克族自治旗政务信息的分值 旗采信息（短） 2026-11-23起：和台账记录不一致',
    ]);
  });
});

describe('/信息', () => {
  it('answers privately, reads the half-year, and finds a piece for the office', async () => {
    await sends(CLERK);
    await scene.says(CLERK, '/info 2026H1', TOWN);
    await scene.settle();
    expect(wordsOf(scene.last(TOWN).card)).toContain('私信');
    expect(wordsOf(scene.last(CLERK).card)).toContain('2026年上半年');
    await scene.says(CLERK, '/信息 明年');
    await scene.settle();
    expect(wordsOf(scene.last(CLERK).card)).toContain('请写半年');
    await scene.says(CLERK, '/信息 2030上半年');
    await scene.settle();
    expect(wordsOf(scene.last(CLERK).card)).toContain('2030年上半年还没有到');
    for (const [words, found] of [
      ['村级', '共1篇'],
      ['大雁', '没有找到这样的稿件'],
    ] as const) {
      await scene.says(ADMIN, `/信息 ${words}`);
      await scene.settle();
      expect(wordsOf(scene.last(ADMIN).card)).toContain(found);
    }
  });
});
