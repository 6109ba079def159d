import { chatsOf, me, myself, pane, unread, unreadTotal } from '../me.ts';
import { people } from '../world.ts';
import { Badge } from './avatar.tsx';

/** The bottom of a narrow screen. */
export function TabBar() {
  const mine = chatsOf(me.value).reduce((sum, chat) => sum + unread(me.value, chat.chatId), 0);
  const others = people.value
    .filter(({ played }) => played)
    .reduce((sum, { openId }) => sum + (openId === me.value ? 0 : unreadTotal(openId)), 0);
  const tab = (to: typeof pane.value, label: string, count: number) => (
    <button
      type="button"
      class="tab"
      aria-current={pane.value === to}
      onClick={() => {
        pane.value = to;
      }}
    >
      {label}
      <Badge count={count} />
    </button>
  );
  return (
    <nav class="tab-bar" aria-label="切换">
      {tab('chats', '消息', mine)}
      {tab('people', `换人（${myself.value?.name ?? ''}）`, others)}
    </nav>
  );
}
