import { clockWords, dayWords, localDay } from '../time.ts';
import { sandboxNow } from '../world.ts';
import type { Entry } from './entries.ts';

export function EntryList({ entries }: { readonly entries: readonly Entry[] }) {
  if (entries.length === 0) return <p class="drawer-none">还没有。去发一条消息看看。</p>;
  return (
    <>
      {entries.map((entry) => (
        <details key={entry.key} class={`entry entry-${entry.tone}`}>
          <summary>
            <time>{clockWords(entry.at)}</time>
            <span class="entry-title">{entry.title}</span>
            <span class="entry-note">
              {localDay(entry.at) === localDay(sandboxNow()) ? '' : `${dayWords(entry.at)} `}
              {entry.note}
            </span>
          </summary>
          {entry.more !== undefined && <p class="entry-more">{entry.more}</p>}
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable by the keyboard */}
          <pre tabIndex={0}>{JSON.stringify(entry.json, null, 1)}</pre>
        </details>
      ))}
    </>
  );
}
