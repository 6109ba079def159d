import { signal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { api } from '../api.ts';
import { Menu } from '../menu.tsx';
import { clockWords, dayWords, leaps } from '../time.ts';
import { toast } from '../toast.tsx';
import { sandboxNow, setClock } from '../world.ts';

const tick = signal(0);
const TICK_MS = 5000;

/** The sandbox's clock; it can be moved forward, and what is due then happens. */
export function Clock() {
  useEffect(() => {
    const timer = setInterval(() => {
      tick.value += 1;
    }, TICK_MS);
    return () => clearInterval(timer);
  }, []);
  // Reading the tick draws the time anew while nothing else changes.
  const now = sandboxNow() + tick.value * 0;
  return (
    <Menu
      title="拨动时钟"
      label={
        <>
          <span class="clock-face" aria-hidden="true" />
          <span class="clock-words">
            {dayWords(now)} {clockWords(now)}
          </span>
          <span class="clock-hint"> 拨钟</span>
        </>
      }
      items={leaps(now).map(({ label, toMs }) => ({ label, note: dayWords(toMs), act: () => move(toMs) }))}
    />
  );
}

async function move(toMs: number): Promise<void> {
  try {
    const { now } = await api.moveClock(toMs);
    setClock(now);
    toast('info', `现在是 ${dayWords(now)} ${clockWords(now)}，到点的提醒已经发出`);
  } catch {
    toast('error', '时钟没有拨动，请稍后再试');
  }
}
