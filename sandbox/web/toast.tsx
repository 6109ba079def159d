/** Short words that come and go, as the platform shows them. */
import { signal } from '@preact/signals';

export type ToastKind = 'info' | 'success' | 'warning' | 'error';

interface Toast {
  readonly id: number;
  readonly kind: ToastKind;
  readonly text: string;
}

const SHOWN_MS = 5000;
const toasts = signal<readonly Toast[]>([]);
let count = 0;

export function toast(kind: ToastKind, text: string): void {
  count += 1;
  const id = count;
  toasts.value = [...toasts.value.slice(-2), { id, kind, text }];
  setTimeout(() => {
    toasts.value = toasts.value.filter((one) => one.id !== id);
  }, SHOWN_MS);
}

/** The place of the toasts; once per page. */
export function Toasts() {
  return (
    <div class="toasts" role="status" aria-live="polite">
      {toasts.value.map(({ id, kind, text }) => (
        <div key={id} class={`toast toast-${kind}`}>
          {text}
        </div>
      ))}
    </div>
  );
}
