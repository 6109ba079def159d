/** The four lists of a whole banner, as its office would keep them: ten towns, 69 villages, 600 agents. The same seed gives the same files. */
import { readFileSync } from 'node:fs';
import type { CellValue, WriteSheet } from 'hucre/xlsx';
import { createRandom, type Random } from '../../bench/scale/random.ts';
import { programFile } from '../../build/program-file.ts';
import { sheetOf, workbookOf } from './workbooks.ts';

export const VILLAGES = 69;
export const AGENTS = 600;
/** People of a village; those of the towns make up the rest. */
const OF_A_VILLAGE = 8;

interface Village {
  readonly name: string;
  readonly town: string;
}

interface Person {
  readonly name: string;
  readonly phone: string;
}

export interface BannerLists {
  readonly units: Buffer;
  readonly agents: Buffer;
  readonly catalogue: Buffer;
  readonly names: Buffer;
  /** The first full-time agent of the second village. */
  readonly someone: Person & { readonly village: string };
}

/** Two villages have this name, in different towns. */
const TWIN = '团结嘎查';
/** Known to a new installation. */
const known: readonly Village[] = [
  { name: '安门社区', town: '巴彦托海镇' },
  { name: '瑟宾社区', town: '巴彦托海镇' },
  { name: '安达社区', town: '巴彦托海镇' },
  { name: '伊兰嘎查', town: '巴彦塔拉乡' },
];

const townNames = JSON.parse(readFileSync(programFile('db/seed/units.json'), 'utf8')).towns.map(
  (town: { name: string }) => town.name,
) as string[];

export async function bannerLists(seed = 1): Promise<BannerLists> {
  const random = createRandom(seed);
  const villages = villagesOf();
  const people = Array.from({ length: AGENTS }, (_, index) => personOf(random, index));
  const [, second] = villages;
  const someone = people[OF_A_VILLAGE];
  if (!second || !someone) throw new Error('the lists are empty');
  return {
    units: await workbookOf(unitSheet(villages)),
    agents: await workbookOf(...agentSheets(villages, people)),
    catalogue: await workbookOf(catalogueSheet()),
    names: await workbookOf(
      sheetOf('常用叫法', [
        ['常用叫法', '事项名称', '实施编码'],
        ['敬老证、老年证', '敬老优待证办理', null],
      ]),
    ),
    someone: { ...someone, village: second.name },
  };
}

function villagesOf(): Village[] {
  const first = ['雅尔赛', '特莫胡珠', '希贵图', '维纳河', '哈日嘎那', '永丰', '孟根楚鲁'];
  const others = townNames.flatMap((town, place) =>
    first.map((name, index) => ({ name: `${name}${'东西南北中上下前后新'.charAt(place)}嘎查`, town, index })),
  );
  const made = others.slice(0, VILLAGES - known.length - 2).map(({ name, town }) => ({ name, town }));
  return [{ name: TWIN, town: '大雁镇' }, ...made, ...known, { name: TWIN, town: '辉苏木' }];
}

function personOf(random: Random, index: number): Person {
  const name =
    random.pick([...'王李张刘陈包白敖孟何']) + random.pick([...'海山明玉春红']) + random.pick([...'生梅霞军华花']);
  return { name, phone: `139${String(10_000_000 + index)}` };
}

function unitSheet(villages: readonly Village[]): WriteSheet {
  return sheetOf('单位', [
    ['单位名单'],
    ['级别', '单位名称', '上级单位', '服务场所名称', '乡镇编号'],
    ...townNames.map((name, index) => ['苏木乡镇', name, null, null, index + 1]),
    ...villages.map(({ name, town }) => ['嘎查社区', name, town, null, null]),
  ]);
}

const person = ['姓名', '手机号', '人员身份（在编、聘用等）'];
const work = ['帮办代办业务范围（退役军人、医保、民政、人社等）（可自行增加）', '帮办代办事项名称'];

