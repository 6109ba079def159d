import { chatsOf, enterChat, me, openChat, unread } from '../me.ts';
import { clockWords } from '../time.ts';
import { messagesOf } from '../world.ts';
import { Avatar, Badge } from './avatar.tsx';
import { NewGroupButton } from './new-group.tsx';
import { preview } from './preview.ts';

/** The chats of the person played here. */
export function ChatList() {
  return (
    <nav class="chats" aria-label="会话">
      <h2 class="pane-title">
        消息
        <NewGroupButton />
      </h2>
      <ul>
        {chatsOf(me.value).map((chat) => {
          const last = messagesOf(chat.chatId).at(-1);
          const count = unread(me.value, chat.chatId);
          return (
            <li key={chat.chatId}>
              <button
                type="button"
                class="chat-row"
                aria-current={openChat.value === chat.chatId}
                onClick={() => enterChat(chat.chatId)}
              >
                <Avatar name={chat.name} kind={chat.mode === 'p2p' ? 'bot' : 'group'} />
                <span class="row-text">
                  <span class="row-name">
                    {chat.name}
                    {chat.mode === 'p2p' && <span class="bot-mark">机器人</span>}
                  </span>
                  <span class="row-note">{last ? preview(last) : '点开看看'}</span>
                </span>
                <span class="row-side">
                  <time>{last && clockWords(last.createdAt)}</time>
                  <Badge count={count} />
                </span>
              </button>
            </li>
          );
        })}
      </ul>
    </nav>
  );
}
