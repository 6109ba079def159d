import { useLayoutEffect, useRef } from 'preact/hooks';
import { useHost } from './host.ts';
import { markdownFragment } from './markdown.ts';

/** Markdown of a card. */
export function MarkdownText(props: {
  readonly content: string;
  readonly style?: Record<string, string | number | undefined>;
}) {
  const place = useRef<HTMLDivElement>(null);
  const { nameOf } = useHost();
  const { content } = props;
  useLayoutEffect(() => {
    place.current?.replaceChildren(markdownFragment(content, nameOf));
  }, [content]);
  return <div ref={place} class="md" style={props.style} />;
}
