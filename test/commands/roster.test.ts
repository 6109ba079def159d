import { readXlsx } from 'hucre/xlsx';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { agentWrites } from '../../db/repositories/agent.ts';
import { enrolAgent } from '../../src/services/agent/enrol.ts';
import { sealPhone } from '../../src/services/agent/phone.ts';
import { buttonOf, wordsOf } from '../support/office.ts';
import {
  ADA,
  ADMIN,
  BANNER,
  BANNER_MANAGER,
  CIVIL_MANAGER,
  OTHER_TOWN,
  openScene,
  type Scene,
  STRANGER,
  TOWN,
  TOWN_MANAGER,
} from '../support/scene.ts';

let scene: Scene;

beforeEach(async () => {
  scene = await openScene();
});
afterEach(() => scene.close());

async function asks(openId: string, line: string, chat?: string): Promise<string> {
  await scene.says(openId, line, chat);
  await scene.settle();
  return wordsOf(scene.last(chat ?? openId).card);
}

/** The sheets of the newest file, as rows of values. */
async function newestFile() {
  const file = scene.files.at(-1);
  if (!file) throw new Error('no file was sent');
  const { sheets } = await readXlsx(file.content, { readStyles: true });
  return { file, sheets };
}

async function hirePartTime(openId: string, person: { name: string; unit: string; phone: string }): Promise<void> {
  const { name, unit, phone } = person;
  await scene.asProgram((ctx) =>
    enrolAgent(ctx, {
      ...{ openId, name, unitId: scene.unitId(unit), role: 'agent', employment: 'partTime', appliedAt: ctx.now },
      phoneSealed: sealPhone(ctx.vault, { openId, phone }),
    }),
  );
}

const exportOf = (unitId: number, day = '2026-11-23') => ({ v: 1, action: 'roster.export', unitId, day });

describe('/名册', () => {
  it('says how many there are, town by town, and which villages lack a full-time agent', async () => {
    await hirePartTime('ou_part', { name: '兼职员', unit: '安门社区', phone: '13900001111' });
    const words = await asks(BANNER_MANAGER, '/名册');
    expect(words).toContain('鄂温克族自治旗 2026年11月23日');
    // 阿达, 白音, 王芳, 李强, 包主任, 大雁员; the banner's and the department's people are not in Annex 5.
    expect(words).toContain('7人：专职6人，兼职1人');
    expect(words).toMatch(/安门社区（巴彦托海镇）/);
    expect(words).not.toMatch(/安达社区（/);
    expect(words.split('\n').join(' ')).toMatch(/巴彦托海镇 5人 1人/);
    expect(words).not.toContain('13900001111');
  });

  it('of a village that has one says so', async () => {
    expect(await asks(TOWN_MANAGER, '/名册 安达社区')).toContain('1个嘎查社区都有专职代办员');
  });

  it('of an earlier day lists who worked where on that day, in the ledger’s words', async () => {
    scene.clock.to('2026-11-25T10:00');
    await scene.says(ADMIN, '/调动 阿达 大雁镇');
    await scene.settle();
    await scene.does(ADMIN, { target: ADMIN, label: '确认调动' });
    await scene.says(ADMIN, '/停用 白音');
    await scene.settle();
    await scene.does(ADMIN, { target: ADMIN, label: '确认停用' });
    expect(await asks(TOWN_MANAGER, '/名册 安达社区 2026-11-24')).toContain('2人：专职2人');
    const now = await asks(TOWN_MANAGER, '/名册 安达社区');
    expect(now).toContain('0人：专职0人');
    expect(now).toContain('安达社区（巴彦托海镇）');
    expect(await asks(BANNER_MANAGER, '/名册 安达社区 2026-11-01')).toContain('0人');
  });

  it.each([
    [TOWN_MANAGER, '/名册 大雁镇', '您只能要巴彦托海镇及下属单位的名册；别的单位的，请找那个单位或上级的管理员'],
    [CIVIL_MANAGER, '/名册', '名册只列苏木乡镇和嘎查社区的代办员'],
    [TOWN_MANAGER, '/名册 2026-12-01', '还没有到'],
    [TOWN_MANAGER, '/名册 2026-02-30', '没看懂'],
    [ADA, '/名册', '才能用'],
  ])('%s is refused %s', async (openId, line, sentence) => {
    expect(await asks(openId, line)).toContain(sentence);
    expect(buttonOf(scene.last(openId).card, '导出')).toBeUndefined();
  });

  it('stands in the group of the manager’s own unit, elsewhere it goes to the manager alone', async () => {
    expect(await asks(TOWN_MANAGER, '/名册', TOWN)).toContain('巴彦托海镇 2026年11月23日');
    expect(await asks(TOWN_MANAGER, '/名册', OTHER_TOWN)).toContain('已私信发给您');
    expect(wordsOf(scene.last(TOWN_MANAGER).card)).toContain('代办员名册');
  });
});

