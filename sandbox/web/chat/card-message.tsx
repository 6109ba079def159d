import { useMemo, useRef } from 'preact/hooks';
import { api, type Chat, type Message } from '../api.ts';
import { Card } from '../card/card.tsx';
import type { CardHost, Press } from '../card/host.ts';
import { me } from '../me.ts';
import { type ToastKind, toast } from '../toast.tsx';
import { nameOf } from '../world.ts';

const kinds: readonly ToastKind[] = ['info', 'success', 'warning', 'error'];

/** A card in a chat. When it is replaced it lights up for a moment, so that one sees what another person's press did. */
export function CardMessage({ message, chat }: { readonly message: Message; readonly chat: Chat }) {
  const first = useRef(message.content);
  const viewer = me.value;
  const card = useMemo((): unknown => JSON.parse(message.content), [message.content]);
  const host: CardHost = {
    key: `${viewer}-${message.messageId}`,
    people: chat.members.map((openId) => ({ openId, name: nameOf(openId) })),
    nameOf,
    imageUrl: api.fileUrl,
    act: (press) => send(press, { viewer, messageId: message.messageId }),
  };
  const changed = first.current !== message.content;
  return (
    <div class="card-place" key={viewer}>
      <Card card={card} host={host} />
      {changed && <span key={message.updatedAt} class="card-glow" aria-hidden="true" />}
    </div>
  );
}

async function send(press: Press, on: { viewer: string; messageId: string }): Promise<'done' | 'refused'> {
  try {
    const { toast: said, error } = await api.act({ ...press, openId: on.viewer, messageId: on.messageId });
    if (error !== undefined) {
      toast('error', `出错了，请稍后重试 code: ${error.code}`);
      return 'refused';
    }
    const kind = kinds.find((one) => one === said?.type) ?? 'info';
    if (said?.content) toast(kind, said.content);
    return kind === 'warning' || kind === 'error' ? 'refused' : 'done';
  } catch {
    toast('error', '没有点成：卡片可能刚变过，请看清楚再点一次');
    return 'refused';
  }
}
