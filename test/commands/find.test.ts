import { eq } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { agentReads, agentWrites } from '../../db/repositories/agent.ts';
import { buttonOf, wordsOf } from '../support/office.ts';
import {
  ADA,
  ADMIN,
  BAI,
  BANNER,
  BANNER_MANAGER,
  CIVIL_CLERK,
  CLERK,
  NAME,
  OTHER_CLERK,
  OTHER_TOWN,
  openScene,
  PHONE,
  type Scene,
  TOWN,
  UNBOUND,
  VILLAGE,
} from '../support/scene.ts';

const NUMBER = '26-01-00001';
let scene: Scene;

beforeEach(async () => {
  scene = await openScene();
  await scene.register();
});

afterEach(async () => {
  await scene.close();
});

async function finds(openId: string, line: string, chat?: string) {
  const before = scene.posted.length;
  await scene.says(openId, line, chat);
  await scene.settle();
  return scene.posted
    .slice(before)
    .map((message) => ({ target: message.target, words: wordsOf(message.card), card: message.card }));
}

describe('/查', () => {
  it.each([
    '26-01-00001',
    '26-1-1',
    '260100001',
    '２６－０１－００００１',
    '26 01 00001',
    '26—01—00001',
    '编号：26-01-00001',
    '#26-01-00001',
    NAME,
    ` ${NAME} `,
    '1234',
    '１２３４',
    PHONE,
    '138 1234 1234',
    '+86 13812341234',
  ])('finds by %j', async (text) => {
    const [found, ...more] = await finds(ADA, `/查 ${text}`);
    expect(more).toEqual([]);
    expect(found?.words).toContain(`代办件 ${NUMBER}`);
    expect(found?.words).toContain('办理经过');
  });

  it.each(['查26-01-00001', '/查26-01-00001', '查 1234', `查询 ${NAME}`, `/find ${NUMBER}`, `查：${NAME}`])(
    'understands %s',
    async (line) => {
      expect((await finds(ADA, line))[0]?.words).toContain(NUMBER);
    },
  );

  it('finds by the number of the government’s own system', async () => {
    await scene.does(CLERK, { target: TOWN, label: '接收' });
    await scene.does(CLERK, { target: TOWN, label: '退回补正', form: { note: '缺户口本' } });
    await scene.does(ADA, { target: VILLAGE, label: '重新转送' });
    await scene.does(CLERK, { target: TOWN, label: '接收', form: { externalNumber: 'HLBE-2026-0815' } });
    for (const line of ['/查 HLBE-2026-0815', '/查 ＨＬＢＥ－２０２６－０８１５']) {
      expect((await finds(CLERK, line))[0]?.words).toContain(NUMBER);
    }
  });

  it.each(['26-01-00002', '27-01-00001', '李四', '4321', '99-99-99999', '26-00-00000', "' or 1=1 --", '%', '😀'])(
    'finds nothing by %j',
    async (text) => {
      expect((await finds(ADA, `/查 ${text}`))[0]?.words).toContain('没有找到这个代办件');
    },
  );

  it.each(['/查 138****1234', '138****1234', '查 １３８＊＊＊＊１２３４', '/查 047****2345', '138 **** 1234 办好了吗'])(
    'says by what to look when %s was typed from a card',
    async (line) => {
      expect((await finds(ADA, line))[0]?.words).toContain('请发手机号最后四位');
    },
  );

  it('wants a word', async () => {
    expect((await finds(ADA, '/查'))[0]?.words).toContain('请写上编号、姓名或手机尾号');
  });

  it.each([
    [OTHER_CLERK, false],
    [CIVIL_CLERK, false],
    [CLERK, true],
    [BANNER_MANAGER, true],
    [ADMIN, true],
  ])('for %s: %s', async (openId, visible) => {
    for (const text of [NUMBER, NAME, '1234', PHONE]) {
      const [found] = await finds(openId, `/查 ${text}`);
      if (visible) expect(found?.words).toContain(NUMBER);
      else expect(found?.words).toContain('没有找到这个代办件');
    }
  });

  it('is found by the department from when the town passes it on, and by the town still', async () => {
    await scene.does(CLERK, { target: TOWN, label: '接收' });
    await scene.does(CLERK, { target: TOWN, label: '转上级' });
    for (const openId of [CIVIL_CLERK, CLERK, ADA]) {
      for (const text of [NUMBER, NAME, '1234', PHONE])
        expect((await finds(openId, `/查 ${text}`))[0]?.words).toContain(NUMBER);
    }
    expect((await finds(OTHER_CLERK, `/查 ${NAME}`))[0]?.words).toContain('没有找到这个代办件');
  });

  it('is found no longer by who went to another town, not even by who registered it', async () => {
    await scene.db.write(async (tx) => {
      for (const openId of [ADA, BAI]) {
        const agent = await agentReads.byOpenId(tx, openId);
        if (!agent) throw new Error(`nobody is ${openId}`);
        await agentWrites.update(tx, { id: agent.id, set: { unitId: scene.unitId('大雁镇') } });
      }
    });
    for (const openId of [ADA, BAI]) {
      for (const text of [NUMBER, NAME, '1234', PHONE])
        expect((await finds(openId, `/查 ${text}`))[0]?.words).toContain('没有找到这个代办件');
    }
  });

  it('brings the card to the bottom of a group of the case, masked', async () => {
    for (const [openId, chat] of [
      [ADA, VILLAGE],
      [CLERK, TOWN],
      [BANNER_MANAGER, BANNER],
    ] as const) {
      const [found, ...more] = await finds(openId, `/查 ${NUMBER}`, chat);
      expect(more).toEqual([]);
      expect(found?.target).toBe(chat);
      expect(found?.words).toContain('张**');
      expect(found?.words).not.toContain(NAME);
    }
  });

  it.each([OTHER_TOWN, UNBOUND])('in the unrelated group %s answers privately', async (chat) => {
    const messages = await finds(CLERK, `/查 ${NAME}`, chat);
    const group = messages.filter((message) => message.target === chat);
    expect(group).toHaveLength(1);
    expect(group[0]?.words).toContain('已私信发给您');
    for (const text of [NUMBER, NAME, '张**']) expect(group[0]?.words).not.toContain(text);
    expect(messages.find((message) => message.target === CLERK)?.words).toContain(NUMBER);
  });

  it('lists several, the newest first, ten at most, each to be opened', async () => {
    for (let more = 0; more < 11; more++) await scene.register();
    const [list] = await finds(ADA, `/查 ${NAME}`);
    expect(list?.words).toContain('共12件');
    expect(list?.words).toContain('26-01-00012');
    expect(list?.words).not.toContain('26-01-00002');
    const opened = await scene.does(ADA, { target: ADA, label: '打开' });
    expect(opened.toast?.content).toContain('的卡片在下方');
    expect(wordsOf(scene.last(ADA).card)).toContain('代办件 26-01-00012');
  });

  it('counts a hundred at most, and says how to find the others', async () => {
    await scene.db.write(async ({ q, t }) => {
      const [record] = await q.select().from(t.cases);
      const [applicant] = await q.select().from(t.applicants);
      if (!record || !applicant) throw new Error('no case was registered');
      const ids = Array.from({ length: 100 }, (_, index) => 2 + index);
      await q.insert(t.applicants).values(ids.map((id) => ({ ...applicant, id })));
      const numberOf = (id: number) => `26-01-${String(id).padStart(5, '0')}`;
      await q.insert(t.cases).values(ids.map((id) => ({ ...record, id, applicantId: id, caseNumber: numberOf(id) })));
    });
    const [list] = await finds(ADA, `/查 ${NAME}`);
    expect(list?.words).toContain('共100件');
    expect(list?.words).toContain('只数了最近的100件，更早的还有。请发 /查 编号，或发 /查 完整手机号。');
    expect(list?.words).toContain('26-01-00101');
  });

  it('leaves out of a list, without a word, what the asker may not see', async () => {
    await scene.register();
    for (const text of [NAME, '1234']) {
      const [found] = await finds(OTHER_CLERK, `/查 ${text}`);
      expect(found?.words).toContain('没有找到这个代办件');
      expect(found?.words).not.toContain('26-01');
    }
  });

  it('lists by what the case itself says, whatever its copy among the applicants says', async () => {
    await scene.register();
    const holderUnitId = scene.unitId('大雁镇');
    await scene.db.write(async ({ q, t }) => q.update(t.applicants).set({ holderUnitId }));
    for (const text of [NAME, '1234']) {
      expect((await finds(OTHER_CLERK, `/查 ${text}`))[0]?.words).toContain('没有找到这个代办件');
    }
    await scene.db.write(async ({ q, t }) => q.update(t.cases).set({ holderUnitId }).where(eq(t.cases.id, 2)));
    const [list] = await finds(OTHER_CLERK, `/查 ${NAME}`);
    expect(list?.words).toContain('26-01-00002');
    expect(list?.words).not.toContain('26-01-00001');
  });

  it('opens nothing for who may not see it', async () => {
    await scene.register();
    await finds(ADA, `/查 ${NAME}`, VILLAGE);
    const value = buttonOf(scene.last(VILLAGE).card, '打开');
    const before = scene.posted.length;
    const answer = await scene.forges(OTHER_CLERK, { value });
    await scene.settle();
    expect(answer.toast?.content).toContain('没有找到这个代办件');
    expect(scene.posted).toHaveLength(before);
  });

  it('does not find by name or phone who has been erased', async () => {
    const erased = { wrappedKey: null, nameHash: null, phoneHash: null, phoneTailHash: null };
    await scene.db.write(async ({ q, t }) => q.update(t.applicants).set(erased).where(eq(t.applicants.id, 1)));
    expect((await finds(ADA, `/查 ${NAME}`))[0]?.words).toContain('没有找到');
    expect((await finds(ADA, `/查 ${NUMBER}`))[0]?.words).toContain('（已删除）');
  });
});
