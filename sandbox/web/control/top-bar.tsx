import { signal } from '@preact/signals';
import { api } from '../api.ts';
import { ask } from '../card/confirm.tsx';
import { showStory, storyHidden } from '../story/story.tsx';
import { toast } from '../toast.tsx';
import { canReset, connection } from '../world.ts';
import { Clock } from './clock.tsx';
import { openDrawer } from './drawer.tsx';
import { Network } from './network.tsx';

/** On a phone the controls hide behind one button. */
const unfolded = signal(false);

/** The strip above everything: what is real about this and what can be pretended. */
export function TopBar() {
  return (
    <header class={unfolded.value ? 'top-bar top-open' : 'top-bar'}>
      <span class="brand">
        <span class="brand-mark" aria-hidden="true">
          办
        </span>
        代办 · 试用
      </span>
      <Clock />
      <button
        type="button"
        class="top-more"
        aria-expanded={unfolded.value}
        onClick={() => {
          unfolded.value = !unfolded.value;
        }}
      >
        {unfolded.value ? '收起' : '更多'}
      </button>
      <div class="top-tools">
        <Network />
        <button type="button" class="menu-button" onClick={openDrawer}>
          发生了什么
        </button>
        <a class="menu-button top-link" href="/gallery">
          卡片样例
        </a>
        {storyHidden.value && (
          <button type="button" class="menu-button" onClick={showStory}>
            新手引导
          </button>
        )}
        {canReset.value && (
          <button type="button" class="menu-button" onClick={() => void reset()}>
            重新开始
          </button>
        )}
      </div>
    </header>
  );
}

async function reset(): Promise<void> {
  if (!(await ask({ title: '重新开始？', text: '所有消息和台账都会清空，回到刚打开时的样子。', grave: true }))) return;
  try {
    await api.reset();
    connection.value = 'restarting';
  } catch {
    toast('error', '没有成功，请稍后再试');
  }
}
