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

const intro = `# 谁收到什么消息

代办件的每一步告诉谁、响不响。照 \`src/domain/turns.ts\` 写出（\`npx vitest run test/meta/messages.test.ts -u\`）。定时的提醒在[运维手册](OPERATION.md#提醒和定时任务)。

- **新消息**：卡片在聊天最下面重新发一张，有提醒。@轮到的人（跟进的人，或经办人）；还没有人接的，写明是哪个单位的群。原来的卡片收起来，指向下面。中止、终止@要告诉群众的人，
  转办、转交跟进@接手的同事；没有群的，只提醒那位同事。
- **原卡更新**：卡片在原处变，没有提醒。要办下一步的地方马上变，免得按钮是旧的；别处最多一分钟，和后面的变化合在一起。
- 一个群同时是几种单位的，按响的那种。点按钮的地方，回应就是新卡片；只有转给同事时才另发。
- 没有群的单位，私信给那里的人；有群的，不再另发私信。差评发到登记单位的镇或更上级的群，没有群就私信最近的管理员。
- 撤销和被撤销的那一步一样响；转上级被收回的单位另收到一条。
- 一份清单登记了几位，承办单位只收到一条，列出编号，清单的卡片在原处变。以后有人打开、有人办，才有各件的卡片：二十位只响一次，调用的次数也分开用（\`src/services/case/register-list.ts\`）。
- 只是查看（\`/查\`）不告诉别人；离岗的人什么也收不到。
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
