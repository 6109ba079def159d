/** What the moved clock brought: the time it is now, and everybody whom the bot wrote to meanwhile. */
import { signal } from '@preact/signals';
import type { Moved } from '../api.ts';
import { become, me } from '../me.ts';
import { clockWords, dayWords } from '../time.ts';
import { chats, people } from '../world.ts';

const passed = signal<Moved | undefined>(undefined);

export function showPassed(moved: Moved): void {
  passed.value = moved;
}

interface Reminded {
  readonly chatId: string;
  readonly words: string;
  readonly count: number;
  /** Whom one has to be to read it. */
  readonly reader: string;
}

/** A strip under the guide; each place in it opens the chat, as somebody who is in it. */
export function Passed() {
  const moved = passed.value;
  if (moved === undefined) return null;
  const { seen, others } = remindedOf(moved);
  return (
    <section class="passed" aria-label="拨钟之后">
      <div class="passed-head">
        <strong>
          现在是 {dayWords(moved.now)} {clockWords(moved.now)}，
          {seen.length + others === 0 ? '没有要提醒的' : '提醒了：'}
        </strong>
        <button
          type="button"
          class="link"
          onClick={() => {
            passed.value = undefined;
          }}
        >
          收起
        </button>
      </div>
      <ul class="passed-list">
        {seen.map(({ chatId, words, count, reader }) => (
          <li key={chatId}>
            <button type="button" class="passed-place" onClick={() => become(reader, chatId)}>
              {words}
              <small>{count}条</small>
            </button>
          </li>
        ))}
        {others > 0 && <li class="passed-others">还有别处的{others}位代办员</li>}
      </ul>
    </section>
  );
}

function remindedOf({ reminded }: Moved): { seen: readonly Reminded[]; others: number } {
  const played = new Map(people.value.filter((person) => person.played).map(({ openId, name }) => [openId, name]));
  const seen = reminded.flatMap(({ chatId, count }): Reminded[] => {
    const chat = chats.value.find((one) => one.chatId === chatId);
    const readers = chat?.members.filter((openId) => played.has(openId)) ?? [];
    const reader = readers.find((openId) => openId === me.value) ?? readers[0];
    if (chat === undefined || reader === undefined) return [];
    const words = chat.mode === 'group' ? `群 ${chat.name}` : `私聊 ${played.get(reader)}`;
    return [{ chatId, words, count, reader }];
  });
  return { seen, others: reminded.length - seen.length };
}
