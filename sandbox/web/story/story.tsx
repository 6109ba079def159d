import { signal } from '@preact/signals';
import { become, chatVisible, me, openChat, privateChatId, setDraft } from '../me.ts';
import { chats, connection, messages, people } from '../world.ts';
import { type Step, steps } from './steps.ts';

const HIDDEN = 'daiban.story.hidden';

export const storyHidden = signal(localStorage.getItem(HIDDEN) === 'yes');

export function showStory(): void {
  storyHidden.value = false;
  localStorage.removeItem(HIDDEN);
}

function hideStory(): void {
  storyHidden.value = true;
  localStorage.setItem(HIDDEN, 'yes');
}

/** The strip that leads through a first case. It moves on by itself when a step is really done. */
export function Story() {
  if (storyHidden.value || connection.value === 'loading' || people.value.length === 0) return null;
  const all = steps({ people: people.value, chats: chats.value, messages: messages.value });
  const at = all.findIndex((step) => !step.done);
  const step = all[at];
  return (
    <section class="story" aria-label="新手引导">
      <ol class="story-dots" aria-label={step ? `第 ${at + 1} 步，共 ${all.length} 步` : '全部完成'}>
        {all.map((one, index) => (
          <li key={one.title} class={one.done ? 'dot-done' : index === at ? 'dot-now' : ''}>
            {one.done ? '✓' : index + 1}
          </li>
        ))}
      </ol>
      <div class="story-words" aria-live="polite">
        <strong>{step?.title ?? '走完了：登记、接收、办结、送达、回访、统计'}</strong>
        <span>{step?.help ?? '再试试把时钟拨到15日，看月报提醒；或点“发生了什么”看台账。'}</span>
      </div>
      {step && <StepButtons step={step} />}
      <button type="button" class="link story-close" onClick={hideStory}>
        {step ? '不用引导' : '收起'}
      </button>
    </section>
  );
}

function StepButtons({ step }: { readonly step: Step }) {
  const { who, group, say } = step;
  if (who === undefined) return null;
  const chatId = group?.chatId ?? privateChatId(who.openId);
  const there = me.value === who.openId && openChat.value === chatId && chatVisible.value;
  const go = () => {
    become(who.openId, chatId);
    if (say !== undefined) setDraft(say);
  };
  if (there && say === undefined) return null;
  return (
    <button type="button" class="btn btn-primary" onClick={go}>
      {there ? '帮我填好' : me.value === who.openId ? '带我去' : `换成${who.name}`}
    </button>
  );
}
