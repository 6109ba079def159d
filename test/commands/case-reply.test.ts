/** A reply to a case's card is about that case. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { wordsOf } from '../support/office.ts';
import {
  ADA,
  BANNER,
  CLERK,
  OTHER_CLERK,
  openScene,
  type Scene,
  STRANGER,
  TOWN,
  UNBOUND,
  VILLAGE,
} from '../support/scene.ts';

let scene: Scene;

beforeEach(async () => {
  scene = await openScene();
});

afterEach(() => scene.close());

/** The card of the first case in a chat. */
const cardIn = (target: string) => {
  const found = scene.posted.findLast(
    (one) => one.target === target && wordsOf(one.card).includes('代办件 26-01-00001'),
  );
  if (!found) throw new Error(`no card in ${target}`);
  return found;
};
const kinds = async (caseId: number) => (await scene.entries(caseId)).map(({ kind }) => kind);

/** What was posted after the reply, in words. */
async function answersTo(openId: string, reply: Parameters<Scene['replies']>[1]): Promise<string[]> {
  const before = scene.posted.length;
  await scene.replies(openId, reply);
  await scene.settle();
  return scene.posted.slice(before).map(({ target, card }) => `${target} ${wordsOf(card)}`);
}

/** A case registered in the clerk's and the agent's private chats. */
async function opened(openId: string): Promise<void> {
  await scene.says(openId, '26-01-00001');
  await scene.settle();
}

describe('in a private chat', () => {
  it('words become a note, answered in one message', async () => {
    const { id } = await scene.register();
    await opened(CLERK);
    const answers = await answersTo(CLERK, { to: cardIn(CLERK), text: '周五带材料来' });
    expect(answers).toEqual([expect.stringMatching(/^ou_clerk .*已记入 26-01-00001 的说明。/s)]);
    expect(await kinds(id)).toEqual(['register', 'forward', 'note']);
    scene.clock.advance(60_000);
    await scene.settle();
    expect(wordsOf(cardIn(VILLAGE).card)).toContain('王芳说明：周五带材料来');
  });

  it('a card that has been replaced still stands for its case', async () => {
    const { id } = await scene.register();
    await opened(CLERK);
    const old = cardIn(CLERK);
    await opened(CLERK);
    expect(wordsOf(old.card)).toContain('最新情况请看下方的新卡片');
    await answersTo(CLERK, { to: old, text: '周五来' });
    expect(await kinds(id)).toContain('note');
  });

  it('a step’s word is that step: done at once where nothing is to be filled in', async () => {
    const { id } = await scene.register();
    await opened(CLERK);
    expect(await answersTo(CLERK, { to: cardIn(CLERK), text: '接收' })).toEqual([
      expect.stringContaining('已接收 26-01-00001。'),
    ]);
    await opened(ADA);
    await answersTo(ADA, { to: cardIn(ADA), text: '催一下' });
    expect((await kinds(id)).slice(2)).toEqual(['accept', 'urge']);
  });

  it('else the card comes down, with what to press', async () => {
    const { id } = await scene.register();
    await opened(ADA);
    const old = cardIn(ADA);
    const answers = await answersTo(ADA, { to: old, text: '撤回 群众自己办好了' });
    expect(answers).toHaveLength(2);
    expect(answers.join('\n')).toContain('请在刚发来的卡片上填好再点“撤回”。');
    expect(cardIn(ADA)).not.toBe(old);
    expect(await kinds(id)).toEqual(['register', 'forward']);
  });

  it.each([
    ['撤回', '这一步要由登记的代办员阿达来办'],
    ['办结', '还没有接收'],
    ['送达', '这一步要由登记的代办员阿达'],
    ['催办', '这一步要由登记的代办员阿达'],
  ])('%s by whoever may not gets the usual refusal', async (text, words) => {
    const { id } = await scene.register();
    await opened(CLERK);
    expect(await answersTo(CLERK, { to: cardIn(CLERK), text })).toEqual([expect.stringContaining(words)]);
    expect(await kinds(id)).toEqual(['register', 'forward']);
  });

  it('更正 opens the form, a question brings the card', async () => {
    await scene.register();
    await opened(ADA);
    const card = cardIn(ADA);
    expect((await answersTo(ADA, { to: card, text: '电话写错了' })).join('\n')).toContain('确认更正');
    expect((await answersTo(ADA, { to: card, text: '办到哪了' })).join('\n')).toContain(
      '等待巴彦托海镇便民服务中心接收',
    );
  });

  it('what is not about the case is answered as always', async () => {
    const { id } = await scene.register();
    await opened(CLERK);
    const to = cardIn(CLERK);
    expect(await answersTo(CLERK, { to, text: '谢谢' })).toEqual([expect.stringContaining('不客气')]);
    expect(await answersTo(CLERK, { to, text: '/待办' })).toEqual([expect.stringContaining('巴彦托海镇的待办')]);
    expect(await kinds(id)).toEqual(['register', 'forward']);
  });

  it('below anything else a line is a line', async () => {
    await scene.register();
    await scene.says(CLERK, '/帮助');
    await scene.settle();
    const help = scene.last(CLERK);
    expect(await answersTo(CLERK, { to: help, text: '26-01-00001' })).toEqual([
      expect.stringContaining('代办件 26-01-00001'),
    ]);
    expect(await answersTo(CLERK, { to: { messageId: 'om_unknown' }, text: '谢谢' })).toEqual([
      expect.stringContaining('不客气'),
    ]);
  });

  it('a note has its limit, and a picture an answer', async () => {
    const { id } = await scene.register();
    await opened(CLERK);
    const to = cardIn(CLERK);
    expect(await answersTo(CLERK, { to, text: '长'.repeat(150_000) })).toEqual([expect.stringContaining('500字以内')]);
    expect(await answersTo(CLERK, { to, wordless: 'picture' })).toEqual([expect.stringContaining('照片')]);
    expect(await kinds(id)).toEqual(['register', 'forward']);
  });
});

describe('in a group', () => {
  it('a reply that mentions the bot does the same, and repeats no word', async () => {
    const { id } = await scene.register();
    const [answer = ''] = await answersTo(CLERK, { to: cardIn(TOWN), chatId: TOWN, text: '张三丰周五来' });
    expect(answer).toContain('已记入 26-01-00001 的说明');
    expect(answer).not.toContain('周五');
    expect(await kinds(id)).toContain('note');
  });

  it('whoever may not see the case learns nothing of it', async () => {
    const { id } = await scene.register();
    const to = cardIn(TOWN);
    expect(await answersTo(OTHER_CLERK, { to, chatId: TOWN, text: '说一句' })).toEqual([
      expect.stringContaining('没有找到这个代办件'),
    ]);
    expect(await answersTo(STRANGER, { to, chatId: TOWN, text: '说一句' })).toEqual([
      expect.stringContaining('还没有登记为代办员'),
    ]);
    expect(await kinds(id)).toEqual(['register', 'forward']);
  });

  it('a forged reply in a foreign group shows the card to the writer alone', async () => {
    await scene.register();
    const answers = await answersTo(CLERK, { to: cardIn(TOWN), chatId: UNBOUND, text: '撤回' });
    expect(answers).toEqual([expect.stringContaining('要由登记的代办员阿达来办')]);
    const shown = await answersTo(CLERK, { to: cardIn(TOWN), chatId: UNBOUND, text: '查' });
    expect(shown.filter((one) => one.startsWith(UNBOUND))).toEqual([expect.stringContaining('卡片已私信发给您')]);
    expect(shown.some((one) => one.startsWith(BANNER))).toBe(false);
  });
});
