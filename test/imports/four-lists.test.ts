/** Units, agents, items and names, one file each: what the ledger says of them, and what a second time does. */
import type { CellValue, WriteSheet } from 'hucre/xlsx';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { openScene, type Scene } from '../support/scene.ts';
import { sheetOf, workbookOf } from '../support/workbooks.ts';
import { annex5 } from './annex5.ts';
import { confirms, sendsFile } from './support.ts';

const CODE = '1115272701173885C515051109999F0';

let scene: Scene;
beforeEach(async () => {
  scene = await openScene();
});
afterEach(() => scene.close());

const units = (...villages: readonly (readonly [name: string, station: string])[]) =>
  sheetOf('单位', [
    ['级别', '单位名称', '上级单位', '服务场所名称'],
    ...villages.map(([name, station]) => ['嘎查社区', name, '大雁镇', station]),
  ]);
const agents = (...people: readonly (readonly [village: string, name: string, phone: string])[]) =>
  annex5(
    '嘎查\n社区',
    people.map(([village, name, phone], index): CellValue[] => [
      ...[index + 1, village, name, phone, '聘用', '民政'],
      ...[null, null, null, null, null, null, 1],
    ]),
  );
const items = (name: string, days: number) =>
  sheetOf('事项清单', [
    ['所属行业部门', '事项名称', '实施编码', '事项类型', '实施层级', '帮办代办类型', '承诺时限'],
    ['民政部门', name, CODE, '公共服务', '镇级', '本级帮办代办', days],
  ]);
const names = (called: string, item: string) =>
  sheetOf('常用叫法', [
    ['常用叫法', '事项名称'],
    [called, item],
  ]);

/** A list under a file's name that may say anything. */
interface List {
  readonly name: string;
  readonly title: string;
  readonly sheet: WriteSheet;
}
const first: readonly List[] = [
  { name: '单位.xlsx', title: '单位', sheet: units(['甲嘎查', '甲站'], ['乙嘎查', '乙站']) },
  {
    name: '代办人员.xlsx',
    title: '代办人员',
    sheet: agents(
      ['甲嘎查', '张三', '13800000001'],
      ['乙嘎查', '李四', '13800000002'],
      ['安达社区', '王五', '13800000003'],
    ),
  },
  { name: '事项清单.xlsx', title: '事项清单', sheet: items('敬老优待证办理', 5) },
  { name: '叫法.xlsx', title: '常用叫法', sheet: names('敬老证', '敬老优待证办理') },
];

async function shows({ name, sheet }: List): Promise<string> {
  return sendsFile(scene, { name, content: await workbookOf(sheet) });
}

const placeOf = ({ townId, seq }: { townId: number; seq: number }) => `${townId}/${seq}`;

/** Each new entry of the ledger by its kind and the object that it is of. */
async function entriesOf(work: () => Promise<unknown>): Promise<string[]> {
  const before = new Set((await scene.entries()).map(placeOf));
  await work();
  const added = (await scene.entries()).filter((entry) => !before.has(placeOf(entry)));
  return added.map(({ kind, payload }) => {
    const told = JSON.parse(payload) as Record<string, unknown>;
    const id = { setUnit: 'unitId', setRoster: 'rosterId', setItem: 'itemId', setItemVersion: 'itemId' }[
      kind as string
    ];
    return `${kind} ${told[id ?? 'kind']}`;
  });
}

const takes = (list: List) =>
  entriesOf(async () => {
    expect(await shows(list)).toContain(`核对${list.title}`);
    expect(await confirms(scene)).toContain(`${list.title}已导入`);
  });
/** The ledger stands in the scene's dump. */
const rowsNow = () =>
  scene.db.read(async ({ q, t }) =>
    JSON.stringify([
      await q.select().from(t.units),
      await q.select().from(t.roster),
      await q.select().from(t.serviceItems),
      await q.select().from(t.itemVersions),
    ]),
  );
const kindsOf = (entries: readonly string[]) => entries.map((entry) => entry.split(' ')[0]);

it('are one entry for each object that is new or changed, and none for what stays', async () => {
  const [unitList, agentList, itemList, nameList] = first;
  if (!unitList || !agentList || !itemList || !nameList) throw new Error('there are four');
  const added = [await takes(unitList), await takes(agentList), await takes(itemList), await takes(nameList)];
  expect(added.map(kindsOf)).toEqual([
    ['setUnit', 'setUnit'],
    ['setRoster', 'setRoster', 'setRoster'],
    // What it is called, and what it promises.
    ['setItem', 'setItemVersion'],
    ['setItem'],
  ]);
  for (const entries of added) expect(new Set(entries).size).toBe(entries.length);

  const rehoused = { ...unitList, sheet: units(['甲嘎查', '甲站'], ['乙嘎查', '乙嘎查便民服务站']) };
  const reachedAt = {
    ...agentList,
    sheet: agents(
      ['甲嘎查', '张三', '13800000001'],
      ['乙嘎查', '李四', '13800000009'],
      ['安达社区', '王五', '13800000003'],
    ),
  };
  const changed = [
    await takes(rehoused),
    await takes(reachedAt),
    await takes({ ...itemList, sheet: items('敬老优待证办理', 3) }),
    await takes({ ...nameList, sheet: names('敬老证、老年证', '敬老优待证办理') }),
  ];
  // The second village, the second person, what the item promises, how it is called.
  expect(changed).toEqual([[added[0]?.[1]], [added[1]?.[1]], [added[2]?.[1]], added[3]]);
  expect((await scene.checkLedger()).faults).toEqual([]);
});

it('are told apart by their header, whatever the files are called, and sent again change nothing', async () => {
  // Each under the name of another.
  const swapped = first.map((list, index) => ({ ...list, name: first.at(index - 1)?.name ?? '' }));
  for (const list of swapped) await takes(list);
  const before = [await scene.dump(), await rowsNow()];
  for (const list of first) {
    const shown = await shows(list);
    expect(shown).toContain(`${list.title}没有要导入的`);
    expect(shown).not.toContain('确认导入');
  }
  expect([await scene.dump(), await rowsNow()]).toEqual(before);
});
