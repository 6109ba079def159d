import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';

export interface Option {
  readonly value: string;
  readonly text: string;
}

interface OptionListProps {
  readonly options: readonly Option[];
  readonly chosen: readonly string[];
  readonly many: boolean;
  readonly label: string;
  choose(value: string): void;
  close(): void;
}

/** So many fit on a phone without searching. */
const SEARCH_FROM = 8;

/** The open list of a select, with a search when it is long. Arrow keys walk, Enter chooses. */
export function OptionList(props: OptionListProps) {
  const { options, chosen, many, label } = props;
  const wanted = useSignal('');
  const list = useRef<HTMLDivElement>(null);
  const searches = options.length > SEARCH_FROM;
  const found = options.filter((option) => option.text.toLowerCase().includes(wanted.value.trim().toLowerCase()));

  useEffect(() => {
    const place = list.current;
    place?.querySelector<HTMLElement>('input, [aria-selected="true"], [role="option"]')?.focus({ preventScroll: true });
    place?.scrollIntoView({ block: 'nearest' });
  }, []);

  function walk(event: KeyboardEvent): void {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    const stops = [...(list.current?.querySelectorAll<HTMLElement>('input, [role="option"]') ?? [])];
    const focused = document.activeElement;
    const at = focused instanceof HTMLElement ? stops.indexOf(focused) : -1;
    stops[Math.min(stops.length - 1, Math.max(0, at + step))]?.focus();
  }

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: only passes the arrow keys on to the options inside
    <div class="options" ref={list} onKeyDown={walk}>
      <div class="options-head">
        <span>{label}</span>
        <button type="button" class="link" onClick={props.close}>
          {many ? '完成' : '关闭'}
        </button>
      </div>
      {searches && (
        <input
          class="control options-search"
          type="search"
          placeholder="搜索"
          aria-label={`在${label}里搜索`}
          value={wanted.value}
          onInput={(event) => {
            wanted.value = event.currentTarget.value;
          }}
        />
      )}
      <div role="listbox" aria-label={label} aria-multiselectable={many} class="options-list" tabIndex={-1}>
        {found.map((option) => (
          <button
            key={option.value}
            type="button"
            role="option"
            class="option"
            aria-selected={chosen.includes(option.value)}
            onClick={() => props.choose(option.value)}
          >
            {option.text}
          </button>
        ))}
        {found.length === 0 && <div class="options-none">没有找到，换个词试试</div>}
      </div>
    </div>
  );
}
