/** Sandbox, real SDK and bot: what the lists of chats bring depends on the scopes, and what they find is told once. */
import { afterEach, describe, expect, it } from 'vitest';
import type { MessageRecord } from '../../sandbox/world.ts';
import { eventFindings } from '../../src/cli/doctor-connection.ts';
import { scopes as asked } from '../../src/lark/console-setup.ts';
import { ZONE } from '../support/office.ts';
import { raiseCurtain, type TestStage } from '../support/stage.ts';
import { answers, catchUpOf, cut, looks, MINUTE_MS } from './outage.ts';

const LIST_SCOPE = 'im:message:readonly';

let stage: TestStage;
afterEach(() => stage.close());

/** The bot knows the private chats of three people. `scopes` may be changed later. */
async function opens(scopes: string[]): Promise<void> {
  stage = await raiseCurtain({ scopes });
  catchUpOf(stage.service).start();
  for (const who of ['villageAgent', 'townClerk', 'admin'] as const) await stage.people[who].says('/我');
  await stage.settle();
}

const least = () => asked.map(({ name }) => name);
const later = (minutes: number) => stage.clock.moveTo(stage.clock.now() + minutes * MINUTE_MS);
/** The calls that list the messages of a chat. */
const lists = () => stage.sandbox.calls.filter(({ query }) => query.includes('container_id'));
const repliesTo = ({ chatId, messageId }: MessageRecord) =>
  stage.sandbox.world.messagesOf(chatId).filter(({ parentId }) => parentId === messageId);

async function watches(): Promise<void> {
  await stage.service.app.watch.look();
  await stage.settle();
}

/** How many messages of the bot the administrator has with these words in them. */
const toldAdmin = (words: RegExp) => stage.people.admin.sees().filter((line) => words.test(line)).length;

describe('with the scope for all messages of groups', () => {
  it('what mentioned the bot in a group is answered after a gap, once, and nothing else that was said there', async () => {
    await opens([...least(), 'im:message.group_msg']);
    const { people, groups, sandbox } = stage;
    let said: MessageRecord[] = [];
    let other: MessageRecord | undefined;
    await cut(stage, {
      minutes: 20,
      async meanwhile() {
        said = [
          await people.townClerk.says(groups.town, '/待办'),
          await people.villageAgent.says(groups.village, '/帮助'),
        ];
        other = await people.townClerk.says(groups.town, '/待办', { mention: false });
      },
    });
    await looks(stage);
    expect(said.map((message) => repliesTo(message).length)).toEqual([1, 1]);
    expect(repliesTo(other as MessageRecord)).toEqual([]);
    const before = sandbox.world.messages.size;
    await sandbox.advance();
    await stage.settle();
    later(30);
    await looks(stage);
    expect(sandbox.world.messages.size).toBe(before);
    const [trouble] = await stage.service.app.watch.troubles();
    expect(trouble?.lines.join('')).toMatch(/补上了 2 条消息。那段时间点的按钮补不了/);
    expect(trouble?.lines.join('')).not.toContain('群里');
  });
});

describe('without the scope to list private chats', () => {
  it('one call is refused and counted, doctor and the administrators are told which scope; with it the next gap is filled', async () => {
    const scopes = least().filter((name) => name !== LIST_SCOPE);
    await opens(scopes);
    const { people } = stage;
    const gap = async () => {
      let message: MessageRecord | undefined;
      await cut(stage, {
        minutes: 20,
        async meanwhile() {
          message = await people.villageAgent.says('/待办');
        },
      });
      await looks(stage);
      return answers(stage, { who: 'villageAgent', message: message as MessageRecord });
    };
    expect(await gap()).toEqual([]);
    expect(lists()).toHaveLength(1);
    expect(await stage.service.app.metrics.text()).toContain(
      'daiban_lark_errors_total{code="99991672",failure="later"} 1',
    );
    const found = () => stage.db.read((tx) => eventFindings({ tx, now: stage.clock.now(), zone: ZONE }));
    expect(await found()).toEqual([{ level: 'fault', text: expect.stringContaining(LIST_SCOPE) }]);
    await watches();
    expect(toldAdmin(/私聊消息没有补：应用缺权限 im:message:readonly/)).toBe(1);

    scopes.push(LIST_SCOPE);
    expect(await gap()).toHaveLength(2);
    expect(await found()).toEqual([{ level: 'ok', text: expect.any(String) }]);
  });
});

it('a second program is told of once, though it goes on taking messages all day', async () => {
  await opens(least());
  const { people, sandbox } = stage;
  sandbox.faults.otherInstance('some');
  const lost: MessageRecord[] = [];
  for (let hour = 0; hour < 8; hour++) {
    later(5);
    lost.push(await people.villageAgent.says('/我'));
    later(5);
    await people.townClerk.says('/我');
    await stage.settle();
    for (let minute = 0; minute < 50; minute += 10) {
      later(10);
      await looks(stage);
      await watches();
    }
  }
  // The last two were written after the last check of the working day.
  expect(lost.slice(0, 6).map((message) => answers(stage, { who: 'villageAgent', message }).length > 0)).toEqual(
    Array.from({ length: 6 }, () => true),
  );
  expect(toldAdmin(/可能有第二个程序在用同一个应用/)).toBe(1);
});