/** Annex 5: towns, then villages with a column for their towns, because two have one name. */
function agentSheets(villages: readonly Village[], people: readonly Person[]): WriteSheet[] {
  const ofVillages = people.slice(0, villages.length * OF_A_VILLAGE);
  const ofTowns = people.slice(ofVillages.length);
  const towns = pairs(ofTowns).map((pair, index) => [[townNames[index % townNames.length] ?? ''], pair] as const);
  const rows = villages.flatMap(({ name, town }, index) =>
    pairs(ofVillages.slice(index * OF_A_VILLAGE, (index + 1) * OF_A_VILLAGE)).map(
      (pair, line) => [line === 0 ? [town, name] : [null, null], pair] as const,
    ),
  );
  return [annex5('苏木乡镇', ['苏木乡镇'], towns), annex5('嘎查社区', ['所属苏木乡镇', '嘎查社区'], rows)];
}

type Pair = readonly [full: Person | undefined, part: Person | undefined];

function pairs(people: readonly Person[]): Pair[] {
  return Array.from({ length: Math.ceil(people.length / 2) }, (_, index) => [people[2 * index], people[2 * index + 1]]);
}

function annex5(
  name: string,
  places: readonly string[],
  rows: readonly (readonly [places: readonly CellValue[], pair: Pair])[],
): WriteSheet {
  const blank = [null, null];
  const at = places.length + 1;
  const cells = (one: Person | undefined) => [one?.name ?? null, one?.phone ?? null, '聘用', '民政、医保', null];
  const single = [...Array(at).keys(), at + 3, at + 4, at + 8, at + 9, at + 10];
  return sheetOf(
    name,
    [
      [`鄂温克族自治旗${name}代办人员信息表`],
      ['序号', ...places, '专职代办员', ...blank, ...work, '兼职代办员', ...blank, ...work, '合计'],
      [null, ...places.map(() => null), ...person, ...blank, ...person, ...blank, null],
      ...rows.map(([where, [full, part]], index) => [index + 1, ...where, ...cells(full), ...cells(part), 2]),
    ],
    {
      merges: [
        { startRow: 1, endRow: 1, startCol: at, endCol: at + 2 },
        { startRow: 1, endRow: 1, startCol: at + 5, endCol: at + 7 },
        ...single.map((column) => ({ startRow: 1, endRow: 2, startCol: column, endCol: column })),
      ],
    },
  );
}

interface SeedItem {
  readonly number: number | null;
  readonly department: string;
  readonly mainItem: string;
  readonly subItem: string;
  readonly implementationCode: string;
  readonly itemType: string;
  readonly levels: readonly string[];
  readonly assistType: string;
}

/** Annex 1 as printed, a department once for all its items, and an item that the banner has added. */
function catalogueSheet(): WriteSheet {
  const printed = JSON.parse(readFileSync(programFile('db/seed/catalogue.json'), 'utf8')) as SeedItem[];
  const added: SeedItem = {
    number: 41,
    department: '民政部门',
    mainItem: '敬老优待证办理',
    subItem: '敬老优待证办理',
    implementationCode: '11152727011738852C5150511099F00',
    itemType: '公共服务',
    levels: ['县级', '镇级', '村级'],
    assistType: '本级帮办代办',
  };
  let above = '';
  const rows = [...printed, added].map((item) => {
    const department = item.department === above ? null : item.department;
    above = item.department;
    const { number, mainItem, subItem, implementationCode, itemType, levels, assistType } = item;
    return [number, department, mainItem, subItem, implementationCode, itemType, levels.join('、'), assistType];
  });
  return sheetOf(
    'Sheet1',
    [
      ['鄂温克族自治旗苏木乡镇（街道）帮办代办政务服务事项基础清单'],
      [
        '序号',
        '所属行业部门',
        '事项名称',
        null,
        '实施编码',
        '事项类型',
        '实施层级',
        '帮办代办类型（本级帮办代办/延伸帮办代办）',
      ],
      [null, null, '主项名称', '子项名称', null, null, null, null],
      ...rows,
    ],
    { merges: [{ startRow: 1, endRow: 1, startCol: 2, endCol: 3 }] },
  );
}
