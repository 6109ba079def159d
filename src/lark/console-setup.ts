/** What a person sets up for the app in the open platform's console, as README and `doctor` say it. Source: the platform's pages of each API and event. */
import { eventTypes } from './inbound.ts';

interface Scope {
  readonly name: string;
  /** What does not work without it. */
  readonly what: string;
}

/** As few as it goes: no other is asked for. */
export const scopes: readonly Scope[] = [
  { name: 'im:message:send_as_bot', what: '发消息、回复、更新卡片' },
  { name: 'im:message.p2p_msg:readonly', what: '收私信（私聊里有输入框）' },
  { name: 'im:message.group_at_msg:readonly', what: '收群里@机器人的话' },
  { name: 'im:message:readonly', what: '取大家发来的照片和文件（材料），补收断线时的私聊' },
  { name: 'im:resource', what: '发 Excel 文件、发还材料' },
  { name: 'im:chat.members:bot_access', what: '知道自己被拉进群、移出群' },
];

/** Without these the bot finds out later, when it cannot deliver, or people type commands from memory. */
export const optionalScopes: readonly Scope[] = [
  { name: 'im:chat:read', what: '群解散、群改名的事件' },
  { name: 'contact:contact.base:readonly', what: '员工离职的事件' },
  { name: 'application:app_slash_command:read', what: '看“/”命令面板里有什么' },
  { name: 'application:app_slash_command:write', what: '把命令放进“/”命令面板' },
];

export const events: readonly string[] = [
  eventTypes.message,
  eventTypes.botAdded,
  eventTypes.botRemoved,
  eventTypes.chatEntered,
];

export const optionalEvents: readonly string[] = [
  eventTypes.chatDisbanded,
  eventTypes.chatUpdated,
  eventTypes.personLeft,
];

/** On a page of its own, 回调配置: without it every press shows 200340. */
export const callbacks: readonly string[] = [eventTypes.action];

/** API calls a month of all self-built apps of a tenant together, in the free edition. */
const FREE_CALLS_A_MONTH = 10_000;

/** The set-up as lines to read beside the console. `receiving`: 长连接, or the address. */
export function consoleSetup(receiving: string): readonly string[] {
  const names = (list: readonly Scope[]) => list.map(({ name }) => name).join('、');
  return [
    '应用能力：添加“机器人”',
    '可用范围：所有要用它的人，不在范围里的人收不到消息（230013）',
    `权限：${names(scopes)}；可选：${names(optionalScopes)}`,
    `事件配置：${receiving}，订阅 ${events.join('、')}；可选：${optionalEvents.join('、')}`,
    `回调配置：${receiving}，订阅 ${callbacks.join('、')}；没有配置时每次点按钮都显示 200340`,
    '版本管理与发布：每次改完都要创建版本并发布，管理员审核通过后才生效',
    `免费版飞书每月 ${FREE_CALLS_A_MONTH} 次接口调用，由本企业所有自建应用共用，用完当月发不出消息（99991403）`,
  ];
}

interface AppPlace {
  /** Of the platform. */
  readonly origin: string;
  readonly appId: string;
  readonly byWebhook: boolean;
}

/** Where messages are told to come: a click path. */
export function eventPath({ origin, appId, byWebhook }: AppPlace): string {
  const way = byWebhook ? '“将事件发送至开发者服务器”，地址填 公网地址/lark/events' : '“使用长连接接收事件”';
  return `${origin}/app/${appId} →“事件与回调”→“事件配置”：订阅方式选${way}并保存（保存时程序要开着）；“添加事件”里要有“接收消息”（${eventTypes.message}）；再到“版本管理与发布”创建版本并发布`;
}

/** Where presses on cards are told to come. */
export function callbackPath({ origin, appId, byWebhook }: AppPlace): string {
  const way = byWebhook ? '“将回调发送至开发者服务器”，地址填 公网地址/lark/events' : '“使用长连接接收回调”';
  return `${origin}/app/${appId} →“事件与回调”→“回调配置”：订阅方式选${way}并保存（保存时程序要开着）；“添加回调”选“卡片回传交互”（${callbacks.join('、')}）；再到“版本管理与发布”创建版本并发布`;
}

/**
 * What no program can set up for an app that was made by a scan: click paths, in the order in which they are done. `console`: the
 * app's own address there.
 */
export function connectionSteps(console: string): readonly string[] {
  return [
    `程序开着，打开 ${console} →“事件与回调”→“事件配置”和“回调配置”两个页签，订阅方式都选“使用长连接接收”并保存；“回调配置”里要有 ${callbacks.join('、')}`,
    '“版本管理与发布”→ 创建版本，“可用范围”选所有要用它的人 → 申请发布，请企业管理员审核通过',
    '可选：“应用能力”→“机器人”→“机器人自定义菜单”，加“登记”“待办”“帮助”，响应动作选“发送文字消息”，内容同名',
    '手机上打开和机器人的私聊，发“帮助”；把它拉进各单位的群，按它给的卡片绑定',
  ];
}
