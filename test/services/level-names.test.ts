/** What the levels of the tree are called: set once, said in everything of ours from then on, and nothing else is changed by it. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { settingReads, settingWrites } from '../../db/repositories/setting.ts';
import { unitReads } from '../../db/repositories/unit.ts';
import {
  changeLevelNames,
  inLocalWords,
  type LevelNames,
  levelNames,
  planLevelNames,
} from '../../src/domain/level-names.ts';
import { speakLocally } from '../../src/level-speech.ts';
import { settingMark } from '../../src/services/setting/view.ts';
import { confirms, sendsList } from '../imports/support.ts';
import { linesOfLetter } from '../support/letters.ts';
import { wordsOf } from '../support/office.ts';
import {
  ADA,
  ADMIN,
  BANNER_MANAGER,
  CLERK,
  openScene,
  type Scene,
  TOWN,
  TOWN_MANAGER,
  UNEMPLOYMENT,
  VILLAGE,
} from '../support/scene.ts';
import { readSheets } from '../support/sheets.ts';
import { sheetOf } from '../support/workbooks.ts';

const CITY: LevelNames = { banner: '区', town: '街道', village: '社区' };

let scene: Scene;
beforeEach(async () => {
  scene = await openScene();
});
afterEach(() => scene.close());

async function saves(form: Readonly<Record<string, string>>, seen: LevelNames = planLevelNames) {
  await scene.says(ADMIN, '/设置');
  await scene.settle();
  const value = { v: 1, action: 'setting.change', name: 'levelNames', seen: settingMark(seen) };
  const answer = await scene.forges(ADMIN, { value, chat: `oc_p2p_${ADMIN}`, form });
  await scene.settle();
  return answer;
}

/** Everything that a chat has read since, without the names of units, which are data. */
async function wordsSince(before: number): Promise<string> {
  const units = await scene.db.read((tx) => unitReads.all(tx));
  const names = units.flatMap(({ name, center }) => [name, center]).sort((a, b) => b.length - a.length);
  const said = scene.posted
    .slice(before)
    .map(({ card }) => wordsOf(card))
    .join('\n');
  return names.reduce((words, name) => words.replaceAll(name, ''), said);
}

