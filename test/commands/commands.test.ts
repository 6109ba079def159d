import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { commands } from '../../src/commands/index.ts';
import { buttonOf, type Posted, wordsOf } from '../support/office.ts';
import {
  ADA,
  ADMIN,
  ALLOWANCE,
  BANNER,
  BANNER_MANAGER,
  CLERK,
  openScene,
  type Scene,
  STRANGER,
  TOWN,
  TOWN_MANAGER,
  UNBOUND,
  VILLAGE,
} from '../support/scene.ts';

let scene: Scene;

beforeEach(async () => {
  scene = await openScene();
});

afterEach(async () => {
  await scene.close();
});

/** What is posted in answer to a line. */
async function answers(openId: string, text: string, chat?: string): Promise<readonly Posted[]> {
  const before = scene.posted.length;
  await scene.says(openId, text, chat);
  await scene.settle();
  return scene.posted.slice(before);
}

async function answer(openId: string, text: string, chat?: string): Promise<string> {
  const [only, ...more] = await answers(openId, text, chat);
  expect(more).toEqual([]);
  expect(only?.target).toBe(chat ?? openId);
  return wordsOf(only?.card);
}

/** The beginning of each command's answer, when an administrator gives it alone. */
const titles: Record<string, string> = {
  登记: '帮办代办登记',
  待办: '鄂温克族自治旗的待办',
  查: '没有办成',
  事项: '事项',
  我: '管理员',
  帮助: '我能做什么',
  统计: '鄂温克族自治旗 2026年11月',
  绑定: '没有办成',
  设置: '工作日提醒的时间',
  初始化: '没有办成',
};

