import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { buttonOf, wordsOf } from '../support/office.ts';
import {
  ADA,
  BANNER_MANAGER,
  CLERK,
  NAME,
  OTHER_CLERK,
  openScene,
  PHONE,
  RELIEF,
  type Scene,
  STRANGER,
  TOWN,
  UNBOUND,
  VILLAGE,
} from '../support/scene.ts';

const NUMBER = '26-01-00001';
let scene: Scene;

beforeEach(async () => {
  scene = await openScene();
});
afterEach(() => scene.close());

async function answers(openId: string, line: string, chat?: string) {
  const before = scene.posted.length;
  await scene.says(openId, line, chat);
  await scene.settle();
  return scene.posted.slice(before).map(({ target, card }) => ({ target, card, words: wordsOf(card) }));
}

async function answer(openId: string, line: string, chat?: string): Promise<string> {
  const [first] = await answers(openId, line, chat);
  return first?.words ?? '';
}

describe('a case is found without a command', () => {
  it.each([
    NUMBER,
    '260100001',
    '1',
    '00001',
    '第1件',
    '/查 1',
    '/查 00001',
    PHONE,
    '138 1234 1234',
    '1234',
    NAME,
    '张',
    '张*',
    '张**',
    '姓张的',
    '/查 张',
    '/查 张**',
    '/查 张三',
    `查一下${NAME}`,
    `帮我查一下${NAME}`,
    `${NAME}的低保办好了吗`,
    `${NAME}办到哪了`,
    `撤回 ${NUMBER}`,
    `催办${NUMBER}`,
    `催办 ${NAME}`,
  ])('by %j', async (line) => {
    await scene.register();
    const [found, ...more] = await answers(ADA, line);
    expect(more).toEqual([]);
    expect(found?.words).toContain(`代办件 ${NUMBER}`);
  });

  it.each([NUMBER, '1', PHONE, NAME, '张', '张**', `${NAME}的低保办好了吗`])(
    'by %j only for whom may see it, and nothing typed is said in a group',
    async (line) => {
      await scene.register();
      for (const words of await answers(OTHER_CLERK, line)) expect(words.words).not.toContain(NUMBER);
      for (const { target, words } of await answers(CLERK, line, UNBOUND)) {
        if (target === UNBOUND) expect(words).not.toMatch(/张|1234|26-01/);
      }
    },
  );

  it('several whose names begin so are a list, masked', async () => {
    await scene.register();
    await scene.register({ applicantName: '张伟', phone: '13912345678', itemName: RELIEF });
    await scene.register({ applicantName: '王伟', phone: '13912345679', itemName: RELIEF });
    const words = await answer(ADA, '/查 张');
    for (const number of [NUMBER, '26-01-00002']) expect(words).toContain(number);
    expect(words).not.toContain('26-01-00003');
  });

  it.each(['张三丰 5678', '/查 张三丰 5678', '张三丰13912345678', '查张三丰 5678'])(
    '%s is of two namesakes the one with that number',
    async (line) => {
      await scene.register();
      await scene.register({ applicantName: NAME, phone: '13912345678', itemName: RELIEF });
      expect(await answer(ADA, line)).toContain('代办件 26-01-00002');
      expect(await answer(OTHER_CLERK, line)).not.toContain('26-01');
      expect(await answer(ADA, '李四 5678')).not.toContain('26-01');
    },
  );

  it('the short number is one of the own town and of this year', async () => {
    await scene.register();
    await scene.clock.to('2027-01-04T10:00');
    expect(await answer(ADA, '1')).toContain('没有找到');
    expect(await answer(ADA, NUMBER)).toContain(NUMBER);
    expect(await answer(BANNER_MANAGER, '/查 1')).toContain('没有找到');
  });

  it('and a question about nobody known says that nothing was found', async () => {
    for (const line of ['李四的低保办好了吗', '查一下李四', '26-01-00009', '13900000000', '李*']) {
      expect(await answer(ADA, line), line).toContain('没有找到这个代办件');
    }
  });
});

