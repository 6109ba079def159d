import type { GalleryEntry } from '../api.ts';
import { Card } from '../card/card.tsx';
import type { CardHost } from '../card/host.ts';
import { toast } from '../toast.tsx';

const KILOBYTE = 1024;
const names: Readonly<Record<string, string>> = { ou_sandbox_bot: '代办' };

/** One card beside its JSON. Pressing its buttons goes nowhere. */
export function GalleryItem(props: { readonly entry: GalleryEntry; readonly width: 'phone' | 'desktop' | 'both' }) {
  const { entry, width } = props;
  const widths = width === 'both' ? (['phone', 'desktop'] as const) : [width];
  return (
    <section class="gallery-item" id={entry.name} aria-label={entry.title} data-name={entry.name}>
      <h2>
        <a href={`#${entry.name}`}>{entry.title}</a>
        <small>
          {entry.name} · {(entry.bytes / KILOBYTE).toFixed(1)} KB
        </small>
      </h2>
      <div class="gallery-cards">
        {widths.map((one) => (
          <div key={one} class={`gallery-${one}`}>
            <Card card={entry.card} host={sampleHost(`${entry.name}-${one}`)} />
          </div>
        ))}
        <details class="gallery-json">
          <summary>JSON</summary>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable by the keyboard */}
          <pre tabIndex={0}>{JSON.stringify(entry.card, null, 1)}</pre>
        </details>
      </div>
    </section>
  );
}

function sampleHost(key: string): CardHost {
  return {
    key,
    people: [],
    nameOf: (openId) => names[openId] ?? openId,
    imageUrl: () => '',
    async act() {
      toast('info', '这是样例，点了不会发出去');
      return 'refused';
    },
  };
}
