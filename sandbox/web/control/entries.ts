/** What the sandbox tells of its inside, one line and the JSON behind it each. */
import type { Inside } from '../api.ts';
import { nameOf } from '../world.ts';

export interface Entry {
  readonly key: string;
  readonly at: number;
  readonly title: string;
  readonly note: string;
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
const operations: Readonly<Record<string, string>> = { post: '新消息', reply: '回复', update: '更新卡片' };
const events: Readonly<Record<string, string>> = {
  'im.message.receive_v1': '有人说话',
  'card.action.trigger': '有人点按钮',
  'im.chat.member.bot.added_v1': '机器人进群',
  'im.chat.member.bot.deleted_v1': '机器人出群',
  'im.chat.access_event.bot_p2p_chat_entered_v1': '有人打开私聊',
};

/** Every entry holds the hash of the one before it: who changes one breaks the chain. */
export function ledgerEntries({ ledger }: Inside): readonly Entry[] {
  return ledger.map((entry) => ({
    key: `${entry.townId}-${entry.seq}`,
    at: entry.at,
    title: `${entry.town ?? ''} 第${entry.seq}条 ${entry.step}`,
    note: `${entry.prevHash.slice(0, HASH_SHOWN) || '起点'} → ${entry.hash.slice(0, HASH_SHOWN)}`,
    tone: 'plain',
    json: entry,
  }));
}

export function outboxEntries({ outbox }: Inside): readonly Entry[] {
  return outbox.map((row) => ({
    key: String(row.id),
    at: row.createdAt,
    title: `${operations[row.operation] ?? row.operation} → ${row.target.startsWith('ou_') ? nameOf(row.target) : row.target}`,
    note: `${statuses[row.status] ?? row.status}${row.attempts > 1 ? `，试了${row.attempts}次` : ''}`,
    tone: row.status === 'sent' ? 'good' : row.status === 'dead' ? 'bad' : 'plain',
    json: row,
  }));
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
