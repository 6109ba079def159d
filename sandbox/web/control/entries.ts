/** What the sandbox tells of its inside, one line and the JSON behind it each. */
import type { Inside } from '../api.ts';
import { chats, nameOf } from '../world.ts';

export interface Entry {
  readonly key: string;
  readonly at: number;
  readonly title: string;
  readonly note: string;
  /** Shown with the JSON, once the line is unfolded. */
  readonly more?: string;
  readonly tone: 'plain' | 'good' | 'bad';
  readonly json: unknown;
}

const HASH_SHOWN = 8;

const statuses: Readonly<Record<string, string>> = {
  waiting: '等待发送',
  sending: '正在发送',
  sent: '已送到',
  dead: '送不到，已留存',
};
const operations: Readonly<Record<string, string>> = { post: '发到', reply: '回复到' };
const events: Readonly<Record<string, string>> = {
  'im.message.receive_v1': '有人说话',
  'card.action.trigger': '有人点按钮',
  'im.chat.member.bot.added_v1': '机器人进群',
  'im.chat.member.bot.deleted_v1': '机器人出群',
  'im.chat.access_event.bot_p2p_chat_entered_v1': '有人打开私聊',
};

/** What happened, to which case, by whom; every entry holds the hash of the one before it: who changes one breaks the chain. */
export function ledgerEntries({ ledger }: Inside): readonly Entry[] {
  return ledger.map((entry) => ({
    key: `${entry.townId}-${entry.seq}`,
    at: entry.at,
    title: [entry.caseNumber, entry.who ?? '系统', entry.step, entry.about].filter(Boolean).join(' '),
    note: `${entry.town ?? ''}台账 第${entry.seq}条`,
    more: `上一条 ${entry.prevHash.slice(0, HASH_SHOWN) || '没有'} → 这一条 ${entry.hash.slice(0, HASH_SHOWN)}`,
    tone: 'plain',
    json: entry,
  }));
}

export function outboxEntries({ outbox }: Inside): readonly Entry[] {
  return outbox.map((row) => ({
    key: String(row.id),
    at: row.createdAt,
    title: outboxTitle(row),
    note: `${statuses[row.status] ?? row.status}${row.attempts > 1 ? `，试了${row.attempts}次` : ''}`,
    tone: row.status === 'sent' ? 'good' : row.status === 'dead' ? 'bad' : 'plain',
    json: row,
  }));
}

/** `更新 巴彦托海镇便民服务中心群 里 26-01-00003 的卡片` */
function outboxTitle({ operation, target, caseNumber }: Inside['outbox'][number]): string {
  const group = chats.value.find((chat) => chat.chatId === target);
  const where = group === undefined ? `${nameOf(target)}的私聊` : `${group.name}群`;
  if (operation === 'update')
    return caseNumber === null ? `更新 ${where} 里的卡片` : `更新 ${where} 里 ${caseNumber} 的卡片`;
  return caseNumber === null ? `${operations[operation] ?? operation} ${where}` : `发到 ${where}：${caseNumber} 的卡片`;
}

export function deliveryEntries({ deliveries }: Inside): readonly Entry[] {
  return deliveries.map((delivery, index) => {
    const { event_id: id, event_type: type } = delivery.envelope.header;
    return {
      key: `${id}-${deliveries.length - index}`,
      at: delivery.at,
      title: events[type] ?? type,
      note: `${type} ${delivery.delivered.ok ? '已回应' : '没有回应'}`,
      tone: delivery.delivered.ok ? 'good' : 'bad',
      json: delivery,
    };
  });
}

export function callEntries({ calls }: Inside): readonly Entry[] {
  return calls.map((call, index) => ({
    key: `${call.at}-${calls.length - index}`,
    at: call.at,
    title: `${call.method} ${call.path.replace('/open-apis', '')}`,
    note: call.status === 0 ? '没有答复' : `HTTP ${call.status}${call.code ? `，code ${call.code}` : ''}`,
    tone: call.status === 200 && !call.code ? 'good' : 'bad',
    json: call,
  }));
}
