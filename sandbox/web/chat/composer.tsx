import { useSignal } from '@preact/signals';
import { useRef } from 'preact/hooks';
import type { Chat } from '../api.ts';
import { draftNow, setDraft } from '../me.ts';
import { bot, commands } from '../world.ts';
import { Enclosures, TakeFiles } from './enclosures.tsx';
import { enclose, enclosedNow, send } from './outgoing.ts';
import { type Suggestion, Suggestions } from './suggestions.tsx';

/** The line to type in. `@` completes the bot, `/` lists what it can do. */
export function Composer({ chat }: { readonly chat: Chat }) {
  const field = useRef<HTMLTextAreaElement>(null);
  const chosen = useSignal(0);
  const hidden = useSignal(false);
  const draft = draftNow();
  const offered = hidden.value ? [] : suggestionsFor(draft, chat);
  const isGroup = chat.mode === 'group';

  function take(suggestion: Suggestion): void {
    setDraft(suggestion.insert);
    hidden.value = !suggestion.insert.startsWith('/') && !suggestion.insert.endsWith('/');
    field.current?.focus();
  }

  function keys(event: KeyboardEvent): void {
    if (event.isComposing) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const at = Math.min(chosen.value, offered.length - 1);
    const pick = offered[at];
    if (step !== undefined && offered.length > 0) {
      event.preventDefault();
      chosen.value = (at + step + offered.length) % offered.length;
    } else if (event.key === 'Escape') {
      hidden.value = true;
    } else if (pick !== undefined && (event.key === 'Tab' || (event.key === 'Enter' && !isComplete(draft)))) {
      event.preventDefault();
      take(pick);
    } else if (event.key === 'Enter' && !event.shiftKey) {
      event.preventDefault();
      void send(chat);
    }
  }

  return (
    <div class="composer">
      <Enclosures chat={chat} />
      <Suggestions list={offered} chosen={Math.min(chosen.value, offered.length - 1)} take={take} />
      <TakeFiles after={() => field.current?.focus()} />
      <textarea
        ref={field}
        rows={1}
        class="composer-field"
        aria-label="输入消息"
        placeholder={isGroup ? `@${bot.value.name} 或 / 找机器人` : '打字，或按 / 看看'}
        value={draft}
        onKeyDown={keys}
        onPaste={(event) => {
          const pasted = [...(event.clipboardData?.files ?? [])];
          if (pasted.length === 0) return;
          event.preventDefault();
          enclose(pasted);
        }}
        onInput={(event) => {
          setDraft(event.currentTarget.value);
          hidden.value = false;
          chosen.value = 0;
        }}
      />
      <button
        type="button"
        class="composer-tool composer-slash"
        title="看看机器人能做什么"
        aria-label="看看机器人能做什么"
        onClick={() => {
          setDraft('/');
          hidden.value = false;
          field.current?.focus();
        }}
      >
        /
      </button>
      <button
        type="button"
        class="btn btn-primary"
        disabled={draft.trim() === '' && enclosedNow().length === 0}
        onClick={() => void send(chat)}
      >
        发送
      </button>
    </div>
  );
}

/** The typed word is a whole command already: Enter sends it. */
function isComplete(draft: string): boolean {
  const typed = bare(draft);
  return commands.value.some((command) => command.name === typed);
}

function bare(draft: string): string {
  const mention = `@${bot.value.name}`;
  return (draft.startsWith(mention) ? draft.slice(mention.length) : draft).trim().replace(/^[/／]/, '');
}

function suggestionsFor(draft: string, chat: Chat): readonly Suggestion[] {
  if (chat.mode === 'group' && /^@\S*$/.test(draft) && `@${bot.value.name}`.startsWith(draft)) {
    const { name } = bot.value;
    return draft === `@${name}` ? [] : [{ title: `@${name}`, note: '让机器人看到这句话', insert: `@${name} ` }];
  }
  if (!/^(@\S+\s+)?[/／]\S*$/.test(draft)) return [];
  const typed = bare(draft);
  const lead = draft.startsWith('@') ? `@${bot.value.name} ` : '';
  return commands.value
    .filter((command) => command.name.startsWith(typed))
    .map(({ name, usage, summary, example }) => ({
      title: usage,
      note: summary,
      example: example ?? undefined,
      insert: `${lead}/${name}${usage.includes(' ') ? ' ' : ''}`,
    }));
}
