import { useHost } from './host.ts';
import { type Node, text } from './node.ts';
import { colorOf } from './style.ts';

/** An icon. The platform's own drawings are not ours to copy: a dot in the right colour stands for them. */
export function Icon({ node }: { readonly node: Node }) {
  const { imageUrl } = useHost();
  if (text(node, 'tag') === 'custom_icon') return <img class="icon" src={imageUrl(text(node, 'img_key'))} alt="" />;
  const color = colorOf(text(node, 'color'), 'text') ?? 'currentColor';
  return <span class="icon icon-dot" title={text(node, 'token')} style={{ background: color }} />;
}
