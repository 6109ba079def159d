import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { commands } from '../../src/commands/index.ts';
import { folded } from '../../src/domain/spelling.ts';
import { wordsOf } from '../support/office.ts';
import {
  ADMIN,
  BANNER,
  CLERK,
  ID_NUMBER,
  NAME,
  openScene,
  PHONE,
  type Scene,
  STRANGER,
  TOWN,
} from '../support/scene.ts';

let scene: Scene;

beforeEach(async () => {
  scene = await openScene();
});
afterEach(() => scene.close());

const planted = [NAME, PHONE, ID_NUMBER];
const typed = [
  planted.join(' '),
  planted.join(''),
  `${NAME}，电话${PHONE}`,
  `${ID_NUMBER} ${NAME}`,
  `张 三 丰 138-1234-1234`,
  `低保${NAME}${PHONE}`,
  `本月 ${NAME} ${PHONE}`,
  `本月 上月 ${NAME}${PHONE}`,
  `巴彦托海镇${NAME} 按${PHONE}`,
  `按${NAME}${PHONE} 按人`,
  `26-01-00001${NAME}${ID_NUMBER}`,
  `安达社区 ${NAME}`,
];

/** Everything posted or waiting since, with the answers' button values and what the database keeps of them in clear. */
async function said(before: number): Promise<string> {
  await scene.settle();
  const rows = await scene.db.read(({ q, t }) => Promise.resolve(q.select().from(t.outbox)));
  return folded(JSON.stringify([scene.posted.slice(before), rows]));
}

function expectNothingPlanted(words: string, line: string): void {
  for (const secret of planted) expect(words, line).not.toContain(folded(secret));
  expect(words, line).not.toContain(folded(NAME.slice(1)));
}

describe('in a group, what somebody typed is not said again', () => {
  const names = commands.flatMap(({ name, aliases }) => [name, ...aliases]);

  it.each([...names, '统记', '帮住', '抽查', 'stat', '你好', ''])('behind %j', async (word) => {
    const before = scene.posted.length;
    for (const [openId, chat] of [
      [ADMIN, BANNER],
      [CLERK, TOWN],
      [STRANGER, TOWN],
    ] as const) {
      for (const words of typed) {
        for (const line of [`/${word} ${words}`, `${word}${words}`]) await scene.says(openId, line, chat);
      }
    }
    expectNothingPlanted(await said(before), word);
    expect(scene.posted.length).toBeGreaterThan(before);
  });
});

describe('in a private chat', () => {
  it.each([
    [`/统计 ${NAME}${PHONE}`, '没看懂“张**138****1234”'],
    [`/事项 ${PHONE}`, '没有找到“138****1234”'],
    ['/事项 拖拉机过户', '没有找到“拖拉机过户”'],
    [`唱歌${ID_NUMBER}`, '没看懂“唱歌9****************9”'],
    ['/排名 好好好好好好好好好好好好好好好好好好好好好好好好好', '没看懂“好好好好好好好好好好好好好好好好好好好好…”'],
    ['/统计 按颜色', '没看懂“按颜色”'],
  ])('%j is answered with %j', async (line, words) => {
    await scene.says(ADMIN, line);
    await scene.settle();
    expect(wordsOf(scene.last(ADMIN).card)).toContain(words);
  });

  it('and in a group the same refusal has words of its own', async () => {
    await scene.says(ADMIN, '/统计 那里', BANNER);
    await scene.says(ADMIN, '/统计 按颜色', BANNER);
    await scene.says(ADMIN, '/绑定 那里', BANNER);
    await scene.settle();
    const words = scene.posted.slice(-3).map(({ card }) => wordsOf(card));
    expect(words[0]).toContain('没看懂您写的时间或单位。');
    expect(words[1]).toContain('没看懂您要按什么分。');
    expect(words[2]).toContain('没有找到这个单位，请写单位全称');
  });
});
