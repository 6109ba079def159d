import { MarkdownText } from './markdown-text.tsx';
import { type Node, text } from './node.ts';
import { letters } from './style.ts';

/** A text object: `plain_text` as it stands, `lark_md` and `markdown` with their marks. */
export function RichText(props: { readonly node: Node }) {
  const { node } = props;
  const content = text(node, 'content');
  if (text(node, 'tag') === 'plain_text') {
    return (
      <div class="plain" style={letters(node)}>
        {content}
      </div>
    );
  }
  return <MarkdownText content={content} style={letters(node)} />;
}
