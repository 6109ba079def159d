/** One applicant whose data no key opens: a row of a damaged page, or one that was sealed by another key. */
import { eq } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { CaseRow } from '../../db/repositories/case.ts';
import { wordsOf } from '../support/office.ts';
import {
  ADA,
  ADMIN,
  CLERK,
  NAME,
  openScene,
  PHONE,
  RELIEF,
  type Scene,
  TOWN,
  TOWN_MANAGER,
  VILLAGE,
} from '../support/scene.ts';
import { readSheets } from '../support/sheets.ts';

let scene: Scene;
let damaged: CaseRow;
let whole: CaseRow;

beforeEach(async () => {
  scene = await openScene();
  damaged = await scene.register({ remarks: '住得远' });
  whole = await scene.register({ itemName: RELIEF, applicantName: '李四', phone: '13911112222' });
});
afterEach(() => scene.close());

const damages = {
  name: { nameSealed: 'x' },
  phone: { phoneSealed: '' },
  key: { wrappedKey: 'broken' },
} as const;

const damage = (set: (typeof damages)[keyof typeof damages]) =>
  scene.db.write(async ({ q, t }) => {
    await q.update(t.applicants).set(set).where(eq(t.applicants.id, damaged.applicantId));
  });

const asks = async (openId: string, line: string, chat?: string) => {
  await scene.says(openId, line, chat);
  await scene.settle();
};

describe.each(Object.entries(damages))('an applicant whose %s does not open', (_, set) => {
  it('costs one row of a file, and no other', async () => {
    await damage(set);
    await asks(TOWN_MANAGER, '/台账');
    const [cases] = await readSheets(scene.files.at(-1)?.content ?? Buffer.alloc(0));
    const rows = new Map(cases?.rows.map((row) => [row[0], row.slice(2, 4)]));
    expect(rows.get(whole.caseNumber)).toEqual(['李*', '139****2222']);
    expect(rows.get(damaged.caseNumber)).toEqual(['（读不出）', '（读不出）']);
  });

  it('costs one row of a file with full data, too', async () => {
    await damage(set);
    await asks(ADMIN, '/台账 本月 巴彦托海镇');
    await scene.does(ADMIN, { target: ADMIN, label: '要完整信息' });
    await scene.does(ADMIN, { target: ADMIN, label: '确认导出', form: { reason: '年度检查抽查' } });
    const [cases] = await readSheets(scene.files.at(-1)?.content ?? Buffer.alloc(0));
    const rows = new Map(cases?.rows.map((row) => [row[0], [row[2], row[4], row.at(-1)]]));
    expect(rows.get(whole.caseNumber)).toEqual(['李四', null, null]);
    expect(rows.get(damaged.caseNumber)).toEqual(['（读不出）', '（读不出）', '（读不出）']);
  });
});

it('shows in a list that it cannot be read, and the others as ever', async () => {
  await damage(damages.name);
  await asks(CLERK, '/待办');
  const list = wordsOf(scene.last(CLERK).card);
  expect(list).toContain('（读不出）');
  expect(list).toContain('李四');
});

describe('a card that cannot be drawn', () => {
  it.each([
    ['in a private chat', undefined, CLERK],
    ['in a group', TOWN, TOWN],
  ])('is answered with a sentence %s', async (_, chat, target) => {
    await damage(damages.key);
    await asks(CLERK, `/查 ${damaged.caseNumber}`, chat);
    const said = wordsOf(scene.last(target).card);
    expect(said).toContain('没有生成');
    expect(said).toContain('请联系系统管理员');
  });

  it('is answered with a sentence when the applicant’s data were asked for', async () => {
    const [on] = scene.cards(VILLAGE, damaged.caseNumber);
    await scene.clicks(ADA, { target: VILLAGE, label: '查看申请人', ...(on ? { on } : {}) });
    await damage(damages.phone);
    await scene.settle();
    const said = wordsOf(scene.last(ADA).card);
    expect(said).toContain('没有生成');
    for (const secret of [NAME, PHONE]) expect(said).not.toContain(secret);
  });

  it('is told to the administrators by the number of the case and the unit, once', async () => {
    await damage(damages.key);
    for (let time = 0; time < 3; time++) await asks(CLERK, `/查 ${damaged.caseNumber}`, TOWN);
    for (let look = 0; look < 3; look++) {
      await scene.app.watch.look();
      await scene.settle();
    }
    const told = scene.cards(ADMIN, '有消息没有送到');
    expect(told).toHaveLength(1);
    expect(wordsOf(told[0]?.card)).toContain(`巴彦托海镇的群没有收到：代办件 ${damaged.caseNumber}。`);
    expect(wordsOf(told[0]?.card)).not.toContain('oc_');
  });
});
