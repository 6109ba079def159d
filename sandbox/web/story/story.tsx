import { effect, signal } from '@preact/signals';
import { api, type CaseEvent } from '../api.ts';
import { send } from '../chat/outgoing.ts';
import { move } from '../control/clock.tsx';
import { become, chatsOf, chatVisible, draftNow, me, openChat, privateChatId, setDraft } from '../me.ts';
import { leaps } from '../time.ts';
import { chats, connection, messages, people, sandboxNow } from '../world.ts';
import { type Step, steps } from './steps.ts';
import { troubleSteps } from './trouble-steps.ts';

const HIDDEN = 'daiban.story.hidden';
const CHOSEN = 'daiban.story';

export const storyHidden = signal(localStorage.getItem(HIDDEN) === 'yes');
/** The second one begins where the first one went well. */
const inTrouble = signal(localStorage.getItem(CHOSEN) === 'trouble');
const progress = signal<readonly CaseEvent[]>([]);

export function showStory(): void {
  storyHidden.value = false;
  localStorage.removeItem(HIDDEN);
}

function hideStory(): void {
  storyHidden.value = true;
  localStorage.setItem(HIDDEN, 'yes');
}

function choose(trouble: boolean): void {
  inTrouble.value = trouble;
  localStorage.setItem(CHOSEN, trouble ? 'trouble' : 'first');
}

/** Whatever happens to a case shows in some chat: then the ledger is asked how far the story has come. */
const LOOK_SOON_MS = 150;
let soon: ReturnType<typeof setTimeout> | undefined;
effect(() => {
  if (!inTrouble.value || storyHidden.value || messages.value.length === 0) return;
  clearTimeout(soon);
  soon = setTimeout(() => void look(), LOOK_SOON_MS);
});

async function look(): Promise<void> {
  try {
    progress.value = await api.progress();
  } catch {
    // The next message asks again.
  }
}

const ends = {
  first: {
    title: '走完了：登记、接收、办结、送达、回访、统计',
    help: '再走一遍不顺利的：退回、更正、不予办理、整改。',
  },
  trouble: {
    title: '走完了：更正、退回补正、不予办理、不满意、整改',
    help: '再把时钟拨到15日，看月报提醒；或点“发生了什么”看台账。',
  },
} as const;

/** The strip that leads through a case. It moves on by itself when a step is really done. */
export function Story() {
  if (storyHidden.value || connection.value === 'loading' || people.value.length === 0) return null;
  const told = { people: people.value, chats: chats.value, messages: messages.value };
  const all = inTrouble.value ? troubleSteps({ ...told, events: progress.value }) : steps(told);
  const at = all.findIndex((step) => !step.done);
  const step = all[at];
  const end = inTrouble.value ? ends.trouble : ends.first;
  return (
    <section class="story" aria-label={inTrouble.value ? '出了岔子怎么办' : '新手引导'}>
      <ol class="story-dots" aria-label={step ? `第 ${at + 1} 步，共 ${all.length} 步` : '全部完成'}>
        {all.map((one, index) => (
          <li key={one.title} class={one.done ? 'dot-done' : index === at ? 'dot-now' : ''}>
            {one.done ? '✓' : index + 1}
          </li>
        ))}
      </ol>
      <div class="story-words" aria-live="polite">
        <strong>{step?.title ?? end.title}</strong>
        <span>{step?.help ?? end.help}</span>
      </div>
      {step ? <StepButtons step={step} /> : <NextButtons />}
      <span class="story-close">
        <button type="button" class="link" onClick={() => choose(!inTrouble.value)}>
          {inTrouble.value ? '顺利的' : '出了岔子？'}
        </button>
        <button type="button" class="link" onClick={hideStory}>
          {step ? '不用引导' : '收起'}
        </button>
      </span>
    </section>
  );
}

/** What there is to try after the last step. */
function NextButtons() {
  const reportDay = leaps(sandboxNow()).find(({ label }) => label.startsWith('15日'));
  return inTrouble.value && reportDay !== undefined ? (
    <button type="button" class="btn btn-primary" onClick={() => void move(reportDay.toMs)}>
      拨到15日看月报
    </button>
  ) : (
    <button type="button" class="btn btn-primary" onClick={() => choose(true)}>
      出了岔子怎么办
    </button>
  );
}

function StepButtons({ step }: { readonly step: Step }) {
  const { who, group, say } = step;
  if (who === undefined) return null;
  const chatId = group?.chatId ?? privateChatId(who.openId);
  const there = me.value === who.openId && openChat.value === chatId && chatVisible.value;
  const chat = chatsOf(me.value).find((one) => one.chatId === chatId);
  const filled = there && say !== undefined && draftNow() === say;
  const go = () => {
    if (filled && chat !== undefined) return void send(chat);
    become(who.openId, chatId);
    if (say !== undefined) setDraft(say);
  };
  if (there && say === undefined) return null;
  return (
    <button type="button" class="btn btn-primary" onClick={go}>
      {filled ? '发出去' : there ? '帮我填好' : me.value === who.openId ? '带我去' : `换成${who.name}`}
    </button>
  );
}
