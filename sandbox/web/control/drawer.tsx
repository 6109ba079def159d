import { signal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import '../style/drawer.css';
import { api, type Inside } from '../api.ts';
import { callEntries, deliveryEntries, ledgerEntries, outboxEntries } from './entries.ts';
import { EntryList } from './entry-list.tsx';

const tabs = ['台账', '待发消息', '推送事件', '平台调用'] as const;
const open = signal(false);
const tab = signal<(typeof tabs)[number]>('台账');
const inside = signal<Inside | undefined>(undefined);
const LOOK_MS = 1500;

export function openDrawer(): void {
  open.value = true;
}

/** What happens behind the cards: ledger, outbox, events and calls, newest first. */
export function Drawer() {
  useEffect(() => {
    if (!open.value) return;
    const look = () =>
      api.inside().then(
        (seen) => {
          inside.value = seen;
        },
        () => undefined,
      );
    void look();
    const timer = setInterval(() => void look(), LOOK_MS);
    return () => clearInterval(timer);
  }, [open.value]);
  if (!open.value) return null;
  const seen = inside.value;
  return (
    <aside class="drawer" aria-label="发生了什么">
      <header class="drawer-head">
        <h2>发生了什么</h2>
        <button type="button" class="link" onClick={close}>
          关闭
        </button>
      </header>
      <div class="segments" role="tablist">
        {tabs.map((one) => (
          <button
            key={one}
            type="button"
            role="tab"
            aria-selected={tab.value === one}
            onClick={() => {
              tab.value = one;
            }}
          >
            {one}
          </button>
        ))}
      </div>
      <div class="drawer-body">
        {seen === undefined ? <p class="drawer-none">加载中…</p> : <EntryList entries={entriesOf(seen)} />}
      </div>
    </aside>
  );
}

function close(): void {
  open.value = false;
}

function entriesOf(seen: Inside) {
  switch (tab.value) {
    case '台账':
      return ledgerEntries(seen);
    case '待发消息':
      return outboxEntries(seen);
    case '推送事件':
      return deliveryEntries(seen);
    case '平台调用':
      return callEntries(seen);
  }
}
