import { useEffect, useRef } from 'preact/hooks';

export interface Suggestion {
  readonly title: string;
  readonly note: string;
  readonly example?: string | undefined;
  /** What the line becomes. */
  readonly insert: string;
}

/** What the typed sign could become, above the line. */
export function Suggestions(props: {
  readonly list: readonly Suggestion[];
  readonly chosen: number;
  take(suggestion: Suggestion): void;
}) {
  const place = useRef<HTMLDivElement>(null);
  const { list, chosen } = props;
  useEffect(() => {
    place.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' });
  }, [chosen]);
  if (list.length === 0) return null;
  return (
    <div class="suggestions" role="listbox" aria-label="可以输入" ref={place} tabIndex={-1}>
      {list.map((suggestion, index) => (
        <button
          key={suggestion.title}
          type="button"
          role="option"
          class="suggestion"
          aria-selected={index === chosen}
          onClick={() => props.take(suggestion)}
        >
          <strong>{suggestion.title}</strong>
          <span>{suggestion.note}</span>
          {suggestion.example !== undefined && <small>例：{suggestion.example}</small>}
        </button>
      ))}
    </div>
  );
}
