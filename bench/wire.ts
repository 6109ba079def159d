/** What all contenders share: one app's identity, and the deliveries the platform would make to it, encrypted and signed. */
import { createHash, randomBytes } from 'node:crypto';
import { encrypt } from '../sandbox/push-webhook.ts';

export const app = {
  id: 'cli_0123456789abcdef',
  secret: 'bench-secret',
  encryptKey: 'bench-encrypt-key',
  verificationToken: 'bench-verification-token',
  botOpenId: 'ou_bench_bot',
} as const;

/** A registration card that waits to be submitted, and by whom. */
export interface WaitingDraft {
  readonly draftId: number;
  readonly openId: string;
  readonly chatId: string;
  readonly residence: string;
  readonly item: string;
}

export interface SignedRequest {
  readonly headers: Readonly<Record<string, string | number>>;
  readonly body: Buffer;
}

/** Makes ids unlike any an earlier run has used. */
const run = randomBytes(6).toString('hex');
let count = 0;

/** `im.message.receive_v1`: a typed line in a private chat, from one of two hundred people. */
export function messageDelivery(text: string): object {
  const n = ++count;
  const openId = `ou_bench_person_${n % 200}`;
  const now = String(Date.now());
  return envelope('im.message.receive_v1', {
    sender: { sender_id: { open_id: openId, union_id: `on_${openId}` }, sender_type: 'user', tenant_key: 'bench' },
    message: {
      message_id: `om_said_${run}_${n}`,
      create_time: now,
      update_time: now,
      chat_id: `oc_p2p_${openId}`,
      chat_type: 'p2p',
      message_type: 'text',
      content: JSON.stringify({ text }),
    },
  });
}

/** `card.action.trigger`: 提交登记 on a registration card. */
export function submitDelivery(draft: WaitingDraft): object {
  const n = ++count;
  return envelope('card.action.trigger', {
    operator: { tenant_key: 'bench', open_id: draft.openId, union_id: `on_${draft.openId}` },
    token: `c-${run}-${n}`,
    action: {
      tag: 'button',
      name: 'submit',
      value: { v: 1, action: 'case.register', draftId: draft.draftId },
      form_value: {
        applicantName: `张三丰${n}`,
        phone: `138${String(n % 100_000_000).padStart(8, '0')}`,
        residence: draft.residence,
        item: draft.item,
        way: 'counter',
        consent: true,
      },
      timezone: 'Asia/Shanghai',
    },
    host: 'im_message',
    context: { open_message_id: `om_card_${run}_${n}`, open_chat_id: draft.chatId },
  });
}

/** The request as it goes over the wire. */
export function signed(delivery: object): SignedRequest {
  const body = JSON.stringify({ encrypt: encrypt(JSON.stringify(delivery), app.encryptKey) });
  const timestamp = String(Math.floor(Date.now() / 1000));
  const nonce = randomBytes(8).toString('hex');
  const signature = createHash('sha256').update(`${timestamp}${nonce}${app.encryptKey}${body}`).digest('hex');
  const bytes = Buffer.from(body);
  return {
    body: bytes,
    headers: {
      'content-type': 'application/json; charset=utf-8',
      'content-length': bytes.length,
      'x-lark-request-timestamp': timestamp,
      'x-lark-request-nonce': nonce,
      'x-lark-signature': signature,
    },
  };
}

function envelope(type: string, event: object): object {
  const header = {
    event_id: `ev_${run}_${++count}`,
    event_type: type,
    create_time: String(Date.now()),
    token: app.verificationToken,
    app_id: app.id,
    tenant_key: 'bench',
  };
  return { schema: '2.0', header, event };
}
