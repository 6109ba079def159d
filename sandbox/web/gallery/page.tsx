import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import '../style/gallery.css';
import { api, type GalleryEntry } from '../api.ts';
import { Toasts } from '../toast.tsx';
import { GalleryItem } from './item.tsx';

type Width = 'phone' | 'desktop' | 'both';
const widthWords: Readonly<Record<Width, string>> = { phone: '手机 360', desktop: '桌面', both: '并排' };

/** Every card of the product with sample data. */
export function Page() {
  const entries = useSignal<readonly GalleryEntry[] | undefined>(undefined);
  const failed = useSignal(false);
  const wanted = useSignal('');
  const width = useSignal<Width>(window.innerWidth < 1000 ? 'phone' : 'both');
  useEffect(() => {
    api.gallery().then(
      (all) => {
        entries.value = all;
      },
      () => {
        failed.value = true;
      },
    );
  }, [entries, failed]);
  const shown = (entries.value ?? []).filter(({ name, title }) => `${name} ${title}`.includes(wanted.value.trim()));
  return (
    <main class="gallery">
      <header class="gallery-head">
        <a href="/" class="link">
          ‹ 返回试用
        </a>
        <h1>卡片样例</h1>
        <input
          class="control"
          type="search"
          placeholder="找卡片，如：登记"
          aria-label="找卡片"
          value={wanted.value}
          onInput={(event) => {
            wanted.value = event.currentTarget.value;
          }}
        />
        <fieldset class="segments" aria-label="宽度">
          {(['phone', 'desktop', 'both'] as const).map((one) => (
            <button
              key={one}
              type="button"
              aria-pressed={width.value === one}
              onClick={() => {
                width.value = one;
              }}
            >
              {widthWords[one]}
            </button>
          ))}
        </fieldset>
        <span class="gallery-count">{entries.value === undefined ? '加载中…' : `${shown.length} 张`}</span>
      </header>
      <Toasts />
      {failed.value && <p class="gallery-failed">样例没有加载出来，请确认沙箱还在运行，然后刷新。</p>}
      {shown.map((entry) => (
        <GalleryItem key={entry.name} entry={entry} width={width.value} />
      ))}
    </main>
  );
}
