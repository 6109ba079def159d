/** The guided story: six things to do, each known to be done by what the chats show. */
import type { Chat, Message, PersonInfo } from '../api.ts';
import { child, children, words } from '../card/node.ts';
import { contentOf, textOf } from '../chat/preview.ts';

export interface Step {
  readonly title: string;
  readonly help: string;
  readonly who: PersonInfo | undefined;
  /** The group it happens in; undefined for the private chat with the bot. */
  readonly group: Chat | undefined;
  /** What to type. */
  readonly say?: string;
  readonly done: boolean;
}

export interface Told {
  readonly people: readonly PersonInfo[];
  readonly chats: readonly Chat[];
  readonly messages: readonly Message[];
}

/** The words on a case's card for each state it has come to, in order. */
const progress = ['待接收', '办理中', '已办结', '已送达', '已回访', '已归档'];

export function steps(told: Told): readonly Step[] {
  const { people, chats, messages } = told;
  const village = people.find((person) => person.level === 'village');
  const clerk = people.find((person) => person.level === 'town' && person.role === 'agent');
  const manager = people.find((person) => person.level === 'town' && person.role === 'manager');
  const groupOf = (person: PersonInfo | undefined) =>
    chats.find((chat) => chat.mode === 'group' && person !== undefined && chat.members.includes(person.openId));
  const reached = furthest(messages);
  const villageGroup = groupOf(village);
  const townGroup = groupOf(clerk);
  return [
    {
      title: `扮演${called(village)}，在群里发“/登记 低保 张三 13800000000”`,
      help: '群众张三想办低保，一句话就能登记',
      who: village,
      group: villageGroup,
      say: '/登记 低保 张三 13800000000',
      done: reached >= 0 || messages.some((message) => titleOf(message) === '帮办代办登记'),
    },
    {
      title: '看一遍卡片，勾选“自愿委托确认”，点“提交登记”',
      help: '机器人已经认出事项、姓名和电话，群里只显示一部分',
      who: village,
      group: villageGroup,
      done: reached >= 0,
    },
    {
      title: `换成${called(clerk)}，在镇里的群点“接收”`,
      help: '登记一提交，镇便民服务中心的群里就有了这张卡片',
      who: clerk,
      group: townGroup,
      done: reached >= 1,
    },
    { title: '办好以后，点“办结”', help: '嘎查的群里同时更新', who: clerk, group: townGroup, done: reached >= 2 },
    {
      title: `换回${called(village)}，点“确认送达”，再问群众满不满意，点“回访评价”`,
      help: '每一步都记进台账，谁也改不了',
      who: village,
      group: villageGroup,
      done: reached >= 4,
    },
    {
      title: `换成${called(manager)}，私聊发“/统计 本月”`,
      help: '数字是自动记的，不用再填表',
      who: manager,
      group: undefined,
      say: '/统计 本月',
      done: reached >= 4 && asked(messages, '统计'),
    },
  ];
}

export function called(person: PersonInfo | undefined): string {
  return person === undefined ? '' : `${person.name}（${person.part}）`;
}

/** How far the furthest case has come; -1 without a case. */
function furthest(messages: readonly Message[]): number {
  return messages.reduce((most, message) => {
    if (message.recalled || !titleOf(message).startsWith('代办件')) return most;
    const [tag] = children(child(contentOf(message), 'header'), 'text_tag_list');
    return Math.max(most, progress.indexOf(words(tag ?? {}, 'text')));
  }, -1);
}

function titleOf(message: Message): string {
  return message.msgType === 'interactive' ? words(child(contentOf(message), 'header'), 'title') : '';
}

/** Somebody typed the word and the bot has answered there. */
function asked(messages: readonly Message[], word: string): boolean {
  const at = messages.findIndex((message) => message.msgType === 'text' && textOf(message).includes(word));
  const chatId = messages[at]?.chatId;
  return at !== -1 && messages.slice(at).some((one) => one.chatId === chatId && one.senderOpenId === undefined);
}
