/** 名册 with an imported Annex 5: what it adds to the staff, on any day. */
import { readXlsx } from 'hucre/xlsx';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { wordsOf } from '../support/office.ts';
import { ADMIN, openScene, type Scene, STRANGER, TOWN_MANAGER } from '../support/scene.ts';
import { annex5 } from './annex5.ts';
import { confirms, sendsList } from './support.ts';

let scene: Scene;
beforeEach(async () => {
  scene = await openScene();
  scene.clock.to('2026-11-24T10:00');
});
afterEach(() => scene.close());

async function lists(): Promise<void> {
  await sendsList(scene, {
    sheets: [
      annex5('苏木\n乡镇', [
        [
          1,
          '巴彦托海镇',
          '张三',
          13800000001,
          '在编',
          '民政、医保',
          '低保',
          '李四',
          '13800000002',
          '聘用',
          '人社局业务',
          null,
          2,
        ],
      ]),
      annex5('嘎查\n社区', [
        [1, '安门社区', '王五', '13800000003', '两委', '民政', '高龄津贴', null, null, null, null, null, 1],
      ]),
    ],
  });
  await confirms(scene);
}

const asks = async (line: string) => {
  await scene.says(TOWN_MANAGER, line);
  await scene.settle();
  return wordsOf(scene.last(TOWN_MANAGER).card);
};

async function joins(): Promise<void> {
  await scene.says(STRANGER, '/登记');
  await scene.settle();
  await scene.does(STRANGER, {
    target: STRANGER,
    label: '提交申请',
    form: { name: '王五', phone: '13800000003', unit: String(scene.unitId('安门社区')), employment: 'fullTime' },
  });
  await scene.does(TOWN_MANAGER, { target: TOWN_MANAGER, label: '通过', form: {} });
}

it('counts whom the list names, says who has not joined, and which business nobody does', async () => {
  await lists();
  const words = await asks('/名册');
  // 阿达, 白音, 王芳, 李强, 包主任 and the three of the list.
  expect(words).toContain('8人：专职7人，兼职1人');
  expect(words).toContain('名单里3人还没有加入机器人');
  expect(words).toContain('张三（巴彦托海镇）、李四（巴彦托海镇）、王五（安门社区）');
  expect(words).not.toContain('安门社区（巴彦托海镇）');
  expect(words).toContain('巴彦托海镇：退役军人、住建、自然资源、林草、卫生、残联、交管');
  await joins();
  expect(await asks('/名册')).toContain('8人：专职7人，兼职1人');
  expect(await asks('/名册')).toContain('名单里2人还没有加入机器人');
});

it('of the day before the list there is nobody of it, and of the day before they joined they had not', async () => {
  await lists();
  scene.clock.to('2026-11-25T10:00');
  await joins();
  expect(await asks('/名册 2026-11-23')).toContain('5人：专职5人');
  expect(await asks('/名册 2026-11-24')).toContain('名单里3人还没有加入机器人');
  expect(await asks('/名册 2026-11-25')).toContain('名单里2人还没有加入机器人');
});

it('fills the columns of the annex, of those who joined and of those who did not', async () => {
  await lists();
  await joins();
  await asks('/名册');
  await scene.does(TOWN_MANAGER, { target: TOWN_MANAGER, label: '导出' });
  const { sheets } = await readXlsx(scene.files.at(-1)?.content ?? Buffer.alloc(0));
  const [towns, villages] = sheets;
  const row = (sheet: typeof towns, name: string) => sheet?.rows.find((cells) => cells.includes(name)) ?? [];
  expect(row(villages, '王五').slice(1, 7)).toEqual(['安门社区', '王五', '13800000003', '两委', '民政', '高龄津贴']);
  expect(row(towns, '张三').slice(2, 7)).toEqual(['张三', '13800000001', '在编', '民政、医保', '低保']);
  expect(row(towns, '李四').slice(7, 12)).toEqual(['李四', '13800000002', '聘用', '人社局业务', null]);
  expect((await scene.checkLedger()).faults).toEqual([]);
});

it('/停用 of somebody who has not joined says so', async () => {
  await lists();
  expect(await asks('/停用 王五')).toContain('安门社区的王五在名单里，但还没有加入机器人');
  await scene.says(ADMIN, '/停用 赵六');
  await scene.settle();
  expect(wordsOf(scene.last(ADMIN).card)).toContain('没有这个姓名');
});