describe('各级单位的叫法', () => {
  it('is said in cards, forms, refusals, help and files from then on, and the names of units stay', async () => {
    const answer = await saves({ ...CITY });
    expect(answer.toast?.content).toBe('各级单位的叫法已改为区、街道、社区');
    const before = scene.posted.length;
    const filesBefore = scene.files.length;

    await scene.says(ADA, '/登记', VILLAGE);
    await scene.settle();
    expect(wordsOf(scene.last(VILLAGE).card)).toContain('所在社区');
    expect(wordsOf(scene.last(VILLAGE).card)).not.toContain('所在嘎查社区');
    const missing = await scene.does(ADA, {
      target: VILLAGE,
      label: '提交登记',
      form: scene.registration({ residence: '' }),
    });
    expect(wordsOf(missing.card)).toContain('请选群众住在哪个社区');
    const record = await scene.register({ itemName: UNEMPLOYMENT });
    expect(wordsOf(scene.last(TOWN).card)).toContain('所在社区');
    await scene.does(CLERK, { target: TOWN, label: '接收' });

    for (const [openId, line] of [
      [TOWN_MANAGER, '/月报'],
      [TOWN_MANAGER, '/统计 本月 按社区'],
      [BANNER_MANAGER, '/统计 本月 按街道'],
      [BANNER_MANAGER, '/排名'],
      [BANNER_MANAGER, '/通报'],
      [BANNER_MANAGER, '/信息'],
      [BANNER_MANAGER, '/统计 按村庄'],
      [ADMIN, '/帮助'],
      [ADMIN, '/帮助 统计'],
      [ADMIN, '/设置'],
      [ADMIN, '/导入'],
      [ADA, '/代班'],
    ] as const) {
      await scene.says(openId, line);
      await scene.settle();
    }
    await scene.does(ADMIN, { target: ADMIN, label: '空表：单位' });
    for (const [line, label] of [
      ['/名册', '导出'],
      ['/月报', '要 Word'],
    ] as const) {
      await scene.says(BANNER_MANAGER, line);
      await scene.settle();
      await scene.does(BANNER_MANAGER, { target: BANNER_MANAGER, label });
    }

    const words = await wordsSince(before);
    expect(words).toContain('各街道');
    expect(words.match(/.{0,12}(?:苏木|嘎查|乡镇|旗).{0,12}/g) ?? []).toEqual([]);
    expect(wordsOf(scene.cards(VILLAGE, record.caseNumber).at(-1)?.card)).toContain('安达社区');
    const files = scene.files.slice(filesBefore);
    const sheets = await Promise.all(
      files.filter(({ name }) => name.endsWith('.xlsx')).map(({ content }) => readSheets(content)),
    );
    expect(sheets.flat().map(({ name }) => name)).toEqual(['单位', '街道', '社区']);
    expect(sheets.flat()[0]?.note).toMatch(/^级别填：区、区直部门、街道、社区、服务点/);
    const letter = files.find(({ name }) => name.endsWith('.docx'));
    expect(letter?.name).toContain('各街道');
    expect(linesOfLetter(letter?.content ?? Buffer.alloc(0)).join('\n')).toMatch(/各街道10月|\| 街道 \|/);
    expect((await scene.checkLedger()).faults).toEqual([]);
  });

  it('is what the importer reads, beside the words of the plan', async () => {
    await saves({ ...CITY });
    const units = ['级别', '单位名称', '上级单位'];
    const shown = await sendsList(scene, {
      sheets: [
        sheetOf('单位', [
          units,
          ['社区', '河东社区', '巴彦托海镇'],
          ['嘎查社区', '河西社区', '巴彦托海镇'],
          ['乡村', '河北社区', '巴彦托海镇'],
        ]),
      ],
    });
    expect(shown).toContain('级别应是区、区直部门、街道、社区、服务点之一');
    expect(await confirms(scene)).toContain('单位已导入');
    const known = await scene.db.read((tx) => unitReads.all(tx));
    expect(known.filter(({ name }) => /^河.社区$/.test(name)).map(({ name, level }) => [name, level])).toEqual([
      ['河东社区', 'village'],
      ['河西社区', 'village'],
    ]);
    const annex5 = (village: string, town: string) => [
      [village, town, '专职代办员姓名', '专职代办员手机号', '兼职代办员姓名', '兼职代办员手机号'],
      ['河东社区', '巴彦托海镇', '张三', '13800000001', null, null],
      ['河南社区', '巴彦托海镇', '李四', '13800000002', null, null],
    ];
    for (const [village, town] of [
      ['社区', '所属街道'],
      ['嘎查社区', '所属苏木乡镇'],
    ] as const) {
      const read = await sendsList(scene, { sheets: [sheetOf('人员', annex5(village, town))] });
      expect(read).toContain(`“人员”表第3行“${village}”：没有叫“河南社区”的社区`);
      expect(read).toContain('张三');
    }
  });

  it('counts in other processes within a minute, and costs their steps nothing', async () => {
    const said = async () => {
      await scene.says(ADA, '/登记', VILLAGE);
      await scene.settle();
      return wordsOf(scene.last(VILLAGE).card);
    };
    await scene.db.write((tx) => settingWrites.set(tx, { key: 'levelNames', value: { ...CITY, village: '村' } }));
    expect(await said()).toContain('所在嘎查社区');
    await scene.app.watch.look();
    expect(await said()).toContain('所在村');
  });

  it.each([
    [{ ...CITY, town: '社区' }],
    [{ ...CITY, banner: '' }],
    [{ ...CITY, banner: 'County' }],
    [{ ...CITY, banner: '（县）' }],
    [{ ...CITY, village: '村\u202e社区' }],
    [{ ...CITY, village: '{who}' }],
    [{ ...CITY, town: '乡镇街道苏木农场林场牧场园区' }],
  ])('refuses %j', async (form) => {
    const { toast } = await saves(form);
    expect(toast?.type).toBe('warning');
    expect(await scene.db.read((tx) => settingReads.get(tx, 'levelNames'))).toBeUndefined();
  });

  it('takes what people write for brackets and blanks', async () => {
    await saves({ banner: ' 县(市、区) ', town: '乡镇（街道）', village: '村（社区）' });
    expect(await scene.db.read((tx) => settingReads.get(tx, 'levelNames'))).toEqual({
      banner: '县（市、区）',
      town: '乡镇（街道）',
      village: '村（社区）',
    });
    await scene.says(BANNER_MANAGER, '/名册');
    await scene.settle();
    expect(wordsOf(scene.last(BANNER_MANAGER).card)).toContain('个村（社区）');
  });
});

describe('a name that holds such a word itself', () => {
  it.each([
    ['镇街', '各镇街人民政府'],
    ['镇（街道）', '各镇（街道）人民政府'],
    ['乡镇街道', '各乡镇街道人民政府'],
    ['街道', '各街道办事处'],
  ])('%s is put in once', (town, said) => {
    expect(inLocalWords('各苏木乡镇人民政府', { ...planLevelNames, town })).toBe(said);
    expect(inLocalWords('问镇里', { ...planLevelNames, town })).toBe(`问${town}`);
  });
});

describe('the names of a database', () => {
  it('hold in its transactions only, and a change that is undone changes nothing', async () => {
    const speech = speakLocally(scene.db);
    await expect(
      speech.db.write(async () => {
        changeLevelNames(CITY);
        expect(levelNames()).toEqual(CITY);
        throw new Error('undone');
      }),
    ).rejects.toThrow('undone');
    expect(await speech.db.read(async () => levelNames())).toEqual(planLevelNames);
    await speech.db.write(async (tx) => {
      await settingWrites.set(tx, { key: 'levelNames', value: CITY });
      changeLevelNames(CITY);
    });
    expect(await speech.db.read(async () => levelNames())).toEqual(CITY);
    expect(speech.speak(levelNames)).toEqual(CITY);
    expect(levelNames()).toEqual(planLevelNames);
    expect(await speakLocally(scene.db).db.read(async () => levelNames())).toEqual(planLevelNames);
  });
});
