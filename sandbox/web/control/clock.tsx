import { signal, useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { api, Refused } from '../api.ts';
import { clockWords, dayWords, fieldWords, leaps, momentOf } from '../time.ts';
import { toast } from '../toast.tsx';
import { useDismiss } from '../use-dismiss.ts';
import { sandboxNow, setClock } from '../world.ts';
import { showPassed } from './passed.tsx';

const tick = signal(0);
/** Days pass one after the other, so it may take a while. */
const moving = signal(false);
const TICK_MS = 5000;

/** The sandbox's clock; it can be moved forward, and what is due then happens. */
export function Clock() {
  const open = useSignal(false);
  const place = useRef<HTMLDivElement>(null);
  const close = () => {
    open.value = false;
  };
  useDismiss({ place, active: open.value, close });
  useEffect(() => {
    const timer = setInterval(() => {
      tick.value += 1;
    }, TICK_MS);
    return () => clearInterval(timer);
  }, []);
  // Reading the tick draws the time anew while nothing else changes.
  const now = sandboxNow() + tick.value * 0;
  return (
    <div class="menu" ref={place}>
      <button
        type="button"
        class="menu-button"
        title="拨动时钟"
        aria-haspopup="dialog"
        aria-expanded={open.value}
        disabled={moving.value}
        onClick={() => {
          open.value = !open.value;
        }}
      >
        <span class="clock-face" aria-hidden="true" />
        <span class="clock-words">{moving.value ? '时间在走…' : `${dayWords(now)} ${clockWords(now)}`}</span>
        <span class="clock-hint"> 拨钟</span>
      </button>
      {open.value && <Places now={now} close={close} />}
    </div>
  );
}

/** Where the clock can go: days on which something happens, and any other. */
function Places({ now, close }: { readonly now: number; close(): void }) {
  const field = useRef<HTMLInputElement>(null);
  const go = (toMs: number) => {
    close();
    void move(toMs);
  };
  return (
    <section class="menu-list menu-right clock-places" aria-label="拨到哪天">
      {leaps(now).map(({ label, toMs }) => (
        <button key={label} type="button" class="menu-item" onClick={() => go(toMs)}>
          <span>{label}</span>
          <small>{dayWords(toMs)}</small>
        </button>
      ))}
      <form
        class="clock-any"
        onSubmit={(event) => {
          event.preventDefault();
          const toMs = momentOf(field.current?.value ?? '');
          if (toMs === undefined || toMs <= now) toast('warning', '请选以后的日期，时钟只能往前拨');
          else go(toMs);
        }}
      >
        <input
          ref={field}
          type="datetime-local"
          class="composer-field"
          aria-label="别的日期和时间"
          defaultValue={fieldWords(leaps(now)[0]?.toMs ?? now)}
        />
        <button type="submit" class="btn btn-primary">
          拨到这时
        </button>
      </form>
    </section>
  );
}

/** Moves the clock on and says what that brought. */
export async function move(toMs: number): Promise<void> {
  moving.value = true;
  try {
    const moved = await api.moveClock(toMs);
    setClock(moved.now);
    showPassed(moved);
  } catch (error) {
    const tooFar = error instanceof Refused && error.message.includes('at most a year');
    toast('error', tooFar ? '一次最多拨一年' : '时钟没有拨动，请稍后再试');
  } finally {
    moving.value = false;
  }
}