describe('its file', () => {
  it('is Annex 5 as printed: two tables, headers of two rows, numbers as numbers and phones as text', async () => {
    await hirePartTime('ou_part', { name: '=HYPERLINK("x")', unit: '安达社区', phone: '13900001111' });
    await asks(BANNER_MANAGER, '/名册');
    await scene.does(BANNER_MANAGER, { target: BANNER_MANAGER, label: '导出' });
    const { file, sheets } = await newestFile();
    expect(file.name).toBe('名册_鄂温克族自治旗_2026年11月23日.xlsx');
    expect(file.target).toBe(BANNER_MANAGER);
    expect(sheets.map(({ name }) => name)).toEqual(['苏木乡镇', '嘎查社区']);
    const [towns, villages] = sheets;
    const person = ['姓名', '手机号', '人员身份（在编、聘用等）'];
    expect(towns?.rows[2]?.slice(0, 3)).toEqual(['序号', '苏木乡镇', '专职代办员']);
    expect(towns?.rows[2]?.[7]).toBe('兼职代办员');
    expect(towns?.rows[2]?.[12]).toBe('合计');
    expect(towns?.rows[3]?.slice(2, 5)).toEqual(person);
    expect(towns?.rows[3]?.slice(7, 10)).toEqual(person);
    expect(towns?.merges).toContainEqual({ startRow: 2, startCol: 2, endRow: 2, endCol: 4 });
    expect(towns?.merges).toContainEqual({ startRow: 2, startCol: 0, endRow: 3, endCol: 0 });
    const rows = villages?.rows.slice(4).filter((row) => row[1] === '安达社区') ?? [];
    expect(rows.map((row) => [row[2], row[7], row[8], row[12]])).toEqual([
      ['阿达', '=HYPERLINK("x")', '13900001111', 3],
      ['白音', null, null, null],
    ]);
    expect(JSON.stringify(villages?.cells && [...villages.cells.values()].map(({ formula }) => formula))).not.toContain(
      'HYPERLINK',
    );
    const empty = villages?.rows.find((row) => row[1] === '安门社区');
    expect(empty?.[12]).toBe(0);
    // 包主任, 王芳 and 李强 are the town's.
    expect(towns?.rows.filter((row) => row[1] === '巴彦托海镇').map((row) => row[12])).toEqual([3, null, null]);
  });

  it('is an entry in the ledger, which still adds up', async () => {
    const before = (await scene.entries()).length;
    await asks(TOWN_MANAGER, '/名册 安达社区');
    await scene.does(TOWN_MANAGER, { target: TOWN_MANAGER, label: '导出' });
    const entries = await scene.entries();
    expect(entries).toHaveLength(before + 1);
    const entry = entries.find(({ kind }) => kind === 'exportRoster');
    expect(JSON.parse(entry?.payload ?? '')).toEqual({
      unitId: scene.unitId('安达社区'),
      day: '2026-11-23',
      count: 2,
    });
    expect((await scene.checkLedger()).faults).toEqual([]);
  });

  it('names no phone of who has left', async () => {
    await hirePartTime('ou_part', { name: '兼职员', unit: '安达社区', phone: '13900001111' });
    scene.clock.to('2026-11-25T10:00');
    await scene.says(ADMIN, '/停用 兼职员');
    await scene.settle();
    await scene.does(ADMIN, { target: ADMIN, label: '确认停用' });
    await asks(TOWN_MANAGER, '/名册 安达社区 2026-11-24');
    await scene.does(TOWN_MANAGER, { target: TOWN_MANAGER, label: '导出' });
    const text = JSON.stringify((await newestFile()).sheets.map(({ rows }) => rows));
    expect(text).toContain('兼职员');
    expect(text).not.toContain('13900001111');
  });

  it('pressed in a group goes to the manager who presses, and to nobody else', async () => {
    await asks(BANNER_MANAGER, '/名册', BANNER);
    await scene.does(BANNER_MANAGER, { target: BANNER, label: '导出' });
    expect(scene.files.map(({ target }) => target)).toEqual([BANNER_MANAGER]);
    const refused = await scene.does(TOWN_MANAGER, { target: BANNER, label: '导出' });
    expect(refused.toast?.content).toContain('您只能要巴彦托海镇及下属单位的名册');
    for (const openId of [ADA, STRANGER]) {
      const answer = await scene.does(openId, { target: BANNER, label: '导出' });
      expect(answer.toast?.content).toMatch(/才能用|还没有登记为代办员/);
    }
    expect(scene.files).toHaveLength(1);
    expect((await scene.entries()).filter(({ kind }) => kind === 'exportRoster')).toHaveLength(1);
  });

  it.each([
    [{ unitId: 999_999 }, '您只能要'],
    [{ day: '2026-11-24' }, '还没有到'],
    [{ day: '2026-02-30' }, '这个按钮已经失效了'],
    [{ unitId: 'x' }, '这个按钮已经失效了'],
  ])('is refused for a forged %j', async (forged, sentence) => {
    const value = { ...exportOf(scene.unitId('安达社区')), ...forged };
    expect((await scene.forges(TOWN_MANAGER, { value })).toast?.content).toContain(sentence);
    expect(scene.files).toEqual([]);
  });

  it('that waits is not sent when the manager’s row was changed by hand meanwhile', async () => {
    await scene.says(TOWN_MANAGER, '/名册 安达社区');
    await scene.settle();
    await scene.clicks(TOWN_MANAGER, { target: TOWN_MANAGER, label: '导出' });
    const entry = (await scene.entries()).find(({ kind }) => kind === 'exportRoster');
    const set = { unitId: scene.unitId('鄂温克族自治旗') };
    await scene.asProgram((ctx) => agentWrites.update(ctx.tx, { id: Number(entry?.actorId), set }));
    await scene.settle();
    expect(scene.files).toEqual([]);
  });

  it('does not go to somebody whose rights were taken or forged meanwhile', async () => {
    await scene.forges(TOWN_MANAGER, { value: exportOf(scene.unitId('安达社区')) });
    await scene.settle();
    expect(scene.files).toHaveLength(1);
    const entry = (await scene.entries()).find(({ kind }) => kind === 'exportRoster');
    const set = { unitId: scene.unitId('鄂温克族自治旗') };
    await scene.asProgram((ctx) => agentWrites.update(ctx.tx, { id: Number(entry?.actorId), set }));
    const value = exportOf(scene.unitId('鄂温克族自治旗'));
    await expect(scene.forges(TOWN_MANAGER, { value })).resolves.toMatchObject({ toast: { type: 'error' } });
    await scene.settle();
    expect(scene.files).toHaveLength(1);
  });
});