describe('everyday words', () => {
  it('get a fitting answer', async () => {
    expect(await answer(ADA, '你好')).toContain('阿达，您好');
    expect(await answer(ADA, '在吗？')).toContain('阿达，您好');
    expect(await answer(ADA, '谢谢')).toContain('不客气');
    expect(await answer(ADA, '怎么用')).toContain('我能做什么');
    expect(await answer(ADA, '加入')).toContain('您是安达社区的代办员');
    expect(await answer(ADA, '我的件到哪了')).toContain('待办');
    expect(await answer(ADA, '改电话 13900000000')).toContain('点“更正”');
    expect(await answer(ADA, '你好', VILLAGE)).toContain('您好');
    expect(await answer(ADA, '撤回')).toContain('打开那件代办，再点“撤回”');
    expect(await answer(ADA, '登记错了怎么改')).toContain('点“更正”');
    expect(await answer(ADA, '给我看看待办')).toContain('安达社区的待办');
    for (const line of ['我要请假', '我要请假三天', '请假 3天']) expect(await answer(ADA, line)).toContain('谁来代班');
  });

  it.each(['低保怎么办', '低保要带什么材料', '办低保要什么'])('%s is answered with the item', async (line) => {
    expect(await answer(ADA, line)).toContain('最低生活保障对象认定');
    expect(await answer(ADA, line, VILLAGE)).toContain('登记此事项');
  });

  it.each(['帮张三丰办低保', '我想给张三丰办低保', '申请低保 张三丰'])('%s opens the form filled in', async (line) => {
    const [form] = await answers(ADA, line);
    expect(form?.words).toContain('提交登记');
    expect(JSON.stringify(form?.card)).toContain('张三丰');
    const [inGroup] = await answers(CLERK, line, TOWN);
    expect(inGroup?.words).toContain('张**');
    expect(JSON.stringify(inGroup?.card)).not.toContain('张三丰');
  });

  it.each([
    ['老王要办医保，电话13900001111', ['老王', '13900001111']],
    ['张三想办个老年证,138 0000 0000', ['张三', '13800000000', '老年证']],
    ['低保 张三丰 1380000000', ['张三丰', '1380000000']],
    ['低宝 王五 13700000001', ['王五', '13700000001']],
    ['姓名：斯琴高娃\n联系方式：138-0000-1234\n办理事项：高龄津贴', ['斯琴高娃', '13800001234']],
  ])('%j names a person with a number: the form opens filled in', async (line, filled) => {
    const [form] = await answers(ADA, line);
    expect(form?.words).toContain('提交登记');
    for (const words of filled) expect(JSON.stringify(form?.card)).toContain(words);
    const [inGroup] = await answers(CLERK, line, TOWN);
    expect(inGroup?.words).toContain('提交登记');
    for (const words of filled.slice(0, 2)) expect(JSON.stringify(inGroup?.card)).not.toContain(words);
    const [refused] = await answers(STRANGER, line);
    expect(refused?.words).toContain('申请');
  });

  it('several people, a line each, are the list', async () => {
    const words = await answer(ADA, '低保 张三丰 13800000000\n医保 李四 13900000000');
    expect(words).toMatch(/张三丰[\s\S]*李四/);
    expect(words).not.toContain('没看懂');
  });

  it('a name and a number alone find who is known, and register nobody a second time', async () => {
    await scene.register();
    expect(await answer(ADA, `${NAME} ${PHONE}`)).toContain(`代办件 ${NUMBER}`);
    expect(await answer(ADA, `撤回 ${NAME} ${PHONE}`)).toContain(`代办件 ${NUMBER}`);
    expect(await answer(ADA, `${NAME} ${PHONE} 办好了吗`)).toContain(`代办件 ${NUMBER}`);
    expect(await answer(ADA, `${NAME}的电话改成13900001111`)).toContain('点“更正”');
    expect(await answer(ADA, '李四 13900000000')).toContain('提交登记');
    expect(await answer(ADA, '给李四交医保 13900000000')).toContain('提交登记');
  });

  it.each(['给镇里打电话', '办好了吗', '要什么', '帮我', '怎么办'])(
    '%s names no item: nothing is opened',
    async (line) => {
      const words = await answer(ADA, line);
      for (const opened of ['提交登记', '登记此事项']) expect(words).not.toContain(opened);
      expect(words).not.toBe('');
    },
  );

  it.each(['加入', '申请加入', '我要加入', '26-01-00001', '我的件到哪了'])(
    'from a stranger: %s brings the form to apply',
    async (line) => {
      expect(await answer(STRANGER, line)).toContain('提交申请');
    },
  );

  it('a stranger is shown the way in by greeting and help', async () => {
    for (const line of ['你好', '怎么用', '/帮助']) {
      const [first] = await answers(STRANGER, line);
      expect(buttonOf(first?.card, '申请成为代办员'), line).toBeDefined();
      await scene.does(STRANGER, { target: STRANGER, label: '申请成为代办员' });
      expect(wordsOf(scene.last(STRANGER).card)).toContain('提交申请');
    }
  });
});

describe('a slip of the command', () => {
  it('within the first word keeps what stands around it, and opens nothing in a group', async () => {
    await answer(ADA, '张三丰要登记低保');
    await scene.does(ADA, { target: ADA, label: '/登记' });
    expect(JSON.stringify(scene.last(ADA).card)).toContain('张三丰');
    const [inGroup] = await answers(CLERK, '张三丰要登记低保', TOWN);
    expect(inGroup?.words).toContain('没看懂');
    expect(JSON.stringify(inGroup?.card)).not.toContain('张三丰');
  });

  it('within the first word is no question any more where a number follows', async () => {
    const [form] = await answers(ADA, '张三丰要登记低保 13812341234');
    for (const kept of ['张三丰', '13812341234']) expect(JSON.stringify(form?.card)).toContain(kept);
    const [inGroup] = await answers(CLERK, '张三丰要登记低保 13812341234', TOWN);
    expect(inGroup?.words).toContain('张**');
    expect(JSON.stringify(inGroup?.card)).not.toMatch(/张三丰|13812341234/);
  });

  it('keeps the words behind it in the button', async () => {
    expect(await answer(ADA, '/等级 低保 张三 13800000000')).toContain('您是不是想说 /登记？后面的话不用重打。');
    await scene.does(ADA, { target: ADA, label: '/登记' });
    const form = JSON.stringify(scene.last(ADA).card);
    for (const kept of ['张三', '13800000000']) expect(form).toContain(kept);
  });

  it('opens a registration at once in a group, where a button may not hold them', async () => {
    const [form] = await answers(CLERK, '/登计 低保 张三丰 13812341234', TOWN);
    expect(form?.target).toBe(TOWN);
    expect(form?.words).toContain('张**');
    expect(JSON.stringify(form?.card)).not.toMatch(/张三丰|13812341234/);
  });
});