describe('a typed line', () => {
  it.each(
    commands.flatMap((command) => [command.name, ...command.aliases].map((word) => [word, command.name] as const)),
  )('%s means /%s with any slash, in any width, in a private chat and in a group', async (word, name) => {
    const title = titles[name];
    if (title === undefined) return;
    for (const line of [`/${word}`, `／${word}`, ` / ${word} `, word.toUpperCase(), `/${fullWidth(word)}`]) {
      expect(await answer(ADMIN, line)).toContain(title);
    }
    const inGroup = (await answers(ADMIN, `/${word}`, BANNER)).filter((message) => message.target === BANNER);
    expect(inGroup).toHaveLength(1);
  });

  it('that is empty gets a greeting', async () => {
    expect(await answer(ADA, '  ')).toContain('阿达，您好');
    expect(await answer(ADA, '/', VILLAGE)).toContain('您好');
  });

  it.each([
    ['统记', '/统计', BANNER_MANAGER],
    ['tongji', '/统计', BANNER_MANAGER],
    ['/stat', '/统计', BANNER_MANAGER],
    ['/代办', '/待办', ADA],
    ['帮助我', '/帮助', ADA],
    ['/低保', '/事项 低保', ADA],
    ['最低生活保障', '/事项 最低生活保障', BANNER_MANAGER],
  ])('unknown: %s gets the suggestion %s', async (line, suggestion, openId) => {
    const words = await answer(openId, line);
    expect(words).toContain('没看懂');
    if (suggestion !== '/统计' || line !== '/stat') expect(words).toContain(suggestion);
  });

  it('is not suggested what one may not use', async () => {
    expect(await answer(ADA, '统记')).not.toContain('统计');
  });

  it('that nothing resembles gets help, not silence', async () => {
    const [message] = await answers(ADA, '今天天气真好');
    expect(wordsOf(message?.card)).toContain('没看懂');
    expect(buttonOf(message?.card, '看看能做什么')).toBeDefined();
  });

  it('in a group without a mention is left alone', async () => {
    const before = scene.posted.length;
    const line = { eventId: 'ev_quiet', messageId: 'om_quiet', chatId: VILLAGE, openId: ADA, text: '/待办' };
    await scene.app.receive({ kind: 'message', chatType: 'group', mentionsBot: false, files: [], ...line });
    await scene.settle();
    expect(scene.posted).toHaveLength(before);
  });

  it('delivered twice, even under another event, is answered once', async () => {
    const before = scene.posted.length;
    const line = { messageId: 'om_twice', chatId: 'oc_p2p', openId: ADA, text: '/我' };
    for (const eventId of ['ev_1', 'ev_1', 'ev_2']) {
      await scene.app.receive({ kind: 'message', chatType: 'p2p', mentionsBot: true, files: [], eventId, ...line });
    }
    await scene.settle();
    expect(scene.posted).toHaveLength(before + 1);
  });

  it.each([
    ['picture', '照片要说明是哪一件的'],
    ['voice', '语音还听不懂'],
    ['video', '视频暂时存不了'],
    ['file', '文件要说明是哪一件的'],
    ['sticker', '表情收到了'],
    ['forwarded', '转发的内容我看不到'],
    ['other', '这种消息我看不懂'],
  ] as const)('that is none, but a %s, is answered by one sentence: what to do instead', async (wordless, sentence) => {
    const before = scene.posted.length;
    const sent = { eventId: `ev_${wordless}`, messageId: `om_${wordless}`, chatId: 'oc_p2p', openId: ADA, text: '' };
    await scene.app.receive({ kind: 'message', chatType: 'p2p', mentionsBot: true, files: [], wordless, ...sent });
    await scene.settle();
    const [only, ...more] = scene.posted.slice(before);
    expect([only?.target, more]).toEqual([ADA, []]);
    expect(wordsOf(only?.card)).toContain(sentence);
    expect(wordsOf(only?.card)).toMatch(/打字|传材料/);
    expect(buttonOf(only?.card, '登记')).toBeUndefined();
  });

  it('help opens the one page, under either of its names', async () => {
    for (const line of ['/帮助 一页纸', '帮助 怎么用', '/help guide']) {
      expect((await answer(ADA, line)).replaceAll(/&#\d+;/g, '')).toContain('月底前把办好的件点到送达');
    }
  });

  it('is the same as its button', async () => {
    await answers(ADA, '/帮助');
    const help = scene.last(ADA);
    const before = scene.posted.length;
    const pressed = await scene.does(ADA, { target: ADA, label: '我', on: help });
    expect(pressed.toast?.content).toBe('请看下方');
    expect(scene.posted.slice(before).map((message) => message.target)).toEqual([ADA]);
    expect(wordsOf(scene.last(ADA).card)).toContain('安达社区');
  });
});

describe('who may what', () => {
  it.each([
    ['/统计', ADA],
    ['/统计', CLERK],
    ['/绑定 大雁镇', ADA],
    ['/绑定 大雁镇', BANNER_MANAGER],
  ])('%s is refused to %s, saying for whom it is', async (line, openId) => {
    expect(await answer(openId, line, TOWN)).toMatch(/才能用/);
  });

  it('what is for administrators alone names one', async () => {
    await scene.hire({ openId: 'ou_second_admin', name: '高娃', unit: '鄂温克族自治旗', role: 'admin' });
    for (const line of ['/绑定 大雁镇', '/设置', '/导入']) expect(await answer(ADA, line)).toContain('（系统管理员）');
  });

  it('the help shows only what one may use', async () => {
    const shown = async (openId: string) => {
      const words = await answer(openId, '/帮助');
      return commands
        .filter((command) => words.includes(`/${command.name}`.replace('/', '&#47;')))
        .map((one) => one.name);
    };
    expect(await shown(STRANGER)).toEqual(['事项', '我', '帮助']);
    expect(await shown(ADA)).toEqual([
      '登记',
      '待办',
      '查',
      '责任人',
      '事项',
      '清单',
      '我',
      '代班',
      '帮助',
      '月报',
      '信息',
      '七有',
    ]);
    const managers = await shown(TOWN_MANAGER);
    expect(managers).toEqual([
      ...[
        '登记',
        '待办',
        '查',
        '责任人',
        '事项',
        '清单',
        '我',
        '代班',
        '帮助',
        '统计',
        '排名',
        '通报',
        '台账',
        '月报',
        '名册',
        '信息',
        '七有',
        '任务',
        '考核',
      ],
      ...['停用', '调动', '角色', '解绑'],
    ]);
    const admins = await shown(ADMIN);
    expect(admins).toContain('绑定');
    expect(admins).not.toContain('初始化');
  });

  it.each(['/登记', '/待办', '/查 1234', '/我', '/统计', '/绑定 大雁镇'])(
    'a stranger who types %s gets the form to join',
    async (line) => {
      const [form, ...more] = await answers(STRANGER, line);
      expect(more).toEqual([]);
      expect(buttonOf(form?.card, '提交申请')).toBeDefined();
      const inGroup = await answers(STRANGER, line, VILLAGE);
      for (const message of inGroup.filter((one) => one.target === VILLAGE)) {
        expect(buttonOf(message.card, '提交申请')).toBeUndefined();
      }
      expect(inGroup.filter((one) => one.target === STRANGER && buttonOf(one.card, '提交申请'))).toHaveLength(1);
    },
  );

  it('everybody may read the catalogue', async () => {
    expect(await answer(STRANGER, '/事项 低保')).toContain(ALLOWANCE);
  });
});

describe('/事项', () => {
  it('counts the departments, finds by word and pinyin, and says so when there is nothing', async () => {
    expect(await answer(ADA, '/事项')).toContain('40');
    const one = await answer(ADA, '/事项 低保');
    expect(one).toContain(ALLOWANCE);
    expect(one).toContain('民政部门');
    expect(await answer(ADA, '/事项 sydj')).toContain('失业登记');
    expect(await answer(ADA, '/事项 造火箭')).not.toContain('undefined');
  });
});

describe('/待办', () => {
  it('lists what waits for the unit, soonest first, and is empty otherwise', async () => {
    expect(await answer(CLERK, '/待办')).toContain('没有要办的件');
    await scene.register();
    scene.clock.to('2026-11-25T09:00');
    await scene.register();
    const words = await answer(CLERK, '/待办', TOWN);
    expect(words.indexOf('26-01-00001')).toBeGreaterThan(0);
    expect(words.indexOf('26-01-00002')).toBeGreaterThan(words.indexOf('26-01-00001'));
    expect(await answer(ADA, '/待办')).toContain('没有要办的件');
  });

  it('shows the acceptance day while a case waits for it, and the promised day afterwards', async () => {
    await scene.register();
    expect(await answer(CLERK, '/待办', TOWN)).toContain('最晚11月24日');
    expect(await answer(CLERK, '/待办')).toContain('还剩1个工作日');
    await scene.does(CLERK, { target: TOWN, label: '接收' });
    expect(await answer(CLERK, '/待办', TOWN)).toContain('最晚11月30日');
    expect(await answer(CLERK, '/待办')).toContain('还剩5个工作日');
  });

  it('in a group of somebody else is answered privately', async () => {
    await scene.register();
    const messages = await answers(CLERK, '/待办', UNBOUND);
    expect(messages.map((message) => message.target).sort()).toEqual([UNBOUND, CLERK].sort());
    const group = messages.find((message) => message.target === UNBOUND);
    expect(wordsOf(group?.card)).toContain('已私信发给您');
    expect(wordsOf(group?.card)).not.toContain('26-01');
  });
});

describe('/我', () => {
  it('tells unit, role and the month', async () => {
    await scene.register();
    const words = await answer(ADA, '/我');
    for (const text of ['阿达', '安达社区', '安达社区便民服务站', '代办员', '1件']) expect(words).toContain(text);
  });
});

function fullWidth(word: string): string {
  return word.replace(/[!-~]/g, (sign) => String.fromCodePoint((sign.codePointAt(0) ?? 0) + 0xfee0));
}
