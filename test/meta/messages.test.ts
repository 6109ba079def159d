import { expect, it } from 'vitest';
import { stepWords } from '../../cards/words.ts';
import { type Audience, audiences, type CardEvent, type Reach, turns } from '../../src/domain/turns.ts';

const reachWords: Readonly<Record<Reach, string>> = { new: '**新消息**', edit: '原卡更新', nothing: '—' };

const audienceWords: Readonly<Record<Audience, string>> = {
  holder: '承办单位',
  registering: '登记单位',
  manager: '上级单位、管理员',
  bystander: '经办过的单位',
};

const eventWords: Readonly<Record<CardEvent, string>> = {
  ...stepWords,
  register: '登记（转送承办单位）',
  doneOnTheSpot: '登记（当场办结）',
  forward: '重新转送',
  followUp: '回访评价（不满意，要整改；其他评价随即归档）',
  rectify: '整改（随即归档）',
};

const intro = `# Messages

Who is told of a step of a case, and how: \`src/domain/turns.ts\`, from which this page is written
(\`npx vitest run test/meta/messages.test.ts -u\`).

- **新消息**: the card comes anew at the bottom of the chat and sounds. It mentions the person whose turn it is (who looks after it; who handles it),
  or says whose group it is when nobody is yet. The old card collapses and points down. 中止 and 终止 mention who is to tell the resident, 转办 and
  转交跟进 the colleague; without a group, only that colleague's chat sounds.
- **原卡更新**: the card is changed where it is, without a sound: at once where the next step is to be taken, so that no button there is old;
  elsewhere after at most a minute and together with what follows meanwhile.
- A chat that is several of these is told the louder way. Where somebody pressed, the answer shows the card; it comes anew only for a colleague.
- Without a group the people are written to privately; with one, private chats are not called a second time. A bad rating goes to the town's
  group above a village, else to the nearest managers.
- 撤销 reaches people as loudly as the step that it takes back; a unit from which 转上级 is taken back gets a message of its own.
- Several people registered from one pasted list: the holder gets one message that lists the new cases, not a card for each, and the pasted
  list is changed where it is. A card of a case comes when somebody opens it or a step is taken: twenty people are one sound instead of twenty, and
  the calls of the cards fall due one by one (\`src/services/case/register-list.ts\`).
- Nobody is called by a look (\`/查\`), and nobody who has left.
`;

it('docs/MESSAGES.md says what the table says', async () => {
  const events = Object.keys(turns) as CardEvent[];
  const row = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  const table = [
    row(['步骤', ...audiences.map((audience) => audienceWords[audience])]),
    row(['---', ...audiences.map(() => '---')]),
    ...events.map((event) => row([eventWords[event], ...audiences.map((one) => reachWords[turns[event][one]])])),
  ];
  await expect(`${intro}\n${table.join('\n')}\n`).toMatchFileSnapshot('../../docs/MESSAGES.md');
});

it('a step that passes the turn passes it to one audience', () => {
  for (const [event, reaches] of Object.entries(turns)) {
    const called = audiences.filter((audience) => reaches[audience] === 'new');
    expect([event, called.length]).toEqual([event, Math.min(1, called.length)]);
  }
});
