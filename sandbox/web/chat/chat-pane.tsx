import { useEffect, useRef } from 'preact/hooks';
import { api } from '../api.ts';
import { chatsOf, chatVisible, me, myself, openChat, pane } from '../me.ts';
import { localDay } from '../time.ts';
import { messagesOf } from '../world.ts';
import { Avatar } from './avatar.tsx';
import { Composer } from './composer.tsx';
import { DayLine, MessageRow } from './message-row.tsx';
import { enclose } from './outgoing.ts';
import { useScroll } from './use-scroll.ts';

/** The open chat. */
export function ChatPane() {
  const chat = chatsOf(me.value).find((one) => one.chatId === openChat.value);
  const list = chat === undefined ? [] : messagesOf(chat.chatId);
  const { place, onScroll, newer, toEnd } = useScroll({
    place: `${me.value}/${chat?.chatId}/${pane.value}`,
    last: list.at(-1),
  });
  useGreeting(chat?.mode === 'p2p' ? chat.chatId : undefined, list.length);

  if (chat === undefined) return <main class="chat" />;
  return (
    <main
      class="chat"
      aria-label={chat.name}
      onDragOver={(event) => event.preventDefault()}
      onDrop={(event) => {
        event.preventDefault();
        enclose([...(event.dataTransfer?.files ?? [])]);
      }}
    >
      <ChatHead name={chat.name} count={chat.mode === 'group' ? chat.members.length : undefined} />
      <div
        class="messages"
        ref={place}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable by the keyboard
        tabIndex={0}
        role="log"
        aria-label="消息"
        onScroll={onScroll}
      >
        {list.length === 0 && <EmptyChat isGroup={chat.mode === 'group'} />}
        {list.map((message, index) => {
          const before = list[index - 1];
          const newDay = before === undefined || localDay(before.createdAt) !== localDay(message.createdAt);
          return (
            <div key={message.messageId} data-row>
              {newDay && <DayLine at={message.createdAt} />}
              <MessageRow message={message} chat={chat} />
            </div>
          );
        })}
      </div>
      {newer && (
        <button type="button" class="newer" onClick={toEnd}>
          ↓ 有新消息
        </button>
      )}
      <Composer key={`${me.value}/${chat.chatId}`} chat={chat} />
    </main>
  );
}

/** Opening the private chat for the first time tells the bot, and it greets. */
function useGreeting(chatId: string | undefined, count: number): void {
  const greeted = useRef(new Set<string>());
  const shown = chatVisible.value;
  useEffect(() => {
    if (chatId === undefined || !shown) return;
    // Emptied by a fresh start, the chat may be greeted again.
    if (count > 0) greeted.current.delete(chatId);
    if (count > 0 || greeted.current.has(chatId)) return;
    greeted.current.add(chatId);
    void api.enter(me.peek());
  }, [chatId, count, shown]);
}

function EmptyChat({ isGroup }: { readonly isGroup: boolean }) {
  return (
    <p class="empty">
      {isGroup ? '还没有消息。输入 / 看看机器人能做什么。' : '这里只有你和机器人。输入 / 看看能做什么。'}
    </p>
  );
}

function ChatHead(props: { readonly name: string; readonly count: number | undefined }) {
  const { name, count } = props;
  return (
    <header class="chat-head">
      <button
        type="button"
        class="back"
        aria-label="返回会话列表"
        onClick={() => {
          pane.value = 'chats';
        }}
      >
        ‹
      </button>
      <h1>
        {name}
        {count !== undefined && <small>（{count}人）</small>}
      </h1>
      <button
        type="button"
        class="me-chip"
        title="换一个人"
        onClick={() => {
          pane.value = 'people';
        }}
      >
        <Avatar name={myself.value?.name ?? ''} />
        <span>{myself.value?.name}</span>
      </button>
    </header>
  );
}
